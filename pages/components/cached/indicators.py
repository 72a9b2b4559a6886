"""Answers on the indicators, each once for the names it was asked by."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from analysis import indicators
from pages.components.cached import library


@st.cache_resource(show_spinner="Reading the indicators")
def all_indicators() -> indicators.Indicators:
    """Every indicator with its observations, read when a page first asks, shared and never changed."""
    return indicators.collected(library())


@st.cache_resource(show_spinner=False)
def indicator_overview() -> pd.DataFrame:
    """The council's newest figure of each indicator beside England's; shared and never changed."""
    return indicators.overview(all_indicators())


@st.cache_data(show_spinner=False, max_entries=200)
def indicator_areas(indicator: str, period: str) -> pd.DataFrame:
    """The areas of one indicator and period beside England."""
    held = all_indicators()
    about = held.about(indicator)
    return indicators.beside(held.of(indicator), period, about["polarity"], comparable=bool(about["comparable"]))


@st.cache_resource
def indicator_search(script: Path) -> ComponentRenderer:
    """The search box over indicators, registered once a server."""
    return st.components.v2.component("indicator_search", js=script.read_text(encoding="utf-8"), isolate_styles=False)
