"""The editions the atlas ships, loaded into the store on first start, after an update and whenever asked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.editions import EDITIONS
from analysis.sources.catalogue import LAYER, Entry, read_catalogue
from analysis.sources.library import AS_SHIPPED, ROOT, Library
from analysis.sources.tables import CONTRACTS
from analysis.store.database import Store
from analysis.store.drafts import add_version
from analysis.store.entries import copied, held_tables, keep_blob, written_entry
from analysis.store.models import PUBLISHED, HeldTable, Publication, Version
from analysis.store.packing import Packed, checksum, packed, packed_layer
from analysis.store.publishing import announce, newest
from analysis.store.records import THE_ATLAS, person
from analysis.store.troubles import StoreRefusal

UPDATED = "The atlas was updated: tables nobody had replaced are those it ships now."

Shipped = Mapping[str, tuple[Entry, Packed]]


def fill(store: Store, root: Path = ROOT) -> list[int]:
    """Publish the shipped files for every base that has not had them; returns the new publications.

    After an update of the atlas the tables that editors put themselves are kept, and all others follow the files. Files
    that were loaded once are never loaded again of themselves: an older server leaves a newer store as it is.
    """
    mine = _digest(read_catalogue(root))
    with store.reading() as session:
        wanting = [base for base in EDITIONS if not _had(session, base, mine)]
    if not wanting:
        return []
    held = shipped(Library(root))
    with store.writing() as session:
        return [_follow(session, base, held, mine) for base in wanting if not _had(session, base, mine)]


def rebuild(store: Store, base: str, who: str, root: Path = ROOT) -> int | None:
    """Publish the shipped files of a base again; returns the publication, or None when they are what is published."""
    by = person(who)
    if base not in EDITIONS:
        raise StoreRefusal(f"There is no edition {base!r}. Choose one of: {', '.join(EDITIONS)}.")
    library = Library(root)
    held = shipped(library)
    with store.writing() as session:
        last = newest(session, base)
        if last and _contents(session, last.version_id) == {path: part.sha256 for path, (_, part) in held.items()}:
            return None
        version = _new(session, base, AS_SHIPPED, last, _digest(library.entries))
        _add(session, version, held)
        return _announced(session, version, last, by, "The files the atlas ships, loaded again.")


def shipped(library: Library) -> Shipped:
    """Every declared file, packed, by path."""
    return {entry.path: (entry, _packed(library, entry)) for entry in library.entries.values()}


def _packed(library: Library, entry: Entry) -> Packed:
    if entry.contract == LAYER:
        return packed_layer((library.root / entry.path).read_bytes())
    return packed(library.table(entry.contract), CONTRACTS[entry.contract])


def _digest(entries: Mapping[str, Entry]) -> str:
    return checksum("\n".join(written_entry(entries[path]) for path in sorted(entries)).encode())


def _had(session: Session, base: str, digest: str) -> bool:
    asked = select(Version.id).join(Publication).where(Version.base == base, Version.shipped == digest).limit(1)
    return session.scalars(asked).first() is not None


def _follow(session: Session, base: str, held: Shipped, digest: str) -> int:
    last = newest(session, base)
    if last is None:
        version = _new(session, base, AS_SHIPPED, None, digest)
        _add(session, version, held)
        return _announced(session, version, None, THE_ATLAS, "The files the atlas ships.")
    current = session.get_one(Version, last.version_id)
    version = _new(session, base, current.name, last, digest)
    copied(session, current.id, version.id)
    for table in held_tables(session, version.id).values():
        if table.from_atlas:
            session.delete(table)
    session.flush()
    theirs = {table.contract for table in held_tables(session, version.id).values()}
    _add(session, version, {path: part for path, part in held.items() if part[0].contract not in theirs})
    return _announced(session, version, last, THE_ATLAS, UPDATED)


def _contents(session: Session, version: int) -> dict[str, str]:
    return {path: table.sha256 for path, table in held_tables(session, version).items()}


def _new(session: Session, base: str, name: str, last: Publication | None, digest: str) -> Version:
    version = add_version(session, base, name, THE_ATLAS, last.id if last else 0)
    version.shipped = digest
    return version


def _add(session: Session, version: Version, held: Shipped) -> None:
    for position, (path, (entry, part)) in enumerate(held.items()):
        keep_blob(session, part)
        session.add(
            HeldTable(
                version_id=version.id,
                path=path,
                position=position,
                contract=entry.contract,
                sha256=part.sha256,
                rows=part.rows,
                entry=written_entry(entry),
                file_name=Path(path).name,
                own=False,
                from_atlas=True,
            )
        )
    session.flush()


def _announced(session: Session, version: Version, last: Publication | None, who: str, about: str) -> int:
    version.state = PUBLISHED
    session.flush()
    return announce(session, version, last.id if last else 0, who, "published", about, (), None)
