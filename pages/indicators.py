"""Indicators: every indicator held, found by word or topic, with its areas, years, wards and source."""

from __future__ import annotations

import streamlit as st

from analysis.sources.tables.observations import TOPICS
from pages.components import indicator_one, indicator_search, indicator_topic, scope
from pages.components.cached import indicators as cached_indicators

EVERY = ""


def page() -> None:
    """The search first; then one indicator, one topic, or all topics."""
    scope.choose()
    st.title("How does B&NES compare, indicator by indicator?")
    indicator_search.box()
    held = cached_indicators.all_indicators()
    indicator = scope.held("indicator", [EVERY, *held.table.index], EVERY)
    if indicator:
        indicator_one.show(indicator)
        return
    titles = {EVERY: "All topics", **{topic: topic.capitalize() for topic in TOPICS}}
    subject = scope.option("subject", "Topic", [EVERY, *TOPICS], EVERY, titles)
    if subject:
        indicator_topic.topic(subject)
    else:
        indicator_topic.topics()


page()
