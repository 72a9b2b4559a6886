"""Deleting an uploaded return: its rows go, what was recorded of it stays."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from analysis.sources.tables import CONTRACTS
from analysis.store.database import Store
from analysis.store.entries import CARRIED, sweep
from analysis.store.models import DRAFT, Blob, HeldTable, Publication, Version
from analysis.store.records import now, person, record
from analysis.store.troubles import StoreRefusal, StoreUnavailable, told


@dataclass(frozen=True)
class Forgotten:
    """What was deleted: checksums of the tables, drafts that lost one, and checksums kept because still published.

    `written_anew` is false when there was no room to write the file without the deleted rows: run it again.
    """

    tables: tuple[str, ...]
    drafts: tuple[int, ...]
    still_published: tuple[str, ...]
    written_anew: bool


def forget(store: Store, contract: str, who: str, *, keep: int, why: str) -> Forgotten:
    """Delete every uploaded table of a contract from drafts, and from all but the `keep` newest publications of a base.

    Files of the atlas are no uploads and stay. Versions keep their record (name, checksum, rows), and every other table
    is untouched; a version that lost a table cannot be published again. Then the file is written anew, so that nothing
    of the rows is left in it.
    """
    by = person(who)
    if contract not in CONTRACTS:
        raise StoreRefusal(f"There is no table {contract!r}. Choose one of: {', '.join(CONTRACTS)}.")
    if keep < 1:
        raise StoreRefusal("Keep at least 1 publication: what is published now is not deleted.")
    with store.writing() as session:
        kept = _kept(session, contract, keep)
        uploaded = _uploads(session, contract)
        gone = sorted(set(uploaded.values()) - kept)
        drafts = _out_of_drafts(session, contract, gone)
        session.execute(update(Blob).where(Blob.sha256.in_(gone)).values(packed=None, forgotten_at=now()))
        sweep(session)
        for sha256 in gone:
            record(session, by, "deleted under retention", table=_about(contract, sha256), reasons={"why": why})
    return Forgotten(tuple(gone), drafts, tuple(sorted(set(uploaded.values()) & kept)), written_anew(store))


def _kept(session: Session, contract: str, keep: int) -> set[str]:
    """Checksums of a contract in the newest publications of each base."""
    found: set[str] = set()
    for base in session.scalars(select(Version.base).distinct()):
        newest = select(Publication.version_id).where(Publication.base == base).order_by(Publication.id.desc())
        shown: Sequence[int] = list(dict.fromkeys(session.scalars(newest)))[:keep]
        asked = select(HeldTable.sha256).where(HeldTable.version_id.in_(shown), HeldTable.contract == contract)
        found |= set(session.scalars(asked))
    return found


def _uploads(session: Session, contract: str) -> dict[tuple[int, str], str]:
    """Checksums of uploaded tables that are still held, by version and state."""
    asked = (
        select(Version.id, Version.state, HeldTable.sha256)
        .join(HeldTable, HeldTable.version_id == Version.id)
        .join(Blob, Blob.sha256 == HeldTable.sha256)
        .where(HeldTable.contract == contract, HeldTable.from_atlas.is_(False), Blob.packed.is_not(None))
    )
    shipped = set(session.scalars(select(HeldTable.sha256).where(HeldTable.from_atlas.is_(True))))
    return {(number, state): sha for number, state, sha in session.execute(asked) if sha not in shipped}


def _out_of_drafts(session: Session, contract: str, gone: Sequence[str]) -> tuple[int, ...]:
    """Take the deleted tables out of drafts, which get what is published of them again."""
    asked = select(HeldTable).join(Version).where(Version.state == DRAFT, HeldTable.contract == contract)
    lost = [table for table in session.scalars(asked) if table.sha256 in gone]
    numbers = tuple(sorted(table.version_id for table in lost))
    for table in lost:
        version = session.get_one(Version, table.version_id)
        session.delete(table)
        version.revision += 1
        session.flush()
        _give_back(session, version, contract)
    return numbers


def _give_back(session: Session, version: Version, contract: str) -> None:
    newest = select(Publication.version_id).where(Publication.base == version.base).order_by(Publication.id.desc())
    source = session.scalars(newest).first()
    asked = select(HeldTable).where(HeldTable.version_id == source, HeldTable.contract == contract)
    for table in session.scalars(asked):
        values = {name: getattr(table, name) for name in CARRIED}
        session.add(HeldTable(version_id=version.id, own=False, **values))
    session.flush()


def _about(contract: str, sha256: str) -> dict[str, object]:
    return {"contract": contract, "sha256": sha256}


def written_anew(store: Store) -> bool:
    """Leave nothing of deleted rows in the file; False when there was no room to."""
    in_file = store.place.file is not None
    emptied = "PRAGMA wal_checkpoint(TRUNCATE)"
    steps = (emptied, "VACUUM", emptied) if in_file else ("VACUUM blob",)
    try:
        with told(), closing(store.engine.raw_connection()) as connection:
            driver: Any = connection.driver_connection
            if not in_file:
                driver.autocommit = True
            for step in steps:
                driver.execute(step)
            if not in_file:
                driver.autocommit = False
    except StoreUnavailable:
        return False
    return True
