"""A table of a file held against its contract: every fault at once, or the typed rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from analysis.sources.columns import COLUMNS
from analysis.sources.contracts import (
    Breach,
    Contract,
    Field,
    cell_tests,
    converted,
    key_breaches,
    reason_breaches,
    rule_breaches,
)
from analysis.uploads.cells import Readings, Trouble, gathered, plain
from analysis.uploads.extents import FORMULA, NO_FORMULA
from analysis.uploads.faults import Faults, Place
from analysis.uploads.habits import WHY, reader
from analysis.uploads.limits import LISTED, MOST_ROWS
from analysis.uploads.percents import doubtful, small
from analysis.uploads.reading import Opened, Sheet
from analysis.uploads.remarks import Remark, remark
from analysis.uploads.table import Located
from analysis.uploads.words import correction, expected

Progress = Callable[[float, str], None]
Bad = dict[str, set[int]]


@dataclass(frozen=True)
class Checked:
    """What a check found: `frame` has the typed rows where there is no fault, and is None otherwise.

    `faults` are the first of `total`, in the order of the file; `notes` say how cells were read and stop nothing.
    `cells` gives for each fault listed its column in the file, from 0, or None for a whole row or sheet.
    """

    frame: pd.DataFrame | None
    faults: tuple[Remark, ...]
    notes: tuple[Remark, ...]
    total: int
    cells: tuple[int | None, ...]

    @property
    def lawful(self) -> bool:
        """Whether there is no fault."""
        return self.total == 0


@dataclass(frozen=True)
class _Table:
    """The filled rows of a table: the cells by column, the number of each row in the file, and where each column is."""

    sheet: Sheet
    contract: Contract
    places: Mapping[str, Place]
    numbers: Sequence[int]
    cells: Mapping[str, list[object]]
    from_workbook: bool


def checked(
    opened: Opened,
    located: Located,
    contract: Contract,
    mapping: Mapping[str, str | None],
    file: str,
    progress: Progress | None = None,
) -> Checked:
    """Every fault of a located table, by row and column as in the file, or its typed rows where there is none.

    `mapping` gives for each column of the contract the heading it is taken from. `progress` is told the part done, 0 to
    1, and what is being done.
    """
    tell = progress or (lambda _part, _words: None)
    faults = Faults(located.sheet, located.header_row)
    places = _places(located, contract, mapping, faults)
    tell(0.0, "Reading the rows")
    table = _table(opened, located, contract, places)
    notes = [*opened.notes, *_passed_over(located, mapping)]
    text, bad = _read(table, faults, notes, tell)
    _formulas(table, faults)
    if len(places) == len(contract.columns):
        tell(0.8, "Comparing the rows with each other")
        _across(table, text, bad, faults, file)
    tell(1.0, "Checked")
    frame = converted(text, contract) if not faults.total else None
    listed, cells = faults.listed()
    return Checked(frame, listed, tuple(notes), faults.total, cells)


def _places(
    located: Located, contract: Contract, mapping: Mapping[str, str | None], faults: Faults
) -> dict[str, Place]:
    """Where each column stands; a column without a heading, or a heading given to two columns, is a fault."""
    where = dict(zip(located.headers, located.columns, strict=True))
    places: dict[str, Place] = {}
    for column in contract.columns:
        header = mapping.get(column)
        if header is None or header not in where:
            found = "no heading chosen" if header is None else header
            meaning = COLUMNS[column].meaning
            faults.heading(
                None, column, found, f"a heading for {column}", f"Add it, or choose its heading ({meaning})."
            )
        elif where[header] in [place.column for place in places.values()]:
            faults.heading(
                where[header], column, header, "each heading once", "Choose another heading for one of them."
            )
        else:
            places[column] = Place(where[header], header)
    return places


def _table(opened: Opened, located: Located, contract: Contract, places: Mapping[str, Place]) -> _Table:
    sheet = opened.sheets[located.place]
    wanted = [place.column for place in places.values()]
    numbers, kept = [], []
    for number, row in enumerate(sheet.rows[located.header_row :], start=located.header_row + 1):
        if any(plain(row[at]) for at in wanted if at < len(row)):
            numbers.append(number)
            kept.append(row)
    cells = {
        column: [row[place.column] if place.column < len(row) else "" for row in kept]
        for column, place in places.items()
    }
    return _Table(sheet, contract, places, numbers, cells, opened.kind != "csv")


def _passed_over(located: Located, mapping: Mapping[str, str | None]) -> list[Remark]:
    """Notes on rows above the headings, and on columns that nothing is taken from."""
    notes = []
    if located.header_row > 1:
        over = "Rows above the headings were passed over."
        found = f"headings in row {located.header_row}"
        notes.append(remark(located.sheet, located.header_row, "(headings)", found, "row 1", over))
    unused = [header for header in located.headers if header not in mapping.values()]
    notes += [
        remark(located.sheet, located.header_row, header, header, "a column of the table", "The column was not read.")
        for header in unused
    ]
    return notes


def _read(table: _Table, faults: Faults, notes: list[Remark], tell: Progress) -> tuple[pd.DataFrame, Bad]:
    """The rows as the text a contract knows, and by column the rows whose cell breaks its rule."""
    text: dict[str, pd.Series] = {}
    bad: Bad = {}
    for done, field in enumerate(table.contract.fields):
        if field.column in table.places:
            tell(0.1 + 0.7 * done / len(table.contract.fields), f"Reading {table.places[field.column].header}")
            read = gathered(table.cells[field.column], reader(field, table.contract, from_workbook=table.from_workbook))
            notes += read.notes(table.sheet.name, table.places[field.column].header, table.numbers, WHY)
            text[field.column] = pd.Series(read.text, dtype=object)
            bad[field.column] = _bad_cells(table, field, read, faults)
            notes += small(table.sheet.name, table.places[field.column].header, table.numbers, field, read)
    if not table.numbers and not table.contract.may_be_empty and table.places:
        faults.whole("no rows", "a row under the headings", "Fill in the rows.")
    if len(table.numbers) > MOST_ROWS:
        faults.whole(f"{len(table.numbers):,} rows", f"at most {MOST_ROWS:,}", "Give the table in parts.")
    return pd.DataFrame(text, columns=[name for name in table.contract.columns if name in text]), bad


def _bad_cells(table: _Table, field: Field, read: Readings, faults: Faults) -> set[int]:
    troubles: dict[int, Trouble] = dict(read.troubles) | dict(doubtful(field, table.cells[field.column], read))
    tests = [test for test, _ in cell_tests(field)]
    lawful = {value: field.blank if value == "" else all(test(value) for test in tests) for value in set(read.text)}
    bad = [at for at, value in enumerate(read.text) if at in troubles or not lawful[value]]
    header = table.places[field.column]

    def said(at: int) -> Remark:
        told = troubles.get(at) or Trouble(expected(field), correction(field, read.text[at], table.contract))
        found = plain(table.cells[field.column][at])
        return remark(table.sheet.name, table.numbers[at], header.header, found, told.expected, told.remedy)

    faults.each(bad, said, header.column)
    return set(bad)


def _formulas(table: _Table, faults: Faults) -> None:
    """Cells of the table that hold a formula."""
    headers = {place.column + 1: place for place in table.places.values()}
    rows = set(table.numbers)
    for one in table.sheet.formulas:
        if one.row in rows and one.column in headers:
            place = headers[one.column]
            faults.add(one.remark(place.header), place.column)
    if table.sheet.more_formulas:
        faults.whole(f"{table.sheet.more_formulas:,} more formulas", NO_FORMULA, FORMULA)


def _across(table: _Table, text: pd.DataFrame, bad: Bad, faults: Faults, file: str) -> None:
    """Rows given twice, blanks without a reason, and laws broken across columns, by rows whose cells are lawful."""
    contract, blanked = table.contract, text.replace("", pd.NA)
    _told(table, faults, "each row once", key_breaches(_without(blanked, bad, contract.key), contract, file))
    wrong: set[int] = set().union(*bad.values())
    for pair in contract.reasons:
        breaches = reason_breaches(_without(blanked, bad, pair), replace(contract, reasons=(pair,)), file)
        _told(table, faults, f"a figure, or its reason in {pair[1]}", breaches)
        wrong |= {breach.row - 2 for breach in breaches if breach.row is not None}
    lawful = converted(blanked.drop(index=sorted(wrong)), contract)
    _told(table, faults, "cells that fit each other", rule_breaches(lawful, contract, file))


def _without(text: pd.DataFrame, bad: Bad, columns: Sequence[str]) -> pd.DataFrame:
    """The rows whose cells in some columns are lawful."""
    return text.drop(index=sorted(set().union(*(bad[column] for column in columns))))


def _told(table: _Table, faults: Faults, expected: str, breaches: list[Breach]) -> None:
    """Breaches of the contract as faults of the file; one of several columns is a fault of the whole row."""
    for breach in breaches[:LISTED]:
        where = table.places.get(breach.column)
        header, column = (where.header, where.column) if where else ("(whole row)", None)
        row = table.numbers[breach.row - 2] if breach.row is not None else None
        faults.add(remark(table.sheet.name, row, header, breach.found, expected, breach.remedy), column)
    faults.total += len(breaches[LISTED:])
