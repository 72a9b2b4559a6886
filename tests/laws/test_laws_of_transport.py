"""What must hold of flows from areas to sites whatever the figures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.transport import transport

counts = st.integers(0, 30)


@st.composite
def maps(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Demand an area, capacity a site, and minutes between them."""
    areas, sites = draw(st.integers(1, 8)), draw(st.integers(1, 5))
    demand = draw(st.lists(counts, min_size=areas, max_size=areas))
    capacity = draw(st.lists(counts, min_size=sites, max_size=sites))
    minutes = draw(st.lists(st.integers(0, 45), min_size=areas * sites, max_size=areas * sites))
    return np.array(demand), np.array(capacity), np.reshape(minutes, (areas, sites))


@given(given_map=maps())
def test_nobody_is_served_twice_nor_beyond_room_nor_beyond_the_time(given_map: tuple) -> None:
    demand, capacity, minutes = given_map
    sent = transport(demand, capacity, minutes, 20)
    assert (sent.flows >= 0).all()
    assert (sent.flows.sum(axis=1) <= demand).all()
    assert (sent.flows.sum(axis=0) <= capacity).all()
    assert not sent.flows[minutes > 20].any()
    assert (sent.flows == np.rint(sent.flows)).all()


@given(given_map=maps())
def test_those_served_and_those_unmet_are_all_of_the_demand(given_map: tuple) -> None:
    demand, capacity, minutes = given_map
    sent = transport(demand, capacity, minutes, 20)
    assert sent.served <= min(demand.sum(), capacity.sum())
    assert sent.served + sent.unmet.sum() == demand.sum()
    assert (sent.unmet[sent.without_site] == demand[sent.without_site]).all()


@given(given_map=maps())
def test_as_many_are_served_as_the_tightest_cut_lets_through(given_map: tuple) -> None:
    # Max flow is min cut: over all sets of sites, room in the set plus the demand that reaches a site outside it.
    demand, capacity, minutes = given_map
    sets = (np.arange(2 ** len(capacity))[:, None] >> np.arange(len(capacity))) & 1
    cuts = [capacity[kept == 1].sum() + demand[(minutes[:, kept == 0] <= 20).any(axis=1)].sum() for kept in sets]
    assert transport(demand, capacity, minutes, 20).served == min(cuts)


@given(given_map=maps())
def test_no_exchange_between_two_people_saves_travel(given_map: tuple) -> None:
    demand, capacity, minutes = given_map
    sent = transport(demand, capacity, minutes, 20)
    allowed = np.where(minutes <= 20, minutes, np.inf)
    pairs = np.argwhere(sent.flows > 0)
    for area, site in pairs:
        for other, elsewhere in pairs:
            together = allowed[area, site] + allowed[other, elsewhere]
            assert together <= allowed[area, elsewhere] + allowed[other, site]


@given(given_map=maps(), more=st.integers(1, 20), data=st.data())
def test_more_room_never_serves_fewer(given_map: tuple, more: int, data: st.DataObject) -> None:
    demand, capacity, minutes = given_map
    larger = capacity.copy()
    larger[data.draw(st.integers(0, len(capacity) - 1))] += more
    before, after = transport(demand, capacity, minutes, 20), transport(demand, larger, minutes, 20)
    assert before.served <= after.served <= before.served + more


@given(given_map=maps(), more=st.integers(1, 20))
def test_a_longer_time_never_serves_fewer(given_map: tuple, more: int) -> None:
    demand, capacity, minutes = given_map
    before, after = transport(demand, capacity, minutes, 20), transport(demand, capacity, minutes, 20 + more)
    assert before.served <= after.served
    assert set(after.without_site) <= set(before.without_site)


@given(given_map=maps(), data=st.data())
def test_areas_in_another_order_reach_the_same_values(given_map: tuple, data: st.DataObject) -> None:
    demand, capacity, minutes = given_map
    order = np.array(data.draw(st.permutations(range(len(demand)))))
    straight = transport(demand, capacity, minutes, 20)
    shuffled = transport(demand[order], capacity, minutes[order], 20)
    assert (shuffled.served, shuffled.total_minutes) == (straight.served, straight.total_minutes)


@given(given_map=maps(), unit=st.sampled_from([0.3, 0.77, 2.9]))
def test_demand_and_room_in_another_unit_scale_the_answer(given_map: tuple, unit: float) -> None:
    demand, capacity, minutes = given_map
    straight = transport(demand, capacity, minutes, 20)
    scaled = transport(demand * unit, capacity * unit, minutes, 20)
    assert scaled.served == pytest.approx(straight.served * unit, abs=1e-6)
    assert scaled.total_minutes == pytest.approx(straight.total_minutes * unit, rel=1e-6, abs=1e-4)
