"""How the build writes a table: checked against its contract, the same bytes every time."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd

from analysis.sources.contracts import Contract, typed


def as_text(frame: pd.DataFrame, contract: Contract) -> pd.DataFrame:
    """The contract's columns as they are written, sorted by its key."""
    return frame[contract.columns].sort_values(list(contract.key), kind="stable", ignore_index=True).map(_cell)


def write_table(frame: pd.DataFrame, contract: Contract, path: Path) -> None:
    """Write `frame` as UTF-8 CSV with the contract's columns, sorted by its key.

    Numbers are written as short as they round-trip, flags as true or false, blanks as nothing.
    Raises ContractBroken, and writes nothing, when the frame breaks its contract.
    """
    text = as_text(frame, contract)
    typed(text, contract, path.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    text.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def _cell(value: object) -> str:
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool) or type(value).__name__ in ("bool_", "bool"):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(float(value))
    return str(value)
