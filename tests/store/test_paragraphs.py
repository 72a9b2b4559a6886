"""Paragraphs of the council's own and sections left out: kept with the base, in both kinds of database."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.store.backup import backup, restore
from analysis.store.database import Store
from analysis.store.opening import opened
from analysis.store.paragraphs import LONGEST, kept, leave_out, write
from analysis.store.place import in_file
from analysis.store.records import audit
from analysis.store.troubles import Overtaken, StoreRefusal
from tests.store.earlier import taken_back

OURS = "Closures in Radstock fell after this survey.\nSee the minutes of May."


def test_a_paragraph_is_kept_changed_and_taken_away_each_with_a_line_in_the_log(store: Store) -> None:
    write(store, "2020", "gaps", "before", f"  {OURS}\r\n", "Ann", seen="")
    assert kept(store, "2020").paragraphs == {("gaps", "before"): OURS}
    assert kept(store, "2026").paragraphs == {}
    write(store, "2020", "gaps", "before", "Shorter.", "Ben", seen=OURS)
    write(store, "2020", "gaps", "before", "  ", "Ben", seen="Shorter.")
    assert kept(store, "2020").paragraphs == {}
    lines = audit(store, base="2020").head(3)
    assert lines["what"].tolist() == ["paragraph removed", "paragraph written", "paragraph written"]
    assert lines["by"].tolist() == ["Ben", "Ben", "Ann"]
    assert lines["reasons"].iloc[0] == {"section": "gaps", "place": "before"}


def test_who_writes_over_somebody_else_is_told_and_nothing_is_lost(store: Store) -> None:
    write(store, "2020", "gaps", "after", OURS, "Ann", seen="")
    with pytest.raises(Overtaken, match="Somebody else changed this paragraph"):
        write(store, "2020", "gaps", "after", "Mine", "Ben", seen="")
    assert kept(store, "2020").paragraphs == {("gaps", "after"): OURS}


def test_sections_left_out_are_exactly_those_named_last(store: Store) -> None:
    leave_out(store, "2026", ["equity", "activity", "equity"], "Ann")
    assert kept(store, "2026").left_out == ("activity", "equity")
    leave_out(store, "2026", ["equity"], "Ann")
    before = len(audit(store))
    leave_out(store, "2026", ["equity"], "Ann")
    assert kept(store, "2026").left_out == ("equity",)
    assert len(audit(store)) == before
    assert audit(store)["reasons"].iloc[0] == {"sections": "equity"}


def test_what_cannot_be_kept_is_refused(file_store: Store) -> None:
    for said, args in (
        ("Shorten the paragraph", ("2020", "gaps", "before", "a" * (LONGEST + 1))),
        (r"cannot be seen \(U\+0007\)", ("2020", "gaps", "before", "ring\x07")),
        (r"cannot be seen \(U\+202E\)", ("2020", "gaps", "before", "turned \u202e about")),
        ("There is no place 'left_out'", ("2020", "gaps", "left_out", "words")),
        ("There is no section 'DROP TABLE'", ("2020", "DROP TABLE", "before", "words")),
        ("There is no edition '1999'", ("1999", "gaps", "before", "words")),
    ):
        with pytest.raises(StoreRefusal, match=said):
            write(file_store, *args, "Ann", seen="")
    assert kept(file_store, "2020").paragraphs == {}


def test_paragraphs_go_with_a_backup(store: Store, tmp_path: Path) -> None:
    write(store, "2020", "gaps", "before", OURS, "Ann", seen="")
    leave_out(store, "2020", ["equity"], "Ann")
    backup(store, tmp_path / "backup.zip")
    restore(in_file(tmp_path / "again.db"), tmp_path / "backup.zip", "Ben")
    again = kept(opened(in_file(tmp_path / "again.db"), filled=False), "2020")
    assert again == kept(store, "2020")
    assert again.left_out == ("equity",)


def test_a_store_made_before_paragraphs_is_brought_up_to_date(store: Store) -> None:
    taken_back(store, "0003")
    assert kept(opened(store.place, filled=False), "2020").paragraphs == {}
