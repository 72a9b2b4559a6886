"""Files as people make them: what is read, what is said of it, and what has to be put right."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from analysis.sources.contracts import Contract
from analysis.sources.library import Library
from analysis.sources.tables import CONTRACTS
from analysis.sources.written import as_text, csv_bytes
from analysis.uploads.annotated import annotated
from analysis.uploads.check import Checked, checked
from analysis.uploads.headings import matched
from analysis.uploads.limits import LISTED
from analysis.uploads.mapping import suggested
from analysis.uploads.reading import read
from analysis.uploads.remarks import Remark, Unreadable
from analysis.uploads.table import located
from analysis.uploads.words import PATTERNS
from tests.uploads.corpus import KINDS, TABLES, Cells, csv_of, dated, formatted, lawful, packed, typed_cells, xlsx_of
from tests.uploads.judge import taken

PRINTED, LABELS, POVERTY = (CONTRACTS[name] for name in ("IDACI2015_PRINTED", "PLACE_LABELS", "CHILD_POVERTY_AREA"))


def tried(content: bytes, contract: Contract) -> Checked:
    return taken(content, "upload", contract)[2]


def with_cell(table: str, row: int, column: str, value: object) -> Cells:
    cells = typed_cells(table)
    cells[row - 1][cells[0].index(column)] = value
    return cells


def fault(content: bytes, contract: Contract) -> Remark:
    found = tried(content, contract)
    assert found.frame is None
    assert found.total == len(found.faults) == 1, found.faults
    return found.faults[0]


@pytest.mark.parametrize("name", ["AREAS", "SITES", "SERVICES", "SURVEY", "ACTIVITY_DETAIL", "LOCALITIES"])
def test_a_shipped_table_comes_back_as_it_was(shipped: Library, name: str) -> None:
    table = shipped.table(name)
    found = tried(csv_bytes(as_text(table)), CONTRACTS[name])
    assert found.faults == ()
    assert found.frame is not None
    assert found.frame.equals(table.reset_index(drop=True))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("table", TABLES)
def test_the_three_kinds_of_file_give_the_same_rows(table: str, kind: str) -> None:
    found, text = (
        tried(packed(typed_cells(table), kind), CONTRACTS[table]),
        tried(csv_of(lawful(table)), CONTRACTS[table]),
    )
    assert found.frame is not None
    assert found.frame.equals(text.frame)


def test_every_pattern_has_words() -> None:
    used = {field.pattern for contract in CONTRACTS.values() for field in contract.fields if field.pattern}
    assert used == set(PATTERNS)


def test_titles_empty_rows_and_sheets_of_notes_are_passed_over() -> None:
    def merge(book: Workbook) -> None:
        book["Data"].merge_cells("A1:D1")

    rows = [["Places named on the maps, 2024"], [], ["Source", "the council"], *typed_cells("PLACE_LABELS")]
    content = xlsx_of({"Read me": [["place", "is a column"]], "Data": rows}, merge)
    opened = read(content, "x")
    where = located(opened, LABELS)
    assert (where.sheet, where.header_row, where.rows) == ("Data", 4, len(rows) - 4)
    assert where.headers == tuple(LABELS.columns)
    found = tried(content, LABELS)
    assert found.lawful
    assert "headings in row 4" in [note.found for note in found.notes]


def test_rows_are_counted_as_in_the_file() -> None:
    cells = with_cell("PLACE_LABELS", 3, "latitude", "north")
    told = fault(xlsx_of({"Data": [["A title"], [], *cells[:2], [], *cells[2:]]}), LABELS)
    assert (told.sheet, told.row, told.column, told.found) == ("Data", 6, "latitude", "north")


def test_one_table_on_two_sheets_is_not_guessed_between() -> None:
    rows = typed_cells("PLACE_LABELS")
    with pytest.raises(Unreadable, match="the table on several sheets: One, Two"):
        tried(xlsx_of({"One": rows, "Two": rows}), LABELS)
    assert tried(xlsx_of({"One": rows, "PLACE_LABELS": rows}), LABELS).lawful
    assert tried(xlsx_of({"Example": rows, "Mine": rows}), LABELS).lawful


def test_headings_are_matched_by_name_by_label_as_remembered_and_with_care() -> None:
    headers = ("Place ", "Degrees N", "LONGITUDE", "Prominence")
    found = matched(headers, LABELS, {"degreesn": "latitude"})
    assert found == {"place": "Place ", "latitude": "Degrees N", "longitude": "LONGITUDE", "prominence": "Prominence"}
    assert matched(("Per cent (%)",), PRINTED, {})["percent"] == "Per cent (%)"
    assert matched(("Per cent (of boys)",), PRINTED, {})["percent"] is None


def test_nothing_is_guessed_between_two_candidates() -> None:
    assert matched(("LATITUDE", "Latitude."), LABELS, {})["latitude"] is None
    survey = matched(("Question",), CONTRACTS["SURVEY"], {})
    assert [column for column, header in survey.items() if header] == []
    content = csv_of([["place", "latitude", "latitude", "longitude", "prominence"], ["Bath", 51.3, 51.4, -2.4, 1]])
    where = located(read(content, "x"), LABELS)
    assert where.headers == ("place", "latitude (column B)", "latitude (column C)", "longitude", "prominence")
    assert suggested(where, LABELS, {})["latitude"] is None
    assert fault(content, LABELS).remedy.startswith("Add it, or choose its heading")


def test_a_mapping_decides_and_one_heading_is_not_taken_twice() -> None:
    cells = typed_cells("PLACE_LABELS")
    cells[0] = ["A", "B", "C", "D"]
    opened = read(csv_of(cells), "x")
    where = located(opened, LABELS)
    mapping: dict[str, str | None] = dict(zip(LABELS.columns, "ABCD", strict=True))
    assert checked(opened, where, LABELS, mapping, "x").lawful
    twice = checked(opened, where, LABELS, mapping | {"longitude": "B"}, "x")
    assert [(one.row, one.column, one.expected) for one in twice.faults] == [(1, "longitude", "each heading once")]


READ = {
    "1,234": (1234, "Commas between thousands"),
    " 1234 ": (1234, "Spaces before or after"),
    "1234\xa0": (1234, "Spaces before or after"),
    "1234": (1234, "A number stored as text"),
}


@pytest.mark.parametrize("written", READ)
def test_habits_of_writing_numbers_are_read_and_said(written: str) -> None:
    value, words = READ[written]
    found = tried(packed(with_cell("CHILD_POVERTY_AREA", 2, "count", written), "xlsx"), POVERTY)
    assert found.frame is not None
    assert found.frame["count"].iloc[0] == value
    assert any(words in note.remedy and note.column == "count" and note.row == 2 for note in found.notes)


@pytest.mark.parametrize("written", ["-", "c", "*", "n/a", "#N/A", "[c]", "suppressed"])
def test_a_sign_for_no_figure_says_which_four_things_it_can_mean(written: str) -> None:
    told = fault(packed(with_cell("CHILD_POVERTY_AREA", 2, "count", written), "csv"), POVERTY)
    assert (told.row, told.column, told.found) == (2, "count", written)
    if written != "#N/A":
        assert "missing, suppressed, zero or does not apply" in told.remedy
        assert "say why in status" in told.remedy


@pytest.mark.parametrize("written", ["12%", "1.234,5", "£12", "(12)", "12 people", "twelve", "1 234", True])
def test_what_could_be_another_number_is_refused(written: object) -> None:
    told = fault(packed(with_cell("CHILD_POVERTY_AREA", 2, "count", written), "xlsx"), POVERTY)
    assert told.expected.startswith("a whole number")


def test_a_per_cent_is_read_by_the_unit_of_its_column() -> None:
    cells = [list(row) for row in lawful("IDACI2015_PRINTED")]
    plain = tried(csv_of(cells), PRINTED)
    marked = [cells[0], *([*row[:2], *(f"{cell}%" for cell in row[2:5]), row[5]] for row in cells[1:])]
    assert cells[0][2:5] == ["percent", "percent_lower", "percent_upper"]
    for content in (csv_of(marked), formatted("0.0%"), formatted("0.00 %")):
        found = tried(content, PRINTED)
        assert found.frame is not None, found.faults
        assert found.frame.equals(plain.frame)
        assert any("the column is of per cent" in note.remedy for note in found.notes)


def test_a_small_figure_without_a_sign_among_figures_with_one_is_doubtful() -> None:
    cells = [list(row) for row in lawful("IDACI2015_PRINTED")]
    marked = [cells[0], *([*row[:3], f"{row[3]}%", *row[4:]] for row in cells[1:])]
    marked[4][3] = "0.5"
    told = fault(csv_of(marked), PRINTED)
    assert (told.row, told.column, told.found) == (5, "percent_lower", "0.5")
    assert "per cent or a share of 1" in told.remedy


def test_a_share_with_a_per_cent_is_divided() -> None:
    contract = CONTRACTS["LOOKUP_WARD11_WARD19"]
    cells = [list(row) for row in lawful("LOOKUP_WARD11_WARD19")]
    cells[1][cells[0].index("area_share_of_ward11")] = "12.5%"
    found = tried(csv_of(cells), contract)
    assert found.frame is not None
    assert found.frame["area_share_of_ward11"].iloc[0] == 0.125


@pytest.mark.parametrize("mac", [False, True])
def test_dates_a_spreadsheet_made_of_other_things_are_refused(*, mac: bool) -> None:
    found = tried(dated(mac=mac), LABELS)
    assert [(one.row, one.column, one.found) for one in found.faults] == [
        (2, "place", "2025-04-01"),
        (3, "latitude", "1904-01-02"),
    ]
    assert "made a date of it" in found.faults[0].remedy


def test_a_date_in_free_text_is_read_alike_from_both_calendars() -> None:
    def mac(book: Workbook) -> None:
        book.epoch = CALENDAR_MAC_1904

    cells = with_cell("PRIORITY_GROUPS", 2, "statement", datetime(2025, 4, 1))
    for change in (None, mac):
        found = tried(xlsx_of({"x": cells}, change), CONTRACTS["PRIORITY_GROUPS"])
        assert found.frame is not None
        assert found.frame["statement"].iloc[0] == "2025-04-01"
        assert any("A date was read" in note.remedy for note in found.notes)


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_codes_of_text_are_read(code: str) -> None:
    text = csv_of(with_cell("PLACE_LABELS", 2, "place", "Café d’Été")).decode("utf-8-sig")
    found = tried(text.encode(code), LABELS)
    assert found.frame is not None
    assert found.frame["place"].iloc[0] == "Café d’Été"
    assert any("Windows-1252" in note.found for note in found.notes) == (code == "cp1252")


def test_semicolons_are_told_from_thousands_commas() -> None:
    rows = ["Places;;;", *(";".join(map(str, row)) for row in typed_cells("PLACE_LABELS"))]
    assert tried("\n".join(rows).encode(), LABELS).lawful


def test_words_for_flags_are_read_and_said() -> None:
    for written, value in (("TRUE", True), ("No", False), (True, True)):
        cells = with_cell("NEEDS_BY_LIFE_STAGE", 2, "marked", written)
        found = tried(packed(cells, "xlsx"), CONTRACTS["NEEDS_BY_LIFE_STAGE"])
        assert found.frame is not None
        assert bool(found.frame["marked"].iloc[0]) is value


def test_an_error_value_is_not_taken_for_a_blank_and_a_formula_is_not_worked_out() -> None:
    def spoil(book: Workbook) -> None:
        book["x"]["C2"], book["x"]["C3"] = "#N/A", "=1+1"

    cells = typed_cells("CHILD_POVERTY_AREA")
    found = tried(xlsx_of({"x": cells}, spoil), POVERTY)
    assert any(one.row == 2 and one.found == "#N/A" for one in found.faults)
    assert any(one.row == 3 and one.found == "=1+1" and "not worked out" in one.remedy for one in found.faults)


def test_every_fault_is_found_at_once_across_cells_keys_reasons_and_laws() -> None:
    cells = typed_cells("CHILD_POVERTY_AREA")
    at = cells[0].index
    cells[1][at("measure")] = "relativ"
    cells[2][at("count")] = ""
    cells[4] = list(cells[3])
    found = tried(packed(cells, "xlsx"), POVERTY)
    assert [(one.row, one.column) for one in found.faults] == [(2, "measure"), (3, "count"), (5, "(whole row)")]
    assert found.faults[0].remedy == "Write relative, if that is what is meant."


def test_all_faults_are_counted_and_the_first_listed() -> None:
    rows = [[f"Place {n}", "north", -2.4, 9] for n in range(LISTED)]
    found = tried(csv_of([LABELS.columns, *rows]), LABELS)
    assert (found.total, len(found.faults)) == (2 * LISTED, LISTED)
    assert [one.row for one in found.faults] == sorted(one.row or 0 for one in found.faults)


def test_progress_goes_from_nothing_to_all() -> None:
    told: list[tuple[float, str]] = []
    opened = read(csv_of(lawful("PLACE_LABELS")), "x")
    where = located(opened, LABELS)
    checked(opened, where, LABELS, suggested(where, LABELS, {}), "x", lambda part, words: told.append((part, words)))
    parts = [part for part, _ in told]
    assert (parts[0], parts[-1]) == (0.0, 1.0)
    assert parts == sorted(parts)


def test_the_annotated_copy_marks_the_cells_of_the_users_own_rows() -> None:
    cells = with_cell("PLACE_LABELS", 3, "latitude", "=cmd|' /C calc'!A0")
    opened = read(csv_of([["A title"], *cells]), "x")
    where = located(opened, LABELS)
    found = checked(opened, where, LABELS, suggested(where, LABELS, {}), "x")
    book = load_workbook(io.BytesIO(annotated(opened, where, found)))
    listed, rows = book["Faults"], book["Your rows"]
    assert [cell.value for cell in listed[5]][:4] == ["4", "latitude", "B4", "=cmd|' /C calc'!A0"]
    marked = rows["B4"]
    assert (marked.data_type, marked.value, marked.quotePrefix) == ("s", "=cmd|' /C calc'!A0", True)
    assert "a value, not a formula" in marked.comment.text
    assert [rows.cell(5, place).value for place in (1, 2)] == [cells[3][0], str(cells[3][1])]
    assert sum(cell.comment is not None for row in rows.iter_rows() for cell in row) == found.total == 1
