"""Limits for proportions and counts."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaincinv, ndtri

Floats = NDArray[np.float64]

EXACT_BELOW = 10


def wilson(numerator: ArrayLike, denominator: ArrayLike, confidence: float = 0.95) -> tuple[Floats, Floats]:
    """Wilson score limits of `numerator / denominator`, as fractions between 0 and 1.

    Both arguments broadcast; counts may be modelled and so need not be whole. Raises ValueError when a
    denominator is not positive or a numerator lies outside 0 to its denominator.
    Source: Wilson 1927; the method of Fingertips and of the 2020 assessment's table.
    """
    x, n = np.broadcast_arrays(np.asarray(numerator, float), np.asarray(denominator, float))
    if (n <= 0).any():
        raise ValueError("A denominator must be above zero.")
    if (x < 0).any() or (x > n).any():
        raise ValueError("A numerator must lie between zero and its denominator.")
    z = _z(confidence)
    spread = z * np.sqrt(z**2 + 4 * x * (1 - x / n))
    lower, upper = (2 * x + z**2 - spread) / (2 * (n + z**2)), (2 * x + z**2 + spread) / (2 * (n + z**2))
    lower, upper = np.where(x == 0, 0.0, lower), np.where(x == n, 1.0, upper)
    return np.clip(lower, 0.0, 1.0), np.clip(upper, 0.0, 1.0)


def poisson_limits(count: ArrayLike, confidence: float = 0.95) -> tuple[Floats, Floats]:
    """Limits of the expected value behind a count: exact below 10, Byar's approximation from 10.

    Returns arrays of the shape of `count`. Raises ValueError for a negative count.
    Source: Breslow and Day 1987; the rule of Fingertips rates.
    """
    x = np.asarray(count, float)
    if (x < 0).any():
        raise ValueError("A count may not be negative.")
    exact_lower, exact_upper = _exact(x, confidence)
    byar_lower, byar_upper = _byar(np.maximum(x, 1.0), confidence)
    return np.where(x < EXACT_BELOW, exact_lower, byar_lower), np.where(x < EXACT_BELOW, exact_upper, byar_upper)


def rate(
    count: ArrayLike, population: ArrayLike, per: float, confidence: float = 0.95
) -> tuple[Floats, Floats, Floats]:
    """`per` times count over population, with its limits: (value, lower, upper).

    Counts are events, so they may exceed the population. Raises ValueError when a population is not positive.
    """
    n = np.asarray(population, float)
    if (n <= 0).any():
        raise ValueError("A population must be above zero.")
    lower, upper = poisson_limits(count, confidence)
    return per * np.asarray(count, float) / n, per * lower / n, per * upper / n


def _exact(x: Floats, confidence: float) -> tuple[Floats, Floats]:
    tail = (1 - confidence) / 2
    lower = np.where(x > 0, gammaincinv(np.where(x > 0, x, 1.0), tail), 0.0)
    return lower, gammaincinv(x + 1, 1 - tail)


def _byar(x: Floats, confidence: float) -> tuple[Floats, Floats]:
    z = _z(confidence)
    lower = x * (1 - 1 / (9 * x) - z / (3 * np.sqrt(x))) ** 3
    upper = (x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * np.sqrt(x + 1))) ** 3
    return lower, upper


def _z(confidence: float) -> float:
    return float(ndtri(1 - (1 - confidence) / 2))
