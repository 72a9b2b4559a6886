"""Whole places shared out in proportion to need."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike

from analysis.statistics.intervals import Floats
from analysis.statistics.optimum import Ints, amounts, one_each, whole_numbers


@dataclass(frozen=True)
class Apportionment:
    """Whole places an area (`allocation`, which adds to the total), beside the exact share it stands for (`target`)."""

    allocation: Ints
    target: Floats
    note: str


def target_shares(population: ArrayLike, need: ArrayLike, weight_on_need: float) -> Floats:
    """The share of all places each area should have: part by population, part by need. Adds to 1.

    `weight_on_need` is 0 for a universal service (by population alone) and 1 for a targeted one (by need alone);
    both lists are counts of people, one an area, never scores or ranks. Raises ValueError when the weight is outside
    0 to 1, or a count is missing, negative, or nowhere above zero.
    Source: methods A5.1; "proportionate universalism", Marmot 2010.
    """
    if not 0 <= weight_on_need <= 1:
        raise ValueError(f"The weight on need must lie between 0 and 1, but is {weight_on_need:g}.")
    one_each({"population": np.size(population), "need": np.size(need)})
    by_population = proportional_target(population, 1, "population")
    return (1 - weight_on_need) * by_population + weight_on_need * proportional_target(need, 1)


def proportional_target(need: ArrayLike, total: float, what: str = "need") -> Floats:
    """`total` times each area's share of need, along the last axis; not rounded.

    Raises ValueError when a need is missing or negative, when there is none at all, or for a total below 0.
    """
    if not 0 <= total < np.inf:
        raise ValueError(f"A total of {total:g} cannot be shared out; give a number from 0 upwards.")
    known = amounts(need, what)
    everywhere = known.sum(axis=-1, keepdims=True)
    if not (everywhere > 0).all():
        raise ValueError(f"The {what} adds to 0, so there are no shares; it must be above zero in at least one area.")
    return total * (known / everywhere)


def apportion(need: ArrayLike, total: int, minimum: ArrayLike = 0) -> Apportionment:
    """`total` places in whole numbers: every area its minimum first, the places left over by need.

    The places left over go by largest remainder, in exact fractions; equal remainders go to the larger need, then to
    the area listed first. `minimum` is one number or one an area; decimals of need are taken as written. Raises
    ValueError when the minima add to more than the total, or a figure is missing, negative or, for places, not whole.
    Source: Hamilton's method; Balinski and Young 1982.
    """
    target = proportional_target(need, int(whole_numbers(total, "total")))
    one_each({"need": target.size, "minimum": target.size if np.ndim(minimum) == 0 else np.size(minimum)})
    first = np.broadcast_to(whole_numbers(minimum, "minimum"), target.shape)
    left = left_after(int(first.sum()), int(total))
    allocation = first + _by_largest_remainder(
        [Fraction(repr(value)) for value in np.asarray(need, float).tolist()], left
    )
    return Apportionment(allocation, target, _note(int(total), first))


def left_after(minima: int, total: int) -> int:
    """The places left over once every area has its minimum. Raises ValueError when there are too few for that."""
    if minima > total:
        raise ValueError(f"The minima add to {minima} but there are only {total} places; lower a minimum.")
    return total - minima


def _by_largest_remainder(need: list[Fraction], places: int) -> Ints:
    everywhere = sum(need)
    quotas = [places * each / everywhere for each in need]
    whole = [math.floor(quota) for quota in quotas]
    order = sorted(range(len(need)), key=lambda area: (whole[area] - quotas[area], -need[area], area))
    for area in order[: places - sum(whole)]:
        whole[area] += 1
    return np.array(whole, np.int64)


def _note(total: int, first: Ints) -> str:
    begun = "every area given its minimum first, the rest" if first.any() else "all of them"
    return f"{total} places: {begun} shared in proportion to need, the last few to the largest remainders."
