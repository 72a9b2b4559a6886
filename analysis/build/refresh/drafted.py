"""What a refresh gives: whole tables, checked against their contracts, for a draft and never for viewers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce

import pandas as pd

from analysis.build.refresh.fetch import Fetched
from analysis.sources.catalogue import LAYER
from analysis.sources.contracts import Contract, typed
from analysis.sources.library import Library
from analysis.sources.tables import CONTRACTS
from analysis.sources.write import ordered_text

SEPARATOR = "\x1f"


@dataclass(frozen=True)
class Drafted:
    """One table: the whole frame under a contract, what the catalogue is to say of it, and what to look at.

    `changes` counts rows added, changed, gone and unchanged against the library the refresh started from. A LAYER, for
    boundaries, holds `name` and `shape` by code.
    """

    contract: str
    path: str
    frame: pd.DataFrame
    details: Mapping[str, str]
    fetched: tuple[Fetched, ...]
    changes: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def check(self) -> None:
        """Raise ContractBroken, listing every breach, unless the table is lawful."""
        if self.contract != LAYER:
            contract = CONTRACTS[self.contract]
            typed(ordered_text(self.frame, contract), contract, self.path)


def drafted(
    library: Library,
    contract: str,
    frame: pd.DataFrame,
    fetched: tuple[Fetched, ...],
    details: Mapping[str, str],
    warnings: tuple[str, ...] = (),
) -> Drafted:
    """A table beside the one it would replace. What `details` does not say of it stays as the catalogue has it."""
    entry = library.entry(contract)
    first = fetched[0].file
    said = {"publisher": first.publisher, "url": fetched[0].url, "licence": first.licence, **details}
    if first.attribution:
        said.setdefault("attribution", first.attribution)
    changes = compared(library.table(contract), frame, CONTRACTS[contract])
    return Drafted(contract, entry.path, frame, said, fetched, changes, (*_lost(changes), *warnings))


def merged(current: pd.DataFrame, new: pd.DataFrame, contract: Contract) -> pd.DataFrame:
    """The table with `new` rows in place of those of the same key, and every other row kept."""
    key = list(contract.key)
    kept = current[~_keys(current, key).isin(_keys(new, key))]
    return pd.concat([kept[contract.columns], new[contract.columns]], ignore_index=True)


def compared(before: pd.DataFrame, after: pd.DataFrame, contract: Contract) -> dict[str, int]:
    """How many rows are added, changed, gone and unchanged, told by the key."""
    key = list(contract.key)
    left, right = (_told(frame, contract, key) for frame in (before, after))
    both = left.index.intersection(right.index)
    same = int((left.loc[both] == right.loc[both]).sum())
    return {
        "added": len(right) - len(both),
        "changed": len(both) - same,
        "gone": len(left) - len(both),
        "unchanged": same,
    }


def _told(frame: pd.DataFrame, contract: Contract, key: list[str]) -> pd.Series:
    """Each row as one text, where it was read aside, by its key."""
    rest = [name for name in contract.columns if name not in key and name != "locator"]
    cells = frame[rest].astype(object).where(frame[rest].notna(), "")
    words = cells.map(lambda cell: f"{float(cell):.10g}" if isinstance(cell, int | float) else str(cell))
    return _joined(words).set_axis(_keys(frame, key))


def _keys(frame: pd.DataFrame, key: list[str]) -> pd.Index:
    return pd.Index(_joined(frame[key].astype(str)))


def _joined(words: pd.DataFrame) -> pd.Series:
    """The cells of each row as one text."""
    return reduce(lambda left, name: left + SEPARATOR + words[name], words, pd.Series("", index=words.index))


def _lost(changes: Mapping[str, int]) -> tuple[str, ...]:
    gone = changes["gone"]
    return (
        (f"{gone:,} rows of the table as it is are not in the new file: look whether they should go.",) if gone else ()
    )
