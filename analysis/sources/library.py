"""The only reader of the atlas's own files."""

from __future__ import annotations

from functools import cached_property
from hashlib import sha256
from pathlib import Path

import pandas as pd

from analysis.sources.catalogue import CATALOGUE, CatalogueError, Entry, NotHeld, file_faults, read_catalogue, read_text
from analysis.sources.contracts import converted
from analysis.sources.council import Council, declared
from analysis.sources.tables import CONTRACTS

ROOT = Path(__file__).resolve().parents[2]
AS_SHIPPED = "as shipped with the atlas"
AS_BUILT = "built from national files"


class Library:
    """The declared files of one folder, checked against the catalogue when opened."""

    def __init__(self, root: Path = ROOT) -> None:
        """Open the files under `root`. Raises CatalogueError listing every file that is not as declared."""
        self.root = root
        self.entries = read_catalogue(root)
        found = [fault for entry in self.entries.values() for fault in file_faults(root, entry)]
        if found:
            raise CatalogueError("\n".join(found))
        self._tables: dict[str, pd.DataFrame] = {}

    def table(self, contract: str) -> pd.DataFrame:
        """The typed rows of the one file declared under `contract`. Raises CatalogueError when there is none."""
        if contract not in self._tables:
            self._tables[contract] = self._read(self.entry(contract))
        return self._tables[contract].copy(deep=False)

    def _read(self, entry: Entry) -> pd.DataFrame:
        return converted(read_text(self.root / entry.path), CONTRACTS[entry.contract])

    def entry(self, contract: str) -> Entry:
        """The catalogue entry of the one file declared under `contract`."""
        found = [entry for entry in self.entries.values() if entry.contract == contract]
        if len(found) != 1:
            raise NotHeld(contract, len(found))
        return found[0]

    def holds(self, *contracts: str) -> bool:
        """Whether a file is declared under each of these contracts."""
        return set(contracts) <= {entry.contract for entry in self.entries.values()}

    @cached_property
    def contents(self) -> str:
        """One word for all that is declared, the same for the same files whatever they are read from."""
        declared_files = sorted(self.entries.values(), key=lambda entry: entry.path)
        return sha256(repr(declared_files).encode()).hexdigest()

    @property
    def titled(self) -> str:
        """Which tables these are, for people."""
        return AS_BUILT if self.council.national else AS_SHIPPED

    @property
    def told(self) -> str:
        """Which tables these are, for exports and reports: with a word that is another for any other contents."""
        return f"{self.titled} (contents {self.contents[:8]})"

    @cached_property
    def council(self) -> Council:
        """The council the files are about."""
        return declared(self.root / CATALOGUE)

    @cached_property
    def names(self) -> dict[str, str]:
        """Area names by code."""
        areas = self.table("AREAS")
        return dict(zip(areas["area_code"], areas["area_name"], strict=True))

    def codes(self, area_type: str) -> list[str]:
        """Codes of one kind of area, sorted."""
        areas = self.table("AREAS")
        return sorted(areas.loc[areas["area_type"] == area_type, "area_code"])
