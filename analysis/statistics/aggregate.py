"""Small areas summed to larger ones."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike


def weighted_mean(values: ArrayLike, weights: ArrayLike) -> float:
    """Mean of `values` weighted by `weights`; missing when any value with weight is missing."""
    v, w = np.asarray(values, float), np.asarray(weights, float)
    if w.sum() <= 0:
        raise ValueError("Weights must be above zero somewhere.")
    return float(np.sum(np.where(w > 0, v, 0.0) * w) / w.sum())


def share_matrix(links: pd.DataFrame, source: str, target: str, share: str) -> pd.DataFrame:
    """Links as a matrix of shares: rows are source areas summing to 1, columns are target areas.

    Raises ValueError naming a source whose shares do not sum to 1, since counts would be lost or made.
    """
    matrix = links.pivot_table(index=source, columns=target, values=share, aggfunc="sum", fill_value=0.0)
    off = matrix.index[~np.isclose(matrix.sum(axis=1), 1.0, atol=1e-9)]
    if len(off):
        raise ValueError(f"The shares of {', '.join(map(str, off))} do not sum to 1.")
    return matrix


def rebase(counts: pd.Series, shares: pd.DataFrame) -> pd.Series:
    """Counts of source areas moved to target areas by `share_matrix`; the total is kept.

    A missing count makes missing only the areas it would have been moved to. Raises ValueError when a source
    area with a count has no shares.
    """
    lost = counts.index.difference(shares.index)
    if len(lost):
        raise ValueError(f"No shares are known for {', '.join(map(str, lost))}.")
    moving = shares.loc[counts.index]
    return moving.mul(counts, axis=0).where(moving > 0, 0.0).sum(skipna=False)
