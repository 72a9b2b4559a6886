"""Remarks on a file: where, what was found, what is expected and what to do, fit to be shown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass

import pandas as pd

LONGEST = 60
WHOLE_FILE = "(whole file)"
POSTCODE = re.compile(r"(?<![A-Z0-9])([A-Z]{1,2}[0-9][A-Z0-9]?)[\s.,_\-]{0,5}[0-9][A-Z]{2}(?![A-Z0-9])", re.IGNORECASE)


@dataclass(frozen=True)
class Remark:
    """One fault or note. `row` counts as the spreadsheet does, from 1; None is the whole sheet or file."""

    sheet: str
    row: int | None
    column: str
    found: str
    expected: str
    remedy: str


class Unreadable(ValueError):
    """Nothing of the file can be read; `remark` says why and what to do."""

    def __init__(self, found: str, expected: str, remedy: str, sheet: str = WHOLE_FILE) -> None:
        self.remark = remark(sheet, None, WHOLE_FILE, found, expected, remedy)
        super().__init__(f"{self.remark.found}: {self.remark.remedy}")


def remark(sheet: str, row: int | None, column: str, found: object, expected: str, remedy: str) -> Remark:
    """A remark whose texts from the file are cut short and hold no whole postcode."""
    return Remark(shown(sheet), row, shown(column), shown(found), masked(expected), masked(remedy))


def shown(value: object) -> str:
    """A cell as it stands in a report: blank said, postcodes cut to their first half, no longer than 60 characters."""
    text = masked(printable(str(value)[: 10 * LONGEST]))
    if not text.strip():
        return "blank"
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def printable(text: str) -> str:
    """The text with a space for every character that cannot be seen."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def masked(text: str) -> str:
    """The text with every postcode cut to its first half."""
    return POSTCODE.sub(r"\1 …", text)


def sentence(one: Remark) -> str:
    """A remark as one line of text."""
    place = f", row {one.row}" if one.row is not None else ""
    return f"{one.sheet}{place}, {one.column}: found {one.found}; expected {one.expected}. {one.remedy}"


def frame(remarks: Iterable[Remark]) -> pd.DataFrame:
    """One row a remark: sheet, row (blank for a whole sheet), column, found, expected, remedy."""
    rows = pd.DataFrame([asdict(one) for one in remarks], columns=list(Remark.__dataclass_fields__))
    return rows.assign(row=[str(int(row)) if pd.notna(row) else "" for row in rows["row"]])
