"""Opening the database, and the two ways in: a reading that sees one moment, and a writing that is whole or nothing."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from analysis.store.place import Place
from analysis.store.troubles import told

WAIT_SECONDS = 30
CONNECT_SECONDS = 5
WRITING = "atlas_writing"
ONE_WRITER = 6_022_2020


@dataclass
class Store:
    """An open store. Get one from `analysis.store.opening.opened`."""

    place: Place
    engine: Engine = field(repr=False)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees the store at one moment. Raises StoreUnavailable in a sentence when it cannot."""
        with told(), self.engine.connect() as connection, connection.begin(), Session(connection) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose changes are saved together when the block ends, or not at all; one writer at a time."""
        with (
            told(),
            self.engine.connect().execution_options(**self._to_write()) as connection,
            connection.begin(),
            Session(connection) as session,
        ):
            yield session
            session.flush()

    def _to_write(self) -> dict[str, Any]:
        """A writer in PostgreSQL must see what was saved while it waited for its turn."""
        return {WRITING: True} | ({} if self.place.file else {"isolation_level": "READ COMMITTED"})


def engine_for(place: Place) -> Engine:
    """The engine of a place, its settings made on every connection."""
    if place.file is None:
        return _postgres(place)
    engine = create_engine(place.url, poolclass=QueuePool, creator=lambda: _sqlite(place))
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "connect", lambda _, record: record.info.update(file=_which(place)))
    event.listen(engine, "checkout", lambda _, record, __: _same_file(place, record.info["file"]))
    return engine


def _which(place: Place) -> tuple[int, int] | None:
    """Which file stands at a place now."""
    try:
        found = os.stat(str(place.file))  # noqa: PTH116
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _same_file(place: Place, opened: tuple[int, int] | None) -> None:
    """Let nobody save into a file that was deleted or replaced since it was opened."""
    if _which(place) != opened:
        raise DisconnectionError("the file is another one")


def _postgres(place: Place) -> Engine:
    engine = create_engine(
        place.url,
        pool_pre_ping=True,
        isolation_level="REPEATABLE READ",
        connect_args={"connect_timeout": CONNECT_SECONDS, "options": f"-c lock_timeout={WAIT_SECONDS}s"},
    )
    event.listen(engine, "begin", _begin_postgres)
    return engine


def _sqlite(place: Place) -> sqlite3.Connection:
    """A connection to a file that must be there; one on a disk that cannot be written is read as it stands."""
    address = f"{place.file.as_uri()}?mode=rw" if place.file else ""
    try:
        return _prepared(address)
    except sqlite3.OperationalError:
        waiting = place.file.with_name(f"{place.file.name}-wal") if place.file else None
        if place.file is None or not place.file.is_file() or (waiting and waiting.is_file() and waiting.stat().st_size):
            raise
        return _prepared(f"{place.file.as_uri()}?immutable=1")


def _prepared(address: str) -> sqlite3.Connection:
    connection = sqlite3.connect(address, uri=True, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        for setting in (
            "foreign_keys=ON",
            f"busy_timeout={1000 * WAIT_SECONDS}",
            "synchronous=FULL",
            "secure_delete=ON",
            "recursive_triggers=ON",
        ):
            connection.execute(f"PRAGMA {setting}")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get(WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _begin_postgres(connection: Connection) -> None:
    options: dict[str, Any] = dict(connection.get_execution_options())
    if options.get(WRITING):
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_WRITER})
