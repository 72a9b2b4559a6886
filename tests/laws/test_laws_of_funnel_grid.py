"""What must hold of the lines of a funnel whatever the areas."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.funnel import STRICT, USUAL, exact_limits, proportion_lines
from analysis.statistics.funnel_grid import axis, count_points, proportion_grid, rate_grid, ratio_grid, steps

sizes = st.lists(st.floats(0.5, 1e6), min_size=1, max_size=37)
areas = st.lists(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1)
observed = st.lists(st.floats(0.5, 1e5), min_size=1, max_size=20)


@given(size=sizes)
def test_the_axis_holds_every_area(size: list[float]) -> None:
    first, last = axis(size)
    assert first <= min(size)
    assert last >= max(size)


@given(size=sizes, short=st.booleans())
def test_there_are_a_hundred_whole_points_each_above_the_one_before(size: list[float], short: bool) -> None:
    points = steps(*axis(size), short=short)
    assert len(points) == 100
    assert (points == np.round(points)).all()
    assert (np.diff(points) >= 1).all()


@given(size=sizes, years=st.integers(1, 10))
def test_the_axis_of_a_year_times_the_years_is_that_of_all(size: list[float], years: int) -> None:
    yearly = axis(np.array(size))
    assert axis(np.array(size) * years, years) == pytest.approx(tuple(years * end for end in yearly))


@given(rows=areas)
def test_lines_of_proportions_hold_the_centre_and_close_in(rows: list) -> None:
    x, n = np.array(rows, float).T
    grid = proportion_grid(x, n)
    order = grid[["lower_998", "lower", "centre", "upper", "upper_998"]].to_numpy()
    assert (np.diff(order, axis=1) >= -1e-12).all()
    assert (np.diff(grid["upper"] - grid["lower"]) <= 1e-12).all()
    again = proportion_lines(grid["size"], grid["centre"].iloc[0])
    assert pytest.approx(np.array(again)) == grid[["lower", "upper", "lower_998", "upper_998"]].to_numpy().T


@given(count=observed)
def test_a_count_on_its_line_has_a_limit_at_what_is_expected_there(count: list[float]) -> None:
    points = count_points(count)
    for suffix, confidence in (("", USUAL), ("_998", STRICT)):
        lower, upper = exact_limits(points["count"].to_numpy(), confidence)
        assert points[f"upper_at{suffix}"].to_numpy() == pytest.approx(lower)
        assert (points[f"lower{suffix}"] * points[f"lower_at{suffix}"]).to_numpy() == pytest.approx(
            points["count"].to_numpy()
        )
        assert (points[f"lower{suffix}"] * upper).to_numpy() == pytest.approx(points["count"].to_numpy())


@given(expected=sizes)
def test_lines_of_ratios_lie_about_1_and_close_in(expected: list[float]) -> None:
    grid = ratio_grid(expected)
    assert (grid[["lower", "lower_998"]] < 1).all(axis=None)
    assert (grid[["upper", "upper_998"]] > 1).all(axis=None)
    assert (np.diff(grid["lower"]) > 0).all()
    assert (np.diff(grid["upper"]) < 0).all()


@given(rows=areas.filter(lambda rows: sum(x for x, _ in rows) > 0), per=st.sampled_from([1, 1000, 100_000]))
def test_a_multiplier_scales_the_lines_of_rates_and_leaves_the_axis(rows: list, per: int) -> None:
    x, n = np.array(rows, float).T
    one, many = rate_grid(x, n, 1), rate_grid(x, n, per)
    lines, places = ["lower", "upper_998", "centre"], ["count", "lower_at", "upper_at_998"]
    assert many[lines].to_numpy() == pytest.approx(per * one[lines].to_numpy())
    assert many[places].equals(one[places])
