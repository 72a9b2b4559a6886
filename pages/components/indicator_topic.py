"""The start of the Indicators page, and the indicators of one topic against England."""

from __future__ import annotations

import streamlit as st

from analysis.present import indicators_tables, indicators_view
from pages.components import evidence, style
from pages.components.cached import indicators as cached_indicators


def topics() -> None:
    """Draw every topic with how many indicators it has."""
    held, overview = cached_indicators.all_indicators(), cached_indicators.indicator_overview()
    evidence.answer(*indicators_view.start(held, overview))
    st.header("Topics")
    st.html(indicators_tables.topic_links(indicators_tables.topics(held, overview)))


def topic(name: str) -> None:
    """Draw the indicators of one topic, furthest on the worse side of England first."""
    held = cached_indicators.all_indicators()
    found = indicators_tables.of_topic(cached_indicators.indicator_overview(), name)
    evidence.answer(*indicators_view.topic_answer(held, found, name))
    for basis in sorted(found["basis"].unique(), reverse=True):
        evidence.badge(str(basis))
    st.caption(indicators_view.TOPIC_READING)
    st.html(indicators_tables.spine(found, held, style.dark()))
    st.header("All of them as a table")
    table = indicators_tables.topic_table(found, held)
    st.dataframe(table, hide_index=True, height=420, key="indicator_topic_table")
    evidence.download(
        table.assign(indicator_id=found["indicator_id"].to_numpy(), locator=found["locator"].to_numpy()).assign(
            basis=found["basis"].to_numpy()
        ),
        f"indicators_{name.replace(' ', '_')}",
        "published",
        key="indicator_topic_csv",
    )
    evidence.sources(indicators_view.contracts(held, name))
