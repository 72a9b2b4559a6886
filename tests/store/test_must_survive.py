"""What the store must survive: being killed, a full or read-only disk, damage, a lost database, many readers."""

from __future__ import annotations

import logging
import os
import random
import resource
import signal
import sqlite3
import subprocess
import threading
import time
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import text

from analysis.sources.library import Library
from analysis.store.builtin import fill
from analysis.store.database import Store
from analysis.store.drafts import drop_draft, put_table, start_draft
from analysis.store.opening import opened
from analysis.store.place import Place, in_file, in_postgres
from analysis.store.publishing import publications, token
from analysis.store.readers import Readers
from analysis.store.reading import of_version, published
from analysis.store.records import audit
from analysis.store.shelf import versions
from analysis.store.troubles import StoreRefusal, StoreUnavailable
from tests.store.conftest import NUMBERS
from tests.store.editors import draft_of, published_as, stamp, stamped
from tests.store.kills import aims, durations, killed
from tests.store.servers import Server
from tests.world import three_wards

LOG = logging.getLogger(__name__)
KILLS = int(os.environ.get("ATLAS_KILLS", "12"))
READ_LONG = 40


def whole(store: Store, known: frozenset[int] = frozenset()) -> int:
    """Check everything that must hold at any moment; returns the number of publications.

    What the tables of the `known` versions hold is not read again: it was, and the database lets nobody change it.
    """
    with store.writing() as session:
        if store.place.file:
            assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
            assert session.execute(text("PRAGMA foreign_key_check")).all() == []
    made = publications(store)
    held = versions(store).set_index("version")
    for version, row in held.iterrows():
        published_ones = {one.id for one in made if one.version == version}
        assert set(row["publications"]) == published_ones
        assert (row["state"] == "published") == bool(published_ones)
        if version in known:
            continue
        library = of_version(store, version)
        assert set(library.entries) == {three_wards.path_of(name) for name in three_wards.TABLES}
        if published_ones and version > 2:
            activity, sites = stamped(library)
            assert activity == sites
            assert len(activity) == 1
    lines = audit(store)
    told = lines[lines["what"].isin(["published", "rolled back"])]
    assert sorted(told["publication_id"].astype(int)) == sorted(one.id for one in made)
    return len(made)


