"""Who gets the provision: along deprivation, against need, and how sure that is."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.statistics.intervals import Floats
from analysis.statistics.refusals import known_amounts, refuse_rows

FEWEST_AREAS = 3
LEAST_VARIANCE = 1e-12
METHOD = "parametric bootstrap, percentile limits"


def concentration_index(amount: ArrayLike, population: ArrayLike, deprivation: ArrayLike) -> float:
    """How `amount` leans along deprivation: from -1, all with the most deprived, through 0 to 1, all with the least.

    One value an area; higher deprivation is more deprived, and areas equally deprived count as one group. With need
    in place of population it is the concentration of provision per unit of need. Raises ValueError for fewer than 3
    areas, a missing or negative amount, or nothing at all to share.
    Source: Kakwani, Wagstaff and van Doorslaer 1997; O'Donnell et al. 2008.
    """
    amounts, people, order = _areas(deprivation, amount=amount, population=population)
    return float(_concentration(amounts, _midpoints(people, order)))


def horizontal_inequity(provision: ArrayLike, need: ArrayLike, population: ArrayLike, deprivation: ArrayLike) -> float:
    """Concentration of provision less that of need; above 0 the deprived get less than their need (inverse care).

    Raises ValueError as `concentration_index` does. Source: Wagstaff and van Doorslaer 2000.
    """
    given, needed, people, order = _areas(deprivation, provision=provision, need=need, population=population)
    middle = _midpoints(people, order)
    return float(_concentration(given, middle) - _concentration(needed, middle))


def gini(amount: ArrayLike, population: ArrayLike) -> float:
    """How unequal the amount a head is, whoever gets it: 0 equal, towards 1 unequal. Ignores deprivation.

    Raises ValueError as `concentration_index` does.
    """
    amounts, people = _areas(None, amount=amount, population=population)
    return float(_gini(amounts, people))


def hoover(provision: ArrayLike, need: ArrayLike) -> float:
    """Share of provision, 0 to 1, that would have to move for every area to have its share of need.

    Raises ValueError as `concentration_index` does. Also called the Robin Hood index.
    """
    given, needed = _areas(None, provision=provision, need=need)
    return float(_hoover(given, needed))


def places_to_move(provision: ArrayLike, need: ArrayLike) -> float:
    """The places that would have to move for every area to have its share of need; refuses as `hoover` does."""
    return hoover(provision, need) * float(np.sum(np.asarray(provision, float)))


def concentration_error(amount: ArrayLike, population: ArrayLike, deprivation: ArrayLike) -> float:
    """Standard error of `concentration_index` from areas alone, with no variance inside them.

    Missing where the formula does not hold: equally deprived areas, an area with nobody, or amounts a head so nearly
    equal that the variance is not above zero. Prefer `equity_limits`. Raises ValueError as `concentration_index`.
    Source: Kakwani, Wagstaff and van Doorslaer 1997, grouped form in O'Donnell et al. 2008, chapter 8.
    """
    amounts, people, order = _areas(deprivation, amount=amount, population=population)
    if np.unique(order).size < order.size or (people == 0).any():
        return float("nan")
    ranked = np.argsort(-order)
    share, got = people[ranked] / people.sum(), amounts[ranked] / amounts.sum()
    middle, reached = _running_middle(share), np.cumsum(got)
    index = 2 * float(got @ middle) - 1
    spread = got / share * (2 * middle - 1 - index) + 2 - reached - (reached - got)
    variance = float(share @ spread**2 - (1 + index) ** 2) / share.size
    return variance**0.5 if variance > LEAST_VARIANCE else float("nan")


def equity_limits(
    provision: ArrayLike,
    need: ArrayLike,
    population: ArrayLike,
    deprivation: ArrayLike,
    need_draws: ArrayLike | None = None,
    draws: int = 2_000,
    seed: int = 0,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Every measure of this module with its limits: index measure, columns value, lower, upper, confidence, method.

    Measures: concentration_of_provision, concentration_of_need, horizontal_inequity, gini (of provision a head),
    hoover, places_to_move. Provision is redrawn as Poisson with its own mean, or 1/2 where there was none; need is
    the row of `need_draws`, shaped (draws, areas), if given, else fixed. Chance alone moves hoover and gini up, so
    near parity their limits lie above the value. A draw with no provision at all has no measure and is left out.
    Raises ValueError as `concentration_index` does, and when the need draws have another shape.
    """
    given, needed, people, order = _areas(deprivation, provision=provision, need=need, population=population)
    if draws < 1:
        raise ValueError(f"Limits cannot be had from {draws} draws; give 1 or more, such as 2000.")
    drawn = np.random.default_rng(seed).poisson(np.where(given > 0, given, 0.5), (draws, given.size))
    some = drawn.sum(axis=1) > 0
    needs = needed if need_draws is None else _need_draws(need_draws, drawn.shape)[some]
    values = _measures(given, needed, people, order)
    redrawn = _measures(drawn[some].astype(float), needs, people, order)
    tails = 50 * (1 - confidence), 50 * (1 + confidence)
    rows = {name: (float(values[name]), *np.percentile(redrawn[name], tails)) for name in values}
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=["value", "lower", "upper"])
    return frame.rename_axis("measure").assign(confidence=confidence, method=METHOD)


