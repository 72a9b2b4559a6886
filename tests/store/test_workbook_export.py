"""A version as one workbook: what each sheet says of itself, what is left out, and nothing that runs."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook, load_workbook

from analysis.sources.library import Library
from analysis.store.database import Store
from analysis.store.drafts import put_table, start_draft
from analysis.store.troubles import StoreRefusal
from analysis.store.workbook import CUT, MOST_LETTERS, workbook
from tests.world import three_wards


def exported(store: Store, version: int, *, small_counts: bool = False) -> Workbook:
    return load_workbook(io.BytesIO(workbook(store, version, small_counts=small_counts)))


def catalogue(book: Workbook) -> dict[str, dict[str, str]]:
    _, heads, *rows = book["Catalogue"].iter_rows(values_only=True)
    told = [dict(zip(heads, row, strict=True)) for row in rows]
    return {row["Table"]: row for row in told}


def test_the_catalogue_comes_first_and_says_where_all_is_from(file_store: Store, world: Library) -> None:
    book = exported(file_store, 2, small_counts=True)
    tables = [name for name in three_wards.TABLES if name in book.sheetnames]
    assert book.sheetnames[0] == "Catalogue"
    assert sorted(book.sheetnames[1:]) == sorted(tables)
    assert book["Catalogue"]["A1"].value.startswith("Edition 2026, version 2")
    row, entry = catalogue(book)["SITES"], world.entry("SITES")
    assert (row["In this workbook"], row["Edition"], row["Version"]) == ("yes", "2026", "2")
    assert (row["Title"], row["Basis"], row["Licence"]) == (entry.title, entry.basis, entry.licence)
    assert row["Published"] in book["Catalogue"]["A1"].value
    assert len(row["Checksum (sha256)"]) == 64


def test_figures_are_figures_and_come_back_whole(file_store: Store, world: Library) -> None:
    draft = start_draft(file_store, "2026", "Draft", "Ann")
    put_table(file_store, draft, "SITES", world.table("SITES"), {"basis": "published"}, "s.csv", "Ann")
    sheet = exported(file_store, draft)["SITES"]
    said, heads, *rows = sheet.iter_rows(values_only=True)
    held = world.table("SITES").sort_values("site_id")
    assert "Basis: published" in said[0]
    assert list(heads) == list(held.columns)
    place = list(heads).index("latitude")
    assert [row[place] for row in rows] == list(held["latitude"])
    assert sheet.freeze_panes == "A3"


def test_small_counts_are_left_out_unless_asked_for_and_made_up_ones_marked(file_store: Store, world: Library) -> None:
    book = exported(file_store, 2)
    assert "ACTIVITY" not in book.sheetnames
    assert catalogue(book)["ACTIVITY"]["In this workbook"].startswith("no: counts so small")
    sheet = exported(file_store, 2, small_counts=True)["ACTIVITY"]
    assert world.entry("ACTIVITY").basis == "illustrative"
    assert sheet["A1"].value.startswith("ILLUSTRATIVE: MADE-UP FIGURES.")


def test_no_text_becomes_a_formula_and_a_long_one_says_it_is_cut(file_store: Store, world: Library) -> None:
    draft = start_draft(file_store, "2026", "Draft", "Ann")
    texts = ["=cmd|' /C calc'!A0", "@SUM(A1)", "<script>alert(1)</script>", "x" * (MOST_LETTERS + 9), "a\rb", "+1"]
    put_table(file_store, draft, "SITES", world.table("SITES").assign(source_title=texts), {}, "s.csv", "Ann")
    book = exported(file_store, draft)
    assert "a draft: not published" in book["Catalogue"]["A1"].value
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    found = [str(cell.value) for cell in cells]
    assert "'=cmd|' /C calc'!A0" in found
    assert "'@SUM(A1)" in found
    assert "'+1" in found
    assert [text for text in found if text.endswith(CUT)]


def test_the_same_bytes_every_time_and_no_version_refused(file_store: Store) -> None:
    assert workbook(file_store, 2) == workbook(file_store, 2)
    with pytest.raises(StoreRefusal, match="There is no version 99"):
        workbook(file_store, 99)
