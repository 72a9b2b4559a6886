"""What must hold of plans that move places, whatever the figures and limits."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.optimum import Programme
from analysis.statistics.reallocation import Limits, reallocate, share_of_draws, worth_of_one_more

OBJECTIVES = ("total", "relative")


@st.composite
def problems(draw: st.DrawFn, most_areas: int = 12, most_places: int = 9) -> tuple[np.ndarray, np.ndarray, Limits]:
    """Places now, need above zero, and limits that can be kept."""
    size = draw(st.integers(2, most_areas))
    each = st.integers(0, most_places)
    current = np.array(draw(st.lists(each, min_size=size, max_size=size).filter(any)))
    need = np.array(draw(st.lists(st.integers(1, 60), min_size=size, max_size=size)))
    slack = np.array(draw(st.lists(each, min_size=size, max_size=size)))
    room = np.array(draw(st.lists(each, min_size=size, max_size=size)))
    moves = draw(st.one_of(st.none(), st.integers(0, 12)))
    return current, need, Limits(np.maximum(current - slack, 0), current + room, moves)


def every_plan(current: np.ndarray, limits: Limits) -> np.ndarray:
    """All allocations that keep the limits, one a row."""
    ranges = [range(low, high + 1) for low, high in zip(limits.minimum, limits.maximum, strict=True)]
    plans = np.array(list(product(*ranges)))
    gained = np.maximum(plans - current, 0).sum(axis=1)
    kept = plans.sum(axis=1) == current.sum()
    return plans[kept & (gained <= (np.inf if limits.most_moves is None else limits.most_moves))]


@given(problem=problems(most_areas=4, most_places=5))
def test_no_plan_of_all_there_are_is_better_or_as_good_with_fewer_moves(problem: tuple) -> None:
    current, need, limits = problem
    plans, target = every_plan(current, limits), current.sum() * need / need.sum()
    moves = np.maximum(plans - current, 0).sum(axis=1)
    away = np.abs(plans - target)
    for objective, values in (("total", away.sum(axis=1)), ("relative", (away / target).max(axis=1))):
        plan = reallocate(current, need, limits, objective)
        reached = plan.total_deviation if objective == "total" else plan.relative_deviation
        assert reached == pytest.approx(values.min(), abs=1e-9)
        assert plan.moves == moves[values < values.min() + 1e-9].min()


@given(problem=problems(most_areas=37, most_places=40))
def test_the_total_deviation_is_that_of_the_integer_programme(problem: tuple) -> None:
    current, need, limits = problem
    size, target = len(current), current.sum() * need / need.sum()
    own, none, row = np.eye(size), np.zeros((size, size)), np.ones(size)
    moves = current.sum() if limits.most_moves is None else limits.most_moves
    programme = Programme(
        cost=np.r_[0 * row, row, 0 * row],
        rules=np.block(
            [[own, -own, none], [-own, -own, none], [own, none, -own], [row, 0 * row, 0 * row], [0 * row, 0 * row, row]]
        ),
        least=np.r_[np.full(3 * size, -np.inf), current.sum(), 0],
        most=np.r_[target, -target, current, current.sum(), moves],
        whole=np.r_[row, 0 * row, 0 * row],
        lowest=np.r_[limits.minimum, 0 * row, 0 * row],
        highest=np.r_[limits.maximum, np.full(2 * size, np.inf)],
    )
    best = np.abs(np.rint(programme.solved()[:size]) - target).sum()
    assert reallocate(current, need, limits).total_deviation == pytest.approx(best, abs=1e-6)


@given(problem=problems())
def test_plans_keep_the_total_and_every_limit(problem: tuple) -> None:
    current, need, limits = problem
    for objective in OBJECTIVES:
        plan = reallocate(current, need, limits, objective)
        assert plan.allocation.sum() == current.sum()
        assert (plan.allocation >= limits.minimum).all()
        assert (plan.allocation <= limits.maximum).all()
        assert limits.most_moves is None or plan.moves <= limits.most_moves
        assert plan.moves == np.maximum(current - plan.allocation, 0).sum()


@given(problem=problems(), more=st.integers(1, 4))
def test_more_moves_never_make_the_optimum_worse(problem: tuple, more: int) -> None:
    current, need, limits = problem
    tight, loose = replace(limits, most_moves=2), replace(limits, most_moves=2 + more)
    assert reallocate(current, need, loose).total_deviation <= reallocate(current, need, tight).total_deviation + 1e-9
    assert (
        reallocate(current, need, loose, "relative").relative_deviation
        <= reallocate(current, need, tight, "relative").relative_deviation + 1e-9
    )


@given(problem=problems())
def test_a_plan_never_leaves_more_out_of_place_than_before(problem: tuple) -> None:
    current, need, limits = problem
    plan = reallocate(current, need, limits)
    assert plan.hoover_after <= plan.hoover_before + 1e-12
    assert plan.total_deviation == pytest.approx(2 * current.sum() * plan.hoover_after)


@given(problem=problems(), data=st.data())
def test_areas_in_another_order_reach_the_same_values(problem: tuple, data: st.DataObject) -> None:
    current, need, limits = problem
    order = np.array(data.draw(st.permutations(range(len(current)))))
    turned = replace(limits, minimum=limits.minimum[order], maximum=limits.maximum[order])
    for objective in OBJECTIVES:
        straight = reallocate(current, need, limits, objective)
        shuffled = reallocate(current[order], need[order], turned, objective)
        value = "total_deviation" if objective == "total" else "relative_deviation"
        assert getattr(shuffled, value) == pytest.approx(getattr(straight, value))
        assert shuffled.moves == straight.moves


@given(problem=problems(), total=st.integers(1, 60))
def test_another_total_is_kept_and_all_of_it_is_shared(problem: tuple, total: int) -> None:
    current, need, _ = problem
    plan = reallocate(current, need, Limits(total=total))
    assert plan.allocation.sum() == total
    assert plan.total_deviation <= len(current)


@given(problem=problems())
def test_draws_that_never_vary_agree_with_the_plan(problem: tuple) -> None:
    current, need, limits = problem
    change = reallocate(current, need, limits).allocation - current
    found = share_of_draws(current, np.tile(need, (5, 1)), limits)
    np.testing.assert_array_equal(found["recommended"], np.sign(change))
    np.testing.assert_array_equal(found["gains"], change > 0)


@given(problem=problems(), seed=st.integers(0, 99))
def test_each_draw_is_planned_as_if_it_were_alone(problem: tuple, seed: int) -> None:
    current, need, limits = problem
    draws = np.random.default_rng(seed).gamma(need, size=(6, len(need)))
    changes = np.array([reallocate(current, draw, limits).allocation - current for draw in draws])
    found = share_of_draws(current, draws, limits)
    np.testing.assert_allclose(found["gains"], (changes > 0).mean(axis=0))
    np.testing.assert_allclose(found["loses"], (changes < 0).mean(axis=0))


@given(problem=problems())
def test_one_more_move_is_never_worth_less_than_nothing(problem: tuple) -> None:
    current, need, limits = problem
    worth = worth_of_one_more(current, need, replace(limits, maximum=None))
    assert worth.with_move <= worth.planned + 1e-9
    assert 0 <= worth.helped < len(current)
