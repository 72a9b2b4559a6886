"""Observed against expected for each kind of provision, with limits and a verdict in words."""

from __future__ import annotations

from enum import StrEnum
from zlib import crc32

import numpy as np
import pandas as pd

from analysis.need import NeedLens, known_shares, shares_of
from analysis.provision import REST, Provision
from analysis.refusal import Refusal
from analysis.sources.library import Library
from analysis.statistics.expectation import (
    Draws,
    expected_counts,
    observed_to_expected,
    side_of_one,
    simulated_to_expected,
    too_few,
)
from analysis.statistics.intervals import Floats, poisson_limits
from analysis.statistics.leaks import withheld_together

SEED = 37
MATERIAL = 0.1
SMALL = "not shown, so that no family can be recognised"
_TELLING = (
    "observed",
    "observed_share",
    *(f"{name}{end}" for name in ("oe", "gap") for end in ("", "_lower", "_upper")),
    "oe_lower_998",
    "oe_upper_998",
)


class Verdict(StrEnum):
    """What can be said of a ward, from worst to best and then the ways of not saying."""

    UNDER_CERTAIN = "under-provided, for certain"
    UNDER_LIKELY = "under-provided, likely"
    IN_LINE = "in line with its share of need"
    OVER_LIKELY = "over-provided, likely"
    OVER_CERTAIN = "over-provided, for certain"
    DEPENDS = "depends on the catchment"
    TOO_FEW = "too few to tell"
    NOT_SHOWN = "not shown, to protect families"
    NOT_KNOWN = "not known"


def _shares_compared(library: Library, need_lens: NeedLens, needs: pd.DataFrame, provided: Provision) -> pd.DataFrame:
    base = provided.table["observed"].sum()
    table = provided.table.merge(needs, on="area_code", how="left").fillna({"reason": ""})
    listed = table["observed"].notna() & (table["area_code"] != REST)
    table = _with_rest(table, listed)
    table["expected"] = base * table["need_share"]
    observed = _with_rest_draws(provided, base)
    known = listed | (table["area_code"] == REST)
    share = _need_shares(library, need_lens, needs)
    compared = _limits(table[known], observed, _grouped_shares(share, needs, table[known]))
    table = table.join(compared)
    table["envelope_lower"] = poisson_limits(table["lowest"])[0] / table["expected"]
    table["envelope_upper"] = poisson_limits(table["highest"])[1] / table["expected"]
    bounded = table["bound"].notna()
    table.loc[bounded, "oe_upper"] = table["bound"] / table["expected"].where(table["expected"] > 0)
    table.loc[bounded, "gap_lower"] = table["expected"] - table["bound"]
    table["observed_share"] = table["observed"] / base
    return table.assign(verdict=_shares_verdicts(table))


def _limits(known: pd.DataFrame, observed: Floats, share: Floats) -> pd.DataFrame:
    draws = Draws(observed, share)
    compared = simulated_to_expected(known["observed"], known["expected"], draws)
    return compared.set_index(known.index)


def _with_rest(table: pd.DataFrame, listed: pd.Series) -> pd.DataFrame:
    rest, others = table["area_code"] == REST, ~listed & (table["area_code"] != REST)
    summed = ["need", "need_share", "denominator"]
    table.loc[rest, summed] = table.loc[others, summed].sum().to_numpy()
    return table


def _with_rest_draws(provided: Provision, base: float) -> Floats:
    if provided.draws is None:
        raise ValueError("Rounded shares need simulated counts.")
    return np.column_stack([provided.draws, base - provided.draws.sum(axis=1)])


def _need_shares(library: Library, need_lens: NeedLens, needs: pd.DataFrame) -> Floats:
    if need_lens.draws is None:
        return known_shares(needs["need"])
    return shares_of(need_lens.draws(library))


def _grouped_shares(share: Floats, needs: pd.DataFrame, known: pd.DataFrame) -> Floats:
    place = {code: number for number, code in enumerate(needs["area_code"])}
    listed = share[:, [place[code] for code in known["area_code"] if code != REST]]
    return np.column_stack([listed, 1 - listed.sum(axis=1)])


def _shares_verdicts(table: pd.DataFrame) -> list[Verdict]:
    shown = side_of_one(table["oe_lower"], table["oe_upper"])
    worst = side_of_one(table["envelope_lower"], table["envelope_upper"])
    verdicts = _worded(shown, (worst == shown) & (shown != 0), too_few(table["expected"]))
    unknown = table["observed"].isna() | (table["area_code"] == REST)
    return [Verdict.NOT_KNOWN if lost else verdict for lost, verdict in zip(unknown, verdicts, strict=True)]


def _counts_compared(library: Library, need_lens: NeedLens, needs: pd.DataFrame, provided: Provision) -> pd.DataFrame:
    table = provided.table.merge(needs, on="area_code")
    known = _known(table)
    rows = _expected(table[known])
    if need_lens.draws is None:
        compared = observed_to_expected(rows["observed"], rows["expected"])
    else:
        share = shares_of(need_lens.draws(library)[:, known.to_numpy()])
        compared = simulated_to_expected(rows["observed"], rows["expected"], _chance(rows, share))
    rows = rows.join(compared.set_index(rows.index))
    likely = side_of_one(rows["oe_lower"], rows["oe_upper"])
    certain = side_of_one(rows["oe_lower_998"], rows["oe_upper_998"]) != 0
    rows = rows.assign(verdict=_worded(likely, certain, too_few(rows["expected"])))
    _refuse_telling_totals(table, known)
    return _with_unknown(table, _withheld(rows)).drop(columns="hidden")


