"""The practitioner survey in words, bars and tables."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from analysis import services, survey
from analysis.present import survey_chart, survey_tables, survey_view
from analysis.sources.library import Library
from analysis.survey import Said, Standing


def one(**given: object) -> dict[str, object]:
    usual = {"count": 16, "percent": 24.62, "base": 65, "base_used": 65.0, "share": 24.615, "fits": float("nan")}
    return {**usual, "agreement": "agrees", "answer": "Yes", "answer_id": "yes", "several_answers": False, **given}


def asked(shipped: Library, respondents: str, question: str) -> pd.DataFrame:
    rows = survey.counted(shipped.table("SURVEY"))
    return rows[rows["respondents"].eq(respondents) & rows["question_id"].eq(question)]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (one(), "16 of 65 (25%)"),
        (one(agreement="differs", percent=24.0), "16 of 65 (25%; printed as 24%)"),
        (one(agreement="small", count=3, base_used=8.0, share=float("nan")), "3 of 8"),
        (one(agreement="no_count", count=pd.NA, percent=22.0, base_used=63.0, fits=14.0), "22% of 63, so about 14"),
        (one(agreement="no_count", count=pd.NA, percent=22.0, base_used=600.0), "22% of 600"),
        (
            one(agreement="no_base", count=pd.NA, percent=24.0, base_used=float("nan")),
            "24%, of how many is not printed",
        ),
        (one(agreement="lost", count=pd.NA), "not printed"),
    ],
)
def test_an_answer_in_figures(row: dict[str, object], words: str) -> None:
    assert survey_view.shown(row) == words


@pytest.mark.parametrize("respondents", ["all", "schools"])
def test_no_percentage_on_a_bar_has_decimals(shipped: Library, respondents: str) -> None:
    rows = survey.counted(shipped.table("SURVEY"))
    words = [survey_view.shown(row) for row in rows[rows["respondents"].eq(respondents)].to_dict("records")]
    assert not any(re.search(r"\.\d", shown) for shown in words)


def test_the_answer_names_the_two_commonest_reasons_with_their_bases(shipped: Library) -> None:
    rows = shipped.table("SURVEY")
    needs = survey.needs_named(rows, services.cells(shipped), "all")
    first, more = survey_view.answer(survey.gaps(rows, "all"), needs, survey.counted(rows), "all")
    assert first == (
        "Of the 51 practitioners who said why services are not always there, 18 said that no service meets all the "
        "needs and 16 that services exist but cannot be reached; of the 64 who answered about referring, 49 met full "
        "services or long waits."
    )
    assert "23 ticked “other”" in more
    assert "Of the 7 needs of the service map that they named as unmet, all have a service listed" in more


def test_the_caution_says_who_replied_and_what_it_cannot_say() -> None:
    words = survey_view.caution(Standing(93, 28, 66.0, 12, 66))
    assert words.startswith("**93 people who chose to reply, not a sample.** 28 of them work in schools")
    assert "completion rate was 66%, and from 12 to 66 answered" in words
    assert "nothing about all practitioners or about families" in words


def test_several_answers_come_commonest_first_with_other_last(shipped: Library) -> None:
    ordered = survey_view.in_order(asked(shipped, "all", "why_not_available"))
    assert ordered["count"].tolist() == [18, 16, 10, 9, 8, 23]


def test_single_answers_keep_the_order_printed(shipped: Library) -> None:
    rows = asked(shipped, "all", "plan_clear")
    assert survey_view.in_order(rows)["answer"].tolist() == rows["answer"].tolist()


def test_reading_says_what_is_odd_about_a_question(shipped: Library) -> None:
    def read(question: str, respondents: str = "all", answered: tuple[int, int] | None = None) -> str:
        return survey_view.reading(asked(shipped, respondents, question), answered)

    assert read("meetings_effective") == "65 people answered."
    assert "is printed as 65; the answers add to 66" in read("app")
    assert "is not printed; the answers add to 65" in read("resources")
    assert "A percentage as printed differs from the counts" in read("resources")
    assert "the counts add to 84, more than the people" in read("why_not_available")
    assert read("services_available", "schools").startswith("How many answered is not printed.")
    assert read("referral_issues", "schools", (15, 13)).startswith("15 people answered and 13 skipped it.")


def test_reading_of_own_words_says_how_many_answered_where_it_is_printed(shipped: Library) -> None:
    rows = shipped.table("SURVEY")
    strengthen = survey_view.reading_words(survey.own_words(rows, "all", "strengthen"))
    assert strengthen == "38 people answered in their own words, and nobody counted what they said."
    parents = survey_view.reading_words(survey.own_words(rows, "all", "needs_parents"))
    assert parents.startswith("How many answered is not printed; they answered in their own words")


def test_the_bars_say_their_counts_and_are_as_long_as_their_shares(shipped: Library) -> None:
    drawn = survey_chart.bars(asked(shipped, "schools", "why_not_available"), "Why", dark=False)
    assert drawn.count("<li>") == 6
    assert '<b style="width:33.3%"></b></span><span class="shown">4 of 12 (33%)</span>' in drawn
    assert 'aria-label="Why"' in drawn


def test_a_small_base_has_no_bar_and_no_axis() -> None:
    rows = pd.DataFrame([one(agreement="small", count=3, base_used=8.0, share=float("nan"))])
    drawn = survey_chart.bars(rows, "Why", dark=True)
    assert "3 of 8" in drawn
    assert "%" not in drawn


def test_each_kind_of_gap_has_its_counts_and_says_what_the_question_did_not_offer(shipped: Library) -> None:
    drawn = survey_chart.gaps(survey.gaps(shipped.table("SURVEY"), "all"), dark=False)
    cards = drawn.split("<section")[1:]
    assert len(cards) == 6
    assert [card.count("<li>") for card in cards] == [2, 1, 1, 1, 1, 1]
    assert ["Question 8 did not offer this answer" in card for card in cards] == [False] * 5 + [True]
    assert "a parent in prison" in cards[0]


def test_a_need_links_to_the_service_map_and_says_both_facts() -> None:
    rows = pd.DataFrame(
        [
            {
                "need_id": "loss",
                "need": "Loss & grief",
                "unmet": (Said("Bereavement", 9, "no service for the need"),),
                "presenting": (),
                "services": 1,
                "covered": ("pre_birth_to_4",),
                "uncovered": ("parents",),
                "unclear": ("age_5_to_11", "age_11_to_19"),
            }
        ]
    )
    drawn = survey_chart.needs(rows, lambda need: f"coverage?edition=2020&of={need}")
    assert '<a href="coverage?edition=2020&amp;of=loss">Loss &amp; grief</a>' in drawn
    assert "Named as unmet, and 1 service is listed" in drawn
    assert "Bereavement (question 9: no service for the need)" in drawn
    assert (
        "1 service listed: before birth to age 4; none listed: parents and carers; cannot be read: ages 5 to 11 and "
        "ages 11 to 19"
    ) in drawn


def test_words_from_the_file_are_escaped() -> None:
    hostile = pd.DataFrame([one(answer="<img onerror=x>", gap="cannot get in", locator="<b>")])
    for drawn in (survey_chart.bars(hostile, "<i>", dark=False), survey_chart.said(hostile)):
        assert "<img" not in drawn
        assert "&lt;img onerror=x&gt;" in drawn


def test_the_themes_are_six_lists_of_all_findings(shipped: Library) -> None:
    rows = shipped.table("THEMATIC_ANALYSIS")
    drawn = survey_chart.themes(rows)
    assert [part.count("<li>") for part in drawn.split("<section")[1:]] == [13, 8, 3, 4, 4, 4]
    table = survey_tables.themes(rows)
    assert len(table) == len(rows)
    assert table["Where in the assessment"].str.contains("line").all()


def test_the_table_gives_the_print_and_the_check_and_no_blank(shipped: Library) -> None:
    table = survey_tables.table(asked(shipped, "all", "resources"))
    assert table["Per cent, as printed"].tolist() == ["24%", "24%", "51%"]
    assert table["Per cent, from the counts"].tolist() == ["24.6%", "24.6%", "50.8%"]
    assert table["Check"].tolist() == ["Differs from the counts", "Differs from the counts", "Agrees with the counts"]
    assert not table.isna().any().any()
    assert not table.eq("").any().any()


def test_the_download_carries_the_line_of_every_answer(shipped: Library) -> None:
    rows = survey.gaps(shipped.table("SURVEY"), "all")
    found = survey_tables.download(rows)
    assert len(found) == len(rows)
    assert found["locator"].str.contains(r"line").all()
    assert set(found["agreement"]) <= {*survey.AGREEMENTS.values(), "in their own words, not counted"}


def test_the_recommendation_on_gaps_comes_with_its_steps(shipped: Library) -> None:
    found = survey_tables.recommended(shipped.table("RECOMMENDATIONS"), "r06")
    assert len(found) == 5
    assert found["Recommended in 2020"].iloc[0] == "Close gaps in services"


@pytest.mark.parametrize(
    ("words", "inside"), [("A parent in prison", "a parent in prison"), ("SEND help", "SEND help"), ("Cost", "cost")]
)
def test_words_inside_a_sentence_begin_small_unless_they_are_capitals(words: str, inside: str) -> None:
    assert survey_view.phrase(words) == inside
