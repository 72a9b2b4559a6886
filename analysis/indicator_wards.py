"""The wards of one indicator: each beside the council, against the rest of it, and among its fifths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.editions import COUNCIL
from analysis.indicators import POLARITY
from analysis.statistics.bands import quantile_bands
from analysis.statistics.benchmark import BELOW_AND_ABOVE, Outcome
from analysis.statistics.differences import proportions_against_rest, rates_against_rest
from analysis.statistics.intervals import Floats

CERTAIN = 0.998
VINTAGES = {"E050019": "wards_2011", "E050124": "wards_2019"}
A_COUNT = "a plain count is larger in a larger ward"
NO_COUNTS = "it is held without the counts behind it"
A_BLANK = "a ward without a count leaves the rest of the council unknown"


@dataclass(frozen=True)
class Wards:
    """Every ward of one vintage in one period, furthest on the worse side first (highest where neither is worse).

    `table` has a row a ward with the columns of an observation (missing where none is held, with `held` false),
    `council` (the council's value), `difference` (from it), `rest` (the Outcome against all other wards together, at
    99.8%) and `fifth` (1 the worst, or the highest, of five equal groups; missing where any ward has no value).
    `untested` is why `rest` is Not compared everywhere; blank where it is not.
    """

    layer: str
    period: str
    table: pd.DataFrame
    untested: str


def ward_periods(rows: pd.DataFrame) -> list[str]:
    """The periods in which any ward has a value, newest first."""
    wards = rows[rows["area_code"].str.startswith("E05") & rows["value"].notna()]
    return list(wards.sort_values(["period_end", "period"], ascending=False)["period"].unique())


def wards_of(
    rows: pd.DataFrame, about: Mapping[str, Any], period: str, codes: Mapping[str, Sequence[str]]
) -> Wards | None:
    """The wards of one indicator in one period; none where no ward has a value.

    `codes` are all wards of each layer. Wards of two vintages are never put in one table: the vintage with more
    values is shown.
    """
    shown = rows[(rows["period"] == period) & rows["value"].notna()]
    vintage = shown["area_code"].str[:7].map(VINTAGES).dropna().value_counts()
    if vintage.empty:
        return None
    layer = str(vintage.index[0])
    own = rows[rows["period"] == period].set_index("area_code")
    found = own.reindex(list(codes[layer]))
    found["held"] = found["status"].notna()
    council = float(own["value"].get(COUNCIL, np.nan)) if about["comparable"] else np.nan
    untested = _untested(found, about)
    found = found.assign(
        council=council,
        difference=found["value"] - council,
        rest=str(Outcome.NOT_COMPARED) if untested else _against_rest(found, about),
        fifth=_fifths(found["value"], str(about["polarity"])) if about["comparable"] else np.nan,
    )
    ordered = found.sort_values("value", ascending=about["polarity"] == "low is worse", kind="stable")
    return Wards(layer, period, ordered.reset_index(names="area_code"), untested)


def _untested(found: pd.DataFrame, about: Mapping[str, Any]) -> str:
    if not about["comparable"]:
        return A_COUNT
    counted = found[["numerator", "denominator"]].notna().all(axis=1)
    if not counted.any() or about["limits"] not in ("wilson", "byar"):
        return NO_COUNTS
    return "" if counted.all() else A_BLANK


def _against_rest(found: pd.DataFrame, about: Mapping[str, Any]) -> list[str]:
    """Newcombe's difference of shares, or the exact ratio of rates, each with limits at 99.8%."""
    shares = about["limits"] == "wilson"
    against = proportions_against_rest if shares else rates_against_rest
    limits, equal = against(found["numerator"], found["denominator"], CERTAIN), 0.0 if shares else 1.0
    below, above = BELOW_AND_ABOVE[POLARITY[str(about["polarity"])]]
    side = np.where(limits["upper"] < equal, -1, np.where(limits["lower"] > equal, 1, 0))
    return [str({-1: below, 0: Outcome.SIMILAR, 1: above}[place]) for place in side.tolist()]


def _fifths(values: pd.Series, polarity: str) -> Floats:
    if values.isna().any():
        return np.full(len(values), np.nan)
    return 6 - quantile_bands(values, invert=polarity == "low is worse")
