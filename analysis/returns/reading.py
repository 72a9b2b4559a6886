"""Sheets of cells from the bytes of a file: nothing is evaluated, and nothing is opened before it has been measured."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import ParseError

from analysis.returns import extents
from analysis.returns.container import SAVE_AGAIN, SPREADSHEET, clean_copy, kind_of
from analysis.returns.report import Remark, Unreadable, remark

DELIMITERS = ",;\t"
WRITTEN_IN_WINDOWS = "The file is not UTF-8. It was read as Windows-1252: look at names with accents or apostrophes."


@dataclass(frozen=True)
class Sheet:
    """One sheet: `rows` from the first row of the file on, cells as numbers, dates, flags or text, blanks as ''."""

    name: str
    rows: Sequence[Sequence[object]]


@dataclass(frozen=True)
class Opened:
    """A file as read: its kind, its sheets, the formulas refused in it, and notes on how it was read."""

    kind: str
    sheets: tuple[Sheet, ...]
    formulas: tuple[Remark, ...] = ()
    notes: tuple[Remark, ...] = ()


def opened(content: bytes, name: str) -> Opened:
    """The sheets of an .xlsx, .ods or .csv. Raises Unreadable where there is nothing that can be read safely."""
    kind = kind_of(content, name)
    if kind == "csv":
        return _csv(content)
    try:
        return _workbook(content, kind)
    except Unreadable:
        raise
    except BaseException as error:
        if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        raise Unreadable("a damaged workbook", SPREADSHEET, SAVE_AGAIN) from error


def _workbook(content: bytes, kind: str) -> Opened:
    from python_calamine import load_workbook

    packed, parts = clean_copy(content)
    if kind == "xlsx":
        extents.refuse_far(parts)
        found = extents.formulas(parts, packed)
    else:
        found = _ods_formulas(parts)
    with load_workbook(io.BytesIO(packed)) as book:
        named = [(name, book.get_sheet_by_name(name)) for name in book.sheet_names]
        sheets = tuple(Sheet(name, sheet.to_python(skip_empty_area=False)) for name, sheet in named)
    return Opened(kind, sheets, tuple(found))


def _ods_formulas(parts: dict[str, bytes]) -> list[Remark]:
    from defusedxml.common import DefusedXmlException

    try:
        return extents.ods_formulas(parts["content.xml"])
    except (DefusedXmlException, ParseError) as error:
        raise Unreadable("a damaged workbook", SPREADSHEET, SAVE_AGAIN) from error


def _csv(content: bytes) -> Opened:
    text, notes = _decoded(content)
    start = text[:4096].partition("\n")[0]
    delimiter = max(DELIMITERS, key=start.count)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(row)
            if len(rows) > extents.MOST_ROWS + extents.TITLES:
                raise extents.too_many_rows(len(rows))
    except csv.Error as error:
        raise Unreadable("a CSV file that cannot be read", SPREADSHEET, SAVE_AGAIN) from error
    extents.refuse_columns(max((_reach(row) for row in rows if len(row) > extents.MOST_COLUMNS), default=0))
    if delimiter != ",":
        words = {";": "semicolons", "\t": "tabs"}[delimiter]
        notes.append(remark("CSV", None, "(whole file)", words, "commas", f"The cells were read as parted by {words}."))
    return Opened("csv", (Sheet("CSV", rows),), notes=tuple(notes))


def _reach(row: list[str]) -> int:
    return max((place for place, cell in enumerate(row, start=1) if cell.strip()), default=0)


def _decoded(content: bytes) -> tuple[str, list[Remark]]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace"), []
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        note = remark("CSV", None, "(whole file)", "Windows-1252", "UTF-8", WRITTEN_IN_WINDOWS)
        return content.decode("cp1252", errors="replace"), [note]
