"""Practitioner voice: what those who replied to the survey of 2020 said is missing."""

from __future__ import annotations

import streamlit as st

from analysis import survey
from analysis.present import survey_chart, survey_tables, survey_view
from pages.components import cached, evidence, plain, scope, style, survey_questions
from pages.components.cached import survey as cached_survey

CLOSE_GAPS = "r06"
SURVEY_SOURCES = ("SURVEY", "SERVICES")
OTHER_SOURCES = ("THEMATIC_ANALYSIS", "RECOMMENDATIONS", "SERVICE_STATEMENTS")


def page() -> None:
    """The answer and what it cannot say, kinds of gap, needs beside what is listed, every question, and themes."""
    scope.choose()
    st.title("What do practitioners say is missing?")
    said = st.container()
    respondents = scope.option(
        "respondents",
        "Whose answers",
        [*survey_view.RESPONDENTS],
        "all",
        survey_view.RESPONDENTS,
        draw=st.segmented_control,
    )
    with said:
        _answer(respondents)
    _gaps(respondents)
    _needs(respondents)
    survey_questions.show(respondents)
    evidence.sources(SURVEY_SOURCES)
    _themes()
    _services()
    with st.expander("How the answers were read, and what they cannot say"):
        st.markdown(survey_tables.METHOD)
    evidence.sources(OTHER_SOURCES)


def _answer(respondents: str) -> None:
    gaps, needs = cached_survey.survey_gaps(respondents), cached_survey.survey_needs(respondents)
    evidence.answer(*survey_view.answer(gaps, needs, cached_survey.survey_counted(), respondents))
    evidence.badge("published")
    st.caption(
        "The Early Help survey of 2020, for the whole council. No newer one is published, so both editions show it."
    )
    st.warning(survey_view.caution(cached_survey.survey_standing()), icon=":material/groups:")


def _gaps(respondents: str) -> None:
    st.header("Kinds of gap")
    st.caption(
        "People out of those who answered the question; a full bar would be all of them. Several answers could be "
        "ticked, and counts of different questions are not added. Which kind an answer in people's own words belongs "
        "to is our reading."
    )
    gaps = cached_survey.survey_gaps(respondents)
    st.html(survey_chart.gaps(gaps, style.dark()))
    evidence.download(survey_tables.download(gaps), f"kinds_of_gap_{respondents}", "published", key="gaps_csv")


def _needs(respondents: str) -> None:
    st.header("Needs they named, and what is listed for them")
    st.markdown(
        "Beside each need stands what Appendix 3 of the assessment lists for it, for the whole council as at May 2020. "
        "Open a need to see its cells on the Service coverage page."
    )
    needs = cached_survey.survey_needs(respondents)
    st.html(survey_chart.needs(needs, scope.address_of_need))
    _unmapped(respondents)
    evidence.download(survey_tables.needs(needs), f"needs_named_{respondents}", "published", key="needs_csv")


def _unmapped(respondents: str) -> None:
    others = survey.unmapped(cached.library().table("SURVEY"), respondents)
    names = "; ".join(survey_view.phrase(words) for words in others["answer"])
    st.markdown(
        f"**Also called unmet, but no row of the service map**, so it cannot say whether a service exists: {names}."
    )


def _themes() -> None:
    st.header("Themes from 13 case studies")
    rows = cached.library().table("THEMATIC_ANALYSIS")
    st.markdown(
        "The assessment also read 13 case studies that services had written for other purposes, and set out what it "
        "found as a logic model. Thirteen stories at hand are no sample, and the lists side by side are no chain of "
        "causes."
    )
    st.html(survey_chart.themes(rows))
    table = survey_tables.themes(rows)
    with st.expander("The themes as a table, with where each stands"):
        plain.table(table, "Themes from 13 case studies")
    evidence.download(table, "themes_of_13_case_studies", "published", key="themes_csv")


def _services() -> None:
    st.header("What the assessment concluded about gaps")
    library = cached.library()
    plain.table(survey_tables.recommended(library.table("RECOMMENDATIONS"), CLOSE_GAPS), "Recommendation on gaps")
    with st.expander("What services' own reports say of demand, in words"):
        plain.table(survey_tables.statements(library.table("SERVICE_STATEMENTS")), "What is said of services")


page()
