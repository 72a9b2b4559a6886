"""The start of the Indicators page, and the indicators of one topic against England."""

from __future__ import annotations

import streamlit as st

from analysis.editions import SHORT_COUNCIL
from analysis.present import indicators_rug, indicators_tables, indicators_view
from pages.components import cached, evidence, scope, style
from pages.components.cached import indicators as cached_indicators

SPINE = "spine"
DRAWN = {
    SPINE: "Against England, line by line",
    "places": "Beside other places",
    "years": "Over the years",
}
LABELS = {
    "places": "Indicators against England, place by place",
    "years": f"Indicators of {SHORT_COUNCIL} against England, year by year",
}
PERIODS = {
    "places": indicators_rug.SAME_PERIOD,
    "years": "Each year is set beside England in the same period; a period of several years stands where it ends.",
}


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
    drawn = scope.option("drawn", "Show the topic", [*DRAWN], SPINE, DRAWN, draw=st.segmented_control)
    if drawn == SPINE:
        st.caption(indicators_view.TOPIC_READING)
        st.html(cached_indicators.topic_spine(name, style.dark()))
    else:
        _rug(name, drawn)
    _table(name)
    evidence.sources(indicators_view.contracts(held, name))


def _rug(name: str, across: str) -> None:
    st.caption(f"{PERIODS[across]} {indicators_rug.READING}")
    drawn = cached_indicators.topic_rug(name, across, LABELS[across], style.dark())
    if not drawn:
        evidence.nothing("No indicator of this topic can be set beside England.")
        return
    st.html(drawn)
    grid, names = cached_indicators.topic_grid(name, across), cached.library().names
    evidence.download_made(
        lambda: indicators_rug.rug_table(grid, names),
        f"indicators_{name.replace(' ', '_')}_{across}",
        "published",
        key="indicator_rug_csv",
        words="Download the grid",
    )


def _table(name: str) -> None:
    found = indicators_tables.of_topic(cached_indicators.indicator_overview(), name)
    st.header("All of them as a table")
    table = cached_indicators.topic_table(name)
    st.dataframe(table, hide_index=True, height=420, key="indicator_topic_table")
    evidence.download_made(
        lambda: table.assign(
            indicator_id=found["indicator_id"].to_numpy(),
            locator=found["locator"].to_numpy(),
            basis=found["basis"].to_numpy(),
        ),
        f"indicators_{name.replace(' ', '_')}",
        "published",
        key="indicator_topic_csv",
        words="Download this table",
        shown=table,
        title=f"Indicators of {name} against England",
    )
