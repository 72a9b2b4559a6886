"""Children in low-income families over the years, as a sentence and a table."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

from analysis.editions import COUNCIL, COUNCIL_NAME
from analysis.low_income import HOUSING_COSTS, wide
from analysis.present.words import limits, listed, number
from analysis.sources.contracts import STATUS_WORDS


def sentence(rows: pd.DataFrame, housing_costs: str, names: dict[str, str]) -> str:
    """The newest year: the council, and the wards whose limits lie wholly above it."""
    last = int(rows["year_ending"].max())
    newest = rows[rows["year_ending"] == last].set_index("area_code")
    council: Any = newest.loc[COUNCIL]
    wards = newest.drop(index=COUNCIL)
    above = wards[wards["percent_lower"] > council["percent"]].sort_values("percent", ascending=False)
    first = (
        f"{number(council['count'])} children aged 0-15, {council['percent']:.1f}% of the council's children, lived in "
        f"low-income families {HOUSING_COSTS[housing_costs].lower()} in the year to March {last}."
    )
    if above.empty:
        return f"{first} No ward's limits lie wholly above that."
    found = listed([f"{names[str(code)]} ({value:.1f}%)" for code, value in above["percent"].items()])
    return f"{first} Limits lie wholly above that in {len(above)} of {len(wards)} wards: {found}."


def table(rows: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Per cent with limits by year; the council first, then the ward with the largest newest figure."""
    years = sorted(rows["year_ending"].unique())
    shown = {int(year): _year(rows[rows["year_ending"] == year]) for year in years}
    percent = wide(rows, "percent")
    order = [COUNCIL, *percent.drop(index=COUNCIL)[years[-1]].sort_values(ascending=False).index]
    return pd.DataFrame(
        {
            "Area": [COUNCIL_NAME if code == COUNCIL else names[code] for code in order],
            **{f"% in {year}": [shown[year].get(code, "not published") for code in order] for year in reversed(shown)},
            f"Children, {years[-1]}": [number(value) for value in wide(rows, "count").loc[order, years[-1]]],
        }
    )


def _year(rows: pd.DataFrame) -> dict[str, str]:
    return {row["area_code"]: _cell(row) for row in rows.to_dict("records")}


def _cell(row: dict[Hashable, Any]) -> str:
    if row["status"] != "ok":
        return STATUS_WORDS[row["status"]]
    return limits(row["percent"], row["percent_lower"], row["percent_upper"], 1)


CAUTION = (
    "Relative low income: under 60% of the median income of the same year, in families that also claimed Child "
    "Benefit and another benefit. Years end in March; all figures are provisional, and after housing costs only the "
    "last two years were published. Limits are Wilson 95% limits, ours, from the published count and per cent."
)
