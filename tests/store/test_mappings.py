"""Headings mapped once are known the next time, in both kinds of database, and go with a backup."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.sources.tables.sites import SITES
from analysis.store.backup import backup, restore
from analysis.store.database import Store
from analysis.store.mappings import remember, remembered
from analysis.store.opening import opened
from analysis.store.place import in_file
from analysis.store.records import audit
from analysis.store.troubles import StoreRefusal
from analysis.uploads.headings import matched
from tests.store.earlier import taken_back


def test_a_heading_mapped_once_is_suggested_the_next_time(store: Store) -> None:
    assert remembered(store, "SITES") == {}
    remember(store, "SITES", {"name": "Venue", "kind": "What is it?", "size": None}, "Ann")
    assert remembered(store, "SITES") == {"venue": "name", "whatisit": "kind"}
    found = matched(("VENUE", "What is it"), SITES, remembered(store, "SITES"))
    assert {column: header for column, header in found.items() if header} == {"name": "VENUE", "kind": "What is it"}
    assert audit(store)[["by", "what", "contract"]].iloc[0].tolist() == ["Ann", "headings mapped", "SITES"]


def test_the_newest_mapping_of_a_heading_and_of_a_column_is_the_one_kept(store: Store) -> None:
    remember(store, "SITES", {"name": "Venue", "kind": "Sort"}, "Ann")
    remember(store, "SITES", {"kind": "Venue"}, "Ben")
    assert remembered(store, "SITES") == {"venue": "kind"}
    remember(store, "SERVICES", {"service": "Venue"}, "Ben")
    assert remembered(store, "SITES") == {"venue": "kind"}


def test_what_is_not_of_the_table_is_refused(file_store: Store) -> None:
    with pytest.raises(StoreRefusal, match="no column nonsense"):
        remember(file_store, "SITES", {"nonsense": "Venue"}, "Ann")
    with pytest.raises(StoreRefusal, match="There is no table 'PLACES'"):
        remember(file_store, "PLACES", {"name": "Venue"}, "Ann")
    assert remembered(file_store, "SITES") == {}


def test_one_heading_of_two_columns_and_headings_of_signs_alone_are_not_kept(file_store: Store) -> None:
    remember(file_store, "SITES", {"name": "Venue", "kind": "VENUE ", "site_id": "???"}, "Ann")
    assert remembered(file_store, "SITES") == {}


def test_headings_go_with_a_backup(store: Store, tmp_path: Path) -> None:
    remember(store, "SITES", {"name": "Venue"}, "Ann")
    backup(store, tmp_path / "backup.zip")
    restore(in_file(tmp_path / "again.db"), tmp_path / "backup.zip", "Ben")
    assert remembered(opened(in_file(tmp_path / "again.db"), filled=False), "SITES") == {"venue": "name"}


def test_a_store_made_before_headings_were_remembered_is_brought_up_to_date(store: Store) -> None:
    taken_back(store, "0001")
    again = opened(store.place, filled=False)
    remember(again, "SITES", {"name": "Venue"}, "Ann")
    assert remembered(again, "SITES") == {"venue": "name"}
    again.engine.dispose()
