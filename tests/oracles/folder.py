"""A folder of right answers: its manifest, its files, and which of them have been read."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class Tolerance:
    """How near an answer must come: |got - want| <= atol + rtol x |want|; both 0 means exact.

    `simulated` is the manifest's `mc_tol` as written, for answers that come from simulation, and `draws` the fewest
    draws they need.
    """

    rtol: float = 0.0
    atol: float = 0.0
    simulated: str = ""
    draws: int = 0

    def allows(self, want: float) -> float:
        """The greatest deviation from `want` that passes."""
        return self.atol + self.rtol * abs(want)


@dataclass
class Folder:
    """A folder laid out like the oracles: MANIFEST.csv beside the files it lists. Raises ValueError without one."""

    path: Path
    opened: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        if not (self.path / "MANIFEST.csv").is_file():
            raise ValueError(f"{self.path} holds no MANIFEST.csv. Name a folder laid out like shared/oracles.")
        self.manifest = pd.read_csv(self.path / "MANIFEST.csv", dtype=str, keep_default_na=False)

    def tolerance(self, name: str) -> Tolerance:
        """What the manifest says of a file."""
        row = self.manifest.set_index("file").loc[name]
        numbers = {column: float(row[column] or 0) for column in ("rtol", "atol", "min_draws")}
        return Tolerance(numbers["rtol"], numbers["atol"], row["mc_tol"], int(numbers["min_draws"]))

    def rows(self, name: str) -> pd.DataFrame:
        """A CSV file; blank is missing."""
        self.opened.add(name)
        return pd.read_csv(self.path / name)

    def tables(self) -> list[str]:
        """The CSV files that the manifest lists and the folder has."""
        return [name for name in self.manifest["file"] if name.endswith(".csv") and (self.path / name).is_file()]

    def peek(self, name: str) -> pd.DataFrame:
        """A CSV file looked into without counting as read."""
        return pd.read_csv(self.path / name)

    def facts(self, name: str) -> Any:
        """A JSON file."""
        self.opened.add(name)
        return json.loads((self.path / name).read_text(encoding="utf-8"))

    def contents(self, name: str) -> set[str]:
        """The column names of a CSV file, or the keys of a JSON file and of its first entries."""
        if name.endswith(".csv"):
            return set(pd.read_csv(self.path / name, nrows=0).columns)
        held = json.loads((self.path / name).read_text(encoding="utf-8"))
        return set(held) if isinstance(held, dict) else set(held[0])

    def input_for(self, expected: str, *columns: str) -> pd.DataFrame:
        """The input file with these columns whose name is most like that of the file of expected answers."""
        inputs = [name for name in self.manifest.loc[self.manifest["kind"] == "input", "file"] if name.endswith(".csv")]
        found = [name for name in inputs if (self.path / name).is_file() and set(columns) <= self.contents(name)]
        if not found:
            raise ValueError(f"No input file with the columns {', '.join(columns)} stands beside {expected}.")
        return self.rows(max(found, key=lambda name: shared_start(name, expected)))


def shared_start(one: str, other: str) -> int:
    """How many characters two names begin with alike."""
    alike = [a == b for a, b in zip(one, other, strict=False)]
    return (*alike, False).index(False)
