"""People sent to sites within a travel time: small plans, edges, and what is refused."""

from __future__ import annotations

import math

import pytest

from analysis.statistics.transport import transport

NAN = math.nan


def test_everybody_goes_to_the_nearest_site_with_room() -> None:
    # The first site is nearer to both areas but holds 5: it is worth 10 minutes to the first, 1 to the second.
    sent = transport([5, 5], [5, 9], [[5, 15], [6, 7]], 20)
    assert sent.flows.tolist() == [[5, 0], [0, 5]]
    assert (sent.served, sent.total_minutes) == (10, 60)
    assert sent.unmet.tolist() == [0, 0]
    assert not sent.without_site.size


def test_an_area_with_no_site_near_enough_is_named_and_unserved() -> None:
    sent = transport([7, 19, 19], [22, 22], [[8, 3], [31, 45], [9, 29]], 20)
    assert sent.without_site.tolist() == [1]
    assert sent.unmet.tolist() == [0, 19, 0]
    assert (sent.served, sent.total_minutes) == (26, 192)
    assert sent.note == "26 of 45 can be served within the time. No site is near enough to 1 of the 3 areas."


def test_serving_one_more_comes_before_any_saving_of_travel() -> None:
    # Served both: 20 + 20 minutes; the first alone: 0. A single pass that values a person at 21 minutes serves one.
    sent = transport([1, 1], [1, 1], [[0, 20], [20, 99]], 20)
    assert sent.flows.tolist() == [[0, 1], [1, 0]]
    assert (sent.served, sent.total_minutes) == (2, 40)


def test_a_site_exactly_at_the_limit_counts_as_near_enough() -> None:
    assert transport([1], [1], [[20]], 20).served == 1
    assert transport([1], [1], [[20.001]], 20).served == 0


def test_with_no_site_near_anybody_nobody_is_served() -> None:
    sent = transport([3, 4], [9], [[30], [40]], 20)
    assert (sent.served, sent.total_minutes) == (0, 0)
    assert sent.unmet.tolist() == [3, 4]
    assert sent.without_site.tolist() == [0, 1]


def test_a_missing_time_means_no_way_there() -> None:
    sent = transport([3], [9, 9], [[NAN, 12]], 20)
    assert sent.flows.tolist() == [[0, 3]]
    assert sent.total_minutes == 36


def test_too_little_room_leaves_the_rest_unmet() -> None:
    sent = transport([10, 10], [4], [[1], [2]], 20)
    assert sent.flows.tolist() == [[4], [0]]
    assert sent.unmet.tolist() == [6, 10]


def test_modelled_demand_need_not_be_whole() -> None:
    sent = transport([2.5, 1.25], [3.0], [[1], [2]], 20)
    assert sent.served == pytest.approx(3)
    assert sent.total_minutes == pytest.approx(2.5 + 2 * 0.5)


def test_no_demand_and_no_room_are_nought_not_an_error() -> None:
    assert transport([0, 0], [5], [[1], [2]], 20).served == 0
    assert transport([5, 5], [0], [[1], [2]], 20).unmet.tolist() == [5, 5]


@pytest.mark.parametrize(
    ("demand", "capacity", "minutes", "most", "text"),
    [
        ([-1], [1], [[1]], 20, "Every demand must be 0 or more, but one is -1"),
        ([NAN], [1], [[1]], 20, "Every demand must be known and finite"),
        ([1], [-2], [[1]], 20, "Every capacity must be 0 or more, but one is -2"),
        ([1], [NAN], [[1]], 20, "Every capacity must be known and finite"),
        ([1], [1], [[-3]], 20, "Every travel time must be 0 or more, but one is -3"),
        ([1], [1], [1], 20, r"a row an area and a column a site, but have the shape \(1,\)"),
        ([1], [], [[]], 20, r"a row an area and a column a site, but have the shape \(1, 0\)"),
        ([1, 2], [1], [[1]], 20, "there are 2 for demand, 1 for rows of minutes"),
        ([1], [1, 2], [[1]], 20, "There are 2 capacities but minutes to 1 sites"),
        ([1], [1], [[1]], -5, "The greatest travel time must be a number of minutes, 0 or more, but is -5"),
        ([1], [1], [[1]], NAN, "The greatest travel time must be a number of minutes, 0 or more, but is nan"),
        ([1], [1], [[1]], math.inf, "The greatest travel time must be a number of minutes, 0 or more, but is inf"),
    ],
)
def test_what_cannot_be_planned_is_refused(demand: list, capacity: list, minutes: list, most: float, text: str) -> None:
    with pytest.raises(ValueError, match=text):
        transport(demand, capacity, minutes, most)
