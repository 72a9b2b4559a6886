"""Limits anybody can check, their edges, and what is refused."""

from __future__ import annotations

import math
import warnings

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.statistics.expectation import LEAST_EXPECTED
from analysis.statistics.intervals import (
    BLOCK,
    mean_limits,
    poisson_limits,
    rate,
    wilson,
    z_of,
)

NAN = math.nan


def test_normal_quantiles_are_exact_and_not_1_96_or_3() -> None:
    assert z_of(0.95) == pytest.approx(1.959963984540054, abs=1e-15)
    assert z_of(0.998) == pytest.approx(3.090232306167813, abs=1e-15)


@pytest.mark.parametrize("confidence", [0, 1, 95, -0.5, NAN])
def test_a_confidence_outside_nought_to_one_is_refused(confidence: float) -> None:
    with pytest.raises(ValueError, match=rf"A confidence of {confidence:g} is not possible; it must lie between 0 and"):
        wilson(1, 2, confidence)


def test_wilson_limits_of_half_of_four_by_hand() -> None:
    """With z = 2 (95.45%): (2x2 + 4 -+ 2 sqrt(4 + 8 x 1/2)) / (2(4 + 4)) = (8 -+ 5.657) / 16."""
    confidence = 1 - 2 * float(stats.norm.sf(2))
    lower, upper = wilson(2, 4, confidence)
    assert (lower, upper) == pytest.approx(((8 - 2 * math.sqrt(8)) / 16, (8 + 2 * math.sqrt(8)) / 16))


def test_nobody_and_everybody_have_limits_at_exactly_nought_and_one() -> None:
    lower, upper = wilson([0, 20], [20, 20])
    assert lower[0] == 0
    assert upper[1] == 1
    assert 0 < upper[0] < 0.2
    assert 0.8 < lower[1] < 1


@pytest.mark.parametrize("n", [1, 3, 7, 9999, 10_131_256])
def test_no_rounding_noise_at_the_ends_whatever_the_denominator(n: int) -> None:
    (lower_none, _), (_, upper_all) = wilson(0, n), wilson(n, n)
    assert lower_none == 0
    assert upper_all == 1


def test_modelled_counts_need_not_be_whole() -> None:
    below, between, above = (float(wilson(x, 50)[0]) for x in (10, 10.4, 11))
    assert below < between < above


def test_limits_keep_the_shape_and_broadcast() -> None:
    lower, upper = wilson(np.ones((2, 3)), [2, 3, 4])
    assert lower.shape == upper.shape == (2, 3)
    assert wilson([], [])[0].size == 0
    assert poisson_limits(np.ones((2, 3)))[1].shape == (2, 3)


def test_a_numerator_larger_than_its_denominator_is_refused_by_the_first_one() -> None:
    with pytest.raises(
        ValueError, match=r"A numerator of 12 is larger than its denominator of 10; a proportion needs 0 <= x <= n\."
    ):
        wilson([1, 12, 15], [10, 10, 10])


def test_a_numerator_below_nought_is_refused() -> None:
    with pytest.raises(ValueError, match=r"A numerator of -1 is below 0; a proportion needs 0 <= x <= n\."):
        wilson([[1, 2], [3, -1]], 10)


@pytest.mark.parametrize("denominator", [0, -5, math.inf])
def test_a_denominator_of_nobody_is_refused(denominator: float) -> None:
    with pytest.raises(ValueError, match=f"A denominator of {denominator:g} is not possible; it must be a number abo"):
        wilson(0, [10, denominator])


def test_a_missing_count_has_missing_limits_and_stops_nothing() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        both = (wilson([NAN, 1.0], [10.0, 10.0]), wilson([1.0, 1.0], [NAN, 10.0]), poisson_limits([NAN, 1.0]))
    for lower, upper in both:
        assert np.isnan([lower[0], upper[0]]).all()
        assert not np.isnan([lower[1], upper[1]]).any()


def test_a_count_of_none_has_a_lower_limit_of_nought_and_an_upper_of_3_69() -> None:
    """Of a Poisson count with mean m, none has chance exp(-m): 2.5% where m = -ln(0.025) = 3.689."""
    lower, upper = poisson_limits(0)
    assert lower == 0
    assert upper == pytest.approx(-math.log(0.025))
    assert upper == pytest.approx(LEAST_EXPECTED)


def test_one_event_has_a_lower_limit_where_at_least_one_has_a_chance_of_one_in_forty() -> None:
    assert poisson_limits(1)[0] == pytest.approx(-math.log(0.975))


