"""Whether an indicator has risen or fallen over its five most recent years: two official methods.

Use `trend_of_proportions` where there are counts, else `trend_of_values`. Both need five annual points that do not
overlap; figures by quarter, or pooled years that overlap, have no trend here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from analysis.statistics.benchmark import Polarity
from analysis.statistics.intervals import Floats, proportion_counts, z_of
from analysis.statistics.refusals import refuse

POINTS = 5
SIGNIFICANT = 9.54953570608324
PROPORTIONS = "Cochran-Armitage"
VALUES = "weighted regression"


class Direction(StrEnum):
    """What a trend is called."""

    INCREASING = "Increasing"
    DECREASING = "Decreasing"
    NO_CHANGE = "No significant change"
    UNKNOWN = "Cannot be calculated"


class Reason(StrEnum):
    """Why it is called so."""

    CLEAR = "No outliers and significant trend"
    OUTLIER = "Outlier found"
    NOT_SIGNIFICANT = "No significant trend"
    TOO_FEW = "Not enough data points"
    MISSING = "Missing values"
    NO_LIMITS = "Missing at least one confidence interval value"
    ALL_OR_NONE = "A numerator is zero or equals its denominator"


@dataclass(frozen=True)
class Trend:
    """A direction with its reason; chi2 (above 9.55 is significant at 99.8%) and slope a year, missing if unknown.

    The slope is that of the logit for proportions and of the value itself otherwise.
    """

    direction: Direction
    reason: Reason
    method: str
    chi2: float = math.nan
    slope: float = math.nan

    def judged(self, polarity: Polarity) -> str:
        """The direction as "getting better" or "getting worse" where one way is good, else its own word."""
        better = {Polarity.HIGH_IS_GOOD: Direction.INCREASING, Polarity.LOW_IS_GOOD: Direction.DECREASING}
        if polarity not in better or self.direction not in (Direction.INCREASING, Direction.DECREASING):
            return str(self.direction)
        return f"{self.direction} and getting {'better' if self.direction == better[polarity] else 'worse'}"


def trend_of_proportions(years: ArrayLike, numerators: ArrayLike, denominators: ArrayLike) -> Trend:
    """Trend of numerators over denominators, whose last five years are taken, in any order.

    Cochran-Armitage, guarded by the slope of the logit, which has to keep its sign when any one year is left out.
    It cannot be calculated when a figure is missing, or when a numerator is 0 or equals its denominator. Raises
    ValueError for years that repeat or overlap, or as `wilson` does. Source: Armitage 1955; OHID add_trend_markers.
    """
    counts = proportion_counts(numerators, denominators)
    t, x, n = _recent(years, *counts)
    if t.size < POINTS:
        return Trend(Direction.UNKNOWN, Reason.TOO_FEW, PROPORTIONS)
    if np.isnan(x + n).any():
        return Trend(Direction.UNKNOWN, Reason.MISSING, PROPORTIONS)
    if ((x == 0) | (x == n)).any():
        return Trend(Direction.UNKNOWN, Reason.ALL_OR_NONE, PROPORTIONS)
    return _called(PROPORTIONS, cochran_armitage(t, x, n), t, np.log(x / (n - x)), np.ones(POINTS))


def trend_of_values(
    years: ArrayLike, values: ArrayLike, lower: ArrayLike, upper: ArrayLike, confidence: float = 0.95
) -> Trend:
    """Trend of values with limits at `confidence`, whose last five years are taken, in any order.

    Regression weighted by the width of the limits, guarded by its slope, which has to keep its sign when any one
    year is left out. It cannot be calculated when a value or limit is missing. Raises ValueError for years that
    repeat or overlap, limits of no width, or what is not finite. Source: OHID Fingertips trend markers.
    """
    t, y, low, high = _recent(years, values, lower, upper)
    refuse(
        np.isinf(y + low + high), "A value of {} with limits {} to {} is not finite; give finite ones.", y, low, high
    )
    refuse(high <= low, "Limits of {} to {} have no width, so the trend has no weights; give limits apart.", low, high)
    if t.size < POINTS:
        return Trend(Direction.UNKNOWN, Reason.TOO_FEW, VALUES)
    if np.isnan(y).any():
        return Trend(Direction.UNKNOWN, Reason.MISSING, VALUES)
    if np.isnan(low + high).any():
        return Trend(Direction.UNKNOWN, Reason.NO_LIMITS, VALUES)
    weights = (2 * z_of(confidence) / (high - low)) ** 2
    chi2 = _slope(t, y, weights) ** 2 * np.sum(weights * _centred(t, weights) ** 2)
    return _called(VALUES, float(chi2), t, y, weights)


def cochran_armitage(years: Floats, numerators: Floats, denominators: Floats) -> float:
    """Chi-squared, with one degree of freedom, of a linear trend in proportions over the years."""
    n, x = denominators.sum(), numerators.sum()
    t = _centred(years, denominators)
    return float((n * np.sum(numerators * t)) ** 2 / (x * (n - x) * np.sum(denominators * t**2)))


def _called(method: str, chi2: float, years: Floats, values: Floats, weights: Floats) -> Trend:
    """The trend of a chi-squared and of the slopes of all points and of all but one."""
    slope = _slope(years, values, weights)
    without_one = [_slope(*(np.delete(part, left) for part in (years, values, weights))) for left in range(POINTS)]
    if not chi2 > SIGNIFICANT:
        return Trend(Direction.NO_CHANGE, Reason.NOT_SIGNIFICANT, method, chi2, slope)
    if any(np.sign(other) != np.sign(slope) for other in without_one):
        return Trend(Direction.NO_CHANGE, Reason.OUTLIER, method, chi2, slope)
    direction = Direction.INCREASING if slope > 0 else Direction.DECREASING
    return Trend(direction, Reason.CLEAR, method, chi2, slope)


def _recent(years: ArrayLike, *series: ArrayLike) -> list[Floats]:
    """Years and series in order of years, the last five of them. Raises ValueError for years less than one apart."""
    t, figures = np.asarray(years, float), [np.asarray(given, float) for given in series]
    for given in figures:
        if given.size != t.size:
            raise ValueError(f"{t.size} years and {given.size} figures do not match; give one figure a year.")
    refuse(~np.isfinite(t), "A point has no year (it holds {}); a trend needs the year of each.", t)
    order = np.argsort(t, kind="stable")
    gaps = np.diff(t[order])
    refuse(gaps == 0, "The year {} stands twice; a trend needs one point a year.", t[order][1:])
    refuse(
        gaps < 1, "The points {} and {} are less than a year apart; a trend needs years.", t[order][:-1], t[order][1:]
    )
    return [given[order][-POINTS:] for given in (t, *figures)]


def _centred(years: Floats, weights: Floats) -> Floats:
    from_first = years - years[0]
    return from_first - np.sum(weights * from_first) / weights.sum()


def _slope(years: Floats, values: Floats, weights: Floats) -> float:
    """Slope of the weighted regression of values on years; exactly 0 where all values are the same."""
    t = _centred(years, weights)
    return float(np.sum(weights * t * (values - values[0])) / np.sum(weights * t**2))
