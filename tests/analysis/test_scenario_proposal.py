"""What the atlas proposes, by hand: 100 places a ward, fair shares of 50, 100 and 150."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.scenario.fair import Fair, fair
from analysis.scenario.feasible import Asked, Infeasible, infeasible
from analysis.scenario.proposal import (
    AT_ONCE,
    Cancelled,
    Job,
    Proposal,
    fair_plan,
    paired,
    proposals,
)
from analysis.scenario.steps import MovePlaces
from analysis.scenario.today import Today, today
from analysis.sources.library import Library
from tests.world.three_wards import ASH, BIRCH, CEDAR


@pytest.fixture(scope="module")
def now(roomy_world: Library) -> Today:
    return today(roomy_world, "2020", "children_centres")


@pytest.fixture(scope="module")
def by_need(roomy_world: Library) -> Fair:
    return fair(roomy_world, "2020", "idaci2015", 1.0)


def proposed(now: Today, by_need: Fair, **asked: object) -> Proposal | Infeasible:
    (found,) = proposals([Job(now, by_need, Asked(**asked))])
    return found


def test_with_20_moves_they_go_from_ash_to_cedar(now: Today, by_need: Fair) -> None:
    found = proposed(now, by_need, most_moves=20)
    assert found.table["places"].tolist() == [80, 100, 120]
    assert [(one.move, one.recommended) for one in found.moves] == [(MovePlaces(ASH, CEDAR, 20), True)]
    assert (found.misplaced_before, found.misplaced) == pytest.approx((50, 30))
    assert found.binding == pytest.approx({"moves": 30})
    assert found.helped == CEDAR
    assert found.draws == 500


def test_a_minimum_and_protection_hold_the_plan_back(now: Today, by_need: Fair) -> None:
    least = proposed(now, by_need, minimum=90)
    assert least.table["places"].tolist() == [90, 100, 110]
    assert least.binding == pytest.approx({"minimum": 40})
    kept = proposed(now, by_need, protected=frozenset({ASH}))
    assert kept.moved == 0
    assert kept.moves == ()
    assert kept.binding == pytest.approx({"protected": 50})


def test_a_plan_can_give_out_more_places_than_today(now: Today, by_need: Fair) -> None:
    found = proposed(now, by_need, total=330, protected=frozenset({ASH}))
    assert found.table["places"].tolist() == [100, 100, 130]


def test_a_move_need_does_not_surely_back_is_proposed_but_not_recommended(now: Today, by_need: Fair) -> None:
    # Birch is at its fair share, so whether it should gain or lose is even: here it must gain one.
    found = proposed(now, by_need, minimum=0, most_moves=51)
    even = found.table.set_index("area_code").loc[BIRCH]
    assert 0.2 < even["gains"] < 0.8
    assert even["recommended"] == 0
    assert set(found.table["recommended"]) == {-1, 0, 1}


def test_a_minimum_above_what_a_ward_has_is_raised_first_and_counts_as_moves() -> None:
    wards = pd.DataFrame({"area_code": ["a", "b", "c"], "area_name": ["A", "B", "C"], "places": [1, 5, 12]})
    made_up, none = "illustrative", pd.DataFrame()
    small = Today("2020", "youth", "2019-20 Q4", made_up, wards, none, made_up, none)
    share = np.array([1, 1, 1]) / 3
    even = Fair(None, 1.0, ("a", "b", "c"), {}, share, share[None, :], 1.0, True)  # type: ignore[arg-type]
    (found,) = proposals([Job(small, even, Asked(minimum=4, most_moves=3))])
    assert found.table["places"].tolist() == [4, 5, 9]
    assert found.table["gains"].tolist() == [1, 0, 0]
    (refused,) = proposals([Job(small, even, Asked(minimum=4, most_moves=2))])
    assert refused.why == "At least 3 places have to move for this, but at most 2 may."
    assert refused.remedies == ("allow 1 move more", "lower the minimum to 3")


def test_what_would_make_the_impossible_possible(now: Today) -> None:
    places, nobody = np.array([100, 100, 100]), np.zeros(3, bool)
    found = infeasible(places, nobody, Asked(minimum=101))
    assert found.why == "A minimum of 101 in every ward takes 303 places; there are 300 in all."
    assert found.remedies == ("lower the minimum to 100", "have 3 places more in all")
    ash = np.array([True, False, False])
    held = infeasible(np.array([20, 5, 5]), ash, Asked(minimum=6, protected=frozenset({ASH})))
    assert held.remedies == (
        "lower the minimum to 5",
        "let places be taken from under-provided wards",
        "have 2 places more in all",
    )
    more = infeasible(places, nobody, Asked(total=312, most_moves=2))
    assert more.remedies == ("allow 10 moves more",)


def test_progress_tells_the_truth_and_a_stop_leaves_nothing(now: Today, by_need: Fair) -> None:
    told: list[tuple[int, int]] = []
    jobs = [Job(now, by_need, Asked(most_moves=5)), Job(now, by_need, Asked(minimum=101)), Job(now, by_need, Asked())]
    proposals(jobs, lambda done, asked: told.append((done, asked)) is None)
    assert told == [(done, 1000) for done in range(AT_ONCE, 1001, AT_ONCE)]
    with pytest.raises(Cancelled):
        proposals(jobs, lambda done, _asked: done < 3 * AT_ONCE)


def test_sharing_out_anew_is_the_largest_remainder(now: Today, by_need: Fair) -> None:
    assert fair_plan(Job(now, by_need, Asked())).tolist() == [50, 100, 150]
    assert fair_plan(Job(now, by_need, Asked(minimum=60))).tolist() == [80, 100, 120]
    with pytest.raises(ValueError, match="lower a minimum"):
        fair_plan(Job(now, by_need, Asked(minimum=101)))


def test_pairs_keep_the_sure_together() -> None:
    change = pd.Series({"a": -3, "b": -2, "c": 4, "d": 1})
    assert paired(change) == (MovePlaces("a", "c", 3), MovePlaces("b", "c", 1), MovePlaces("b", "d", 1))
    assert paired(change, frozenset({"b", "d"})) == (
        MovePlaces("b", "d", 1),
        MovePlaces("b", "c", 1),
        MovePlaces("a", "c", 3),
    )
