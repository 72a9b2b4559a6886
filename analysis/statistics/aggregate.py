"""Small areas summed to larger ones, and figures moved between areas that overlap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.statistics.refusals import refuse_rows

NEARLY = 1e-9


def weighted_mean(values: ArrayLike, weights: ArrayLike) -> float:
    """Mean of `values` weighted by `weights`; missing when any value with weight is missing."""
    v, w = np.asarray(values, float), np.asarray(weights, float)
    refuse_rows((w < 0) | np.isinf(w), w, "A weight may not be negative or endless")
    if w.sum() <= 0:
        raise ValueError("Weights must be above zero somewhere.")
    return float(np.sum(np.where(w > 0, v, 0.0) * w) / w.sum())


def share_matrix(links: pd.DataFrame, source: str, target: str, share: str) -> pd.DataFrame:
    """Links as a matrix of shares: rows are source areas summing to 1, columns are target areas.

    Raises ValueError naming a source with a negative share, or whose shares do not sum to 1, since counts would
    be lost or made.
    """
    negative = links[links[share] < 0]
    if len(negative):
        first = negative.iloc[0]
        raise ValueError(f"The share {first[share]:g} of {first[source]} is negative; shares lie between 0 and 1.")
    matrix = _matrix(links, source, target, share)
    off = matrix.index[~np.isclose(matrix.sum(axis=1), 1.0, atol=NEARLY)]
    if len(off):
        raise ValueError(f"The shares of {', '.join(map(str, off))} do not sum to 1.")
    return matrix


def rebase(counts: pd.Series, shares: pd.DataFrame) -> pd.Series:
    """Counts of source areas moved to target areas by `share_matrix`; the total is kept.

    A missing count makes missing only the areas it would have been moved to. Raises ValueError when a source
    area with a count has no shares.
    """
    return _spread(counts, shares).sum(skipna=False)


def population_weighted_rates(rates: pd.Series, people: pd.Series, shares: pd.DataFrame) -> pd.Series:
    """Rates of source areas as rates of target areas, weighted by the people that `shares` moves there.

    A missing rate or number of people makes missing only the areas those people would have been moved to; so
    does there being nobody to weight by. Raises ValueError for a negative number of people and for a source area
    without shares.
    """
    _refuse_negative(people, "number of people")
    living = _spread(people, shares)
    weighted = living.mul(rates, axis=0).where(living != 0, 0.0)
    return _ratio(weighted.sum(skipna=False), living.sum(skipna=False))


@dataclass(frozen=True)
class Interpolated:
    """Figures of source areas on target areas, and how much of each had a place there.

    `targets` has one row a target area: count, rate_by_area, rate_by_population and coverage, the share of the
    target that any source covers; below 1 the figures speak for that part only. `placed` is the share of each
    source area that lies in targets: below 1 the rest of its count is in no target, and above 1 the targets
    overlap each other and part of it is in several.
    """

    targets: pd.DataFrame
    placed: pd.Series


def interpolated(sources: pd.DataFrame, overlaps: pd.DataFrame) -> Interpolated:
    """Counts and rates of source areas moved to the target areas they overlap, by area.

    `sources` is indexed by source area, with columns count, rate and population. `overlaps` has one row a pair of
    areas: source, target, overlap, source_area and target_area, in one unit of area; a target that nothing covers
    stands in a row with an overlap of 0. A count is spread evenly over its source (the sum is kept where targets
    cover the sources); a rate is the mean over the shared area, and over the people of the shared area. Where
    nothing overlaps the count is 0 and the rates are missing. A missing figure makes missing what it would have
    gone into. Raises ValueError for a negative overlap or number of people, an area that is not above zero, an
    overlap larger than an area, sources that overlap each other, and a source without figures.
    Only for what is spread over land: for people, shares of population (`share_matrix`) come first.
    """
    _refuse_negative(overlaps["overlap"], "overlap")
    lost = pd.Index(overlaps["source"].unique()).difference(sources.index)
    if len(lost):
        raise ValueError(f"No figures are known for {', '.join(map(str, lost))}; give a row for every source area.")
    _refuse_impossible(overlaps)
    shared = _matrix(overlaps, "source", "target", "overlap")
    split = shared.div(overlaps.groupby("source")["source_area"].first(), axis=0)
    own = sources.loc[shared.index]
    figures = {
        "count": rebase(own["count"], split),
        "rate_by_area": _ratio(rebase(own["rate"], shared), shared.sum()),
        "rate_by_population": population_weighted_rates(own["rate"], own["population"], split),
        "coverage": _covered(overlaps, "target").clip(upper=1.0),
    }
    placed = _covered(overlaps, "source").reindex(sources.index, fill_value=0.0)
    return Interpolated(pd.DataFrame(figures), placed)


def _matrix(links: pd.DataFrame, source: str, target: str, held: str) -> pd.DataFrame:
    floats = links.astype({held: float})
    return floats.pivot_table(index=source, columns=target, values=held, aggfunc="sum", fill_value=0.0)


def _spread(counts: pd.Series, shares: pd.DataFrame) -> pd.DataFrame:
    lost = counts.index.difference(shares.index)
    if len(lost):
        raise ValueError(f"No shares are known for {', '.join(map(str, lost))}.")
    moving = shares.loc[counts.index]
    return moving.mul(counts, axis=0).where(moving > 0, 0.0)


def _covered(overlaps: pd.DataFrame, side: str) -> pd.Series:
    """The share of each source or target area that lies in the areas of the other side."""
    grouped = overlaps.groupby(side)
    return grouped["overlap"].sum() / grouped[f"{side}_area"].first()


def _refuse_impossible(overlaps: pd.DataFrame) -> None:
    for side in ("source", "target"):
        area = overlaps[f"{side}_area"]
        for _, wrong in overlaps[~(area > 0)].head(1).iterrows():
            raise ValueError(
                f"The {side} {wrong[side]} has an area of {wrong[f'{side}_area']:g}; it must be above zero."
            )
        for _, wrong in overlaps[overlaps["overlap"] > area * (1 + NEARLY)].head(1).iterrows():
            raise ValueError(f"An overlap of {wrong['overlap']:g} is larger than its {side} {wrong[side]}.")
    coverage = _covered(overlaps, "target")
    over = coverage[coverage > 1 + NEARLY]
    if len(over):
        raise ValueError(
            f"The target {over.index[0]} is covered {over.iloc[0]:g} times; source areas must not overlap each other."
        )


def _refuse_negative(values: pd.Series, what: str) -> None:
    wrong = values[values < 0]
    if len(wrong):
        raise ValueError(f"The {what} {wrong.iloc[0]:g} of {wrong.index[0]} is negative; it must be zero or more.")


def _ratio(above: pd.Series, below: pd.Series) -> pd.Series:
    return above.div(below.where(below > 0))
