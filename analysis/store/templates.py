"""Templates of every table, made from its contract: as CSV, and as a workbook that explains itself."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pandas as pd

from analysis import workbooks
from analysis.returns.guide import EXAMPLES
from analysis.sources.catalogue import Entry
from analysis.sources.columns import COLUMNS
from analysis.sources.contracts import Contract, Field
from analysis.sources.library import Library
from analysis.sources.tables import CONTRACTS
from analysis.sources.written import as_text
from analysis.store.template_words import FILL_IN, basis_mark, columns, expected, read_me
from analysis.store.troubles import StoreRefusal
from analysis.uploads.limits import MOST_ROWS
from analysis.workbooks import Pen

AREA_TYPES = {
    "ward11_code": "ward11",
    "ward19_code": "ward19",
    "lsoa11_code": "lsoa11",
    "lsoa21_code": "lsoa21",
}
AREA_COLUMNS = ("area_code", "neighbour_code", "from_code", *AREA_TYPES)
NAMES_AREAS = "AREAS"
FLAGS = ("true", "false")
WIDTHS = {"integer": 14, "number": 14, "code": 18, "text": 26, "flag": 12}
COLUMN_WIDTHS = {
    "Column": 22,
    "What it is called": 24,
    "What it means": 46,
    "Unit": 12,
    "Kind of value": 16,
    "How it is written": 48,
    "Limits": 20,
    "May be blank": 16,
    "A blank is explained in": 20,
}
EXAMPLE_ONLY = (
    "EXAMPLE, to show how a row is written. It is the first row of this table as the atlas ships it, turned on its "
    "side. Do not copy it into the sheet to fill."
)
EXAMPLE_WIDTHS = {"Column": 30, "What it is called": 34, "Example, not to be copied": 60}
NO_EXAMPLE = "The atlas ships no row of this table, so there is no example."
WORKED = "EXAMPLE with invented figures, to show how a row is written. Do not copy it into the sheet to fill."


def template(library: Library, contract: str) -> bytes:
    """The template of a table as CSV: its headings and, where a table is shipped, its first row as an example.

    `library` must be the shipped files, never what was uploaded. A return of small counts has an invented row instead.
    Raises StoreRefusal when there is no such table.
    """
    found = _found(contract)
    row = _example(library, found)
    return workbooks.rows_csv([found.columns, *([row] if row else [])])


def workbook(library: Library, contract: str) -> bytes:
    """The template of a table as the bytes of an .xlsx, the same every time: what to know, columns, a sheet to fill.

    An example stands on a sheet of its own and lists of what may be chosen on another. `library` must be the shipped
    files. Raises StoreRefusal when there is no such table.
    """
    found, packed = _found(contract), io.BytesIO()
    entry = library.entry(found.name) if library.holds(found.name) else None
    areas = _areas(library, found)
    held = _lists(found, areas)
    with workbooks.workbook(packed, found.title) as pen:
        workbooks.read_me(pen, found.title, read_me(found, entry))
        workbooks.words(pen, "Columns", COLUMN_WIDTHS, columns(found, list(areas)), frozen=1)
        _fill_in(pen, found, held)
        _example_sheet(pen, found, _example(library, found), entry)
        if held:
            workbooks.lists(pen, held)
    return packed.getvalue()


def _found(contract: str) -> Contract:
    if contract not in CONTRACTS:
        raise StoreRefusal(f"There is no table {contract!r}. Choose one of: {', '.join(CONTRACTS)}.")
    return CONTRACTS[contract]


def _example(library: Library, contract: Contract) -> list[str]:
    if contract.name in EXAMPLES:
        return [str(EXAMPLES[contract.name][0][name]) for name in contract.columns]
    rows = as_text(library.table(contract.name).head(1)) if library.holds(contract.name) else pd.DataFrame()
    return [] if rows.empty else [str(cell) for cell in rows.iloc[0]]


def _areas(library: Library, contract: Contract) -> dict[str, dict[str, str]]:
    """Names by code of the areas each column of area codes may hold; none for the table that names the areas."""
    if contract.name == NAMES_AREAS or not library.holds(NAMES_AREAS):
        return {}
    lists = {field.column: _named(library, field) for field in contract.fields if field.column in AREA_COLUMNS}
    return {column: named for column, named in lists.items() if named}


def _named(library: Library, field: Field) -> dict[str, str]:
    kind = AREA_TYPES.get(field.column)
    rows = library.table(NAMES_AREAS).sort_values("area_code", kind="stable")
    asked = rows["area_type"].eq(kind) if kind else rows["area_code"].str.fullmatch(field.pattern or ".*")
    return dict(zip(rows.loc[asked, "area_code"], rows.loc[asked, "area_name"], strict=True))


def _lists(contract: Contract, areas: Mapping[str, Mapping[str, str]]) -> dict[str, list[str]]:
    """The drop-down lists by column; after a list of areas, one of their names."""
    held: dict[str, list[str]] = {}
    for field in contract.fields:
        if field.column in areas:
            held[field.column] = list(areas[field.column])
            held[f"Names of {COLUMNS[field.column].label}"] = list(areas[field.column].values())
        elif field.allowed or field.kind == "flag":
            held[field.column] = list(field.allowed or FLAGS)
    return held


def _fill_in(pen: Pen, contract: Contract, held: Mapping[str, list[str]]) -> None:
    sheet = pen.book.add_worksheet(FILL_IN)
    workbooks.headings(sheet, contract.columns, [_width(field) for field in contract.fields], pen)
    as_written = pen.book.add_format({"num_format": "@"})
    for place, field in enumerate(contract.fields):
        if field.kind not in ("integer", "number"):
            sheet.set_column(place, place, _width(field), as_written)
        sheet.data_validation(1, place, MOST_ROWS, place, _validation(field, held))


def _width(field: Field) -> int:
    return max(WIDTHS[field.kind], len(field.column) + 2)


def _validation(field: Field, held: Mapping[str, list[str]]) -> dict[str, object]:
    about = COLUMNS[field.column]
    told = workbooks.told(about.label, about.meaning or expected(field), expected(field))
    if field.column in held:
        kind = "warning" if field.column in AREA_COLUMNS else "stop"
        return {"validate": "list", "source": workbooks.list_of(held, field.column), "error_type": kind, **told}
    if field.kind in ("integer", "number"):
        return {**workbooks.number_rule(field), **told}
    return {"validate": "any", **told}


def _example_sheet(pen: Pen, contract: Contract, row: list[str], entry: Entry | None) -> None:
    cells = zip(contract.columns, row, strict=True) if row else ()
    rows = [[name, COLUMNS[name].label, cell or "(blank)"] for name, cell in cells]
    shipped = f"{basis_mark(entry)}{EXAMPLE_ONLY}" if row else NO_EXAMPLE
    said = WORKED if contract.name in EXAMPLES else shipped
    workbooks.words(pen, "Example", EXAMPLE_WIDTHS, rows, frozen=1, said=said)
