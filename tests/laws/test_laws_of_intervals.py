"""What must hold of limits and bands whatever the figures."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.bands import quantile_bands
from analysis.statistics.intervals import mean_limits, poisson_limits, rate, wilson

ROUNDING = 1e-12
denominators = st.integers(1, 100_000)
counts = st.integers(0, 5_000)


@given(n=denominators, part=st.floats(0, 1))
def test_wilson_limits_hold_the_value_inside_zero_and_one(n: int, part: float) -> None:
    lower, upper = wilson(part * n, n)
    assert 0 <= lower <= part + ROUNDING
    assert part - ROUNDING <= upper <= 1


@given(n=denominators, part=st.floats(0.01, 0.99), factor=st.integers(2, 50))
def test_wilson_limits_narrow_as_the_denominator_grows(n: int, part: float, factor: int) -> None:
    few, many = wilson(part * n, n), wilson(part * n * factor, n * factor)
    assert many[1] - many[0] < few[1] - few[0]


@given(n=denominators, part=st.floats(0, 1))
def test_wilson_limits_widen_with_confidence(n: int, part: float) -> None:
    usual, strict = wilson(part * n, n), wilson(part * n, n, 0.998)
    assert strict[0] <= usual[0] + ROUNDING
    assert strict[1] >= usual[1] - ROUNDING


@given(n=denominators, part=st.floats(0, 1))
def test_wilson_limits_mirror_when_people_and_others_swap(n: int, part: float) -> None:
    lower, upper = wilson(part * n, n)
    swapped_lower, swapped_upper = wilson(n - part * n, n)
    assert math.isclose(lower, 1 - swapped_upper, abs_tol=1e-9)
    assert math.isclose(upper, 1 - swapped_lower, abs_tol=1e-9)


@given(count=counts)
def test_poisson_limits_hold_the_count(count: int) -> None:
    lower, upper = poisson_limits(count)
    assert 0 <= lower <= count < upper


@given(count=counts)
def test_poisson_limits_rise_with_the_count_across_the_switch_of_methods(count: int) -> None:
    lower, upper = poisson_limits([count, count + 1])
    assert lower[0] < lower[1]
    assert upper[0] < upper[1]


@given(count=st.integers(1, 500), population=denominators, factor=st.integers(2, 50))
def test_limits_of_a_rate_narrow_as_events_and_people_grow_together(count: int, population: int, factor: int) -> None:
    (_, *few), (_, *many) = (rate(count * times, population * times, 1000) for times in (1, factor))
    assert many[1] - many[0] < few[1] - few[0]


@given(count=counts)
def test_poisson_limits_widen_with_confidence(count: int) -> None:
    usual, strict = poisson_limits(count), poisson_limits(count, 0.998)
    assert strict[0] <= usual[0]
    assert strict[1] > usual[1]


@given(values=st.lists(st.integers(0, 30) | st.none(), max_size=60), groups=st.integers(2, 10))
def test_bands_follow_the_exact_rule_share_ties_and_leave_blanks(values: list[int | None], groups: int) -> None:
    bands = quantile_bands([math.nan if value is None else value for value in values], groups)
    known = [value for value in values if value is not None]
    for value, band in zip(values, bands, strict=True):
        if value is None or len(known) < groups:
            assert math.isnan(band)
            continue
        above = len(known) - sum(other < value for other in known)
        assert band == max(1, groups + 1 - math.ceil(Fraction(above * groups, len(known))))


@given(values=st.lists(st.floats(-1e6, 1e6), min_size=5, max_size=60))
def test_a_larger_value_never_stands_in_a_lower_band(values: list[float]) -> None:
    bands = quantile_bands(values)
    order = np.argsort(values, kind="stable")
    assert (np.diff(bands[order]) >= 0).all()
    assert set(bands) <= {1.0, 2.0, 3.0, 4.0, 5.0}


@given(values=st.lists(st.integers(0, 30) | st.none(), max_size=60), groups=st.integers(2, 10))
def test_inverted_bands_are_the_bands_of_values_turned_over(values: list[int | None], groups: int) -> None:
    known = np.array([math.nan if value is None else value for value in values], float)
    np.testing.assert_array_equal(quantile_bands(known, groups, invert=True), quantile_bands(-known, groups))


@given(values=st.lists(st.integers(0, 30), min_size=5, max_size=60), seed=st.integers(0, 9))
def test_a_permutation_of_areas_permutes_their_bands(values: list[int], seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(values))
    np.testing.assert_array_equal(quantile_bands(values)[order], quantile_bands(np.array(values)[order]))


@given(counts=st.lists(st.integers(0, 60) | st.none(), min_size=1, max_size=40), per=st.sampled_from([1, 100, 1e5]))
def test_each_row_of_a_rate_is_that_row_alone(counts: list[int | None], per: float) -> None:
    known = np.array([math.nan if count is None else count for count in counts], float)
    together = np.array(rate(known, 1_000, per))
    alone = np.array([[float(part) for part in rate(count, 1_000, per)] for count in known]).T
    np.testing.assert_array_equal(together, alone)


@given(count=counts, population=denominators, factor=st.integers(2, 1_000))
def test_rates_scale_with_their_multiplier_and_fall_with_population(count: int, population: int, factor: int) -> None:
    one = np.array(rate(count, population, 1))
    np.testing.assert_allclose(rate(count, population, factor), factor * one, rtol=1e-12)
    np.testing.assert_allclose(rate(count, population * factor, 1), one / factor, rtol=1e-12)


@given(values=st.lists(st.integers(-1_000, 1_000), min_size=2, max_size=30), shift=st.integers(-500, 500))
def test_mean_limits_hold_the_mean_and_move_with_the_values(values: list[int], shift: int) -> None:
    one, moved = (mean_limits(pd.Series(values) + by, pd.Series(["a"] * len(values))).iloc[0] for by in (0, shift))
    assert one["lower"] <= one["mean"] <= one["upper"]
    assert moved["lower"] == pytest.approx(one["lower"] + shift, abs=1e-6)
    assert moved["sd"] == pytest.approx(one["sd"], abs=1e-6)


@given(values=st.lists(st.integers(0, 100), min_size=2, max_size=30, unique=True))
def test_mean_limits_widen_with_confidence(values: list[int]) -> None:
    usual, strict = (mean_limits(pd.Series(values), pd.Series([1] * len(values)), by).iloc[0] for by in (0.95, 0.998))
    assert strict["lower"] < usual["lower"]
    assert strict["upper"] > usual["upper"]
