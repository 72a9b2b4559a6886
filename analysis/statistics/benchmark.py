"""Areas against a benchmark by the rule of Fingertips, which takes the benchmark as known without error."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from analysis.statistics.intervals import Floats, Limits, tail_of
from analysis.statistics.refusals import refuse

CERTAIN = "99.8%"
LIKELY = "95%"


class Polarity(StrEnum):
    """Which way is good for an indicator."""

    LOW_IS_GOOD = "Low is good"
    HIGH_IS_GOOD = "High is good"
    NO_JUDGEMENT = "No judgement"


class Outcome(StrEnum):
    """What comes of a comparison; lower and higher only where neither is good."""

    BETTER = "Better"
    SIMILAR = "Similar"
    WORSE = "Worse"
    LOWER = "Lower"
    HIGHER = "Higher"
    NOT_COMPARED = "Not compared"


BELOW_AND_ABOVE = {
    Polarity.LOW_IS_GOOD: (Outcome.BETTER, Outcome.WORSE),
    Polarity.HIGH_IS_GOOD: (Outcome.WORSE, Outcome.BETTER),
    Polarity.NO_JUDGEMENT: (Outcome.LOWER, Outcome.HIGHER),
}


def against_benchmark(
    lower: ArrayLike, upper: ArrayLike, benchmark: ArrayLike, polarity: Polarity, *, itself: ArrayLike = False
) -> np.ndarray:
    """The `Outcome` of each area whose limits are given against the benchmark's value, as an array of words.

    Limits that touch the benchmark are Similar. Not compared: a limit or the benchmark is missing, or the area is
    the benchmark (`itself`). The benchmark must be for the same age, sex and period; its own limits are ignored.
    Raises ValueError when a lower limit is above its upper one. Source: OHID Fingertips.
    """
    below, above = BELOW_AND_ABOVE[polarity]
    words = {-1.0: below, 0.0: Outcome.SIMILAR, 1.0: above}
    return _worded(_side(lower, upper, benchmark, itself), words)


def five_classes(
    limits_95: Limits, limits_998: Limits, benchmark: ArrayLike, polarity: Polarity, *, itself: ArrayLike = False
) -> np.ndarray:
    """As `against_benchmark` at both levels at once: "Worse (99.8%)", "Worse (95%)", "Similar" and so on.

    (95%) means at 95% but not at 99.8%. Both pairs are (lower, upper). Raises ValueError besides when limits at
    99.8% do not hold those at 95%.
    """
    likely, certain = _side(*limits_95, benchmark, itself), _side(*limits_998, benchmark, itself)
    wider = (np.asarray(limits_998[0], float) > limits_95[0]) | (np.asarray(limits_998[1], float) < limits_95[1])
    refuse(
        wider,
        "Limits at 99.8% of {} to {} are inside those at 95%; they must be the wider.",
        *(np.asarray(limit, float) for limit in limits_998),
    )
    below, above = BELOW_AND_ABOVE[polarity]
    words = {-2.0: f"{below} ({CERTAIN})", -1.0: f"{below} ({LIKELY})", 0.0: str(Outcome.SIMILAR)}
    words |= {1.0: f"{above} ({LIKELY})", 2.0: f"{above} ({CERTAIN})"}
    return _worded(likely + certain, words)


def false_flags(areas: int, confidence: float = 0.95) -> float:
    """How many of `areas` would be flagged on average if none truly differed: 1.65 of 33 at 95%, 0.07 at 99.8%."""
    if not 0 <= areas < np.inf:
        raise ValueError(f"None of {areas:g} areas can be flagged; give a number of areas from 0 upwards.")
    return areas * 2 * tail_of(confidence)


def _side(lower: ArrayLike, upper: ArrayLike, benchmark: ArrayLike, itself: ArrayLike) -> Floats:
    """-1 where limits lie below the benchmark, 1 above, 0 where they hold or touch it, missing if not compared."""
    low, high, value = np.broadcast_arrays(*(np.asarray(given, float) for given in (lower, upper, benchmark)))
    refuse(low > high, "A lower limit of {} is above its upper limit of {}; give them the right way round.", low, high)
    side = np.where(high < value, -1.0, np.where(low > value, 1.0, 0.0))
    return np.where(np.isnan(low + high + value) | np.asarray(itself, bool), np.nan, side)


def _worded(sides: Floats, words: dict[float, Outcome] | dict[float, str]) -> np.ndarray:
    found = [str(words.get(side, Outcome.NOT_COMPARED)) for side in sides.ravel().tolist()]
    return np.array(found, dtype=object).reshape(sides.shape)
