"""Hospital admissions for injury (Fingertips 90284) and the figures behind the ONS Health Index."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.build.names import slug
from analysis.build.observed import as_text, observed, rows

ADMISSIONS, INDEX = "hospital_admissions_injury_la.csv", "ons_health_index_indicators_la.csv"
ADMISSION_IDS = {
    "Persons": "admissions_injury_0_14",
    "Male": "admissions_injury_0_14_male",
    "Female": "admissions_injury_0_14_female",
}
_FIGURES = {
    "value": "value",
    "lcl95": "lower",
    "ucl95": "upper",
    "count": "numerator",
    "denominator": "denominator",
}
REPEATED = "the same as the year before in all four councils: filled from another year"


def health(folder: Path) -> pd.DataFrame:
    """Every figure of both files."""
    parts = [admissions(as_text(folder / ADMISSIONS)), health_index(as_text(folder / INDEX))]
    return observed(pd.concat(parts, ignore_index=True))


def admissions(published: pd.DataFrame) -> pd.DataFrame:
    """Admissions of children under 15 per 10,000, with published 95% limits and the counts behind them."""
    numbers = published[list(_FIGURES)].rename(columns=_FIGURES).apply(pd.to_numeric)
    return numbers.assign(
        indicator_id=published["sex"].map(ADMISSION_IDS),
        area_code=published["area_code"],
        period=published["period"],
        locator=ADMISSIONS + " row " + rows(published),
    )


def health_index(published: pd.DataFrame) -> pd.DataFrame:
    """The value of each indicator in each council and year; repeated values are said to be so."""
    table = pd.DataFrame(
        {
            "indicator_id": "health_index_" + slug(published["indicator"]).str.replace("-", "_"),
            "area_code": published["la_code"],
            "period": published["year"],
            "value": pd.to_numeric(published["value"]),
            "locator": INDEX + " row " + rows(published),
        }
    )
    return table.assign(note=_repeated(table).map({True: REPEATED, False: ""}))


def _repeated(table: pd.DataFrame) -> pd.Series:
    """Whether every council of the indicator has the figure it had the year before: then no year was measured anew."""
    ordered = table.sort_values("period")
    before = ordered.groupby(["indicator_id", "area_code"])["value"].shift()
    same = ordered["value"].eq(before)
    return same.groupby([ordered["indicator_id"], ordered["period"]]).transform("all").reindex(table.index)
