"""Sheets of cells from the bytes of a file: nothing is evaluated, and nothing is opened before it has been measured."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.uploads import excel, extents, limits, opendocument
from analysis.uploads.container import SAVE_AGAIN, SPREADSHEET, clean_parts, damaged, kind_of, packed
from analysis.uploads.extents import Extent, Formula
from analysis.uploads.remarks import Remark, Unreadable, remark

DELIMITERS = ",;\t"
SAMPLE = 64 * 1024
WRITTEN_IN_WINDOWS = "The file is not UTF-8. It was read as Windows-1252: look at names with accents or apostrophes."


class Percent(float):
    """A number a workbook shows times 100, with a %: 0.125 is shown as 12.5%."""

    __slots__ = ()


@dataclass(frozen=True)
class Sheet:
    """One sheet: `rows` from the first row of the file on, cells as numbers, dates, flags or text, blanks as ''.

    `formulas` are the first of its cells with a formula, and `more_formulas` counts those after.
    """

    name: str
    rows: Sequence[Sequence[object]]
    formulas: tuple[Formula, ...] = ()
    more_formulas: int = 0


@dataclass(frozen=True)
class Opened:
    """A file as read: its kind, its sheets with the formulas in them, and notes on how it was read."""

    kind: str
    sheets: tuple[Sheet, ...]
    notes: tuple[Remark, ...] = ()

    @property
    def formulas(self) -> tuple[Formula, ...]:
        """The formulas of every sheet."""
        return tuple(one for sheet in self.sheets for one in sheet.formulas)


def read(content: bytes, file: str, most_rows: int = limits.MOST_ROWS) -> Opened:
    """The sheets of an .xlsx, .ods or .csv. Raises Unreadable where there is nothing that can be read safely."""
    kind = kind_of(content, file)
    if kind == "csv":
        return _csv(content, most_rows)
    try:
        return _workbook(content, kind, most_rows)
    except Unreadable:
        raise
    except BaseException as error:
        if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        raise damaged() from error


def _workbook(content: bytes, kind: str, most_rows: int) -> Opened:
    from python_calamine import SheetTypeEnum, load_workbook

    parts = clean_parts(content, kind)
    measured = excel.measured(parts, most_rows) if kind == "xlsx" else opendocument.measured(parts, most_rows)
    clean = packed(parts)
    parts.clear()
    with load_workbook(io.BytesIO(clean)) as book:
        names = [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        found = zip(names, extents.sheets_of(measured, names), strict=True)
        sheets = tuple(
            _sheet(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False), extent)
            for name, extent in found
        )
    return Opened(kind, sheets)


def _sheet(name: str, rows: list[list[object]], extent: Extent) -> Sheet:
    for row, column in extent.percents:
        cell = _cell(rows, row, column)
        if isinstance(cell, float):
            rows[row - 1][column - 1] = Percent(cell)
    for row, column, error in extent.errors:
        if _cell(rows, row, column) is not None:
            rows[row - 1][column - 1] = error
    given = tuple(Formula(name, *one) for one in extent.formulas)
    return Sheet(name, rows, given, extent.more_formulas)


def _cell(rows: list[list[object]], row: int, column: int) -> object:
    return rows[row - 1][column - 1] if row <= len(rows) and column <= len(rows[row - 1]) else None


def _csv(content: bytes, most_rows: int) -> Opened:
    text, notes = _decoded(content)
    delimiter = _delimiter(text)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(_narrow(row))
            if len(rows) > most_rows + limits.TITLES:
                raise extents.too_many_rows(len(rows), most_rows)
    except csv.Error as error:
        raise Unreadable("a CSV file that cannot be read", SPREADSHEET, SAVE_AGAIN) from error
    if delimiter != ",":
        words = {";": "semicolons", "\t": "tabs"}[delimiter]
        notes.append(remark("CSV", None, "(whole file)", words, "commas", f"The cells were read as parted by {words}."))
    return Opened("csv", (Sheet("CSV", rows),), tuple(notes))


def _delimiter(text: str) -> str:
    """What parts the cells: the mark by which most of the first rows have the same number of cells."""
    sample = text[:SAMPLE]

    def evenness(delimiter: str) -> tuple[int, int]:
        rows = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        try:
            widths = Counter(len(row) for row, _ in zip(rows, range(limits.TITLES), strict=False) if len(row) > 1)
        except csv.Error:
            return 0, 0
        width, rows_of_it = max(widths.items(), key=lambda one: (one[1], one[0]), default=(0, 0))
        return rows_of_it, width

    return max(DELIMITERS, key=evenness)


def _narrow(row: list[str]) -> list[str]:
    """A row without the blank cells beyond the widest table. Raises Unreadable where cells there are filled."""
    if len(row) <= limits.MOST_COLUMNS:
        return row
    extents.refuse_columns(max((place for place, cell in enumerate(row, start=1) if cell.strip()), default=0))
    return row[: limits.MOST_COLUMNS]


def _decoded(content: bytes) -> tuple[str, list[Remark]]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace"), []
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        note = remark("CSV", None, "(whole file)", "Windows-1252", "UTF-8", WRITTEN_IN_WINDOWS)
        return content.decode("cp1252", errors="replace"), [note]
