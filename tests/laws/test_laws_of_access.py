"""What must hold of places within reach wherever they lie."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.access import (
    Trips,
    gaussian,
    on_globe,
    stepped,
    straight_line_km,
    three_step,
    trips_within,
    two_step,
    unreached,
)

SLOW = stepped((10, 20, 30), (1, 0.68, 0.22))
DECAYS = st.sampled_from([SLOW, stepped((20,), (1,)), gaussian(30)])
METHODS = st.sampled_from([two_step, three_step])
Layout = tuple[np.ndarray, np.ndarray, np.ndarray]


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    """Demand at some points, supply at some places, minutes between them (missing where nothing goes)."""
    points, places = draw(st.integers(1, 8)), draw(st.integers(1, 6))
    demand = draw(st.lists(st.integers(0, 500), min_size=points, max_size=points))
    supply = draw(st.lists(st.integers(0, 20), min_size=places, max_size=places))
    journey = st.floats(0, 60) | st.just(np.nan)
    minutes = draw(st.lists(journey, min_size=points * places, max_size=points * places))
    return np.array(demand, float), np.array(supply, float), np.array(minutes).reshape(points, places)


@given(layout=layouts(), method=METHODS, decay=DECAYS)
def test_demand_times_access_sums_to_the_supply_anybody_reaches(layout: Layout, method: object, decay: object) -> None:
    demand, supply, minutes = layout
    trips = Trips.from_matrix(minutes)
    reached = ~unreached(demand, trips, decay)
    assert (demand * method(demand, supply, trips, decay)).sum() == pytest.approx(supply[reached].sum())


@given(layout=layouts(), decay=DECAYS)
def test_a_place_is_unreached_when_no_weight_of_demand_falls_on_it(layout: Layout, decay: object) -> None:
    demand, _, minutes = layout
    weight = np.nan_to_num(decay(minutes))
    assert (unreached(demand, Trips.from_matrix(minutes), decay) == (demand @ weight == 0)).all()


@given(layout=layouts(), decay=DECAYS)
def test_the_sparse_way_is_the_matrix_way(layout: Layout, decay: object) -> None:
    demand, supply, minutes = layout
    weight = np.nan_to_num(decay(minutes))
    reached = demand @ weight
    ratio = np.divide(supply, reached, out=np.zeros_like(supply), where=reached > 0)
    got = two_step(demand, supply, Trips.from_matrix(minutes), decay)
    np.testing.assert_allclose(got, weight @ ratio, rtol=1e-12, atol=1e-12)


@given(layout=layouts(), method=METHODS, places=st.floats(0, 50), data=st.data())
def test_adding_places_never_lowers_anybodys_access(
    layout: Layout, method: object, places: float, data: st.DataObject
) -> None:
    demand, supply, minutes = layout
    more, trips = supply.copy(), Trips.from_matrix(minutes)
    more[data.draw(st.integers(0, len(supply) - 1))] += places
    assert (method(demand, more, trips, SLOW) >= method(demand, supply, trips, SLOW) - 1e-12).all()


@given(layout=layouts(), data=st.data())
def test_opening_a_new_place_never_lowers_anybodys_access(layout: Layout, data: st.DataObject) -> None:
    demand, supply, minutes = layout
    to_new = np.array(data.draw(st.lists(st.floats(0, 60), min_size=len(demand), max_size=len(demand))))
    wider = two_step(demand, np.append(supply, 1.0), Trips.from_matrix(np.column_stack([minutes, to_new])), SLOW)
    assert (wider >= two_step(demand, supply, Trips.from_matrix(minutes), SLOW) - 1e-12).all()


@given(layout=layouts(), method=METHODS)
def test_nothing_in_reach_is_nought_and_never_missing(layout: Layout, method: object) -> None:
    demand, supply, minutes = layout
    access = method(demand, supply, Trips.from_matrix(minutes), SLOW)
    assert np.isfinite(access).all()
    assert (access[~(minutes <= 30).any(axis=1)] == 0).all()


@given(layout=layouts(), method=METHODS, factor=st.floats(0.1, 10))
def test_access_grows_with_supply(layout: Layout, method: object, factor: float) -> None:
    demand, supply, minutes = layout
    trips = Trips.from_matrix(minutes)
    np.testing.assert_allclose(
        method(demand, factor * supply, trips, SLOW), factor * method(demand, supply, trips, SLOW), atol=1e-12
    )


@given(layout=layouts(), method=METHODS, data=st.data())
def test_the_order_of_points_and_places_does_not_matter(layout: Layout, method: object, data: st.DataObject) -> None:
    demand, supply, minutes = layout
    points, places = (data.draw(st.permutations(range(size))) for size in minutes.shape)
    turned = Trips.from_matrix(minutes[np.ix_(points, places)])
    np.testing.assert_allclose(
        method(demand[points], supply[places], turned, SLOW),
        method(demand, supply, Trips.from_matrix(minutes), SLOW)[points],
        atol=1e-12,
    )


@given(minutes=st.lists(st.floats(0, 100), min_size=2, max_size=20), decay=DECAYS)
def test_a_longer_journey_never_counts_more(minutes: list[float], decay: object) -> None:
    weight = decay(np.sort(minutes))
    assert (np.diff(weight) <= 0).all()
    assert ((weight >= 0) & (weight <= 1)).all()


coordinates = st.lists(st.tuples(st.floats(0, 40), st.floats(0, 40)), min_size=1, max_size=12)


@given(points=coordinates, places=coordinates, limit=st.floats(1, 60))
def test_trips_within_are_all_that_are_short_enough_and_no_others(points: list, places: list, limit: float) -> None:
    km = np.hypot(*(np.array(points)[:, None] - np.array(places)[None]).transpose(2, 0, 1))
    trips = trips_within(points, places, limit, 2)
    short, found = 2 * km <= limit * (1 - 1e-6), np.zeros(km.shape, bool)
    found[trips.origin, trips.place] = True
    assert found[short].all()
    assert (trips.minutes <= limit * (1 + 1e-6)).all()
    np.testing.assert_allclose(trips.minutes, 2 * km[trips.origin, trips.place], atol=1e-12)


places_on_earth = st.tuples(st.floats(49.9, 55.8), st.floats(-6.4, 1.8))


@given(here=places_on_earth, there=places_on_earth)
def test_lines_through_the_globe_are_no_longer_than_over_it(here: tuple, there: tuple) -> None:
    over = straight_line_km([here[0]], [here[1]], [there[0]], [there[1]])[0, 0]
    through = np.linalg.norm(on_globe([here[0]], [here[1]]) - on_globe([there[0]], [there[1]]))
    assert through == pytest.approx(over, rel=(over / 6371) ** 2 / 20 + 1e-9, abs=1e-6)
    assert through <= over + 1e-6


@given(
    there=st.tuples(st.floats(51, 52), st.floats(-3, -2)),
    back=st.tuples(st.floats(51, 52), st.floats(-3, -2)),
)
def test_there_and_back_are_as_far(there: tuple[float, float], back: tuple[float, float]) -> None:
    out = straight_line_km([there[0]], [there[1]], [back[0]], [back[1]])
    home = straight_line_km([back[0]], [back[1]], [there[0]], [there[1]])
    assert out[0, 0] == pytest.approx(home[0, 0], abs=1e-9)
