"""Service coverage: which needs have a service at which life stage, and which places are within reach."""

from __future__ import annotations

import streamlit as st

from analysis import services
from analysis.present import coverage_matrix, coverage_view
from pages.components import cached, evidence, legend, places_within_reach, plain, scope, style

MAP_SOURCES = ("SERVICES", "NEEDS_BY_LIFE_STAGE")


def page() -> None:
    """The service map with its gaps, then the places within reach by ward."""
    chosen = scope.choose()
    st.title("Which needs have a service, and which have none?")
    cells = cached.service_cells()
    evidence.answer(*coverage_view.headline(cells))
    evidence.badge("published")
    st.header("Needs by life stage")
    legend.show(coverage_view.counts(cells), style.dark(), noun="cells")
    st.caption(
        f"Appendix 3 of the 2020 assessment, for the whole council, as at May 2020{_newest(chosen.edition_id)}. "
        "Open a cell to see its services. *Commissioned* is an asterisk in the source; a missing asterisk may be an "
        "oversight, so the rest are “not marked”, never “not commissioned”. Ages 11 to 19 run to 25 for special "
        "educational needs and disabilities (SEND). NEET: not in education, employment or training."
    )
    st.html(coverage_matrix.html(cells, style.dark()))
    evidence.download(coverage_view.download(cells), "service_map", "published", key="cells_csv")
    _cell()
    _section7()
    evidence.sources(MAP_SOURCES)
    places_within_reach.show(chosen)


def _newest(edition: str) -> str:
    return "" if edition == "2020" else "; the 2026 edition has no newer one, so it is shown here too"


@st.fragment
def _cell() -> None:
    st.subheader("One cell in full")
    cells = cached.service_cells()
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


def _section7() -> None:
    differ = cached.service_differences()
    st.subheader("Where section 7 and the service map differ")
    st.markdown(
        "Section 7 of the assessment marks needs by life stage in a table of its own, of 19 needs: it splits *poverty "
        f"and debt* in two. The two tables differ, or cannot be compared, in {len(differ)} of 72 cells."
    )
    plain.table(coverage_view.differences(differ), "Cells on which section 7 and the service map differ")
    with st.expander("What section 7 marks: 19 needs by 4 life stages"):
        plain.table(coverage_view.section7(services.needs_by_life_stage(cached.library())), "Needs marked by section 7")


page()
