"""Where to open sites so that most are near one, or nobody is far."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.statistics.intervals import Floats
from analysis.statistics.optimum import (
    Bools,
    Ints,
    Programme,
    amounts,
    cut_off,
    one_each,
    rounded,
    travel_times,
    whole_numbers,
)

LARGEST_WEIGHT = 1000.0


@dataclass(frozen=True)
class Sites:
    """Sites to open (`chosen`, positions among the candidates; others may be as good) and what they reach.

    `value` is what the question asked for, in its own unit, and None, with no site chosen, when no choice answers it.
    `uncovered` are the positions of the areas left out: by these sites, or by all candidates when there is no answer.
    """

    chosen: Ints
    value: float | None
    uncovered: Ints
    note: str
    share: float | None = None


def cover_most(weights: ArrayLike, minutes: ArrayLike, radius: float, sites: int) -> Sites:
    """The `sites` candidates with the most people within `radius` minutes of one of them; `value` counts them.

    `weights` are people an area, `minutes` shaped (areas, candidates), missing where there is no way. `share` is
    `value` over all people. Raises ValueError when there are fewer candidates than sites, nobody to cover, or a
    weight or time is negative. Source: maximal covering (MCLP), Church and ReVelle 1974.
    """
    people, times = _people(weights, minutes)
    near = times <= cut_off(radius, "radius")
    areas, candidates = near.shape
    opened = Programme(
        cost=np.r_[-_scaled(people), np.zeros(candidates)],
        rules=np.block([[np.eye(areas), -near.astype(float)], [np.zeros(areas), np.ones(candidates)]]),
        least=np.r_[np.full(areas, -np.inf), _number(sites, candidates)],
        most=np.r_[np.zeros(areas), sites],
        whole=np.r_[np.zeros(areas), np.ones(candidates)],
        highest=1.0,
    ).solved()
    chosen = _opened(opened, candidates)
    covered = near[:, chosen].any(axis=1)
    value = float(people[covered].sum())
    share = value / float(people.sum())
    note = f"{value:g} of {people.sum():g} are within {radius:g} minutes of {_counted(sites)} ({share:.1%})."
    return Sites(chosen, value, np.flatnonzero(~covered), note, share)


def least_travel(weights: ArrayLike, minutes: ArrayLike, sites: int) -> Sites:
    """The `sites` candidates with the least travel when everybody goes to the nearest; `value` is people x minutes.

    Arguments and refusals as `cover_most`. `value` is None when some area cannot be reached from any choice.
    Source: the p-median, Hakimi 1964; ReVelle and Swain 1970.
    """
    people, times = _people(weights, minutes)
    chosen = _opened(_median(_scaled(people), times, _number(sites, times.shape[1])), times.shape[1])
    if not chosen.size:
        return _no_answer(np.isfinite(times), f"{_counted(sites)} cannot reach every area")
    value = float((people * times[:, chosen].min(axis=1)).sum())
    note = f"With {_counted(sites)} everybody travels {value / people.sum():.1f} minutes on average."
    return Sites(chosen, value, _none(), note)


def least_longest_travel(minutes: ArrayLike, sites: int) -> Sites:
    """The `sites` candidates that leave the furthest area least far from one; `value` is its minutes.

    Every area counts, however few live there. Arguments and refusals as `cover_most`; `value` is None when some area
    cannot be reached from any choice. Source: the p-centre by set covering at each travel time, Minieka 1970.
    """
    times = travel_times(minutes)
    _number(sites, times.shape[1])
    radii = np.unique(times[np.isfinite(times)])
    enough = bisect_left(radii, True, key=lambda radius: 0 < len(_cover(times <= radius)) <= sites)
    if enough == radii.size:
        return _no_answer(np.isfinite(times), f"{_counted(sites)} cannot reach every area")
    value = float(radii[enough])
    note = f"With {_counted(sites)} no area is more than {value:g} minutes away."
    return Sites(_cover(times <= value), value, _none(), note)


def fewest_sites(minutes: ArrayLike, radius: float) -> Sites:
    """The fewest candidates that leave no area more than `radius` minutes from one; `value` is how many.

    `value` is None, and `uncovered` the areas concerned, when some area is that near to no candidate at all. Raises
    ValueError when a time or the radius is negative. Source: set covering (LSCP), Toregas et al. 1971.
    """
    near = travel_times(minutes) <= cut_off(radius, "radius")
    chosen = _cover(near)
    if not chosen.size:
        return _no_answer(near, f"No choice of sites is within {radius:g} minutes of every area")
    note = f"With {_counted(chosen.size)} no area is more than {radius:g} minutes away."
    return Sites(chosen, float(chosen.size), _none(), note)


def _people(weights: ArrayLike, minutes: ArrayLike) -> tuple[Floats, Floats]:
    people, times = amounts(weights, "weight"), travel_times(minutes)
    one_each({"weights": people.size, "rows of minutes": times.shape[0]})
    if not people.any():
        raise ValueError("The weights add to 0, so there is nobody to serve; give at least one area a weight above 0.")
    return people, times


def _number(sites: int, candidates: int) -> int:
    number = int(whole_numbers(sites, "number of sites"))
    if not 1 <= number <= candidates:
        raise ValueError(f"{number} sites cannot be chosen from {candidates} candidates; ask for 1 to {candidates}.")
    return number


def _counted(sites: int) -> str:
    return f"{sites} site" if sites == 1 else f"{sites} sites"


def _scaled(people: Floats) -> Floats:
    return LARGEST_WEIGHT * people / people.max()


def _median(people: Floats, times: Floats, sites: int) -> Floats | None:
    """Which candidates to open, after who goes where, in the last places of the solution."""
    from scipy.sparse import block_array, coo_array, eye_array  # noqa: PLC0415

    areas, candidates = times.shape
    area, site = np.nonzero(np.isfinite(times))
    pairs = np.arange(area.size)
    once = np.ones(area.size)
    goes = coo_array((once, (area, pairs)), (areas, area.size))
    opens = coo_array((once, (pairs, site)), (area.size, candidates))
    return Programme(
        cost=np.r_[people[area] * times[area, site], np.zeros(candidates)],
        rules=block_array(
            [[goes, None], [eye_array(area.size), -opens], [None, coo_array(np.ones((1, candidates)))]], format="csr"
        ),
        least=np.r_[np.ones(areas), np.full(area.size, -np.inf), sites],
        most=np.r_[np.ones(areas), np.zeros(area.size), sites],
        whole=np.r_[np.zeros(area.size), np.ones(candidates)],
        highest=1.0,
    ).solved()


def _cover(near: Bools) -> Ints:
    candidates = near.shape[1]
    programme = Programme(np.ones(candidates), near.astype(float), 1.0, np.inf, 1, highest=1.0)
    return _opened(programme.solved(), candidates)


def _opened(solution: Floats | None, candidates: int) -> Ints:
    return _none() if solution is None else np.flatnonzero(rounded(solution[-candidates:]))


def _none() -> Ints:
    return np.array([], np.int64)


def _no_answer(near: Bools, why: str) -> Sites:
    beyond = np.flatnonzero(~near.any(axis=1))
    left = f"; near none of the candidates: {len(beyond)} of {len(near)} areas" if beyond.size else ""
    return Sites(_none(), None, beyond, f"{why}{left}.")
