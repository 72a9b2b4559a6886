"""Access: what is within reach of families, by ward and by mode, and what one more site would change."""

from __future__ import annotations

import streamlit as st

from analysis import added_sites, site_access
from analysis.need import NEEDS
from analysis.present import access_chart, access_tables, access_view
from analysis.reach import DEMAND_FILES
from analysis.refusal import Refusal
from analysis.site_access import Access
from pages.components import (
    access_controls,
    access_maps,
    access_times,
    access_tried,
    area_map,
    cached,
    evidence,
    plain,
    scope,
    style,
)
from pages.components.access_controls import Choice
from pages.components.access_tried import Trial
from pages.components.cached import access as cached_access


def page() -> None:
    """Answer first, then the choices, a site to try, the maps and chart, the table and how sure it can be."""
    chosen = scope.choose()
    st.title("What can families reach, and how far is it?")
    said, controls, body, times_panel = (st.container() for _ in range(4))
    with controls:
        choice = access_controls.choose(chosen)
        trial = access_tried.choose(choice.sought)
    with times_panel:
        times = access_times.given()
    try:
        before, after = (_access(choice, chosen.edition_id, text, times) for text in ("", trial.text))
    except Refusal as refused:
        with said:
            evidence.nothing(str(refused))
        return
    with said:
        evidence.answer(*access_view.answer(after, cached.library().names, len(added_sites.read(trial.text))))
        evidence.badge(after.basis)
    with body:
        _change(before, after, trial)
        left, right = st.columns([6, 5], gap="large")
        with left:
            st.header(evidence.headed("On the map", after.basis))
            access_maps.show(after, chosen, trial)
        with right:
            _chart(after)
        _table(after, trial)
        _settings(after)
        _behind(after, trial)


def _access(choice: Choice, edition: str, added: str, times: scope.GivenFile | None) -> Access:
    return cached_access.access_of(choice.sought.id, edition, choice.mode.id, choice.demand_id, added, times)


def _change(before: Access, after: Access, trial: Trial) -> None:
    if not trial.text:
        return
    names, gains = cached.library().names, site_access.changed(before, after)
    st.header(evidence.headed("Before and after", after.basis))
    st.markdown(access_view.changed_sentence(gains, after, names))
    rows = access_tables.changes(gains, after, names)
    if len(rows):
        plain.table(rows, "Wards that gain from the sites added")
    evidence.download(
        access_tables.changes_download(gains, after, names), f"{_named(after)}_change", after.basis, key="change_csv"
    )


def _chart(found: Access) -> None:
    st.header(evidence.headed("Ward by ward", found.basis))
    st.caption(
        f"{access_view.rate_words(found)}. The bar shows how far the figure moves over four settings of how a journey "
        "counts; + marks a ward on the council's edge."
    )
    figure = access_chart.by_ward(found, cached.library().names, cached_access.edge_wards(found.edition), style.dark())
    area_map.chart(figure, f"{_named(found)}_chart")


def _table(found: Access, trial: Trial) -> None:
    names, edge = cached.library().names, cached_access.edge_wards(found.edition)
    st.header(evidence.headed("Every ward", found.basis))
    st.caption(
        f"{access_view.rate_words(found)}, {found.mode.words}; least first. "
        "Half of a ward's children are within the minutes shown of the nearest, half are further. Wards on the edge "
        f"have at least what is shown. {access_tables.unreached(found)}"
    )
    shown = access_tables.table(found, names, edge)
    st.dataframe(shown, hide_index=True, width="stretch", height=420)
    rows = access_tables.download(found, names, edge, added_sites.read(trial.text))
    evidence.download(
        rows,
        _named(found),
        found.basis,
        key="access_csv",
        shown=shown,
        title=f"{found.sought.title} within reach {found.mode.words}",
        chart=lambda: access_chart.by_ward(found, names, edge, dark=False),
    )


def _settings(found: Access) -> None:
    st.header(evidence.headed("How far the answer hangs on the settings", found.basis))
    names = cached.library().names
    st.markdown(access_tables.settings_sentence(found, names))
    plain.table(access_tables.settings_table(found, names), "The four settings of how a journey counts")


def _behind(found: Access, trial: Trial) -> None:
    with st.expander("How this was worked out, and how sure it can be"):
        st.markdown(access_tables.method(found))
    need = () if found.demand_id == site_access.ALL_CHILDREN else NEEDS[found.demand_id].sources
    tried = ("POSTCODES",) if trial.text else ()
    served = ("ACTIVITY",) if found.sought.served else ()
    evidence.sources([found.sought.contract, *DEMAND_FILES[found.edition], *need, *served, *tried])


def _named(found: Access) -> str:
    return f"access_{found.edition}_{found.sought.id}_{found.mode.id}_{found.demand_id}"


page()
