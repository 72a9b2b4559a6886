"""What must hold of the slope index whatever the figures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.slope_index import SlopeIndex, slope_index

group = st.tuples(st.integers(10, 5000), st.floats(0.05, 0.9), st.floats(0.001, 0.04))
some_groups = st.lists(group, min_size=5, max_size=12)
kinds = st.sampled_from([("mean", False), ("rate", False), ("rate", True), ("proportion", False), ("proportion", True)])


def index(
    rows: list, kind: str = "mean", transform: bool = False, scale: float = 1.0, shift: float = 0.0
) -> SlopeIndex:
    people, value, half = np.array(rows, float).T
    y, arm = scale * value + shift, abs(scale) * half
    return slope_index(people, y, y - arm, y + arm, kind, transform, draws=2000)


@given(rows=some_groups, scale=st.floats(0.1, 100), shift=st.floats(-50, 50))
def test_means_in_other_units_scale_the_index_and_a_shift_leaves_it(rows: list, scale: float, shift: float) -> None:
    plain, changed = index(rows), index(rows, scale=scale, shift=shift)
    for name in ("sii", "analytic_lower", "analytic_upper", "sii_lower", "sii_upper"):
        assert getattr(changed, name) == pytest.approx(scale * getattr(plain, name), rel=1e-6, abs=1e-7)
    assert changed.intercept == pytest.approx(scale * plain.intercept + shift, abs=1e-7)


@given(rows=some_groups)
def test_groups_turned_round_turn_the_sign_and_the_ratio(rows: list) -> None:
    plain, turned = index(rows), index(rows[::-1])
    assert turned.sii == pytest.approx(-plain.sii, abs=1e-9)
    assert turned.rii * plain.rii == pytest.approx(1, rel=1e-6)


@given(rows=some_groups, kind=kinds)
def test_the_same_everywhere_has_no_slope(rows: list, kind: tuple[str, bool]) -> None:
    got = index([(people, 0.5, half) for people, _, half in rows], *kind)
    assert (got.sii, got.rii) == (pytest.approx(0, abs=1e-9), pytest.approx(1))
    assert got.sii_lower < 0 < got.sii_upper
    assert got.rii_lower < 1 < got.rii_upper


@given(rows=some_groups, kind=kinds)
def test_limits_are_in_order_and_repeatable(rows: list, kind: tuple[str, bool]) -> None:
    got = index(rows, *kind)
    assert got.sii_lower < got.sii_upper
    assert got.rii_lower < got.rii_upper
    again = index(rows, *kind)
    assert (got.sii_lower, got.sii_upper, got.rii_lower) == (again.sii_lower, again.sii_upper, again.rii_lower)


@given(rows=some_groups)
def test_the_exact_limits_of_means_stand_evenly_about_the_index_and_near_the_simulated(rows: list) -> None:
    got = index(rows)
    width = got.analytic_upper - got.analytic_lower
    assert got.analytic_upper + got.analytic_lower == pytest.approx(2 * got.sii, abs=1e-9)
    assert abs(got.sii_lower - got.analytic_lower) < 0.1 * width
    assert abs(got.sii_upper - got.analytic_upper) < 0.1 * width


@given(rows=some_groups, kind=kinds, multiplier=st.floats(0.5, 1000))
def test_a_negative_multiplier_mirrors_the_index(rows: list, kind: tuple[str, bool], multiplier: float) -> None:
    people, y, half = np.array(rows, float).T
    up, down = (slope_index(people, y, y - half, y + half, *kind, sign * multiplier, draws=2000) for sign in (1, -1))
    assert down.sii == pytest.approx(-up.sii)
    assert down.rii == pytest.approx(1 / up.rii)
    assert down.intercept == up.intercept


@given(rows=some_groups)
def test_under_a_transform_proportions_keep_both_ends_possible(rows: list) -> None:
    got = index(rows, "proportion", True)
    assert 0 < got.intercept < 1
    assert 0 < got.intercept + got.sii < 1
    assert got.rii_lower > 0
