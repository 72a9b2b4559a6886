"""The Outcomes page, worked as a reader works it."""

from __future__ import annotations

from functools import partial

from streamlit.testing.v1 import AppTest

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
    assert "? Not known" in shown
    assert "Section 12, Recommendations, line 1597" in shown


def test_values_that_are_not_offered_fall_back_with_a_note() -> None:
    page = opened(people="<i>", asked="why", audience="nobody")
    assert "Children vaccinated" in words(page)
    assert said(page).count("is not offered here") >= 3


def test_a_recommendation_is_tracked_in_the_session_only() -> None:
    page = opened()
    assert "Nothing has been entered for any of the 25" in said(page)
    page.selectbox(key="recommendation_r01_status").set_value("done")
    page.text_input(key="recommendation_r01_owner").set_value("<b>Ann</b>")
    page.text_input(key="recommendation_r01_review_date").set_value("30/09/2026")
    quiet(page.run())
    assert "1 done, 0 under way, 0 not started, 0 given up and 24 not known" in said(page)
    assert "your own entries, not published" in said(page)
    assert "30 September 2026" in words(page)
    assert "<b>Ann</b>" not in reader.raw(page)
    assert not any("recommendation" in name for name in page.query_params)


def test_another_recommendation_keeps_what_was_entered_for_the_first() -> None:
    page = opened()
    page.selectbox(key="recommendation_r01_status").set_value("under way")
    quiet(page.run())
    page.selectbox(key="changing").set_value("r04a")
    quiet(page.run())
    assert page.selectbox(key="recommendation_r04a_status").value == "not known"
    assert "1 under way" in said(page)


def test_a_review_date_that_cannot_be_read_is_refused_and_not_kept() -> None:
    page = opened()
    page.text_input(key="recommendation_r01_review_date").set_value("soon")
    quiet(page.run())
    assert "Review date: found 'soon'. Write the day as 2026-09-30" in page.error[0].value
    assert "soon" not in words(page)


def loading(page: AppTest, content: bytes) -> AppTest:
    page.file_uploader(key="recommendations_file").set_value(("mine.csv", content, "text/csv"))
    quiet(page.run())
    page.button(key="recommendations_load").click()
    return quiet(page.run())


HEADER = b"recommendation_id,status,owner,review_date,note\n"


def test_entries_of_a_file_are_put_in_place() -> None:
    page = loading(opened(), HEADER + b"r01,done,Ann,30/09/2026,\nr04a,given up,,,Too dear\n")
    assert "1 done, 0 under way, 0 not started, 1 given up and 23 not known" in said(page)
    assert page.selectbox(key="recommendation_r01_status").value == "done"
    assert "Too dear" in words(page)


def test_what_a_file_holds_is_shown_and_not_drawn() -> None:
    page = loading(opened(), HEADER + b"r01,![x](http://a.example/b.png),,,\n")
    assert r"!\[x\](http://a.example/b.png)" in page.error[0].value


def test_a_bad_file_changes_nothing_and_says_where_it_is_wrong() -> None:
    page = opened()
    page.selectbox(key="recommendation_r01_status").set_value("under way")
    page = loading(quiet(page.run()), HEADER + b"r01,done,,,\nr04a,finished,,,\n")
    assert "mine.csv, row 3, column status: found 'finished'. Use one of" in page.error[0].value
    assert "0 done, 1 under way" in said(page)
