"""Reconciliation: nothing shipped is unexplained; verdicts, rounding and explanations worked by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis import reconciliation
from analysis.reconciliation import by_kind, reconcile, unexplained
from analysis.reconciliation.explained import (
    LEDGER,
    LEDGER_ENTRIES,
    RULE,
    RULES,
    UNDER_RULES,
    UNEXPLAINED,
    explanations,
)
from analysis.reconciliation.printed_sums import MONTHS
from analysis.reconciliation.verdicts import (
    AGREES,
    COLUMNS,
    DISAGREES,
    ROUNDED,
    UNCHECKED,
    decimals,
    half_of_last_digit,
    judged,
    of_ratio,
)
from analysis.sources.library import Library


@pytest.fixture(scope="module")
def checks(shipped: Library) -> pd.DataFrame:
    return reconcile(shipped)


def one(checks: pd.DataFrame, row: str, kind: str | None = None) -> pd.Series:
    found = checks[checks["row"].eq(row) & (checks["kind"].eq(kind) if kind else True)]
    assert len(found) == 1, found
    return found.iloc[0]


def rows(*printed: float) -> pd.DataFrame:
    return pd.DataFrame({"what": "a figure", "row": "x", "locator": "a place", "printed": printed})


# The shipped data


def test_no_disagreement_of_the_shipped_data_is_unexplained(checks: pd.DataFrame) -> None:
    assert unexplained(checks).empty


def test_every_explanation_is_an_entry_of_the_ledger_or_a_declared_rule(shipped: Library, checks: pd.DataFrame) -> None:
    entries = set(LEDGER + shipped.table("CONTRADICTIONS")["entry_id"])
    used = set(checks["explanation"]) - {""}
    assert used <= entries | {RULE + name for name in RULES}


def test_every_declared_explanation_is_needed(checks: pd.DataFrame) -> None:
    used = set(checks["explanation"])
    assert {LEDGER + entry for entry in LEDGER_ENTRIES.values()} <= used
    assert {RULE + rule for rule in UNDER_RULES.values()} <= used
    assert {RULE + rule for rule in RULES} <= used


def test_a_check_that_agrees_needs_no_explanation_and_one_that_cannot_be_made_says_why(checks: pd.DataFrame) -> None:
    assert checks.loc[checks["verdict"].eq(AGREES), "explanation"].eq("").all()
    left = checks[checks["verdict"].eq(UNCHECKED)]
    assert len(left)
    assert left["reason"].ne("").all()


def test_no_check_is_made_twice_and_each_says_where_it_stands(checks: pd.DataFrame) -> None:
    assert not checks.duplicated(["kind", "source", "row"]).any()
    assert checks["locator"].notna().all()
    assert list(checks.columns) == [*COLUMNS, "explanation"]


def test_every_kind_has_a_check_that_was_made(checks: pd.DataFrame) -> None:
    kinds = by_kind(checks)
    assert kinds["made"].gt(0).all()
    assert kinds[[AGREES, ROUNDED, DISAGREES, UNCHECKED]].to_numpy().sum() == len(checks)


@pytest.mark.parametrize(
    ("row", "printed", "recomputed", "explanation"),
    [
        ("na2020_ehcp_rate E06000022 2019", 27, 29.2, "ledger:ehcp_rate"),
        ("na2020_first_time_entrants_rate E06000022 2018 upper", 271.4, 271.8, "ledger:youth_justice_upper"),
        ("na2020_imd_rank E06000022 2019", 269, 265, "ledger:imd_rank"),
        ("all 15 app", 65, 66, "ledger:app_use"),
        ("unmarked and served", 0, 6, "ledger:needs_unmarked_served"),
        ("na2020_child_poverty_idaci_text E05001966 2015", 32.2, 32.4, "ledger:twerton_child_poverty"),
        ("children_in_need_rate year before", 203, 205.3, "ledger:wiltshire_children_in_need"),
        ("csc_vacancies_covered E92000001 2024", 76.2, 73.9, "ledger:agency_cover_england_2024"),
        ("E06000022 relative BHC 2022", 3034, 3013, "rule:low_income"),
        ("E06000022 count", 3607, 3606, "ledger:ward_sum"),
    ],
)
def test_a_known_disagreement_is_found(
    checks: pd.DataFrame, row: str, printed: float, recomputed: float, explanation: str
) -> None:
    kinds = {"E06000022 count": "total", "csc_vacancies_covered E92000001 2024": "share or rate"}
    found = one(checks, row, kinds.get(row))
    assert found["printed"] == printed
    assert found["recomputed"] == pytest.approx(recomputed, abs=0.05)
    assert found["explanation"] == explanation


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("na2020_offences_by_group_all E06000022 2018/19", "total"),
        ("na2020_offences_gravity_1_4 E06000022 2013/14 to 2018/19", "total"),
        ("na2020_disability_estimate_0_18 E06000022 2018 upper", "total"),
        ("na2020_ehap_through_duty_percent E06000022 2019/20", "figure beside its parts"),
        ("strategy2021_population E06000022 2019", "given twice"),
        ("contacts estimate for the year", "year from two months"),
        ("E06000022 imd 2019 average_score", "summary of the council"),
        ("E06000022 imd 2025 proportion_bottom_decile", "summary of the council"),
        ("E05001966 percent", "ward from its neighbourhoods"),
    ],
)
def test_a_figure_that_its_parts_give_agrees(checks: pd.DataFrame, row: str, kind: str) -> None:
    assert one(checks, row, kind)["verdict"] == AGREES


def test_limits_of_the_printed_wards_are_wilsons(checks: pd.DataFrame) -> None:
    printed = checks[checks["kind"].eq("limits") & checks["source"].eq("IDACI2015_PRINTED")]
    assert len(printed) == 78
    assert set(printed["verdict"]) == {AGREES, ROUNDED}
    assert printed["verdict"].eq(AGREES).sum() == 58


def test_limits_of_admissions_are_byars_within_counts_printed_in_fives(checks: pd.DataFrame) -> None:
    admissions = checks[checks["kind"].eq("limits") & checks["source"].eq("OPEN_OBSERVATIONS")]
    exact = admissions[admissions["row"].str.contains(r" 2010/11| 2011/12|E92000001")]
    assert set(exact["verdict"]) == {AGREES}
    assert set(admissions["verdict"]) == {AGREES, ROUNDED}


def test_every_tenth_of_deprivation_follows_from_its_rank(checks: pd.DataFrame) -> None:
    tenths = checks[checks["kind"].eq("tenth from its rank")]
    assert len(tenths) == 5568
    assert set(tenths["verdict"]) == {AGREES}


def test_social_care_tables_and_the_tool_print_the_same(checks: pd.DataFrame) -> None:
    both = checks[checks["kind"].eq("given twice") & checks["row"].str.match(r"csc_.* lait_")]
    assert len(both) > 1500
    assert set(both["verdict"]) == {AGREES}


# Verdicts by hand


def test_verdicts_by_hand() -> None:
    found = judged(
        "k", "S", rows(10.0, 10.0, 10.0, 10.0), [10.04, 10.2, 10.9, np.nan], half=0.05, slack=0.3, reason="no"
    )
    assert found["verdict"].tolist() == [AGREES, ROUNDED, DISAGREES, UNCHECKED]
    assert found["reason"].tolist() == ["", "", "", "no"]
    assert found["difference"][1] == pytest.approx(0.2)
    assert found["tolerance"][0] == pytest.approx(0.35)


def test_a_difference_of_exactly_half_the_last_digit_agrees() -> None:
    assert judged("k", "S", rows(0.3), 0.35, half=0.05)["verdict"].tolist() == [AGREES]
    assert judged("k", "S", rows(0.3), 0.3501, half=0.05)["verdict"].tolist() == [DISAGREES]


def test_decimals_are_counted_as_written_and_shared_by_a_column() -> None:
    assert decimals([16, 16.1, 16.25, 0.125, np.nan]).tolist() == [0, 1, 2, 3, 0]
    half = half_of_last_digit(pd.Series([16.0, 16.1, 7.0]), [pd.Series(["a", "a", "b"])])
    assert half.tolist() == pytest.approx([0.05, 0.05, 0.5])


def test_rounded_counts_move_a_share_by_hand() -> None:
    # 20 of 100 with both in tens: at most 25 of 95, which is 26.3%.
    assert of_ratio(20.0, 20.0, 100.0, 5.0, 5.0) == pytest.approx(100 * 25 / 95 - 20)


def test_what_nothing_explains_is_called_unexplained() -> None:
    strange = judged("share or rate", "OPEN_OBSERVATIONS", rows(10.0), 50.0, half=0.05).assign(
        row="csc_new E06000022 2030"
    )
    assert explanations(strange).tolist() == [UNEXPLAINED]
    assert len(unexplained(strange.assign(explanation=explanations(strange)))) == 1


def test_a_rule_of_rounding_does_not_excuse_more_than_rounding() -> None:
    made = judged("share or rate", "OPEN_OBSERVATIONS", rows(10.0, 10.0), [10.2, 12.0], half=0.05, slack=0.3)
    named = made.assign(row="csc_no_further_action E12000009 2030")
    assert explanations(named).tolist() == ["rule:tens", UNEXPLAINED]


def test_an_estimate_for_the_year_is_six_times_two_months(checks: pd.DataFrame) -> None:
    year = checks[checks["kind"].eq("year from two months")]
    assert MONTHS == 6
    assert len(year) == 5
    assert set(year["verdict"]) == {AGREES}


def test_all_subjects_are_run(checks: pd.DataFrame) -> None:
    assert len(reconciliation.SUBJECTS) == 6
    assert len(checks) > 20_000
