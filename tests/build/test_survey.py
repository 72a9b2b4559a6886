"""The practitioner survey of 2020: what must hold of the shipped answers, and the proofs the build runs."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.build.source_text import TranscriptionError, by_hand
from analysis.build.survey2020 import (
    prove_needs_known,
    prove_no_answer_left,
    prove_prose,
    prove_tables,
    table_lines,
)
from analysis.sources.contracts import ContractBroken, typed
from analysis.sources.tables.survey import GAPS, SURVEY

PUBLISHED = Path(__file__).resolve().parents[2] / "data" / "published"
WHOLE = ("agency", "job_title", "role", "lead_practitioner", "assessment", "meetings_effective", "plan_clear")

IN_WHOLE_PER_CENTS = ("role", "lead_practitioner", "app", "goals_clear", "training_need")


def survey() -> pd.DataFrame:
    return by_hand(PUBLISHED / "survey.csv", SURVEY)


def choices(respondents: str, question_id: str) -> pd.DataFrame:
    rows = survey().query("kind == 'choice'")
    return rows[rows["respondents"].eq(respondents) & rows["question_id"].eq(question_id)]


def test_shipped_survey_keeps_its_contract() -> None:
    table = survey()
    assert list(table.columns) == SURVEY.columns
    assert set(table["respondents"]) == {"all", "schools"}


@pytest.mark.parametrize(
    ("respondents", "question_id", "answers", "base"),
    [
        ("all", "agency", 16, 93),
        ("all", "why_not_available", 6, 51),
        ("all", "referral_issues", 7, 64),
        ("all", "assessment", 4, 65),
        ("all", "meetings_effective", 4, 65),
        ("all", "plan_clear", 5, 65),
        ("schools", "job_title", 5, 28),
        ("schools", "why_not_available", 6, 12),
        ("schools", "early_help_services", 9, 15),
        ("schools", "specialist_services", 8, 17),
        ("schools", "referral_issues", 7, 15),
    ],
)
def test_every_printed_answer_is_there_with_its_base(
    respondents: str, question_id: str, answers: int, base: int
) -> None:
    rows = choices(respondents, question_id)
    assert len(rows) == answers
    assert set(rows["base"]) == {base}


@pytest.mark.parametrize("question_id", WHOLE)
def test_single_answers_add_up_to_their_base(question_id: str) -> None:
    respondents = "schools" if question_id in ("job_title", "role", "lead_practitioner") else "all"
    rows = choices(respondents, question_id)
    assert rows["count"].sum() == rows["base"].iloc[0]
    assert not rows["several_answers"].any()


def test_printed_percentages_are_counts_over_bases_but_for_the_app() -> None:
    rows = survey().dropna(subset=["count", "percent", "base"])
    exact = 100 * rows["count"].astype(float) / rows["base"].astype(float)
    half_a_digit = rows["question_id"].isin(IN_WHOLE_PER_CENTS).map({True: 0.5, False: 0.005001})
    wrong = rows[(exact - rows["percent"]).abs() > half_a_digit]
    assert len(rows) == 80
    assert set(wrong["question_id"]) == {"app"}


def test_the_app_answers_are_shares_of_66() -> None:
    rows = choices("all", "app")
    assert rows["count"].sum() == 66
    assert (100 * rows["count"] / 66).round().astype(float).tolist() == rows["percent"].tolist()


def test_the_resources_answers_do_not_round_to_what_is_printed() -> None:
    """16 of 65 is 24.6, printed 24: a disagreement for the ledger."""
    rows = choices("all", "resources").set_index("answer_id")
    assert rows["count"].sum() == 65
    assert round(100 * 16 / 65) == 25
    assert rows.loc["no", ["count", "percent"]].tolist() == [16, 24]


def test_fewer_could_be_asked_why_than_answered_why() -> None:
    """About 14 of 63 said services are always there, which leaves 49; 51 gave reasons: one for the ledger."""
    available = choices("all", "services_available").iloc[0]
    always = round(available["base"] * available["percent"] / 100)
    assert available["base"] - always == 49
    assert set(choices("all", "why_not_available")["base"]) == {51}


def test_those_who_answered_and_skipped_make_the_whole_set() -> None:
    turnout = survey().query("kind == 'turnout'").groupby("respondents")
    assert turnout["count"].sum().to_dict() == turnout["base"].first().to_dict() == {"all": 93, "schools": 28}


def test_lost_pictures_are_missing_and_never_nought() -> None:
    lost = survey().query("status == 'missing'")
    assert set(zip(lost["respondents"], lost["question_number"], strict=True)) == {
        ("schools", 5),
        ("schools", 6),
        ("all", 18),
        ("all", 20),
    }
    assert lost[["count", "percent"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("respondents", "answers"),
    [
        ("all", {5: 5, 6: 7, 8: 9, 9: 23, 10: 1, 11: 8, 13: 56, 14: 6, 18: 1, 19: 18, 24: 4, 25: 13}),
        ("schools", {8: 6, 9: 5, 10: 2}),
    ],
)
def test_every_answer_in_respondents_own_words_is_there(respondents: str, answers: dict[int, int]) -> None:
    rows = survey().query("kind in ('theme', 'comment', 'service named') and respondents == @respondents")
    assert rows.groupby("question_number").size().to_dict() == answers


def test_every_gap_of_the_taxonomy_is_named_by_someone() -> None:
    assert set(survey()["gap"].dropna()) == set(GAPS)


def test_needs_named_belong_to_the_service_map() -> None:
    services = pd.read_csv(PUBLISHED / "services.csv", dtype=str, keep_default_na=False)
    prove_needs_known(survey(), services)
    with pytest.raises(TranscriptionError, match="hunger"):
        prove_needs_known(pd.DataFrame({"need_id": ["hunger", None]}), services)


# The contract


def one_answer(**changes: str) -> pd.DataFrame:
    row = survey().query("question_id == 'agency'").head(1).astype(str)
    row = row.assign(gap="", need_id="", note="", several_answers="false", percent="6.45")
    return row.assign(**changes)


def test_an_answer_as_it_should_be_is_accepted() -> None:
    assert len(typed(one_answer(), SURVEY, "survey.csv")) == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"count": "94"}, "No answer has more people than the base"),
        ({"count": "", "percent": ""}, "A choice with status ok has a count or a per cent"),
        ({"status": "missing"}, "A choice with status ok has a count or a per cent"),
        ({"kind": "theme"}, "nothing else has either"),
        ({"kind": "theme", "count": "", "percent": ""}, "their status is not_applicable"),
        ({"percent": "101"}, "at most 100"),
        ({"gap": "money"}, "Use one of"),
    ],
)
def test_an_unlawful_answer_is_refused(changes: dict[str, str], words: str) -> None:
    with pytest.raises(ContractBroken, match=words):
        typed(one_answer(**changes), SURVEY, "survey.csv")


# The proofs

LINES = [""] * 1034 + [
    "ANSWER CHOICES\tRESPONSES\t",
    "Schools\t40.00%\t2",
    "Police\t60.00%\t3",
    "Total Respondents: 5\t\t",
]
LINES += [""] * (1060 - len(LINES)) + ["- Cost", "None of the 28 said yes", "“Long waits”"] + [""] * 400


def answer(line: int, count: int | None, percent: float | None, base: int | None) -> dict[str, object]:
    return {
        "respondents": "all",
        "question_number": 1,
        "answer": "Schools",
        "count": count,
        "percent": percent,
        "base": base,
        "locator": f"Section 10.2, line {line}",
    }


def answers(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(rows)


def test_table_lines_find_each_answer_and_the_total_under_it() -> None:
    assert table_lines(LINES) == {1036: 5, 1037: 5}


def test_a_table_transcribed_whole_is_accepted() -> None:
    prove_tables(answers(answer(1036, 2, 40, 5), answer(1037, 3, 60, 5)), LINES)


@pytest.mark.parametrize(("count", "percent", "base"), [(3, 40, 5), (2, 41, 5), (2, 40, 6)])
def test_a_wrong_count_per_cent_or_base_is_refused(count: int, percent: float, base: int) -> None:
    with pytest.raises(TranscriptionError, match=r"the source prints \(40.0, 2, 5\)"):
        prove_tables(answers(answer(1036, count, percent, base), answer(1037, 3, 60, 5)), LINES)


def test_an_answer_of_a_table_left_out_or_doubled_is_refused() -> None:
    for rows in ([answer(1036, 2, 40, 5)], [answer(1036, 2, 40, 5)] * 2 + [answer(1037, 3, 60, 5)]):
        with pytest.raises(TranscriptionError, match="not each transcribed once"):
            prove_tables(answers(*rows), LINES)


def test_prose_must_print_the_count_in_digits_or_words() -> None:
    prove_prose(answers(answer(1062, 0, None, 28)), LINES)
    with pytest.raises(TranscriptionError, match=r"\[7.0\] is not at"):
        prove_prose(answers(answer(1062, 7, None, 28)), LINES)


def test_a_bullet_or_quotation_left_out_is_refused() -> None:
    prove_no_answer_left(answers(answer(1061, None, None, None), answer(1063, None, None, None)), LINES)
    with pytest.raises(TranscriptionError, match=r"lines \[1063\]"):
        prove_no_answer_left(answers(answer(1061, None, None, None)), LINES)
