"""Reading a version as a Library: everything fetched at one moment and kept, so that it is never a mixture."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from weakref import WeakValueDictionary

import pandas as pd
from sqlalchemy import Select, select

from analysis.sources.catalogue import LAYER, Entry
from analysis.sources.library import AS_SHIPPED, ROOT, Library
from analysis.sources.tables import CONTRACTS
from analysis.store.database import Store
from analysis.store.entries import read_entry
from analysis.store.models import Blob, HeldTable, Publication, Version
from analysis.store.packing import checksum, unpacked
from analysis.store.publishing import newest
from analysis.store.troubles import StoreRefusal, StoreUnavailable

FRAMES: WeakValueDictionary[tuple[str, str], pd.DataFrame] = WeakValueDictionary()


@dataclass(frozen=True)
class Held:
    """One table as fetched."""

    entry: Entry
    sha256: str
    rows: int
    file_name: str
    packed: bytes | None


class StoreLibrary(Library):
    """A version of an edition, read as the shipped files are read: nothing of it is asked of the database again.

    `version`, `name` and `publication` (0 where it was asked for by version) say which it is, `at` when it was
    published.
    """

    def __init__(self, version: int, name: str, publication: int, at: str, held: dict[str, Held]) -> None:
        """A library of tables that were fetched. Use `published` or `of_version`."""
        self.version, self.name, self.publication, self.at, self.held = version, name, publication, at, held
        self.entries = {path: part.entry for path, part in held.items()}
        self._folder: TemporaryDirectory[str] | None = None
        self._tables: dict[str, pd.DataFrame] = {}

    @property
    def titled(self) -> str:
        """Which version this is and when it was published, for people; `name` is an editor's text."""
        if self.name == AS_SHIPPED:
            return AS_SHIPPED
        when = f"published {_day(self.at)}" if self.at else "not published"
        return f"version {self.version}, “{self.name}”, {when}"

    @cached_property
    def root(self) -> Path:  # type: ignore[override]
        """The folder layers are read from: the shipped one where they are the same, else one of this library's own."""
        layers = {path: part.packed or b"" for path, part in self.held.items() if part.entry.contract == LAYER}
        if all((ROOT / path).is_file() and (ROOT / path).read_bytes() == layer for path, layer in layers.items()):
            return ROOT
        self._folder = TemporaryDirectory(prefix="early-help-atlas-")
        for path, layer in layers.items():
            target = Path(self._folder.name) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(layer)
        return Path(self._folder.name)

    def _read(self, entry: Entry) -> pd.DataFrame:
        held = self.held[entry.path]
        if held.packed is None:
            raise StoreRefusal(f"{entry.contract} was deleted from this version under the retention rules.")
        same = (entry.contract, held.sha256)
        frame = FRAMES.get(same)
        if frame is None:
            frame = FRAMES[same] = self._unpacked(entry, held.packed)
        return frame

    def _unpacked(self, entry: Entry, packed: bytes) -> pd.DataFrame:
        try:
            return unpacked(packed, CONTRACTS[entry.contract])
        except KeyError as error:
            raise StoreRefusal(
                f"{entry.contract} was saved before its columns changed: it has no {error}. Put the table again."
            ) from error


def published(store: Store, base: str, known: StoreLibrary | None = None) -> StoreLibrary:
    """What everybody sees of a base now; `known` itself when that is it. Raises StoreRefusal or StoreUnavailable."""
    with store.reading() as session:
        last: Publication | None = newest(session, base)
        if last is None:
            raise StoreUnavailable(f"Nothing of the {base} edition is published in the store.")
        if known is not None and (known.publication, known.at) == (last.id, last.at):
            return known
        version, publication, at = session.get_one(Version, last.version_id), last.id, last.at
        number, name = version.id, version.name
        rows = session.execute(_tables_of(number)).all()
    return _library(number, name, publication, at, rows)


def of_version(store: Store, version: int) -> StoreLibrary:
    """Any version, drafts too: for editors, never for viewers. Raises StoreRefusal when there is none."""
    with store.reading() as session:
        found = session.get(Version, version)
        if found is None:
            raise StoreRefusal(f"There is no version {version}.")
        name = found.name
        rows = session.execute(_tables_of(version)).all()
    return _library(version, name, 0, "", rows)


def _tables_of(version: int) -> Select[HeldTable, Blob]:
    return (
        select(HeldTable, Blob)
        .join(Blob, Blob.sha256 == HeldTable.sha256)
        .where(HeldTable.version_id == version)
        .order_by(HeldTable.position, HeldTable.path)
    )


def _day(at: str) -> str:
    """A moment as a day, in words."""
    day = date.fromisoformat(at[:10])
    return f"{day.day} {day:%B %Y}"


def _library(version: int, name: str, publication: int, at: str, rows: Iterable[Any]) -> StoreLibrary:
    held = {}
    for table, blob in rows:
        if blob.packed is not None and checksum(blob.packed) != blob.packed_sha256:
            raise StoreUnavailable(f"The store is damaged: {table.contract} is not as it was saved. Restore a backup.")
        held[table.path] = Held(read_entry(table.entry), table.sha256, table.rows, table.file_name, blob.packed)
    return StoreLibrary(version, name, publication, at, held)
