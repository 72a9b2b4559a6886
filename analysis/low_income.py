"""Children in low-income families over the years, by ward and for the council."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from analysis.sources.library import Library
from analysis.statistics.differences import newcombe, proportions_against_rest
from analysis.statistics.intervals import wilson

COUNCILS = "E0[6-9]"
HOUSING_COSTS = {"BHC": "Before housing costs", "AHC": "After housing costs"}
LIKELY, CERTAIN = 0.95, 0.998
CHANGED = ("fell", "no clear change", "rose")
AGAINST_REST = ("lower", "no clear difference", "higher")
UNKNOWN = "not known"
_LIMITED = ["difference", "lower", "upper"]


def series(library: Library, housing_costs: str) -> pd.DataFrame:
    """Children aged 0-15 in relative low income by ward since 2019 and for the council, sorted by area and year.

    Columns area_code, year_ending, count, percent (of children; more is worse), children (count over percent),
    percent_lower and percent_upper (Wilson 95% limits, ours) and status. Years that were not published have no
    row; a row without a figure keeps its status. Source: DWP and HMRC, provisional.
    """
    wards = library.table("CHILD_POVERTY_WARD").rename(columns={"ward19_code": "area_code"})
    areas = library.table("CHILD_POVERTY_AREA")
    rows = pd.concat([wards, areas[areas["area_code"] == library.council.code]], ignore_index=True)
    rows = rows[(rows["measure"] == "relative") & (rows["housing_costs"] == housing_costs)]
    return with_limits(rows).sort_values(["area_code", "year_ending"], ignore_index=True)


def with_limits(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of count and percent with children, percent_lower and percent_upper where both are known."""
    count, percent = rows["count"].astype(float), rows["percent"].astype(float)
    known = count.notna() & percent.gt(0)
    children = (100 * count / percent).where(known)
    lower, upper = wilson(count[known], children[known])
    return rows.assign(
        children=children,
        percent_lower=pd.Series(100 * lower, index=rows.index[known]),
        percent_upper=pd.Series(100 * upper, index=rows.index[known]),
    )


def wide(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """One row an area, one column a year, of one column of `series`."""
    return rows.pivot(index="area_code", columns="year_ending", values=column)


def compared(rows: pd.DataFrame) -> pd.DataFrame:
    """Each area's change from the first year to the newest, and each ward against the rest of the council.

    `rows` are those of `series`. One row an area. Columns area_code, first_year, last_year; change (percentage points;
    above 0 is more children) with change_lower and change_upper (95%), change_lower_998, change_upper_998,
    change_said (one of CHANGED, judged at 95%) and change_certain (at 99.8% too); and the same seven beginning rest:
    the ward less all other wards together in the newest year, with one of AGAINST_REST. They are UNKNOWN and missing
    where a figure is, the second for every ward when any ward's is, and for the council, which has no rest.
    Source: Newcombe 1998, never whether two intervals overlap.
    """
    first, last = int(rows["year_ending"].min()), int(rows["year_ending"].max())
    newest = rows[rows["year_ending"] == last].set_index("area_code")
    oldest = rows[(rows["year_ending"] == first) & (first < last)].set_index("area_code").reindex(newest.index)
    wards = newest[~newest.index.str.match(COUNCILS)]

    def change(confidence: float) -> pd.DataFrame:
        return newcombe(*_counts(newest), *_counts(oldest), confidence).set_index(newest.index)

    def rest(confidence: float) -> pd.DataFrame:
        return proportions_against_rest(*_counts(wards), confidence).reindex(newest.index)

    told = _told("change", change, CHANGED).join(_told("rest", rest, AGAINST_REST))
    return told.assign(first_year=first, last_year=last).reset_index(names="area_code")


def _counts(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    return rows["count"].astype(float), rows["children"].astype(float)


def _told(name: str, difference: Callable[[float], pd.DataFrame], words: tuple[str, str, str]) -> pd.DataFrame:
    """A difference in percentage points with its limits at both levels, and what to say of it."""
    likely, certain = 100 * difference(LIKELY)[_LIMITED], 100 * difference(CERTAIN)[_LIMITED]
    side, sure = _side(likely), _side(certain)
    return pd.DataFrame(
        {
            name: likely["difference"],
            f"{name}_lower": likely["lower"],
            f"{name}_upper": likely["upper"],
            f"{name}_lower_998": certain["lower"],
            f"{name}_upper_998": certain["upper"],
            f"{name}_said": side.map(dict(zip((-1, 0, 1), words, strict=True))).fillna(UNKNOWN),
            f"{name}_certain": sure.abs().eq(1),
        }
    )


def _side(limits: pd.DataFrame) -> pd.Series:
    """1 where the limits lie above 0, -1 below, 0 where they hold it, missing where they are."""
    side = limits["lower"].gt(0).astype(float) - limits["upper"].lt(0).astype(float)
    return side.where(limits["lower"].notna())
