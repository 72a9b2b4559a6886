"""Whatever is done to a return's file, there is a report, and rows only where there is no fault."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.returns.check import check
from analysis.returns.report import Report
from analysis.sources.library import Library
from analysis.uploads.remarks import frame, masked
from tests.returns.files import ROW, activity, cells, ods, ods_row, rows_csv, xlsx

LIBRARY = Library()
LAWFUL = (activity({}), rows_csv(cells([ROW])), ods(ods_row(list(ROW)) + ods_row(list(ROW.values()))))
ANYTHING = st.one_of(
    st.text(max_size=30), st.integers(-(10**20), 10**20), st.floats(), st.booleans(), st.dates(), st.datetimes()
)


def sound(report: Report) -> None:
    assert report.lawful == bool(report.tables)
    assert report.lawful == (report.total == 0)
    assert len(report.faults) <= report.total
    said = " ".join(frame([*report.faults, *report.notes]).astype(str).to_numpy().ravel())
    assert masked(said) == said


@settings(max_examples=25)
@given(st.sampled_from(LAWFUL), st.lists(st.tuples(st.integers(0), st.integers(0, 255)), max_size=6), st.integers(0))
def test_bytes_changed_or_cut_never_break_the_check(content: bytes, changes: list[tuple[int, int]], cut: int) -> None:
    changed = bytearray(content)
    for place, value in changes:
        changed[place % len(changed)] = value
    sound(check(LIBRARY, bytes(changed[: len(changed) - cut % len(changed)] if cut % 3 == 0 else changed)))


@settings(max_examples=25)
@given(st.binary(max_size=300))
def test_any_bytes_have_a_report(content: bytes) -> None:
    sound(check(LIBRARY, content))


@settings(max_examples=25)
@given(st.dictionaries(st.sampled_from(list(ROW)), ANYTHING, max_size=4), st.lists(st.text(max_size=12), max_size=3))
def test_any_cells_and_headings_have_a_report(change: dict[str, object], headings: list[str]) -> None:
    rows = cells([{**ROW, **change}, ROW])
    rows[0][: len(headings)] = headings if headings else rows[0][:0]
    sound(check(LIBRARY, rows_csv([[str(cell) for cell in row] for row in rows])))


@settings(max_examples=10)
@given(
    st.dictionaries(
        st.sampled_from(list(ROW)), st.one_of(st.integers(), st.floats(), st.dates(), st.booleans()), max_size=4
    )
)
def test_any_values_of_a_workbook_have_a_report(change: dict[str, object]) -> None:
    sound(check(LIBRARY, xlsx({"Activity": cells([{**ROW, **change}])})))
