"""The spreadsheet template of the return, made from its contracts: the same bytes every time."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from analysis.returns.guide import EXAMPLES, READ_ME
from analysis.returns.report import MOST_ROWS
from analysis.returns.wards import wards
from analysis.returns.words import MEANINGS, SHEETS, expected, said
from analysis.sources.columns import COLUMNS
from analysis.sources.contracts import Contract, Field
from analysis.sources.library import Library

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

MADE = datetime(2026, 1, 1, tzinfo=UTC)
FIRST_YEAR, LAST_YEAR = 2019, 2034
EXAMPLE_SHEETS = {"Activity": "Worked example", "Detail": "Worked example detail"}
OPEN_LISTS = ("service",)
WIDTHS = {"integer": 12, "number": 12, "code": 30, "text": 22}
PAPER, INK = "#14697A", "#FFFFFF"


def workbook(library: Library) -> bytes:
    """The template as the bytes of an .xlsx: what to know, definitions, two empty sheets, examples and lists."""
    from xlsxwriter import Workbook

    packed = io.BytesIO()
    book = Workbook(packed, {"in_memory": True})
    book.set_properties({"title": "Early Help quarterly return", "created": MADE.replace(tzinfo=None)})
    head = book.add_format({"bold": True, "bg_color": PAPER, "font_color": INK, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    _read_me(book, wrapped)
    _definitions(book, head, wrapped)
    lists = dict(_lists(library))
    for title, contract in SHEETS.items():
        _fill_in(book.add_worksheet(title), contract, head, lists)
    for title, contract in SHEETS.items():
        sheet = book.add_worksheet(EXAMPLE_SHEETS[title])
        _headings(sheet, contract, head)
        for number, row in enumerate(example(library, contract), start=1):
            sheet.write_row(number, 0, row)
    _listed(book.add_worksheet("Lists"), lists, head)
    book.get_worksheet_by_name("Read me").activate()
    book.close()
    return packed.getvalue()


def headings_csv(contract: Contract) -> bytes:
    """The empty sheet of a contract as CSV: its headings alone."""
    return rows_csv([contract.columns])


def example_csv(library: Library, contract: Contract) -> bytes:
    """The worked example of a contract as CSV."""
    return rows_csv([contract.columns, *example(library, contract)])


def rows_csv(rows: Sequence[Sequence[object]]) -> bytes:
    """Rows as CSV that a spreadsheet program opens with its letters whole."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def example(library: Library, contract: Contract) -> list[list[object]]:
    """The rows of the worked example, in the words of the drop-down lists."""
    return [
        [_worded(library, field, row[field.column]) for field in contract.fields] for row in EXAMPLES[contract.name]
    ]


def _worded(library: Library, field: Field, value: object) -> object:
    if field.column == "area_code":
        return f"{value} {library.names[str(value)]}"
    return said(field.column, value) if isinstance(value, str) else value


def _lists(library: Library) -> Iterator[tuple[str, list[str]]]:
    """The drop-down lists by column."""
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    yield "quarter", [f"{year}-{(year + 1) % 100:02d} Q{quarter}" for year in years for quarter in range(1, 5)]
    held = wards(library).names
    yield (
        "area_code",
        [f"{code} {name}" for edition in sorted(held, reverse=True) for code, name in held[edition].items()],
    )
    yield "service", sorted(library.table("SERVICES")["service"].dropna().unique())
    for contract in SHEETS.values():
        for field in contract.fields:
            if field.allowed:
                yield field.column, [said(field.column, code) for code in field.allowed]


def _read_me(book: Workbook, wrapped: Format) -> None:
    sheet = book.add_worksheet("Read me")
    sheet.set_column(0, 0, 100)
    sheet.hide_gridlines(2)
    title = book.add_format({"bold": True, "font_size": 16, "font_color": PAPER})
    section = book.add_format({"bold": True, "font_color": PAPER})
    sheet.write_string(0, 0, "Early Help quarterly return", title)
    for place, (heading, text) in enumerate(READ_ME.items()):
        sheet.write_string(3 * place + 2, 0, heading, section)
        sheet.write_string(3 * place + 3, 0, text, wrapped)


def _definitions(book: Workbook, head: Format, wrapped: Format) -> None:
    sheet = book.add_worksheet("Definitions")
    for place, (words, width) in enumerate(
        {"Sheet": 10, "Column": 18, "What it means": 60, "Unit": 10, "Allowed": 60, "May be blank": 22}.items()
    ):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, words, head)
    for number, row in enumerate(definitions(), start=1):
        for place, words in enumerate(row):
            sheet.write_string(number, place, words, wrapped)
    sheet.freeze_panes(1, 2)


def definitions() -> list[list[str]]:
    """One row a column of the return: sheet, column, meaning, unit, what is allowed, whether it may be blank."""
    return [
        [title, field.column, MEANINGS[field.column], _unit(field), expected(field), _blank(contract, field)]
        for title, contract in SHEETS.items()
        for field in contract.fields
    ]


def _unit(field: Field) -> str:
    return COLUMNS[field.column].unit if field.column != "count" else "cases"


def _blank(contract: Contract, field: Field) -> str:
    if not field.blank:
        return "no"
    reason = dict(contract.reasons).get(field.column)
    return f"only with a reason in {reason}" if reason else "yes"


def _headings(sheet: Worksheet, contract: Contract, head: Format) -> None:
    for place, field in enumerate(contract.fields):
        sheet.set_column(place, place, WIDTHS[field.kind])
        sheet.write_string(0, place, field.column, head)
    sheet.freeze_panes(1, 0)


def _fill_in(sheet: Worksheet, contract: Contract, head: Format, lists: dict[str, list[str]]) -> None:
    _headings(sheet, contract, head)
    order = list(lists)
    for place, field in enumerate(contract.fields):
        rule = _validation(field, lists, order)
        if rule:
            sheet.data_validation(1, place, MOST_ROWS, place, rule)


def _validation(field: Field, lists: dict[str, list[str]], order: list[str]) -> dict[str, object]:
    said_first = {"input_title": field.column[:32], "input_message": MEANINGS[field.column][:255]}
    error = {"error_title": "Not as expected", "error_message": expected(field)[:255]}
    if field.column in lists:
        column = chr(ord("A") + order.index(field.column))
        source = f"=Lists!${column}$2:${column}${len(lists[field.column]) + 1}"
        kind = "warning" if field.column in OPEN_LISTS else "stop"
        return {"validate": "list", "source": source, "error_type": kind, **said_first, **error}
    if field.kind in ("integer", "number"):
        whole = "integer" if field.kind == "integer" else "decimal"
        return {"validate": whole, "criteria": ">=", "value": 0, **said_first, **error}
    return {"validate": "any", **said_first}


def _listed(sheet: Worksheet, lists: dict[str, list[str]], head: Format) -> None:
    for place, (column, values) in enumerate(lists.items()):
        sheet.set_column(place, place, 30)
        sheet.write_string(0, place, column, head)
        sheet.write_column(1, place, values)
    sheet.freeze_panes(1, 0)
