"""Several indicators made one index of need: direction, common scale, weights, sum."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analysis.statistics.deprivation_measures import iod_exponential
from analysis.statistics.intervals import Floats
from analysis.statistics.refusals import refuse

DOUBLE_COUNTING = 0.9
LEAST_AREAS = 2
LEAST_PAIRS = 3
SAME = 1e-12
DEFAULT_METHOD = "z_arith"


def standardised(values: ArrayLike) -> Floats:
    """How many standard deviations above the mean, along the last axis; the deviation divides by n.

    Raises ValueError for an infinite value and for values that do not vary.
    """
    v = np.asarray(values, float)
    _refuse_fewer_areas(v)
    mean = v.mean(axis=-1, keepdims=True)
    centred = v - mean
    spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True))
    _refuse_unscaled(mean, spread)
    return centred / spread


def min_max(values: ArrayLike) -> Floats:
    """From 0 for the lowest to 100 for the highest, along the last axis. Raises ValueError as `standardised` does."""
    v = np.asarray(values, float)
    _refuse_fewer_areas(v)
    lowest, highest = v.min(axis=-1, keepdims=True), v.max(axis=-1, keepdims=True)
    _refuse_unscaled(np.where(np.isinf(lowest), lowest, highest), highest - lowest)
    return 100 * (v - lowest) / (highest - lowest)


def need_ranks(values: ArrayLike) -> Floats:
    """Ranks along the last axis, 1 the highest value; equal values share the mean of their ranks."""
    v = np.atleast_1d(np.asarray(values, float))
    _refuse_fewer_areas(v)
    rows = pd.DataFrame(-v.reshape(-1, v.shape[-1]))
    return rows.rank(axis=1, method="average").to_numpy().reshape(v.shape)


def exponential(values: ArrayLike) -> Floats:
    """The exponential scores of the Indices of Deprivation among these areas, along the last axis."""
    ranks = need_ranks(values)
    return iod_exponential(ranks, ranks.shape[-1])


def _refuse_unscaled(level: Floats, spread: Floats) -> None:
    refuse(np.isinf(level), "A value of {} has no place on a scale; values must be finite.", level)
    flat = spread <= SAME * np.abs(level)
    refuse(flat, "An indicator that is {} in every area cannot rank them; leave it out.", level)


def _refuse_fewer_areas(values: Floats) -> None:
    if values.shape[-1] < LEAST_AREAS:
        raise ValueError(f"Only {values.shape[-1]} area(s) were given; a scale needs at least {LEAST_AREAS}.")


def _above_nought(values: ArrayLike) -> Floats:
    return 1 + 0.99 * min_max(values)


@dataclass(frozen=True)
class Method:
    """A way to make an index: the common scale, whether the mean is geometric, and which end has most need."""

    scale: Callable[[ArrayLike], Floats]
    geometric: bool = False
    most_need_is_high: bool = True

    def parts(self, values: ArrayLike) -> Floats:
        """What is multiplied by the weights and added up, areas along the last axis."""
        scaled = self.scale(values)
        return np.log(scaled) if self.geometric else scaled

    def finished(self, total: pd.Series) -> pd.Series:
        """The index from the weighted sum of `parts`."""
        return np.exp(total) if self.geometric else total

    @property
    def sign(self) -> int:
        """1 where the highest index is most need, -1 where the lowest is."""
        return 1 if self.most_need_is_high else -1

    def need_parts(self, values: ArrayLike) -> Floats:
        """The `parts` turned so that a larger sum is more need."""
        return self.parts(values) if self.most_need_is_high else -self.parts(values)


METHODS: Mapping[str, Method] = {
    "z_arith": Method(standardised),
    "minmax_arith": Method(min_max),
    "minmax_geom": Method(_above_nought, geometric=True),
    "rank_mean": Method(need_ranks, most_need_is_high=False),
    "iod_exp": Method(exponential),
}


def need_index(
    values: pd.DataFrame,
    polarity: Mapping[str, int],
    weights: Mapping[str, float] | None = None,
    method: str = DEFAULT_METHOD,
) -> pd.DataFrame:
    """One index of need from the columns of `values`, one row an area: score, order and method.

    `polarity` is 1 for an indicator where more is more need and -1 where more is less; `weights` are made to sum
    to 1 and are equal when not given. Methods: z_arith (weighted mean of z-scores), minmax_arith (of 0 to 100),
    minmax_geom (geometric, of 1 to 100), rank_mean (of ranks, the only one where a lower score is more need) and
    iod_exp (of exponential scores). Order 1 is the most need; equal scores share the lower place. An area with a
    missing indicator has neither score nor order and plays no part in the scales of the others. Raises ValueError
    for an indicator that is the same everywhere, fewer than 2 complete areas, an unknown method, and a polarity
    or weights that cannot be used. Source: OECD and JRC, Handbook on Constructing Composite Indicators, 2008.
    """
    way, shares = named(method), weight_shares(weights, values.columns.tolist())
    scaled = normalised(values, polarity, method)
    parts = scaled.apply(np.log) if way.geometric else scaled
    score = way.finished(parts.mul(shares).sum(axis=1, skipna=False))
    order = competition_order(way.sign * score)
    return pd.DataFrame({"score": score, "order": order, "method": method}, index=values.index)


def normalised(values: pd.DataFrame, polarity: Mapping[str, int], method: str = DEFAULT_METHOD) -> pd.DataFrame:
    """The indicators on the common scale of a method, turned so that all point the same way.

    The parts an index is made of, before weights; areas with a missing indicator are missing throughout. Raises
    ValueError as `need_index`.
    """
    turned = oriented(values, polarity)
    complete = turned[turned.notna().all(axis=1)]
    refuse_flat(complete)
    scaled = named(method).scale(complete.T.to_numpy(float))
    return pd.DataFrame(scaled.T, complete.index, complete.columns).reindex(values.index)


def oriented(values: pd.DataFrame, polarity: Mapping[str, int]) -> pd.DataFrame:
    """The indicators turned so that higher is more need. Raises ValueError for a polarity other than 1 and -1."""
    names = values.columns.tolist()
    refuse_polarity(polarity, names)
    return values.astype(float) * [polarity[name] for name in names]


def weight_shares(weights: Mapping[str, float] | None, names: list[str]) -> pd.Series:
    """Weights made to sum to 1, in the order of `names`; equal when none are given.

    Raises ValueError for a weight that is missing or negative, and when all are zero.
    """
    given = pd.Series({name: 1.0 if weights is None else float(weights.get(name, np.nan)) for name in names})
    wrong = given[~(given >= 0) | np.isinf(given)]
    if len(wrong):
        raise ValueError(f"The weight of {wrong.index[0]} is {wrong.iloc[0]:g}; a weight must be zero or more.")
    if given.sum() <= 0:
        raise ValueError("All weights are 0; at least one indicator must have a weight above zero.")
    return given / given.sum()


def competition_order(scores: pd.Series) -> pd.Series:
    """Places of the scores, 1 the highest; equal scores share the lower place, and a missing score has none.

    Scores that differ by less than a million-millionth of the largest are equal, so that the order of adding up
    breaks no tie.
    """
    known = scores.dropna()
    places = competition_ranks(known.to_numpy(float)[None, :], SAME)[0] if len(known) else []
    return pd.Series(places, known.index, dtype=float).reindex(scores.index)


def competition_ranks(scores: Floats, nearly: float = 0.0) -> NDArray[np.uint32]:
    """Places along each row of `scores`, 1 the highest; equal scores share the lower place.

    Scores within `nearly` times the largest of the row count as equal.
    """
    order = np.argsort(-scores, axis=1)
    fallen = -np.diff(np.take_along_axis(scores, order, axis=1), axis=1)
    places = np.broadcast_to(np.arange(1, scores.shape[1] + 1, dtype=np.uint32), scores.shape)
    tied = fallen <= (nearly * np.abs(scores).max(axis=1, keepdims=True) if nearly else 0.0)
    if tied.any():
        places = places.copy()
        places[:, 1:][tied] = 0
        places = np.maximum.accumulate(places, axis=1)
    ranks = np.empty(scores.shape, np.uint32)
    np.put_along_axis(ranks, order, places, axis=1)
    return ranks


def correlated_pairs(values: pd.DataFrame, above: float = DOUBLE_COUNTING) -> pd.DataFrame:
    """Pairs of indicators so alike that they count the same thing twice: first, second and correlation r.

    Pairs whose |r| is greater than `above`, the strongest first; r is Pearson's over the areas that have both,
    three at least.
    """
    r = values.astype(float).corr(min_periods=LEAST_PAIRS).to_numpy()
    names = list(values)
    pairs = [(names[one], names[other], r[one, other]) for one, other in combinations(range(len(names)), 2)]
    found = pd.DataFrame([pair for pair in pairs if abs(pair[2]) > above], columns=["first", "second", "r"])
    return found.sort_values("r", key=np.abs, ascending=False, kind="stable", ignore_index=True)


def named(method: str) -> Method:
    """A method by its name. Raises ValueError for a name there is none of."""
    if method not in METHODS:
        raise ValueError(f"There is no method {method}; choose one of {', '.join(METHODS)}.")
    return METHODS[method]


def refuse_polarity(polarity: Mapping[str, int], names: list[str]) -> None:
    """Raise ValueError naming an indicator whose polarity is neither 1 nor -1."""
    for name in names:
        if polarity.get(name) not in {1, -1}:
            raise ValueError(f"The polarity of {name} is {polarity.get(name)}; it must be 1 (more is more need) or -1.")


def refuse_flat(values: pd.DataFrame) -> None:
    """Raise ValueError naming an indicator that does not vary, or when fewer than 2 areas have every indicator."""
    if len(values) < LEAST_AREAS:
        raise ValueError(f"Only {len(values)} area(s) have every indicator; an index compares at least {LEAST_AREAS}.")
    spread, size = values.max() - values.min(), values.abs().max()
    flat = values.columns[spread <= SAME * size]
    if len(flat):
        raise ValueError(
            f"The indicator {flat[0]} is {values[flat[0]].iloc[0]:g} in every area; one that does not vary cannot "
            "rank areas, so leave it out."
        )
