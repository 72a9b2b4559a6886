"""Making, naming and deleting localities, and keeping them: the controls of the Localities page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from analysis.localities import FEWEST_WARDS, Set, free_wards, of_edition, renamed, to_text, with_locality, without
from analysis.locality_file import from_csv, to_csv
from analysis.present import locality_view
from analysis.present.gap_view import MapView
from analysis.refusal import Refusal
from pages.components import area_map, cached, evidence, legend, scope, style

PICKED = "pick"


def picked(chosen: scope.Scope, every: Set) -> tuple[str, ...]:
    """Draw the wards that are free and the name, and make a locality of them; returns the wards picked so far."""
    library = cached.library()
    free = sorted(free_wards(library, chosen.edition_id, every), key=lambda code: library.names[code])
    if len(free) < FEWEST_WARDS:
        evidence.nothing("Every ward is in a locality. Delete one to make another of its wards.")
        return ()
    names = {code: library.names[code] for code in free}
    told = "Wards in a locality already are not offered."
    wards = scope.several(PICKED, "Its wards, here or on the map", free, (), names, told, st.multiselect)
    name = scope.for_session(
        f"name_of_locality_{len(every)}",
        "",
        lambda key: st.text_input("Its name", key=key, max_chars=60, placeholder="for example, what the hub is called"),
    )
    if st.button("Make this locality", icon=":material/add_location_alt:", key="make_locality"):
        _take(lambda: with_locality(library, every, chosen.edition_id, name, wards), " ".join(name.split()))
    return wards


def _take(changed: Callable[[], Set], chosen: str) -> None:
    """Put a changed set in place of the other and look at one of it; or say why it may not be."""
    try:
        localities = changed()
    except Refusal as refused:
        st.error(str(refused))
        return
    scope.follow({scope.LOCALITIES: to_text(localities), "ward": chosen, PICKED: ""})


@st.fragment
def map_of(chosen: scope.Scope, making: Sequence[str]) -> None:
    """The wards by locality; a click puts a free ward in the locality being made or takes it out, or opens another."""
    dark = style.dark()
    names, wards = cached.library().names, cached.library().codes(chosen.edition.ward_type)
    view = locality_view.banded(chosen.localities, making, wards)
    legend.show(view.counts(), dark)
    clicked = area_map.show(
        cached.map_layer(chosen.edition.ward_layer),
        view.paints({code: [view.members[code].label] for code in wards}, dark),
        key=f"localities_{chosen.edition_id}",
        selected=chosen.marked,
        alt="Map of the wards by locality. The same is said by the controls and the table.",
    )
    st.caption("Click a ward that is in no locality to pick it or leave it out, and one of a locality to look at that.")
    evidence.download_map(
        lambda: MapView(view.counts(), view.paints({}, False), ""),
        cached.map_layer(chosen.edition.ward_layer),
        f"localities_{chosen.edition_id}",
        "modelled",
        key="localities_map",
        title="Wards by locality",
        marked=chosen.marked,
        sources=["AREAS"],
    )
    if not clicked or clicked not in names:
        return
    within = next((one.name for one in chosen.localities if clicked in one.wards), None)
    if within:
        scope.put("ward", within)
    toggled = [code for code in wards if (code in making) != (code == clicked)]
    scope.put(PICKED, ".".join(toggled))


def change(chosen: scope.Scope, every: Set) -> None:
    """Rename or delete the locality looked at."""
    locality = chosen.locality
    if locality is None:
        return
    with st.expander(f"Rename or delete {locality.name}", icon=":material/edit:"):
        name = scope.for_session(
            f"rename_{locality.name}", locality.name, lambda key: st.text_input("New name", key=key, max_chars=60)
        )
        if st.button("Rename", key="rename_locality"):
            _take(lambda: renamed(cached.library(), every, locality, name), " ".join(name.split()))
        if st.button(f"Delete {locality.name}", icon=":material/delete:", key="delete_locality"):
            _take(lambda: without(every, locality), "")
        st.caption("The browser's Back button undoes either.")


def keep(chosen: scope.Scope, every: Set) -> None:
    """Save the localities of the session to a file, and load others from one."""
    st.header("Keep them, or load others")
    st.markdown(
        "The address of this page holds your localities: whoever opens the link sees them. To keep them with the "
        "edition for everybody, save the file below as `data/localities.csv` and run `python -m analysis accept`."
    )
    st.download_button(
        "Download the localities (CSV)",
        to_csv(every),
        file_name=evidence.file_name("localities"),
        mime="text/csv",
        key="localities_csv",
        icon=":material/download:",
        on_click="ignore",
        disabled=not every,
    )
    loaded = st.file_uploader(
        "Load localities from a CSV with the columns edition, locality and area_code", type="csv", key="load_localities"
    )
    if loaded is not None:
        _loaded(loaded.getvalue(), loaded.name, chosen.edition_id)


def _loaded(content: bytes, file: str, edition: str) -> None:
    try:
        localities = from_csv(cached.library(), content, file)
    except Refusal as refused:
        st.error(f"Nothing was loaded. {len(str(refused).splitlines())} to put right:")
        st.code(str(refused), language=None, wrap_lines=True)
        return
    here = len(of_edition(localities, edition))
    st.markdown(f"Localities in the file: {here} of this edition, {len(localities) - here} of the other.")
    if st.button("Put them in place of those here", key="use_localities", disabled=not localities):
        _take(lambda: localities, "")
