"""Reading a version as a Library: everything fetched at one moment and kept, so that it is never a mixture."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import Select, select

from analysis.sources.catalogue import LAYER, Entry
from analysis.sources.library import ROOT, Library
from analysis.sources.tables import CONTRACTS
from analysis.store.database import Store
from analysis.store.entries import read_entry
from analysis.store.models import Blob, HeldTable, Publication, Version
from analysis.store.packing import checksum, unpacked
from analysis.store.publishing import newest
from analysis.store.troubles import StoreRefusal, StoreUnavailable


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

    `version` and `publication` (0 for a draft) say which it is.
    """

    def __init__(self, version: int, publication: int, held: dict[str, Held]) -> None:
        """A library of tables that were fetched. Use `published` or `of_version`."""
        self.version, self.publication, self.held = version, publication, held
        self.entries = {path: part.entry for path, part in held.items()}
        self.root = _layer_root({path: part.packed or b"" for path, part in held.items() if _is_layer(part)})
        self._tables: dict[str, pd.DataFrame] = {}

    def _read(self, entry: Entry) -> pd.DataFrame:
        packed = self.held[entry.path].packed
        if packed is None:
            raise StoreRefusal(f"{entry.contract} was deleted from this version under the retention rules.")
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
        if known is not None and known.publication == last.id:
            return known
        version, publication = last.version_id, last.id
        rows = session.execute(_tables_of(version)).all()
    return _library(version, publication, rows)


def of_version(store: Store, version: int) -> StoreLibrary:
    """Any version, drafts too: for editors, never for viewers. Raises StoreRefusal when there is none."""
    with store.reading() as session:
        if session.get(Version, version) is None:
            raise StoreRefusal(f"There is no version {version}.")
        rows = session.execute(_tables_of(version)).all()
    return _library(version, 0, rows)


def _tables_of(version: int) -> Select[HeldTable, Blob]:
    return select(HeldTable, Blob).join(Blob, Blob.sha256 == HeldTable.sha256).where(HeldTable.version_id == version)


def _library(version: int, publication: int, rows: Iterable[Any]) -> StoreLibrary:
    held = {}
    for table, blob in rows:
        if blob.packed is not None and checksum(blob.packed) != blob.packed_sha256:
            raise StoreUnavailable(f"The store is damaged: {table.contract} is not as it was saved. Restore a backup.")
        held[table.path] = Held(read_entry(table.entry), table.sha256, table.rows, table.file_name, blob.packed)
    return StoreLibrary(version, publication, held)


def _is_layer(part: Held) -> bool:
    return part.entry.contract == LAYER


def _layer_root(layers: dict[str, bytes]) -> Path:
    """The folder the layers are read from: the shipped one where they are the same, else one of their own."""
    if all((ROOT / path).is_file() and (ROOT / path).read_bytes() == content for path, content in layers.items()):
        return ROOT
    name = hashlib.sha256("".join(checksum(layers[path]) for path in sorted(layers)).encode()).hexdigest()[:16]
    root = Path(tempfile.gettempdir()) / f"early-help-atlas-{name}"
    for path, content in layers.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.is_file() or target.read_bytes() != content:
            part = target.with_suffix(".part")
            part.write_bytes(content)
            part.replace(target)
    return root
