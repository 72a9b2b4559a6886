"""The lines of a funnel, ready to draw: a hundred points along its axis, closer together where areas are small.

The axis begins at 0 where the largest area is more than twice the smallest, else a twentieth below the smallest,
rounded down to one figure; it ends a twentieth above the largest, rounded up to two. The points are whole, rise by at
least one, and otherwise by equal parts of what is left of the axis on a logarithmic scale.
Source: OHID's technical guidance on funnel plots.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.statistics.funnel import STRICT, USUAL, exact_limits, proportion_lines
from analysis.statistics.intervals import Floats
from analysis.statistics.refusals import known_amounts, refuse_rows

POINTS = 100
DOWN, UP = 0.95, 1.05
LEVELS = {"": USUAL, "_998": STRICT}


def proportion_grid(numerator: ArrayLike, denominator: ArrayLike) -> pd.DataFrame:
    """The lines about the proportion of all areas together, at a hundred sizes.

    Columns size, lower, upper (95%), lower_998, upper_998 and centre, fractions between 0 and 1. Raises ValueError
    when there are no areas, a denominator is not above zero or a numerator is missing or outside 0 to its
    denominator.
    """
    x, n = known_amounts(numerator, "A numerator"), _sizes(denominator, "A denominator")
    refuse_rows(x > n, x, "A numerator may not be larger than its denominator")
    return proportion_points(steps(*axis(n)), x.sum() / n.sum())


def ratio_grid(expected: ArrayLike) -> pd.DataFrame:
    """The lines about 1 of observed over expected, at a hundred observed counts; `expected` is that of each area.

    Columns as those of `count_points`; the `_at` columns are expected counts, the axis to draw against. Raises
    ValueError when there are no areas or an expected count is not above zero.
    """
    return count_points(steps(*axis(_sizes(expected, "An expected count")), short=True))


def rate_grid(count: ArrayLike, population: ArrayLike, per: float, years: float = 1) -> pd.DataFrame:
    """The lines about the rate of all areas together, at a hundred counts of events; populations are of all years.

    Columns as those of `count_points`, with lines per `per` people, `_at` columns that are people a year, and
    centre. Raises ValueError when there are no areas, a count is missing or negative, no area has an event, or a
    population, `per` or `years` is not above zero.
    """
    n = _sizes(population, "A population")
    refuse_rows(~np.array([per > 0, years > 0]), [per, years], "A multiplier and a number of years must be above zero")
    average = known_amounts(count, "A count").sum() / n.sum()
    if average == 0:
        raise ValueError("A funnel of rates needs at least one event; all areas together hold 0.")
    first, last = axis(n, years)
    points = count_points(steps(math.floor(first * average), math.ceil(last * average)))
    at, lines = points.filter(regex="_at").columns, points.filter(regex="^(lower|upper)(_998)?$").columns
    points[at] /= average * years
    points[lines] *= average * per
    return points.assign(centre=average * per)


def proportion_points(size: ArrayLike, centre: float) -> pd.DataFrame:
    """The lines about `centre` at each size, in the columns of `proportion_grid`."""
    lines = proportion_lines(size, centre)
    columns = dict(zip(("lower", "upper", "lower_998", "upper_998"), lines, strict=True))
    return pd.DataFrame({"size": np.asarray(size, float), **columns, "centre": centre})


def count_points(count: ArrayLike) -> pd.DataFrame:
    """Where the lines about 1 stand at each observed count: columns count and, for 95% and (`_998`) 99.8%, four more.

    `lower_at` is the number expected at which the count just touches the lower line, its exact upper limit, and
    `lower` the line there, count over expected; `upper_at` and `upper` likewise. Raises ValueError for a count not
    above zero.
    """
    o = _sizes(count, "A count")
    columns = {"count": o}
    for suffix, confidence in LEVELS.items():
        fewest, most = exact_limits(o, confidence)
        columns |= {f"lower_at{suffix}": most, f"lower{suffix}": o / most}
        columns |= {f"upper_at{suffix}": fewest, f"upper{suffix}": o / fewest}
    return pd.DataFrame(columns)


def axis(size: ArrayLike, years: float = 1) -> tuple[float, float]:
    """Where the axis of areas of these sizes begins and ends; rounding is of sizes a year."""
    sizes = np.asarray(size, float)
    smallest, largest = sizes.min() / years, sizes.max() / years
    start = 0.0 if sizes.max() > 2 * sizes.min() else _rounded(math.floor, smallest * DOWN, 1)
    return start * years, _rounded(math.ceil, largest * UP, 2) * years


def steps(first: float, last: float, short: bool = False) -> Floats:
    """A hundred whole points from `first` (1 at least) to `last`; `short` stops a step before it, as for ratios."""
    points = [max(1.0, first)]
    for left in range(POINTS - 1 + short, short, -1):
        here = points[-1]
        points.append(max(float(round((last / here) ** (1 / left) * here)), here + 1))
    return np.array(points)


def _rounded(direction: Callable[[float], int], value: float, figures: int) -> float:
    unit = 10.0 ** (len(str(direction(value))) - figures)
    return direction(value / unit) * unit


def _sizes(values: ArrayLike, name: str) -> Floats:
    sizes = known_amounts(values, name)
    refuse_rows(sizes == 0, sizes, f"{name} must be above zero")
    if sizes.size == 0:
        raise ValueError("A funnel needs at least 1 area; none was given.")
    return sizes
