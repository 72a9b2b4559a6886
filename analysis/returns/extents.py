"""How far a workbook's sheets reach, and which cells hold formulas, found before a reader makes room for them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from analysis.returns.report import Remark, Unreadable, remark

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_ROWS = 50_000
TITLES = 20
MOST_COLUMNS = 60
MOST_SHEETS = 30
FORMULA = "The formula was not worked out. Copy the column and paste it as values."
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\sr=\"(\d+)\"")
_ROWS, _CELLS = re.compile(rb"<(?:\w+:)?row[\s/>]"), re.compile(rb"<(?:\w+:)?c[\s/>]")
_COLUMN = re.compile(rb"\sr=\"([A-Za-z]+)\d+\"")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def refuse_far(parts: Mapping[str, bytes]) -> None:
    """Raises Unreadable for an Excel workbook with too many sheets, or a sheet that reaches too far down or across."""
    sheets = [part for name, part in parts.items() if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name)]
    if len(sheets) > MOST_SHEETS:
        raise Unreadable(f"{len(sheets)} sheets", f"at most {MOST_SHEETS} sheets", "Leave out the other sheets.")
    for sheet in sheets:
        rows = max((int(row) for row in _ROW.findall(sheet)), default=0)
        _refuse_rows(max(rows, len(_ROWS.findall(sheet))))
        refuse_columns(max((_place(name) for name in set(_COLUMN.findall(sheet))), default=0))
        if len(_CELLS.findall(sheet)) > (MOST_ROWS + TITLES) * MOST_COLUMNS:
            raise _too_many_columns(MOST_COLUMNS + 1)


def formulas(parts: Mapping[str, bytes], packed: bytes) -> list[Remark]:
    """Every cell of an Excel workbook that holds a formula, by sheet, row and column letter."""
    if not any(_FORMULA.search(part) for name, part in parts.items() if name.startswith("xl/worksheets/")):
        return []
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(packed), read_only=True, data_only=False, keep_links=False)
    return [
        _formula(sheet.title, cell.row, cell.column_letter, cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


def _formula(sheet: str, row: int, column: str, value: object) -> Remark:
    return remark(sheet, row, f"column {column}", getattr(value, "text", value), "a value, not a formula", FORMULA)


def ods_formulas(content: bytes) -> list[Remark]:
    """Every cell of an OpenDocument sheet that holds a formula. Raises Unreadable for one that reaches too far."""
    return list(_walked(content))


def _walked(content: bytes) -> Iterator[Remark]:
    from defusedxml.ElementTree import iterparse

    sheet, row, sheets = "", 1, 0
    for event, element in iterparse(io.BytesIO(content), events=("start", "end")):
        if element.tag == f"{_TABLE}table" and event == "start":
            sheet, row, sheets = element.get(f"{_TABLE}name", ""), 1, sheets + 1
            if sheets > MOST_SHEETS:
                raise Unreadable("too many sheets", f"at most {MOST_SHEETS} sheets", "Leave out the other sheets.")
        elif element.tag == f"{_TABLE}table-row" and event == "end":
            cells, filled = list(_cells(element)), _filled(element)
            refuse_columns(max((place for place, cell in cells if _holds(cell)), default=0))
            times = _repeated(element, "rows")
            _refuse_rows(row + times - 1 if filled else 0)
            for place, cell in cells:
                formula = cell.get(f"{_TABLE}formula")
                if formula is not None:
                    yield remark(sheet, row, f"column {place}", formula, "a value, not a formula", FORMULA)
            row += times
            element.clear()


def _cells(row: Element) -> Iterator[tuple[int, Element]]:
    place = 0
    for cell in row:
        place += _repeated(cell, "columns")
        yield place, cell


def _filled(row: Element) -> bool:
    return any(_holds(cell) for cell in row)


def _holds(cell: Element) -> bool:
    return cell.find(f"{_TEXT}p") is not None or cell.get(f"{_TABLE}formula") is not None


def _repeated(element: Element, what: str) -> int:
    return int(element.get(f"{_TABLE}number-{what}-repeated", "1"))


def _place(letters: bytes) -> int:
    place = 0
    for letter in letters.upper()[:4]:
        place = place * 26 + letter - 64
    return place


def _refuse_rows(rows: int) -> None:
    if rows > MOST_ROWS + TITLES:
        raise too_many_rows(rows)


def too_many_rows(rows: int) -> Unreadable:
    """The refusal of a sheet that reaches too far down."""
    return Unreadable(
        f"a sheet that reaches row {rows:,}",
        f"at most {MOST_ROWS:,} rows",
        "Delete the empty rows below the last (select them, right-click, Delete), or give the return in parts.",
    )


def refuse_columns(columns: int) -> None:
    """Raises Unreadable where a sheet reaches too far across."""
    if columns > MOST_COLUMNS:
        raise _too_many_columns(columns)


def _too_many_columns(columns: int) -> Unreadable:
    remedy = "Delete the columns that are not in the template."
    return Unreadable(f"a sheet that reaches column {columns:,}", f"at most {MOST_COLUMNS} columns", remedy)
