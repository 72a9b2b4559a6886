"""What is wrong inside a return: every fault is named with its place and its remedy, all at once."""

from __future__ import annotations

import time
from datetime import date, datetime

import pytest

from analysis.returns.check import check
from analysis.returns.report import LISTED, Report
from analysis.sources.library import Library
from analysis.uploads.remarks import frame
from tests.returns.files import ABBEY_2011, DETAIL_ROW, ROW, activity, cells, csv_of, xlsx


def faults(library: Library, content: bytes) -> list[tuple[int | None, str, str, str]]:
    report = check(library, content)
    assert report.tables == {} or report.lawful
    return [(fault.row, fault.column, fault.found, fault.remedy) for fault in report.faults]


def read(library: Library, *changes: dict[str, object]) -> Report:
    report = check(library, activity(*changes))
    assert report.lawful, report.faults
    return report


ONE_FAULT = {
    "negative": ({"supported": -3}, "supported", "-3", "Count whole cases, 0 or more"),
    "fraction": ({"new": 2.5}, "new", "2.5", "Count whole cases"),
    "words for a count": ({"waiting": "a few"}, "waiting", "a few", "Count whole cases"),
    "suppressed already": ({"closed": "<5"}, "closed", "<5", "Count whole cases"),
    "blank count": ({"closed": ""}, "closed", "blank", "Write 0 where there were none"),
    "infinite": ({"new": "1e999"}, "new", "1e999", "Count whole cases"),
    "capacity missing": ({"capacity": ""}, "capacity", "blank", "Give capacity, or say in capacity_status why"),
    "capacity and a reason": ({"capacity_status": "missing"}, "capacity", "14", "Blank capacity, or set"),
    "no reason either": ({"capacity": "", "capacity_status": ""}, "capacity_status", "blank", "Fill in this cell."),
    "weeks without anybody": ({"waiting": 0}, "weeks_status", "ok", "do not apply where nobody waits"),
    "mixed units": ({"case_unit": "family"}, "case_unit", "family", "Youth services counts children."),
    "unknown unit": ({"case_unit": "household"}, "case_unit", "household", "drop-down list"),
    "new above supported": ({"new": 13}, "new", "13", "New cases are part of those supported."),
    "open above supported": ({"open_at_end": 13}, "open_at_end", "13", "at most those supported"),
    "unknown ward": ({"area_code": "E05019999"}, "area_code", "E05019999", "No ward of Bath and North East Somerset"),
    "ward that never was": ({"area_code": "E05012499"}, "area_code", "E05012499", "No ward of Bath"),
    "no ward": ({"area_code": ""}, "area_code", "blank", "Give the code of the ward"),
    "ward by name": (
        {"area_code": "Twerton"},
        "area_code",
        "Twerton",
        "E05012488 is Twerton in edition 2026; E05001966",
    ),
    "old ward": ({"area_code": ABBEY_2011}, "area_code", ABBEY_2011, "E05012471 Kingsmead (77% of its postcodes)"),
    "new ward": ({"edition": "2020"}, "area_code", "E05012488", "is a ward of edition 2026, not of 2020"),
    "unknown edition": ({"edition": "2019"}, "edition", "2019", "drop-down list"),
    "date": ({"quarter": date(2025, 7, 1)}, "quarter", "2025-07-01", "It falls in 2025-26 Q2 (July to September)"),
    "day and hour": (
        {"quarter": datetime(2026, 2, 3, 4, 5)},
        "quarter",
        "2026-02-03 04:05:00",
        "It falls in 2025-26 Q4",
    ),
    "date as text": ({"quarter": "31/03/2026"}, "quarter", "31/03/2026", "It falls in 2025-26 Q4"),
    "date as a number": ({"quarter": 45748}, "quarter", "45748", "It falls in 2025-26 Q1"),
    "whole year": ({"quarter": "2025/26"}, "quarter", "2025/26", "the whole year 2025-26. Give a row for each quarter"),
    "calendar quarter": ({"quarter": "Q1 2025"}, "quarter", "Q1 2025", "financial year and the quarter"),
    "years apart": ({"quarter": "2025-27 Q1"}, "quarter", "2025-27 Q1", "write 2025-26, not 2025-27"),
    "no service": ({"service": ""}, "service", "blank", "Fill in this cell."),
    "formula as text": ({"service": "@SUM(1)"}, "service", "@SUM(1)", "Correct this cell."),
}


@pytest.mark.parametrize("kind", ONE_FAULT)
def test_one_fault_is_named_once_with_its_remedy(shipped: Library, kind: str) -> None:
    change, column, found, remedy = ONE_FAULT[kind]
    given = faults(shipped, activity({**ROW, "quarter": "2025-26 Q2"}, change))
    assert [fault[:3] for fault in given] == [(3, column, found)]
    assert remedy in given[0][3]


def test_every_fault_is_told_at_once(shipped: Library) -> None:
    changes = [
        {"life_stage": "parents", "service": f"Service {place}", **change}
        for place, (change, *_) in enumerate(ONE_FAULT.values())
    ]
    assert len(faults(shipped, activity(*changes))) == len(ONE_FAULT)


