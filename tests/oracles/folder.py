"""A folder of right answers: its manifest, its files, and which of them have been read."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

COLUMNS = ("file", "kind", "rtol", "atol", "mc_tol", "min_draws")
NUMBER = r"(\d+\.?\d*(?:[eE]-?\d+)?)\s*(%?)"


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

    def of_simulated(self, word: str = "", otherwise: float | None = None) -> float:
        """The number after `word` in `simulated`, its first one without a word; percent is a part of 1.

        A text that does not hold the word gives `otherwise`, or else its first number. Raises ValueError for a text
        without any number.
        """
        found = re.search(rf"{word}\D*?{NUMBER}", self.simulated)
        if not found and otherwise is not None:
            return otherwise
        found = found or re.search(NUMBER, self.simulated)
        if not found:
            raise ValueError("the manifest gives no tolerance (mc_tol) for what is simulated")
        return float(found[1]) / (100 if found[2] else 1)


@dataclass
class Folder:
    """A folder laid out like the oracles: MANIFEST.csv beside the files it lists.

    Raises ValueError without a manifest, and for one that lacks a column or lists a file twice.
    """

    path: Path
    opened: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        if not (self.path / "MANIFEST.csv").is_file():
            raise ValueError(f"{self.path} holds no MANIFEST.csv. Name a folder laid out like shared/oracles.")
        self.manifest = pd.read_csv(self.path / "MANIFEST.csv", dtype=str, keep_default_na=False)
        missing = [column for column in COLUMNS if column not in self.manifest]
        if missing:
            raise ValueError(f"The manifest has no column {missing[0]}; it needs {', '.join(COLUMNS)}.")
        twice = self.manifest.loc[self.manifest["file"].duplicated(), "file"]
        if len(twice):
            raise ValueError(f"The manifest lists {twice.iloc[0]} twice; list each file once.")

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
        """The input file with these columns that knows most of what the expected answers are about.

        That is what they hold in the first of the columns; of files that know as much, the one named most alike.
        """
        inputs = set(self.manifest.loc[self.manifest["kind"] == "input", "file"])
        found = [name for name in self.tables() if name in inputs and set(columns) <= self.contents(name)]
        if not found:
            raise ValueError(f"No input file with the columns {', '.join(columns)} stands beside {expected}.")
        asked = self._held(expected, columns[0])
        return self.rows(max(found, key=lambda name: self._likeness(name, expected, columns[0], asked)))

    def _likeness(self, name: str, expected: str, column: str, asked: set[str]) -> tuple[int, int]:
        return len(asked & self._held(name, column)), shared_start(name, expected)

    def _held(self, name: str, column: str) -> set[str]:
        rows = self.peek(name)
        return set(rows[column].dropna().astype(str)) if column in rows else set()


def shared_start(one: str, other: str) -> int:
    """How many characters two names begin with alike."""
    alike = [a == b for a, b in zip(one, other, strict=False)]
    return (*alike, False).index(False)
