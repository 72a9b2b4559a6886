"""The Practitioner voice page, worked as a reader works it: whose answers, kinds of gap, needs, and each question."""

from __future__ import annotations

from functools import partial

import pytest

from analysis import survey
from analysis.sources.library import Library
from tests.pages import reader
from tests.pages.reader import answer, chosen, drawn, quiet, raw, said

opened = partial(reader.opened, "practitioner_voice")


def test_it_opens_with_the_answer_the_caution_and_everything_the_page_promises() -> None:
    app = opened()
    assert "Of the 51 practitioners who said why services are not always there, 18 said" in answer(app)
    assert [warning.value[:35] for warning in app.warning] == ["**93 people who chose to reply, not"]
    assert "Published figures" in said(app)
    assert [head.value for head in app.header] == [
        "Kinds of gap",
        "Needs they named, and what is listed for them",
        "Every question",
        "Themes from 13 case studies",
        "What the assessment concluded about gaps",
    ]
    words = drawn(app)
    assert "49 of 64 (77%)" in words
    assert "Named as unmet, and 15 services are listed" in words
    assert "Section 10.2, all respondents, question 8, line 1179" in words


def test_schools_answer_for_themselves_everywhere_on_the_page() -> None:
    app = chosen(opened(), "respondents", "schools")
    assert "Of the 12 people in schools who said why" in answer(app)
    words = drawn(app)
    assert "12 of 15 (80%)" in words
    assert "of 64" not in words
    assert "Poverty and debt" in words
    assert "".join(app.query_params["respondents"]) == "schools"


def test_a_question_is_chosen_and_kept_in_the_address() -> None:
    app = chosen(opened(), "question", "app")
    assert "".join(app.query_params["question"]) == "app"
    assert "is printed as 65; the answers add to 66" in said(app)
    assert "35 of 66 (53%)" in drawn(app)
    assert "31 and 35 make 66, and 47% and 53% are shares of 66, not of 65." in said(app)


def test_a_link_restores_whose_answers_and_the_question() -> None:
    app = opened(respondents="schools", question="referral_issues")
    assert app.selectbox(key="question").value == "referral_issues"
    assert "15 people answered and 13 skipped it." in said(app)


def test_a_question_schools_were_not_shown_answering_gives_way_to_the_usual_one() -> None:
    app = chosen(opened(question="app"), "respondents", "schools")
    assert app.selectbox(key="question").value == survey.REASONS


def test_an_answer_lost_from_the_text_is_a_reason_and_not_an_empty_chart() -> None:
    app = opened(question="team_around_family")
    assert [info.value for info in app.info] == [
        "Not printed in the text: the answers are a picture (Section 10.2, all respondents, question 20, line 1383)."
    ]


def test_a_percentage_that_its_count_does_not_give_is_said_on_the_page() -> None:
    app = opened(question="resources")
    assert "16 of 65 (25%; printed as 24%)" in drawn(app)
    assert "A percentage as printed differs from the counts" in said(app)


def test_each_need_links_to_its_row_of_the_service_map() -> None:
    app = opened(edition="2020")
    assert 'href="coverage?edition=2020&amp;of=bereavement"' in raw(app)
    link = reader.opened("coverage", edition="2020", of="bereavement")
    assert link.selectbox(key="of").value == "bereavement"


@pytest.mark.parametrize("respondents", ["all", "schools"])
def test_every_question_draws(shipped: Library, respondents: str) -> None:
    app = opened(respondents=respondents)
    for question in survey.questions(shipped.table("SURVEY"), respondents)["question_id"]:
        app.selectbox(key="question").set_value(question)
        quiet(app.run())
        assert len([button for button in app.get("download_button") if button.key.endswith("_csv")]) == 4
