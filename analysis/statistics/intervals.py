"""Limits for proportions, counts, rates and means.

A missing figure (NaN) has missing limits and does not stop the rest; a figure that is impossible is refused.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaincinv, ndtri, stdtrit

from analysis.statistics.refusals import refuse

Floats = NDArray[np.float64]
Limits = tuple[Floats, Floats]

EXACT_BELOW = 10
BLOCK = 1 << 15


def wilson(numerator: ArrayLike, denominator: ArrayLike, confidence: float = 0.95) -> Limits:
    """Wilson score limits of `numerator / denominator`, as fractions between 0 and 1.

    Both arguments broadcast; counts may be modelled and so need not be whole. None gives a lower limit of exactly
    0 and all an upper limit of exactly 1; missing stays missing. Raises ValueError, naming the first one, when a
    denominator is not positive or a numerator lies outside 0 to its denominator.
    Source: Wilson 1927; the method of Fingertips and of the 2020 assessment's table.
    """
    x, n = proportion_counts(numerator, denominator)
    z2 = z_of(confidence) ** 2

    def limits(part: Floats, whole: Floats) -> Limits:
        spread = np.sqrt(z2 * (z2 + 4 * part * (1 - part / whole)))
        centre = 2 * part + z2
        upper = np.where(part == whole, 1.0, np.minimum((centre + spread) / (2 * (whole + z2)), 1.0))
        return 2 * part * part / (whole * (centre + spread)), upper

    return _in_blocks(limits, x, n)


def poisson_limits(count: ArrayLike, confidence: float = 0.95) -> Limits:
    """Limits of the expected value behind a count: exact below 10, Byar's approximation from 10.

    Returns arrays of the shape of `count`; missing stays missing. Raises ValueError for a negative count.
    Source: Breslow and Day 1987; the rule of Fingertips rates.
    """
    x = np.asarray(count, float)
    refuse(
        ~(np.isnan(x) | ((x >= 0) & (x < np.inf))),
        "A count of {} is not possible; it must be a number from 0 upwards.",
        x,
    )
    z, tail = z_of(confidence), tail_of(confidence)

    def limits(counts: Floats) -> Limits:
        lower, upper = _byar(np.maximum(counts, EXACT_BELOW), z)
        few = counts < EXACT_BELOW
        distinct, place = np.unique(counts[few], return_inverse=True)
        exact_lower, exact_upper = _exact(distinct, tail)
        lower[few], upper[few] = exact_lower[place], exact_upper[place]
        return lower, upper

    return _in_blocks(limits, x)


def rate(
    count: ArrayLike, population: ArrayLike, per: ArrayLike, confidence: float = 0.95
) -> tuple[Floats, Floats, Floats]:
    """`per` times count over population, with its limits: (value, lower, upper).

    Counts are events, so they may exceed the population. Missing stays missing. Raises ValueError when a count is
    negative, or a population or multiplier not positive.
    """
    n, multiplier = np.asarray(population, float), np.asarray(per, float)
    refuse(_not_positive(n), "A population of {} is not possible; it must be a number above 0.", n)
    refuse(_not_positive(multiplier), "A rate per {} is not possible; it must be per a number above 0.", multiplier)
    lower, upper = poisson_limits(count, confidence)
    return multiplier * np.asarray(count, float) / n, multiplier * lower / n, multiplier * upper / n


def mean_limits(values: pd.Series, groups: pd.Series, confidence: float = 0.95) -> pd.DataFrame:
    """Mean of each group with Student t limits: a row a group, in the order of their names.

    Columns total, count, sd (divisor count - 1), mean, lower, upper, confidence. A single value has no sd and no
    limits, and a group with a missing value has no mean: they are missing. Raises ValueError for an infinite value.
    Source: Student 1908; the method of Fingertips means.
    """
    found = np.asarray(values, float)
    refuse(np.isinf(found), "A value of {} has no mean; values must be finite.", found)
    grouped = pd.Series(found).groupby(np.asarray(groups), dropna=False)
    count, total = grouped.size(), grouped.sum(skipna=False)
    sd, mean = grouped.std(skipna=False), total / count
    reach = stdtrit(np.maximum(count - 1, 1), 1 - tail_of(confidence)) * sd / np.sqrt(count)
    columns = {"total": total, "count": count, "sd": sd, "mean": mean, "lower": mean - reach, "upper": mean + reach}
    return pd.DataFrame(columns).assign(confidence=confidence)


def proportion_counts(numerator: ArrayLike, denominator: ArrayLike) -> tuple[Floats, Floats]:
    """Both as floats that broadcast, refused unless 0 <= numerator <= denominator and denominator > 0."""
    x, n = np.broadcast_arrays(np.asarray(numerator, float), np.asarray(denominator, float))
    refuse(_not_positive(n), "A denominator of {} is not possible; it must be a number above 0.", n)
    refuse(x < 0, "A numerator of {} is below 0; a proportion needs 0 <= x <= n.", x)
    refuse(x > n, "A numerator of {} is larger than its denominator of {}; a proportion needs 0 <= x <= n.", x, n)
    return x, n


def z_of(confidence: float) -> float:
    """The normal quantile of two-sided limits: 1.959963984540054 at 0.95. Raises ValueError outside 0 to 1."""
    return -float(ndtri(tail_of(confidence)))


def tail_of(confidence: float) -> float:
    """The chance left on each side of two-sided limits: 0.025 at 0.95. Raises ValueError outside 0 to 1."""
    if not 0 < confidence < 1:
        raise ValueError(f"A confidence of {confidence:g} is not possible; it must lie between 0 and 1, such as 0.95.")
    return (1 - confidence) / 2


def _exact(x: Floats, tail: float) -> Limits:
    return np.where(x > 0, gammaincinv(np.where(x > 0, x, 1.0), tail), 0.0), gammaincinv(x + 1, 1 - tail)


def _byar(x: Floats, z: float) -> Limits:
    low = 1 - 1 / (9 * x) - z / (3 * np.sqrt(x))
    high = 1 - 1 / (9 * (x + 1)) + z / (3 * np.sqrt(x + 1))
    return x * low * low * low, (x + 1) * high * high * high


def _not_positive(values: Floats) -> NDArray[np.bool_]:
    return (values <= 0) | np.isinf(values)


def _in_blocks(limits: Callable[..., Limits], *counts: Floats) -> Limits:
    """`limits` of arrays of one shape, a block at a time, so that millions of rows need little more than themselves."""
    lower, upper = np.empty(counts[0].shape), np.empty(counts[0].shape)
    flat_lower, flat_upper, *flat = (values.reshape(-1) for values in (lower, upper, *counts))
    for start in range(0, flat_lower.size, BLOCK):
        block = slice(start, start + BLOCK)
        flat_lower[block], flat_upper[block] = limits(*(values[block] for values in flat))
    return lower, upper
