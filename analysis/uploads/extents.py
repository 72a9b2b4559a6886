"""How far a workbook's sheets reach and how much they hold, found before a reader makes room for them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.uploads import limits
from analysis.uploads.container import SAVE_AGAIN, SPREADSHEET
from analysis.uploads.remarks import Remark, Unreadable, remark

FORMULA = "The formula was not worked out. Copy the column and paste it as values."
NO_FORMULA = "a value, not a formula"
_LETTERS = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


@dataclass(frozen=True)
class Formula:
    """A cell that holds a formula: its row and column in the file, both from 1, and the formula as written."""

    sheet: str
    row: int
    column: int
    text: str

    def remark(self, column: str = "") -> Remark:
        """The fault it is, under a heading or under the letter of its column."""
        named = column or f"column {letters(self.column)}"
        return remark(self.sheet, self.row, named, self.text, NO_FORMULA, FORMULA)


@dataclass
class Extent:
    """What one sheet holds beside its values: formulas, cells shown with a %, and cells that show an error."""

    most_rows: int
    formulas: list[tuple[int, int, str]] = field(default_factory=list)
    more_formulas: int = 0
    percents: list[tuple[int, int]] = field(default_factory=list)
    errors: list[tuple[int, int, str]] = field(default_factory=list)

    def formula(self, row: int, column: int, text: str) -> None:
        """Keep a formula, or count it where enough are kept."""
        if len(self.formulas) < limits.LISTED:
            self.formulas.append((row, column, text[: limits.LONGEST_TEXT]))
        else:
            self.more_formulas += 1

    def note(self, row: int, column: int, formula: str | None, *, percent: bool) -> None:
        """Take note of a cell's formula, and of its being shown with a %."""
        if formula is not None:
            self.formula(row, column, formula)
        if percent:
            self.percents.append((row, column))

    def reaches(self, row: int, column: int) -> None:
        """Raises Unreadable for a cell too far down or across."""
        if row > self.most_rows + limits.TITLES:
            raise too_many_rows(row, self.most_rows)
        refuse_columns(column)


@dataclass
class Contents:
    """What a workbook holds in all. Raises Unreadable where it becomes too much."""

    cells: int = 0
    letters: int = 0

    def add(self, length: int, times: int = 1) -> None:
        """A cell with so many characters, repeated so many times."""
        if length > limits.LONGEST_CELL:
            raise Unreadable(
                f"a cell of {length:,} characters", f"at most {limits.LONGEST_CELL:,} in a cell", "Shorten the cell."
            )
        self.cells += times
        self.letters += length * times
        if self.cells > limits.MOST_CELLS or self.letters > limits.MOST_TEXT:
            raise Unreadable(
                "a workbook with far too many cells",
                f"at most {limits.MOST_CELLS:,} cells",
                "Delete the rows and columns that are not needed, or give the table in parts.",
            )


def placed(reference: str) -> tuple[int, int] | None:
    """Row and column of a reference such as B7, from 1; None where it is none."""
    found = _LETTERS.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def letters(column: int) -> str:
    """The letters of a column, counted from 1."""
    written = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        written = chr(65 + rest) + written
    return written


def too_many_rows(rows: int, most: int) -> Unreadable:
    """The refusal of a sheet that reaches too far down."""
    return Unreadable(
        f"a sheet that reaches row {rows:,}",
        f"at most {most:,} rows",
        "Delete the empty rows below the last (select them, right-click, Delete), or give the table in parts.",
    )


def too_many_sheets(sheets: int) -> Unreadable:
    """The refusal of a workbook with too many sheets."""
    return Unreadable(f"{sheets} sheets", f"at most {limits.MOST_SHEETS} sheets", "Leave out the other sheets.")


def refuse_columns(columns: int) -> None:
    """Raises Unreadable where a sheet reaches too far across."""
    if columns > limits.MOST_COLUMNS:
        remedy = "Delete the columns that are not in the template."
        raise Unreadable(f"a sheet that reaches column {columns:,}", f"at most {limits.MOST_COLUMNS} columns", remedy)


def sheets_of(extents: Mapping[str, Extent], names: list[str]) -> list[Extent]:
    """The extents in the order of the sheets a reader found. Raises Unreadable where they do not go together."""
    if any(name not in extents for name in names):
        raise Unreadable("a damaged workbook", SPREADSHEET, SAVE_AGAIN)
    return [extents[name] for name in names]
