"""How far the councils held lie apart on one indicator, the neighbours together, and other places' trends, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis import indicator_places
from analysis.editions import COUNCIL, SHORT_COUNCIL
from analysis.indicators import Indicators
from analysis.present.indicators_view import Row, figure
from analysis.present.words import number


def called(row: Row, end: str, names: Mapping[str, str]) -> str:
    """The council at one end of a row of `indicator_places.extremes`, and how many share its value."""
    code, shared = row[f"{end}_area"], int(row[f"{end}_shared"])
    name = SHORT_COUNCIL if code == COUNCIL else names[code]
    return name if shared == 1 else f"{name} and {shared - 1} more"


def range_sentence(areas: pd.DataFrame, about: Mapping[str, Any], decimals: int, names: Mapping[str, str]) -> str:
    """From which council to which the figures of one period run; worst and best where the indicator says which."""
    found = indicator_places.extremes(areas)
    if found.empty or not about["comparable"]:
        return ""
    row, unit = found.iloc[0].to_dict(), str(about["unit"])
    ends = [f"{figure(row[end], unit, decimals)} ({called(row, end, names)})" for end in ("lowest", "highest")]
    words = ["lowest", "highest"]
    if about["polarity"] != "neither":
        words = ["best", "worst"]
        ends = ends if about["polarity"] == "high is worse" else ends[::-1]
    limits = areas["lower"].notna().any()
    chance = " The order says nothing of chance." if limits else " No limits are held: the order may be chance."
    return (
        f"The {number(row['councils'])} councils held run from {words[0]}, {ends[0]}, to {words[1]}, {ends[1]}.{chance}"
    )


def ran(row: Row, unit: str, decimals: int, names: Mapping[str, str]) -> str:
    """The range in a row of a topic: of the councils held, or of England's where its printed profile gives it."""
    if not row["comparable"] or pd.isna(row["lowest"]):
        return ""
    low, high = (figure(row[end], unit, decimals) for end in ("lowest", "highest"))
    if row["of_england"]:
        return f"{low} to {high} over all councils of England"
    return f"{low} ({called(row, 'lowest', names)}) to {high} ({called(row, 'highest', names)})"


def neighbours_sentence(held: Indicators, areas: pd.DataFrame, about: Mapping[str, Any], decimals: int) -> str:
    """The middle and range of the statistical neighbours, and why none of them is tested against the council."""
    near = areas[areas["area_code"].isin(held.neighbours)]
    values, unit = near["value"].dropna(), str(about["unit"])
    if values.empty or not about["comparable"]:
        return ""
    least, middle, most = (figure(value, unit, decimals) for value in (values.min(), values.median(), values.max()))
    ours = areas.loc[areas["area_code"] == COUNCIL, "value"].dropna()
    stands = "" if ours.empty else f" {_stands(values, float(ours.iloc[0]))}"
    return (
        f"{number(len(values))} of the {len(held.neighbours)} statistical neighbours have a figure: from {least} to "
        f"{most}, with {middle} in the middle.{stands} {_tested(areas, held, str(about['limits']))}"
    )


def _stands(values: pd.Series, ours: float) -> str:
    above, below = int((values > ours).sum()), int((values < ours).sum())
    return f"Above {SHORT_COUNCIL}: {number(above)}; below: {number(below)}."


def _tested(areas: pd.DataFrame, held: Indicators, limits: str) -> str:
    sides = indicator_places.against_council(areas, limits)
    near = sides[sides.index.isin(held.neighbours)]
    if near.empty:
        return (
            f"How many differ statistically from {SHORT_COUNCIL} cannot be said: "
            "their figures come without the counts that a test needs."
        )
    apart = int(near.ne(0).sum())
    return f"{number(apart)} of the {len(near)} with counts differ from {SHORT_COUNCIL} (statistically, 95%)."


def period_titles(rows: pd.DataFrame, offered: Sequence[str], newest: str) -> dict[str, str]:
    """The periods as the choice names them: those without a figure say so, and a newest that is not the last too."""
    known = set(rows.loc[rows["value"].notna(), "period"])
    titles = {period: f"{period}, no place has a figure" for period in offered if period not in known}
    return titles | ({newest: f"{newest}, the newest of {SHORT_COUNCIL}"} if newest != offered[0] else {})


def blank_reason(rows: pd.DataFrame, area: str) -> str:
    """Why an area has no row in a period: for which periods it has figures, or that it has none."""
    found = indicator_places.held_for(rows, area)
    if not found:
        return "not held for any period"
    ends = found[-1] if len(found) == 1 else f"{len(found)} others, the newest {found[-1]}"
    return f"not held for this period; held for {ends}"
