"""Collecting the faults of a table with the cell each is in: all counted, the first listed in the order of the file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from analysis.uploads.limits import LISTED
from analysis.uploads.remarks import WHOLE_FILE, Remark, remark


class Place(NamedTuple):
    """A column of a file: its place from 0, and its heading."""

    column: int
    header: str


class Faults:
    """Faults of one sheet. `total` counts all of them."""

    def __init__(self, sheet: str, header_row: int) -> None:
        self.sheet, self.header_row = sheet, header_row
        self.total = 0
        self._kept: list[tuple[Remark, int | None]] = []

    def heading(self, place: int | None, column: str, found: str, expected: str, remedy: str) -> None:
        """A fault in the row of headings."""
        self.add(remark(self.sheet, self.header_row, column, found, expected, remedy), place)

    def whole(self, found: str, expected: str, remedy: str) -> None:
        """A fault of the whole sheet."""
        self.add(remark(self.sheet, None, WHOLE_FILE, found, expected, remedy), None)

    def add(self, fault: Remark, place: int | None) -> None:
        """One fault."""
        self.total += 1
        self._kept.append((fault, place))

    def each(self, rows: Sequence[int], make: Callable[[int], Remark], place: int | None) -> None:
        """A fault in each row, made only as long as it can be listed."""
        self.total += len(rows)
        self._kept += [(make(row), place) for row in rows[:LISTED]]

    def listed(self) -> tuple[tuple[Remark, ...], tuple[int | None, ...]]:
        """The first faults in the order of the file, and the column of each."""
        ordered = sorted(self._kept, key=lambda one: (one[0].row or 0, -1 if one[1] is None else one[1]))[:LISTED]
        return tuple(fault for fault, _ in ordered), tuple(place for _, place in ordered)
