"""Tables as CSV and as Excel: the frame of the screen, safe to open, and what it rests on beside it."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pandas as pd
import pytest

from analysis.exports.about import About, data_of, entries_of, settings_of
from analysis.exports.cells import RISKY, safe, table_csv
from analysis.exports.workbook import workbook
from analysis.sources.library import Library

SHOWN = pd.DataFrame({"Ward": ["Ash", "Birch"], "Families": ["5 (2 to 12)", "not shown"], "Need": [10.25, None]})
FIGURES = pd.DataFrame({"area_code": ["E05001901", "E05001902"], "percent": [10.25, None], "status": ["ok", "missing"]})


def about(shipped: Library, **changed: object) -> About:
    told = {
        "title": "Need by ward",
        "edition": "2020",
        "data": data_of(shipped),
        "basis": "published",
        "sources": entries_of(shipped, ["IDACI2015_PRINTED", "IDACI2015_PRINTED", "NOTHING"]),
        "page": "overview",
        "settings": settings_of({"need": "idaci2015", "ward": ""}),
        "made_on": date(2026, 11, 28),
    }
    return About(**{**told, **changed})


def opened(content: bytes) -> dict[str, list[tuple]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: [tuple(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


@pytest.mark.parametrize("lead", RISKY)
def test_text_that_a_spreadsheet_would_run_is_defused_in_cells_and_headings(lead: str) -> None:
    table = pd.DataFrame({f"{lead}1+1": [f"{lead}cmd|' /C calc'!A0"], "n": [-5.5]})
    text = table_csv(table, "published", analysts=False).decode("utf-8-sig")
    read = pd.read_csv(io.StringIO(text), dtype=str)
    kept = lead.replace("\r", "\n")
    assert list(read.iloc[0]) == [f"'{kept}cmd|' /C calc'!A0", "-5.5", "published"]
    assert next(iter(read.columns)).startswith("'")


@pytest.mark.parametrize("cell", ["-3.2", "+4", "-1,234", 5, None, "Ash", "'=1"])
def test_numbers_and_harmless_text_stay_as_they_are(cell: object) -> None:
    assert safe(cell) == cell


@pytest.mark.parametrize("cell", ["-", "-3 (-4 to 1)", "=1", "+inf", "-nan", "@SUM(A1)"])
def test_what_only_looks_like_a_number_is_defused(cell: str) -> None:
    assert safe(cell) == f"'{cell}"


def test_every_row_of_a_csv_says_its_basis_and_an_analysts_that_it_is_not_for_publication() -> None:
    viewer = table_csv(SHOWN, "illustrative", analysts=False).decode("utf-8-sig").splitlines()
    analyst = table_csv(SHOWN, "illustrative", analysts=True).decode("utf-8-sig").splitlines()
    assert viewer[0] == "Ward,Families,Need,basis"
    assert all(line.endswith(",illustrative") for line in viewer[1:])
    assert all(line.endswith("illustrative,includes small counts: not for publication") for line in analyst[1:])


def test_a_table_with_its_own_basis_keeps_it() -> None:
    own = SHOWN.assign(basis=["modelled", "published"])
    assert table_csv(own, "illustrative", analysts=False).decode("utf-8-sig").splitlines()[1].endswith("modelled")


def test_the_first_sheet_is_the_table_of_the_screen(shipped: Library) -> None:
    rows = opened(workbook(SHOWN, about(shipped)))["Table"]
    assert rows[0][0] == "Need by ward"
    assert rows[3:] == [("Ward", "Families", "Need"), ("Ash", "5 (2 to 12)", 10.25), ("Birch", "not shown", None)]


def test_the_second_sheet_holds_the_figures_of_the_csv_with_basis(shipped: Library) -> None:
    sheets = opened(workbook(SHOWN, about(shipped, analysts=True), FIGURES))
    assert list(sheets) == ["Table", "Figures", "About"]
    assert sheets["Figures"][0] == ("area_code", "percent", "status", "basis", "disclosure")
    assert sheets["Figures"][2] == (
        "E05001902",
        None,
        "missing",
        "published",
        "includes small counts: not for publication",
    )


def test_the_last_sheet_says_what_the_table_rests_on(shipped: Library) -> None:
    rows = opened(workbook(SHOWN, about(shipped), FIGURES))["About"]
    told = "\n".join(f"{name}: {words}" for name, words in rows)
    entry = shipped.entry("IDACI2015_PRINTED")
    for words in (entry.title, entry.publisher, entry.url, entry.licence, entry.path):
        assert words in told
    assert told.count(f"Source: {entry.title}") == 1
    assert "Council: Bath and North East Somerset" in told
    assert "Edition id: 2020" in told
    assert "Downloaded on: 2026-11-28" in told
    assert "To see it again: /overview?need=idaci2015" in told
    assert "Unit: %" in told
    assert "suppressed, not shown, held back: " in told
    assert "likely: " in told


@pytest.mark.parametrize("analysts", [False, True])
def test_a_workbook_says_what_it_is_above_the_figures(shipped: Library, analysts: bool) -> None:
    rows = opened(workbook(SHOWN, about(shipped, basis="illustrative", analysts=analysts)))["Table"]
    assert rows[1][0].startswith("ILLUSTRATIVE: made up")
    assert (rows[2][0] == "Analyst's view: includes small counts, not for publication") is analysts


def test_nothing_in_a_workbook_runs(shipped: Library) -> None:
    nasty = pd.DataFrame(
        {"=1+1": ["=cmd|' /C calc'!A0", "http://example.org", "\ud800lone", "a\x00b", "x" * 40_000]}, dtype=object
    )
    book = openpyxl.load_workbook(io.BytesIO(workbook(nasty, about(shipped, title="=1+1"), nasty)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)
    assert max(len(cell.value) for cell in cells) == 32_767


def test_the_same_table_gives_the_same_workbook_on_the_same_day(shipped: Library) -> None:
    first, second = (workbook(SHOWN, about(shipped), FIGURES) for _ in range(2))
    assert first == second
    assert workbook(SHOWN, about(shipped, made_on=date(2026, 11, 29)), FIGURES) != first


def test_data_say_which_they_are(shipped: Library, world: Library) -> None:
    assert data_of(shipped).startswith("Tables as shipped with the atlas (contents ")
    assert data_of(shipped) != data_of(world)
