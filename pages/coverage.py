"""Service coverage: which needs have a service at which life stage, and which places are within reach."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis import services
from analysis.present import coverage_matrix, coverage_view
from pages.components import (
    cached,
    coverage_filters,
    coverage_gaps,
    coverage_section7,
    evidence,
    legend,
    places_within_reach,
    plain,
    scope,
    style,
)
from pages.components.cached import services as cached_services
from pages.components.coverage_filters import Filters

MAP_SOURCES = ("SERVICES", "NEEDS_BY_LIFE_STAGE")
WHOLE = 72


def page() -> None:
    """The service map, its gaps and the wards behind them, section 7 and the levels of need, then places in reach."""
    chosen = scope.choose()
    st.title("Which needs have a service, and which have none?")
    cells = cached_services.service_cells()
    evidence.answer(*coverage_view.headline(cells))
    evidence.badge("published")
    st.header("Needs by life stage")
    filters = coverage_filters.choose()
    shown = coverage_filters.shown(filters)
    _map(shown, filters, chosen.edition_id)
    _cell()
    coverage_gaps.show(coverage_filters.kept(filters), filters, chosen.edition_id)
    coverage_section7.show(shown, filters.provider)
    coverage_section7.differences()
    evidence.sources(MAP_SOURCES)
    coverage_section7.thresholds()
    places_within_reach.show(chosen)


def _map(shown: pd.DataFrame, filters: Filters, edition: str) -> None:
    if len(shown) < WHOLE or filters.provider:
        st.markdown(coverage_view.shown(shown, filters.provider))
    if shown.empty:
        return
    legend.show(coverage_view.counts(shown), style.dark(), noun="cells")
    st.caption(
        f"Appendix 3 of the 2020 assessment, for the whole council, as at May 2020{_newest(edition)}. "
        "Open a cell to see its services. *Commissioned* is an asterisk in the source; a missing asterisk may be an "
        "oversight, so the rest are “not marked”, never “not commissioned”. Ages 11 to 19 run to 25 for special "
        "educational needs and disabilities (SEND). NEET: not in education, employment or training."
    )
    st.html(coverage_matrix.html(shown, style.dark()))
    evidence.download(coverage_view.download(shown), filters.named, "published", key="cells_csv")


def _newest(edition: str) -> str:
    return "" if edition == "2020" else "; the 2026 edition has no newer one, so it is shown here too"


@st.fragment
def _cell() -> None:
    st.subheader("One cell in full")
    cells = cached_services.service_cells()
    needs = {str(row["need_id"]): str(row["need"]) for row in cells.drop_duplicates("need_id").to_dict("records")}
    left, right = st.columns(2)
    with left:
        need = scope.option("of", "Need", [*needs], next(iter(needs)), needs)
    with right:
        stage = scope.option("stage", "Life stage", [*services.LIFE_STAGES], "pre_birth_to_4", services.LIFE_STAGES)
    cell = cells[cells["need_id"].eq(need) & cells["life_stage"].eq(stage)].iloc[0]
    if cell["cell"] != "covered":
        evidence.nothing(coverage_view.why_empty(cell))
    found = services.services_in(cached.library(), need, stage)
    if len(found):
        plain.table(coverage_view.services(found), f"{needs[need]}, {services.LIFE_STAGES[stage].lower()}")
    marks = "marks" if cell["marked"] else "does not mark"
    st.caption(f"Section 7 {marks} this as a need at this life stage. {coverage_view.abbreviations(found)}")


page()
