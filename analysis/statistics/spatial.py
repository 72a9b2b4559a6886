"""Whether like areas lie beside like, by Moran's and Geary's tests, and where they do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from analysis.statistics.intervals import Floats
from analysis.statistics.refusals import refuse_rows

if TYPE_CHECKING:
    from libpysal.graph import Graph

FEWEST_AREAS = 10
PERMUTATIONS = 9_999
SIGNIFICANT = 0.05
ROUNDING = 1e-12
NUMBERS_AT_ONCE = 4_000_000


@dataclass(frozen=True)
class Clustering:
    """Moran's I of one variable: above `expected`, like lies beside like; below, unlike beside unlike.

    `variance`, `z` and the two-sided `p` let the values change places (randomisation); those ending in _normal take
    them as draws from a normal distribution. `p_permuted` is two-sided and `p_permuted_greater` one-sided (like beside
    like), from `permutations` shuffles with `seed`. `geary` is Geary's C, below 1 where like lies beside like.
    """

    value: float
    expected: float
    variance: float
    z: float
    p: float
    variance_normal: float
    z_normal: float
    p_normal: float
    p_permuted: float
    p_permuted_greater: float
    geary: float
    areas: int
    permutations: int
    seed: int


def neighbours(areas: Sequence[str], borders: Iterable[tuple[str, str]], centroids: ArrayLike | None = None) -> Graph:
    """Row-standardised weights, in the order of `areas`, of a list of pairs that touch.

    A pair counts both ways and may be listed once or twice. An area that touches none is joined to the nearest by
    `centroids` (two columns, one row an area, metres). Raises ValueError for a pair with an unknown area or of one
    area with itself, for an area listed twice, and for an area that touches none when centroids are not known.
    """
    from libpysal.graph import Graph  # noqa: PLC0415

    pairs = _both_ways(pd.Index(areas), pd.DataFrame(list(borders), columns=["from", "to"]))
    islands = np.setdiff1d(np.arange(len(areas)), pairs[:, 0])
    if islands.size:
        nearest = np.array([_nearest(island, areas, centroids) for island in islands])
        bridges = np.column_stack([islands, nearest])
        pairs = np.unique(np.vstack([pairs, bridges, bridges[:, ::-1]]), axis=0)
    return Graph.from_arrays(pairs[:, 0], pairs[:, 1], np.ones(len(pairs))).transform("r")


def moran(values: ArrayLike, weights: Graph, seed: int, permutations: int = PERMUTATIONS) -> Clustering:
    """Global Moran's I, its tests and Geary's C, of one value an area in the order of `weights`.

    Raises ValueError for fewer than 10 areas, a missing value, values all alike, fewer than 9,999 permutations and
    weights under which every arrangement gives the same I. Source: Moran 1950; Cliff and Ord 1981; esda.
    """
    from esda.geary import Geary  # noqa: PLC0415
    from esda.moran import Moran  # noqa: PLC0415

    known = _checked(values, weights, permutations)
    with np.errstate(divide="ignore", invalid="ignore"):
        found, geary = Moran(known, weights, permutations=0), Geary(known, weights, permutations=0)
    if not found.VI_rand > ROUNDING:
        raise ValueError("Moran's I would be the same wherever the values lay; weights must tell some areas apart.")
    greater, lesser = _shuffled_tails(known - known.mean(), weights, seed, permutations)
    return Clustering(
        value=float(found.I),
        expected=float(found.EI),
        variance=float(found.VI_rand),
        z=float(found.z_rand),
        p=float(found.p_rand),
        variance_normal=float(found.VI_norm),
        z_normal=float(found.z_norm),
        p_normal=float(found.p_norm),
        p_permuted=min(1.0, 2 * min(greater, lesser)),
        p_permuted_greater=greater,
        geary=float(geary.C),
        areas=len(known),
        permutations=permutations,
        seed=seed,
    )


def moran_local(
    values: ArrayLike, weights: Graph, seed: int, permutations: int = PERMUTATIONS, repeats: bool = False
) -> pd.DataFrame:
    """Local Moran's I (LISA), one row an area in the order of `weights`; show it only where `clusters_shown`.

    Columns lag (mean of the neighbours), value (above 0: like its neighbours), expected, variance, z and two-sided p
    given the area's own value, p_permuted (two-sided, `permutations` shuffles of the others), p_adjusted and
    p_permuted_adjusted (Benjamini-Hochberg), and quadrant (own value, then lag, each against its mean). z and p are
    missing where no shuffle of the others would change I. `repeats` lets one shuffle pick an area twice, as R's spdep
    does: no true permutation, and its p values are larger. Raises ValueError as `moran` does.
    Source: Anselin 1995; Sokal, Oden and Thomson 1998 (moments given the own value).
    """
    known = _checked(values, weights, permutations)
    z, matrix = known - known.mean(), weights.sparse
    lag = matrix @ known
    value = z * (matrix @ z) * (len(z) - 1) / (z @ z)
    expected, variance = _moments_given_own(z, matrix.power(2).sum(axis=1))
    score = np.divide(value - expected, np.sqrt(variance), out=np.full(len(z), np.nan), where=variance > 0)
    p, p_permuted = 2 * ndtr(-np.abs(score)), _shuffled_others(z, weights, seed, permutations, repeats)
    return pd.DataFrame(
        {
            "lag": lag,
            "value": value,
            "expected": expected,
            "variance": variance,
            "z": score,
            "p": p,
            "p_adjusted": adjusted(p),
            "p_permuted": p_permuted,
            "p_permuted_adjusted": adjusted(p_permuted),
            "quadrant": [f"{own}-{around}" for own, around in zip(_side(known), _side(lag), strict=True)],
        }
    )


def clusters_shown(found: Clustering) -> bool:
    """Whether local clusters may be shown at all: only when the global test finds something (two-sided p < 0.05)."""
    return found.p < SIGNIFICANT


def adjusted(p: ArrayLike) -> Floats:
    """The p values with the share of false discoveries held down; missing stays missing and is not counted.

    Raises ValueError for one outside 0 to 1. Source: Benjamini and Hochberg 1995.
    """
    from scipy.stats import false_discovery_control  # noqa: PLC0415

    values = np.asarray(p, float)
    known = ~np.isnan(values)
    refuse_rows(known & ~((values >= 0) & (values <= 1)), values, "A p value must lie between 0 and 1")
    answer = np.full(values.shape, np.nan)
    answer[known] = false_discovery_control(values[known])
    return answer


def _moments_given_own(z: Floats, squared_weights: Floats) -> tuple[Floats, Floats]:
    n, total = len(z), z @ z
    choice, spread = squared_weights - 1 / (n - 1), 1 - z**2 / total * n / (n - 1)
    variance = z**2 * (n - 1) ** 2 / (n - 2) / total * choice * spread
    free = (z**2 > ROUNDING**2 * total) & (choice > ROUNDING) & (spread > ROUNDING)
    return -(z**2) / total, np.where(free, variance, 0.0)


def _shuffled_tails(z: Floats, weights: Graph, seed: int, permutations: int) -> tuple[float, float]:
    chance, matrix = np.random.default_rng(seed), weights.sparse
    observed, slack = z @ (matrix @ z), ROUNDING * (z @ z)
    greater, lesser = 1, 1
    for rows in _batches(permutations, len(z)):
        shuffled = chance.permuted(np.tile(z, (rows, 1)), axis=1)
        likeness = (shuffled * (shuffled @ matrix.T)).sum(axis=1)
        greater += int((likeness >= observed - slack).sum())
        lesser += int((likeness <= observed + slack).sum())
    return greater / (permutations + 1), lesser / (permutations + 1)


def _shuffled_others(z: Floats, weights: Graph, seed: int, permutations: int, repeats: bool) -> Floats:
    chance, matrix = np.random.default_rng(seed), weights.sparse.tocsr()
    observed, slack = z * (matrix @ z), ROUNDING * (z @ z)
    shares = np.split(matrix.data, matrix.indptr[1:-1])
    most = max(len(share) for share in shares)
    greater, lesser = np.ones(len(z)), np.ones(len(z))
    for rows in _batches(permutations, len(z)):
        picked = _picked(chance, (rows, most), len(z) - 1, repeats)
        for area, share in enumerate(shares):
            likeness = z[area] * (np.delete(z, area)[picked[:, : len(share)]] @ share)
            greater[area] += (likeness >= observed[area] - slack).sum()
            lesser[area] += (likeness <= observed[area] + slack).sum()
    return np.minimum(1.0, 2 * np.minimum(greater, lesser) / (permutations + 1))


def _picked(chance: np.random.Generator, shape: tuple[int, int], others: int, repeats: bool) -> NDArray[np.int64]:
    if repeats:
        return chance.integers(others, size=shape)
    return chance.permuted(np.tile(np.arange(others), (shape[0], 1)), axis=1)[:, : shape[1]]


def _batches(permutations: int, areas: int) -> Iterator[int]:
    most = max(1, NUMBERS_AT_ONCE // areas)
    yield from (min(most, permutations - done) for done in range(0, permutations, most))


def _side(values: Floats) -> NDArray[np.str_]:
    away = values - values.mean()
    return np.where(away > ROUNDING * np.abs(values).max(), "High", "Low")


def _checked(values: ArrayLike, weights: Graph, permutations: int) -> Floats:
    known = np.asarray(values, float)
    if known.shape != (weights.n,):
        raise ValueError(f"Values have the shape {known.shape} and the weights {weights.n} areas; give one an area.")
    if len(known) < FEWEST_AREAS:
        raise ValueError(f"There are {len(known)} areas; a test of clustering needs at least {FEWEST_AREAS}.")
    missing = np.flatnonzero(~np.isfinite(known))
    if missing.size:
        raise ValueError(f"The value in row {missing[0] + 1} is missing; leave the area out of values and weights.")
    if np.ptp(known) <= ROUNDING * np.abs(known).max():
        raise ValueError(f"Every value is {known[0]:g}; a test of clustering needs values that differ.")
    if permutations < PERMUTATIONS:
        raise ValueError(f"{permutations} permutations are too few for small p values; give {PERMUTATIONS:,} or more.")
    if not np.allclose(weights.sparse.sum(axis=1), 1):
        raise ValueError("The weights of some area do not sum to 1; make them with `neighbours`.")
    return known


def _both_ways(areas: pd.Index, borders: pd.DataFrame) -> NDArray[np.int64]:
    if areas.has_duplicates or len(areas) < 2:
        raise ValueError("Neighbours need at least 2 areas, each listed once.")
    pairs = np.column_stack([areas.get_indexer(pd.Index(borders[end])) for end in ("from", "to")])
    unknown = np.argwhere(pairs < 0)
    if unknown.size:
        raise ValueError(f"A border names {borders.iloc[tuple(unknown[0])]}, which is not among the areas.")
    alone = np.flatnonzero(pairs[:, 0] == pairs[:, 1])
    if alone.size:
        raise ValueError(f"A border joins {borders['from'].iloc[alone[0]]} to itself; leave such a pair out.")
    return np.unique(np.vstack([pairs, pairs[:, ::-1]]), axis=0)


def _nearest(island: int, areas: Sequence[str], centroids: ArrayLike | None) -> int:
    place = np.full((len(areas), 2), np.nan) if centroids is None else np.asarray(centroids, float)
    if place.shape != (len(areas), 2) or not np.isfinite(place).all():
        raise ValueError(
            f"{areas[island]} touches no other area; give every area's centroid to join it to the nearest."
        )
    away = np.hypot(*(place - place[island]).T)
    away[island] = np.inf
    return int(np.argmin(away))
