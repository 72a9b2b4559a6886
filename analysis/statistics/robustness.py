"""How far the order of areas stands when figures and weights are redrawn."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.random import SFC64, Generator, SeedSequence
from numpy.typing import ArrayLike, NDArray

from analysis.statistics.composite import (
    DEFAULT_METHOD,
    Method,
    competition_order,
    competition_ranks,
    named,
    refuse_flat,
    refuse_polarity,
    weight_shares,
)
from analysis.statistics.intervals import Floats
from analysis.statistics.redraws import Indicator

DRAWS, SPREAD, CONFIDENCE = 10_000, 0.25, 0.95
WORST = (1, 5, 10)
CELLS_AT_ONCE = 2**17
SURE, EVEN, SLIGHT = 0.95, 0.5, 0.05
NEARLY = 1e-9
Ranks = NDArray[np.unsignedinteger]


class Membership(StrEnum):
    """How surely an area is among the worst."""

    CLEARLY = "clearly in"
    PROBABLY = "probably"
    POSSIBLY = "possibly"
    NO = "no"


def membership(probability: float) -> Membership | None:
    """The words for a probability of being among the worst: from 0.95, from 0.5, from 0.05, and below.

    Missing has none. Raises ValueError for a probability outside 0 to 1.
    """
    if np.isnan(probability):
        return None
    if not 0 <= probability <= 1:
        raise ValueError(f"A probability of {probability:g} lies outside 0 to 1.")
    floors = {Membership.CLEARLY: SURE, Membership.PROBABLY: EVEN, Membership.POSSIBLY: SLIGHT, Membership.NO: 0.0}
    return next(word for word, floor in floors.items() if probability >= floor)


def rank_probabilities(
    scores: ArrayLike, point: ArrayLike | None = None, areas: pd.Index | None = None, confidence: float = CONFIDENCE
) -> pd.DataFrame:
    """What simulated scores, shaped (draws, areas) and larger for worse, say of each area's rank; 1 is the worst.

    Columns: rank_point (of the scores `point`, where given); rank_median, rank_lower and rank_upper (the smallest
    ranks whose cumulative probability reaches 0.5 and the two ends of `confidence`); rank_mean; p_worst1, p_worst5
    and p_worst10 (probabilities of being among that many worst), each with its simulation error as p_worst1_error
    and so on; draws and confidence. Equal scores share the lower rank. An area missing in every draw is missing
    and takes no rank. Raises ValueError for an area missing in some draws only, an infinite score and no draws.
    """
    drawn = np.asarray(scores, float)
    kept = _complete(drawn)
    size = int(kept.sum())
    parts = [competition_ranks(drawn[first:last, kept]) for first, last in _chunks(len(drawn), size)]
    given = None if point is None else np.asarray(point, float)[kept]
    ranks = np.concatenate(parts, dtype=_smallest(size), casting="unsafe")
    return _labelled(_rank_frame(ranks, given, confidence), kept, areas)


@dataclass(frozen=True)
class Robustness:
    """What redrawing did to the order of areas.

    `areas` has one row an area: the columns of `rank_probabilities`, then the variance of its rank when only the
    weights are redrawn (variance_weights), only the figures (variance_sampling) and everything (variance_total),
    and share_weights and share_sampling, the first two as shares of their sum (missing where neither moves it).
    The two shares here are of all areas together. `standard_error` is the greatest simulation error that a
    probability among these can have.
    """

    areas: pd.DataFrame
    share_weights: float
    share_sampling: float
    draws: int
    seed: int
    standard_error: float


def robustness(
    indicators: Mapping[str, Indicator],
    polarity: Mapping[str, int],
    weights: Mapping[str, float] | None = None,
    *,
    seed: int,
    draws: int = DRAWS,
    spread: float = SPREAD,
    methods: Sequence[str] = (DEFAULT_METHOD,),
    areas: pd.Index | None = None,
    threads: int | None = None,
) -> Robustness:
    """The order of areas on an index of need, over and over with figures and weights redrawn.

    Every draw redraws each indicator by its kind, multiplies each weight by a number between 1 - `spread` and
    1 + `spread` and makes them sum to 1 again, picks one of `methods` (as in `need_index`), and ranks; 1 is most
    need. The point rank and the two parts of the variance use the first method. An area with a missing indicator
    is missing. The same seed gives the same answer whatever the number of `threads`. Raises ValueError as
    `need_index`, and for indicators of unlike length, a spread outside 0 to below 1, no draws and no method.
    Source: OECD and JRC 2008, uncertainty analysis; 10,000 draws hold the error of a probability within 0.005.
    """
    _refuse_no_draws(draws)
    kept = _known_everywhere(indicators)
    among = {name: indicator.among(kept) for name, indicator in indicators.items()}
    plan = _plan(among, polarity, weights, spread, methods)
    ranks, variances = _simulated(plan, draws, seed, threads)
    split, overall = _split(variances)
    found = pd.concat([_rank_frame(ranks, plan.point, CONFIDENCE), split], axis=1)
    return Robustness(_labelled(found, kept, areas), overall[0], overall[1], draws, seed, 0.5 / draws**0.5)


@dataclass(frozen=True)
class _Plan:
    """Indicators turned towards need with no area missing, their weights, and the ways to make the index."""

    indicators: list[tuple[int, Indicator]]
    weights: Floats
    spread: float
    methods: list[Method]
    parts: list[Floats]

    @property
    def point(self) -> Floats:
        """The scores as published, larger for more need."""
        total = np.zeros(self.parts[0].shape)
        for weight, part in zip(self.weights, self.parts, strict=True):
            total += weight * part
        return total


def _plan(
    indicators: Mapping[str, Indicator],
    polarity: Mapping[str, int],
    weights: Mapping[str, float] | None,
    spread: float,
    methods: Sequence[str],
) -> _Plan:
    if not methods:
        raise ValueError("No method is chosen; name one at least.")
    if not 0 <= spread < 1:
        raise ValueError(f"A spread of {spread:g} lies outside 0 to below 1; weights may not turn negative.")
    refuse_polarity(polarity, list(indicators))
    refuse_flat(pd.DataFrame({name: indicator.points for name, indicator in indicators.items()}))
    turned = [(polarity[name], indicator) for name, indicator in indicators.items()]
    ways = [named(method) for method in methods]
    parts = [ways[0].need_parts(sign * indicator.points) for sign, indicator in turned]
    return _Plan(turned, weight_shares(weights, list(indicators)).to_numpy(), spread, ways, parts)


def _simulated(plan: _Plan, draws: int, seed: int, threads: int | None) -> tuple[Ranks, Floats]:
    """The ranks of all draws, and the variance of each area's rank from weights, from sampling and in all."""
    areas = plan.point.size
    chunks = list(_chunks(draws, areas))
    sizes = [last - first for first, last in chunks]
    seeds = SeedSequence(seed).spawn(len(chunks))
    ranks = np.empty((draws, areas), _smallest(areas))
    sums, squares = np.zeros((3, areas)), np.zeros((3, areas))
    with ThreadPoolExecutor(threads or os.cpu_count()) as pool:
        found = pool.map(lambda size, own: _ranked(plan, size, own), sizes, seeds)
        for (first, last), (chunk, its_sums, its_squares) in zip(chunks, found, strict=True):
            ranks[first:last] = chunk
            sums += its_sums
            squares += its_squares
    return ranks, np.maximum(squares / draws - (sums / draws) ** 2, 0.0)


