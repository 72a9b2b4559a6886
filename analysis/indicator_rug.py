"""The indicators of a topic as a grid: each against England, by place in one period, or for the council by year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.editions import COUNCIL, ENGLAND
from analysis.indicators import OTHER_COUNCILS, SOUTH_WEST, Indicators, judged

YEARS = 10
AGAINST = ["indicator_id", "polarity", "title", "unit", "worse"]


@dataclass(frozen=True)
class Rug:
    """A grid of comparisons with England.

    `rows` are indicators in order, with what the overview says of each; `columns` are area codes or years, as text;
    `cells` has a row for each observation there is, with `column`, `benchmark`, `difference` and `outcome`. A place
    of the grid without one is not held.
    """

    rows: pd.DataFrame
    columns: tuple[str, ...]
    cells: pd.DataFrame


def places(held: Indicators) -> tuple[str, ...]:
    """The council, the three others, the South West and the statistical neighbours, nearest first."""
    return (COUNCIL, *OTHER_COUNCILS, SOUTH_WEST, *held.neighbours)


def by_place(held: Indicators, found: pd.DataFrame, columns: Sequence[str]) -> Rug:
    """Each indicator of `found` that can be set beside England, and each area, in the council's newest such period.

    `found` are rows of `indicators.overview` in the order wanted. Other areas are shown in that same period only.
    """
    rows = found[found["benchmark"].notna()]
    about = rows[[*AGAINST, "period", "benchmark"]]
    seen = held.observations[held.observations["area_code"].isin(list(columns))]
    cells = seen.merge(about, on=["indicator_id", "period"])
    return Rug(rows, tuple(columns), judged(cells.assign(column=cells["area_code"])))


def by_year(held: Indicators, found: pd.DataFrame) -> Rug:
    """Each indicator of `found` for the council in each of the ten newest years, against England in the same period.

    A period stands in the year it ends in; of several that end in one year the last is shown.
    """
    rows = found[found["benchmark"].notna()]
    seen = held.observations[held.observations["indicator_id"].isin(rows["indicator_id"])]
    england = seen.loc[seen["area_code"] == ENGLAND, ["indicator_id", "period", "value"]]
    ours = seen[seen["area_code"] == COUNCIL].drop_duplicates(["indicator_id", "period_end"], keep="last")
    cells = ours.merge(england.rename(columns={"value": "benchmark"}), on=["indicator_id", "period"], how="left")
    cells = cells.merge(rows[AGAINST], on="indicator_id")
    years = sorted(cells["period_end"].unique())[-YEARS:]
    cells = cells[cells["period_end"].isin(years)].reset_index(drop=True)
    named = cells["period_end"].astype(int).astype(str)
    return Rug(rows, tuple(str(int(year)) for year in years), judged(cells.assign(column=named)))
