"""One indicator: the answer, the areas, the wards, the years, and what it means."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from analysis import indicator_places, indicators
from analysis.editions import COUNCIL
from analysis.indicators import SOURCES
from analysis.present import indicators_areas, indicators_places_view, indicators_view
from pages.components import cached, evidence, indicator_wards, plain, scope, style
from pages.components.cached import indicators as cached_indicators

PERIOD_WIDTH = 360


def show(indicator: str) -> None:
    """Draw everything held of one indicator in the period chosen."""
    held = cached_indicators.all_indicators()
    rows, about = held.of(indicator), held.about(indicator)
    st.button(f"← All of {about['topic']}", on_click=_back, args=(str(about["topic"]),), type="tertiary")
    said = st.container()
    period = _period(rows)
    areas = cached_indicators.indicator_areas(indicator, period) if period else rows.iloc[:0]
    basis = _basis(areas if len(areas) else rows)
    with said:
        evidence.answer(*indicators_view.answer(held, indicator, areas, period))
        evidence.badge(basis)
        st.caption(indicators_view.first_sentence(str(about["definition"])))
    if period:
        _areas(indicator, period)
    indicator_wards.show(indicator, period)
    _years(indicator, rows)
    _meaning(indicator, about, basis)


def _period(rows: pd.DataFrame) -> str | None:
    offered, newest = indicator_places.periods(rows), indicators.newest_period(rows)
    if newest is None:
        return None
    if len(offered) == 1:
        return newest
    titles = indicators_places_view.period_titles(rows, offered, newest)
    return scope.option("period", "Period", offered, newest, titles, draw=partial(st.selectbox, width=PERIOD_WIDTH))


def _basis(rows: pd.DataFrame) -> str:
    ours = rows[rows["area_code"] == COUNCIL]
    return str((ours if len(ours) else rows)["basis"].iloc[0])


def _back(topic: str) -> None:
    scope.hold("indicator", "")
    scope.hold("subject", topic)


def _areas(indicator: str, period: str) -> None:
    st.header(f"Places beside each other, {period}")
    for sentence in cached_indicators.indicator_sentences(indicator, period):
        st.markdown(sentence.replace("$", r"\$"))
    trends = scope.switch("trends", "Show the recent trend of every place")
    table = cached_indicators.area_table(indicator, period, trends)
    plain.table(table, f"{period}: areas with value, count and how each stands beside England", under="where")


def _years(indicator: str, rows: pd.DataFrame) -> None:
    st.header("Over the years")
    held = cached_indicators.all_indicators()
    for sentence in cached_indicators.indicator_trends(indicator):
        st.markdown(sentence)
    names, several = cached.library().names, len(rows.loc[rows["value"].notna(), "period"].unique()) > 1
    if several:
        from analysis.present import indicators_figures  # noqa: PLC0415

        st.plotly_chart(
            indicators_figures.over_years(held, indicator, names, style.dark()),
            key="indicator_years",
            config={"displayModeBar": False},
        )
        st.caption("Bars on the line of B&NES are 95% limits where they are held. Every figure is in the download.")
    else:
        st.caption("One period is held, so there is nothing to draw over time.")
    evidence.download_made(
        lambda: indicators_areas.download(held, indicator, names),
        f"indicator_{indicator}",
        evidence.weakest(rows["basis"].dropna()),
        key="indicator_csv",
        words="Download every figure of it",
        chart=(lambda: indicators_figures.over_years(held, indicator, names, dark=False)) if several else None,
        title=str(held.about(indicator)["title"]),
    )


def _meaning(indicator: str, about: dict[str, Any], basis: str) -> None:
    st.header("What it counts, and where it comes from")
    st.markdown(indicators_view.meaning(about, basis))
    evidence.sources([f"{SOURCES[str(about['source'])]}_OBSERVATIONS"])
    st.caption(f"Its name in the files is {indicator}. The row or line of each figure stands under its area above.")
