"""People in need sent to places with room, within a travel time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.statistics.intervals import Floats
from analysis.statistics.optimum import Bools, Ints, Programme, amounts, cut_off, one_each, rounded, travel_times

SLACK = 1e-12


@dataclass(frozen=True)
class Transport:
    """Who can be served where.

    `flows` shaped (areas, sites), whole when demand and capacity are; `served` their sum and `total_minutes` the
    travel of all of them; `unmet` demand left an area (more is worse); `without_site` the positions of the areas with
    no site near enough.
    """

    flows: Floats
    served: float
    total_minutes: float
    unmet: Floats
    without_site: Ints
    note: str


def transport(demand: ArrayLike, capacity: ArrayLike, minutes: ArrayLike, most_minutes: float) -> Transport:
    """As many as possible served at sites within `most_minutes` of them, and then with the least travel in all.

    `demand` an area, `capacity` a site, `minutes` shaped (areas, sites), missing where there is no way. Raises
    ValueError when a count is missing or negative, a time is negative, or the shapes do not fit.
    Source: methods A9.3; the transportation problem (Hitchcock 1941), solved twice by HiGHS: one pass with a large
    weight on people can leave somebody out, where serving one more sends others further.
    """
    people, room, times = amounts(demand, "demand"), amounts(capacity, "capacity"), travel_times(minutes)
    one_each({"demand": people.size, "rows of minutes": times.shape[0]})
    if room.size != times.shape[1]:
        raise ValueError(
            f"There are {room.size} capacities but minutes to {times.shape[1]} sites; give both for every site."
        )
    near = times <= cut_off(most_minutes, "greatest travel time")
    flows = np.zeros(times.shape)
    if near.any():
        flows[near] = _sent(people, room, near, times[near])
    return _described(flows, people, np.where(near, times, 0.0), near)


def _sent(people: Floats, room: Floats, near: Bools, minutes: Floats) -> Floats:
    """Flows along the near pairs, in the order of `minutes`: the most people, then the least travel of so many."""
    areas, sites = np.nonzero(near)
    pairs, limits = np.arange(minutes.size), np.r_[people, room]
    rules = np.zeros((limits.size + 1, minutes.size))
    rules[areas, pairs] = rules[people.size + sites, pairs] = rules[-1] = 1
    whole = bool((limits == np.rint(limits)).all())
    most = _flows(-np.ones(minutes.size), rules, limits, 0.0, whole=whole).sum()
    return _flows(minutes, rules, limits, most * (1 - SLACK), whole=whole)


def _flows(cost: Floats, rules: Floats, limits: Floats, served: float, *, whole: bool) -> Floats:
    least, most = np.r_[np.full(limits.size, -np.inf), served], np.r_[limits, np.inf]
    found = Programme(cost, rules, least, most, int(whole)).solved()
    if found is None:
        raise ArithmeticError(f"The solver could not serve {served:g} a second time.")
    return rounded(found).astype(float) if whole else np.maximum(found, 0.0)


def _described(flows: Floats, people: Floats, minutes: Floats, near: Bools) -> Transport:
    served, without = float(flows.sum()), np.flatnonzero(~near.any(axis=1))
    unserved = f" No site is near enough to {len(without)} of the {len(people)} areas." if len(without) else ""
    note = f"{served:g} of {people.sum():g} can be served within the time.{unserved}"
    unmet = np.maximum(people - flows.sum(axis=1), 0.0)
    return Transport(flows, served, float((flows * minutes).sum()), unmet, without, note)
