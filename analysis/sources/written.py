"""How a table is written as CSV: the same bytes every time."""

from __future__ import annotations

import math

import pandas as pd


def as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Every cell as it is written: numbers as short as they round-trip, flags as true or false, blanks as nothing."""
    return frame.map(_cell)


def csv_bytes(text: pd.DataFrame) -> bytes:
    """Cells of text as UTF-8 CSV."""
    return text.to_csv(index=False, lineterminator="\n").encode("utf-8")


def _cell(value: object) -> str:
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool) or type(value).__name__ in ("bool_", "bool"):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(float(value))
    return str(value)