def _withheld(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows without the counts that may not be shown, nor anything they could be worked out from."""
    hidden = rows["hidden"]
    shown = withheld_together(rows, hidden, _TELLING)
    shown.loc[hidden, ["verdict", "reason"]] = [Verdict.NOT_SHOWN, SMALL]
    return shown


def _refuse_telling_totals(table: pd.DataFrame, known: pd.Series) -> None:
    """Refuse a total that leaves a ward out when the total of another comparison would then tell its count."""
    left_out = table.loc[~known & table["observed"].notna()]
    if left_out["hidden"].any():
        raise Refusal(
            "The need of a ward whose count may not be shown is not known, and the total without it would give the "
            "count away. Choose another need."
        )


def _chance(rows: pd.DataFrame, share: Floats) -> Draws:
    """Draws whose limits are the exact ones of the counts when need is not in doubt, and wider when it is.

    Each area is drawn from a stream of its own: from one for all, the limits that are shown would depend on the counts
    that are not, and trying every count would find the one they came from. The stream is named by the area's code, so
    a ward has the same limits whichever other wards are added into localities.
    """
    observed, draws = rows["observed"], len(share)
    streams = [np.random.default_rng([SEED, crc32(code.encode())]) for code in rows["area_code"]]
    lowest = np.column_stack([stream.gamma(count, size=draws) for stream, count in zip(streams, observed, strict=True)])
    more = np.column_stack([stream.exponential(size=draws) for stream in streams])
    return Draws(lowest, share, highest=lowest + more)


def _known(table: pd.DataFrame) -> pd.Series:
    """Wards whose need and provision are both known; the others are left out of the totals, not counted as zero."""
    return table["need"].notna() & table["observed"].notna()


def _expected(rows: pd.DataFrame) -> pd.DataFrame:
    total = rows["observed"].sum()
    expected = expected_counts(rows["need"], total)
    return rows.assign(expected=expected, observed_share=rows["observed"] / total)


def _with_unknown(table: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    unknown = table.drop(index=rows.index).assign(verdict=Verdict.NOT_KNOWN)
    blank = unknown["reason"].eq("")
    unknown.loc[blank, "reason"] = "provision not given in the return"
    return pd.concat([rows, unknown]).sort_index()


def _worded(side: np.ndarray, certain: np.ndarray, few: np.ndarray) -> list[Verdict]:
    words = {
        (-1, True): Verdict.UNDER_CERTAIN,
        (-1, False): Verdict.UNDER_LIKELY,
        (1, True): Verdict.OVER_CERTAIN,
        (1, False): Verdict.OVER_LIKELY,
        (0, True): Verdict.IN_LINE,
        (0, False): Verdict.IN_LINE,
    }
    return [
        Verdict.TOO_FEW if unclear else words[int(place), bool(sure)]
        for place, sure, unclear in zip(side, certain, few, strict=True)
    ]


def _access_compared(_library: Library, _need: NeedLens, needs: pd.DataFrame, provided: Provision) -> pd.DataFrame:
    if provided.variants is None:
        raise ValueError("Places within reach need their catchments.")
    table = provided.table.merge(needs, on="area_code")
    known = _known(table)
    rows = _expected(table[known])
    variants = provided.variants[known.to_numpy()].set_index(rows.index)
    share = rows["expected"].where(rows["expected"] > 0) / rows["observed"].sum()
    ratios = (variants / variants.sum()).div(share, axis=0)
    rows = rows.assign(
        oe=rows["observed"] / rows["expected"].where(rows["expected"] > 0),
        gap=rows["expected"] - rows["observed"],
        oe_lowest=ratios.min(axis=1),
        oe_highest=ratios.max(axis=1),
        **dict.fromkeys(("oe_lower", "oe_upper", "gap_lower", "gap_upper"), np.nan),
    )
    return _with_unknown(table, rows.assign(verdict=_access_verdicts(rows["oe_lowest"], rows["oe_highest"])))


def _access_verdicts(lowest: pd.Series, highest: pd.Series) -> list[Verdict]:
    """Likely only when every catchment puts the ward on the same side of its share by more than a tenth."""

    def verdict(low: float, high: float) -> Verdict:
        if np.isnan(low):
            return Verdict.TOO_FEW
        if high < 1 - MATERIAL:
            return Verdict.UNDER_LIKELY
        if low > 1 + MATERIAL:
            return Verdict.OVER_LIKELY
        return Verdict.IN_LINE if low >= 1 - MATERIAL and high <= 1 + MATERIAL else Verdict.DEPENDS

    return [verdict(low, high) for low, high in zip(lowest, highest, strict=True)]


COMPARISONS = {"shares": _shares_compared, "access": _access_compared, "caseload": _counts_compared}
