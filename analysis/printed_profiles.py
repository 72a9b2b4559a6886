"""The four councils' profiles of need as their strategies print them, side by side, with today's figures beneath."""

from __future__ import annotations

import pandas as pd

from analysis.compare import FOUR, usual_period
from analysis.editions import COUNCIL
from analysis.indicators import Indicators
from analysis.printed_families import FAMILIES, Family

NOT_PRINTED = "not printed in its strategy"
PRINTED_BY = {
    COUNCIL: "Early Help Needs Assessment of 2020 and Early Help and Intervention Strategy 2021-25",
    "E06000024": "Early Help Strategy 2014-20",
    "E06000054": "Early Help Strategy 2013-16",
    "E06000006": "Early Help Strategy 2018-21",
}
SHOWN = ["area_code", "indicator_id", "title", "unit", "period", "value", "lower", "upper"]
SHOWN += ["numerator", "denominator", "status", "note", "locator", "basis"]


def side_by_side(held: Indicators) -> pd.DataFrame:
    """One row for each printed or newest figure: the families in order, `line` printed before newest, by council.

    Columns `family_id`, `family`, `alike`, `family_note`, `line`, then those of the observation with its title and
    unit. A council that prints none of a family has one row, `status` "not printed in its strategy". The newest
    figures are of the newest period held for all four councils.
    """
    rows = [row for family in FAMILIES for row in _rows(held, family)]
    return pd.DataFrame(rows, columns=["family_id", "family", "alike", "family_note", "line", *SHOWN])


def _rows(held: Indicators, family: Family) -> list[dict[str, object]]:
    head = {"family_id": family.id, "family": family.title, "alike": str(family.alike)}
    printed = {**head, "family_note": family.note, "line": "printed"}
    newest = {**head, "family_note": family.newest_note, "line": "newest"}
    found = [printed | row for code in FOUR for row in _printed(held, code, family.printed.get(code, ()))]
    return found + [newest | row for name in family.newest for row in _newest(held, name)]


def _printed(held: Indicators, code: str, names: tuple[str, ...]) -> list[dict[str, object]]:
    if not names:
        return [{"area_code": code, "status": NOT_PRINTED}]
    own = [held.of(name).loc[lambda rows: rows["area_code"] == code] for name in names]
    return [_seen(held, _rows_of(rows.sort_values(["period_end", "period"]))[-1]) for rows in own]


def _newest(held: Indicators, name: str) -> list[dict[str, object]]:
    rows = held.of(name)
    now = rows[rows["period"] == usual_period(rows, FOUR)]
    return [_seen(held, row) for code in FOUR for row in _rows_of(now[now["area_code"] == code])]


def _rows_of(rows: pd.DataFrame) -> list[dict[str, object]]:
    return [{str(name): value for name, value in row.items()} for row in rows.to_dict("records")]


def _seen(held: Indicators, row: dict[str, object]) -> dict[str, object]:
    about = held.about(str(row["indicator_id"]))
    told = row | {"title": about["title"], "unit": about["unit"]}
    return {name: told[name] for name in SHOWN}


def others(held: Indicators) -> pd.DataFrame:
    """Every figure of the four strategies that belongs to no family, newest period first, by council and title.

    Columns as the observations of `side_by_side`. B&NES's are of its strategy; those of its assessment of 2020 are too
    many to list and stand on the Indicators page.
    """
    used = {name for family in FAMILIES for names in family.printed.values() for name in names}
    mine = held.table[(held.table["source"] == "strategies") & ~held.table.index.isin(list(used))]
    rows = held.observations
    rows = rows[rows["indicator_id"].isin(list(mine.index)) & rows["area_code"].isin(list(FOUR))]
    titled = rows.assign(title=rows["indicator_id"].map(mine["title"]), unit=rows["indicator_id"].map(mine["unit"]))
    order = titled["area_code"].map({code: place for place, code in enumerate(FOUR)})
    sorted_rows = titled.assign(order=order).sort_values(
        ["order", "title", "period_end"], ascending=[True, True, False], ignore_index=True
    )
    return sorted_rows[SHOWN]
