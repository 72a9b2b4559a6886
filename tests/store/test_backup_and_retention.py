"""Backups are whole or refused, deleted returns are gone, and exports harm nobody who opens them."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest

from analysis.sources.catalogue import read_catalogue
from analysis.sources.library import Library
from analysis.store.backup import backup, restore
from analysis.store.builtin import fill
from analysis.store.database import Store
from analysis.store.drafts import put_table, start_draft
from analysis.store.export import export
from analysis.store.opening import opened
from analysis.store.place import in_file, in_postgres
from analysis.store.publishing import publications, publish, roll_back, token
from analysis.store.reading import of_version, published
from analysis.store.records import audit
from analysis.store.retention import forget
from analysis.store.shelf import tables_of, versions
from analysis.store.troubles import StoreRefusal
from tests.store.conftest import NUMBERS
from tests.store.editors import draft_of, published_as, shown, stamp, stamped
from tests.store.servers import Server


def same(one: Store, other: Store) -> bool:
    """Whether two stores hold the same versions, publications and tables."""
    held = [versions(store).drop(columns="shown") for store in (one, other)]
    tables = [pd.concat([tables_of(store, number) for number in held[0]["version"]]) for store in (one, other)]
    return held[0].equals(held[1]) and tables[0].equals(tables[1]) and publications(one) == publications(other)


def test_a_backup_restored_is_the_store_it_was_taken_from(store: Store, world: Library, tmp_path: Path) -> None:
    published_as(store, world, 1)
    draft_of(store, world, 2)
    about = backup(store, tmp_path / "backup.zip")
    assert (about["publication"], about["version"]) == (3, 4)
    place = in_file(tmp_path / "again.db")
    restore(place, tmp_path / "backup.zip", "Ann")
    again = opened(place, filled=False)
    assert same(store, again)
    assert audit(again)["what"].iloc[0] == "restored"
    published_as(again, world, 3)
    assert stamped(published(again, "2026")) == ({3}, {3})


def test_a_backup_of_a_file_restored_in_postgres_goes_on(
    file_store: Store, server: Server, world: Library, tmp_path: Path
) -> None:
    published_as(file_store, world, 1)
    backup(file_store, tmp_path / "backup.zip")
    place = in_postgres(server.database(f"restored{next(NUMBERS)}"))
    restore(place, tmp_path / "backup.zip", "Ann")
    again = opened(place, filled=False)
    assert same(file_store, again)
    published_as(again, world, 2)
    assert stamped(published(again, "2026")) == ({2}, {2})
    with pytest.raises(StoreRefusal, match="already holds 4 publications: name an empty database"):
        restore(place, tmp_path / "backup.zip", "Ann", replace=True)


def test_a_full_store_is_replaced_only_when_that_is_said(file_store: Store, world: Library, tmp_path: Path) -> None:
    published_as(file_store, world, 1)
    backup(file_store, tmp_path / "backup.zip")
    published_as(file_store, world, 2)
    with pytest.raises(StoreRefusal, match="already holds 4 publications: say --replace"):
        restore(file_store.place, tmp_path / "backup.zip", "Ann")
    assert stamped(published(file_store, "2026")) == ({2}, {2})
    reader, before = published(file_store, "2026"), token(file_store)
    restore(file_store.place, tmp_path / "backup.zip", "Ann", replace=True)
    assert stamped(published(file_store, "2026")) == ({1}, {1})
    assert stamped(reader) == ({2}, {2})
    published_as(file_store, world, 5)
    assert token(file_store) != before, "a number given again after a restore is another publication"
    assert stamped(published(file_store, "2026", reader)) == ({5}, {5})


def test_a_damaged_store_is_put_aside_for_a_whole_one(file_store: Store, world: Library, tmp_path: Path) -> None:
    published_as(file_store, world, 1)
    backup(file_store, tmp_path / "backup.zip")
    file_store.engine.dispose()
    file_store.place.file.write_bytes(b"\xa5" * 5000)
    restore(file_store.place, tmp_path / "backup.zip", "Ann", replace=True)
    assert stamped(published(opened(file_store.place, filled=False), "2026")) == ({1}, {1})
    assert Path(f"{file_store.place.file}.damaged").read_bytes() == b"\xa5" * 5000


@pytest.mark.parametrize("harm", ["cut", "changed", "other", "missing"])
def test_a_backup_that_is_not_whole_is_refused_and_nothing_changes(
    file_store: Store, tmp_path: Path, harm: str
) -> None:
    whole, bad = tmp_path / "backup.zip", tmp_path / "bad.zip"
    backup(file_store, whole)
    content = whole.read_bytes()
    if harm == "cut":
        bad.write_bytes(content[: len(content) // 2])
    elif harm == "other":
        bad.write_bytes(b"no backup at all")
    elif harm == "changed":
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(bad, "w") as new:
            new.writestr("contents.json", old.read("contents.json"))
            new.writestr("atlas.db", old.read("atlas.db")[:-1] + b"?")
    place = in_file(tmp_path / "again.db")
    with pytest.raises(StoreRefusal, match="Nothing was restored"):
        restore(place, bad, "Ann")
    assert not place.file.exists()


def returned(store: Store, world: Library, number: int) -> int:
    """A published return of activity; returns its version."""
    draft = start_draft(store, "2026", f"Return {number}", "Ann")
    put_table(store, draft, "ACTIVITY", stamp(world, number)["ACTIVITY"], {}, f"return-{number}.csv", "Ann")
    publish(store, draft, shown(store), "Ann")
    return draft


def test_a_deleted_return_is_gone_and_its_line_stays(store: Store, world: Library) -> None:
    old, new = returned(store, world, 1), returned(store, world, 2)
    draft = draft_of(store, world, 3)
    sites = of_version(store, old).table("SITES")
    lines = len(audit(store))
    done = forget(store, "ACTIVITY", "Ann", keep=1, why="two years are over")
    assert (len(done.tables), done.drafts, len(done.still_published), done.written_anew) == (2, (draft,), 1, True)
    with pytest.raises(StoreRefusal, match="ACTIVITY was deleted from this version"):
        of_version(store, old).table("ACTIVITY")
    pd.testing.assert_frame_equal(of_version(store, old).table("SITES"), sites)
    assert not tables_of(store, old).set_index("contract").loc["ACTIVITY", "held"]
    assert stamped(of_version(store, new))[0] == {2}
    assert stamped(of_version(store, draft)) == ({2}, {3})
    with pytest.raises(StoreRefusal, match="ACTIVITY of 'Return 1' was deleted under the retention rules"):
        roll_back(store, old, shown(store), "Ann", about="back")
    told = audit(store).head(2)
    assert len(audit(store)) == lines + 2
    assert set(told["sha256"]) == set(done.tables)
    assert set(told["what"]) == {"deleted under retention"}
    assert set(audit(store, version=old)["file_name"]) >= {"return-1.csv"}


def test_nothing_of_a_deleted_return_is_left_in_the_file(file_store: Store, world: Library) -> None:
    secret = "marked-2d0f8a"
    draft = start_draft(file_store, "2026", "Draft", "Ann")
    sites = world.table("SITES").assign(source_title=secret)
    put_table(file_store, draft, "SITES", sites, {}, "s.csv", "Ann")
    with closing(sqlite3.connect(file_store.place.file)) as raw:
        packed = [row[0] for row in raw.execute("SELECT packed FROM blob")]
    assert any(secret.encode() in content for content in packed)
    forget(file_store, "SITES", "Ann", keep=1, why="asked for")
    file_store.engine.dispose()
    left = [path.read_bytes() for path in file_store.place.file.parent.iterdir() if path.is_file()]
    assert not any(secret.encode() in content for content in left)


def test_what_the_atlas_ships_and_what_is_shown_cannot_be_deleted(store: Store, world: Library) -> None:
    assert forget(store, "SITES", "Ann", keep=1, why="x").tables == ()
    with pytest.raises(StoreRefusal, match="Keep at least 1"):
        forget(store, "ACTIVITY", "Ann", keep=0, why="x")
    with pytest.raises(StoreRefusal, match="There is no table"):
        forget(store, "NONE", "Ann", keep=1, why="x")


def test_a_return_put_again_after_it_was_deleted_is_held_again(store: Store, world: Library) -> None:
    old = returned(store, world, 1)
    returned(store, world, 2)
    forget(store, "ACTIVITY", "Ann", keep=1, why="x")
    returned(store, world, 1)
    assert stamped(of_version(store, old))[0] == {1}


def files(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_an_export_is_a_folder_the_atlas_could_start_from(store: Store, world: Library, tmp_path: Path) -> None:
    version = published_as(store, world, 1) and int(versions(store)["version"].iloc[0])
    content = export(store, version, small_counts=True)
    assert content == export(store, version, small_counts=True)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        packed.extractall(tmp_path)
    assert set(read_catalogue(tmp_path)) == set(world.entries)
    assert stamped(Library(tmp_path)) == ({1}, {1})
    assert b"published" in (tmp_path / "audit.csv").read_bytes()


def test_an_export_leaves_small_counts_out_and_says_so(store: Store) -> None:
    held = files(export(store, 2))
    assert "data/activity.csv" not in held
    assert held["left_out.txt"].startswith(b"data/activity.csv: counts so small")


@pytest.mark.parametrize("cell", ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_formula_leaves_by_an_export(file_store: Store, world: Library, cell: str) -> None:
    draft = start_draft(file_store, "2026", "Draft", "Ann")
    sites = world.table("SITES").assign(source_title=cell)
    put_table(file_store, draft, "SITES", sites, {}, "=s.csv", "=Ann")
    held = files(export(file_store, draft))
    titles = pd.read_csv(io.BytesIO(held["data/sites.csv"]))["source_title"]
    assert set(titles.str[0]) == {"'"}
    lines = pd.read_csv(io.BytesIO(held["audit.csv"]))
    assert {"'=Ann"} <= set(lines["by"])


def test_filling_anew_after_a_restore_changes_nothing(file_store: Store, world: Library, tmp_path: Path) -> None:
    backup(file_store, tmp_path / "backup.zip")
    restore(in_file(tmp_path / "again.db"), tmp_path / "backup.zip", "Ann")
    again = opened(in_file(tmp_path / "again.db"), filled=False)
    assert fill(again, world.root) == []
    assert token(again) == token(file_store)
