"""The catalogue of sources: every file the atlas reads, declared with its origin, basis and checksum."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.sources.contracts import BASES, Breach, ContractBroken, typed
from analysis.sources.council import HOME, Council, contract_for, declared
from analysis.sources.tables import CONTRACTS

CATALOGUE = Path("data/catalogue.toml")
HELD = ("data", "geo")
STORED = "data/store/"
LAYER = "LAYER"
SAVE_AS_UTF8 = "Save it again as UTF-8 (in a spreadsheet, choose CSV UTF-8)."
RESTORE = "Restore the file from the repository, or declare the change with `python -m analysis accept`."


class CatalogueError(Exception):
    """A file is not as the catalogue declares it; the message says which, where and what to do."""


class NotHeld(CatalogueError):
    """No one file is declared under a contract; `contract` names it."""

    def __init__(self, contract: str, found: int) -> None:
        super().__init__(f"{found} files are declared under {contract}; exactly one is needed.")
        self.contract = contract

    @property
    def reason(self) -> str:
        """What is missing, in words for a reader."""
        title = CONTRACTS[self.contract].title if self.contract in CONTRACTS else self.contract
        return f"the edition does not hold the table “{title}”"


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


FIELDS = {field.name for field in fields(Entry)}


def read_catalogue(root: Path) -> dict[str, Entry]:
    """Entries by path. Raises CatalogueError, listing every fault, when the catalogue itself is not in order."""
    try:
        rows = tomllib.loads((root / CATALOGUE).read_text(encoding="utf-8"))["file"]
        declared(root / CATALOGUE)
        found = list(_row_faults(rows))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CatalogueError(f"{CATALOGUE} cannot be read: {error}. Restore it from the repository.") from error
    if found:
        raise CatalogueError("\n".join(f"{CATALOGUE}, {fault}" for fault in found))
    return {row["path"]: Entry(**{**row, "derived_from": tuple(row["derived_from"])}) for row in rows}


def _row_faults(rows: list[dict[str, Any]]) -> Iterator[str]:
    paths = [row.get("path", f"file {number}") for number, row in enumerate(rows, start=1)]
    for row, path in zip(rows, paths, strict=True):
        if set(row) != FIELDS:
            wrong = sorted(FIELDS.symmetric_difference(row))
            yield f"{path}: {', '.join(wrong)} not as expected. Give exactly these: {', '.join(sorted(FIELDS))}."
        elif row["contract"] not in (LAYER, *CONTRACTS):
            yield f"{path}: there is no contract {row['contract']!r}. Name one of analysis/sources/tables."
        elif row["basis"] not in BASES:
            yield f"{path}: there is no basis {row['basis']!r}. Use one of: {', '.join(BASES)}."
    yield from (
        f"{path}: declared {paths.count(path)} times. Keep one." for path in sorted(set(paths)) if paths.count(path) > 1
    )


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
    breaches = contract_breaches(path, entry, declared(root / CATALOGUE)) if changed or look_inside else []
    if breaches:
        return [str(breach) for breach in breaches]
    return [_changed(entry)] if changed else []


def _changed(entry: Entry) -> str:
    return f"{entry.path}: the file keeps its contract but has changed since it was declared. {RESTORE}"


def contract_breaches(path: Path, entry: Entry, council: Council = HOME) -> tuple[Breach, ...]:
    """Breaches of the contract a file of a council is declared under, with rows and columns."""
    try:
        if entry.contract == LAYER:
            read_layer(path)
        else:
            _refuse_ragged(path, entry.path)
            typed(read_text(path), contract_for(CONTRACTS[entry.contract], council), entry.path)
    except ContractBroken as broken:
        return broken.breaches
    except UnicodeDecodeError as error:
        return (_unreadable(entry, f"a character at byte {error.start} that is not UTF-8", SAVE_AS_UTF8),)
    except (ValueError, KeyError, TypeError, AttributeError, csv.Error) as error:
        return (_unreadable(entry, f"{type(error).__name__}: {error}".splitlines()[0], RESTORE),)
    return ()


def _unreadable(entry: Entry, found: str, remedy: str) -> Breach:
    return Breach(entry.path, None, "(whole file)", found, remedy)


def _refuse_ragged(path: Path, file: str) -> None:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines))
    width = len(rows[0]) if rows else 0
    breaches = [
        Breach(file, number, "(whole row)", f"{len(row)} cells", f"Give the row {width} cells, as the header has.")
        for number, row in enumerate(rows, start=1)
        if len(row) != width
    ]
    if not width:
        breaches = [Breach(file, 1, "(whole file)", "no header", RESTORE)]
    if breaches:
        raise ContractBroken(breaches)


def read_text(path: Path) -> pd.DataFrame:
    """A CSV as text, blanks as empty strings, so that a contract sees what was written."""
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")


def read_layer(path: Path) -> dict:
    """A GeoJSON layer whose areas each have a code, a name and a shape. Raises ContractBroken otherwise."""
    layer = json.loads(path.read_text(encoding="utf-8"))
    breaches = [
        Breach(
            path.name, number, part, json.dumps(feature.get(part))[:60], "Give each area a code, a name and a shape."
        )
        for number, feature in enumerate(layer["features"], start=1)
        for part, lawful in (("properties", _named(feature)), ("geometry", bool(feature.get("geometry"))))
        if not lawful
    ]
    if breaches:
        raise ContractBroken(breaches)
    return layer


def _named(feature: dict[str, Any]) -> bool:
    properties = feature.get("properties") or {}
    return set(properties) == {"code", "name"} and all(properties.values())


def accept(root: Path) -> list[str]:
    """Write the checksums of all lawful declared files into the catalogue; returns the paths that changed.

    Raises CatalogueError, and writes nothing, while any declared file is absent or unlawful.
    """
    entries = read_catalogue(root)
    unlawful = [fault for entry in entries.values() for fault in file_faults(root, entry) if fault != _changed(entry)]
    if unlawful:
        raise CatalogueError("\n".join(unlawful))
    text = (root / CATALOGUE).read_text(encoding="utf-8")
    changed = {path: sha256(root / path) for path, entry in entries.items() if sha256(root / path) != entry.sha256}
    for path, checksum in changed.items():
        text = with_values(text, path, {"sha256": checksum})
    (root / CATALOGUE).write_text(text, encoding="utf-8")
    return sorted(changed)


def with_values(text: str, path: str, values: Mapping[str, str]) -> str:
    """The text of the catalogue with values of one file's entry replaced. Raises CatalogueError for a lost line."""
    for name, value in values.items():
        pattern = rf'(^path = "{re.escape(path)}"\n(?:(?!\[\[file).*\n)*?{name} = )".*"$'
        line = json.dumps(value, ensure_ascii=False)
        text, places = re.subn(pattern, lambda found, line=line: found[1] + line, text, flags=re.MULTILINE)  # type: ignore[misc]
        if places != 1:
            raise CatalogueError(f'{CATALOGUE}, {path}: no line {name} = "" after its line path. Add one.')
    return text


def sha256(path: Path) -> str:
    """Checksum of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _undeclared(root: Path, entries: dict[str, Entry]) -> Iterator[str]:
    for folder in HELD:
        for path in sorted((root / folder).rglob("*")):
            name = path.relative_to(root).as_posix()
            declared = name == CATALOGUE.as_posix() or name in entries or name.startswith(STORED)
            if path.is_file() and not declared:
                yield f"{name}: the file is not declared. Declare it in {CATALOGUE} or remove it."
