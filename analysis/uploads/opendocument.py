"""Measuring an OpenDocument spreadsheet, whose cells and rows are written once and repeated."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.uploads import limits
from analysis.uploads.container import damaged
from analysis.uploads.extents import Contents, Extent, too_many_sheets
from analysis.uploads.walk import Walk, attribute, walked, whole

CELLS = ("table-cell", "covered-table-cell")


def measured(parts: Mapping[str, bytes], most_rows: int) -> dict[str, Extent]:
    """What each sheet of an OpenDocument spreadsheet holds, by its name. Raises Unreadable where a limit is passed."""
    walk = _Content(most_rows)
    walked(parts["content.xml"], walk)
    return walk.sheets


class _Content(Walk):
    def __init__(self, most_rows: int) -> None:
        self.most_rows, self.contents = most_rows, Contents()
        self.sheets: dict[str, Extent] = {}
        self.extent: Extent | None = None
        self.row = self.rows = self.column = self.columns = self.length = 0
        self.formula: str | None = None
        self.in_cell, self.filled, self.percent = False, False, False
        self.held: list[tuple[int, int, str | None, bool]] = []
        self.lengths: list[tuple[int, int]] = []

    def opens(self, name: str, given: Mapping[str, str]) -> None:
        """A sheet, a row, a cell, or the spaces in it."""
        if name == "table":
            self._sheet(attribute(given, "name") or "")
        elif name == "table-row":
            self.rows = whole(attribute(given, "number-rows-repeated"), 1, limits.FARTHEST_ROW, 1)
            self.column, self.held, self.lengths = 0, [], []
        elif name in CELLS:
            self._cell(given)
        elif self.in_cell and name == "p":
            self.filled = True
        elif self.in_cell and name in ("s", "tab", "line-break"):
            self.length += whole(attribute(given, "c"), 0, 10**9 - 1, 1)

    def closes(self, name: str) -> None:
        """Weigh a cell, and a row as often as it is repeated."""
        if name in CELLS and self.in_cell:
            self.in_cell = False
            self._weigh()
        elif name == "table-row":
            self._end_row()
        elif name == "table":
            self.extent = None

    def text(self, words: str) -> None:
        """Count the letters of a cell."""
        if self.in_cell:
            self.length += len(words)

    def _sheet(self, name: str) -> None:
        if self.extent is not None or name in self.sheets:
            raise damaged()
        self.extent = self.sheets[name] = Extent(self.most_rows)
        self.row = 0
        if len(self.sheets) > limits.MOST_SHEETS:
            raise too_many_sheets(len(self.sheets))

    def _cell(self, given: Mapping[str, str]) -> None:
        if self.in_cell:
            raise damaged()
        self.columns = whole(attribute(given, "number-columns-repeated"), 1, limits.FARTHEST_COLUMN, 1)
        self.column += self.columns
        if self.column > 2 * limits.FARTHEST_COLUMN:
            raise damaged()
        self.formula, self.percent = attribute(given, "formula"), attribute(given, "value-type") == "percentage"
        self.length = sum(len(value) for value in given.values())
        self.in_cell, self.filled = True, self.formula is not None or attribute(given, "value-type") is not None

    def _weigh(self) -> None:
        if self.filled and self.extent is not None:
            self.extent.reaches(0, self.column)
            self.held.append((self.column, self.columns, self.formula, self.percent))
            self.lengths.append((self.length, self.columns))

    def _end_row(self) -> None:
        first, self.row = self.row + 1, self.row + self.rows
        if self.row > 2 * limits.FARTHEST_ROW:
            raise damaged()
        if not self.held or self.extent is None:
            return
        self.extent.reaches(self.row, 0)
        for length, times in self.lengths:
            self.contents.add(length, times * self.rows)
        for column, times, formula, percent in self.held:
            for row in range(first, self.row + 1):
                for place in range(column - times + 1, column + 1):
                    self.extent.note(row, place, formula, percent=percent)
