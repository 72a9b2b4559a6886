"""Answers on the indicators, each once for the names it was asked by."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from analysis import indicator_places, indicator_rug, indicator_wards, indicators
from analysis.editions import COUNCIL, EDITIONS, ENGLAND, SHORT_COUNCIL
from analysis.indicators import POLARITY
from analysis.present import (
    indicators_areas,
    indicators_places_view,
    indicators_rug,
    indicators_tables,
    indicators_view,
    indicators_wards,
)
from analysis.present.gap_view import MapView
from pages.components.cached import FEW, library, shared

KEPT = 200
RUGS_KEPT = 30


@shared(show_spinner="Reading the indicators", max_entries=FEW)
def all_indicators() -> indicators.Indicators:
    """Every indicator with its observations, read when a page first asks, shared and never changed."""
    return indicators.collected(library())


@shared(max_entries=FEW)
def indicator_overview() -> pd.DataFrame:
    """The newest figure of each indicator beside England's, with the range of councils; shared and never changed."""
    held = all_indicators()
    spread = indicator_places.ranges(held.observations, held.ranges)
    found = indicators.overview(held).merge(spread, on=indicator_places.KEYS, how="left")
    return found.assign(of_england=found["of_england"].eq(True))


@shared(max_entries=KEPT)
def indicator_areas(indicator: str, period: str) -> pd.DataFrame:
    """The areas of one indicator and period beside England; shared and never changed."""
    held = all_indicators()
    about = held.about(indicator)
    return indicators.beside(held.of(indicator), period, about["polarity"], comparable=bool(about["comparable"]))


@shared(max_entries=KEPT)
def area_table(indicator: str, period: str, trends: bool) -> pd.DataFrame:
    """The areas of one indicator and period as people read them; shared and never changed."""
    areas = indicator_areas(indicator, period)
    return indicators_areas.area_table(all_indicators(), indicator, areas, library().names, trends=trends)


@shared(max_entries=KEPT)
def indicator_sentences(indicator: str, period: str) -> tuple[str, ...]:
    """What is said of the places together: the range of the councils, the neighbours, and what a profile prints."""
    held = all_indicators()
    about, areas = held.about(indicator), indicator_areas(indicator, period)
    unit = str(about["unit"])
    decimals = indicators_view.decimals_of(held.of(indicator), unit)
    said = (
        indicators_places_view.range_sentence(areas, about, decimals, library().names),
        indicators_places_view.neighbours_sentence(held, areas, about, decimals),
        indicators_view.printed_sentence(held.ranges, indicator, unit),
    )
    return tuple(sentence for sentence in said if sentence)


@shared(max_entries=KEPT)
def indicator_trends(indicator: str) -> tuple[str, ...]:
    """The recent trend of the council, and of England where it is held, as sentences."""
    held = all_indicators()
    about, rows = held.about(indicator), held.of(indicator)
    polarity, share = POLARITY[str(about["polarity"])], about["per"] == 100
    named = {COUNCIL: SHORT_COUNCIL, **({ENGLAND: "England"} if rows["area_code"].eq(ENGLAND).any() else {})}
    return tuple(
        indicators_view.trend_sentence(indicators.recent_trend(rows, area, share=share), polarity, name)
        for area, name in named.items()
    )


@shared(max_entries=KEPT)
def indicator_wards_of(indicator: str, period: str) -> indicator_wards.Wards | None:
    """The wards of one indicator and period, if any has a figure; shared and never changed."""
    held = all_indicators()
    codes = {edition.ward_layer: library().codes(edition.ward_type) for edition in EDITIONS.values()}
    return indicator_wards.wards_of(held.of(indicator), held.about(indicator), period, codes)


@shared(max_entries=RUGS_KEPT)
def topic_spine(topic: str, dark: bool) -> str:
    """The spine of a topic."""
    found = indicators_tables.of_topic(indicator_overview(), topic)
    return indicators_tables.spine(found, all_indicators(), library().names, dark)


@shared(max_entries=KEPT)
def ward_table(indicator: str, period: str) -> pd.DataFrame:
    """The wards of one indicator and period as people read them; shared and never changed."""
    wards = indicator_wards_of(indicator, period)
    if wards is None:
        return pd.DataFrame()
    return indicators_wards.ward_table(wards, all_indicators(), indicator, library().names)


@shared(max_entries=KEPT)
def ward_map(indicator: str, period: str, dark: bool) -> MapView | None:
    """The map of one indicator and period by ward."""
    wards = indicator_wards_of(indicator, period)
    return None if wards is None else indicators_wards.ward_map(wards, all_indicators(), indicator, dark)


@shared(max_entries=RUGS_KEPT)
def topic_table(topic: str) -> pd.DataFrame:
    """The indicators of a topic as people read them; shared and never changed."""
    found = indicators_tables.of_topic(indicator_overview(), topic)
    return indicators_tables.topic_table(found, all_indicators(), library().names)


@shared(max_entries=RUGS_KEPT)
def topic_grid(topic: str, across: str) -> indicator_rug.Rug:
    """A topic against England with places or years across; shared and never changed."""
    held, found = all_indicators(), indicators_tables.of_topic(indicator_overview(), topic)
    if across == "years":
        return indicator_rug.by_year(held, found)
    return indicator_rug.by_place(held, found, indicator_rug.places(held))


@shared(max_entries=RUGS_KEPT)
def topic_rug(topic: str, across: str, label: str, dark: bool) -> str:
    """The grid of a topic, drawn."""
    return indicators_rug.rug(topic_grid(topic, across), all_indicators(), library().names, label, dark)


@st.cache_resource
def indicator_search(script: Path) -> ComponentRenderer:
    """The search box over indicators, registered once a server."""
    return st.components.v2.component("indicator_search", js=script.read_text(encoding="utf-8"), isolate_styles=False)
