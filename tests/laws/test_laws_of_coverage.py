"""What must hold of coverage and the treatment gap whatever the figures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.coverage import coverage

RATIO, GAP = ["coverage", "coverage_lower", "coverage_upper"], ["gap", "gap_lower", "gap_upper"]
part = st.floats(0, 1)
rows = st.tuples(st.floats(0, 1e4), st.floats(1, 1e4), part, part, part, part)


def limits(row: tuple[float, ...], widened: float = 1.0) -> list[list[float]]:
    served, need, low, high, served_low, served_high = row
    sides = need * (1 - 0.9 * low * widened), need * (1 + 0.9 * high * widened)
    return [[served], [need], *([side] for side in sides), [served * (1 - served_low)], [served + 50 * served_high]]


@given(row=rows)
def test_limits_hold_the_value(row: tuple[float, ...]) -> None:
    got = coverage(*limits(row)).iloc[0]
    for value, lower, upper in (RATIO, GAP):
        slack = 1e-9 * max(1, abs(got[value]))
        assert got[lower] - slack <= got[value] <= got[upper] + slack
    assert got["coverage_lower"] >= -1e-12


@given(row=rows)
def test_a_need_less_well_known_never_narrows_the_limits(row: tuple[float, ...]) -> None:
    narrow, wide = coverage(*limits(row, 0.5)).iloc[0], coverage(*limits(row)).iloc[0]
    for _, lower, upper in (RATIO, GAP):
        assert wide[lower] <= narrow[lower] + 1e-9 * max(1, abs(narrow[lower]))
        assert wide[upper] >= narrow[upper] - 1e-9 * max(1, abs(narrow[upper]))


@given(row=rows)
def test_a_full_count_has_the_limits_of_need_alone(row: tuple[float, ...]) -> None:
    served, need, low, high = limits(row)[:4]
    got = coverage(served, need, low, high).iloc[0]
    assert got[RATIO[1:]].tolist() == pytest.approx([served[0] / high[0], served[0] / low[0]])
    assert got[GAP[1:]].tolist() == pytest.approx([low[0] - served[0], high[0] - served[0]], abs=1e-7)


@given(row=rows, scale=st.floats(0.01, 100))
def test_scaling_everything_scales_the_gap_and_leaves_the_coverage(row: tuple[float, ...], scale: float) -> None:
    plain = coverage(*limits(row)).iloc[0]
    scaled = coverage(*([scale * column[0]] for column in limits(row))).iloc[0]
    assert scaled[RATIO].tolist() == pytest.approx(plain[RATIO].tolist(), rel=1e-6, abs=1e-9)
    assert scaled[GAP].tolist() == pytest.approx([scale * gap for gap in plain[GAP]], rel=1e-6, abs=1e-6)


@given(row=rows)
def test_the_flag_is_up_exactly_where_more_are_served_than_need_it(row: tuple[float, ...]) -> None:
    got = coverage(*limits(row)).iloc[0]
    assert got["beyond_need"] == (got["coverage"] > 1) == (got["gap"] < 0)


@given(many=st.lists(rows, min_size=2, max_size=10), data=st.data())
def test_areas_in_another_order_get_the_same_answers(many: list[tuple[float, ...]], data: st.DataObject) -> None:
    columns = np.array([limits(row) for row in many])[:, :, 0].T
    order = np.array(data.draw(st.permutations(range(len(many)))))
    straight, shuffled = coverage(*columns), coverage(*columns[:, order])
    np.testing.assert_array_equal(shuffled[RATIO + GAP], straight[RATIO + GAP].iloc[order])
