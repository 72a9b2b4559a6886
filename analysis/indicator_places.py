"""The periods of one indicator, and how far the councils that are held lie apart in each."""

from __future__ import annotations

import pandas as pd

from analysis.editions import COUNCIL
from analysis.statistics.differences import newcombe, rate_ratio

COUNCILS = r"E0[6-9]|E10"
KEYS = ["indicator_id", "period"]


def periods(rows: pd.DataFrame) -> list[str]:
    """Every period that has a row, newest first, whether or not any area has a value in it."""
    return list(rows.sort_values(["period_end", "period"], ascending=False)["period"].unique())


def held_for(rows: pd.DataFrame, area: str) -> list[str]:
    """The periods in which one area has a value, oldest first."""
    return list(reversed(periods(rows[(rows["area_code"] == area) & rows["value"].notna()])))


def extremes(rows: pd.DataFrame) -> pd.DataFrame:
    """The lowest and the highest value of the councils held, a row an indicator and period that has two or more.

    Columns indicator_id, period, councils (how many have a value), lowest and highest (values), lowest_area and
    highest_area (the code of one council there), lowest_shared and highest_shared (how many councils share it).
    Regions, England, wards and neighbourhoods are not councils.
    """
    known = rows[rows["value"].notna() & rows["area_code"].str.match(COUNCILS)].sort_values("area_code")
    groups = known.groupby(KEYS)["value"]
    counted = groups.size().rename("councils").to_frame()
    counted = counted.join(_end(known[known["value"] == groups.transform("min")], "lowest"))
    counted = counted.join(_end(known[known["value"] == groups.transform("max")], "highest"))
    return counted[counted["councils"] > 1].reset_index()


def _end(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    return rows.groupby(KEYS).agg(
        **{name: ("value", "first"), f"{name}_area": ("area_code", "first"), f"{name}_shared": ("area_code", "size")}
    )


def ranges(rows: pd.DataFrame, printed: pd.DataFrame) -> pd.DataFrame:
    """As `extremes`, with `of_england`; where a profile prints England's worst and best council, those instead.

    `printed` is PROFILES_RANGES: its ends have a value and no council.
    """
    known = printed[printed["england_worst"].notna()].drop_duplicates(KEYS, keep="last")
    ends = known[["england_worst", "england_best"]]
    whole = known[KEYS].assign(lowest=ends.min(axis=1), highest=ends.max(axis=1), of_england=True)
    ours = extremes(rows).assign(of_england=False)
    both = pd.concat([ours, whole], ignore_index=True) if len(whole) else ours
    return both.drop_duplicates(KEYS, keep="last", ignore_index=True)


def against_council(areas: pd.DataFrame, limits: str) -> pd.Series:
    """Which side of the council each other council stands on in one period: 1 above, -1 below, 0 no clear difference.

    Indexed by area code, only councils for which both have counts; judged at 95% by Newcombe's difference of shares
    (`limits` wilson) or the exact ratio of rates (byar). `areas` has one row an area. Regions and England are left
    out, for they hold the council.
    """
    counted = areas[areas["numerator"].notna() & areas["denominator"].gt(0) & areas["area_code"].str.match(COUNCILS)]
    if limits == "wilson":
        counted = counted[counted["numerator"] <= counted["denominator"]]
    counted = counted[counted["numerator"].mod(1).eq(0)].set_index("area_code")
    if limits not in _TESTS or COUNCIL not in counted.index:
        return pd.Series(dtype=float)
    ours, others = counted.loc[COUNCIL], counted.drop(index=COUNCIL)
    if others.empty:
        return pd.Series(dtype=float)
    test, equal = _TESTS[limits]
    found = test(others["numerator"], others["denominator"], ours["numerator"], ours["denominator"])
    side = found["lower"].gt(equal).astype(float) - found["upper"].lt(equal).astype(float)
    return pd.Series(side.to_numpy(), index=others.index)


_TESTS = {"wilson": (newcombe, 0.0), "byar": (rate_ratio, 1.0)}
