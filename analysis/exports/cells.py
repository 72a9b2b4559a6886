"""Cells of a file: text that a spreadsheet would run, and rows that say their basis and who may see them."""

from __future__ import annotations

import pandas as pd

RISKY = ("=", "+", "-", "@", "\t", "\r")
QUOTE = "'"
DISCLOSURE = "includes small counts: not for publication"


def safe(cell: object) -> object:
    """A cell that no spreadsheet runs as a formula: text that could be one gets an apostrophe, numbers stay.

    Line breaks of every kind become one, since a lone carriage return would end the row.
    """
    if not isinstance(cell, str):
        return cell
    risky = cell.startswith(RISKY) and not _is_number(cell)
    return f"{QUOTE if risky else ''}{cell}".replace("\r\n", "\n").replace("\r", "\n")


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", ""))
    except ValueError:
        return False
    return text[-1:].isdigit()


def carrying(table: pd.DataFrame, basis: str, *, analysts: bool) -> pd.DataFrame:
    """The table with its basis in every row, and an analyst's saying that it is not for publication."""
    with_basis = table if "basis" in table.columns else table.assign(basis=basis)
    return with_basis.assign(disclosure=DISCLOSURE) if analysts else with_basis


def table_csv(table: pd.DataFrame, basis: str, *, analysts: bool) -> bytes:
    """A table as CSV that Excel opens as UTF-8, in which nothing runs as a formula."""
    rows = carrying(table, basis, analysts=analysts)
    text = rows.columns[[not pd.api.types.is_numeric_dtype(kind) for kind in rows.dtypes]]
    defused = rows.assign(**{name: rows[name].map(safe) for name in text if isinstance(name, str)})
    return defused.rename(columns=lambda name: str(safe(str(name)))).to_csv(index=False).encode("utf-8-sig")