def _measures(given: Floats, needed: Floats, people: Floats, order: Floats) -> dict[str, Floats]:
    middle = _midpoints(people, order)
    of_provision, of_need, moved = _concentration(given, middle), _concentration(needed, middle), _hoover(given, needed)
    return {
        "concentration_of_provision": of_provision,
        "concentration_of_need": of_need,
        "horizontal_inequity": of_provision - of_need,
        "gini": _gini(given, people),
        "hoover": moved,
        "places_to_move": moved * given.sum(axis=-1),
    }


def _areas(deprivation: ArrayLike | None, **amounts: ArrayLike) -> list[Floats]:
    columns = [known_amounts(values, f"A {name}") for name, values in amounts.items()]
    if deprivation is not None:
        columns.append(np.asarray(deprivation, float))
        refuse_rows(~np.isfinite(columns[-1]), columns[-1], "A deprivation must be known")
    sizes = [column.size for column in columns]
    if min(sizes) < FEWEST_AREAS or max(sizes) > min(sizes):
        lengths = ", ".join(map(str, sizes))
        raise ValueError(f"Inequality needs at least {FEWEST_AREAS} areas, each with every figure; given {lengths}.")
    for name, column in zip(amounts, columns, strict=False):
        if column.sum() == 0:
            raise ValueError(f"The {name} of all {column.size} areas is 0; there must be some to be shared.")
    return columns


def _need_draws(need_draws: ArrayLike, shape: tuple[int, ...]) -> Floats:
    needs = np.asarray(need_draws, float)
    if needs.shape != shape:
        raise ValueError(f"The need draws are shaped {needs.shape}; one row a draw and one column an area is {shape}.")
    totals = np.where((needs >= 0).all(axis=1), needs.sum(axis=1), np.nan)
    refuse_rows(~(totals > 0), totals, "A draw of need must be known, not negative, and above zero somewhere")
    return needs


def _running_middle(shares: Floats) -> Floats:
    return np.cumsum(shares, axis=-1) - shares / 2


def _midpoints(people: Floats, deprivation: Floats) -> Floats:
    _, group = np.unique(-deprivation, return_inverse=True)
    return _running_middle(np.bincount(group, people) / people.sum())[group]


def _concentration(amount: Floats, middle: Floats) -> Floats:
    return 2 * (amount @ middle) / amount.sum(axis=-1) - 1


def _gini(amount: Floats, people: Floats) -> Floats:
    a_head = np.divide(amount, people, out=np.full(amount.shape, np.inf), where=people > 0)
    ranked = np.argsort(a_head, axis=-1)
    middle = _running_middle(people[ranked] / people.sum())
    return 2 * (np.take_along_axis(amount, ranked, -1) * middle).sum(axis=-1) / amount.sum(axis=-1) - 1


def _hoover(given: Floats, needed: Floats) -> Floats:
    shares = given / given.sum(axis=-1, keepdims=True), needed / needed.sum(axis=-1, keepdims=True)
    return np.abs(shares[0] - shares[1]).sum(axis=-1) / 2
