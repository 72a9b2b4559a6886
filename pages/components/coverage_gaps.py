"""The cells without a service, with the wards where the need behind each is greatest."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis import service_gaps
from analysis.present import coverage_gaps_view
from analysis.present.coverage_gaps_view import Gap
from pages.components import cached, evidence, scope
from pages.components.cached import services as cached_services
from pages.components.coverage_filters import Filters


def show(cells: pd.DataFrame, filters: Filters, edition: str) -> None:
    """The list of uncovered cells, then those that cannot be read, and how the wards were found."""
    st.header("Needs without a service, and where those needs are greatest")
    uncovered, unclear = (_gaps(cells, state, edition) for state in service_gaps.STATES)
    st.markdown(coverage_gaps_view.headline(uncovered, len(cells)))
    if filters.provider:
        st.caption("A need without a service has no provider, so the choice of provider leaves this list as it is.")
    if uncovered:
        st.html(coverage_gaps_view.html(uncovered, scope.address_of_ward))
    if unclear:
        _unclear(unclear)
    if uncovered or unclear:
        st.caption(coverage_gaps_view.METHOD)
        table = coverage_gaps_view.download([*uncovered, *unclear])
        evidence.download(table, f"needs_without_a_service_{edition}", "published", key="gaps_csv")
        evidence.sources(_sources(uncovered))


def _unclear(gaps: list[Gap]) -> None:
    many = sum(len(gap.life_stages) for gap in gaps)
    with st.expander(f"{many} cell{'' if many == 1 else 's'} that cannot be read, and where those needs are greatest"):
        st.html(coverage_gaps_view.html(gaps, scope.address_of_ward))
        evidence.sources(_sources(gaps))


def _sources(gaps: list[Gap]) -> list[str]:
    return ["SERVICES", *(name for gap in gaps if gap.measure for name in gap.measure.sources)]


def _gaps(cells: pd.DataFrame, state: str, edition: str) -> list[Gap]:
    return [_gap(row, state, edition) for row in service_gaps.gaps(cells, state).to_dict("records")]


def _gap(row: dict, state: str, edition: str) -> Gap:
    measure = service_gaps.measure_of(row["need_id"], edition)
    figures = cached_services.gap_figures(row["need_id"], edition) if measure else None
    held = service_gaps.held(cached.library(), measure) if measure else None
    return Gap(row["need_id"], row["need"], state, row["life_stages"], row["readings"], held, figures)
