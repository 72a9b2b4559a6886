"""Figures redrawn by their kind: where the draws lie, and what is refused."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analysis.statistics.redraws import Indicator, fixed, mean, modelled, proportion, rate

NAN = math.nan
MANY = 200_000


def drawn(indicator: Indicator, draws: int = MANY) -> np.ndarray:
    return indicator.redrawn(np.random.default_rng(7), draws)


def test_a_proportion_is_redrawn_from_jeffreys_beta() -> None:
    found = drawn(proportion([3, 0, 10], [10, 10, 10]))
    a, b = np.array([3.5, 0.5, 10.5]), np.array([7.5, 10.5, 0.5])
    assert found.mean(axis=0) == pytest.approx(a / (a + b), abs=0.002)
    assert found.var(axis=0) == pytest.approx(a * b / ((a + b) ** 2 * (a + b + 1)), rel=0.03)
    assert ((found >= 0) & (found <= 1)).all()


def test_a_rate_is_redrawn_from_a_gamma_and_may_exceed_one() -> None:
    found = drawn(rate([9, 0], [5, 5]))
    assert found.mean(axis=0) == pytest.approx([9.5 / 5, 0.5 / 5], rel=0.01)
    assert found.var(axis=0) == pytest.approx([9.5 / 25, 0.5 / 25], rel=0.03)
    assert found[:, 0].max() > 1


def test_a_mean_is_redrawn_from_a_normal() -> None:
    found = drawn(mean([50, 60], [2, 0]))
    assert found[:, 0].mean() == pytest.approx(50, abs=0.03)
    assert found[:, 0].std() == pytest.approx(2, rel=0.02)
    assert set(found[:, 1]) == {60.0}


def test_the_error_of_a_modelled_estimate_is_shared_by_all_areas() -> None:
    found = drawn(modelled([10, 20], [8, 16], [14, 28]), 1000)
    assert found[:, 1] == pytest.approx(2 * found[:, 0])


def test_a_modelled_estimate_lies_within_its_limits_as_often_as_they_say() -> None:
    found = drawn(modelled([10], [8], [14]))
    assert np.quantile(found, [0.025, 0.5, 0.975]) == pytest.approx([8, 10, 14], abs=0.05)


def test_limits_of_another_confidence_are_taken_for_what_they_are() -> None:
    found = drawn(modelled([10], [8], [14], confidence=0.8))
    assert np.quantile(found, [0.1, 0.9]) == pytest.approx([8, 14], abs=0.05)


def test_a_score_without_error_stays_the_same() -> None:
    assert drawn(fixed([1, 2]), 3).tolist() == [[1, 2]] * 3


def test_points_are_the_figures_as_published() -> None:
    assert proportion([1], [4]).points == rate([1], [4]).points == mean([0.25], [9]).points == [0.25]


def test_an_area_is_known_only_with_all_that_is_needed_to_redraw_it() -> None:
    assert proportion([1, NAN, 1], [2, 2, NAN]).known.tolist() == [True, False, False]
    assert mean([1, 1], [0.5, NAN]).known.tolist() == [True, False]
    assert modelled([1, 1], [NAN, 0], [2, 2]).known.tolist() == [False, True]
    assert fixed([NAN, 0]).known.tolist() == [False, True]


def test_an_area_that_is_not_known_is_missing_in_every_draw() -> None:
    found = drawn(proportion([3, NAN, 3], [10, 10, 10]), 50)
    assert np.isnan(found).all(axis=0).tolist() == [False, True, False]
    assert not np.isnan(found[:, [0, 2]]).any()


@pytest.mark.parametrize(
    ("make", "given", "sentence"),
    [
        (proportion, (12, 10), "A numerator of 12 is larger than its denominator; a proportion needs 0 <= x <= n"),
        (proportion, (-1, 10), "A numerator of -1 is negative"),
        (proportion, (0, 0), "A denominator of 0 is nobody; it must be above zero"),
        (proportion, (math.inf, 10), "A figure of inf is not a number"),
        (rate, (-2, 10), "A count of -2 is negative"),
        (rate, (2, -10), "A population of -10 is nobody"),
        (mean, (2, -0.5), r"A standard error of -0.5 is negative"),
        (modelled, (5, 6, 7), "An estimate of 5 lies below its lower limit"),
        (modelled, (8, 6, 7), "An estimate of 8 lies above its upper limit"),
    ],
)
def test_figures_that_cannot_be_are_refused(make, given: tuple[float, ...], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        make(*given)
