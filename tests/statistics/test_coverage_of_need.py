"""Coverage of an estimated need, by sums anybody can check."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from analysis.statistics.coverage import coverage

NAN = math.nan
RATIO = ["coverage", "coverage_lower", "coverage_upper"]
GAP = ["gap", "gap_lower", "gap_upper"]


def test_a_full_count_over_the_limits_of_need() -> None:
    """120 of 400 (280 to 560): 120/560 to 120/400 to 120/280, and 400 - 120 with the arms of need alone."""
    got = coverage([120], [400], [280], [560]).iloc[0]
    assert got[RATIO].tolist() == pytest.approx([0.3, 120 / 560, 120 / 280])
    assert got[GAP].tolist() == pytest.approx([280, 160, 440])
    assert got["method"] == "MOVER-R"
    assert not got["beyond_need"]


def test_the_gap_adds_both_arms_in_quadrature() -> None:
    """100 - 30: arms 3 and 4 make 5 below, arms 5 and 12 make 13 above."""
    got = coverage([30], [100], [97], [105], [18], [34]).iloc[0]
    assert got[GAP].tolist() == pytest.approx([70, 65, 83])


def test_nobody_served_of_a_need() -> None:
    """The upper limit is 4 / sqrt(4 x (20 - 4)) = 4 / 8."""
    got = coverage([0], [10], [4], [12], [0], [4]).iloc[0]
    assert got[RATIO].tolist() == pytest.approx([0, 0, 0.5])


def test_the_published_ratio_formula_with_both_uncertain() -> None:
    """a = 2 (1, 3), b = 4 (3, 5): L = (8 - sqrt(64 - 45)) / 15 and U = (8 + sqrt(64 - 45)) / 15."""
    got = coverage([2], [4], [3], [5], [1], [3]).iloc[0]
    assert got[RATIO].tolist() == pytest.approx([0.5, (8 - 19**0.5) / 15, (8 + 19**0.5) / 15])


def test_more_served_than_in_need_is_flagged_and_not_cut() -> None:
    got = coverage([120, 100], [100, 100], [90, 90], [110, 110])
    assert got["coverage"].tolist() == [1.2, 1.0]
    assert got["gap"].tolist() == [-20, 0]
    assert got["beyond_need"].tolist() == [True, False]


@pytest.mark.parametrize("hole", range(4))
def test_a_missing_value_makes_its_row_missing_and_no_other(hole: int) -> None:
    row = [120.0, 400.0, 280.0, 560.0]
    holed = [*row[:hole], NAN, *row[hole + 1 :]]
    got = coverage(*zip(row, holed, strict=True))
    assert got[RATIO + GAP].loc[0].notna().all()
    assert got[RATIO + GAP].loc[1].isna().all()
    assert not got.loc[1, "beyond_need"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ((120, 0, 0, 0), "A need must be above zero; row 1 holds 0,"),
        ((120, -5, 1, 9), "A need must be above zero; row 1 holds -5,"),
        ((-1, 100, 90, 110), "A count of people served may not be negative; row 1 holds -1,"),
        ((10, 100, 90, 200), "The upper limit of a need must be below twice the need; row 1 holds 200,"),
        ((10, 100, 90, 99), "The upper limit of a need may not be below the need; row 1 holds 99,"),
        ((10, 100, 0, 110), "The lower limit of a need must lie above zero and not above the need; row 1 holds 0,"),
        ((10, 100, 101, 110), "The lower limit of a need must lie above zero and not above the need; row 1 holds 101,"),
        ((10, 100, 90, 110, 11, 12), "The lower limit of a count served .* row 1 holds 11,"),
        ((10, 100, 90, 110, -1, 12), "The lower limit of a count served .* row 1 holds -1,"),
        ((10, 100, 90, 110, 8, 9), "The upper limit of a count served may not be below the count; row 1 holds 9,"),
        ((10, math.inf, 90, 110), "A need must be above zero; row 1 holds inf,"),
    ],
)
def test_what_cannot_be_is_refused(row: tuple[float, ...], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        coverage(*([value] for value in row))


def test_the_refusal_names_the_row() -> None:
    with pytest.raises(ValueError, match="row 2 holds 250,"):
        coverage([10, 10], [100, 100], [90, 90], [110, 250])


def test_nothing_just_short_of_twice_the_need_is_refused() -> None:
    assert pd.notna(coverage([10], [100], [90], [199.9]).iloc[0]["coverage_lower"])
