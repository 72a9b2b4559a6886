"""The Fingertips comparison: touching, polarity, five classes, and what is not compared."""

from __future__ import annotations

import math

import pytest

from analysis.statistics.benchmark import Outcome, Polarity, against_benchmark, false_flags, five_classes

NAN = math.nan
LOWER, UPPER = [11, 10, 8, 7, 6], [14, 13, 12, 10, 9]


@pytest.mark.parametrize(
    ("polarity", "above", "below"),
    [
        (Polarity.HIGH_IS_GOOD, "Better", "Worse"),
        (Polarity.LOW_IS_GOOD, "Worse", "Better"),
        (Polarity.NO_JUDGEMENT, "Higher", "Lower"),
    ],
)
def test_limits_above_touching_holding_and_below_a_benchmark_of_10(polarity: Polarity, above: str, below: str) -> None:
    assert against_benchmark(LOWER, UPPER, 10, polarity).tolist() == [above, "Similar", "Similar", "Similar", below]


def test_polarities_are_read_from_the_words_of_a_catalogue() -> None:
    assert Polarity("Low is good") is Polarity.LOW_IS_GOOD
    assert Outcome("Not compared") is Outcome.NOT_COMPARED


@pytest.mark.parametrize(("lower", "upper", "benchmark"), [(NAN, 14, 10), (11, NAN, 10), (11, 14, NAN)])
def test_missing_limits_or_benchmark_are_not_compared(lower: float, upper: float, benchmark: float) -> None:
    assert against_benchmark([lower], [upper], benchmark, Polarity.LOW_IS_GOOD).tolist() == ["Not compared"]


def test_an_area_is_not_compared_with_itself() -> None:
    found = against_benchmark([11, 11], [14, 14], 10, Polarity.LOW_IS_GOOD, itself=[True, False])
    assert found.tolist() == ["Not compared", "Worse"]


def test_each_area_may_have_its_own_benchmark() -> None:
    assert against_benchmark(5, 6, [4, 5.5, 7], Polarity.NO_JUDGEMENT).tolist() == ["Higher", "Similar", "Lower"]


def test_unrounded_limits_are_compared() -> None:
    assert against_benchmark([10.04], [12], 10.0, Polarity.LOW_IS_GOOD).tolist() == ["Worse"]


def test_limits_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(ValueError, match="A lower limit of 5 is above its upper limit of 3; give them the right way"):
        against_benchmark([1, 5], [2, 3], 4, Polarity.LOW_IS_GOOD)


def test_five_classes_at_both_levels() -> None:
    usual = ([12, 11, 8, 7, 6, NAN], [14, 13, 12, 9, 8, 9])
    strict = ([11, 9, 7, 6, 5, 1], [15, 15, 13, 11, 9, 10])
    assert five_classes(usual, strict, 10, Polarity.LOW_IS_GOOD).tolist() == [
        "Worse (99.8%)",
        "Worse (95%)",
        "Similar",
        "Better (95%)",
        "Better (99.8%)",
        "Not compared",
    ]
    assert five_classes(usual, strict, 10, Polarity.NO_JUDGEMENT)[0] == "Higher (99.8%)"


def test_five_classes_leave_out_the_benchmark_itself() -> None:
    assert five_classes(([12], [14]), ([11], [15]), 10, Polarity.LOW_IS_GOOD, itself=True).tolist() == ["Not compared"]


def test_limits_at_the_higher_level_must_be_the_wider() -> None:
    with pytest.raises(
        ValueError, match=r"Limits at 99\.8% of 11 to 15 are inside those at 95%; they must be the wider"
    ):
        five_classes(([10], [16]), ([11], [15]), 10, Polarity.LOW_IS_GOOD)


def test_how_many_of_33_wards_are_flagged_by_chance() -> None:
    assert false_flags(33) == pytest.approx(1.65)
    assert false_flags(33, 0.998) == pytest.approx(0.066)
