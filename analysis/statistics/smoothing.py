"""Proportions of small areas drawn towards the average, by as much as chance alone would scatter them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.statistics.intervals import Floats


@dataclass(frozen=True)
class Smoothed:
    """Smoothed proportions, one an area, between its own and the `mean` of all.

    `between` is the variance between areas that chance does not explain; 0 means that every estimate is the mean.
    """

    estimate: Floats
    mean: float
    between: float


def empirical_bayes(numerator: ArrayLike, denominator: ArrayLike) -> Smoothed:
    """Global empirical Bayes proportions of `numerator / denominator`, as fractions.

    Only for maps of rare events with the raw values beside them: never before a significance test, a rank
    probability or an allocation. An area with a missing count stays missing and does not count. Raises ValueError
    when a denominator is not above 0, a numerator lies outside 0 to its denominator, or every area is missing.
    Source: Marshall 1991, its variance between areas held at 0 or more.
    """
    x, n = _counts(numerator, denominator)
    known = ~np.isnan(x)
    if not known.any():
        raise ValueError("Every area is missing; empirical Bayes needs at least one known count.")
    mean = x[known].sum() / n[known].sum()
    scatter = (n[known] * (x[known] / n[known] - mean) ** 2).sum() / n[known].sum()
    between = max(0.0, scatter - mean / n[known].mean())
    trust = between / (between + mean / n) if between > 0 else 0.0
    return Smoothed(np.where(known, mean + (x / n - mean) * trust, np.nan), float(mean), float(between))


def _counts(numerator: ArrayLike, denominator: ArrayLike) -> tuple[Floats, Floats]:
    x, n = np.broadcast_arrays(np.asarray(numerator, float), np.asarray(denominator, float))
    wrong = (n <= 0) | np.isinf(n)
    if wrong.any():
        raise ValueError(f"A denominator is {n[wrong][0]:g}; it must be a number above 0.")
    outside = (x < 0) | (x > n)
    if outside.any():
        raise ValueError(
            f"A numerator of {x[outside][0]:g} stands over a denominator of {n[outside][0]:g}; "
            "a proportion needs 0 <= x <= n."
        )
    missing = np.isnan(x) | np.isnan(n)
    return np.where(missing, np.nan, x), np.where(missing, np.nan, n)
