"""What the catalogue says of a table, as the store keeps it, and the tables of a version."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, replace

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from analysis.sources.catalogue import Entry
from analysis.sources.contracts import BASES
from analysis.store.models import Blob, HeldTable
from analysis.store.packing import Packed
from analysis.store.records import note
from analysis.store.troubles import StoreRefusal

CARRIED = ("path", "position", "contract", "sha256", "rows", "entry", "file_name", "from_atlas")
DETAILS = ("title", "publisher", "url", "licence", "attribution", "period", "vintage", "basis", "caveat")


def written_entry(entry: Entry) -> str:
    """An entry as text."""
    return json.dumps(asdict(entry), ensure_ascii=False, sort_keys=True)


def read_entry(text: str) -> Entry:
    """The entry of `written_entry`."""
    held = json.loads(text)
    return Entry(**{**held, "derived_from": tuple(held["derived_from"])})


def changed(entry: Entry, details: Mapping[str, str]) -> Entry:
    """An entry with what an editor said of a new file. Raises StoreRefusal for anything that is not said there."""
    unknown = sorted(set(details) - set(DETAILS))
    if unknown:
        raise StoreRefusal(f"There is nothing called {', '.join(unknown)} to say of a table: use {', '.join(DETAILS)}.")
    if details.get("basis", entry.basis) not in BASES:
        raise StoreRefusal(f"There is no basis {details['basis']!r}. Use one of: {', '.join(BASES)}.")
    return replace(entry, **{name: note(text) for name, text in details.items()})  # type: ignore[arg-type]


def keep_blob(session: Session, held: Packed) -> None:
    """Keep some bytes, once; bytes deleted earlier and now put again are kept again."""
    there = session.get(Blob, held.sha256)
    if there is None:
        session.add(Blob(sha256=held.sha256, packed=held.packed, packed_sha256=held.packed_sha256, forgotten_at=None))
    elif there.packed is None:
        there.packed, there.packed_sha256, there.forgotten_at = held.packed, held.packed_sha256, None
    session.flush()


def held_tables(session: Session, version: int) -> dict[str, HeldTable]:
    """The tables of a version by path."""
    found = session.scalars(
        select(HeldTable).where(HeldTable.version_id == version).order_by(HeldTable.position, HeldTable.path)
    )
    return {table.path: table for table in found}


def copied(session: Session, source: int, version: int, without: Collection[str] = ()) -> None:
    """Give a version every table of another but those of some contracts; the bytes stay where they are."""
    for table in held_tables(session, source).values():
        if table.contract not in without:
            carried = {name: getattr(table, name) for name in CARRIED}
            session.add(HeldTable(version_id=version, own=False, **carried))
    session.flush()


def sweep(session: Session) -> None:
    """Delete the bytes that no version holds."""
    session.execute(delete(Blob).where(Blob.sha256.not_in(select(HeldTable.sha256))))
