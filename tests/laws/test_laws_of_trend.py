"""What must hold of a trend whatever the figures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.trend import SIGNIFICANT, Direction, Reason, trend_of_proportions, trend_of_values

OPPOSITE = {Direction.INCREASING: Direction.DECREASING, Direction.DECREASING: Direction.INCREASING}
points = st.lists(st.tuples(st.integers(1, 400), st.integers(1, 2_000)), min_size=5, max_size=5)
values = st.lists(st.tuples(st.integers(0, 500), st.integers(1, 50)), min_size=5, max_size=5)
gaps = st.lists(st.integers(1, 4), min_size=5, max_size=5)


def counted(pairs: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    x, others = np.array(pairs).T
    return x, x + others


def limited(pairs: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    y, half = np.array(pairs, float).T
    return y, y - half, y + half


@given(pairs=points, gaps=gaps, start=st.integers(1990, 2030))
def test_only_the_gaps_between_years_matter(pairs: list[tuple[int, int]], gaps: list[int], start: int) -> None:
    x, n = counted(pairs)
    here, there = (trend_of_proportions(first + np.cumsum(gaps), x, n) for first in (0, start))
    assert (here.direction, here.reason) == (there.direction, there.reason)
    assert (here.chi2, here.slope) == pytest.approx((there.chi2, there.slope), rel=1e-9, abs=1e-12)


@given(pairs=points, gaps=gaps, seed=st.integers(0, 9))
def test_the_order_of_the_points_does_not_matter(pairs: list[tuple[int, int]], gaps: list[int], seed: int) -> None:
    years, mixed = np.cumsum(gaps), np.random.default_rng(seed).permutation(5)
    x, n = counted(pairs)
    assert trend_of_proportions(years, x, n) == trend_of_proportions(years[mixed], x[mixed], n[mixed])
    y, low, high = limited(pairs)
    assert trend_of_values(years, y, low, high) == trend_of_values(years[mixed], y[mixed], low[mixed], high[mixed])


@given(pairs=points, gaps=gaps)
def test_counting_the_others_instead_turns_the_trend_round(pairs: list[tuple[int, int]], gaps: list[int]) -> None:
    x, n = counted(pairs)
    straight, turned = (trend_of_proportions(np.cumsum(gaps), part, n) for part in (x, n - x))
    assert turned.direction == OPPOSITE.get(straight.direction, straight.direction)
    assert (turned.chi2, turned.slope) == pytest.approx((straight.chi2, -straight.slope), rel=1e-9, abs=1e-12)


@given(pairs=values, gaps=gaps)
def test_values_turned_over_turn_the_trend_round(pairs: list[tuple[int, int]], gaps: list[int]) -> None:
    y, low, high = limited(pairs)
    straight, turned = trend_of_values(np.cumsum(gaps), y, low, high), trend_of_values(np.cumsum(gaps), -y, -high, -low)
    assert turned.direction == OPPOSITE.get(straight.direction, straight.direction)
    assert turned.chi2 == pytest.approx(straight.chi2)


@given(pairs=values, gaps=gaps, factor=st.sampled_from([0.01, 100.0, 100_000.0]))
def test_rates_per_other_numbers_have_the_same_trend(
    pairs: list[tuple[int, int]], gaps: list[int], factor: float
) -> None:
    series = limited(pairs)
    one, other = (trend_of_values(np.cumsum(gaps), *(part * by for part in series)) for by in (1.0, factor))
    assert other.chi2 == pytest.approx(one.chi2, rel=1e-9, abs=1e-9)
    assert other.slope == pytest.approx(one.slope * factor, rel=1e-9, abs=1e-9)


@given(pairs=points, older=points, gaps=gaps)
def test_points_before_the_last_five_change_nothing(
    pairs: list[tuple[int, int]], older: list[tuple[int, int]], gaps: list[int]
) -> None:
    years = np.cumsum(gaps)
    x, n = counted(pairs)
    all_x, all_n = counted(older + pairs)
    assert trend_of_proportions([*(years - 100), *years], all_x, all_n) == trend_of_proportions(years, x, n)


@given(pairs=points, gaps=gaps)
def test_a_direction_is_only_given_above_the_threshold_and_with_the_sign_of_the_slope(
    pairs: list[tuple[int, int]], gaps: list[int]
) -> None:
    for found in (
        trend_of_proportions(np.cumsum(gaps), *counted(pairs)),
        trend_of_values(np.cumsum(gaps), *limited(pairs)),
    ):
        assert (found.chi2 > SIGNIFICANT) == (found.reason is not Reason.NOT_SIGNIFICANT)
        assert (found.direction in OPPOSITE) == (found.reason is Reason.CLEAR)
        assert found.direction is not Direction.INCREASING or found.slope > 0
        assert found.direction is not Direction.DECREASING or found.slope < 0


@given(pairs=values, gaps=gaps)
def test_narrower_limits_never_lower_the_chi_squared(pairs: list[tuple[int, int]], gaps: list[int]) -> None:
    y, low, high = limited(pairs)
    wide = trend_of_values(np.cumsum(gaps), y, low, high)
    narrow = trend_of_values(np.cumsum(gaps), y, (y + low) / 2, (y + high) / 2)
    assert narrow.chi2 == pytest.approx(4 * wide.chi2, abs=1e-9)
