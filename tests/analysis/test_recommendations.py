"""Recommendations as tracked actions: counted by hand, saved and read back, and bad files refused by their text."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.recommendations import (
    BASIS,
    COLUMNS,
    DONE,
    GIVEN_UP,
    MOST_LETTERS,
    NOT_KNOWN,
    NOTE,
    OWNER,
    STATUSES,
    UNDER_WAY,
    Entry,
    as_table,
    counted,
    day,
    loaded,
    overdue,
)
from analysis.refusal import Refusal

THREE = pd.DataFrame({"recommendation_id": ["r01", "r04", "r04a"], "action": ["Learn", "Review", "Consider a hub"]})
TYPED = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=MOST_LETTERS[OWNER])


def written(entries: dict[str, Entry]) -> bytes:
    return as_table(THREE, entries).to_csv(index=False).encode("utf-8-sig")


def file(*rows: str, header: str = "recommendation_id,recommendation,status,owner,review_date,note,basis") -> bytes:
    return "\n".join([header, *rows]).encode()


def read(content: bytes) -> dict[str, Entry]:
    return loaded(content, "mine.csv", THREE["recommendation_id"])


def test_statuses_are_counted_by_hand() -> None:
    entries = {"r01": Entry(DONE), "r04": Entry(UNDER_WAY), "r04a": Entry()}
    assert counted(entries) == {NOT_KNOWN: 1, "not started": 0, UNDER_WAY: 1, DONE: 1, GIVEN_UP: 0}


def test_a_review_is_overdue_only_while_something_is_left_to_do() -> None:
    entries = {
        "r01": Entry(DONE, review_date="2020-01-01"),
        "r04": Entry(UNDER_WAY, review_date="2026-06-30"),
        "r04a": Entry(UNDER_WAY, review_date="2026-07-01"),
    }
    assert overdue(entries, date(2026, 7, 1)) == 1


@pytest.mark.parametrize(("typed", "kept"), [("30/9/2026", "2026-09-30"), (" 2026-09-30 ", "2026-09-30"), ("", "")])
def test_a_day_is_read_in_both_spellings(typed: str, kept: str) -> None:
    assert day(typed) == kept


@pytest.mark.parametrize("typed", ["soon", "31/02/2026", "2026-13-01", "09/2026", "30-09-2026"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(Refusal, match=f"Review date: found '{typed}'. Write the day as 2026-09-30 or 30/09/2026"):
        day(typed)


def test_a_file_saved_says_whose_entries_they_are_and_holds_every_recommendation() -> None:
    table = as_table(THREE, {"r04": Entry(DONE, "=1+1", "2026-09-30", "@note")})
    assert list(table.columns) == list(COLUMNS)
    assert table["basis"].eq(BASIS).all()
    assert table["status"].tolist() == [NOT_KNOWN, DONE, NOT_KNOWN]
    assert table[[OWNER, NOTE]].iloc[1].tolist() == ["'=1+1", "'@note"]


@given(st.sampled_from(STATUSES), TYPED, st.dates(min_value=date(1900, 1, 1)), TYPED)
def test_what_is_saved_is_read_back_as_it_was_typed(status: str, owner: str, review: date, note: str) -> None:
    entries = {"r01": Entry(status, owner, review.isoformat(), note), "r04": Entry(), "r04a": Entry(GIVEN_UP)}
    assert read(written(entries)) == entries


def test_a_recommendation_the_file_leaves_out_is_not_among_the_entries() -> None:
    assert read(file("r04,Review,Done,Ann,30/09/2026,,")) == {"r04": Entry(DONE, "Ann", "2026-09-30")}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("r99,x,done,,,,", "row 3, column recommendation_id: found 'r99'. Use an identifier of the list"),
        ("r01,x,done,,,,", "row 3, column recommendation_id: found 'r01'. Remove the repeated row."),
        ("r04,x,finished,,,,", "row 3, column status: found 'finished'. Use one of: not known, not started, under way"),
        ("r04,x,,,,,", "row 3, column status: found 'blank'. Use one of"),
        ("r04,x,done,,Easter,,", "row 3, column review_date: found 'Easter'. Write the day as 2026-09-30"),
        (f"r04,x,done,{'a' * 102},,,", "row 3, column owner: found '102 letters'. Use at most 100 letters."),
    ],
)
def test_a_bad_row_is_refused_with_row_column_found_and_remedy(row: str, said: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(file("r01,Learn,done,,,,", row))
    assert str(refused.value).startswith("Nothing was changed. mine.csv, ")
    assert said in str(refused.value)


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(Refusal) as refused:
        read(file("r99,x,done,,,,", "r01,x,maybe,,,,"))
    assert "row 2" in str(refused.value)
    assert "row 3" in str(refused.value)


def test_of_very_many_faults_the_first_are_told_and_the_rest_counted() -> None:
    with pytest.raises(Refusal) as refused:
        read(file(*["r99,x,done,,,,"] * 50))
    assert str(refused.value).count("mine.csv, row") == 20
    assert str(refused.value).endswith(" And 30 more.")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00", "cannot be read as a CSV file in UTF-8"),
        (b"", "cannot be read as a CSV file in UTF-8"),
        (file(header="recommendation_id,owner,review_date,note"), "column status: found 'no such column'"),
        (file(), "found 'no rows'. Restore the rows under the header."),
        (b"a" * 200_001, "is too large for a list of recommendations"),
    ],
)
def test_a_file_that_is_no_list_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(content)
    assert said in str(refused.value)
