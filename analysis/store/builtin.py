"""The editions the atlas ships, loaded into the store on first start and whenever asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.editions import EDITIONS
from analysis.sources.catalogue import LAYER, Entry
from analysis.sources.library import ROOT, Library
from analysis.sources.tables import CONTRACTS
from analysis.store.database import Store
from analysis.store.drafts import add_version
from analysis.store.entries import held_tables, keep_blob, written_entry
from analysis.store.models import PUBLISHED, HeldTable, Publication, Version
from analysis.store.packing import Packed, packed, packed_layer
from analysis.store.publishing import announce, newest
from analysis.store.records import line
from analysis.store.troubles import StoreRefusal

THE_ATLAS = "the atlas"
AS_SHIPPED = "as shipped with the atlas"

Shipped = Mapping[str, tuple[Entry, Packed]]


def fill(store: Store, library: Library | None = None) -> list[int]:
    """Publish the shipped files for every base that has nothing published; returns the new publications."""
    with store.reading() as session:
        filled = set(session.scalars(select(Publication.base).distinct()))
    if filled >= set(EDITIONS):
        return []
    held = shipped(library or Library())
    with store.writing() as session:
        return [_load(session, base, held, THE_ATLAS, 0) for base in EDITIONS if newest(session, base) is None]


def rebuild(store: Store, base: str, who: str, library: Library | None = None) -> int | None:
    """Publish the shipped files of a base again; returns the publication, or None when they are what is published."""
    by = line(who, "the name of who rebuilds")
    if base not in EDITIONS:
        raise StoreRefusal(f"There is no edition {base!r}. Choose one of: {', '.join(EDITIONS)}.")
    held = shipped(library or Library())
    with store.writing() as session:
        last = newest(session, base)
        if last and _contents(session, last.version_id) == {path: part.sha256 for path, (_, part) in held.items()}:
            return None
        return _load(session, base, held, by, last.id if last else 0)


def shipped(library: Library) -> Shipped:
    """Every declared file, packed, by path."""
    return {entry.path: (entry, _packed(library, entry)) for entry in library.entries.values()}


def layer_bytes(root: Path, path: str) -> bytes | None:
    """A shipped layer, or None where the file is not there."""
    return (root / path).read_bytes() if (root / path).is_file() else None


def shipped_layers_are(layers: Mapping[str, bytes]) -> bool:
    """Whether some layers are those of the shipped files."""
    return all(layer_bytes(ROOT, path) == content for path, content in layers.items())


def _packed(library: Library, entry: Entry) -> Packed:
    if entry.contract == LAYER:
        return packed_layer((library.root / entry.path).read_bytes())
    return packed(library.table(entry.contract), CONTRACTS[entry.contract])


def _contents(session: Session, version: int) -> dict[str, str]:
    return {path: table.sha256 for path, table in held_tables(session, version).items()}


def _load(session: Session, base: str, held: Shipped, who: str, previous: int) -> int:
    version: Version = add_version(session, base, AS_SHIPPED, who, previous)
    for path, (entry, part) in held.items():
        keep_blob(session, part)
        session.add(
            HeldTable(
                version_id=version.id,
                path=path,
                contract=entry.contract,
                sha256=part.sha256,
                rows=part.rows,
                entry=written_entry(replace(entry, sha256=part.sha256)),
                file_name=Path(path).name,
                own=False,
            )
        )
    session.flush()
    version.state = PUBLISHED
    session.flush()
    return announce(session, version, previous, who, "published", "The files the atlas ships.", (), None)