def test_the_switch_from_exact_to_byar_is_between_9_and_10() -> None:
    """Byar for 10: 10 (1 - 1/90 - 1.96/(3 sqrt 10))^3 = 4.79 (exact 4.795); 9 is exact, 4.115 (Byar 4.107)."""
    nine, ten = poisson_limits([9, 10])[0]
    z = 1.959963984540054
    assert nine == pytest.approx(stats.chi2.ppf(0.025, 18) / 2, rel=1e-12)
    assert ten == pytest.approx(10 * (1 - 1 / 90 - z / (3 * math.sqrt(10))) ** 3, rel=1e-12)
    assert ten != pytest.approx(stats.chi2.ppf(0.025, 20) / 2, rel=1e-4)


def test_a_modelled_count_of_nine_and_a_half_is_still_exact() -> None:
    assert poisson_limits(9.5)[1] == pytest.approx(stats.chi2.ppf(0.975, 21) / 2, rel=1e-12)


@pytest.mark.parametrize("count", [-1, -0.5, math.inf])
def test_a_count_that_cannot_be_is_refused(count: float) -> None:
    with pytest.raises(ValueError, match=f"A count of {count:g} is not possible; it must be a number from 0 upwards"):
        poisson_limits([3, count])


def test_youth_justice_rate_of_the_2020_assessment() -> None:
    value, lower, upper = rate(30, 15_760, 100_000)
    assert [round(float(figure), 1) for figure in (value, lower, upper)] == [190.4, 128.4, 271.8]


@pytest.mark.parametrize("population", [0, -3])
def test_a_rate_of_an_empty_population_is_refused(population: int) -> None:
    with pytest.raises(ValueError, match=f"A population of {population} is not possible; it must be a number above 0"):
        rate(1, population, 1000)


def test_a_rate_per_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="A rate per 0 is not possible; it must be per a number above 0"):
        rate(1, 10, 0)


def test_a_negative_count_has_no_rate() -> None:
    with pytest.raises(ValueError, match="A count of -2 is not possible"):
        rate([1, -2], 10, 1000)


def test_a_rate_may_count_more_events_than_people() -> None:
    assert rate(30, 10, 1)[0] == 3


def test_a_missing_count_or_population_has_no_rate() -> None:
    assert np.isnan(rate([NAN, 3], [10, NAN], 100)).all()


def test_mean_of_two_values_by_hand() -> None:
    """2 and 4: mean 3, sd sqrt 2, standard error 1; t on 1 degree of freedom at 97.5% is tan(0.475 pi) = 12.706."""
    row = mean_limits(pd.Series([2, 4]), pd.Series(["a", "a"])).loc["a"]
    assert (row["total"], row["count"], row["mean"]) == (6, 2, 3)
    assert row["sd"] == pytest.approx(math.sqrt(2))
    assert row["upper"] - 3 == pytest.approx(math.tan(0.475 * math.pi))
    assert 3 - row["lower"] == pytest.approx(math.tan(0.475 * math.pi))
    assert row["confidence"] == 0.95


def test_a_single_value_has_a_mean_but_no_sd_and_no_limits() -> None:
    row = mean_limits(pd.Series([7.0]), pd.Series(["a"])).loc["a"]
    assert row["mean"] == 7
    assert row[["sd", "lower", "upper"]].isna().all()


def test_values_that_are_all_the_same_have_limits_of_no_width() -> None:
    row = mean_limits(pd.Series([5.0, 5.0, 5.0]), pd.Series(["a"] * 3)).loc["a"]
    assert row["lower"] == row["upper"] == 5


def test_a_group_with_a_missing_value_has_no_mean_and_leaves_the_others_theirs() -> None:
    found = mean_limits(pd.Series([1.0, NAN, 4.0, 6.0]), pd.Series(["a", "a", "b", "b"]), 0.998)
    assert found.loc["a", ["total", "sd", "mean", "lower", "upper"]].isna().all()
    assert found.loc["b", "mean"] == 5
    assert found.loc["b", "upper"] - 5 == pytest.approx(math.tan(0.499 * math.pi))


def test_groups_follow_the_order_of_rows_and_not_the_labels_of_the_series() -> None:
    values = pd.Series([1.0, 3.0, 10.0], index=[9, 8, 7])
    assert mean_limits(values, pd.Series(["a", "a", "b"])).loc["a", "mean"] == 2


def test_an_infinite_value_has_no_mean() -> None:
    with pytest.raises(ValueError, match="A value of inf has no mean; values must be finite"):
        mean_limits(pd.Series([1.0, math.inf]), pd.Series(["a", "a"]))


def test_rows_beyond_one_block_are_the_same_as_rows_alone() -> None:
    x = np.arange(2 * BLOCK + 3) % 40
    lower, upper = poisson_limits(x)
    again = poisson_limits(np.arange(40))
    np.testing.assert_array_equal(lower, again[0][x])
    np.testing.assert_array_equal(upper, again[1][x])
    np.testing.assert_array_equal(wilson(x, 50)[1], wilson(np.arange(40), 50)[1][x])
