"""Children in low-income families over the years, by ward and for the council."""

from __future__ import annotations

import pandas as pd

from analysis.editions import COUNCIL
from analysis.sources.library import Library
from analysis.statistics.intervals import wilson

HOUSING_COSTS = {"BHC": "Before housing costs", "AHC": "After housing costs"}


def series(library: Library, housing_costs: str) -> pd.DataFrame:
    """Children aged 0-15 in relative low income by ward since 2019 and for the council, sorted by area and year.

    Columns area_code, year_ending, count, percent (of children; more is worse), children (count over percent),
    percent_lower and percent_upper (Wilson 95% limits, ours) and status. Years that were not published have no
    row; a row without a figure keeps its status. Source: DWP and HMRC, provisional.
    """
    wards = library.table("CHILD_POVERTY_WARD").rename(columns={"ward19_code": "area_code"})
    areas = library.table("CHILD_POVERTY_AREA")
    rows = pd.concat([wards, areas[areas["area_code"] == COUNCIL]], ignore_index=True)
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
