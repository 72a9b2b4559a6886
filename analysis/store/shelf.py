"""What the store holds: every version with its state, and the tables of one."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import select

from analysis.store.database import Store
from analysis.store.entries import held_tables, read_entry
from analysis.store.models import Blob, HeldTable, Publication, Version
from analysis.store.troubles import StoreRefusal

VERSION_COLUMNS = [
    "version",
    "base",
    "name",
    "state",
    "revision",
    "started_from",
    "started_at",
    "started_by",
    "publications",
    "shown",
]
TABLE_COLUMNS = ["contract", "path", "file_name", "sha256", "rows", "own", "from_atlas", "held"]


def versions(store: Store, base: str | None = None) -> pd.DataFrame:
    """One row a version, newest first: VERSION_COLUMNS; `shown` marks what everybody sees of a base.

    `publications` are the numbers of its publications; `revision` and `started_from` tell where a draft stands.
    """
    asked = select(Version).order_by(Version.id.desc())
    if base is not None:
        asked = asked.where(Version.base == base)
    with store.reading() as session:
        found = list(session.scalars(asked))
        made = list(session.scalars(select(Publication).order_by(Publication.id)))
    newest = {row.base: row.version_id for row in made}
    rows = [
        (
            one.id,
            one.base,
            one.name,
            one.state,
            one.revision,
            one.started_from,
            one.started_at,
            one.started_by,
            tuple(row.id for row in made if row.version_id == one.id),
            newest.get(one.base) == one.id,
        )
        for one in found
    ]
    return pd.DataFrame(rows, columns=VERSION_COLUMNS)


def tables_of(store: Store, version: int) -> pd.DataFrame:
    """One row a table of a version: TABLE_COLUMNS and what the catalogue says of it.

    `own` was put in this version itself; `held` is false for a table deleted under the retention rules.
    """
    with store.reading() as session:
        if session.get(Version, version) is None:
            raise StoreRefusal(f"There is no version {version}.")
        gone = set(session.scalars(select(Blob.sha256).where(Blob.packed.is_(None))))
        rows = [_row(table, table.sha256 not in gone) for table in held_tables(session, version).values()]
    return pd.DataFrame(rows)


def _row(table: HeldTable, held: bool) -> dict[str, object]:
    entry = read_entry(table.entry)
    kept = {name: getattr(table, name) for name in TABLE_COLUMNS[:-1]}
    said = {name: getattr(entry, name) for name in ("title", "publisher", "period", "basis", "licence", "caveat")}
    return {**kept, "held": held, **said}
