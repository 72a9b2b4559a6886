"""The spreadsheet template of the return, made from its contracts: the same bytes every time."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from analysis import workbooks
from analysis.returns.guide import EXAMPLES, READ_ME
from analysis.returns.report import MOST_ROWS
from analysis.returns.wards import wards
from analysis.returns.words import MEANINGS, SHEETS, expected, said
from analysis.sources.columns import COLUMNS
from analysis.sources.contracts import Contract, Field
from analysis.sources.library import Library
from analysis.workbooks import Pen, rows_csv

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

TITLE = "Early Help quarterly return"
FIRST_YEAR, LAST_YEAR = 2019, 2034
EXAMPLE_SHEETS = {"Activity": "Worked example", "Detail": "Worked example detail"}
OPEN_LISTS = ("service",)
WIDTHS = {"integer": 12, "number": 12, "code": 30, "text": 22}
DEFINED = {"Sheet": 10, "Column": 18, "What it means": 60, "Unit": 10, "Allowed": 60, "May be blank": 22}


def workbook(library: Library) -> bytes:
    """The template as the bytes of an .xlsx: what to know, definitions, two empty sheets, examples and lists."""
    packed = io.BytesIO()
    with workbooks.workbook(packed, TITLE) as pen:
        workbooks.read_me(pen, TITLE, READ_ME)
        workbooks.words(pen, "Definitions", DEFINED, definitions(), frozen=2)
        lists = dict(_lists(library))
        for title, contract in SHEETS.items():
            _fill_in(pen, title, contract, lists)
        for title, contract in SHEETS.items():
            sheet = pen.book.add_worksheet(EXAMPLE_SHEETS[title])
            _headings(sheet, contract, pen)
            for number, row in enumerate(example(library, contract), start=1):
                sheet.write_row(number, 0, row)
        workbooks.lists(pen, lists)
    return packed.getvalue()


def headings_csv(contract: Contract) -> bytes:
    """The empty sheet of a contract as CSV: its headings alone."""
    return rows_csv([contract.columns])


def example_csv(library: Library, contract: Contract) -> bytes:
    """The worked example of a contract as CSV."""
    return rows_csv([contract.columns, *example(library, contract)])


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


def _headings(sheet: Worksheet, contract: Contract, pen: Pen) -> None:
    workbooks.headings(sheet, contract.columns, [WIDTHS[field.kind] for field in contract.fields], pen)


def _fill_in(pen: Pen, title: str, contract: Contract, lists: dict[str, list[str]]) -> None:
    sheet = pen.book.add_worksheet(title)
    _headings(sheet, contract, pen)
    for place, field in enumerate(contract.fields):
        sheet.data_validation(1, place, MOST_ROWS, place, _validation(field, lists))


def _validation(field: Field, lists: dict[str, list[str]]) -> dict[str, object]:
    said_of_it = workbooks.told(field.column, MEANINGS[field.column], expected(field))
    if field.column in lists:
        kind = "warning" if field.column in OPEN_LISTS else "stop"
        source = workbooks.list_of(lists, field.column)
        return {"validate": "list", "source": source, "error_type": kind, **said_of_it}
    if field.kind in ("integer", "number"):
        return {**workbooks.number_rule(field), **said_of_it}
    return {"validate": "any", **said_of_it}
