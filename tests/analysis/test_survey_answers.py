"""The practitioner survey: bases, percentages worked out again, kinds of gap and needs, by hand and as shipped."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from analysis import services, survey
from analysis.sources.contracts import converted
from analysis.sources.library import Library
from analysis.sources.tables.survey import GAPS, SURVEY
from analysis.survey import Said

COLUMNS = [field.column for field in SURVEY.fields]
BLANK = dict.fromkeys(COLUMNS, "")
USUAL = {"respondents": "all", "question_number": "8", "question_id": "why", "question": "Why", "kind": "choice"}


def row(answer: str, **given: str) -> dict[str, str]:
    usual = {"answer_id": answer, "answer": answer.capitalize(), "several_answers": "false", "status": "ok"}
    return {**BLANK, **USUAL, **usual, "locator": "Section 10.2, line 1", **given}


def frame(*rows: dict[str, str]) -> pd.DataFrame:
    return converted(pd.DataFrame(list(rows), columns=COLUMNS, dtype=str), SURVEY)


def told(answer: str, **given: str) -> dict[str, str]:
    return row(answer, kind="theme", several_answers="true", status="not_applicable", **given)


@pytest.fixture(scope="module")
def shipped_survey(shipped: Library) -> pd.DataFrame:
    return shipped.table("SURVEY")


def test_a_share_is_the_count_of_those_who_answered_and_is_checked_to_the_decimals_printed() -> None:
    rows = survey.counted(
        frame(
            row("yes", count="9", percent="17.65", base="51"),
            row("no", count="16", percent="31.4", base="51"),
            row("perhaps", count="16", percent="31", base="51"),
            row("never", count="10", percent="19.6", base="51"),
        )
    )
    assert rows["share"].round(2).tolist() == [17.65, 31.37, 31.37, 19.61]
    assert rows["agreement"].tolist() == ["agrees"] * 4


def test_a_percentage_that_its_count_does_not_give_is_said_to_differ() -> None:
    rows = survey.counted(frame(row("yes", count="16", percent="24", base="65")))
    assert rows["agreement"].tolist() == ["differs"]


def test_a_half_may_be_rounded_either_way() -> None:
    # 2 of 64 is exactly 3.125%, printed as 3.13; 1 of 16 is 6.25%, which may be printed as 6.2 or 6.3
    rows = survey.counted(
        frame(
            row("a", count="2", percent="3.13", base="64"),
            row("b", question_id="other", count="1", percent="6.2", base="16"),
            row("c", question_id="third", count="1", percent="6.3", base="16"),
        )
    )
    assert set(rows["agreement"]) == {"agrees"}


@pytest.mark.parametrize(("base", "shared"), [("9", False), ("10", True)])
def test_fewer_than_ten_answers_give_a_count_without_a_percentage(base: str, shared: bool) -> None:
    rows = survey.counted(frame(row("yes", count="3", percent="33.33", base=base)))
    assert rows["share"].notna().tolist() == [shared]
    assert rows["agreement"].eq("small").tolist() == [not shared]
    assert rows["count"].tolist() == [3]


def test_single_answers_that_add_to_more_than_the_base_are_shares_of_their_sum() -> None:
    rows = survey.counted(
        frame(row("yes", count="31", percent="47", base="65"), row("no", count="35", percent="53", base="65"))
    )
    assert rows["base_used"].tolist() == [66, 66]
    assert rows["summed"].all()
    assert set(rows["agreement"]) == {"agrees"}


def test_several_answers_may_add_to_more_than_the_base_and_keep_it() -> None:
    several = {"several_answers": "true", "base": "12"}
    rows = survey.counted(frame(row("a", count="9", percent="75", **several), row("b", count="6", **several)))
    assert rows["base_used"].tolist() == [12, 12]
    assert rows["agreement"].tolist() == ["agrees", "ours"]


def test_without_a_base_complete_answers_are_shares_of_their_sum_and_others_of_nothing() -> None:
    rows = survey.counted(
        frame(
            row("yes", count="33", percent="51"),
            row("no", count="32", percent="49"),
            row("yes", question_id="part", count="33", percent="51"),
            row("yes", question_id="lone", percent="24"),
        )
    )
    assert rows["base_used"].fillna(-1).tolist() == [65, 65, -1, -1]
    assert rows["agreement"].tolist() == ["agrees", "agrees", "no_base", "no_base"]


def test_a_percentage_without_its_count_names_the_one_count_it_can_stand_for() -> None:
    rows = survey.counted(
        frame(row("yes", percent="22", base="63"), row("no", question_id="large", percent="22", base="600"))
    )
    assert rows["fits"].iloc[0] == 14  # 14 of 63 is 22.2%; 13 is 20.6% and 15 is 23.8%
    assert math.isnan(rows["fits"].iloc[1])
    assert set(rows["agreement"]) == {"no_count"}


def test_an_answer_lost_from_the_text_is_not_a_zero() -> None:
    rows = survey.counted(frame(row("lost", status="missing", base="64")))
    assert rows["agreement"].tolist() == ["lost"]
    assert rows[["count", "share", "fits"]].isna().all().all()


def test_gaps_come_in_their_order_counted_answers_before_own_words() -> None:
    rows = survey.gaps(
        frame(
            told("full", gap="waiting or full"),
            row("age", count="3", base="12", gap="no service for the age"),
            told("limits", gap="no service for the age"),
            row("other", count="4", base="12"),
            row("need", respondents="schools", count="1", base="12", gap="no service for the need"),
        ),
        "all",
    )
    assert rows["answer"].tolist() == ["Age", "Limits", "Full"]
    assert rows["is_counted"].tolist() == [True, False, False]


CELLS = pd.DataFrame(
    [
        ("loss", "Loss", "parents", "unclear", ()),
        ("loss", "Loss", "age_5_to_11", "covered", ("One", "Two")),
        ("loss", "Loss", "pre_birth_to_4", "covered", ("One",)),
        ("money", "Money", "parents", "uncovered", ()),
    ],
    columns=["need_id", "need", "life_stage", "cell", "names"],
)


def test_needs_named_stand_beside_the_different_services_listed_for_them() -> None:
    rows = frame(
        told("debt", question_id="needs_parents", question_number="6", need_id="money"),
        told("grief", question_id="needs_without_service", need_id="loss", gap="no service for the need"),
        told("training", question_id="training_need", need_id="money"),
    )
    found = survey.needs_named(rows, CELLS, "all")
    assert found["need"].tolist() == ["Loss", "Money"]
    assert found["services"].tolist() == [2, 0]
    assert found["unmet"].tolist() == [(Said("Grief", 8, "no service for the need"),), ()]
    assert found["presenting"].tolist() == [(), (Said("Debt", 6, None),)]
    assert found["covered"].tolist() == [("pre_birth_to_4", "age_5_to_11"), ()]
    assert found["uncovered"].tolist() == [(), ("parents",)]
    assert found["unclear"].tolist() == [("parents",), ()]


def test_what_was_called_unmet_and_is_no_need_of_the_map_is_kept() -> None:
    unmet = {"question_id": "needs_without_service", "gap": "no service for the need"}
    rows = frame(told("fathers", **unmet), told("grief", **unmet, need_id="loss"))
    assert survey.unmapped(rows, "all")["answer"].tolist() == ["Fathers"]
    assert survey.unmapped(rows, "schools").empty


def test_who_answered_is_read_only_where_it_is_printed() -> None:
    turnout = {"kind": "turnout", "base": "28"}
    rows = frame(row("answered", count="15", **turnout), row("skipped", count="13", **turnout), row("yes", count="3"))
    assert survey.answered(rows, "all", "why") == (15, 13)
    assert survey.answered(rows, "schools", "why") is None


def test_the_shipped_survey_reaches_as_far_as_the_methods_say(shipped: Library) -> None:
    assert survey.standing(shipped) == survey.Standing(replies=93, schools=28, completion=66, least=12, most=66)


def test_of_the_shipped_percentages_only_those_in_the_ledger_differ(shipped_survey: pd.DataFrame) -> None:
    rows = survey.counted(shipped_survey)
    assert set(rows.loc[rows["agreement"].eq("differs"), "question_id"]) == {"resources"}
    assert set(rows.loc[rows["summed"], "question_id"]) == {"resources", "app"}
    assert rows["agreement"].isin([*survey.AGREEMENTS]).all()


def test_every_shipped_answer_is_counted_or_in_own_words_or_a_turnout(shipped_survey: pd.DataFrame) -> None:
    counted = len(survey.counted(shipped_survey))
    asked = shipped_survey.drop_duplicates(["respondents", "question_id"])
    told = sum(
        len(survey.own_words(shipped_survey, *pair))
        for pair in zip(asked["respondents"], asked["question_id"], strict=True)
    )
    assert counted + told + shipped_survey["kind"].eq("turnout").sum() == len(shipped_survey)


@pytest.mark.parametrize("respondents", ["all", "schools"])
def test_every_shipped_gap_has_a_counted_answer(shipped_survey: pd.DataFrame, respondents: str) -> None:
    rows = survey.gaps(shipped_survey, respondents)
    assert rows.loc[rows["is_counted"], "gap"].drop_duplicates().tolist() == list(GAPS)


def test_every_need_the_shipped_survey_names_as_unmet_has_a_service_listed(shipped: Library) -> None:
    found = survey.needs_named(shipped.table("SURVEY"), services.cells(shipped), "all")
    unmet = found[found["unmet"].map(len).gt(0)].set_index("need_id")["services"]
    assert unmet.to_dict() == {
        "mental_wellbeing": 15,
        "housing": 4,
        "send": 3,
        "bereavement": 1,
        "neet": 6,
        "family_breakdown": 3,
        "carers": 2,
    }


def test_questions_come_in_order_and_once(shipped_survey: pd.DataFrame) -> None:
    numbers = survey.questions(shipped_survey, "schools")["question_number"].tolist()
    assert numbers == [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14]
