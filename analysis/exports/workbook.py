"""A table as an Excel workbook: as it is on screen, its figures unrounded where they are more, and what it rests on."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.exports.about import ANALYSTS, About
from analysis.exports.cells import carrying

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

LONGEST, WIDEST, NARROWEST = 32767, 60, 9
NAMES = ("Table", "Figures", "About")
Look = dict[str, Any]
LOOKS: dict[str, Look] = {
    "title": {"bold": True, "font_size": 14},
    "mark": {"bold": True, "font_color": "#ffffff", "bg_color": "#b34700"},
    "plain": {"italic": True},
    "head": {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#e9eef0"},
    "cell": {"text_wrap": True, "valign": "top"},
}


def workbook(shown: pd.DataFrame, about: About, figures: pd.DataFrame | None = None) -> bytes:
    """The workbook as .xlsx: `shown` is the table on screen, `figures` the rows of its CSV where they are others.

    Text is written as text, so that nothing in it runs; the same table gives the same bytes but for the day made.
    """
    import xlsxwriter  # noqa: PLC0415

    made = io.BytesIO()
    safely = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(made, safely) as book:
        day = about.made_on or datetime(2020, 1, 1, tzinfo=UTC).date()
        created = datetime(day.year, day.month, day.day)
        book.set_properties({"title": about.title, "author": "Early Help Atlas", "created": created})
        looks = {name: book.add_format(look) for name, look in LOOKS.items()}
        _table(book.add_worksheet(NAMES[0]), shown, about, looks)
        if figures is not None:
            rows = carrying(figures, about.basis, analysts=about.analysts)
            _rows(book.add_worksheet(NAMES[1]), rows, 0, looks)
        every = [*shown.columns, *(figures.columns if figures is not None else ())]
        _about(book.add_worksheet(NAMES[2]), about.rows(str(name) for name in every), looks)
    return made.getvalue()


def heading(about: About) -> list[tuple[str, str]]:
    """The lines above a table in a workbook, each with its look: the title, the basis, and an analyst's mark."""
    loud = "mark" if about.basis == "illustrative" else "plain"
    analysts = [(ANALYSTS, "mark")] if about.analysts else []
    return [(about.title, "title"), (about.basis_means, loud), *analysts]


def _table(sheet: Worksheet, shown: pd.DataFrame, about: About, looks: Look) -> None:
    lines = heading(about)
    for number, (words, look) in enumerate(lines):
        sheet.write_string(number, 0, text(words), looks[look])
        if look == "mark":
            for column in range(1, max(len(shown.columns), 1)):
                sheet.write_blank(number, column, None, looks[look])
    _rows(sheet, shown, len(lines) + 1, looks)
    sheet.set_header(f"&L{about.title[:100].replace('&', '&&')}&R{(about.basis or 'see column basis').upper()}")


def _rows(sheet: Worksheet, rows: pd.DataFrame, top: int, looks: Look) -> None:
    for place, name in enumerate(rows.columns):
        sheet.write_string(top, place, text(name), looks["head"])
        sheet.set_column(place, place, _wide([str(name)[:24], *map(str, rows.iloc[:, place])]))
    for number, cells in enumerate(rows.itertuples(index=False, name=None), start=top + 1):
        for place, cell in enumerate(cells):
            _cell(sheet, number, place, cell, looks["cell"])
    sheet.freeze_panes(top + 1, 1)
    if len(rows):
        sheet.autofilter(top, 0, top + len(rows), max(len(rows.columns) - 1, 0))


def _cell(sheet: Worksheet, row: int, place: int, cell: object, look: object) -> None:
    if isinstance(cell, bool):
        sheet.write_boolean(row, place, cell, look)
    elif pd.api.types.is_number(cell):
        if math.isfinite(cell):  # type: ignore[arg-type]
            sheet.write_number(row, place, cell, look)
    elif not _blank(cell):
        sheet.write_string(row, place, text(cell), look)


def _blank(cell: Any) -> bool:
    return bool(pd.api.types.is_scalar(cell) and pd.isna(cell))


def _about(sheet: Worksheet, rows: Sequence[tuple[str, str]], looks: Look) -> None:
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 110)
    for number, (name, words) in enumerate(rows):
        sheet.write_string(number, 0, text(name), looks["head"])
        sheet.write_string(number, 1, text(words), looks["cell"])


def _wide(cells: Sequence[str]) -> int:
    return min(WIDEST, max(NARROWEST, max(map(len, cells)) + 2))


def text(cell: object) -> str:
    """Text as a workbook can hold it: whole characters only, and no longer than a cell may be."""
    return str(cell).encode("utf-8", "replace").decode("utf-8")[:LONGEST]
