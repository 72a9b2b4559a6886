"""Places moved under limits: plans anybody can check, edges, and what is refused."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analysis.statistics.reallocation import Limits, reallocate, share_of_draws, worth_of_one_more


def test_without_limits_places_go_where_the_need_is() -> None:
    plan = reallocate([6, 0], [1, 2])
    assert plan.allocation.tolist() == [2, 4]
    assert plan.target == pytest.approx([2, 4])
    assert (plan.moves, plan.total_deviation, plan.relative_deviation) == (4, 0, 0)
    assert plan.hoover_before == pytest.approx(4 / 6)
    assert plan.hoover_after == 0


def test_each_move_goes_from_the_furthest_above_to_the_furthest_below() -> None:
    # Targets 4, 4, 4. The first of two moves may help the second or the third area; two moves help both.
    plan = reallocate([8, 1, 3], [1, 1, 1], Limits(most_moves=1))
    assert plan.allocation.tolist() == [7, 2, 3]
    assert plan.total_deviation == 6


def test_no_moves_allowed_leaves_everything_as_it_is() -> None:
    plan = reallocate([5, 1], [1, 1], Limits(most_moves=0))
    assert plan.allocation.tolist() == [5, 1]
    assert plan.total_deviation == 4
    assert plan.hoover_after == plan.hoover_before


def test_a_move_that_would_gain_nothing_is_not_made() -> None:
    # Targets 1.5 and 1.5: [2, 1] and [1, 2] are equally near, so the places stay.
    plan = reallocate([2, 1], [1, 1])
    assert plan.allocation.tolist() == [2, 1]
    assert plan.moves == 0


def test_a_minimum_holds_places_back() -> None:
    assert reallocate([6, 0], [1, 2], Limits(minimum=[5, 0])).allocation.tolist() == [5, 1]


def test_a_maximum_sends_places_to_the_next_area() -> None:
    # Targets 1, 1 and 4, but the third holds no more than 2.
    plan = reallocate([6, 0, 0], [1, 1, 4], Limits(maximum=[6, 6, 2]))
    assert plan.allocation[2] == 2
    assert plan.total_deviation == 4


def test_new_places_go_to_the_areas_furthest_below_and_count_as_moves() -> None:
    # Targets of 8 places: 4 and 4.
    plan = reallocate([4, 2], [1, 1], Limits(total=8))
    assert plan.allocation.tolist() == [4, 4]
    assert plan.moves == 2


def test_places_cut_come_from_the_areas_furthest_above() -> None:
    plan = reallocate([6, 3], [1, 1], Limits(total=6))
    assert plan.allocation.tolist() == [3, 3]
    assert plan.moves == 0


def test_the_relative_objective_may_prefer_another_plan() -> None:
    # Ten places with targets 1 and 9 stand at 3 and 7 (relative 2). One move: 2 and 8, relative deviation 1.
    fair = reallocate([3, 7], [1, 9], Limits(most_moves=1), "relative")
    assert fair.allocation.tolist() == [2, 8]
    assert fair.relative_deviation == 1


def test_the_relative_objective_makes_no_move_that_leaves_its_greatest_deviation_as_it_is() -> None:
    # R7 of the oracles: whatever one move does, the last area stays .93 above its target.
    limits = Limits(minimum=[0, 0, 1, 0], most_moves=1)
    fair = reallocate([6, 3, 1, 9], [30, 54, 54, 45], limits, "relative")
    assert fair.moves == 0
    assert fair.relative_deviation == pytest.approx(0.92631578947)


def test_an_area_without_need_is_left_out_of_relative_deviation_and_gains_nothing() -> None:
    # Targets 1.3, 1.3, 1.4 and 0: a place in the last area would make the greatest deviation less, absurdly.
    fair = reallocate([1, 1, 2, 0], [13, 13, 14, 0], objective="relative")
    assert fair.allocation[3] == 0
    assert fair.relative_deviation == pytest.approx(0.6 / 1.4)


def test_an_area_without_need_gives_its_places_up() -> None:
    assert reallocate([2, 2], [1, 0], objective="total").allocation.tolist() == [4, 0]
    assert reallocate([2, 2], [1, 0], objective="relative").allocation.tolist() == [4, 0]


def test_there_is_no_share_out_of_place_before_there_are_places() -> None:
    plan = reallocate([0, 0], [1, 1], Limits(total=2))
    assert math.isnan(plan.hoover_before)
    assert plan.hoover_after == 0


def test_the_note_tells_the_moves_and_the_objective() -> None:
    assert reallocate([6, 0], [1, 2]).note == (
        "6 places, 4 of them moved: the least total deviation from need the limits allow."
    )
    assert "in proportion to need" in reallocate([6, 0], [1, 2], objective="relative").note


@pytest.mark.parametrize(
    ("current", "need", "limits", "text"),
    [
        ([5, 5], [1, 1], Limits(minimum=6), "The minima add to 12 but there are only 10 places"),
        ([1, 9], [1, 1], Limits(minimum=2), "The minimum of an area is 2 but it now has 1 places"),
        ([1, 9], [1, 1], Limits(maximum=8), "The maximum of an area is 8 but it now has 9 places"),
        ([1, 2], [1, 1], Limits(maximum=2, total=5), "The maxima add to 4 but there are 5 places"),
        ([1, 2], [1, 1], Limits(most_moves=1, total=5), "2 new places need as many moves, but the most allowed is 1"),
        ([0, 0], [1, 1], Limits(), "There are 0 places"),
        ([1, 2.5], [1, 1], Limits(), "Every current number of places must be a whole number, but one is 2.5"),
        ([1, -2], [1, 1], Limits(), "Every current number of places must be 0 or more, but one is -2"),
        ([1, math.nan], [1, 1], Limits(), "Every current number of places must be known"),
        ([1, 2], [1, math.nan], Limits(), "Every need must be known"),
        ([1, 2], [0, 0], Limits(), "The need adds to 0"),
        ([1, 2], [1, 1, 1], Limits(), "there are 2 for current places, 3 for need"),
        ([1, 2], [1, 1], Limits(minimum=[0, 0, 0]), "there are 2 for current places, 3 for minimum"),
        ([1, 2], [1, 1], Limits(maximum=[9, 9, 9]), "there are 2 for current places, 3 for maximum"),
        ([1, 2], [1, 1], Limits(minimum=0.5), "The minimum must be a whole number, but is 0.5"),
        ([1, 2], [1, 1], Limits(most_moves=-1), "The limit on moves must be 0 or more, but is -1"),
        ([1, 2], [1, 1], Limits(total=1.5), "The total must be a whole number, but is 1.5"),
        ([], [], Limits(), "There are 0 areas"),
    ],
)
def test_limits_that_cannot_be_kept_are_refused(current: list, need: list, limits: Limits, text: str) -> None:
    for objective in ("total", "relative"):
        with pytest.raises(ValueError, match=text):
            reallocate(current, need, limits, objective)


def test_areas_with_need_must_have_room_for_the_relative_objective() -> None:
    with pytest.raises(ValueError, match="The areas with need have no room for all 6 places"):
        reallocate([2, 0], [1, 0], Limits(maximum=[4, 4], total=6), "relative")


def test_an_unknown_objective_is_refused() -> None:
    with pytest.raises(ValueError, match='must be "total" or "relative", but is "envy"'):
        reallocate([1, 1], [1, 1], objective="envy")


def test_a_move_is_recommended_only_when_four_draws_in_five_agree() -> None:
    # Four draws would take a place from the first area, the fifth would leave it: 80 per cent is just enough.
    draws = [[1, 3]] * 4 + [[1, 1]]
    found = share_of_draws([2, 2], draws)
    assert found["gains"].tolist() == [0, 0.8]
    assert found["loses"].tolist() == [0.8, 0]
    assert found["recommended"].tolist() == [-1, 1]
    assert found["draws"].tolist() == [5, 5]
    assert found["error"].tolist() == pytest.approx([0.5 / math.sqrt(5)] * 2)


def test_three_draws_in_four_are_not_enough_to_recommend() -> None:
    found = share_of_draws([2, 2], [[1, 3]] * 3 + [[1, 1]])
    assert found["recommended"].tolist() == [0, 0]


def test_draws_keep_the_limits() -> None:
    found = share_of_draws([2, 2], [[1, 3]] * 4, Limits(most_moves=0))
    assert not found[["gains", "loses", "recommended"]].to_numpy().any()


def test_draws_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match=r"a row a draw and a column an area, but have the shape \(2,\)"):
        share_of_draws([1, 1], [1, 1])
    with pytest.raises(ValueError, match="there are 2 for current places, 3 for draws of need"):
        share_of_draws([1, 1], np.ones((4, 3)))


def test_one_more_move_and_one_more_place() -> None:
    # Targets 3, 3, 3 of [6, 3, 0] with one move: [5, 3, 1], deviation 4; a second move takes 2 off. With a tenth
    # place the targets are 10/3 and two moves are allowed: [5, 3, 2], deviation 1.67 + .33 + 1.33.
    worth = worth_of_one_more([6, 3, 0], [1, 1, 1], Limits(most_moves=1))
    assert (worth.planned, worth.with_move, worth.helped) == (4, 2, 2)
    assert worth.with_place == pytest.approx(10 / 3)
    assert "One more move changes the total deviation by -2.00 places, one more place by -0.67." in worth.note


def test_at_parity_one_more_move_is_worth_nothing_and_one_more_place_cannot_be_shared_evenly() -> None:
    worth = worth_of_one_more([2, 2], [1, 1])
    assert (worth.planned, worth.with_move, worth.with_place) == (0, 0, 1)


def test_one_more_place_goes_where_there_is_room() -> None:
    worth = worth_of_one_more([1, 3], [9, 1], Limits(maximum=[1, 9]))
    assert worth.helped == 1