def _ranked(plan: _Plan, size: int, seed: SeedSequence) -> tuple[Ranks, Floats, Floats]:
    """The ranks of some draws, with the sums and squares of ranks when weights, figures and both are redrawn."""
    every = [competition_ranks(scores) for scores in _scores(plan, size, Generator(SFC64(seed)))]
    whole = [ranks.astype(float) for ranks in every]
    return every[-1], np.array([w.sum(axis=0) for w in whole]), np.array([(w**2).sum(axis=0) for w in whole])


def _scores(plan: _Plan, size: int, generator: Generator) -> tuple[Floats, Floats, Floats]:
    """Scores, larger for more need, when weights, figures and both are redrawn; each shaped (size, areas)."""
    weights = plan.weights * generator.uniform(1 - plan.spread, 1 + plan.spread, (size, plan.weights.size))
    weights /= weights.sum(axis=1, keepdims=True)
    rows = _rows_of_methods(len(plan.methods), size, generator)
    by_weights, by_sampling, by_both = np.zeros((3, size, plan.point.size))
    for k, (sign, indicator) in enumerate(plan.indicators):
        drawn = sign * indicator.redrawn(generator, size)
        parts, share = plan.methods[0].need_parts(drawn), weights[:, k, None]
        by_weights += share * plan.parts[k]
        by_sampling += plan.weights[k] * parts
        for turn, (method, own) in enumerate(zip(plan.methods, rows, strict=True)):
            by_both[own] += share[own] * (parts[own] if turn == 0 else method.need_parts(drawn[own]))
    return by_weights, by_sampling, by_both


