"""What every builder of observations shares: text in, the missing columns filled, shares and sums worked out."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.sources.contracts import DIGITS, Contract

WORDS_OF_CODE = {
    "c": ("suppressed", "printed as c"),
    "x": ("missing", "printed as x: not available"),
    "z": ("not_applicable", "printed as z"),
}
ROUNDS_TO_ZERO = "k"
_NUMBERS = ("lower", "upper", "numerator", "denominator")
_WORDS = {"basis": "published", "status": "ok", "note": ""}


def as_text(path: Path) -> pd.DataFrame:
    """A source file read as text, blanks kept as blanks."""
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def observed(frame: pd.DataFrame) -> pd.DataFrame:
    """Observations with every column of the contract: what a source does not give is filled as such."""
    full = frame.reindex(columns=[*frame.columns, *({*_NUMBERS, *_WORDS} - set(frame.columns))])
    last = full["period"].str.rpartition(" to ")[2]
    numbers = {name: full[name].astype(float) for name in _NUMBERS}
    words = {name: full[name].astype(object).fillna(default) for name, default in _WORDS.items()}
    return full.assign(**numbers, **words, period_end=(last.str[:2] + last.str[-2:]).astype(int))


def in_file_order(table: pd.DataFrame, contract: Contract) -> pd.DataFrame:
    """The rows as the file will hold them, so that a breach names the row a reader will find."""
    return table.sort_values(list(contract.key), kind="stable", ignore_index=True)


def rows(frame: pd.DataFrame) -> pd.Series:
    """The row each record stands in, the header being row 1."""
    return pd.Series(range(2, len(frame) + 2), index=frame.index).astype(str)


def figures(cells: pd.Series) -> pd.DataFrame:
    """`value`, `status` and `note` of the Department for Education's cells, each code keeping its meaning.

    'c' is suppressed, 'x' not available, 'z' not applicable and 'k' rounds to zero. Raises ValueError on another code.
    """
    return pd.DataFrame([_figure(cell) for cell in cells], index=cells.index, columns=["value", "status", "note"])


def percent(numerator: pd.Series, denominator: pd.Series, per: float = 100) -> pd.Series:
    """The numerator out of each `per` of the denominator; missing where there is nobody to count from."""
    return per * numerator / denominator.where(denominator > 0)


def refuse_unread(table: pd.DataFrame, read: set[str], file: str) -> None:
    """Raise ValueError when a column of a source table is read into no observation: no figure may be lost."""
    left = [str(name) for name in table.columns if name not in read]
    if left:
        raise ValueError(f"{file}: the column {left[0]!r} is read into no indicator; give it one, or say why not.")


def _figure(cell: str) -> tuple[float, str, str]:
    if DIGITS.fullmatch(cell):
        return float(cell), "ok", ""
    if cell == ROUNDS_TO_ZERO:
        return 0.0, "ok", "printed as k: rounds to zero"
    if cell not in WORDS_OF_CODE:
        raise ValueError(f"Unknown code {cell!r} in a table of the department: say what it means before using it.")
    return float("nan"), *WORDS_OF_CODE[cell]
