"""Finding the row of headings, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from analysis.returns.words import headers, slug
from analysis.sources.columns import COLUMNS
from analysis.sources.contracts import Contract
from analysis.uploads.limits import TITLES
from analysis.uploads.reading import Sheet
from analysis.uploads.remarks import Remark, remark

LIKE = 0.75
FEWEST = 3


@dataclass(frozen=True)
class Headings:
    """Where the columns of a contract stand in a sheet: their places by name, and the number of the row."""

    row: int
    places: Mapping[str, int]
    faults: tuple[Remark, ...]
    notes: tuple[Remark, ...]


def matches(sheet: Sheet, contract: Contract) -> tuple[int, int]:
    """How many headings of a contract stand in the best of the first rows, and the place of that row, from 0."""
    known = headers(contract)
    scores = [len({known[slug(cell)] for cell in row if slug(cell) in known}) for row in sheet.rows[:TITLES]]
    best = max(scores, default=0)
    return best, scores.index(best) if scores else 0


def headings(sheet: Sheet, contract: Contract) -> Headings:
    """The columns of a contract in a sheet; near matches are taken for what they are near, and said as faults."""
    score, place = matches(sheet, contract)
    if score < FEWEST:
        need = ", ".join(contract.columns)
        remedy = "Copy the first row of the template into the sheet, unchanged."
        return Headings(1, {}, (remark(sheet.name, None, "(headings)", "no row of headings", need, remedy),), ())
    row = sheet.rows[place]
    places, faults = _places(sheet.name, row, place + 1, contract)
    faults += _absent(sheet.name, place + 1, places, contract)
    over = "Rows above the headings were passed over."
    notes = (
        (remark(sheet.name, place + 1, "(headings)", f"headings in row {place + 1}", "row 1", over),) if place else ()
    )
    return Headings(place + 1, places, tuple(faults), notes)


def _places(name: str, row: Sequence[object], number: int, contract: Contract) -> tuple[dict[str, int], list[Remark]]:
    known = headers(contract)
    places: dict[str, int] = {}
    faults: list[Remark] = []
    strangers = []
    for place, cell in enumerate(row):
        column = known.get(slug(cell))
        if column is None:
            strangers += [(place, cell)] if slug(cell) else []
        elif column in places:
            faults.append(remark(name, number, column, cell, "each heading once", "Remove the second such column."))
        else:
            places[column] = place
    for place, cell in strangers:
        faults.append(_stranger(name, number, place, cell, places, known))
    return places, faults


def _stranger(
    name: str, number: int, place: int, cell: object, places: dict[str, int], known: Mapping[str, str]
) -> Remark:
    free = {words: column for words, column in known.items() if column not in places}
    near = get_close_matches(slug(cell), list(free), 1, LIKE)
    if near:
        column = free[near[0]]
        places[column] = place
        return remark(
            name, number, column, cell, column, f"Write the heading as {column}. The cells under it were read."
        )
    only = "only the columns of the template"
    remedy = "Remove this column. If it names or describes people, do so before you send the file to anybody."
    return remark(name, number, str(cell), cell, only, remedy)


def _absent(name: str, number: int, places: Mapping[str, int], contract: Contract) -> list[Remark]:
    absent = [column for column in contract.columns if column not in places]
    if "postcode" in places and "area_code" in absent:
        absent.remove("area_code")
    return [
        remark(name, number, column, "no such heading", column, f"Add the column {column} ({COLUMNS[column].meaning}).")
        for column in absent
    ]
