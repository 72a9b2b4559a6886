"""What must hold of limits and bands whatever the figures."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.bands import fifths
from analysis.statistics.intervals import poisson_limits, wilson

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


@given(count=counts)
def test_poisson_limits_widen_with_confidence(count: int) -> None:
    usual, strict = poisson_limits(count), poisson_limits(count, 0.998)
    assert strict[0] <= usual[0]
    assert strict[1] > usual[1]


@given(values=st.lists(st.integers(0, 30) | st.none(), max_size=60), groups=st.integers(2, 10))
def test_bands_follow_the_exact_rule_share_ties_and_leave_blanks(values: list[int | None], groups: int) -> None:
    bands = fifths([math.nan if value is None else value for value in values], groups)
    known = [value for value in values if value is not None]
    for value, band in zip(values, bands, strict=True):
        if value is None or len(known) < groups:
            assert math.isnan(band)
            continue
        above = len(known) - sum(other < value for other in known)
        assert band == max(1, groups + 1 - math.ceil(Fraction(above * groups, len(known))))


@given(values=st.lists(st.floats(-1e6, 1e6), min_size=5, max_size=60))
def test_a_larger_value_never_stands_in_a_lower_band(values: list[float]) -> None:
    bands = fifths(values)
    order = np.argsort(values, kind="stable")
    assert (np.diff(bands[order]) >= 0).all()
    assert set(bands) <= {1.0, 2.0, 3.0, 4.0, 5.0}