@pytest.mark.parametrize(
    "written", ["2025/26 Q1", "Q1 2025-26", "2025-2026 Quarter 1", "25/26 q1", " 2025-26  Q1 ", "2025–26, Q1"]
)
def test_a_quarter_given_twice_is_found_whatever_its_spelling(shipped: Library, written: str) -> None:
    given = faults(shipped, activity({}, {"quarter": written, "service": "compass"}))
    assert [fault[:2] for fault in given] == [(3, "(whole row)")]
    assert "Row 2 gives the same" in given[0][3]


def test_the_first_spelling_is_quoted(shipped: Library) -> None:
    assert "written Q1 2025/26" in faults(shipped, activity({"quarter": "Q1 2025/26"}, {}))[0][3]


def test_a_year_beside_its_quarters_is_refused(shipped: Library) -> None:
    assert [fault[:3] for fault in faults(shipped, activity({}, {"quarter": "2025-26"}))] == [(3, "quarter", "2025-26")]


def headed(**names: str) -> bytes:
    return csv_of([{names.get(name, name): value for name, value in ROW.items()}])


def test_a_heading_nearly_right_is_suggested_and_its_cells_are_still_read(shipped: Library) -> None:
    given = faults(shipped, headed(supported="suported", area_code="aera code"))
    assert [fault[:3] for fault in given] == [(1, "area_code", "aera code"), (1, "supported", "suported")]
    assert given[1][3] == "Write the heading as supported. The cells under it were read."


def test_headings_missing_strange_and_double_are_each_named(shipped: Library) -> None:
    rows = cells([ROW])
    rows[0][rows[0].index("waiting")] = "Child's name"
    rows[0].append("Quarter")
    rows[1].append("2025-26 Q1")
    given = {(column, found) for _, column, found, _ in faults(shipped, xlsx({"Activity": rows}))}
    assert given == {("Child's name", "Child's name"), ("quarter", "Quarter"), ("waiting", "no such heading")}


def test_cells_outside_the_columns_are_refused(shipped: Library) -> None:
    rows = cells([ROW])
    rows[1].append("Jo Smith's family")
    assert [fault[1:3] for fault in faults(shipped, xlsx({"Activity": rows}))] == [("(no heading)", "a cell")]


@pytest.mark.parametrize(
    ("column", "written", "value", "why"),
    [
        ("supported", "12 ", 12, "Spaces"),
        ("supported", "12", 12, "stored as text"),
        ("capacity", "1,400", 1400, "Commas"),
        ("quarter", "Q1 2025/26", "2025-26 Q1", "Another spelling"),
        ("service_group", "youth service", "youth", "Another spelling"),
    ],
)
def test_what_was_read_differently_is_said_and_stops_nothing(
    shipped: Library, column: str, written: str, value: object, why: str
) -> None:
    report = read(shipped, {column: written})
    assert report.tables["ACTIVITY"][column].tolist() == [value]
    assert [note.column for note in report.notes if why in note.remedy] == [column]


def test_numbers_in_a_csv_are_text_and_no_news(shipped: Library) -> None:
    assert check(shipped, csv_of([ROW])).notes == ()


def test_a_ward_with_its_name_and_the_words_of_the_lists_are_read_without_a_word(shipped: Library) -> None:
    words = {"area_code": "E05012488 Twerton", "service_group": "Youth services", "weeks_status": "Given"}
    report = read(shipped, words)
    assert report.notes == ()
    assert report.tables["ACTIVITY"].loc[0, ["area_code", "service_group"]].tolist() == ["E05012488", "youth"]


def test_a_reason_that_can_only_be_one_thing_is_filled_in_and_said(shipped: Library) -> None:
    report = read(shipped, {"waiting": 0, "weeks_waited": "", "weeks_status": "", "capacity_status": ""})
    row = report.tables["ACTIVITY"].iloc[0]
    assert (row["weeks_status"], row["capacity_status"]) == ("not_applicable", "ok")
    assert {note.column for note in report.notes} == {"weeks_status", "capacity_status"}


@pytest.mark.parametrize(
    ("change", "column"),
    [({"category": "Own agency"}, "category"), ({"dimension": "colour"}, "dimension"), ({"count": -1}, "count")],
)
def test_the_detail_is_held_to_its_lists(shipped: Library, change: dict[str, object], column: str) -> None:
    given = faults(shipped, xlsx({"Detail": cells([{**DETAIL_ROW, **change}])}))
    assert [fault[1] for fault in given] == [column]


def test_markup_is_words_and_nothing_else(shipped: Library) -> None:
    found = frame(check(shipped, activity({"quarter": "<script>alert(1)</script>"})).faults)["found"]
    assert found.tolist() == ["<script>alert(1)</script>"]


def test_fifty_thousand_rows_are_checked_and_their_faults_counted(shipped: Library) -> None:
    rows = [{**ROW, "service": f"Service {number}", "new": number % 2 * 2.5} for number in range(50_000)]
    begun = time.process_time()
    report = check(shipped, csv_of(rows))
    assert time.process_time() - begun < 15
    assert (report.total, len(report.faults), report.unlisted) == (25_000, LISTED, 25_000 - LISTED)
    assert report.tables == {}


def test_one_row_more_is_refused(shipped: Library) -> None:
    narrow = {name: ROW[name] for name in ("quarter", "service", "supported", "new", "closed", "waiting")}
    assert "50,001 rows" in [fault[2] for fault in faults(shipped, csv_of([narrow] * 50_001))]
