"""Where the store is: one file by default, a PostgreSQL database when one is named."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from analysis.sources.library import ROOT
from analysis.store.troubles import StoreRefusal

DEFAULT = Path("data/store/atlas.db")


@dataclass(frozen=True)
class Place:
    """A store: `url` for the database, and `file` when it is one file."""

    url: URL
    file: Path | None

    @property
    def name(self) -> str:
        """The place as it may be shown, without a password."""
        return str(self.file) if self.file else self.url.render_as_string(hide_password=True)


def in_file(path: Path) -> Place:
    """The store in one SQLite file."""
    return Place(URL.create("sqlite+pysqlite", database=str(path.absolute())), path.absolute())


def in_postgres(address: str) -> Place:
    """The store in a PostgreSQL database. Raises StoreRefusal when the address is not one."""
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise StoreRefusal(
            "DATABASE_URL is not an address of a database. Write postgresql://user@host/name."
        ) from error
    if url.get_backend_name() not in ("postgresql", "postgres"):
        raise StoreRefusal("DATABASE_URL names another kind of database. Write postgresql://user@host/name.")
    return Place(url.set(drivername="postgresql+psycopg"), None)


def from_environment(environment: Mapping[str, str] = os.environ) -> Place:
    """PostgreSQL when DATABASE_URL is set; else the file of ATLAS_STORE, or data/store/atlas.db."""
    if environment.get("DATABASE_URL"):
        return in_postgres(environment["DATABASE_URL"])
    return in_file(Path(environment.get("ATLAS_STORE") or ROOT / DEFAULT))
