"""What section 7 of the assessment adds to the service map: its needs against services, and the levels of need."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis import services
from analysis.present import coverage_section7_view, coverage_view
from pages.components import cached, evidence, plain
from pages.components.cached import services as cached_services


def show(cells: pd.DataFrame, provider: str | None) -> None:
    """Needs against services and providers for the cells chosen, then where the two tables differ."""
    st.header("Section 7’s needs against services and providers")
    rows = services.answered(cached.library(), cells)
    if rows.empty:
        evidence.nothing("None of the needs chosen lists a service of this provider.")
        return
    st.markdown(coverage_section7_view.headline(rows, provider))
    caption = "Needs of section 7 with the services and providers listed"
    with st.container(key="coverage_answered"):
        plain.table(coverage_section7_view.answered(rows), caption, under="Marked")
    st.caption(
        "Section 7 splits *poverty and debt* in two, *debt and financial advice* and *impact of poverty*; the service "
        "map lists one row for both, so they share what is listed. A service is counted once however many life stages "
        "it stands at. A service run by two organisations together names both."
    )
    table = coverage_section7_view.download(rows)
    evidence.download(table, "section_7_needs_and_services", "published", key="section7_csv")


def differences() -> None:
    """The cells on which section 7 and the service map differ, and what section 7 marks."""
    differ = cached_services.service_differences()
    st.subheader("Where section 7 and the service map differ")
    st.markdown(
        "Section 7 of the assessment marks needs by life stage in a table of its own, of 19 needs: it splits *poverty "
        f"and debt* in two. The two tables differ, or cannot be compared, in {len(differ)} of 72 cells."
    )
    plain.table(coverage_view.differences(differ), "Cells on which section 7 and the service map differ")
    with st.expander("What section 7 marks: 19 needs by 4 life stages"):
        plain.table(coverage_view.section7(services.needs_by_life_stage(cached.library())), "Needs marked by section 7")


def thresholds() -> None:
    """The levels of need, and what the service map does not say of them."""
    rows = cached.library().table("THRESHOLDS").sort_values("level")
    st.header("The five levels of need")
    st.markdown(
        "An Early Help Assessment is considered at level 2 and asked for at level 3; at level 4 it has been done and "
        "has not been enough. The service map does not say which level a service works at, so a need may have a "
        "service listed and still none at the level a family is at."
    )
    table = coverage_section7_view.levels(rows)
    plain.table(table, "Levels of need, from services open to all to statutory help")
    evidence.download(rows, "levels_of_need", "published", key="thresholds_csv")
    evidence.sources(["THRESHOLDS"])
