"""Journeys from neighbourhoods to sites: one mode at a time, from a route planner's table or a stated stand-in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.reach import CATCHMENTS, DETOUR, travel_minutes
from analysis.refusal import Refusal
from analysis.sources.contracts import Breach, ContractBroken
from analysis.sources.library import Library
from analysis.sources.tables.travel import TRAVEL_TIMES
from analysis.sources.uploads import given_table, given_text
from analysis.statistics.intervals import Floats

MOST_SHOWN = 20


@dataclass(frozen=True)
class Mode:
    """A way to travel. `km_per_hour` is the stand-in's speed door to door, and `why` where it comes from."""

    id: str
    title: str
    words: str
    km_per_hour: float
    why: str


MODES = {
    mode.id: mode
    for mode in (
        Mode(
            "foot",
            "On foot",
            "on foot",
            CATCHMENTS["walk30"].km_per_hour,
            "a usual walking pace; slower with a pushchair or up a hill",
        ),
        Mode(
            "bus",
            "By bus",
            "by bus",
            CATCHMENTS["bus30"].km_per_hour,
            "our assumption, with the walk and the wait; no timetable is used, so a place without a bus is not seen",
        ),
        Mode(
            "car",
            "By car",
            "by car",
            25.0,
            "our assumption, with smaller roads and parking: two thirds of the 37 km an hour (23.3 mph) that the "
            "Department for Transport gives for local A roads in England, year ending June 2023; many families have "
            "no car",
        ),
    )
}


@dataclass(frozen=True)
class Journeys:
    """Minutes from every neighbourhood (rows) to every site (columns), and which of them a table gave."""

    minutes: Floats
    from_table: NDArray[np.bool_]

    @property
    def share_from_table(self) -> float:
        """Share of the pairs, 0 to 1, whose minutes come from a table and not from the stand-in."""
        return float(self.from_table.mean()) if self.from_table.size else 0.0


def journeys(points: pd.DataFrame, sites: pd.DataFrame, mode: Mode, times: pd.DataFrame | None = None) -> Journeys:
    """Minutes by one mode: `times` where it has the pair, elsewhere the straight line times 1.3 over the speed.

    `points` has area_code, latitude and longitude; `sites` has site_id, latitude and longitude; `times` keeps the
    contract TRAVEL_TIMES. Rows of other modes, neighbourhoods or sites are left aside.
    """
    minutes = travel_minutes(points, sites, mode.km_per_hour)
    given = np.zeros(minutes.shape, bool)
    if times is not None:
        rows = times[times["mode"] == mode.id]
        start = pd.Index(points["area_code"]).get_indexer(pd.Index(rows["from_code"]))
        end = pd.Index(sites["site_id"]).get_indexer(pd.Index(rows["site_id"]))
        known = (start >= 0) & (end >= 0)
        minutes[start[known], end[known]] = rows["minutes"].to_numpy(float)[known]
        given[start[known], end[known]] = True
    return Journeys(minutes, given)


def declared_times(library: Library) -> pd.DataFrame | None:
    """The travel times declared in the catalogue, or None where there are none.

    Raises Refusal naming every code that is not a neighbourhood or a site of the atlas.
    """
    entries = [entry for entry in library.entries.values() if entry.contract == TRAVEL_TIMES.name]
    if not entries:
        return None
    rows = library.table(TRAVEL_TIMES.name)
    unknown = _unknown(rows, entries[0].path, library)
    if unknown:
        raise Refusal(report(entries[0].path, unknown))
    return rows


def given_times(content: bytes, file: str, library: Library) -> pd.DataFrame:
    """The travel times of a CSV a reader gives. Raises Refusal with every fault by row and column; nothing is kept."""
    try:
        raw = given_text(content, file)
        return given_table(raw, TRAVEL_TIMES, file, _unknown(raw, file, library))
    except ContractBroken as broken:
        raise Refusal(report(file, broken.breaches)) from broken


def report(file: str, breaches: Iterable[Breach]) -> str:
    """Every fault of a given file in plain words, the first of them one a line."""
    lines = [str(breach) for breach in breaches]
    more = [f"… and {len(lines) - MOST_SHOWN:,} more."] if len(lines) > MOST_SHOWN else []
    count = "1 fault" if len(lines) == 1 else f"{len(lines):,} faults"
    return "\n".join([f"{file} was not taken up: {count}.", *lines[:MOST_SHOWN], *more])


def stand_in(mode: Mode) -> str:
    """What stands in for a journey, as a clause."""
    return f"the straight line times {DETOUR:g} at {mode.km_per_hour:g} km an hour ({mode.why})"


def _unknown(rows: pd.DataFrame, file: str, library: Library) -> list[Breach]:
    if not {"from_code", "site_id"} <= set(rows.columns):
        return []
    neighbourhoods = _codes(library, (("DEMAND_POINTS_LSOA11", "lsoa11_code"), ("DEMAND_POINTS_LSOA21", "lsoa21_code")))
    sites = _codes(library, (("SITES", "site_id"), ("COMMISSIONED_SITES", "site_id")))
    return [
        *_breaches(
            rows,
            "from_code",
            lambda code: code.startswith("E01") and len(code) == 9 and code not in neighbourhoods,
            file,
            "Use the code of a neighbourhood (LSOA 2011 or 2021) of this council.",
        ),
        *_breaches(
            rows,
            "site_id",
            lambda code: bool(code) and code not in sites,
            file,
            "Use a site_id of the tables of places or of commissioned sites on the Sources page.",
        ),
    ]


def _codes(library: Library, columns: Iterable[tuple[str, str]]) -> frozenset[str]:
    return frozenset(code for contract, column in columns for code in library.table(contract)[column])


def _breaches(rows: pd.DataFrame, column: str, wrong: Callable[[str], bool], file: str, remedy: str) -> list[Breach]:
    cells = rows[column].astype(str).tolist()
    return [Breach(file, row, column, cell, remedy) for row, cell in enumerate(cells, start=2) if wrong(cell)]
