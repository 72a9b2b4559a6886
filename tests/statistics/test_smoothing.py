"""Empirical Bayes worked by hand, its guard, and what is refused."""

from __future__ import annotations

import math

import pytest

from analysis.statistics.smoothing import empirical_bayes

NAN = math.nan


def test_two_areas_worked_by_hand() -> None:
    """10 and 30 of 100 each: mean 0.2, scatter 0.01, chance 0.2 / 100, so between 0.008 and trust 0.8."""
    found = empirical_bayes([10, 30], [100, 100])
    assert (found.mean, found.between) == (pytest.approx(0.2), pytest.approx(0.008))
    assert found.estimate.tolist() == pytest.approx([0.12, 0.28])


def test_the_smaller_area_is_drawn_further_to_the_mean() -> None:
    """30 of 100 and 0 of 50: mean 0.2, scatter (100 x 0.1^2 + 50 x 0.2^2) / 150 = 0.02, between 0.02 - 0.2 / 75."""
    found = empirical_bayes([30, 0], [100, 50])
    between = 0.02 - 0.2 / 75
    assert found.between == pytest.approx(between)
    first, second = between / (between + 0.002), between / (between + 0.004)
    assert found.estimate.tolist() == pytest.approx([0.2 + 0.1 * first, 0.2 - 0.2 * second])


def test_areas_more_alike_than_chance_all_get_the_mean_and_nothing_below_nought() -> None:
    found = empirical_bayes([24, 30, 33, 32], [1000, 1000, 1000, 1000])
    assert found.between == 0
    assert found.estimate.tolist() == pytest.approx([0.02975] * 4)


def test_nobody_anywhere_is_nought_everywhere() -> None:
    found = empirical_bayes([0, 0, 0], [10, 20, 30])
    assert (found.mean, found.between, found.estimate.tolist()) == (0, 0, [0, 0, 0])


def test_one_area_is_its_own_mean() -> None:
    assert empirical_bayes([3], [10]).estimate.tolist() == [0.3]


def test_everybody_in_one_area_and_nobody_in_the_other_stays_within_nought_and_one() -> None:
    estimate = empirical_bayes([5, 0], [5, 5]).estimate
    assert estimate.tolist() == pytest.approx([0.5 + 0.5 * 0.15 / 0.25, 0.5 - 0.5 * 0.15 / 0.25])


def test_missing_stays_missing_and_does_not_count() -> None:
    found, without = empirical_bayes([10, NAN, 30, 5], [100, 80, 100, NAN]), empirical_bayes([10, 30], [100, 100])
    assert found.estimate[[0, 2]].tolist() == without.estimate.tolist()
    assert all(math.isnan(found.estimate[row]) for row in (1, 3))
    assert (found.mean, found.between) == (without.mean, without.between)


@pytest.mark.parametrize(
    ("x", "n", "said"),
    [
        ([12], [10], "A numerator of 12 stands over a denominator of 10; a proportion needs 0 <= x <= n"),
        ([-1], [10], "A numerator of -1 stands over"),
        ([0], [0], "A denominator is 0; it must be a number above 0"),
        ([1, 1], [10, -5], "A denominator is -5"),
        ([NAN, 1], [0, 5], "A denominator is 0"),
        ([1], [math.inf], "A denominator is inf"),
        ([NAN, NAN], [10, 10], "Every area is missing"),
        ([], [], "Every area is missing"),
    ],
)
def test_what_is_refused(x: list[float], n: list[float], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        empirical_bayes(x, n)
