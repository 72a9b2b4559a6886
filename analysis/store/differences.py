"""One version beside another: figures added, changed and lost, table by table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.sources.catalogue import LAYER
from analysis.sources.contracts import Contract
from analysis.sources.library import Library
from analysis.sources.tables import CONTRACTS
from analysis.sources.written import as_text

COLUMNS = ["key", "column", "change", "before", "after", "difference", "relative"]
ADDED, CHANGED, LOST = "added", "changed", "lost"
NUMBERS = ("integer", "number")


@dataclass(frozen=True)
class TableDifference:
    """How one table differs.

    `change` is added, lost or changed. `cells` has one row a cell that differs: key, column, change (added, changed or
    lost; a figure that became blank is lost), before and after as written, and for figures difference (after less
    before) and relative (difference as a share of before; missing where that is 0). `withheld` is True for a return of
    small counts, whose cells are counted and never listed. `said` are the words of the catalogue that differ.
    """

    contract: str
    title: str
    change: str
    added: int
    changed: int
    lost: int
    rows_before: int
    rows_after: int
    cells: pd.DataFrame
    withheld: bool
    said: dict[str, tuple[str, str]]


def differences(before: Library, after: Library) -> list[TableDifference]:
    """The tables that differ, in the order of the catalogue; none where two versions hold the same."""
    names = list(dict.fromkeys([*_contracts(before), *_contracts(after)]))
    found = [_compared(before, after, name) for name in names]
    return [one for one in found if one is not None]


def changed_contracts(before: Library, after: Library) -> set[str]:
    """The tables whose rows differ."""
    return {one.contract for one in differences(before, after) if one.added or one.changed or one.lost}


def cells(before: pd.DataFrame, after: pd.DataFrame, contract: Contract) -> pd.DataFrame:
    """The cells of two frames of one contract that differ, by key: the columns COLUMNS."""
    old, new = _keyed(before, contract), _keyed(after, contract)
    keys = new.index.union(old.index, sort=False)
    parts = [
        _column(old, new, keys, field.column, numeric=field.kind in NUMBERS)
        for field in contract.fields
        if field.column not in contract.key
    ]
    parts = parts or [_column(old, new, keys, contract.columns[0], numeric=False)]
    found = [part for part in parts if len(part)]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=COLUMNS)


def _contracts(library: Library) -> list[str]:
    return [entry.contract for entry in library.entries.values() if entry.contract != LAYER]


def _compared(before: Library, after: Library, name: str) -> TableDifference | None:
    contract = CONTRACTS[name]
    blank = pd.DataFrame({column: pd.Series(dtype="str") for column in contract.columns})
    here, there = name in _contracts(before), name in _contracts(after)
    old, new = (before.table(name) if here else blank), (after.table(name) if there else blank)
    said = _said(before, after, name) if here and there else {}
    same = here and there and old.equals(new)
    found = cells(old.iloc[0:0], new.iloc[0:0], contract) if same else cells(old, new, contract)
    if here and there and found.empty and not said:
        return None
    added, changed, lost = (int((found["change"] == change).sum()) for change in (ADDED, CHANGED, LOST))
    change = CHANGED if here and there else ADDED if there else LOST
    shown = found.iloc[0:0] if contract.small_counts else found
    return TableDifference(
        name,
        contract.title,
        change,
        added,
        changed,
        lost,
        len(old),
        len(new),
        shown,
        contract.small_counts,
        said,
    )


def _said(before: Library, after: Library, name: str) -> dict[str, tuple[str, str]]:
    old, new = before.entry(name), after.entry(name)
    words = ("title", "publisher", "url", "licence", "attribution", "period", "vintage", "basis", "caveat")
    return {
        word: (getattr(old, word), getattr(new, word)) for word in words if getattr(old, word) != getattr(new, word)
    }


def keys_of(frame: pd.DataFrame, names: Sequence[str]) -> pd.Series:
    """Each row named by some of its columns."""
    text = as_text(frame[list(names)])
    return pd.Series(["; ".join(row) for row in text.to_numpy()], index=frame.index, dtype="str")


def _keyed(frame: pd.DataFrame, contract: Contract) -> pd.DataFrame:
    return as_text(frame).set_index(pd.Index(keys_of(frame, contract.key), name="key"))


def _column(old: pd.DataFrame, new: pd.DataFrame, keys: pd.Index, column: str, *, numeric: bool) -> pd.DataFrame:
    before, after = old[column].reindex(keys, fill_value=""), new[column].reindex(keys, fill_value="")
    differs = (before != after).to_numpy()
    found = pd.DataFrame(
        {"key": keys[differs], "column": column, "before": before[differs], "after": after[differs]}
    ).reset_index(drop=True)
    found["change"] = np.select([found["before"].eq(""), found["after"].eq("")], [ADDED, LOST], CHANGED)
    first, then = (pd.to_numeric(found[name], errors="coerce").astype(float) for name in ("before", "after"))
    difference = (then - first) if numeric else first * np.nan
    return found.assign(difference=difference, relative=difference / first.where(first != 0).abs())[COLUMNS]
