"""What every workbook the atlas writes shares: its hand, its read-me, its tables of words, its drop-down lists."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from analysis.sources.contracts import LARGEST, Field

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

MADE = datetime(2026, 1, 1, tzinfo=UTC)
MOST_TITLE, MOST_MESSAGE = 32, 255
ALARM_HEIGHT, A4 = 34, 9
READ_ME_WIDTH, LINE, MOST_HEIGHT = 100, 15, 400
PAPER, INK, ALARM = "#14697A", "#FFFFFF", "#8A1C1C"


@dataclass(frozen=True)
class Pen:
    """A workbook being written and its few ways of writing."""

    book: Workbook
    head: Format
    wrapped: Format
    title: Format
    section: Format
    alarm: Format


@contextmanager
def workbook(packed: io.BytesIO, title: str, *, long: bool = False) -> Iterator[Pen]:
    """A workbook written into `packed` when the block ends; the same bytes for the same sheets.

    A `long` one takes little memory, and each of its sheets must be written row after row.
    """
    from xlsxwriter import Workbook

    book = Workbook(packed, {"constant_memory": True} if long else {"in_memory": True})
    book.set_properties({"title": title, "created": MADE.replace(tzinfo=None)})
    top = {"text_wrap": True, "valign": "top"}
    yield Pen(
        book,
        head=book.add_format({"bold": True, "bg_color": PAPER, "font_color": INK, **top}),
        wrapped=book.add_format(top),
        title=book.add_format({"bold": True, "font_size": 16, "font_color": PAPER, **top}),
        section=book.add_format({"bold": True, "font_color": PAPER}),
        alarm=book.add_format({"bold": True, "font_color": INK, "bg_color": ALARM, **top}),
    )
    book.close()


def read_me(pen: Pen, title: str, sections: Mapping[str, str]) -> None:
    """The sheet Read me: a title, then a heading and a text for each section. It is the sheet the file opens on."""
    sheet = pen.book.add_worksheet("Read me")
    sheet.set_column(0, 0, READ_ME_WIDTH)
    on_paper(sheet)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, title, pen.title)
    for place, (heading, text) in enumerate(sections.items()):
        sheet.write_string(3 * place + 2, 0, heading, pen.section)
        sheet.write_string(3 * place + 3, 0, text, pen.wrapped)
        sheet.set_row(3 * place + 3, _height([text], [READ_ME_WIDTH]))
    sheet.activate()


def words(
    pen: Pen, name: str, widths: Mapping[str, int], rows: Sequence[Sequence[str]], frozen: int, said: str = ""
) -> None:
    """A sheet of words: headings with their widths, rows, and so many columns that stay in sight.

    `said` is a warning that stands above the headings over the whole width.
    """
    sheet, top = pen.book.add_worksheet(name), 1 if said else 0
    if said:
        sheet.merge_range(0, 0, 0, len(widths) - 1, said, pen.alarm)
        sheet.set_row(0, ALARM_HEIGHT)
    for place, (heading, width) in enumerate(widths.items()):
        sheet.set_column(place, place, width)
        sheet.write_string(top, place, heading, pen.head)
    for number, row in enumerate(rows, start=top + 1):
        sheet.set_row(number, _height(row, list(widths.values())))
        for place, text in enumerate(row):
            sheet.write_string(number, place, text, pen.wrapped)
    sheet.freeze_panes(top + 1, frozen)
    on_paper(sheet)


def _height(texts: Sequence[str], widths: Sequence[int]) -> int:
    """Room for the cell of a row that takes the most lines, in points."""
    lines = (
        sum(max(1, math.ceil(len(line) / width)) for line in text.splitlines() or [""])
        for text, width in zip(texts, widths, strict=True)
    )
    return min(MOST_HEIGHT, LINE * max(lines))


def headings(sheet: Worksheet, names: Sequence[str], widths: Sequence[int], pen: Pen, row: int = 0) -> None:
    """A row of headings that stays in sight, with the widths of its columns."""
    for place, (name, width) in enumerate(zip(names, widths, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(row, place, name, pen.head)
    sheet.freeze_panes(row + 1, 0)
    on_paper(sheet)


def on_paper(sheet: Worksheet) -> None:
    """Print a sheet on A4 lying down, its whole width on each page."""
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def lists(pen: Pen, held: Mapping[str, Sequence[str]], width: int = 30) -> None:
    """The sheet Lists: one column a list under its name."""
    sheet = pen.book.add_worksheet("Lists")
    headings(sheet, list(held), [width] * len(held), pen)
    for place, values in enumerate(held.values()):
        for number, value in enumerate(values, start=1):
            sheet.write_string(number, place, value)


def list_of(held: Mapping[str, Sequence[str]], name: str) -> str:
    """Where a list stands in the sheet Lists, as a drop-down asks for it."""
    from xlsxwriter.utility import xl_col_to_name

    column = xl_col_to_name(list(held).index(name))
    return f"=Lists!${column}$2:${column}${len(held[name]) + 1}"


def number_rule(field: Field) -> dict[str, object]:
    """What a spreadsheet allows in a column of numbers: whole ones or any, within the limits of the field."""
    low = -LARGEST if field.minimum is None else field.minimum
    high = LARGEST if field.maximum is None else field.maximum
    kind = "integer" if field.kind == "integer" else "decimal"
    return {"validate": kind, "criteria": "between", "minimum": low, "maximum": high}


def told(title: str, message: str, fault: str) -> dict[str, object]:
    """What a spreadsheet says where a cell is chosen, and where it is filled wrongly; cut to what it has room for."""
    return {
        "input_title": title[:MOST_TITLE],
        "input_message": shortened(message, MOST_MESSAGE),
        "error_title": "Not as expected",
        "error_message": shortened(fault, MOST_MESSAGE),
    }


def shortened(text: str, most: int) -> str:
    """A text cut to so many letters, with a sign that it was."""
    return text if len(text) <= most else text[: most - 1] + "…"


def rows_csv(rows: Sequence[Sequence[object]]) -> bytes:
    """Rows as CSV that a spreadsheet program opens with its letters whole."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")
