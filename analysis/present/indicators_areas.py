"""The areas of one indicator in one period as a table, and all its observations as a download."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis import indicators
from analysis.editions import COUNCIL, ENGLAND, SHORT_COUNCIL
from analysis.indicator_places import against_council
from analysis.indicators import OTHER_COUNCILS, POLARITY, SOUTH_WEST, Indicators
from analysis.present.indicators_places_view import blank_reason
from analysis.present.indicators_view import (
    ARROWS,
    WHY_NOT,
    Row,
    capital,
    compared,
    counted,
    decimals_of,
    told,
)
from analysis.statistics.trend import Direction, Reason, Trend

SIDES = {1.0: "above (statistically, 95%)", -1.0: "below (statistically, 95%)", 0.0: "no clear difference"}


@dataclass(frozen=True)
class Said:
    """What the cells of one table are written with."""

    about: Mapping[str, Any]
    decimals: int
    names: Mapping[str, str]
    neighbours: tuple[str, ...]

    def name(self, code: str) -> str:
        """An area as the table calls it."""
        near = " (statistical neighbour)" if code in self.neighbours else ""
        return f"{SHORT_COUNCIL if code == COUNCIL else self.names[code]}{near}"


def area_table(
    held: Indicators, indicator: str, areas: pd.DataFrame, names: Mapping[str, str], *, trends: bool = False
) -> pd.DataFrame:
    """One row an area in the order a reader looks for them; `areas` is a frame of `indicators.beside`.

    How each council stands beside ours is a column where any can be tested, and `trends` adds the recent trend of
    each area. An area that is blank says why.
    """
    about, rows = held.about(indicator), held.of(indicator)
    said = Said(about, decimals_of(rows, str(about["unit"])), names, held.neighbours)
    given = {str(row["area_code"]): row for row in areas.to_dict("records")}
    held_at_all = set(rows["area_code"])
    codes = [code for code in _ordered(held, sorted(given)) if code in given or code in held_at_all]
    table = [_area(code, given.get(code), said) for code in codes]
    sides = against_council(areas, str(about["limits"]))
    for code, cells in zip(codes, table, strict=True):
        cells["Value (95% limits)"] = cells["Value (95% limits)"] or blank_reason(rows, code)
        if len(sides):
            cells[f"Beside {SHORT_COUNCIL}"] = "–" if code == COUNCIL else SIDES.get(sides.get(code, 2.0), "not tested")
        if trends:
            cells["Recent trend"] = _trend(rows, code, about)
    return pd.DataFrame(table)


def _area(code: str, row: Row | None, said: Said) -> dict[str, str]:
    unit = str(said.about["unit"])
    if row is None:
        blank = {"where": "", "Value (95% limits)": "", "Count": "–", "Beside England": "not compared"}
        return {"Area": said.name(code), **blank}
    return {
        "Area": said.name(code),
        "where": ". ".join(capital(str(row[part])) for part in ("locator", "note") if pd.notna(row[part])),
        "Value (95% limits)": told(row, unit, said.decimals),
        "Count": counted(row),
        "Beside England": compared(row, str(said.about["polarity"]), unit, said.decimals),
    }


def _trend(rows: pd.DataFrame, code: str, about: Mapping[str, Any]) -> str:
    trend = indicators.recent_trend(rows, code, share=about["per"] == 100)
    if not isinstance(trend, Trend):
        return f"not tested: {WHY_NOT[Reason(trend)] if trend in WHY_NOT else trend}"
    if trend.direction is Direction.UNKNOWN:
        return f"not tested: {WHY_NOT[trend.reason]}"
    if trend.direction is Direction.NO_CHANGE:
        return f"{ARROWS[trend.direction]} no statistically significant change"
    return f"{ARROWS[trend.direction]} {trend.judged(POLARITY[str(about['polarity'])]).lower()} (statistically, 99.8%)"


def _ordered(held: Indicators, codes: list[str]) -> list[str]:
    first = [COUNCIL, *OTHER_COUNCILS, SOUTH_WEST, ENGLAND]
    areas = [code for code in codes if not code.startswith(("E01", "E05"))]
    others = [code for code in areas if code not in first and code not in held.neighbours]
    return [*first, *others, *held.neighbours]


def download(held: Indicators, indicator: str, names: Mapping[str, str]) -> pd.DataFrame:
    """Every observation of an indicator with its title, area, unit and limits."""
    about, rows = held.about(indicator), held.of(indicator)
    return rows.assign(
        title=about["title"],
        unit=about["unit"],
        polarity=about["polarity"],
        area_name=rows["area_code"].map(names),
        limits_made_by=about["limits"],
    )
