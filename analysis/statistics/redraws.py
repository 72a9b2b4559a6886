"""Figures of areas that can be redrawn from what is known of their error."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from analysis.statistics.intervals import Floats

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Indicator:
    """Figures of areas and how to redraw them: made by `proportion`, `rate`, `mean`, `modelled` or `fixed`.

    `points` has one figure an area, `parameters` one row a parameter of `draw`, which returns (draws, areas).
    """

    points: Floats
    parameters: Floats
    draw: Callable[[Generator, Floats, int], Floats]

    @property
    def known(self) -> NDArray[np.bool_]:
        """True for each area with a figure and all that is needed to redraw it."""
        return ~np.isnan(self.points) & ~np.isnan(self.parameters).any(axis=0)

    def among(self, kept: NDArray[np.bool_]) -> Indicator:
        """The indicator of some of the areas."""
        return replace(self, points=self.points[kept], parameters=self.parameters[:, kept])

    def redrawn(self, generator: Generator, draws: int) -> Floats:
        """Figures that could have been seen instead, shaped (draws, areas); areas not known are missing."""
        known = self.known
        if known.all():
            return self.draw(generator, self.parameters, draws)
        figures = np.full((draws, known.size), np.nan)
        figures[:, known] = self.draw(generator, self.parameters[:, known], draws)
        return figures


def proportion(numerator: ArrayLike, denominator: ArrayLike) -> Indicator:
    """Shares x of n, redrawn from Beta(x + 1/2, n - x + 1/2); missing stays missing.

    Raises ValueError unless 0 <= x <= n and n > 0.
    """
    x, n = _floats(numerator, denominator)
    _refuse(n, n <= 0, "A denominator of {:g} is nobody; it must be above zero.")
    _refuse(x, x < 0, "A numerator of {:g} is negative; it must be zero or more.")
    _refuse(x, x > n, "A numerator of {:g} is larger than its denominator; a proportion needs 0 <= x <= n.")
    return Indicator(x / n, np.stack([x + 0.5, n - x + 0.5]), _beta)


def rate(count: ArrayLike, population: ArrayLike) -> Indicator:
    """Events x among n people, redrawn from Gamma(x + 1/2) / n; missing stays missing.

    Raises ValueError unless x >= 0 and n > 0.
    """
    x, n = _floats(count, population)
    _refuse(n, n <= 0, "A population of {:g} is nobody; it must be above zero.")
    _refuse(x, x < 0, "A count of {:g} is negative; it must be zero or more.")
    return Indicator(x / n, np.stack([x + 0.5, n]), _gamma_over)


def mean(value: ArrayLike, standard_error: ArrayLike) -> Indicator:
    """A mean, redrawn from a normal distribution; missing stays missing.

    Raises ValueError for a negative standard error.
    """
    centre, error = _floats(value, standard_error)
    _refuse(error, error < 0, "A standard error of {:g} is negative; it must be zero or more.")
    return Indicator(centre, np.stack([centre, error]), _normal)


def modelled(value: ArrayLike, lower: ArrayLike, upper: ArrayLike, confidence: float = CONFIDENCE) -> Indicator:
    """Estimates made from one outside rate, whose error they share: a draw moves all areas together.

    The error of a draw is one standard normal e, and each area moves by e / z times the width of its own upper
    limit (e above 0) or lower limit (e below), so that e = z puts every area on its limit. Missing stays missing.
    Raises ValueError unless lower <= value <= upper.
    """
    v, low, high = _floats(value, lower, upper)
    _refuse(v, v < low, "An estimate of {:g} lies below its lower limit; limits must hold it.")
    _refuse(v, v > high, "An estimate of {:g} lies above its upper limit; limits must hold it.")
    z = ndtri((1 + confidence) / 2)
    return Indicator(v, np.stack([v, (v - low) / z, (high - v) / z]), _shared_error)


def fixed(value: ArrayLike) -> Indicator:
    """A score without sampling error, the same in every draw; missing stays missing."""
    (v,) = _floats(value)
    return Indicator(v, v[None, :], _unchanged)


def _beta(generator: Generator, parameters: Floats, draws: int) -> Floats:
    ours, others = (_gamma(generator, shape, draws) for shape in parameters)
    others += ours
    ours /= others
    return ours


def _gamma_over(generator: Generator, parameters: Floats, draws: int) -> Floats:
    return _gamma(generator, parameters[0], draws) / parameters[1]


def _normal(generator: Generator, parameters: Floats, draws: int) -> Floats:
    centre, error = parameters
    return centre + error * generator.standard_normal((draws, centre.size))


def _shared_error(generator: Generator, parameters: Floats, draws: int) -> Floats:
    centre, below, above = parameters
    error = generator.standard_normal((draws, 1))
    return centre + error * np.where(error > 0, above, below)


def _unchanged(generator: Generator, parameters: Floats, draws: int) -> Floats:  # noqa: ARG001
    return np.repeat(parameters, draws, axis=0)


def _gamma(generator: Generator, shape: Floats, draws: int) -> Floats:
    return generator.standard_gamma(shape, (draws, shape.size))


def _floats(*given: ArrayLike) -> tuple[Floats, ...]:
    arrays = np.broadcast_arrays(*(np.atleast_1d(np.asarray(values, float)) for values in given))
    for values in arrays:
        _refuse(values, np.isinf(values), "A figure of {:g} is not a number; leave it missing.")
    return tuple(arrays)


def _refuse(values: Floats, wrong: NDArray[np.bool_], sentence: str) -> None:
    if wrong.any():
        raise ValueError(sentence.format(values[wrong][0]))
