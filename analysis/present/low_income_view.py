"""Children in low-income families over the years, as a sentence and a table."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from analysis.low_income import AGAINST_REST, CERTAIN, CHANGED, HOUSING_COSTS, UNKNOWN, wide
from analysis.present.words import limits, listed, number
from analysis.sources.contracts import STATUS_WORDS
from analysis.sources.council import Council
from analysis.statistics.benchmark import false_flags
from analysis.statistics.trend import POINTS

_COUNTED = {1: "only one", 2: "only two", 3: "only three", 4: "only four"}


def sentence(
    rows: pd.DataFrame, compared: pd.DataFrame, housing_costs: str, names: dict[str, str], council: Council
) -> str:
    """The newest year: the council, and the wards that stand above the rest of it for certain.

    `compared` is `low_income.compared` of the same rows.
    """
    last = int(rows["year_ending"].max())
    newest = rows[rows["year_ending"] == last].set_index("area_code")
    whole: Any = newest.loc[council.code]
    short = council.short_name
    first = _whole(whole, f"{HOUSING_COSTS[housing_costs].lower()} in the year to March {last}", council)
    wards = compared[compared["area_code"] != council.code]
    if wards["rest_said"].eq(UNKNOWN).all():
        return f"{first} No ward can be set against the rest of {short}, because a ward's figure is missing."
    higher = wards[wards["rest_said"].eq(AGAINST_REST[2]) & wards["rest_certain"]]
    if higher.empty:
        return f"{first} No ward's share is for certain higher than that of the rest of {short}."
    found = newest.loc[higher["area_code"], "percent"].sort_values(ascending=False)
    told = listed([f"{names[str(code)]} ({value:.1f}%)" for code, value in found.items()], most=len(wards))
    return (
        f"{first} Set against the rest of {short}, the share is higher for certain (99.8% limits) in "
        f"{len(higher)} of {len(wards)} wards: {told}."
    )


def _whole(row: Any, when: str, council: Council) -> str:
    """The figure of the council itself, or that none is held."""
    if pd.isna(row["percent"]):
        return f"How many children of {council.short_name} lived in low-income families {when} is not held."
    return (
        f"{number(row['count'])} children aged 0-15, {row['percent']:.1f}% of the council's children, lived in "
        f"low-income families {when}."
    )


def change_sentence(compared: pd.DataFrame, names: dict[str, str], council: Council) -> str:
    """Who rose and who fell between the first and the newest year, and how many would by chance alone."""
    first, last = compared["first_year"].iloc[0], compared["last_year"].iloc[0]
    if first == last:
        return f"Only the year to March {last} is held, so no change can be shown."
    since = f"Between the years to March {first} and {last}"
    whole = compared[compared["area_code"] == council.code].iloc[0]
    wards = compared[compared["area_code"] != council.code]
    return (
        f"{since} the share of {council.short_name} as a whole {_council_change(whole)}. "
        f"{_moved(wards[wards['change_certain']], names, 'For certain (99.8% limits)')} "
        f"{_moved(wards, names, 'At 95%')} Of {len(wards)} wards, chance alone would flag about "
        f"{false_flags(len(wards)):.2f} at 95% and {false_flags(len(wards), CERTAIN):.2f} at 99.8%."
    )


def _council_change(council: pd.Series) -> str:
    said = {"no clear change": "shows no clear change"}.get(council["change_said"], str(council["change_said"]))
    if council["change_said"] == UNKNOWN:
        return "cannot be compared"
    return f"{said}: {points(council, 'change')}"


def _moved(wards: pd.DataFrame, names: dict[str, str], level: str) -> str:
    told = [
        f"{word} in {listed([names[code] for code in found['area_code']], most=len(found))}"
        for word in (CHANGED[2], CHANGED[0])
        if len(found := wards[wards["change_said"] == word])
    ]
    return f"{level} it {' and '.join(told)}." if told else f"{level} it rose in no ward and fell in none."


def points(row: Mapping[Hashable, Any] | pd.Series, name: str) -> str:
    """A difference in percentage points with its 95% limits, for example +1.4 points (−1.8 to 4.5)."""
    value = row[name]
    if pd.isna(value):
        return UNKNOWN
    signed = number(value, 1)
    plus = "+" if value > 0 and signed != "0.0" else ""
    return f"{plus}{signed} points ({number(row[f'{name}_lower'], 1)} to {number(row[f'{name}_upper'], 1)})"


def no_arrow(rows: pd.DataFrame) -> str:
    """Why there is no trend arrow."""
    years = rows["year_ending"].nunique()
    return (
        f"No trend arrow is shown: the official test needs {POINTS} yearly figures and {_COUNTED.get(years, years)} "
        f"{'is' if years == 1 else 'are'} held."
    )


def table(rows: pd.DataFrame, compared: pd.DataFrame, names: dict[str, str], council: Council) -> pd.DataFrame:
    """Per cent with limits by year, the change and how it stands against the rest of the council, in words as well.

    The council comes first, then the ward with the largest newest figure.
    """
    years = sorted(rows["year_ending"].unique())
    shown = {int(year): _year(rows[rows["year_ending"] == year]) for year in years}
    percent = wide(rows, "percent")
    order = [council.code, *percent.drop(index=council.code)[years[-1]].sort_values(ascending=False).index]
    told = {row["area_code"]: row for row in compared.to_dict("records")}
    first, last = years[0], years[-1]
    return pd.DataFrame(
        {
            "Area": [council.name if code == council.code else names[code] for code in order],
            f"% in {last}": [shown[last].get(code, "not published") for code in order],
            **({f"Change {first} to {last}": [_said(told[code], "change") for code in order]} if first < last else {}),
            f"Against the rest of {council.short_name}, {last}": [
                "is the whole" if code == council.code else _said(told[code], "rest") for code in order
            ],
            **{
                f"% in {year}": [shown[year].get(code, "not published") for code in order]
                for year in reversed(shown)
                if year != last
            },
            f"Children, {years[-1]}": [number(value) for value in wide(rows, "count").loc[order, years[-1]]],
        }
    )


def _said(row: Mapping[Hashable, Any], name: str) -> str:
    if row[f"{name}_said"] == UNKNOWN:
        return UNKNOWN
    sure = ", for certain" if row[f"{name}_certain"] else ""
    return f"{row[f'{name}_said']}{sure}: {points(row, name)}"


def download(rows: pd.DataFrame, compared: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Every year and area for a spreadsheet, with the change and the comparison of its area on every row."""
    return rows.merge(compared, on="area_code").assign(area_name=rows["area_code"].map(names))


def _year(rows: pd.DataFrame) -> dict[str, str]:
    return {row["area_code"]: _cell(row) for row in rows.to_dict("records")}


def _cell(row: dict[Hashable, Any]) -> str:
    if row["status"] != "ok":
        return STATUS_WORDS[row["status"]]
    return limits(row["percent"], row["percent_lower"], row["percent_upper"], 1)


CAUTION = (
    "Relative low income: under 60% of the median income of the same year, in families that also claimed Child "
    "Benefit and another benefit. Years end in March; after housing costs only the last two were published. All counts "
    "are provisional, and the publisher alters them slightly to protect families, which no limits allow for. Limits of "
    "a share are Wilson's, of a difference Newcombe's, both ours; two shares are never judged by whether their limits "
    "overlap. A ward is set against all other wards together, so that it is not compared with itself."
)
