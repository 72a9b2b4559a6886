"""Outcomes: what early help should achieve, which of it can be told, and what was recommended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from analysis.outcomes import in_printed_order, told
from analysis.present import outcomes_view
from analysis.present.outcomes_view import GROUPS, QUESTIONS
from analysis.sources.tables.outcomes import AUDIENCES
from pages.components import cached, evidence, maturity, plain, recommendations, scope, style
from pages.components.cached import outcomes as cached_outcomes

STRATEGY = "B&NES Early Help and Intervention Strategy 2021-25"
LISTS = (
    "OUTCOMES_FRAMEWORK",
    "PERFORMANCE_MEASURES",
    "POPULATION_INDICATORS",
    "MATURITY",
    "RECOMMENDATIONS",
    "RECOMMENDATIONS_IN_STRATEGY",
)

if TYPE_CHECKING:
    import plotly.graph_objects as go


def page() -> None:
    """Answer first, then measures, population indicators, statements, maturity and recommendations."""
    scope.choose()
    measures, people = cached_outcomes.performance_measures(), cached_outcomes.population_indicators()
    st.title("What should early help achieve, and can it be told?")
    evidence.answer(*outcomes_view.headline(told(measures, "question"), told(people, "life_group")))
    evidence.badge("published")
    st.caption(f"The outcomes framework of the {STRATEGY}, for the whole council: the same in every edition and ward.")
    _measures()
    _people()
    _statements()
    maturity.show()
    recommendations.show()
    with st.expander("How this was worked out, and how sure it can be"):
        st.markdown(outcomes_view.METHOD)
    evidence.sources([*LISTS, *people["source"].dropna()])


def _measures() -> None:
    rows = cached_outcomes.performance_measures()
    st.header("Its own measures: how much, how well, what difference")
    st.html(outcomes_view.chart(told(rows, "question"), "question", "Measures with a figure", style.dark()))
    st.caption("Measures with a published figure, of those the strategy names.")
    titles = {name.replace(" ", "_"): words for name, words in QUESTIONS.items()}
    asked = scope.option("asked", "Question", [*titles], "what_difference", titles, draw=st.segmented_control)
    chosen = rows[rows["question"].eq(asked.replace("_", " "))]
    plain.table(outcomes_view.measures(chosen), f"Performance measures: {titles[asked]}", under="Note")
    evidence.download(
        rows, "performance_measures", "published", key="measures_csv", chart=lambda: _figure(rows, "question")
    )


def _figure(rows: pd.DataFrame, by: str) -> go.Figure:
    from analysis.present import plain_figures  # noqa: PLC0415

    return plain_figures.told(told(rows, by), by, dark=False)


def _people() -> None:
    rows = cached_outcomes.population_indicators()
    st.header("The people it hopes to help: population indicators")
    st.html(outcomes_view.chart(told(rows, "life_group"), "life_group", "Indicators with a figure", style.dark()))
    st.caption("Indicators with a published figure, of those the strategy names.")
    titles = {key: f"{name[0].upper()}{name[1:]}" for key, name in GROUPS.items()}
    group = scope.option("people", "Group of people", [*titles], "before_5", titles)
    plain.table(
        outcomes_view.population(rows[rows["life_group"].eq(GROUPS[group])]),
        f"Population indicators: {titles[group]}",
        under="Note",
    )
    st.caption(
        "Figures are for Bath and North East Somerset. Direction is the latest figure against the earliest of the five "
        "years before, and is not a statistical test. No target is printed, so nothing is rated red, amber or green."
    )
    evidence.download(
        rows, "population_indicators", "published", key="population_csv", chart=lambda: _figure(rows, "life_group")
    )


def _statements() -> None:
    st.header("What people should be able to say: 44 statements")
    library = cached.library()
    titles = {name.replace(" ", "_"): f"{name[0].upper()}{name[1:]}" for name in AUDIENCES}
    who = scope.option("audience", "Who says it", [*titles], "children_and_young_people", titles)
    rows = in_printed_order(library.table("OUTCOMES_FRAMEWORK"))
    mine = rows[rows["audience"].eq(who.replace("_", " "))]
    plain.table(outcomes_view.framework(mine), f"Statements of {titles[who]}")
    evidence.download(rows, "outcomes_framework", "published", key="framework_csv")
    with st.expander("Groups given priority, and what the strategy commits to"):
        plain.table(outcomes_view.listing(in_printed_order(library.table("PRIORITY_GROUPS")), "Group"), "Groups")
        plain.table(outcomes_view.listing(in_printed_order(library.table("COMMITMENTS")), "Commitment"), "Commitments")
    st.caption(f"Where: {STRATEGY}. Statements are in our words.")


page()
