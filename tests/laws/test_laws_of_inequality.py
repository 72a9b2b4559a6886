"""What must hold of inequality measures whatever the figures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.statistics.inequality import (
    concentration_error,
    concentration_index,
    equity_limits,
    gini,
    hoover,
    horizontal_inequity,
    places_to_move,
)

area = st.tuples(st.integers(0, 300), st.integers(0, 300), st.integers(1, 2000), st.integers(1, 50))
some_areas = st.lists(area, min_size=3, max_size=37)


def columns(rows: list[tuple[int, ...]]) -> np.ndarray:
    """Provision, need, people and deprivation."""
    got = np.array(rows, float).T
    assume(got[0].sum() > 0)
    assume(got[1].sum() > 0)
    return got


@given(rows=some_areas, each=st.floats(0.01, 10))
def test_the_same_for_everybody_has_no_concentration_and_no_inequality(rows: list, each: float) -> None:
    _, need, people, order = columns(rows)
    assert concentration_index(each * people, people, order) == pytest.approx(0, abs=1e-12)
    assert gini(each * people, people) == pytest.approx(0, abs=1e-12)
    inequity = horizontal_inequity(each * people, need, people, order)
    assert inequity == pytest.approx(-concentration_index(need, people, order), abs=1e-12)


@given(rows=some_areas, each=st.floats(0.01, 10))
def test_provision_in_step_with_need_leaves_no_inequity_and_nothing_to_move(rows: list, each: float) -> None:
    _, need, people, order = columns(rows)
    assert horizontal_inequity(each * need, need, people, order) == pytest.approx(0, abs=1e-12)
    assert places_to_move(each * need, need) == pytest.approx(0, abs=1e-9)


@given(rows=some_areas)
def test_turning_deprivation_round_turns_the_sign(rows: list) -> None:
    provision, _, people, order = columns(rows)
    turned = concentration_index(provision, people, -order)
    assert turned == pytest.approx(-concentration_index(provision, people, order), abs=1e-12)


@given(rows=some_areas, data=st.data())
def test_areas_in_another_order_get_the_same_measures(rows: list, data: st.DataObject) -> None:
    provision, need, people, order = columns(rows)
    shuffle = np.array(data.draw(st.permutations(range(len(rows)))))
    straight = horizontal_inequity(provision, need, people, order), gini(provision, people), hoover(provision, need)
    provision, need, people, order = (column[shuffle] for column in (provision, need, people, order))
    shuffled = horizontal_inequity(provision, need, people, order), gini(provision, people), hoover(provision, need)
    assert shuffled == pytest.approx(straight, abs=1e-12)


@given(rows=some_areas, scale=st.floats(0.01, 100))
def test_only_shares_matter(rows: list, scale: float) -> None:
    provision, need, people, order = columns(rows)
    plain = horizontal_inequity(provision, need, people, order), gini(provision, people), hoover(provision, need)
    inequity = horizontal_inequity(scale * provision, need / scale, people * scale, order * scale)
    scaled = inequity, gini(scale * provision, people), hoover(provision / scale, need * scale)
    assert scaled == pytest.approx(plain, abs=1e-10)


@given(rows=some_areas)
def test_an_area_split_in_two_of_the_same_deprivation_changes_nothing(rows: list) -> None:
    provision, need, people, order = columns(rows)
    halves = [np.r_[column[0] / 2, column[0] / 2, column[1:]] for column in (provision, need, people)]
    apart = horizontal_inequity(*halves, np.r_[order[0], order])
    assert apart == pytest.approx(horizontal_inequity(provision, need, people, order), abs=1e-12)
    assert hoover(halves[0], halves[1]) == pytest.approx(hoover(provision, need), abs=1e-12)


@given(rows=some_areas)
def test_measures_stay_in_their_range_and_gini_is_the_greatest(rows: list) -> None:
    provision, need, people, order = columns(rows)
    leaning, unequal = concentration_index(provision, people, order), gini(provision, people)
    assert -1 <= leaning <= 1
    assert abs(leaning) <= unequal + 1e-12
    assert 0 <= hoover(provision, need) <= 1


@given(rows=some_areas, moved=st.floats(0, 1))
def test_moving_places_to_the_most_deprived_never_raises_inequity(rows: list, moved: float) -> None:
    provision, need, people, order = columns(rows)
    places = moved * provision[order.argmin()]
    after = provision.copy()
    after[order.argmin()] -= places
    after[order.argmax()] += places
    before = horizontal_inequity(provision, need, people, order)
    assert horizontal_inequity(after, need, people, order) <= before + 1e-12


@given(rows=some_areas)
def test_moving_the_places_that_hoover_names_brings_parity(rows: list) -> None:
    provision, need, *_ = columns(rows)
    parity = provision.sum() * need / need.sum()
    assert np.maximum(parity - provision, 0).sum() == pytest.approx(places_to_move(provision, need), abs=1e-9)


@given(rows=some_areas)
def test_a_standard_error_is_above_nought_or_missing_and_missing_under_ties(rows: list) -> None:
    provision, _, people, order = columns(rows)
    error = concentration_error(provision, people, order)
    assert np.isnan(error) or error > 0
    assert np.isnan(concentration_error(provision, people, np.r_[order[:-1], order[0]]))


@given(rows=some_areas, seed=st.integers(0, 1000))
def test_limits_are_in_order_and_repeatable(rows: list, seed: int) -> None:
    given_ = columns(rows)
    first, again = (equity_limits(*given_, draws=200, seed=seed) for _ in range(2))
    assert first.equals(again)
    assert (first["lower"] <= first["upper"]).all()
    assert np.isfinite(first[["value", "lower", "upper"]]).all(axis=None)


@given(rows=some_areas)
def test_plentiful_provision_has_limits_close_to_the_value(rows: list) -> None:
    provision, need, people, order = columns(rows)
    got = equity_limits(1e6 * (provision + 1), need, people, order, draws=200).drop("places_to_move")
    np.testing.assert_allclose(got["lower"], got["value"], atol=0.01)
    np.testing.assert_allclose(got["upper"], got["value"], atol=0.01)
