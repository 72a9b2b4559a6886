"""Met need: need, places, met, unmet, how full and fair share, ward by ward."""

from __future__ import annotations

import streamlit as st

from analysis.met_need import WEIGHTS, MetNeed
from analysis.present import gap_view, met_need_view
from analysis.refusal import Refusal
from pages.components import area_map, cached, downloads, evidence, legend, plain, scope, style
from pages.components.cached import met_need as cached_met_need

FAMILIES = "caseload_families"


def page() -> None:
    """The answer, the slider of the fair share, the map, the table, and need that nobody knows of."""
    chosen = scope.choose()
    st.title("How much of the need is met?")
    said = st.container()
    try:
        found = cached_met_need.met_need_of(
            chosen.edition_id, chosen.need_id, _caseload(chosen), _weight(), small_counts=chosen.small_counts
        )
    except Refusal as refused:
        evidence.nothing(str(refused))
        _known()
        return
    with said:
        _answer(found, chosen)
    _map(found, chosen.marked)
    _tables(found)
    _known()
    with st.expander("How this was worked out, and how sure it can be"):
        st.markdown(met_need_view.method(found))
    evidence.sources(_sources(found))


def _caseload(chosen: scope.Scope) -> str:
    """The provision chosen at the side if it counts cases, or else families supported."""
    return chosen.provision_id if chosen.provision.kind == "caseload" else FAMILIES


def _answer(found: MetNeed, chosen: scope.Scope) -> None:
    result = found.result
    evidence.answer(*met_need_view.headline(found))
    evidence.badge(result.basis)
    if chosen.provision.kind != "caseload":
        st.caption(
            f"{chosen.provision.title} count no cases, places or people waiting, so what is met cannot be told from "
            "them. Families supported by Early Help are shown; young people can be chosen at the side."
        )
    st.caption(f"**Need:** {result.need.title}. **Provision:** {result.provision.title}. {result.note}")
    _everything(found, chosen.marked)


def _everything(found: MetNeed, marked: tuple[str, ...]) -> None:
    result, name = found.result, f"met_need_{found.result.edition}"
    whole = downloads.Everything(
        tables=lambda: [(name, met_need_view.download(found), met_need_view.table(found))],
        layer=cached.map_layer(_layer(found)),
        areas=lambda: met_need_view.download(found),
        view=lambda: met_need_view.map_view(found, "fair", False),
        notes=lambda: [met_need_view.method(found)],
        marked=marked,
    )
    title = f"How much of the need is met: {gap_view.titled(result)}"
    downloads.everything(downloads.subject(name, result.basis, title, _sources(found)), name, "met_zip", whole)


def _layer(found: MetNeed) -> str:
    return "wards_2011" if found.result.edition == "2020" else "wards_2019"


def _sources(found: MetNeed) -> list[str]:
    return [*found.result.need.sources, *found.result.provision.sources, "COMMISSIONED_SITES"]


def _weight() -> int:
    titles = {str(weight): met_need_view.leaning(weight).capitalize() for weight in WEIGHTS}
    return int(
        scope.option(
            "weight",
            "A fair share follows",
            [*titles],
            "100",
            titles,
            draw=st.select_slider,
            help="For a service meant for every child, by children; for one meant for those in need, by need.",
        )
    )


@st.fragment
def _map(found: MetNeed, marked: tuple[str, ...]) -> None:
    st.header(evidence.headed("On the map", found.result.basis))
    shown = scope.option(
        "part", "Show on the map", [*met_need_view.MEASURES], "fair", met_need_view.MEASURES, draw=st.segmented_control
    )
    view = met_need_view.map_view(found, shown, style.dark())
    st.caption(met_need_view.meaning(found, shown))
    legend.show(view.counts, style.dark())
    layer = _layer(found)
    clicked = area_map.show(cached.map_layer(layer), view.paints, key=f"met_{layer}", selected=marked, alt=view.alt)
    st.caption("Click a ward, or move to it with the Tab key and press Enter, to open everything known of it.")
    title = f"{met_need_view.MEASURES[shown]}: {gap_view.titled(found.result)}"
    evidence.download_map(
        lambda: met_need_view.map_view(found, shown, False),
        cached.map_layer(layer),
        f"met_need_{shown}_{found.result.edition}",
        found.result.basis,
        key="met_map",
        title=title,
        marked=marked,
        note=met_need_view.meaning(found, shown),
        sources=_sources(found),
    )
    if clicked:
        area_map.open_ward(clicked)


def _tables(found: MetNeed) -> None:
    basis = found.result.basis
    st.header(evidence.headed("Need, places, met and unmet, ward by ward", basis))
    shown, title = met_need_view.table(found), f"Need, places, met and unmet: {gap_view.titled(found.result)}"
    st.dataframe(shown, hide_index=True, width="stretch", height=420)
    name = f"met_need_{found.result.edition}"
    table, cited = met_need_view.download(found), _sources(found)
    evidence.download(table, name, basis, key="met_csv", shown=shown, title=title, sources=cited)
    st.header(evidence.headed("How sure: supported against the fair share", basis))
    st.dataframe(met_need_view.ratios(found), hide_index=True, width="stretch", height=300)


def _known() -> None:
    st.header("Need that services know of, beside need thought to be there")
    st.markdown(
        "A fair share spreads what is provided; it cannot say how much need nobody has seen. Wiltshire printed both "
        "for harm from parents' drinking and drug use. No such pair is published for Bath and North East Somerset."
    )
    rows = met_need_view.known(cached_met_need.known_and_estimated())
    plain.table(rows, "Wiltshire: known beside estimated need", under="where")
    evidence.badge("published")
    st.caption(
        "The estimates have no limits and are older than the counts, so a low share may mean need out of sight, an "
        "estimate that is too high, or both. They say nothing of any other council."
    )
    evidence.sources(["STRATEGIES_OBSERVATIONS"])


page()
