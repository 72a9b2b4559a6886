"""Returns as people send them: rows on a sheet, packed as .xlsx, .csv or .ods, and files made to do harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence

from openpyxl import Workbook

from analysis.sources.tables.activity import ACTIVITY
from analysis.sources.tables.activity_detail import ACTIVITY_DETAIL
from analysis.workbooks import rows_csv

TWERTON, ABBEY_2011 = "E05012488", "E05001935"
ROW: dict[str, object] = {
    "edition": "2026",
    "quarter": "2025-26 Q1",
    "service_group": "youth",
    "service": "Compass",
    "provider": "",
    "case_unit": "child",
    "area_code": TWERTON,
    "life_stage": "age_11_to_19",
    "supported": 12,
    "open_at_end": 10,
    "new": 3,
    "closed": 2,
    "waiting": 5,
    "weeks_waited": 4.5,
    "weeks_status": "ok",
    "capacity": 14,
    "capacity_status": "ok",
    "basis": "published",
}
DETAIL_ROW: dict[str, object] = {
    "edition": "2026",
    "quarter": "2025-26 Q1",
    "service_group": "youth",
    "case_unit": "child",
    "dimension": "sex",
    "category": "Female",
    "count": 40,
    "basis": "published",
    "note": "",
}
Rows = Sequence[Mapping[str, object]]


def cells(rows: Rows) -> list[list[object]]:
    """The heading and the rows as lists of cells."""
    return [list(rows[0]), *([row.get(name, "") for name in rows[0]] for row in rows)]


def xlsx(sheets: Mapping[str, Sequence[Sequence[object]]], change: Callable[[Workbook], None] | None = None) -> bytes:
    """A workbook with these sheets of cells."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    if change:
        change(book)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def activity(*changes: Mapping[str, object]) -> bytes:
    """A workbook whose sheet Activity has one row for each set of changes to the lawful row."""
    return xlsx({"Activity": cells([{**ROW, **change} for change in changes])})


def csv_of(rows: Rows) -> bytes:
    """The same as CSV."""
    return rows_csv(cells(rows))


def repacked(content: bytes, replaced: Mapping[str, bytes]) -> bytes:
    """The archive with some parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            if name not in replaced:
                after.writestr(name, before.read(name))
        for name, part in replaced.items():
            after.writestr(name, part)
    return out.getvalue()


def part(content: bytes, name: str) -> bytes:
    """One part of an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def ods(rows: str) -> bytes:
    """An OpenDocument spreadsheet whose one sheet Activity has these rows of XML."""
    names = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{names}office:1.0" '
        f'xmlns:table="{names}table:1.0" xmlns:text="{names}text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Activity">{rows}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{names}manifest:1.0"/>')
        archive.writestr("content.xml", content)
    return out.getvalue()


def ods_row(row: Sequence[object], times: int = 1) -> str:
    """One row of cells as OpenDocument XML."""
    inner = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
    )
    return f'<table:table-row table:number-rows-repeated="{times}">{inner}</table:table-row>'


assert list(ROW) == ACTIVITY.columns
assert list(DETAIL_ROW) == ACTIVITY_DETAIL.columns
