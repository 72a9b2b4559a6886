"""Finding a table in a file: which sheet it is on and which row holds its headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.sources.contracts import Contract
from analysis.uploads.cells import plain
from analysis.uploads.extents import letters
from analysis.uploads.headings import matched, normalised
from analysis.uploads.limits import TITLES
from analysis.uploads.reading import Opened, Sheet
from analysis.uploads.remarks import LONGEST, Unreadable, printable

EXPLAINING = ("readme", "notes", "lists", "definitions", "example", "workedexample", "contents", "columns")


@dataclass(frozen=True)
class Located:
    """Where a table stands: its sheet, the row of its headings (from 1), the headings, and the filled rows below.

    `place` is the number of the sheet in the file from 0, and `columns` the place of each heading in its row from 0. A
    heading that stands twice has the letter of its column behind it.
    """

    sheet: str
    header_row: int
    headers: tuple[str, ...]
    rows: int
    place: int
    columns: tuple[int, ...]


@dataclass(frozen=True)
class _Candidate:
    place: int
    row: int
    matched: int
    filled: int
    named: bool
    explaining: bool

    @property
    def merit(self) -> tuple[bool, int, bool]:
        return not self.explaining, self.matched, self.named


def located(opened: Opened, contract: Contract) -> Located:
    """The sheet and the row that hold the headings of a contract; titles, empty rows and notes are passed over.

    Where no heading is known, the first row with the most headings is taken, to be mapped. Raises Unreadable where
    there is no table, or where two sheets hold it equally well.
    """
    found = [one for place, sheet in enumerate(opened.sheets) if (one := _best(place, sheet, contract)) is not None]
    if not found:
        need = ", ".join(contract.columns)
        raise Unreadable("no table", need, "Put the headings in the first row of a sheet and the rows under them.")
    known = [one for one in found if one.matched] or found
    best = max(known, key=lambda one: (one.merit, -one.place))
    others = [one for one in known if one.merit == best.merit and one.place != best.place]
    if others and best.matched:
        names = ", ".join(opened.sheets[one.place].name for one in (best, *others))
        remedy = "Keep the sheet that is meant and take the other away."
        raise Unreadable(f"the table on several sheets: {names}", "one sheet that holds it", remedy)
    return _located(best, opened.sheets[best.place])


def _best(place: int, sheet: Sheet, contract: Contract) -> _Candidate | None:
    rows = []
    for number, row in enumerate(sheet.rows[:TITLES]):
        words = [cell for cell in row if isinstance(cell, str) and cell.strip()]
        if words:
            headers, _ = _headers(row)
            known = sum(header is not None for header in matched(headers, contract, {}).values())
            rows.append((known, len(words), -number))
    if not rows:
        return None
    known, filled, row_up = max(rows)
    title = normalised(sheet.name)
    named = title in (normalised(contract.name), normalised(contract.title))
    return _Candidate(place, -row_up, known, filled, named, not named and title.startswith(EXPLAINING))


def _located(best: _Candidate, sheet: Sheet) -> Located:
    headers, columns = _headers(sheet.rows[best.row])
    filled = sum(any(plain(cell) for cell in row) for row in sheet.rows[best.row + 1 :])
    return Located(sheet.name, best.row + 1, tuple(headers), filled, best.place, tuple(columns))


def _headers(row: Sequence[object]) -> tuple[list[str], list[int]]:
    """The headings of a row, each different, and their places."""
    words = [" ".join(printable(plain(cell)).split()) for cell in row]
    times = Counter(word[:LONGEST] for word in words)
    columns = [place for place, word in enumerate(words) if word]
    headers = [
        word if times[word[:LONGEST]] == 1 and len(word) <= LONGEST else _told(word, place)
        for place, word in enumerate(words)
        if word
    ]
    return headers, columns


def _told(word: str, place: int) -> str:
    return f"{word[:LONGEST]} (column {letters(place + 1)})"