@pytest.mark.parametrize("kind", ["file", "postgres"])
def test_killed_at_any_moment_nothing_is_lost_or_half_made(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path, world: Library
) -> None:
    where = (
        in_file(tmp_path / "atlas.db")
        if kind == "file"
        else in_postgres(request.getfixturevalue("server").database(f"killed{next(NUMBERS)}"))
    )
    held = opened(where, filled=False)
    fill(held, world.root)
    published_as(held, world, 0)
    aimed = aims(random.Random(2020), durations(where, world))
    first = before = whole(held)
    known: frozenset[int] = frozenset()
    found: Counter[str] = Counter()
    for number in range(1, 1 + (KILLS if kind == "file" else max(3, KILLS // 4))):
        held.engine.dispose()
        found[killed(where, world, 1000 * number, next(aimed))] += 1
        after = whole(held, known)
        assert after >= before
        before = after
        kept = versions(held)
        known = frozenset(kept.loc[kept["state"].eq("published"), "version"])
        for draft in kept.loc[kept["state"].eq("draft"), "version"]:
            drop_draft(held, int(draft), "Ann")
    LOG.info("killed while %s, with %s publications", dict(found), before - first)
    assert len(found) > 1
    assert whole(held) == before > first, "no process lived long enough to publish"
    published_as(held, world, 999_999)
    assert stamped(published(held, "2026")) == ({999_999}, {999_999})


def test_readers_never_see_a_mixture_while_others_publish(store: Store, world: Library) -> None:
    published_as(store, world, 0)
    readers, stop, wrong = Readers(lambda: store), threading.Event(), []
    seen: set[int] = set()

    def read() -> None:
        while not stop.is_set():
            library = readers.now().library("2026")
            activity, sites = stamped(library)
            if activity != sites:
                wrong.append((activity, sites))
            seen.update(activity)

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(1, READ_LONG // 4):
        published_as(store, world, number)
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(seen) > 1
    assert stamped(readers.now().library("2026")) == ({READ_LONG // 4 - 1}, {READ_LONG // 4 - 1})


def test_what_a_reader_opened_stays_as_it_was(store: Store, world: Library) -> None:
    published_as(store, world, 1)
    opened_before = published(store, "2026")
    published_as(store, world, 2)
    assert stamped(opened_before) == ({1}, {1})
    assert stamped(published(store, "2026", opened_before)) == ({2}, {2})


def test_asking_whether_anything_was_published_is_cheap(file_store: Store) -> None:
    readers = Readers(lambda: file_store)
    readers.now()
    taken = []
    for _ in range(50):
        start = time.perf_counter()
        readers.now()
        taken.append(time.perf_counter() - start)
    assert min(taken) < 0.002


def test_a_full_disk_is_told_in_a_sentence_and_keeps_the_draft(tmp_path: Path, world: Library) -> None:
    """A store on a disk of its own, filled up; where none may be mounted, a process that may not write more."""
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", str(place)]
    mounted = subprocess.run(mount, capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("no disk of one's own may be mounted here; the limited process below is the test")
    try:
        held = opened(in_file(place / "atlas.db"), filled=False)
        fill(held, world.root)
        draft = draft_of(held, world, 1)
        readers = Readers(lambda: held)
        readers.now()
        _fill_up(place)
        with pytest.raises(StoreUnavailable, match="disk is full or cannot be written"):
            _put_many(held, draft, world)
        assert readers.now().trouble == ""
        (place / "filler").unlink()
        assert whole(held) == 2
        assert versions(held).set_index("version").loc[draft, "state"] == "draft"
        published_as(held, world, 2)
        held.engine.dispose()
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def _put_many(held: Store, draft: int, world: Library) -> None:
    for number in range(50):
        put_table(held, draft, "SITES", _long(world, number), {}, "s.csv", "Ann")


def _fill_up(place: Path) -> None:
    with (place / "filler").open("wb", buffering=0) as filler:
        try:
            while filler.write(b"\0" * 4096):
                pass
        except OSError:
            return


def _long(world: Library, number: int) -> pd.DataFrame:
    """A table of the world that does not compress."""
    words = random.Random(number).randbytes(8000).hex()
    return world.table("SITES").assign(source_title=words)


def test_a_process_that_may_write_no_more_says_so_and_harms_nothing(file_store: Store, world: Library) -> None:
    draft = draft_of(file_store, world, 1)
    child = os.fork()
    if child == 0:
        os._exit(_limited(file_store.place, draft, world))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert whole(file_store) == 2
    assert stamped(of_version(file_store, draft)) == ({1}, {1})


def _limited(place: Place, draft: int, world: Library) -> int:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limit = place.file.stat().st_size + 8192
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    held = opened(place, filled=False)
    try:
        for number in range(200):
            put_table(held, draft, "ACTIVITY", stamp(world, 1)["ACTIVITY"], {"caveat": "x" * 3000}, f"{number}", "Ann")
            put_table(held, start_draft(held, "2026", "n", "Ann"), "SITES", _long(world, number), {}, "s", "Ann")
    except StoreUnavailable as told:
        return 0 if "cannot be written" in str(told) else 3
    return 2


def test_a_read_only_store_is_read_and_not_written(file_store: Store, world: Library) -> None:
    published_as(file_store, world, 1)
    file_store.engine.dispose()
    file = file_store.place.file
    file.chmod(0o444)
    file.parent.chmod(0o555)
    for parent in (file.parent.parent, file.parent.parent.parent, file.parent.parent.parent.parent):
        parent.chmod(parent.stat().st_mode | 0o055)
    child = os.fork()
    if child == 0:
        os._exit(_as_nobody(file_store.place))
    try:
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    finally:
        file.parent.chmod(0o755)
        file.chmod(0o644)


def _as_nobody(place: Place) -> int:
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    held = opened(place, filled=False)
    shown_now = Readers(lambda: held).now()
    if shown_now.trouble or stamped(shown_now.library("2026")) != ({1}, {1}):
        return 2
    try:
        start_draft(held, "2026", "Draft", "Ann")
    except StoreUnavailable as told:
        return 0 if "may only be read here" in str(told) else 3
    return 4


def test_a_store_that_vanishes_is_missed_by_editors_and_not_by_readers(file_store: Store, world: Library) -> None:
    published_as(file_store, world, 1)
    readers = Readers(lambda: file_store)
    before = readers.now()
    file_store.place.file.unlink()
    now = readers.now()
    assert (now.token, now.libraries) == (before.token, before.libraries)
    assert now.trouble.startswith("The newest publications cannot be asked for, so this is what was last read.")
    with pytest.raises(StoreUnavailable, match="missing or cannot be opened"):
        start_draft(file_store, "2026", "Draft", "Ann")
    assert not file_store.place.file.exists()


def _damage(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[0:100] = b"\xa5" * 100
    file.write_bytes(content)


def test_a_damaged_store_leaves_readers_the_shipped_files(file_store: Store, world: Library) -> None:
    with file_store.writing():
        pass
    file_store.engine.dispose()
    for ending in ("-wal", "-shm"):
        Path(f"{file_store.place.file}{ending}").unlink(missing_ok=True)
    _damage(file_store.place.file)
    now = Readers(lambda: opened(file_store.place, filled=False), lambda: world).now()
    assert now.library("2026") is world
    assert now.trouble == (
        "This is what the atlas ships, not what was published since. The store is damaged and cannot be read. "
        "Restore it with `python -m analysis edition restore`."
    )


def test_a_table_that_is_not_as_it_was_saved_is_never_shown(file_store: Store) -> None:
    file_store.engine.dispose()
    with sqlite3.connect(file_store.place.file) as raw:
        raw.execute("DROP TRIGGER blob_update")
        sites = "(SELECT sha256 FROM held_table WHERE contract = 'SITES')"
        raw.execute(f"UPDATE blob SET packed = x'00' WHERE sha256 IN {sites}")
    with pytest.raises(StoreUnavailable, match="SITES is not as it was saved"):
        published(file_store, "2026")


def test_a_folder_where_no_store_can_be_made(world: Library) -> None:
    nowhere = in_file(Path("/dev/null/atlas.db"))
    now = Readers(lambda: opened(nowhere), lambda: world).now()
    assert now.library("2020") is world
    assert "No store can be made at /dev/null/atlas.db" in now.trouble


def test_a_lost_postgres_leaves_readers_what_they_have(
    server: Server, world: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("analysis.store.readers.AGAIN_SECONDS", 0.0)
    held = opened(in_postgres(server.database(f"lost{next(NUMBERS)}")), filled=False)
    fill(held, world.root)
    draft = draft_of(held, world, 1)
    readers = Readers(lambda: held)
    before = readers.now()
    server.stop()
    try:
        now = readers.now()
        assert (now.token, now.libraries) == (before.token, before.libraries)
        assert "The database cannot be reached" in now.trouble
        with pytest.raises(StoreRefusal, match="cannot be reached, so nothing was saved"):
            put_table(held, draft, "SITES", stamp(world, 2)["SITES"], {}, "s.csv", "Ann")
        late = Readers(lambda: opened(held.place, filled=False), lambda: world).now()
        assert late.library("2026") is world
    finally:
        server.start()
    assert readers.now().trouble == ""
    assert stamped(of_version(held, draft)) == ({1}, {1})
    assert token(held) == before.token
    published_as(held, world, 3)
    assert readers.now().token != before.token
    assert stamped(readers.now().library("2026")) == ({3}, {3})
