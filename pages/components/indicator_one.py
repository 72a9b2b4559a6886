"""One indicator: the answer, the areas, the years, the wards, and what it means."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analysis import indicators
from analysis.editions import COUNCIL, EDITIONS
from analysis.indicators import POLARITY, SOURCES
from analysis.present import indicators_tables, indicators_view
from pages.components import area_map, cached, evidence, legend, plain, scope, style
from pages.components.cached import indicators as cached_indicators


def show(indicator: str) -> None:
    """Draw everything held of one indicator."""
    held = cached_indicators.all_indicators()
    rows, about = held.of(indicator), held.about(indicator)
    period = indicators.newest_period(rows)
    areas = cached_indicators.indicator_areas(indicator, period) if period else rows.iloc[:0]
    st.button(f"← All of {about['topic']}", on_click=_back, args=(str(about["topic"]),), type="tertiary")
    evidence.answer(*indicators_view.answer(held, indicator, areas, period))
    basis = _basis(areas if len(areas) else rows)
    evidence.badge(basis)
    st.caption(indicators_view.first_sentence(str(about["definition"])))
    if period:
        _areas(indicator, areas, period)
    _wards(indicator)
    _years(indicator, rows)
    _meaning(indicator, about, basis)


def _basis(rows: pd.DataFrame) -> str:
    ours = rows[rows["area_code"] == COUNCIL]
    return str((ours if len(ours) else rows)["basis"].iloc[0])


def _back(topic: str) -> None:
    scope.hold("indicator", "")
    scope.hold("subject", topic)


def _areas(indicator: str, areas: pd.DataFrame, period: str) -> None:
    st.header(f"Places beside each other, {period}")
    names = cached.library().names
    table = indicators_tables.area_table(cached_indicators.all_indicators(), indicator, areas, names)
    plain.table(table, f"{period}: areas with value, count and how each stands beside England", under="where")


def _wards(indicator: str) -> None:
    codes = {edition.ward_layer: cached.library().codes(edition.ward_type) for edition in EDITIONS.values()}
    found = indicators_tables.ward_map(cached_indicators.all_indicators(), indicator, codes, style.dark())
    if found is None:
        return
    st.header(f"By ward, {found.period}")
    legend.show(found.view.counts, style.dark())
    clicked = area_map.show(
        cached.map_layer(found.layer), found.view.paints, key=f"indicator_{found.layer}", alt=found.view.alt
    )
    st.caption("Click a ward, or move to it with the Tab key and press Enter, to open everything known of it.")
    if clicked:
        area_map.open_ward(clicked)


def _years(indicator: str, rows: pd.DataFrame) -> None:
    st.header("Over the years")
    held = cached_indicators.all_indicators()
    about = held.about(indicator)
    trend = indicators.recent_trend(rows, COUNCIL, share=about["per"] == 100)
    st.markdown(indicators_view.trend_sentence(trend, POLARITY[about["polarity"]]))
    printed = indicators_view.printed_sentence(held.ranges, indicator, str(about["unit"]))
    if printed:
        st.markdown(printed)
    if len(rows.loc[rows["value"].notna(), "period"].unique()) > 1:
        from analysis.present import indicators_figures  # noqa: PLC0415

        st.plotly_chart(
            indicators_figures.over_years(held, indicator, cached.library().names, style.dark()),
            key="indicator_years",
            config={"displayModeBar": False},
        )
        st.caption("Bars on the line of B&NES are 95% limits where they are held. Every figure is in the download.")
    else:
        st.caption("One period is held, so there is nothing to draw over time.")
    download = indicators_tables.download(held, indicator, cached.library().names)
    evidence.download(download, f"indicator_{indicator}", "published", key="indicator_csv")


def _meaning(indicator: str, about: dict[str, Any], basis: str) -> None:
    st.header("What it counts, and where it comes from")
    st.markdown(indicators_view.meaning(about, basis))
    evidence.sources([f"{SOURCES[str(about['source'])]}_OBSERVATIONS"])
    st.caption(f"Its name in the files is {indicator}. The row or line of each figure stands under its area above.")
