"""The catalogue of sources: every file the atlas reads, declared with its origin, basis and checksum."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.sources.contracts import Breach, ContractBroken, typed
from analysis.sources.tables import CONTRACTS

CATALOGUE = Path("data/catalogue.toml")
HELD = ("data", "geo")
LAYER = "LAYER"
RESTORE = "Restore the file from the repository, or declare the change with `python -m analysis accept`."


class CatalogueError(Exception):
    """A file is not as the catalogue declares it; the message says which, where and what to do."""


@dataclass(frozen=True)
class Entry:
    """One declared file. `basis` is published, modelled or illustrative; `contract` names what it must keep."""

    path: str
    contract: str
    title: str
    publisher: str
    url: str
    licence: str
    attribution: str
    period: str
    vintage: str
    basis: str
    caveat: str
    sha256: str
    derived_from: tuple[str, ...]


def read_catalogue(root: Path) -> dict[str, Entry]:
    """Entries by path. Raises CatalogueError when the catalogue itself cannot be read."""
    try:
        rows = tomllib.loads((root / CATALOGUE).read_text(encoding="utf-8"))["file"]
        entries = [Entry(**{**row, "derived_from": tuple(row["derived_from"])}) for row in rows]
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise CatalogueError(f"{CATALOGUE} cannot be read: {error}. Restore it from the repository.") from error
    return {entry.path: entry for entry in entries}


def faults(root: Path) -> list[str]:
    """Every way the files differ from the catalogue: undeclared, absent, unlawful or changed. Empty is good."""
    entries = read_catalogue(root)
    return [*_undeclared(root, entries), *(fault for entry in entries.values() for fault in file_faults(root, entry))]


def file_faults(root: Path, entry: Entry, *, look_inside: bool = False) -> list[str]:
    """What is wrong with one declared file; the contract is read when the checksum differs or `look_inside`."""
    path = root / entry.path
    if not path.is_file():
        return [f"{entry.path}: the file is missing. {RESTORE}"]
    changed = sha256(path) != entry.sha256
    breaches = contract_breaches(path, entry) if changed or look_inside else []
    if breaches:
        return [str(breach) for breach in breaches]
    return (
        [f"{entry.path}: the file keeps its contract but has changed since it was declared. {RESTORE}"]
        if changed
        else []
    )


def contract_breaches(path: Path, entry: Entry) -> tuple[Breach, ...]:
    """Breaches of the contract a file is declared under, with rows and columns."""
    try:
        if entry.contract == LAYER:
            read_layer(path)
        else:
            typed(read_text(path), CONTRACTS[entry.contract], entry.path)
    except ContractBroken as broken:
        return broken.breaches
    except (ValueError, KeyError, TypeError, pd.errors.ParserError) as error:
        return (Breach(entry.path, None, "(whole file)", str(error).splitlines()[0], "Save it again as plain UTF-8."),)
    return ()


def read_text(path: Path) -> pd.DataFrame:
    """A CSV as text, blanks as empty strings, so that a contract sees what was written."""
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")


def read_layer(path: Path) -> dict:
    """A GeoJSON layer whose areas each have a code and a name. Raises ContractBroken otherwise."""
    layer = json.loads(path.read_text(encoding="utf-8"))
    breaches = [
        Breach(
            path.name, number, "properties", json.dumps(feature.get("properties")), "Give each area a code and a name."
        )
        for number, feature in enumerate(layer["features"], start=1)
        if set(feature.get("properties") or {}) != {"code", "name"}
    ]
    if breaches:
        raise ContractBroken(breaches)
    return layer


def accept(root: Path) -> list[str]:
    """Write the checksums of all lawful declared files into the catalogue; returns the paths that changed.

    Raises CatalogueError, and writes nothing, while any declared file is absent or unlawful.
    """
    entries = read_catalogue(root)
    unlawful = [
        fault for entry in entries.values() for fault in file_faults(root, entry) if "keeps its contract" not in fault
    ]
    if unlawful:
        raise CatalogueError("\n".join(unlawful))
    text = (root / CATALOGUE).read_text(encoding="utf-8")
    changed = {path: sha256(root / path) for path, entry in entries.items() if sha256(root / path) != entry.sha256}
    for path, checksum in changed.items():
        text = re.sub(rf'(path = "{re.escape(path)}"\n[^\[]*?sha256 = ")[0-9a-f]*', rf"\g<1>{checksum}", text)
    (root / CATALOGUE).write_text(text, encoding="utf-8")
    return sorted(changed)


def sha256(path: Path) -> str:
    """Checksum of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _undeclared(root: Path, entries: dict[str, Entry]) -> Iterator[str]:
    for folder in HELD:
        for path in sorted((root / folder).rglob("*")):
            name = path.relative_to(root).as_posix()
            if path.is_file() and name != CATALOGUE.as_posix() and name not in entries:
                yield f"{name}: the file is not declared. Declare it in {CATALOGUE} or remove it."
