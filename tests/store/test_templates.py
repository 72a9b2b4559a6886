"""The templates of every table: complete, explained, the same every time, and without a row to fill but the user's."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from analysis.sources.contracts import Contract, Field
from analysis.sources.council import HOME, contract_for
from analysis.sources.library import Library
from analysis.sources.patterns import WORDS, in_words
from analysis.sources.tables import CONTRACTS
from analysis.store.drafts import checked
from analysis.store.template_words import expected, read_me
from analysis.store.templates import AREA_COLUMNS, template, workbook
from analysis.store.troubles import StoreRefusal
from analysis.uploads.check import checked as held_against
from analysis.uploads.mapping import suggested
from analysis.uploads.reading import read
from analysis.uploads.table import located

ALONE = ("LOCALITIES",)


@pytest.fixture(scope="module")
def books(shipped: Library) -> dict[str, Workbook]:
    return {name: load_workbook(io.BytesIO(workbook(shipped, name))) for name in CONTRACTS}


def rows(book: Workbook, sheet: str) -> list[tuple[Any, ...]]:
    return list(book[sheet].iter_rows(values_only=True))


@pytest.mark.parametrize("name", CONTRACTS)
def test_the_sheet_to_fill_has_its_headings_and_nothing_else(books: dict[str, Workbook], name: str) -> None:
    sheet = books[name]["Fill in"]
    assert [cell.value for cell in sheet[1]] == CONTRACTS[name].columns
    assert sheet.max_row == 1
    assert sheet.freeze_panes == "A2"
    assert books[name].active.title == "Read me"


@pytest.mark.parametrize("name", CONTRACTS)
def test_every_column_is_explained_and_guarded(books: dict[str, Workbook], name: str) -> None:
    contract, book = CONTRACTS[name], books[name]
    explained = rows(book, "Columns")[1:]
    assert [row[0] for row in explained] == contract.columns
    assert [row[8] for row in explained] == [dict(contract.reasons).get(column, "") for column in contract.columns]
    rules = rules_of(book)
    for place, field in enumerate(contract.fields, start=1):
        guarded(book, field, rules[place])


def rules_of(book: Workbook) -> dict[int, Any]:
    """What the sheet to fill allows, by column from 1."""
    return {next(iter(one.sqref.ranges)).min_col: one for one in book["Fill in"].data_validations.dataValidation}


def guarded(book: Workbook, field: Field, rule: Any) -> None:
    assert rule.promptTitle
    if field.kind in ("integer", "number"):
        assert rule.type == ("whole" if field.kind == "integer" else "decimal")
        for said, limit in ((rule.formula1, field.minimum), (rule.formula2, field.maximum)):
            assert limit is None or float(said) == limit
    elif field.allowed:
        assert offered(book, rule) == list(field.allowed)
        assert rule.errorStyle is None
    elif rule.type == "list" and field.column in AREA_COLUMNS:
        assert rule.errorStyle == "warning"


def offered(book: Workbook, rule: Any) -> list[str]:
    first, last = rule.formula1.removeprefix("Lists!").replace("$", "").split(":")
    return [cell.value for (cell,) in book["Lists"][f"{first}:{last}"]]


def test_wards_are_offered_by_code_with_their_names_beside(books: dict[str, Workbook], shipped: Library) -> None:
    lists = rows(books["CHILD_POVERTY_WARD"], "Lists")
    assert lists[0][:2] == ("ward19_code", "Names of Ward code (since 2019)")
    held = dict(row[:2] for row in lists[1:] if row[0])
    assert held == {code: shipped.names[code] for code in shipped.codes("ward19")}
    in_columns = [column for column in zip(*rows(books["ACTIVITY"], "Lists"), strict=True) if column[0] == "area_code"]
    assert len([code for code in in_columns[0][1:] if code]) == 37 + 33
    assert "area_code" not in rows(books["AREAS"], "Lists")[0]


@pytest.mark.parametrize("name", CONTRACTS)
def test_the_example_is_on_its_own_sheet_and_says_so(books: dict[str, Workbook], shipped: Library, name: str) -> None:
    warned, _, *cells = rows(books[name], "Example")
    if not cells:
        assert "no example" in warned[0]
        return
    assert warned[0].startswith(("EXAMPLE", "ILLUSTRATIVE, MADE-UP FIGURES: EXAMPLE"))
    made_up = shipped.holds(name) and shipped.entry(name).basis == "illustrative" and name not in ALONE
    assert ("ILLUSTRATIVE" in warned[0] or "invented" in warned[0]) == made_up
    assert [row[0] for row in cells] == CONTRACTS[name].columns


@pytest.mark.parametrize("name", [name for name in CONTRACTS if name not in ALONE])
def test_the_example_keeps_its_contract(shipped: Library, name: str) -> None:
    content = template(shipped, name)
    if content.count(b"\r\n") == 1:
        pytest.skip("no row of this table is shipped")
    assert len(checked(content, CONTRACTS[name], f"{name}.csv")) == 1


@pytest.mark.parametrize("name", ["ACTIVITY", "ACTIVITY_DETAIL"])
def test_a_return_of_small_counts_has_an_invented_example(shipped: Library, name: str) -> None:
    """What stands in the files may be the council's own return, put there by an operator."""
    row = checked(template(shipped, name), CONTRACTS[name], "example.csv").iloc[0]
    held = shipped.table(name)
    assert CONTRACTS[name].small_counts
    assert not (held[CONTRACTS[name].columns] == row).all(axis=1).any()


