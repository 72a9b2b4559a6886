"""Whatever is uploaded: no crash, no stored fault, nothing that runs, under 1 GB and under 10 seconds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.sources.library import ROOT
from analysis.sources.tables import CONTRACTS
from analysis.store.drafts import checked as checked_by_the_store
from analysis.uploads.annotated import annotated
from analysis.uploads.check import Checked, checked
from analysis.uploads.container import SPREADSHEET
from analysis.uploads.mapping import suggested
from analysis.uploads.reading import Opened, Sheet, read
from analysis.uploads.remarks import Unreadable
from analysis.uploads.table import located
from tests.uploads.corpus import DANGEROUS, FIGURES, HOSTILE, TABLES, csv_of, lawful, ods_of, typed_cells, xlsx_of
from tests.uploads.judge import MOST_MEMORY, MOST_SECONDS, inert, taken

UPLOADS = int(os.environ.get("ATLAS_UPLOADS", "200"))
SAID = {
    "nothing": "an empty file",
    "a UTF-16 mark alone": "an empty file",
    "a zip bomb": "far larger inside",
    "zips in zips": "holds no spreadsheet",
    "a hundred million spaces in one cell": "a cell of 100,000,000 characters",
    "eleven million spaces, as a CSV": "a file of 11 MB",
    "one shared text in a hundred thousand cells": "far too many cells",
    "a shared text that is not there": "a damaged workbook",
    "one text repeated in OpenDocument": "far too many cells",
    "spaces to come in OpenDocument": "a damaged workbook",
    "a million rows in OpenDocument": "reaches row",
    "16,384 columns in OpenDocument": "reaches column 16,384",
    "16,384 columns": "reaches column 61",
    "a sheet under another name": "reaches row 1,048,576",
    "a sheet among the drawings": "a damaged workbook",
    "deep XML": "nested far too deep",
    "row upon row never closed": "a damaged workbook",
    "entities": "a declaration inside",
    "an external entity": "a declaration inside",
    "entities in another code": "a damaged workbook",
    "a million rows, as a CSV": "reaches row",
    "ten million commas": "reaches column",
    "one quotation mark never closed": "CSV file that cannot be read",
    "a password": "protected by a password",
    "an old workbook": "Excel 97-2003",
    "a binary workbook": ".xlsb",
    "macros": "macros",
    "a truncated workbook": "a damaged workbook",
    "pictures alone": "holds no spreadsheet",
    "a picture named as a table": "a picture",
    "a web page named as a table": "a web page",
    "another way of packing": "a damaged workbook",
    "an empty workbook": "no table",
}


def test_thousands_of_mutated_uploads_are_survived() -> None:
    command = [sys.executable, "-m", "tests.uploads.judge", "0", str(UPLOADS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2_000:]
    told = json.loads(done.stdout)
    assert told["crashes"] == []
    assert sum(told["outcomes"].values()) == UPLOADS + len(HOSTILE)
    assert all(told["outcomes"].get(outcome, 0) > UPLOADS / 20 for outcome in ("refused", "faulty", "accepted"))
    assert told["peak"] < MOST_MEMORY
    assert all(seconds < MOST_SECONDS for seconds, _ in told["worst"].values())


@pytest.mark.parametrize("about", SAID)
def test_a_hostile_file_is_refused_in_a_sentence_that_says_what_it_is(about: str) -> None:
    with pytest.raises(Unreadable) as refused:
        taken(HOSTILE[about](), "upload", CONTRACTS["PLACE_LABELS"])
    assert SAID[about] in refused.value.remark.found
    assert refused.value.remark.remedy.endswith(".")


@pytest.mark.parametrize("name", ["table.csv", "table.xlsx", "table.ods", "../../etc/passwd", "a\x00b", "\ud800"])
def test_what_a_file_is_called_does_not_matter(name: str) -> None:
    for content in (csv_of(lawful(TABLES[0])), xlsx_of({"x": typed_cells(TABLES[0])}), ods_of(typed_cells(TABLES[0]))):
        assert taken(content, name, CONTRACTS[TABLES[0]])[2].lawful
    with pytest.raises(Unreadable) as refused:
        read(b"MZ\x90\x00\x03", name)
    assert refused.value.remark.found.isprintable()
    assert refused.value.remark.expected == SPREADSHEET


def of_cells(cells: list[list[object]], table: str, name: str = "Sheet1") -> tuple[Opened, Checked, bytes]:
    opened = Opened("xlsx", (Sheet(name, cells),))
    where = located(opened, CONTRACTS[table])
    found = checked(opened, where, CONTRACTS[table], suggested(where, CONTRACTS[table], {}), "x")
    return opened, found, annotated(opened, where, found)


@pytest.mark.parametrize("text", [*DANGEROUS, "\ud800", "a\udfffb"])
@pytest.mark.parametrize("place", [0, 1])
def test_text_made_to_harm_is_kept_out_or_kept_harmless(text: str, place: int) -> None:
    cells = typed_cells("PLACE_LABELS")
    cells[1][place] = text
    _, found, copy = of_cells(cells, "PLACE_LABELS", "../../etc/passwd")
    inert(copy)
    assert found.lawful or (found.frame is None and found.faults[0].row == 2)
    if text.lstrip().startswith(("=", "@", "+", "-")):
        assert not found.lawful
    cells = typed_cells("PLACE_LABELS")
    cells[0].append(text)
    inert(of_cells(cells, "PLACE_LABELS")[2])


CELL = st.one_of(
    st.text(st.characters(), max_size=40),
    st.sampled_from(DANGEROUS),
    st.sampled_from(FIGURES),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.none(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@given(st.data(), st.sampled_from(TABLES))
def test_no_cell_crashes_and_what_is_accepted_is_accepted_by_the_store(data: st.DataObject, table: str) -> None:
    cells = typed_cells(table)
    for _ in range(data.draw(st.integers(1, 5))):
        row = data.draw(st.integers(0, len(cells) - 1))
        cells[row][data.draw(st.integers(0, len(cells[0]) - 1))] = data.draw(CELL)
    _, found, copy = of_cells(cells, table)
    inert(copy)
    assert found.lawful == (found.frame is not None)
    if found.frame is not None:
        assert len(checked_by_the_store(found.frame, CONTRACTS[table], "x")) == len(found.frame)


@given(st.lists(st.lists(CELL, max_size=6), max_size=6), st.text(st.characters(), max_size=20))
def test_any_sheet_at_all_is_refused_or_checked(cells: list[list[object]], name: str) -> None:
    with suppress(Unreadable):
        _, found, copy = of_cells(cells, "LOCALITIES", name)
        inert(copy)
        assert found.total == len(found.faults)


@given(st.binary(max_size=300))
def test_any_bytes_at_all_are_refused_or_checked(content: bytes) -> None:
    for start in (b"", b"\xff\xfe", b"\xef\xbb\xbf", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        with suppress(Unreadable):
            given, where, found = taken(start + content, "upload.csv", CONTRACTS["LOCALITIES"])
            inert(annotated(given, where, found))
