"""What must hold of shared-out places whatever the figures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.statistics.apportionment import apportion, target_shares

needs = st.lists(st.integers(0, 500), min_size=1, max_size=37).filter(any)
totals = st.integers(0, 900)


@given(need=needs, total=totals, data=st.data())
def test_places_add_to_the_total_and_nobody_falls_below_the_minimum(
    need: list[int], total: int, data: st.DataObject
) -> None:
    most = total // len(need)
    minimum = data.draw(st.lists(st.integers(0, most), min_size=len(need), max_size=len(need)))
    shared = apportion(need, total, minimum)
    assert shared.allocation.sum() == total
    assert (shared.allocation >= minimum).all()


@given(need=needs, total=totals)
def test_without_minima_every_area_is_less_than_one_place_from_its_quota(need: list[int], total: int) -> None:
    shared = apportion(need, total)
    assert (np.abs(shared.allocation - shared.target) < 1 + 1e-9).all()


@given(need=needs, total=totals)
def test_more_need_never_has_fewer_places(need: list[int], total: int) -> None:
    places = apportion(need, total).allocation
    more = np.greater.outer(need, need)
    assert (np.subtract.outer(places, places)[more] >= 0).all()


@given(need=needs, total=totals, data=st.data())
def test_areas_in_another_order_get_the_same_places_for_the_same_need(
    need: list[int], total: int, data: st.DataObject
) -> None:
    order = np.array(data.draw(st.permutations(range(len(need)))))
    straight, shuffled = apportion(need, total), apportion(np.array(need)[order], total)
    assert sorted(zip(need, straight.allocation, strict=True)) == sorted(
        zip(np.array(need)[order], shuffled.allocation, strict=True)
    )


@given(need=needs, total=totals, factor=st.integers(1, 1000))
def test_only_shares_of_need_matter(need: list[int], total: int, factor: int) -> None:
    scaled = apportion(np.array(need) * factor, total)
    np.testing.assert_array_equal(scaled.allocation, apportion(need, total).allocation)


@given(need=needs, total=totals)
def test_no_other_whole_places_lie_nearer_to_the_quotas(need: list[int], total: int) -> None:
    shared = apportion(need, total)
    short = shared.target - shared.allocation
    giver, taker = np.argmin(np.where(shared.allocation > 0, short, np.inf)), np.argmax(short)
    assume(giver != taker and shared.allocation[giver] > 0)
    moved = shared.allocation.copy()
    moved[giver] -= 1
    moved[taker] += 1
    assert np.abs(short).sum() <= np.abs(shared.target - moved).sum() + 1e-9


@given(
    people=st.lists(st.tuples(st.integers(1, 5000), st.integers(1, 500)), min_size=1, max_size=37),
    weight=st.floats(0, 1),
)
def test_target_shares_add_to_one_and_lie_between_the_share_of_people_and_of_need(
    people: list[tuple[int, int]], weight: float
) -> None:
    population, need = np.array(people, float).T
    shares = target_shares(population, need, weight)
    ends = np.array([population / population.sum(), need / need.sum()])
    assert shares.sum() == pytest.approx(1)
    assert (ends.min(axis=0) - 1e-12 <= shares).all()
    assert (shares <= ends.max(axis=0) + 1e-12).all()
