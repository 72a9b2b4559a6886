"""One question of the survey at a time: its answers as bars, in people's own words, and as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from analysis import survey
from analysis.present import survey_chart, survey_tables, survey_view
from pages.components import cached, evidence, plain, scope, style
from pages.components.cached import survey as cached_survey

if TYPE_CHECKING:
    import plotly.graph_objects as go

LEDGER = {
    "app": "app_use",
    "early_help_services": "survey_specialist_number",
    "resources": "resources_percent",
    "services_available": "survey_why_not",
    "specialist_services": "survey_specialist_number",
    "why_not_available": "survey_why_not",
}


@st.fragment
def show(respondents: str) -> None:
    """Draw the choice of a question and everything known of its answers."""
    st.header("Every question")
    rows = cached.library().table("SURVEY")
    titles = survey_view.titles(survey.questions(rows, respondents))
    question = scope.option("question", "Question", [*titles], survey.REASONS, titles)
    counted = cached_survey.survey_counted()
    counted = counted[counted["respondents"].eq(respondents) & counted["question_id"].eq(question)]
    told = survey.own_words(rows, respondents, question)
    if len(counted) and counted["status"].ne("ok").all():
        evidence.nothing(survey_view.lost(counted))
    elif len(counted):
        _counted(survey_view.in_order(counted), survey.answered(rows, respondents, question), titles[question])
    else:
        st.markdown(survey_view.reading_words(told))
    _own_words(told)
    st.caption(survey_view.abbreviations(" ".join([*counted["answer"], *told["answer"]])))
    if respondents == "all":
        _ledger(question)
    drawn = len(counted) > 0 and not counted["status"].ne("ok").all()
    both = survey_tables.download(pd.concat([counted, told]))
    evidence.download(
        both,
        f"survey_{respondents}_{question}",
        "published",
        key="question_csv",
        title=titles[question],
        chart=(lambda: _figure(counted)) if drawn else None,
    )


def _figure(counted: pd.DataFrame) -> go.Figure:
    from analysis.present import plain_figures  # noqa: PLC0415

    return plain_figures.survey_bars(survey_view.in_order(counted), dark=False)


def _counted(rows: pd.DataFrame, answered: tuple[int, int] | None, title: str) -> None:
    st.markdown(survey_view.reading(rows, answered))
    st.html(survey_chart.bars(rows, title, style.dark()))
    with st.expander("The answers as a table, with percentages as printed and where each stands"):
        plain.table(survey_tables.table(rows), title)


def _own_words(told: pd.DataFrame) -> None:
    if told.empty:
        return
    st.subheader("Services they named" if told["kind"].eq("service named").all() else "In their own words, not counted")
    st.html(survey_chart.said(told))


def _ledger(question: str) -> None:
    """What the ledger of contradictions holds on this question."""
    ledger = cached.library().table("CONTRADICTIONS")
    for why in ledger[ledger["entry_id"].eq(LEDGER.get(question, ""))]["why"]:
        st.caption(f"**Where the source contradicts itself:** {why}")
