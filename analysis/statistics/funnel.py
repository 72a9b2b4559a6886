"""Funnels: which areas differ from the average by more than chance, and when chance alone is too narrow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import chdtri, gammaincinv, ndtri, pdtrik

from analysis.statistics.intervals import Floats, poisson_limits
from analysis.statistics.refusals import known_amounts, refuse_rows

USUAL, STRICT = 0.95, 0.998
WINSORISED = (0.1, 0.9)
LABELS = ("Low (0.001)", "High (0.001)", "Low (0.025)", "High (0.025)")
NO_LABEL = "Not significant"


@dataclass(frozen=True)
class Overdispersion:
    """How far areas vary beyond chance, and each area allowing for it.

    `phi` is the mean square of the winsorised z (near 1 when chance is all there is), `tau2` the variance between
    areas. `areas` has one row an area: z, z_additive, z_multiplicative, and the limits about the centre
    lower_additive, upper_additive, lower_multiplicative, upper_multiplicative, which are not cut at the ends of a
    scale. Use the adjusted figures when `needs_adjustment`, and show both; otherwise the naive ones.
    """

    areas: pd.DataFrame
    phi: float
    tau2: float
    needs_adjustment: bool
    confidence: float
    method: str = "Spiegelhalter 2005, a tenth winsorised at each end"


def ratio_funnel(observed: ArrayLike, expected: ArrayLike, ohid: bool = False) -> pd.DataFrame:
    """Each area's observed over expected against 1, with the lines of the funnel at its expected count.

    Columns value, lower, upper (95%), lower_998, upper_998, label and method. Lines and labels are both of exact
    Poisson limits; `ohid` labels as OHID does, by Byar from 10 observed, so that a point beside a line may carry the
    other label. Labels are OHID's words: High or Low, at 0.001 or 0.025 a side, or Not significant, as touching is.
    For rates, expected is population times the average rate. Raises ValueError when a count is missing or negative
    or an expected count not above zero.
    Source: OHID's technical guidance on funnel plots; Spiegelhalter 2005.
    """
    o, e = np.broadcast_arrays(known_amounts(observed, "A count observed"), np.asarray(expected, float))
    refuse_rows(~((e > 0) & np.isfinite(e)), e, "An expected count must be known and above zero")
    of_count = poisson_limits if ohid else exact_limits
    (lower, upper), (lower_998, upper_998) = of_count(o, USUAL), of_count(o, STRICT)
    label = _label(upper_998 < e, lower_998 > e, upper < e, lower > e)
    lines = [line / e for confidence in (USUAL, STRICT) for line in _poisson_lines(e, confidence)]
    return _funnel(o / e, lines, label, "exact below 10, Byar from 10" if ohid else "exact Poisson")


def proportion_funnel(numerator: ArrayLike, denominator: ArrayLike, centre: float | None = None) -> pd.DataFrame:
    """Each area's proportion against `centre`, by default that of all together, with the lines at its size.

    Columns as those of `ratio_funnel`, fractions between 0 and 1. Raises ValueError when a denominator is not above
    zero, a numerator is missing or outside 0 to its denominator, or the centre lies outside 0 to 1.
    Source: OHID's technical guidance on funnel plots.
    """
    x, n = _proportions(numerator, denominator)
    middle = x.sum() / n.sum() if centre is None else centre
    value, (lower, upper, lower_998, upper_998) = x / n, proportion_lines(n, middle)
    label = _label(value < lower_998, value > upper_998, value < lower, value > upper)
    return _funnel(value, [lower, upper, lower_998, upper_998], label, "normal approximation")


def proportion_lines(denominator: ArrayLike, centre: float) -> list[Floats]:
    """The funnel about `centre` at each size: lower and upper at 95%, then at 99.8%, cut at 0 and 1.

    Raises ValueError as `proportion_funnel` does.
    """
    error = proportion_errors(denominator, centre)
    sides = [side * _z(confidence) for confidence in (USUAL, STRICT) for side in (-1, 1)]
    return [np.clip(centre + side * error, 0.0, 1.0) for side in sides]


def proportion_errors(denominator: ArrayLike, centre: float) -> Floats:
    """Standard errors that proportions of these denominators would have if all were `centre`."""
    n = np.asarray(denominator, float)
    refuse_rows(~((n > 0) & np.isfinite(n)), n, "A denominator must be known and above zero")
    if not 0 <= centre <= 1:
        raise ValueError(f"A centre of {centre:g} is no proportion; give one between 0 and 1.")
    return np.sqrt(centre * (1 - centre) / n)


def overdispersion(value: ArrayLike, error: ArrayLike, centre: float, confidence: float = USUAL) -> Overdispersion:
    """Variation of areas about `centre` beyond their own standard errors, and what allowing for it leaves.

    For proportions the errors are `proportion_errors`; for observed over expected about 1, 1 / sqrt(expected).
    The multiplicative figures are missing where phi is 0. Raises ValueError for fewer than 2 areas, a missing value,
    or an error not above zero. Source: Spiegelhalter 2005.
    """
    y, s = np.broadcast_arrays(np.asarray(value, float), np.asarray(error, float))
    _refuse_unusable(y, s)
    if not np.isfinite(centre):
        raise ValueError(f"Areas cannot vary about a centre of {centre:g}; give a number.")
    z = (y - centre) / s
    count = z.size
    phi = float(np.mean(np.clip(z, *np.quantile(z, WINSORISED)) ** 2))
    tau2 = _between_areas(phi, s)
    wider, stretched = np.sqrt(s**2 + tau2), s * (np.sqrt(phi) if phi > 0 else np.nan)
    areas = {"z": z, "z_additive": (y - centre) / wider, "z_multiplicative": (y - centre) / stretched}
    for name, spread in (("additive", wider), ("multiplicative", stretched)):
        areas |= {
            f"{end}_{name}": centre + side * _z(confidence) * spread for end, side in (("lower", -1), ("upper", 1))
        }
    beyond_chance = bool(count * phi > chdtri(count - 1, 1 - USUAL))
    return Overdispersion(pd.DataFrame(areas), phi, tau2, beyond_chance, confidence)


def exact_limits(count: Floats, confidence: float) -> tuple[Floats, Floats]:
    """Exact Poisson limits of the expected value behind counts, however large; counts are known and not negative."""
    tail = (1 - confidence) / 2
    lower = np.where(count > 0, gammaincinv(np.where(count > 0, count, 1.0), tail), 0.0)
    return lower, gammaincinv(count + 1, 1 - tail)


def _between_areas(phi: float, s: Floats) -> float:
    weight = 1 / s**2
    scale = weight.sum() - (weight**2).sum() / weight.sum()
    return max(0.0, float((s.size * phi - (s.size - 1)) / scale))


def _poisson_lines(expected: Floats, confidence: float) -> tuple[Floats, Floats]:
    """The counts, not whole, whose exact limits just touch what is expected; 0 where not even none is low."""
    tail = (1 - confidence) / 2
    reached = expected > -np.log(tail)
    lower = np.where(reached, pdtrik(tail, np.where(reached, expected, -2 * np.log(tail))), 0.0)
    return lower, pdtrik(1 - tail, expected) + 1


def _funnel(value: Floats, lines: list[Floats], label: np.ndarray, method: str) -> pd.DataFrame:
    columns = dict(zip(("lower", "upper", "lower_998", "upper_998"), lines, strict=True))
    return pd.DataFrame({"value": value, **columns, "label": label, "method": method})


def _label(*sides: np.ndarray) -> np.ndarray:
    return np.select(sides, LABELS, NO_LABEL)


def _proportions(numerator: ArrayLike, denominator: ArrayLike) -> tuple[Floats, Floats]:
    n = known_amounts(denominator, "A denominator")
    x = known_amounts(numerator, "A numerator")
    refuse_rows(n == 0, n, "A denominator must be above zero")
    refuse_rows(x > n, x, "A numerator may not be larger than its denominator")
    return x, n


def _refuse_unusable(y: Floats, s: Floats) -> None:
    if y.size < 2:
        raise ValueError(f"Overdispersion needs at least 2 areas; {y.size} was given.")
    refuse_rows(~np.isfinite(y), y, "A value must be known")
    refuse_rows(~((s > 0) & np.isfinite(s)), s, "A standard error must be known and above zero")


def _z(confidence: float) -> float:
    return float(ndtri(1 - (1 - confidence) / 2))
