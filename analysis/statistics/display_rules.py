"""How a count may be shown under each owner's rules, and when a figure is too thin to lean on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

Words = NDArray[Any]

SENSITIVE_TOTAL, SENSITIVE_CROSS_TAB = 5, 10
FEW, VERY_FEW, SMALL_BASE, WIDE = 10, 5, 50, 0.5


class Status(StrEnum):
    """The states of a figure that are never mixed. A count of 0 is known and is not missing."""

    KNOWN = "ok"
    MISSING = "missing"
    SUPPRESSED = "suppressed"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class CountRule:
    """Counts from 1 to `hide_to` are shown as `symbol`, others rounded to the nearest `round_to`; 0 is always shown.

    `nearly_none` is shown where a count that is not 0 rounds to 0, and `secondary` says that totals published beside
    hidden counts need secondary suppression.
    """

    name: str
    hide_to: int = 0
    round_to: int = 1
    symbol: str = "*"
    nearly_none: str = "0"
    secondary: bool = True

    @property
    def smallest(self) -> int:
        """The smallest count that is shown: the threshold for `suppress`."""
        return self.hide_to + 1


@dataclass(frozen=True)
class RateRule:
    """Rates on fewer than `least` events are not calculated, and on fewer than `flag_below` are flagged u."""

    name: str
    least: int
    flag_below: int = 0


FINGERTIPS = CountRule("OHID Fingertips", hide_to=4)
HES = CountRule("NHS England secondary care", hide_to=7, round_to=5, secondary=False)
DFE_NATIONAL = CountRule("DfE national and regional", round_to=10, nearly_none="k")
UNRESTRICTED = CountRule("unrestricted", secondary=False)
COUNT_RULES = {rule.name: rule for rule in (FINGERTIPS, HES, DFE_NATIONAL, UNRESTRICTED)}

CRUDE_RATE = RateRule("ONS crude rate", least=3, flag_below=20)
AGE_STANDARDISED = RateRule("ONS age-standardised rate", least=10, flag_below=20)
DIRECTLY_STANDARDISED = RateRule("OHID directly standardised rate", least=10)
RATE_RULES = {rule.name: rule for rule in (CRUDE_RATE, AGE_STANDARDISED, DIRECTLY_STANDARDISED)}

SYMBOLS = {Status.MISSING: "x", Status.SUPPRESSED: "c", Status.NOT_APPLICABLE: "z"}
"""DfE's symbols for a figure that has no number."""


def displayed(counts: ArrayLike, rule: CountRule) -> Words:
    """The text of each count under the rule, unformatted; None where it is missing.

    A count exactly half way is rounded up. Raises ValueError for a negative, infinite or broken count.
    Source: the published rules of each owner, as in section A8.1 of the method.
    """
    x = _whole(counts)
    known = np.nan_to_num(x).astype(np.int64)
    nearest = (2 * known + rule.round_to) // (2 * rule.round_to) * rule.round_to
    text = np.where((nearest == 0) & (known > 0), rule.nearly_none, nearest.astype(str).astype(object))
    hidden = (known >= 1) & (known <= rule.hide_to)
    return _or_none(x, np.where(hidden, rule.symbol, text))


def calculated(events: ArrayLike, rule: RateRule) -> Words:
    """Whether a rate on so many events is "not calculated", "calculated, flagged u" or "calculated"; None if missing.

    Raises ValueError for a negative, infinite or broken count.
    """
    x = _whole(events)
    said = np.where(x < rule.flag_below, "calculated, flagged u", "calculated").astype(object)
    return _or_none(x, np.where(x < rule.least, "not calculated", said))


def strictest(*rules: CountRule) -> CountRule:
    """One rule that keeps all of them, for datasets that are shown together.

    Hides the most, rounds so that each rounding still holds, and needs secondary suppression when any does.
    Raises ValueError when no rule is given.
    """
    if not rules:
        raise ValueError("No rule was given; name the rule of each dataset that is combined.")
    hiding = max(rules, key=lambda rule: rule.hide_to)
    rounding = max(rules, key=lambda rule: rule.round_to)
    return CountRule(
        name=" and ".join(dict.fromkeys(rule.name for rule in rules)),
        hide_to=hiding.hide_to,
        round_to=int(np.lcm.reduce([rule.round_to for rule in rules])),
        symbol=hiding.symbol,
        nearly_none=rounding.nearly_none,
        secondary=any(rule.secondary for rule in rules),
    )


def smallest_shown(by_ward: bool, owner: int | None = None) -> int:
    """The smallest count shown of children by place and social care: 5 for totals, 10 for cross-tabs by ward.

    An owner's own threshold counts only where it is stricter. Raises ValueError when that is below 1.
    """
    if owner is not None and owner < 1:
        raise ValueError(f"An owner's threshold of {owner} is no count; give the smallest count that may be shown.")
    return max(SENSITIVE_CROSS_TAB if by_ward else SENSITIVE_TOTAL, owner or 0)


def reliability(
    count: ArrayLike, denominator: ArrayLike, value: ArrayLike, lower: ArrayLike, upper: ArrayLike
) -> pd.DataFrame:
    """Warnings about thin figures, which are apart from whether they may be shown; one row a figure.

    Columns caution (a count under 10: interpret with caution), very_small (a denominator under 50 or a count under 5),
    imprecise (half the interval is more than half the value) and u (under 20 events), each true, false or missing
    where what it rests on is missing. Raises ValueError when an upper limit lies below its lower one.
    """
    x, n, v, low, high = (np.atleast_1d(np.asarray(part, float)) for part in (count, denominator, value, lower, upper))
    if (high < low).any():
        wrong = int(np.argmax(high < low))
        raise ValueError(f"An upper limit of {high[wrong]:g} lies below its lower limit of {low[wrong]:g}; swap them.")
    return pd.DataFrame(
        {
            "caution": _flag(x < FEW, x),
            "very_small": _flag((n < SMALL_BASE) | (x < VERY_FEW), n, x),
            "imprecise": _flag((high - low) / 2 > WIDE * np.abs(v), v, low, high),
            "u": _flag(x < CRUDE_RATE.flag_below, x),
        }
    )


def _or_none(counts: NDArray[np.float64], words: Words) -> Words:
    said = np.array(words, object)
    said[np.isnan(counts)] = None
    return said


def _flag(raised: NDArray[np.bool_], *rests_on: NDArray[np.float64]) -> pd.Series:
    missing = np.any([np.isnan(part) for part in rests_on], axis=0)
    return pd.Series(raised, dtype="boolean").mask(missing)


def _whole(counts: ArrayLike) -> NDArray[np.float64]:
    x = np.asarray(counts, float)
    wrong = x[~np.isnan(x) & ((x < 0) | ~np.isfinite(x) | (x != np.floor(x)))]
    if wrong.size:
        raise ValueError(f"A count must be a whole number of 0 or more, but one is {wrong[0]:g}.")
    return x
