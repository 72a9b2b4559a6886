"""The best reallocation under limits, and how often each part of it is right over the uncertainty in need."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.scenario.fair import Fair
from analysis.scenario.feasible import Asked, Infeasible, infeasible, lifted, lowest
from analysis.scenario.outcome import how_often_right
from analysis.scenario.steps import MovePlaces
from analysis.scenario.today import Today
from analysis.statistics.apportionment import apportion
from analysis.statistics.optimum import Bools, Ints
from analysis.statistics.reallocation import (
    RECOMMENDED_FROM,
    TINY,
    Limits,
    reallocate,
    share_of_draws,
    worth_of_one_more,
)

AT_ONCE = 50
Progress = Callable[[int, int], bool]
MOVES, MINIMUM, PROTECTED = "moves", "minimum", "protected"


class Cancelled(Exception):
    """The reader has stopped the work; nothing of it is kept."""


@dataclass(frozen=True)
class Job:
    """One service to find the best reallocation for."""

    today: Today
    fair: Fair
    asked: Asked


@dataclass(frozen=True)
class ProposedMove:
    """Places from one ward to another, and how often places lie nearer to need with the move than without it.

    Recommended when that is so in at least 80% of the redrawn needs, and at least 80% of their best plans take from
    this giver and give to this taker.
    """

    move: MovePlaces
    right: float
    recommended: bool


@dataclass(frozen=True)
class Proposal:
    """A best plan under its limits; other plans may be as good.

    Columns of `table`, one row a ward whose need is known: area_code, area_name, places_today, places, change, fair,
    gains and loses (shares, 0 to 1, of the `draws` redrawn needs whose best plan does so) and recommended (1 to gain,
    -1 to lose, 0 neither). `misplaced_before` and `misplaced` are places out of place, half the sum of distances from
    fair share, today and as planned. `binding` says what lifting each limit would save, in places; `helped` is the
    ward one more place helps most.
    """

    job: Job
    table: pd.DataFrame
    moves: tuple[ProposedMove, ...]
    misplaced_before: float
    misplaced: float
    binding: dict[str, float]
    helped: str
    draws: int

    @property
    def moved(self) -> int:
        """Places gained, added over wards."""
        return int(self.table["change"].clip(lower=0).sum())


def proposals(jobs: Sequence[Job], progress: Progress | None = None) -> list[Proposal | Infeasible]:
    """The best reallocation of each job, or why there is none.

    `progress` is told the redrawn needs solved and asked for over all jobs, and answers whether to go on; when it
    answers no, Cancelled is raised and nothing is kept.
    Source: methods A9; `analysis.statistics.reallocation`.
    """
    refused = [_refused(job) for job in jobs]
    asked = sum(len(job.fair.draws) for job, no in zip(jobs, refused, strict=True) if no is None)
    done, found = 0, []
    for job, no in zip(jobs, refused, strict=True):
        parts = []
        for part in () if no else _in_parts(job):
            parts.append(part)
            done += int(part["draws"].iloc[0])
            if progress is not None and not progress(done, asked):
                raise Cancelled
        found.append(no or _proposed(job, parts))
    return found


def fair_plan(job: Job) -> Ints:
    """Every place given out anew by largest remainder, every ward its minimum first. Raises as `apportion`."""
    places = _places(job)
    total = int(places.sum()) if job.asked.total is None else job.asked.total
    return apportion(job.fair.share, total, job.asked.minimum).allocation


def paired(change: pd.Series, sure: frozenset[str] = frozenset()) -> tuple[MovePlaces, ...]:
    """Moves between wards that come to `change` (by code, adding to 0): the largest with the largest.

    Wards that are `sure` are paired with one another as far as they go.
    """
    givers = [(code, -number) for code, number in _ordered(change[change < 0], sure)]
    takers = _ordered(change[change > 0], sure)
    moves = []
    while givers and takers:
        (giver, has), (taker, wants) = givers[0], takers[0]
        carried = min(has, wants)
        moves.append(MovePlaces(giver, taker, carried))
        givers, takers = _rest(givers, carried), _rest(takers, carried)
    return tuple(moves)


def _ordered(change: pd.Series, sure: frozenset[str]) -> list[tuple[str, int]]:
    return sorted(
        ((str(code), int(n)) for code, n in change.items()), key=lambda one: (one[0] not in sure, -abs(one[1]))
    )


def _rest(side: list[tuple[str, int]], carried: int) -> list[tuple[str, int]]:
    code, left = side[0]
    return [(code, left - carried), *side[1:]] if left > carried else side[1:]


def _places(job: Job) -> Ints:
    return job.today.wards.set_index("area_code")["places"].loc[list(job.fair.codes)].to_numpy("int64")


def _kept(job: Job) -> Bools:
    return np.isin(job.fair.codes, list(job.asked.protected))


def _refused(job: Job) -> Infeasible | None:
    return infeasible(_places(job), _kept(job), job.asked)


def _start(job: Job, asked: Asked) -> tuple[Ints, Limits]:
    """Places with every ward at its minimum already, and the limits from there: raising them uses up moves."""
    places, kept = _places(job), _kept(replace(job, asked=asked))
    start = lifted(places, asked.minimum)
    total = int(places.sum()) if asked.total is None else asked.total
    raised = int((start - places).sum())
    cap = None if asked.most_moves is None else asked.most_moves - raised
    return start, Limits(minimum=lowest(places, kept, asked.minimum), most_moves=cap, total=total)


def _in_parts(job: Job) -> Iterator[pd.DataFrame]:
    start, limits = _start(job, job.asked)
    raised = start > _places(job)
    for first in range(0, len(job.fair.draws), AT_ONCE):
        part = share_of_draws(start, job.fair.draws[first : first + AT_ONCE], limits)
        yield part.assign(gains=part["gains"].mask(raised, 1.0), loses=part["loses"].mask(raised, 0.0))


def _proposed(job: Job, parts: list[pd.DataFrame]) -> Proposal:
    start, limits = _start(job, job.asked)
    plan = reallocate(start, job.fair.share, limits)
    places = _places(job)
    table = pd.DataFrame({"area_code": job.fair.codes, "places_today": places, "places": plan.allocation})
    table = table.merge(job.today.wards[["area_code", "area_name"]], on="area_code")
    draws = sum(int(part["draws"].iloc[0]) for part in parts)
    for side in ("gains", "loses"):
        table[side] = sum(part[side] * part["draws"] for part in parts) / draws
    recommended = (table["gains"] >= RECOMMENDED_FROM).astype(int) - (table["loses"] >= RECOMMENDED_FROM).astype(int)
    table = table.assign(change=table["places"] - table["places_today"], fair=plan.target, recommended=recommended)
    more = worth_of_one_more(start, job.fair.share, limits)
    return Proposal(
        job,
        table,
        _moves(table, job),
        _misplaced(places, job),
        plan.total_deviation / 2,
        _binding(job, plan.total_deviation),
        job.fair.codes[more.helped],
        draws,
    )


def _moves(table: pd.DataFrame, job: Job) -> tuple[ProposedMove, ...]:
    wards = table.set_index("area_code")
    agreed = table.loc[np.sign(table["change"]).eq(table["recommended"]) & table["change"].ne(0), "area_code"]
    sure = frozenset(map(str, agreed))
    draws, place = int(table["places"].sum()) * job.fair.draws, {code: n for n, code in enumerate(job.fair.codes)}
    moves = []
    for move in paired(wards["change"], sure):
        right = how_often_right(move, wards["places"], draws, place)
        agreed_on = right >= RECOMMENDED_FROM and {move.source, move.target} <= sure
        moves.append(ProposedMove(move, right, agreed_on))
    return tuple(moves)


def _misplaced(places: Ints, job: Job) -> float:
    return float(np.abs(places - places.sum() * job.fair.share).sum() / 2)


def _binding(job: Job, planned: float) -> dict[str, float]:
    """What lifting each limit alone would save, in places out of place; limits that save nothing are left out."""
    asked = job.asked
    freer = {
        MOVES: replace(asked, most_moves=None),
        MINIMUM: replace(asked, minimum=0),
        PROTECTED: replace(asked, protected=frozenset()),
    }
    saved = {}
    for limit, less in freer.items():
        start, limits = _start(job, less)
        gain = (planned - reallocate(start, job.fair.share, limits).total_deviation) / 2
        if gain > TINY:
            saved[limit] = gain
    return dict(sorted(saved.items(), key=lambda one: -one[1]))
