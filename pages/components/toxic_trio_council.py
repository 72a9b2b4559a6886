"""The council-level half of the Toxic trio page."""

from __future__ import annotations

import streamlit as st

from analysis import toxic_trio
from analysis.present import factor_series_view, toxic_trio_figures, toxic_trio_view
from pages.components import cached, evidence, plain, scope, style
from pages.components.cached import toxic_trio as cached_toxic_trio

EVERY_TOPIC = "all"


@st.fragment
def series() -> None:
    """One factor recorded at the end of assessment, over the years, beside England and three councils."""
    st.header("The council over the years, beside England and three councils")
    factor = scope.option(
        "factor",
        "Recorded at the end of assessment",
        [*toxic_trio.FACTORS],
        "domestic_abuse_parent",
        toxic_trio.FACTORS,
    )
    rows, names = cached_toxic_trio.factor_series(factor), cached.library().names
    trends = toxic_trio.factor_trends(rows)
    st.markdown(f"**{factor_series_view.sentence(rows, trends, factor)}**")
    evidence.badge("published")
    arrows = factor_series_view.arrows(trends)
    st.plotly_chart(
        toxic_trio_figures.over_years(rows, names, style.dark(), arrows),
        key=f"series_{factor}",
        config={"displayModeBar": False},
    )
    st.caption(factor_series_view.CAPTION)
    plain.table(
        factor_series_view.summary_table(rows, trends, names), "The newest year beside England, and the recent trend"
    )
    st.subheader("Year by year")
    yearly = factor_series_view.yearly_table(rows, names)
    plain.table(yearly, "Per cent of assessments by year and area, with limits")
    evidence.download(
        factor_series_view.download(rows, trends, names),
        f"factor_{factor}",
        "published",
        key="factor_csv",
        shown=yearly,
        title=f"{toxic_trio.FACTORS[factor]}, per cent of assessments",
        chart=lambda: toxic_trio_figures.over_years(rows, names, False, arrows),
    )
    with st.expander("How the trend is tested"):
        st.markdown(factor_series_view.METHOD)
    evidence.sources(["ASSESSMENT_FACTORS"])


@st.fragment
def single_figures() -> None:
    """The council-level figures of the 2020 assessment, by topic."""
    st.header("Single figures of the 2020 assessment")
    rows = cached.library().table("TOXIC_TRIO_COUNCIL")
    topics = [EVERY_TOPIC, *dict.fromkeys(toxic_trio.council_figures(cached.library())["topic"])]
    titles = {EVERY_TOPIC: f"All ({len(rows)})", **{topic: topic.capitalize() for topic in topics[1:]}}
    topic = scope.option("topic", "Topic", topics, EVERY_TOPIC, titles, draw=st.segmented_control)
    shown = toxic_trio.council_figures(cached.library(), None if topic == EVERY_TOPIC else topic)
    st.markdown(
        "Sections 4.4.1 to 4.4.4. Different years, bases and methods, so they are not to be added. A *modelled "
        "estimate* applies a national rate to local people; it is not local evidence."
    )
    plain.table(toxic_trio_view.council_table(shown), "Council-level figures of the 2020 assessment")
    evidence.download(shown, "toxic_trio_council", "published", key="council_csv")
    evidence.sources(["TOXIC_TRIO_COUNCIL"])
