"""The template: the same every time, complete, and lawful when its worked example is copied."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from analysis.returns import template
from analysis.returns.check import check
from analysis.returns.guide import EXAMPLES
from analysis.returns.report import MOST_ROWS
from analysis.returns.template import EXAMPLE_SHEETS
from analysis.returns.words import MEANINGS, SHEETS
from analysis.sources.library import Library
from tests.returns.files import rows_csv, xlsx


@pytest.fixture(scope="module")
def made(shipped: Library) -> bytes:
    return template.workbook(shipped)


def test_the_same_bytes_every_time(shipped: Library, made: bytes) -> None:
    assert template.workbook(shipped) == made


def test_its_sheets_say_everything_and_freeze_their_headings(made: bytes) -> None:
    book = load_workbook(io.BytesIO(made))
    assert book.sheetnames == [
        "Read me", "Definitions", "Activity", "Detail", "Worked example", "Worked example detail", "Lists"
    ]  # fmt: skip
    words = " ".join(str(cell.value) for (cell,) in book["Read me"].iter_rows())
    for topic in ("What is a case", "When support starts", "Who is waiting", "Small numbers", "Privacy"):
        assert topic in words
    for title, contract in SHEETS.items():
        assert [cell.value for cell in book[title][1]] == contract.columns
        assert book[title].freeze_panes == "A2"
        assert book[title].max_row == 1
    defined = [row[1] for row in book["Definitions"].iter_rows(min_row=2, values_only=True)]
    assert defined == [name for contract in SHEETS.values() for name in contract.columns]
    assert set(defined) <= set(MEANINGS)


def test_every_list_drops_down_over_every_row(made: bytes, shipped: Library) -> None:
    book = load_workbook(io.BytesIO(made))
    lists = {column[0].value: [cell.value for cell in column[1:] if cell.value] for column in book["Lists"].columns}
    assert len(lists["area_code"]) == 37 + 33
    assert f"E05012488 {shipped.names['E05012488']}" in lists["area_code"]
    for title, contract in SHEETS.items():
        rules = {str(rule.sqref).split(":")[0]: rule for rule in book[title].data_validations.dataValidation}
        for place, field in enumerate(contract.fields):
            rule = rules[f"{chr(ord('A') + place)}2"]
            assert str(rule.sqref).endswith(str(MOST_ROWS + 1))
            if field.column in lists:
                first, last = rule.formula1.removeprefix("Lists!").replace("$", "").split(":")
                offered = [cell.value for (cell,) in book["Lists"][f"{first}:{last}"]]
                assert offered == lists[field.column]
                assert rule.errorStyle == ("warning" if field.column == "service" else None)


def test_an_empty_template_holds_no_rows_and_says_so(shipped: Library, made: bytes) -> None:
    report = check(shipped, made)
    assert [fault.found for fault in report.faults] == ["no rows"]


def test_the_worked_example_is_lawful_when_copied_into_the_sheets(shipped: Library, made: bytes) -> None:
    book = load_workbook(io.BytesIO(made))
    copied = {title: list(book[EXAMPLE_SHEETS[title]].iter_rows(values_only=True)) for title in SHEETS}
    report = check(shipped, xlsx(copied))
    assert report.faults == ()
    assert report.notes == ()
    assert {name: len(rows) for name, rows in report.tables.items()} == {name: len(EXAMPLES[name]) for name in EXAMPLES}
    assert all(set(rows["basis"]) == {"illustrative"} for rows in report.tables.values())


@pytest.mark.parametrize("title", list(SHEETS))
def test_the_csv_says_the_same(shipped: Library, title: str) -> None:
    contract = SHEETS[title]
    report = check(shipped, template.example_csv(shipped, contract))
    assert report.lawful
    assert list(report.tables) == [contract.name]
    assert template.headings_csv(contract) == rows_csv([contract.columns])


def test_what_the_atlas_holds_is_a_lawful_return(shipped: Library) -> None:
    for name in EXAMPLES:
        content = (shipped.root / shipped.entry(name).path).read_bytes()
        report = check(shipped, content)
        assert report.lawful
        assert report.tables[name].equals(shipped.table(name))
