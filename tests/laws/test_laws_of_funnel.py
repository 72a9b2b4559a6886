"""What must hold of funnels and overdispersion whatever the figures."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.statistics.funnel import overdispersion, proportion_errors, proportion_funnel, ratio_funnel

counts = st.lists(st.tuples(st.integers(0, 500), st.floats(0.5, 500)), min_size=1, max_size=37)
proportions = st.lists(
    st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=2, max_size=37
)
scattered = st.lists(st.tuples(st.floats(-10, 10), st.floats(0.1, 5)), min_size=3, max_size=37)
LINES = ["lower_998", "lower", "upper", "upper_998"]


def by_the_lines(frame: pd.DataFrame) -> list[str]:
    low, below = frame["value"] < frame["lower"], frame["value"] < frame["lower_998"]
    high, above = frame["value"] > frame["upper"], frame["value"] > frame["upper_998"]
    words = ["Low (0.001)", "High (0.001)", "Low (0.025)", "High (0.025)"]
    return np.select([below, above, low, high], words, "Not significant").tolist()


@given(rows=counts)
def test_an_exact_label_says_on_which_side_of_the_lines_the_point_lies(rows: list) -> None:
    observed, expected = np.array(rows).T
    got = ratio_funnel(observed, expected)
    for line in LINES:
        assume((abs(got["value"] - got[line]) > 1e-9).where(got[line] > 0, True).all())
    assert got["label"].tolist() == by_the_lines(got)


@given(rows=proportions)
def test_a_label_of_a_proportion_says_on_which_side_of_the_lines_it_lies(rows: list) -> None:
    numerator, denominator = np.array(rows, float).T
    got = proportion_funnel(numerator, denominator)
    assert got["label"].tolist() == by_the_lines(got)


@given(rows=counts)
def test_the_lines_nest_about_one(rows: list) -> None:
    got = ratio_funnel(*np.array(rows).T)
    assert (np.diff(got[LINES].to_numpy(), axis=1) >= 0).all()
    assert (got["lower"] < 1).all()
    assert (got["upper"] > 1).all()


@given(expected=st.floats(0.5, 1e5), more=st.floats(1.01, 10))
def test_the_funnel_narrows_as_more_is_expected(expected: float, more: float) -> None:
    got = ratio_funnel([1, 1], [expected, expected * more])
    assert got.loc[1, "lower"] >= got.loc[0, "lower"]
    assert got.loc[1, "upper"] < got.loc[0, "upper"]


@given(centre=st.floats(0.01, 0.99), size=st.integers(1, 10_000))
def test_the_funnel_of_proportions_narrows_with_size_and_stays_possible(centre: float, size: int) -> None:
    got = proportion_funnel([0, 0], [size, 4 * size], centre)
    assert (got[LINES].loc[1] - centre).abs().le((got[LINES].loc[0] - centre).abs() + 1e-12).all()
    assert got[LINES].ge(0).all(axis=None)
    assert got[LINES].le(1).all(axis=None)


@given(rows=counts, data=st.data())
def test_areas_in_another_order_get_the_same_labels(rows: list, data: st.DataObject) -> None:
    observed, expected = np.array(rows).T
    order = np.array(data.draw(st.permutations(range(len(rows)))))
    shuffled = ratio_funnel(observed[order], expected[order])["label"].to_list()
    assert shuffled == ratio_funnel(observed, expected)["label"].iloc[order].to_list()


@given(rows=scattered, scale=st.floats(0.01, 100), centre=st.floats(-5, 5))
def test_overdispersion_knows_no_units(rows: list, scale: float, centre: float) -> None:
    value, error = np.array(rows).T
    plain = overdispersion(value, error, centre)
    changed = overdispersion(scale * value + 7, scale * error, scale * centre + 7)
    assert changed.phi == pytest.approx(plain.phi, rel=1e-6, abs=1e-9)
    assert changed.tau2 == pytest.approx(scale**2 * plain.tau2, rel=1e-5, abs=1e-9 * scale**2)
    np.testing.assert_allclose(changed.areas["z_additive"], plain.areas["z_additive"], rtol=1e-5, atol=1e-6)


@given(rows=scattered)
def test_allowing_for_variation_between_areas_never_makes_one_stand_out_more(rows: list) -> None:
    got = overdispersion(*np.array(rows).T, 0)
    assert (got.areas["z_additive"].abs() <= got.areas["z"].abs() + 1e-12).all()
    assert got.tau2 >= 0
    assert got.phi >= 0


@given(rows=scattered)
def test_an_adjusted_area_stands_out_exactly_when_it_lies_beyond_its_adjusted_limits(rows: list) -> None:
    value, error = np.array(rows).T
    areas = overdispersion(value, error, 0).areas
    assume((abs(areas["z_additive"].abs() - 1.959963984540054) > 1e-9).all())
    beyond = (value < areas["lower_additive"]) | (value > areas["upper_additive"])
    assert (beyond == (areas["z_additive"].abs() > 1.959963984540054)).all()


@given(size=st.integers(1, 10_000), centre=st.floats(0, 1))
def test_errors_of_a_proportion_and_of_its_opposite_are_the_same(size: int, centre: float) -> None:
    assert proportion_errors([size], centre) == pytest.approx(proportion_errors([size], 1 - centre), abs=1e-9)
