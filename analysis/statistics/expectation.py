"""What was provided against what a share of need would give."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import pdtr

from analysis.statistics.intervals import Floats, poisson_limits
from analysis.statistics.refusals import refuse_rows

CERTAIN = 0.998
LIKELY = 0.95
LEAST_EXPECTED = -math.log((1 - LIKELY) / 2)
NEED_RULE = "Need must be known, not negative, and above zero somewhere"
EXPECTED_RULE = "An expected count may not be negative or endless"
MOST_EXPECTED = 1_000_000


@dataclass(frozen=True)
class Draws:
    """Simulated observed counts and shares of need, each shaped (draws, areas); need may be one row.

    `highest` are the counts the upper limits are taken from, where they differ: the exact limits of a count
    come from two distributions, one for each side.
    """

    observed: Floats
    need_share: Floats
    highest: Floats | None = None


def expected_counts(need: ArrayLike, total: float) -> Floats:
    """`total` shared out in proportion to need: one value an area, summing to `total`.

    Raises ValueError when a need is negative or missing, when there is none at all, or for a negative total.
    """
    n = np.asarray(need, float)
    refuse_rows(~((n >= 0) & np.isfinite(n)), n, NEED_RULE)
    if n.sum() == 0:
        raise ValueError(f"{NEED_RULE}; all {n.size} areas hold 0, so nothing can be shared out.")
    if not 0 <= total < math.inf:
        raise ValueError(f"A total of {total:g} cannot be shared out; give a number from 0 upwards.")
    return total * n / n.sum()


def observed_to_expected(observed: ArrayLike, expected: ArrayLike) -> pd.DataFrame:
    """Ratio and gap of each area with 95% and 99.8% limits when observed is a full count.

    Columns oe, oe_lower, oe_upper, oe_lower_998, oe_upper_998 (below 1: less than its share of need) and
    gap, gap_lower, gap_upper (places short of its share; above 0 is worse). Limits are those of the count.
    Where nothing is expected there is no ratio, and it is missing. Raises ValueError for a negative or endless count.
    Source: indirect standardisation with a need-rate reference.
    """
    o, e = np.asarray(observed, float), np.asarray(expected, float)
    refuse_rows((e < 0) | np.isinf(e), e, EXPECTED_RULE)
    lower, upper = poisson_limits(o, LIKELY)
    lower_998, upper_998 = poisson_limits(o, CERTAIN)
    return pd.DataFrame(
        {
            "oe": _over(o, e),
            "oe_lower": _over(lower, e),
            "oe_upper": _over(upper, e),
            "oe_lower_998": _over(lower_998, e),
            "oe_upper_998": _over(upper_998, e),
            "gap": e - o,
            "gap_lower": e - upper,
            "gap_upper": e - lower,
        }
    )


def simulated_to_expected(observed: ArrayLike, expected: ArrayLike, draws: Draws) -> pd.DataFrame:
    """The same columns as `observed_to_expected`, with limits that are percentiles of simulated values.

    The ratio and gap themselves stay those of the observed and expected counts.
    """
    o, e = np.asarray(observed, float), np.asarray(expected, float)
    refuse_rows((e < 0) | np.isinf(e), e, EXPECTED_RULE)
    simulated = e.sum() * draws.need_share
    highest = draws.observed if draws.highest is None else draws.highest
    low, high = _over(draws.observed, simulated), _over(highest, simulated)
    oe_lower, oe_upper = _lower(low, LIKELY), _upper(high, LIKELY)
    oe_lower_998, oe_upper_998 = _lower(low, CERTAIN), _upper(high, CERTAIN)
    gap_lower, gap_upper = _lower(simulated - highest, LIKELY), _upper(simulated - draws.observed, LIKELY)
    return pd.DataFrame(
        {
            "oe": _over(o, e),
            "oe_lower": oe_lower,
            "oe_upper": oe_upper,
            "oe_lower_998": oe_lower_998,
            "oe_upper_998": oe_upper_998,
            "gap": e - o,
            "gap_lower": gap_lower,
            "gap_upper": gap_upper,
        }
    )


def chance_of_shortfall(total: float, draws: Draws) -> Floats:
    """Chance, 0 to 1, that each area has less than its share of `total`: the share of draws with a gap above 0."""
    return (total * draws.need_share > draws.observed).mean(axis=0)


def side_of_one(lower: ArrayLike, upper: ArrayLike) -> np.ndarray:
    """-1 where the limits lie wholly below 1, +1 wholly above, 0 where they hold it. Touching is 0."""
    return np.where(np.asarray(upper, float) < 1, -1, np.where(np.asarray(lower, float) > 1, 1, 0))


def too_few(expected: ArrayLike) -> np.ndarray:
    """True where so little is expected (under 3.69) that even a count of zero would prove nothing."""
    return np.asarray(expected, float) < LEAST_EXPECTED


def power_to_detect(expected: float, shortfall: float = 0.3) -> tuple[int, float]:
    """The largest count that would be called under-provided at 95%, and the chance of seeing one that low.

    The chance is for an area whose true provision is `shortfall` below its share. Returns (-1, 0.0) when
    no count could be called under-provided. Raises ValueError when more than a million are expected, or when the
    shortfall is not from 0 to 1.
    """
    if not 0 <= expected <= MOST_EXPECTED:
        raise ValueError(f"A count of {expected:g} cannot be expected here; give 0 to {MOST_EXPECTED:,}.")
    if not 0 <= shortfall <= 1:
        raise ValueError(f"A shortfall of {shortfall:g} is not possible; it must be from 0 to 1, such as 0.3.")
    counts = np.arange(int(np.ceil(expected)) + 1)
    flagged = counts[poisson_limits(counts)[1] < expected]
    if flagged.size == 0:
        return -1, 0.0
    largest = int(flagged.max())
    return largest, float(pdtr(largest, (1 - shortfall) * expected))


def _over(counts: Floats, expected: Floats) -> Floats:
    shape = np.broadcast_shapes(counts.shape, expected.shape)
    return np.divide(counts, expected, out=np.full(shape, np.nan), where=np.broadcast_to(expected > 0, shape))


def _lower(values: Floats, confidence: float) -> Floats:
    return np.percentile(values, 50 * (1 - confidence), axis=0)


def _upper(values: Floats, confidence: float) -> Floats:
    return np.percentile(values, 50 * (1 + confidence), axis=0)
