"""Opening a store: made where there is none, brought up to date, and filled with the editions the atlas ships."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from analysis.store.builtin import fill
from analysis.store.database import Store, engine_for
from analysis.store.place import Place, from_environment
from analysis.store.troubles import StoreUnavailable, told

MIGRATIONS = Path(__file__).parent / "migrations"


def opened(place: Place | None = None, *, filled: bool = True) -> Store:
    """The store of a place, or of the environment; with the shipped editions in it unless `filled` is False.

    Safe when several processes open an empty store at once. Raises StoreUnavailable, in a sentence, when it cannot be.
    """
    where = place or from_environment()
    _make_file(where)
    store = Store(where, engine_for(where))
    _migrate(store)
    if filled:
        fill(store)
    return store


def newest_schema() -> str:
    """The name of the newest migration."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def _make_file(place: Place) -> None:
    if place.file is None or place.file.is_file():
        return
    try:
        place.file.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(place.file, timeout=30)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        finally:
            connection.close()
    except (OSError, sqlite3.Error) as error:
        raise StoreUnavailable(
            f"No store can be made at {place.name}: {error}. Let the atlas write there, or name another file in "
            "ATLAS_STORE."
        ) from error


def _migrate(store: Store) -> None:
    with told():
        with store.engine.connect() as connection, connection.begin():
            if _schema(connection) == newest_schema():
                return
        with store.writing() as session:
            _upgrade(session.connection())


def _schema(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _upgrade(connection: Connection) -> None:
    held = _schema(connection)
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if held is not None and held not in known:
        raise StoreUnavailable("The store was made by a newer atlas than this one. Update the atlas.")
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
