"""Postcodes instead of wards: placed at once, told apart when they cannot be, and never seen again."""

from __future__ import annotations

import pytest

from analysis.returns import postcodes
from analysis.returns.check import check
from analysis.sources.library import Library
from analysis.uploads.remarks import frame, masked
from tests.returns.files import ROW, activity, cells, csv_of, xlsx

INSIDE, TERMINATED, ELSEWHERE, NEARBY, NEVER = "BA2 1QR", "BA1 0AG", "SW1A 1AA", "BS39 4AA", "BA1 9ZZ"


def given(postcode: str, **change: object) -> dict[str, object]:
    row = {name: value for name, value in ROW.items() if name != "area_code"}
    return {**row, "postcode": postcode, **change}


def everything_said(library: Library, content: bytes) -> str:
    report = check(library, content)
    return " ".join(frame([*report.faults, *report.notes]).astype(str).to_numpy().ravel())


@pytest.fixture(scope="module")
def listed(shipped: Library) -> list[str]:
    """Postcodes of our list that are in use today."""
    from uk_postcodes_parsing import is_in_ons_postcode_directory

    return [code for code in shipped.table("POSTCODES")["postcode"] if is_in_ons_postcode_directory(code)]


def test_a_postcode_lies_in_the_ward_of_each_vintage(shipped: Library, listed: list[str]) -> None:
    old = postcodes.places(shipped, "2020", listed)
    new = postcodes.places(shipped, "2026", listed)
    assert len(listed) > 5000
    assert {place.ward for place in old.values()} == set(shipped.codes("ward11"))
    assert {place.ward for place in new.values()} == set(shipped.codes("ward19"))


def test_a_return_by_postcode_becomes_a_return_by_ward(shipped: Library, listed: list[str]) -> None:
    code = listed[100]
    ward = postcodes.places(shipped, "2026", [code])[code].ward
    report = check(shipped, csv_of([given(code.lower().replace(" ", ""))]))
    assert report.lawful
    assert report.tables["ACTIVITY"]["area_code"].tolist() == [ward]
    assert "postcode" not in report.tables["ACTIVITY"]


def test_rows_of_one_ward_are_added_up(shipped: Library, listed: list[str]) -> None:
    places = postcodes.places(shipped, "2026", listed)
    first = listed[0]
    second = next(code for code in listed[1:] if places[code].ward == places[first].ward)
    report = check(shipped, csv_of([given(first), given(second, supported=20, open_at_end=18)]))
    row = report.tables["ACTIVITY"].iloc[0]
    assert len(report.tables["ACTIVITY"]) == 1
    assert row[["supported", "open_at_end", "new", "waiting", "capacity"]].tolist() == [32, 28, 6, 10, 28]
    assert (row["weeks_status"], row["capacity_status"]) == ("missing", "ok")
    assert any("median cannot be made from medians" in note.remedy for note in report.notes)


def test_the_same_postcode_twice_is_a_repeat(shipped: Library, listed: list[str]) -> None:
    report = check(shipped, csv_of([given(listed[0]), given(listed[0].lower())]))
    assert [(fault.row, fault.column) for fault in report.faults] == [(3, "(whole row)")]


@pytest.mark.parametrize(
    ("code", "found", "remedy"),
    [
        (TERMINATED, "BA1 …", "no longer in use"),
        (NEVER, "BA1 …", "There is no such postcode"),
        (ELSEWHERE, "SW1A …", "outside the council. Leave the row out"),
        ("12 High Street", "not a postcode", "This is not a postcode"),
        ("BA1", "not a postcode", "This is not a postcode"),
    ],
)
def test_postcodes_that_cannot_be_placed_are_told_apart(shipped: Library, code: str, found: str, remedy: str) -> None:
    report = check(shipped, csv_of([given(code)]))
    assert [(fault.row, fault.column, fault.found) for fault in report.faults] == [(2, "postcode", found)]
    assert remedy in report.faults[0].remedy


def test_a_postcode_across_the_boundary_may_be_new_or_outside(shipped: Library) -> None:
    held = set(shipped.table("POSTCODES")["postcode"])
    from uk_postcodes_parsing.outcodes import bs39

    code = next(f"BS39 {inner}" for inner in sorted(bs39.INCODES) if f"BS39 {inner}" not in held)
    place = postcodes.places(shipped, "2026", [code])[code]
    assert place.outward == "BS39"
    assert "outside the council, or newer" in place.reason


def test_neither_ward_nor_postcode_is_one_fault(shipped: Library) -> None:
    report = check(shipped, csv_of([given("")]))
    assert [(fault.column, fault.found) for fault in report.faults] == [("area_code", "blank")]


@pytest.mark.parametrize("code", [TERMINATED, ELSEWHERE, "ba21qr", "BA2  1QR", "BA2-1QR"])
@pytest.mark.parametrize("column", ["postcode", "area_code", "service", "quarter", "supported"])
def test_no_report_ever_holds_a_postcode(shipped: Library, code: str, column: str) -> None:
    row = {**given("BA2 1QR"), "area_code": "", column: code}
    said = everything_said(shipped, xlsx({"Activity": cells([row, {**row, "new": 99}])}))
    assert masked(said) == said
    assert code.replace(" ", "").upper()[-3:] not in said.upper().replace(" ", "")


def test_a_postcode_in_words_is_refused(shipped: Library) -> None:
    report = check(shipped, activity({"service": "Hub at BA2 1QR"}))
    assert [(fault.column, fault.found) for fault in report.faults] == [("service", "Hub at BA2 …")]
    assert "Take the postcode out" in report.faults[0].remedy


def test_a_postcode_as_a_heading_or_a_sheet_is_cut_too(shipped: Library) -> None:
    rows = cells([ROW])
    rows[0].append("Notes BA2 1QR")
    rows[1].append("x")
    assert "1QR" not in everything_said(shipped, xlsx({"Activity": rows}))
    assert "1QR" not in everything_said(shipped, xlsx({"BA2 1QR": [["a"]]}))
    assert "1QR" not in everything_said(shipped, activity({"provider": "=BA2 1QR"}))
