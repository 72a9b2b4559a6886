"""How a table is written: checked against its contract, the same bytes every time."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.sources.contracts import Contract, typed
from analysis.sources.written import as_text, csv_bytes


def ordered_text(frame: pd.DataFrame, contract: Contract) -> pd.DataFrame:
    """The contract's columns as they are written, sorted by its key."""
    return as_text(frame[contract.columns].sort_values(list(contract.key), kind="stable", ignore_index=True))


def write_table(frame: pd.DataFrame, contract: Contract, path: Path) -> None:
    """Write `frame` as UTF-8 CSV with the contract's columns, sorted by its key.

    Numbers are written as short as they round-trip, flags as true or false, blanks as nothing.
    Raises ContractBroken, and writes nothing, when the frame breaks its contract.
    """
    text = ordered_text(frame, contract)
    typed(text, contract, path.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(csv_bytes(text))
