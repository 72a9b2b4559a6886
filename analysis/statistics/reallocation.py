"""Places moved between areas, under limits, until they lie as near to need as they can."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.statistics.apportionment import left_after, proportional_target
from analysis.statistics.intervals import Floats
from analysis.statistics.optimum import Bools, Ints, Programme, one_each, rounded, whole_numbers

Objective = Literal["total", "relative"]

RECOMMENDED_FROM = 0.8
TINY = 1e-9


@dataclass(frozen=True)
class Limits:
    """What a plan must keep to.

    `minimum` and `maximum` are places, one number or one an area (no maximum: none); the minimum of an area that must
    not lose any is what it has. `most_moves` is the most places that areas may gain between them (no number: no
    limit). `total` is the number of places after the plan (no number: as many as now); a place beyond those of now is
    gained by some area and so counts as a move.
    """

    minimum: ArrayLike = 0
    maximum: ArrayLike | None = None
    most_moves: int | None = None
    total: int | None = None


@dataclass(frozen=True)
class Reallocation:
    """A best plan under its limits; other plans may be as good.

    `allocation` places an area and `target` its unrounded share by need; `moves` places gained, added over areas;
    `total_deviation` the sum of |allocation - target| and `relative_deviation` the greatest |allocation - target| /
    target among areas with need (both: 0 is parity, more is worse); `hoover_before` and `hoover_after` the share of
    places out of place (missing before when there were none).
    """

    allocation: Ints
    target: Floats
    moves: int
    total_deviation: float
    relative_deviation: float
    hoover_before: float
    hoover_after: float
    note: str


@dataclass(frozen=True)
class OneMore:
    """The total deviation as planned, with one more move allowed, and with one more place to give out.

    With one more place every target grows too, so the deviation may rise where it was at parity. `helped` is the
    position of the area the place should go to: the furthest below its target that has room under its maximum.
    """

    planned: float
    with_move: float
    with_place: float
    helped: int
    note: str


@dataclass(frozen=True)
class _Problem:
    current: Ints
    target: Floats
    lowest: Ints
    highest: Ints
    total: int
    most_moves: int


def reallocate(
    current: ArrayLike, need: ArrayLike, limits: Limits | None = None, objective: Objective = "total"
) -> Reallocation:
    """The places each area should have so that they lie as near to its share of need as the limits allow.

    `current` are whole places and `need` counts (or the shares of `target_shares`), one an area. The objective
    "total" makes the sum of deviations least, "relative" the greatest deviation in proportion to its target (an area
    without need has no such proportion: it is left out and may not gain); of the plans equal in that, one with the
    fewest moves. Raises ValueError when a figure is missing, negative or not whole, when the limits contradict each
    other or when an area is outside them already.
    Source: methods A9.2; for "total" the exact greedy solution of separable convex allocation (Fox 1966; Ibaraki and
    Katoh 1988), where the gain goes to the area furthest below its target; for "relative" HiGHS.
    """
    if objective not in get_args(Objective):
        raise ValueError(f'The objective must be "total" or "relative", but is "{objective}".')
    one_each({"current places": np.size(current), "need": np.size(need)})
    problem = _problem(current, need, limits or Limits())
    if objective == "relative":
        return _described(problem, _least_relative(problem), "greatest deviation in proportion to need")
    return _described(problem, _nearest(problem)[0], "total deviation from need")


def share_of_draws(current: ArrayLike, need_draws: ArrayLike, limits: Limits | None = None) -> pd.DataFrame:
    """How often each area gains or loses when the plan for the least total deviation is made again for each draw.

    `need_draws` is shaped (draws, areas). Columns gains and loses (shares of draws), recommended (1 to gain, -1 to
    lose, 0 neither: only what at least 80% of the draws agree on), draws, and error (the greatest Monte-Carlo standard
    error of a share). Raises ValueError as `reallocate` does.
    """
    need = np.asarray(need_draws, float)
    if need.ndim != 2 or not need.size:
        raise ValueError(f"Draws of need must have a row a draw and a column an area, but have the shape {need.shape}.")
    one_each({"current places": np.size(current), "draws of need": need.shape[1]})
    problem = _problem(current, need, limits or Limits())
    change = _nearest(problem) - problem.current
    gains, loses = (change > 0).mean(axis=0), (change < 0).mean(axis=0)
    recommended = (gains >= RECOMMENDED_FROM).astype(int) - (loses >= RECOMMENDED_FROM).astype(int)
    error = 0.5 / np.sqrt(len(need))
    return pd.DataFrame(
        {"gains": gains, "loses": loses, "recommended": recommended, "draws": len(need), "error": error}
    )


def worth_of_one_more(current: ArrayLike, need: ArrayLike, limits: Limits | None = None) -> OneMore:
    """What one more move, or one more place, would do to the least total deviation. Raises as `reallocate` does."""
    kept = limits or Limits()
    plan = reallocate(current, need, kept)
    freer = replace(kept, most_moves=None if kept.most_moves is None else kept.most_moves + 1)
    with_move = reallocate(current, need, freer).total_deviation
    larger = _problem(current, need, replace(freer, total=int(plan.allocation.sum()) + 1))
    with_place = _total_deviation(_nearest(larger)[0], larger.target)
    helped = int(_furthest_below(larger, plan.allocation[None, :])[0])
    note = (
        f"One more move changes the total deviation by {with_move - plan.total_deviation:+.2f} places, "
        f"one more place by {with_place - plan.total_deviation:+.2f}."
    )
    return OneMore(plan.total_deviation, with_move, with_place, helped, note)


def _problem(current: ArrayLike, need: ArrayLike, limits: Limits) -> _Problem:
    places = whole_numbers(current, "current number of places")
    total = int(places.sum() if limits.total is None else whole_numbers(limits.total, "total"))
    if total == 0:
        raise ValueError("There are 0 places, so there is nothing to share out; give a total above 0.")
    lowest = _bound(limits.minimum, "minimum", places)
    highest = _bound(max(total, *places) if limits.maximum is None else limits.maximum, "maximum", places)
    most_moves = total if limits.most_moves is None else int(whole_numbers(limits.most_moves, "limit on moves"))
    problem = _Problem(places, proportional_target(need, total), lowest, highest, total, most_moves)
    _refuse_contradictions(problem)
    return problem


def _bound(bound: ArrayLike, what: str, places: Ints) -> Ints:
    one_each({"current places": places.size, what: places.size if np.ndim(bound) == 0 else np.size(bound)})
    return np.broadcast_to(whole_numbers(bound, what), places.shape)


def _refuse_contradictions(problem: _Problem) -> None:
    left_after(int(problem.lowest.sum()), problem.total)
    _refuse_start(problem.current, problem.lowest, "minimum", problem.current < problem.lowest)
    _refuse_start(problem.current, problem.highest, "maximum", problem.current > problem.highest)
    _refuse_maxima(int(problem.highest.sum()), problem.total)
    new = problem.total - int(problem.current.sum())
    if new > problem.most_moves:
        raise ValueError(
            f"{new} new places need as many moves, but the most allowed is {problem.most_moves}; allow more."
        )


def _refuse_start(current: Ints, bound: Ints, what: str, outside: Bools) -> None:
    if outside.any():
        area = int(np.argmax(outside))
        raise ValueError(
            f"The {what} of an area is {bound[area]} but it now has {current[area]} places; change one of the two."
        )


def _refuse_maxima(maxima: int, total: int) -> None:
    if maxima < total:
        raise ValueError(f"The maxima add to {maxima} but there are {total} places to hold; raise a maximum.")


def _nearest(problem: _Problem) -> Ints:
    """Places shaped (draws, areas): one move at a time, from the furthest above its target to the furthest below.

    Each area's deviation is convex in its places, so the moves that help most come first; stopping where the next one
    would help nothing leaves the least total deviation, reached with the fewest moves.
    """
    places = np.tile(problem.current, (len(np.atleast_2d(problem.target)), 1))
    every = np.arange(len(places))
    new = problem.total - int(problem.current.sum())
    for _ in range(new):
        places[every, _furthest_below(problem, places)] += 1
    for _ in range(-new):
        places[every, _furthest_above(problem, places)] -= 1
    for _ in range(problem.most_moves - max(new, 0)):
        if not _one_move(problem, places):
            break
    return places


def _one_move(problem: _Problem, places: Ints) -> bool:
    """Move one place in every draw where that lowers the total deviation; whether any did."""
    every, taker, giver = np.arange(len(places)), _furthest_below(problem, places), _furthest_above(problem, places)
    short = problem.target - places
    below, above = short[every, taker], short[every, giver]
    change = np.abs(below - 1) - np.abs(below) + np.abs(above + 1) - np.abs(above)
    free = (places[every, taker] < problem.highest[taker]) & (places[every, giver] > problem.lowest[giver])
    helped = free & (change < -TINY)
    places[every[helped], taker[helped]] += 1
    places[every[helped], giver[helped]] -= 1
    return bool(helped.any())


def _furthest_below(problem: _Problem, places: Ints) -> Ints:
    return np.argmax(np.where(places < problem.highest, problem.target - places, -np.inf), axis=1)


def _furthest_above(problem: _Problem, places: Ints) -> Ints:
    return np.argmin(np.where(places > problem.lowest, problem.target - places, np.inf), axis=1)


def _least_relative(problem: _Problem) -> Ints:
    """The least greatest relative deviation, then the fewest moves among the plans within it."""
    needy = problem.target > 0
    highest = np.where(needy, problem.highest, problem.current)
    reached = _planned(problem, problem.lowest, highest, by_moves=False)
    spread = _relative_deviation(reached, problem.target) * problem.target
    least = np.where(needy, np.ceil(problem.target - spread - TINY), problem.lowest)
    most = np.where(needy, np.floor(problem.target + spread + TINY), highest)
    return _planned(problem, np.maximum(least, problem.lowest), np.minimum(most, highest), by_moves=True)


def _planned(problem: _Problem, lowest: ArrayLike, highest: ArrayLike, *, by_moves: bool) -> Ints:
    """Places, places gained and the greatest relative deviation, in that order, with the last or the moves least."""
    areas, needy = problem.current.size, problem.target > 0
    own, none = np.eye(areas), np.zeros((areas, areas))
    over = own[needy] / problem.target[needy, None]
    level = np.ones((len(over), 1))
    rules = np.block(
        [
            [over, none[needy], -level],
            [-over, none[needy], -level],
            [own, -own, np.zeros((areas, 1))],
            [np.ones(areas), np.zeros(areas), 0.0],
            [np.zeros(areas), np.ones(areas), 0.0],
        ]
    )
    once = np.ones(len(over))
    found = Programme(
        cost=np.r_[np.zeros(areas), np.full(areas, float(by_moves)), float(not by_moves)],
        rules=rules,
        least=np.r_[np.full(2 * len(over) + areas, -np.inf), problem.total, 0],
        most=np.r_[once, -once, problem.current, problem.total, problem.most_moves],
        whole=np.r_[np.ones(areas), np.zeros(areas + 1)],
        lowest=np.r_[lowest, np.zeros(areas + 1)],
        highest=np.r_[highest, np.full(areas + 1, np.inf)],
    ).solved()
    if found is None:
        raise ValueError(f"The areas with need have no room for all {problem.total} places; raise a maximum.")
    return rounded(found[:areas])


def _described(problem: _Problem, allocation: Ints, least: str) -> Reallocation:
    moves = int(np.maximum(allocation - problem.current, 0).sum())
    return Reallocation(
        allocation=allocation,
        target=problem.target,
        moves=moves,
        total_deviation=_total_deviation(allocation, problem.target),
        relative_deviation=_relative_deviation(allocation, problem.target),
        hoover_before=_hoover(problem.current, problem.target),
        hoover_after=_hoover(allocation, problem.target),
        note=f"{problem.total} places, {moves} of them moved: the least {least} the limits allow.",
    )


def _total_deviation(allocation: Ints, target: Floats) -> float:
    return float(np.abs(allocation - target).sum())


def _relative_deviation(allocation: Ints, target: Floats) -> float:
    needy = target > 0
    return float((np.abs(allocation - target)[needy] / target[needy]).max())


def _hoover(places: Ints, target: Floats) -> float:
    if not places.any():
        return float("nan")
    return float(np.abs(places / places.sum() - target / target.sum()).sum() / 2)
