"""Floating catchments worked by hand, their edges, and what is refused."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

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

NAN = math.nan
WITHIN_30 = stepped((30,), (1,))


def test_steps_of_a_journey_include_their_last_minute() -> None:
    weight = stepped((10, 20, 30), (1, 0.68, 0.22))
    minutes = np.array([0, 10, 10.01, 20, 30, 30.01, NAN])
    assert weight(minutes).tolist() == [1, 1, 0.68, 0.68, 0.22, 0, 0]


def test_the_bell_falls_from_one_at_the_door_to_nought_at_its_limit() -> None:
    half_way = (math.exp(-0.125) - math.exp(-0.5)) / (1 - math.exp(-0.5))
    assert half_way == pytest.approx(0.7014, abs=5e-5)
    assert gaussian(30)(np.array([0, 15, 30, 31])).tolist() == [1, pytest.approx(half_way), 0, 0]


def test_one_place_shared_by_two_hundred_children() -> None:
    trips = Trips.from_matrix([[0], [5], [40]])
    assert two_step([100, 100, 50], [1], trips, WITHIN_30).tolist() == [1 / 200, 1 / 200, 0]


def test_nearer_counts_more_on_both_sides() -> None:
    """Ten places for 100 children near and half of 200 further off: 10 / 200 each, and half that further off."""
    access = two_step([100, 200], [10], Trips.from_matrix([[5], [15]]), stepped((10, 20), (1, 0.5)))
    assert access.tolist() == [0.05, 0.025]
    assert 100 * access[0] + 200 * access[1] == 10


def test_people_with_a_choice_of_places_share_themselves_out() -> None:
    """30 people go 2/3 to the first place (weight 1) and 1/3 to the second (1/2), where 10 more live next door.

    Each place then has as many places as heads that count: 20 / (30 x 2/3) and 15 / (30 x 1/2 x 1/3 + 10), both 1.
    So the 30 have 1 x 2/3 + 1/2 x 1/3 = 5/6 each and the 10 have 1 each.
    """
    trips = Trips.from_matrix([[5, 15], [NAN, 5]])
    access = three_step([30, 10], [20, 15], trips, stepped((10, 20), (1, 0.5)))
    assert access.tolist() == pytest.approx([5 / 6, 1])


@pytest.mark.parametrize("method", [two_step, three_step])
def test_a_desert_has_nought_and_an_unreached_place_is_told(method: object) -> None:
    trips = Trips.from_matrix([[5, NAN, 99], [NAN, math.inf, 99]])
    assert method([10, 10], [20, 30, 40], trips, WITHIN_30).tolist() == [2, 0]
    assert unreached([10, 10], trips, WITHIN_30).tolist() == [False, True, True]


def test_a_place_that_only_empty_neighbourhoods_reach_is_unreached() -> None:
    trips = Trips.from_matrix([[5, 5], [NAN, 5]])
    assert unreached([0, 8], trips, WITHIN_30).tolist() == [True, False]
    assert two_step([0, 8], [20, 4], trips, WITHIN_30).tolist() == [0.5, 0.5]


def test_no_trips_at_all_leave_everybody_with_nothing() -> None:
    trips = Trips.from_matrix([[NAN, NAN]])
    assert two_step([5], [1, 1], trips, WITHIN_30).tolist() == [0]
    assert three_step([5], [1, 1], trips, WITHIN_30).tolist() == [0]
    assert unreached([5], trips, WITHIN_30).all()


def test_a_table_of_trips_is_read_by_code_in_any_order() -> None:
    table = pd.DataFrame({"from": ["b", "a", "b"], "to": ["y", "x", "x"], "minutes": [7, 5, NAN]}, index=[9, 4, 4])
    trips = Trips.from_table(table["from"], table["to"], table["minutes"], ["a", "b", "c"], pd.Index(["x", "y"]))
    found = zip(trips.origin.tolist(), trips.place.tolist(), trips.minutes.tolist(), strict=True)
    assert set(found) == {(0, 0, 5), (1, 1, 7)}
    assert (trips.origins, trips.places) == (3, 2)


def test_a_table_that_names_a_stranger_or_a_pair_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="A trip names z, which is not among the places"):
        Trips.from_table(["a"], ["z"], [5], ["a"], ["x"])
    with pytest.raises(ValueError, match="A trip names c, which is not among the demand points"):
        Trips.from_table(["a", "c"], ["x", "x"], [5, 6], ["a"], ["x"])
    with pytest.raises(ValueError, match="The trip from a to x is listed twice"):
        Trips.from_table(["a", "a"], ["x", "x"], [5, 6], ["a"], ["x"])


def test_trips_on_a_grid_are_straight_lines_up_to_and_with_the_limit() -> None:
    """(0, 0) to (3, 4) is 5 km, at 2 minutes a km just 10 minutes; to (6, 8) it is 20."""
    trips = trips_within([[0, 0], [100, 100]], [[3, 4], [6, 8]], 10, 2)
    assert (trips.origin.tolist(), trips.place.tolist(), trips.minutes.tolist()) == ([0], [0], [10])
    assert two_step([1, 1], [5, 5], trips, stepped((10,), (1,))).tolist() == [5, 0]


def test_more_points_than_are_taken_at_once_are_all_found() -> None:
    points = np.column_stack([np.arange(9_001.0), np.zeros(9_001)])
    trips = trips_within(points, [[0, 0], [4_000, 0], [9_000, 0]], 1, 1)
    assert sorted(trips.origin.tolist()) == [0, 1, 3_999, 4_000, 4_001, 8_999, 9_000]


def test_no_places_make_no_trips() -> None:
    trips = trips_within([[0, 0]], np.empty((0, 2)), 10, 2)
    assert two_step([1], [], trips, WITHIN_30).tolist() == [0]


def test_kilometres_through_the_globe_are_those_over_it_to_a_millionth() -> None:
    bath, bristol, london = (51.3811, -2.3590), (51.4545, -2.5879), (51.5074, -0.1278)
    trips = trips_within(on_globe(*zip(bath, strict=True)), on_globe(*zip(bristol, london, strict=True)), 30, 1)
    assert trips.place.tolist() == [0]
    assert trips.minutes[0] == pytest.approx(straight_line_km([51.3811], [-2.3590], [51.4545], [-2.5879]), rel=1e-6)


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    assert straight_line_km([51], [-2.4], [52, 51], [-2.4, -2.4])[0] == pytest.approx([111.195, 0], abs=0.001)


@pytest.mark.parametrize(
    ("demand", "supply", "said"),
    [
        ([1, NAN], [1], "demand in row 2 is missing; demand must be a known number of 0 or more"),
        ([-1, 1], [1], "demand in row 1 is -1"),
        ([1, 1], [NAN], "supply in row 1 is missing"),
        ([1, 1], [math.inf], "supply in row 1 is inf"),
        ([1, 1, 1], [1], r"demand has the shape \(3,\) and the trips want 2 values"),
    ],
)
@pytest.mark.parametrize("method", [two_step, three_step])
def test_unknown_demand_or_supply_is_refused_by_its_row(
    method: object, demand: list[float], supply: list[float], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        method(demand, supply, Trips.from_matrix([[1], [1]]), WITHIN_30)


def test_unreached_refuses_unknown_demand_too() -> None:
    with pytest.raises(ValueError, match="demand in row 1 is missing"):
        unreached([NAN], Trips.from_matrix([[1]]), WITHIN_30)


@pytest.mark.parametrize("minutes", [-1, NAN, math.inf])
def test_a_trip_of_unknown_or_negative_minutes_is_refused(minutes: float) -> None:
    with pytest.raises(ValueError, match="it must take a known time of 0 or more"):
        Trips(np.array([0]), np.array([0]), np.array([minutes]), 1, 1)


def test_trips_beyond_the_points_or_places_are_refused() -> None:
    with pytest.raises(ValueError, match="A trip names demand point 2; there are 2, counted from 0"):
        Trips(np.array([2]), np.array([0]), np.array([1.0]), 2, 1)
    with pytest.raises(ValueError, match="A trip names place -1"):
        Trips(np.array([0]), np.array([-1]), np.array([1.0]), 2, 1)
    with pytest.raises(ValueError, match="as many origins as places and minutes"):
        Trips(np.array([0]), np.array([0, 0]), np.array([1.0]), 1, 1)
    with pytest.raises(ValueError, match="Minutes have 1 dimensions"):
        Trips.from_matrix([1.0, 2.0])


def test_points_without_coordinates_are_refused_by_their_row() -> None:
    with pytest.raises(ValueError, match="The demand point in row 2 has no known coordinates"):
        trips_within([[0, 0], [NAN, 0]], [[0, 0]], 10, 1)
    with pytest.raises(ValueError, match="The place in row 1 has no known coordinates"):
        trips_within([[0, 0]], [[0, math.inf]], 10, 1)
    with pytest.raises(ValueError, match="one row of kilometres"):
        trips_within([0, 0], [[0, 0]], 10, 1)


@pytest.mark.parametrize(("limit", "minutes_per_km"), [(0, 1), (10, 0), (NAN, 1)])
def test_no_time_or_no_speed_is_refused(limit: float, minutes_per_km: float) -> None:
    with pytest.raises(ValueError, match="both must be above 0"):
        trips_within([[0, 0]], [[0, 0]], limit, minutes_per_km)


@pytest.mark.parametrize(
    ("limits", "weights", "said"),
    [
        ((10, 20), (1,), "each needs one weight"),
        ((), (), "each needs one weight"),
        ((20, 10), (1, 0.5), "limits rise"),
        ((0,), (1,), "limits rise"),
        ((10,), (1.5,), "each must lie from 0 to 1"),
        ((10,), (NAN,), "each must lie from 0 to 1"),
    ],
)
def test_steps_that_make_no_decay_are_refused(limits: tuple, weights: tuple, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        stepped(limits, weights)


@pytest.mark.parametrize("limit", [0, -5, NAN])
def test_a_bell_needs_a_limit_above_nought(limit: float) -> None:
    with pytest.raises(ValueError, match="it must be above 0"):
        gaussian(limit)
