"""Places shared out in whole numbers: sums anybody can do, ties, and what is refused."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analysis.statistics.apportionment import apportion, proportional_target, target_shares

NAN = math.nan


def test_ten_places_by_largest_remainder() -> None:
    # Shares 13, 144 and 355 of 512: 0.25, 2.81 and 6.93 places; two places are left for the remainders .93 and .81.
    shared = apportion([13, 144, 355], 10)
    assert shared.allocation.tolist() == [0, 3, 7]
    assert shared.target == pytest.approx([0.25390625, 2.8125, 6.93359375])


def test_the_minimum_comes_first_and_only_the_rest_follows_need() -> None:
    # One each leaves 7 for needs of 1, 1 and 5: one more, one more and five more. By need alone it would be 2, 1, 7.
    assert apportion([1, 1, 5], 10, 1).allocation.tolist() == [2, 2, 6]


def test_each_area_may_have_its_own_minimum() -> None:
    # 3 + 0 first; the other 4 go 2 and 2.
    assert apportion([5, 5], 7, [3, 0]).allocation.tolist() == [5, 2]


def test_an_area_without_need_gets_its_minimum_and_no_more() -> None:
    assert apportion([0, 3, 1], 6, 1).allocation.tolist() == [1, 3, 2]


def test_equal_remainders_go_to_the_larger_need() -> None:
    # Needs 1 and 3 of 2 places: 0.5 and 1.5, both half a place over.
    assert apportion([1, 3], 2).allocation.tolist() == [0, 2]


def test_equal_remainders_of_equal_need_go_to_the_area_listed_first() -> None:
    assert apportion([2, 2, 2], 4).allocation.tolist() == [2, 1, 1]


def test_decimals_tie_as_they_are_written() -> None:
    # 0.1, 0.2 and 0.3 of 3 places: 0.5, 1 and 1.5. In binary the halves are not equal; as written the larger need wins.
    assert apportion([0.1, 0.2, 0.3], 3).allocation.tolist() == [0, 1, 2]


def test_remainders_too_close_for_floats_are_told_apart() -> None:
    # Quotas of 3 places among 10^17, 10^17 - 1 and 10^17 + 1: whole parts 1, 0 and 1, the last place to the second.
    assert apportion([10**17, 10**17 - 16, 10**17 + 16], 3).allocation.tolist() == [1, 1, 1]


def test_no_places_are_none_for_everybody() -> None:
    assert apportion([1, 2], 0).allocation.tolist() == [0, 0]


def test_minima_that_use_every_place_leave_nothing_to_share() -> None:
    assert apportion([1, 9], 4, 2).allocation.tolist() == [2, 2]


def test_the_note_says_whether_minima_came_first() -> None:
    assert "its minimum first" in apportion([1, 1], 4, 1).note
    assert "minimum" not in apportion([1, 1], 4).note


def test_minima_beyond_the_total_are_refused() -> None:
    with pytest.raises(ValueError, match="The minima add to 12 but there are only 10 places"):
        apportion([1, 2, 3], 10, 4)


@pytest.mark.parametrize(
    ("need", "total", "minimum", "text"),
    [
        ([1, -2], 3, 0, "Every need must be 0 or more, but one is -2"),
        ([1, NAN], 3, 0, "Every need must be known and finite, but one is (nan|inf)"),
        ([1, math.inf], 3, 0, "Every need must be known and finite, but one is (nan|inf)"),
        ([0, 0], 3, 0, "The need adds to 0"),
        ([1, 2], 2.5, 0, "The total must be a whole number, but is 2.5"),
        ([1, 2], -1, 0, "The total must be 0 or more, but is -1"),
        ([1, 2], 3, 0.5, "The minimum must be a whole number, but is 0.5"),
        ([1, 2], 3, -1, "The minimum must be 0 or more, but is -1"),
        ([1, 2], 3, [1, 1, 1], "there are 2 for need, 3 for minimum"),
        ([], 3, 0, "The need adds to 0"),
    ],
)
def test_what_cannot_be_shared_is_refused(need: list[float], total: float, minimum: object, text: str) -> None:
    with pytest.raises(ValueError, match=text):
        apportion(need, total, minimum)


def test_target_shares_mix_population_and_need() -> None:
    # Population shares .75 and .25, need shares .2 and .8; a quarter by need: .75 x .75 + .25 x .2 = .6125.
    assert target_shares([300, 100], [20, 80], 0.25) == pytest.approx([0.6125, 0.3875])


def test_a_universal_service_follows_population_and_a_targeted_one_need() -> None:
    assert target_shares([300, 100], [20, 80], 0).tolist() == [0.75, 0.25]
    assert target_shares([300, 100], [20, 80], 1) == pytest.approx([0.2, 0.8])


@pytest.mark.parametrize(
    ("population", "need", "weight", "text"),
    [
        ([1, 1], [1, 1], 1.2, "must lie between 0 and 1, but is 1.2"),
        ([1, 1], [1, 1], NAN, "must lie between 0 and 1, but is nan"),
        ([1, 1], [1, 1, 1], 0.5, "there are 2 for population, 3 for need"),
        ([0, 0], [1, 1], 0.5, "The population adds to 0"),
        ([1, -1], [1, 1], 0.5, "Every population must be 0 or more, but one is -1"),
        ([1, 1], [0, 0], 0.5, "The need adds to 0"),
        ([], [], 0.5, "There are 0 areas"),
    ],
)
def test_shares_that_mean_nothing_are_refused(
    population: list[float], need: list[float], weight: float, text: str
) -> None:
    with pytest.raises(ValueError, match=text):
        target_shares(population, need, weight)


def test_targets_of_several_draws_add_to_the_total_in_each() -> None:
    assert proportional_target([[1, 3], [2, 2]], 8).tolist() == [[2, 6], [4, 4]]


def test_a_draw_without_need_is_refused() -> None:
    with pytest.raises(ValueError, match="The need adds to 0"):
        proportional_target(np.array([[1, 3], [0, 0]]), 8)