def _rows_of_methods(methods: int, size: int, generator: Generator) -> list[slice]:
    """Which draws use each method, every draw as likely to use any; draws come in no order, so each has a run."""
    ends = np.cumsum(generator.multinomial(size, np.full(methods, 1 / methods))).tolist()
    return [slice(first, last) for first, last in pairwise([0, *ends])]


def _rank_frame(ranks: Ranks, point: Floats | None, confidence: float) -> pd.DataFrame:
    ordered = np.sort(np.ascontiguousarray(ranks.T), axis=1)
    draws = ordered.shape[1]
    frame = pd.DataFrame(
        {
            "rank_point": np.nan if point is None else competition_order(pd.Series(point)),
            "rank_median": _reached(ordered, 0.5),
            "rank_lower": _reached(ordered, (1 - confidence) / 2),
            "rank_upper": _reached(ordered, (1 + confidence) / 2),
            "rank_mean": ordered.mean(axis=1),
        }
    )
    chances = pd.DataFrame({f"p_worst{worst}": (ordered <= worst).mean(axis=1) for worst in WORST})
    errors = (chances * (1 - chances) / draws).pow(0.5).add_suffix("_error")
    return pd.concat([frame, chances, errors], axis=1).assign(draws=draws, confidence=confidence)


def _reached(ordered: Ranks, probability: float) -> Floats:
    """The smallest rank whose cumulative probability reaches this, from the sorted ranks of each area."""
    place = math.ceil(probability * ordered.shape[1] - NEARLY)
    return ordered[:, max(place, 1) - 1].astype(float)


def _split(variances: Floats) -> tuple[pd.DataFrame, Floats]:
    """The variances with the shares of the first two in their sum, by area and over all areas."""
    names = ("weights", "sampling", "total")
    frame = pd.DataFrame(variances.T, columns=[f"variance_{name}" for name in names])
    shares = _shares(variances[:2])
    return frame.assign(share_weights=shares[0], share_sampling=shares[1]), _shares(variances[:2].sum(axis=1))


def _shares(parts: Floats) -> Floats:
    total = parts.sum(axis=0)
    return np.divide(parts, total, out=np.full(parts.shape, np.nan), where=total > 0)


def _labelled(found: pd.DataFrame, kept: NDArray[np.bool_], areas: pd.Index | None) -> pd.DataFrame:
    """The rows of the areas that were ranked, and missing rows for the rest."""
    placed = found.set_axis(np.flatnonzero(kept), axis=0).reindex(np.arange(kept.size))
    return placed if areas is None else placed.set_axis(areas, axis=0)


def _complete(drawn: Floats) -> NDArray[np.bool_]:
    _refuse_no_draws(len(drawn))
    missing = np.isnan(drawn)
    kept = np.asarray(~missing.all(axis=0))
    some = np.flatnonzero(missing.any(axis=0) & kept)
    if some.size:
        raise ValueError(f"Area {some[0] + 1} is missing in some draws; it must be known in every draw or in none.")
    if np.isinf(drawn).any():
        raise ValueError("A simulated score is infinite; leave an area without a score missing in every draw.")
    return kept


def _known_everywhere(indicators: Mapping[str, Indicator]) -> NDArray[np.bool_]:
    sizes = {name: indicator.points.size for name, indicator in indicators.items()}
    if len(set(sizes.values())) != 1:
        raise ValueError(f"The indicators have {sizes} areas; there must be one at least, and all of the same areas.")
    return np.asarray(np.all([indicator.known for indicator in indicators.values()], axis=0))


def _refuse_no_draws(draws: int) -> None:
    if draws < 1:
        raise ValueError(f"{draws} draws cannot be ranked; make at least 1, and 10,000 to publish.")


def _chunks(draws: int, areas: int) -> Iterator[tuple[int, int]]:
    """Runs of draws small enough to stay in fast memory: the first of each and the one after its last."""
    at_once = max(1, CELLS_AT_ONCE // max(areas, 1))
    return pairwise([*range(0, draws, at_once), draws])


def _smallest(areas: int) -> type[np.unsignedinteger]:
    return np.uint16 if areas <= np.iinfo(np.uint16).max else np.uint32
