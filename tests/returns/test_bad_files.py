"""Files that are not what they should be: each gets one report and nothing else happens."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook

from analysis.returns.check import check
from analysis.returns.report import Report
from analysis.sources.library import Library
from analysis.uploads.limits import MOST_UNPACKED
from tests.returns.files import DETAIL_ROW, ROW, activity, cells, csv_of, ods, ods_row, part, repacked, xlsx

SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def with_sheet(old: bytes, new: bytes) -> bytes:
    lawful = activity({})
    sheet = part(lawful, SHEET)
    assert old in sheet
    return repacked(lawful, {SHEET: sheet.replace(old, new)})


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (MOST_UNPACKED + 1))
    return out.getvalue()


def lying_bomb() -> bytes:
    """An archive whose directory says a part is small, while it unpacks to far more."""
    content, size = bomb(), (MOST_UNPACKED + 1).to_bytes(4, "little")
    assert content.count(size) == 2
    return content.replace(size, (100).to_bytes(4, "little"))


def twice() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("xl/workbook.xml", "<b/>")
    return out.getvalue()


DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
BAD = {
    "nothing": (b"", "an empty file"),
    "blank lines": (b"\r\n \r\n", "an empty file"),
    "password": (OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    "old workbook": (OLE, "Excel 97-2003"),
    "PDF": (b"%PDF-1.7 words", "a PDF document"),
    "picture": (b"\x89PNG\r\n", "a picture"),
    "web page": (b"<!DOCTYPE html><html><script>alert(1)</script>", "a web page"),
    "table saved as a web page": (b"\xef\xbb\xbf<html xmlns:o='x'><table>", "a web page"),
    "program": (b"MZ\x90\x00\x03\x00", "that is not a spreadsheet"),
    "prose": (b"Dear colleague,\nplease find the return attached.\n", "no row of headings"),
    "headings alone": (csv_of([ROW]).splitlines()[0], "no rows"),
    "damaged": (activity({})[:-200], "a damaged workbook"),
    "cut in half": (activity({})[:2000], "a damaged workbook"),
    "part overwritten": (activity({}).replace(b"PK\x01\x02", b"PK\x01\x03", 1), "a damaged workbook"),
    "sheet not XML": (repacked(activity({}), {SHEET: b"<worksheet><sheetData><row r='1'"}), "a damaged workbook"),
    "another archive": (b"PK\x05\x06" + b"\x00" * 18, "an archive that holds no spreadsheet"),
    "two parts of one name": (twice(), "a damaged workbook"),
    "zip bomb": (bomb(), "far larger inside"),
    "zip bomb that lies": (lying_bomb(), "workbook"),
    "macros": (repacked(activity({}), {"xl/vbaProject.bin": b"x"}), "macros"),
    "entities": (repacked(activity({}), {SHEET: DOCTYPE}), "a declaration inside"),
    "entities in UTF-16": (repacked(activity({}), {SHEET: DOCTYPE.decode().encode("utf-16")}), "a declaration inside"),
    "one row far down": (with_sheet(b'<row r="2"', b'<row r="1048576"'), "reaches row 1,048,576"),
    "one cell far across": (with_sheet(b'r="R2"', b'r="XFD2"'), "reaches column 16,384"),
    "many sheets": (xlsx({f"Sheet{number}": [["a"]] for number in range(31)}), "31 sheets"),
    "other sheets alone": (xlsx({"Budget": [["Item", "Cost"], ["Tea", 2]]}), "Budget"),
    "explanations alone": (xlsx({"Read me": [["Hello"]]}), "no sheet but those"),
    "two returns": (xlsx({"Activity": cells([ROW]), "activity ": cells([ROW])}), "two sheets of the same kind"),
    "rows beyond the limit": (csv_of([ROW]) + b"x\r\n" * 50_020, "reaches row 50,021"),
    "quote never closed": (b'"' + b"a" * 200_000, "CSV file that cannot be read"),
    "OpenDocument that repeats a row": (ods(ods_row(["a"], 1_000_000)), "reaches row 1,000,000"),
    "OpenDocument with a password": (
        repacked(ods(""), {"META-INF/manifest.xml": b"<manifest:encryption-data/>"}),
        "protected by a password",
    ),
}


def told(library: Library, content: bytes, name: str = "return") -> Report:
    report = check(library, content, name)
    assert not report.lawful
    assert report.tables == {}
    assert all(fault.found and fault.expected and fault.remedy.endswith((".", ")")) for fault in report.faults)
    return report


@pytest.mark.parametrize("kind", BAD)
def test_a_file_that_cannot_be_a_return_says_why(shipped: Library, kind: str) -> None:
    content, words = BAD[kind]
    report = told(shipped, content)
    assert words in report.faults[0].found
    assert report.total == len(report.faults)


def test_every_cell_with_a_formula_is_named_and_none_is_worked_out(shipped: Library) -> None:
    report = told(shipped, activity({"supported": "=6+6"}, {"quarter": "2025-26 Q2", "capacity": "=SUM(A1:A9)"}))
    formulas = [fault for fault in report.faults if "formula" in fault.expected]
    assert [(fault.row, fault.column, fault.found) for fault in formulas] == [
        (2, "column I", "=6+6"),
        (3, "column P", "=SUM(A1:A9)"),
    ]


def test_a_formula_written_in_a_csv_is_named(shipped: Library) -> None:
    report = told(shipped, csv_of([{**ROW, "provider": '=HYPERLINK("http://x")'}]))
    assert (report.faults[0].row, report.faults[0].column) == (2, "provider")
    assert "not a formula" in report.faults[0].expected


def test_a_formula_in_an_opendocument_sheet_is_named(shipped: Library) -> None:
    row = ods_row(list(ROW.values())).replace('office:value-type="string"', 'table:formula="of:=1+1"', 1)
    assert "of:=1+1" in [fault.found for fault in told(shipped, ods(ods_row(list(ROW)) + row)).faults]


def test_an_opendocument_sheet_is_read(shipped: Library) -> None:
    empty = ods_row([], 1_048_000)
    report = check(shipped, ods(ods_row(list(ROW)) + ods_row(list(ROW.values())) + empty))
    assert report.lawful
    assert len(report.tables["ACTIVITY"]) == 1


def test_a_file_that_is_too_large_is_not_opened(shipped: Library) -> None:
    assert "a file of 11 MB" in told(shipped, b"a" * (11 * 2**20)).faults[0].found


def test_declared_dimensions_are_not_believed(shipped: Library) -> None:
    sheet = part(activity({}), SHEET)
    swollen = sheet.replace(b'ref="A1:R2"', b'ref="A1:XFD1048576"')
    assert swollen != sheet
    assert check(shipped, repacked(activity({}), {SHEET: swollen})).lawful


def test_merged_titles_above_the_headings_are_passed_over_and_said(shipped: Library) -> None:
    def merge(book: Workbook) -> None:
        book["Activity"].merge_cells("A1:F1")

    rows = [["Return of the first quarter"], [], *cells([ROW])]
    report = check(shipped, xlsx({"Activity": rows}, merge))
    assert report.lawful
    assert "headings in row 3" in report.notes[0].found


def test_both_sheets_are_read_and_the_others_left_alone(shipped: Library) -> None:
    sheets = {"Notes of ours": [["=1+1 is text"]], "Detail": cells([DETAIL_ROW]), "Activity": cells([ROW])}
    report = check(shipped, xlsx({**sheets, "Notes of ours": [["private"]]}))
    assert set(report.tables) == {"ACTIVITY", "ACTIVITY_DETAIL"}


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_csv_is_read_in_the_codes_spreadsheet_programs_write(shipped: Library, code: str) -> None:
    text = csv_of([{**ROW, "provider": "Café for families"}]).decode("utf-8-sig")
    report = check(shipped, text.encode(code))
    assert report.lawful
    assert report.tables["ACTIVITY"]["provider"].tolist() == ["Café for families"]
    assert any("Windows-1252" in note.found for note in report.notes) == (code == "cp1252")


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_delimiters_are_read_and_said(shipped: Library, delimiter: str) -> None:
    report = check(shipped, csv_of([ROW]).replace(b",", delimiter.encode()))
    assert report.lawful
    assert "parted by" in report.notes[0].remedy
