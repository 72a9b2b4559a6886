"""A whole store in one file with its checksum, and back: the same file for SQLite and PostgreSQL."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import tempfile
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select, text, update
from sqlalchemy.orm import Session

from analysis.store.database import Store
from analysis.store.models import DRAFT, Base, Blob, Publication, Version
from analysis.store.opening import newest_schema, opened
from analysis.store.packing import checksum
from analysis.store.place import Place, in_file
from analysis.store.records import person, record
from analysis.store.troubles import StoreRefusal, StoreUnavailable, told

DATABASE, CONTENTS = "atlas.db", "contents.json"
DAMAGED = "is not a whole backup of an atlas: {}. Nothing was restored."


def backup(store: Store, target: Path) -> dict[str, Any]:
    """Write a whole copy of the store, taken at one moment while it is in use, to one file; returns its contents page.

    Raises StoreUnavailable when it cannot be written; a file that stood there is replaced only by a whole one.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / DATABASE
        _copy_out(store, copy)
        content = copy.read_bytes()
        about = {**_counted(copy), "schema": newest_schema(), "sha256": checksum(content)}
    part = target.with_name(f"{target.name}.part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr(CONTENTS, json.dumps(about, indent=1))
            packed.writestr(DATABASE, content)
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StoreUnavailable(f"The backup cannot be written to {target}: {error.strerror}.") from error
    return about


def restore(place: Place, source: Path, who: str, *, replace: bool = False) -> dict[str, Any]:
    """Put a backup in place of what a store holds; returns its contents page.

    Everything is checked before anything is changed, and the change is one step. Raises StoreRefusal when the backup is
    not whole, or when the store holds publications and `replace` was not said. PostgreSQL must be empty.
    """
    by = person(who)
    content, about = _checked(source)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / DATABASE
        copy.write_bytes(content)
        held = opened(in_file(copy), filled=False)
        _refuse_damaged(held, source)
        with held.writing() as session:
            record(session, by, "restored", reasons={"backup": source.name, "sha256": str(about["sha256"])})
        held.engine.dispose()
        _put_back(place, copy, replace=replace)
    return about


def _copy_out(store: Store, copy: Path) -> None:
    if store.place.file is None:
        with told():
            _copy_rows(store, opened(in_file(copy), filled=False))
        return
    address = f"{store.place.file.as_uri()}?mode=rw"
    with (
        told(),
        closing(sqlite3.connect(address, uri=True, timeout=30)) as here,
        closing(sqlite3.connect(copy)) as there,
    ):
        here.backup(there)


def _copy_rows(source: Store, target: Store) -> None:
    states: dict[int, str] = {}
    with source.reading() as here, target.writing() as there:
        for table in Base.metadata.sorted_tables:
            rows = [dict(row) for row in here.execute(select(table)).mappings()]
            if table.name == Version.__tablename__:
                states = {int(row["id"]): str(row["state"]) for row in rows}
                rows = [{**row, "state": DRAFT} for row in rows]
            if rows:
                there.execute(insert(table), rows)
        _mark_published(there, states)
        _number_on(there)
    target.engine.dispose()


def _mark_published(session: Session, states: dict[int, str]) -> None:
    for number, state in states.items():
        session.execute(update(Version).where(Version.id == number).values(state=state))


def _number_on(session: Session) -> None:
    """Let PostgreSQL go on numbering after the rows that were copied."""
    if session.connection().dialect.name != "postgresql":
        return
    for table in ("version", "publication", "audit", "decision"):
        most = f"(SELECT max(id) FROM {table})"  # noqa: S608
        session.execute(
            text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), coalesce({most}, 1), {most} > 0)")
        )


def _checked(source: Path) -> tuple[bytes, dict[str, Any]]:
    try:
        with zipfile.ZipFile(io.BytesIO(source.read_bytes())) as packed:
            about = json.loads(packed.read(CONTENTS))
            content = packed.read(DATABASE)
    except OSError as error:
        raise StoreRefusal(f"{source} cannot be read: {error.strerror}. Nothing was restored.") from error
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise StoreRefusal(f"{source} {DAMAGED.format(error)}") from error
    if checksum(content) != about.get("sha256"):
        raise StoreRefusal(f"{source} {DAMAGED.format('its checksum differs')}")
    return content, about


def _refuse_damaged(store: Store, source: Path) -> None:
    with store.reading() as session:
        state = session.execute(text("PRAGMA integrity_check")).scalar()
        wrong = [blob.sha256 for blob in session.scalars(select(Blob)) if _differs(blob)]
    if state != "ok" or wrong:
        raise StoreRefusal(f"{source} {DAMAGED.format('a table is not as it was saved')}")


def _differs(blob: Blob) -> bool:
    return blob.packed is not None and checksum(blob.packed) != blob.packed_sha256


def _put_back(place: Place, copy: Path, *, replace: bool) -> None:
    if replace and place.file is not None:
        _put_aside_damaged(place.file)
    target = opened(place, filled=False)
    with target.reading() as session:
        holds = int(session.scalar(select(func.count()).select_from(Publication)) or 0)
    if holds and (place.file is None or not replace):
        remedy = "say --replace to put the backup in its place" if place.file else "name an empty database"
        raise StoreRefusal(f"The store already holds {holds} publications: {remedy}. Nothing was restored.")
    if place.file is None:
        _copy_rows(opened(in_file(copy), filled=False), target)
        return
    target.engine.dispose()
    with told(), closing(sqlite3.connect(copy)) as here, closing(sqlite3.connect(place.file, timeout=30)) as there:
        here.backup(there)


def _put_aside_damaged(file: Path) -> None:
    """Keep a store that cannot be read under another name, so that a whole one can take its place."""
    try:
        opened(in_file(file), filled=False).engine.dispose()
    except StoreUnavailable:
        for ending in ("", "-wal", "-shm"):
            part = file.with_name(file.name + ending)
            if part.is_file():
                part.replace(part.with_name(f"{part.name}.damaged"))


def _counted(copy: Path) -> dict[str, Any]:
    with closing(sqlite3.connect(copy)) as held:
        names = ("version", "publication", "audit", "blob", "decision")
        return {name: held.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}  # noqa: S608