@pytest.mark.parametrize("name", ["ACTIVITY", "LAIT_OBSERVATIONS", "TRAVEL_TIMES"])
def test_the_same_bytes_every_time(shipped: Library, name: str) -> None:
    assert workbook(shipped, name) == workbook(shipped, name)


@pytest.mark.parametrize("name", CONTRACTS)
def test_no_cell_is_a_formula(books: dict[str, Workbook], name: str) -> None:
    assert not [cell for sheet in books[name] for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_blanks_nought_and_their_reasons_are_told(books: dict[str, Workbook]) -> None:
    told = read_me(CONTRACTS["CHILD_POVERTY_WARD"], None)
    nothing = told["Nought, missing, suppressed, does not apply"]
    assert "0 means that somebody counted and there were none" in nothing
    assert "The column status says why count or percent is blank" in nothing
    assert "suppressed: suppressed by the source to protect people" in nothing
    assert "count: blank exactly where status is not ok." in told["Blank cells"]
    assert "no column that says why" in read_me(CONTRACTS["SITES"], None)["Nought, missing, suppressed, does not apply"]
    assert "no column" not in read_me(CONTRACTS["SURVEY"], None)["Nought, missing, suppressed, does not apply"]
    assert "Guard the file" in read_me(CONTRACTS["ACTIVITY"], None)["Small numbers"]
    published = " ".join(str(cell) for (cell,) in rows(books["ACTIVITY"], "Read me"))
    assert "ILLUSTRATIVE, MADE-UP FIGURES" in published


@pytest.mark.parametrize("council", [HOME, replace(HOME, national=True)])
def test_every_pattern_is_said_in_words(council: Any) -> None:
    bound = [contract_for(contract, council) for contract in CONTRACTS.values()]
    patterns = {field.pattern for contract in bound for field in contract.fields if field.pattern}
    assert patterns <= set(WORDS)
    assert in_words("[0-9]") == "[0-9]"


def test_what_may_stand_in_a_cell_is_one_sentence() -> None:
    asked = {field.column: expected(field) for field in CONTRACTS["CHILD_POVERTY_WARD"].fields}
    assert asked["ward19_code"] == "Write the code of a ward since 2019, such as E05012488."
    assert asked["percent"] == "Write a number, at least 0 and at most 100, or leave it blank."
    assert asked["housing_costs"] == "Choose one of the list: BHC, AHC."


def test_a_table_nobody_knows_is_refused(shipped: Library) -> None:
    with pytest.raises(StoreRefusal, match="There is no table 'NONE'"):
        workbook(shipped, "NONE")


def test_a_table_of_flags_offers_true_and_false(shipped: Library) -> None:
    flagged: list[Contract] = [one for one in CONTRACTS.values() if any(field.kind == "flag" for field in one.fields)]
    assert flagged
    for contract in flagged:
        book = load_workbook(io.BytesIO(workbook(shipped, contract.name)))
        rules = {
            next(iter(rule.sqref.ranges)).min_col: rule for rule in book["Fill in"].data_validations.dataValidation
        }
        for place, field in enumerate(contract.fields, start=1):
            if field.kind == "flag":
                assert offered(book, rules[place]) == ["true", "false"]


@pytest.mark.parametrize(
    "name", ["SITES", "ACTIVITY", "LAIT_OBSERVATIONS", "SERVICES", "AREAS", "SURVEY", "IOD_COUNCIL"]
)
def test_a_template_that_somebody_filled_is_read_back_without_a_fault(shipped: Library, name: str) -> None:
    contract, book = CONTRACTS[name], load_workbook(io.BytesIO(workbook(shipped, name)))
    example = [row[2] for row in list(book["Example"].iter_rows(values_only=True))[2:]]
    for place, (field, cell) in enumerate(zip(contract.fields, example, strict=True), start=1):
        number = field.kind in ("integer", "number") and cell != "(blank)"
        book["Fill in"].cell(2, place, float(cell) if number else cell.replace("(blank)", ""))
    packed = io.BytesIO()
    book.save(packed)
    opened = read(packed.getvalue(), "filled.xlsx")
    where = located(opened, contract)
    found = held_against(opened, where, contract, suggested(where, contract, {}), "filled.xlsx")
    assert (where.sheet, where.rows, found.faults, found.notes) == ("Fill in", 1, (), ())
