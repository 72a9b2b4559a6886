"""Whether two proportions, or two rates, differ: judged by the interval of their difference or ratio.

Never judge by whether two intervals overlap: limits at 95% that only just part have a p value of about 0.006.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import betainc, betaincinv, betaln, xlog1py, xlogy

from analysis.statistics.intervals import Floats, proportion_counts, tail_of, wilson, z_of
from analysis.statistics.refusals import refuse

FEWEST_FOR_LOG_NORMAL = 10
SAME_CHANCE = 1e-7


def newcombe(x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike, confidence: float = 0.95) -> pd.DataFrame:
    """Difference of two proportions x1/n1 - x2/n2 with its limits: a row a pair, fractions between -1 and 1.

    Columns difference, lower, upper, confidence, method. Above 0: the first is larger; limits on one side of 0: they
    differ. Missing stays missing. Raises ValueError as `wilson` does. Source: Newcombe 1998, method 10.
    """
    x1, n1, x2, n2 = np.broadcast_arrays(*proportion_counts(x1, n1), *proportion_counts(x2, n2))
    p1, p2 = x1 / n1, x2 / n2
    (l1, u1), (l2, u2) = wilson(x1, n1, confidence), wilson(x2, n2, confidence)
    difference = p1 - p2
    lower, upper = difference - np.hypot(p1 - l1, u2 - p2), difference + np.hypot(u1 - p1, p2 - l2)
    columns = {"difference": difference, "lower": lower, "upper": upper}
    return _rows(columns).assign(confidence=confidence, method="Newcombe")


def rate_ratio(x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike, confidence: float = 0.95) -> pd.DataFrame:
    """Ratio of two rates (x1/n1) / (x2/n2) of whole counts over people or years at risk: a row a pair.

    Columns ratio, lower, upper (exact, conditional on x1 + x2), p (exact, two-sided), lower_log, upper_log
    (log-normal, only where both counts are 10 or more), confidence, method. Above 1: the first is higher. Where x2
    is 0 the ratio and its upper limit would be infinite and are missing; where both are 0 all are. Missing stays
    missing. Raises ValueError for a count that is negative or not whole, or a population not above 0.
    Source: Clopper and Pearson 1934 on x1 of x1 + x2; the same as `poisson.test` of R.
    """
    x1, n1, x2, n2 = np.broadcast_arrays(*_events(x1, n1), *_events(x2, n2))
    ratio = _over(x1 * n2, x2 * n1)
    lower, upper = _exact_ratio(x1, x2, tail_of(confidence))
    lower_log, upper_log = _log_normal(x1, x2, ratio, z_of(confidence))
    columns = {
        "ratio": ratio,
        "lower": lower * n2 / n1,
        "upper": upper * n2 / n1,
        "p": _two_sided(x1, x1 + x2, n1 / (n1 + n2)),
        "lower_log": lower_log,
        "upper_log": upper_log,
    }
    return _rows(columns).assign(confidence=confidence, method="exact conditional")


def proportions_against_rest(counts: pd.Series, denominators: pd.Series, confidence: float = 0.95) -> pd.DataFrame:
    """Each area's proportion less that of all other areas together, with Newcombe limits: a row an area.

    Columns as `newcombe`, indexed as `counts`. The area itself is taken out of the total, for an area is never tested
    against an average that holds it. Where any area is missing so is every total and every row. Raises ValueError
    for fewer than two areas, or as `wilson` does.
    """
    x, n, rest_x, rest_n = _with_rest(counts, denominators)
    return newcombe(x, n, rest_x, rest_n, confidence).set_index(counts.index)


def rates_against_rest(counts: pd.Series, populations: pd.Series, confidence: float = 0.95) -> pd.DataFrame:
    """Each area's rate over that of all other areas together, with exact limits: a row an area.

    Columns as `rate_ratio`, indexed as `counts`; otherwise as `proportions_against_rest`.
    """
    x, n, rest_x, rest_n = _with_rest(counts, populations)
    return rate_ratio(x, n, rest_x, rest_n, confidence).set_index(counts.index)


def _with_rest(counts: pd.Series, denominators: pd.Series) -> tuple[Floats, Floats, Floats, Floats]:
    x, n = counts.to_numpy(float), denominators.reindex(counts.index).to_numpy(float)
    if x.size < 2:
        raise ValueError(f"{x.size} area has no rest to be compared with; give two areas or more.")
    return x, n, x.sum() - x, n.sum() - n


def _events(count: ArrayLike, population: ArrayLike) -> tuple[Floats, Floats]:
    x, n = np.broadcast_arrays(np.asarray(count, float), np.asarray(population, float))
    refuse((n <= 0) | np.isinf(n), "A population of {} is not possible; it must be a number above 0.", n)
    refuse((x < 0) | np.isinf(x), "A count of {} is not possible; it must be a number from 0 upwards.", x)
    refuse(~np.isnan(x) & (x != np.floor(x)), "A count of {} is not whole; an exact ratio needs whole counts.", x)
    return x, n


def _exact_ratio(x1: Floats, x2: Floats, tail: float) -> tuple[Floats, Floats]:
    """Limits of the odds of an event being among the first; missing where they would be infinite or there are none."""
    some = x1 + x2 > 0
    low = np.where(x1 > 0, betaincinv(np.maximum(x1, 1), x2 + 1, tail), 0.0)
    high = np.where(x2 > 0, betaincinv(x1 + 1, np.maximum(x2, 1), 1 - tail), 1.0)
    return np.where(some, _over(low, 1 - low), np.nan), np.where(some, _over(high, 1 - high), np.nan)


def _log_normal(x1: Floats, x2: Floats, ratio: Floats, z: float) -> tuple[Floats, Floats]:
    enough = (x1 >= FEWEST_FOR_LOG_NORMAL) & (x2 >= FEWEST_FOR_LOG_NORMAL)
    reach = np.exp(z * np.sqrt(1 / np.where(enough, x1, np.nan) + 1 / np.where(enough, x2, np.nan)))
    return ratio / reach, ratio * reach


def _two_sided(x: Floats, n: Floats, share: Floats) -> Floats:
    """Chance of a count at least as unlikely as x of n when each has chance `share`; missing where n is 0."""
    turned = x > n * share
    x, share = np.where(turned, n - x, x), np.where(turned, 1 - share, share)
    other = _as_unlikely_above(x, n, share)
    at_most = betainc(n - x, x + 1, 1 - share)
    at_least = np.where(other <= n, betainc(other, np.maximum(n - other, 0) + 1, share), 0.0)
    return np.where(n > 0, np.where(x == n * share, 1.0, np.minimum(at_most + at_least, 1.0)), np.nan)


def _as_unlikely_above(x: Floats, n: Floats, share: Floats) -> Floats:
    """The least count from the mean upwards that is no likelier than x, which is below it; n + 1 if there is none."""
    likeliest = _log_chance(x, n, share) + SAME_CHANCE
    low, high = np.ceil(n * share), n + 1
    while (low < high).any():
        middle = np.floor((low + high) / 2)
        reached = _log_chance(middle, n, share) <= likeliest
        low, high = np.where(reached | (low >= high), low, middle + 1), np.where(reached, middle, high)
    return low


def _log_chance(x: Floats, n: Floats, share: Floats) -> Floats:
    return xlogy(x, share) + xlog1py(n - x, -share) - betaln(x + 1, n - x + 1) - np.log1p(n)


def _over(above: Floats, below: Floats) -> Floats:
    return np.divide(above, below, out=np.full(np.shape(below), np.nan), where=below > 0)


def _rows(columns: dict[str, Floats]) -> pd.DataFrame:
    return pd.DataFrame({name: np.atleast_1d(values) for name, values in columns.items()})
