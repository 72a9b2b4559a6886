"""The Outcomes page, worked as a reader works it."""

from __future__ import annotations

from functools import partial

from tests.pages import reader
from tests.pages.reader import answer, chosen, drawn, quiet, said

opened = partial(reader.opened, "outcomes")
words = partial(drawn, between="")


def test_the_page_answers_first() -> None:
    page = opened()
    assert "20 have a published figure" in answer(page)
    assert "None of the 11 measures of what difference" in answer(page)


def test_measures_are_shown_a_question_at_a_time() -> None:
    page = chosen(opened(), "asked", "how_much")
    assert page.query_params["asked"] in ("how_much", ["how_much"])
    shown = words(page)
    assert "17 assessments (2019/20 Q3)" in shown
    assert "not by organisation" in shown
    assert "Not collected, or not published" in shown


def test_indicators_are_shown_a_group_at_a_time() -> None:
    assert "Children vaccinated" in words(opened())
    older = words(opened(people="older"))
    assert "Life expectancy at 65" in older
    assert "Children vaccinated" not in older


def test_statements_are_shown_for_one_audience() -> None:
    shown = words(opened(audience="vulnerable_adults"))
    assert "Able to ask for care early enough to stay independent" in shown
    assert "Ready to learn and start school" not in shown


def test_the_maturity_assessment_lives_in_the_session_only() -> None:
    page = opened()
    assert "None of the 4 strands has been assessed" in said(page)
    page.radio(key="maturity_leadership").set_value("Developing")
    quiet(page.run())
    assert "1 of 4 strands assessed, by you, in this session. Developing: Leadership and partnership" in said(page)
    assert not any("maturity" in name for name in page.query_params)


def test_the_maturity_assessment_outlasts_a_visit_to_another_page() -> None:
    page = opened()
    page.radio(key="maturity_workforce").set_value("Mature")
    page.text_input(key="evidence_workforce").set_value("<b>Audit</b>")
    quiet(page.run())
    page.switch_page("pages/sources.py").run()
    page.switch_page("pages/outcomes.py").run()
    quiet(page)
    assert page.radio(key="maturity_workforce").value == "Mature"
    assert page.text_input(key="evidence_workforce").value == "<b>Audit</b>"


def test_recommendations_have_their_status_and_line() -> None:
    shown = words(opened())
    assert "Recommended in 2020; since then not known" in shown
    assert "Section 12, Recommendations, line 1597" in shown


def test_values_that_are_not_offered_fall_back_with_a_note() -> None:
    page = opened(people="<i>", asked="why", audience="nobody")
    assert "Children vaccinated" in words(page)
    assert said(page).count("is not offered here") >= 3
