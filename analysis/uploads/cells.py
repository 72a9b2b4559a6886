"""Cells as text, and what is said of those that were read differently from how they were written."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from analysis.uploads.remarks import Remark, remark, shown

THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
DIGITS = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
SPACES, AS_TEXT, COMMAS, READ_AS = "spaces", "a number stored as text", "commas in a number", "another spelling"
WHY = {
    SPACES: "Spaces before or after were left out.",
    AS_TEXT: "A number stored as text was read as a number.",
    COMMAS: "Commas between thousands were left out.",
    READ_AS: "Another spelling was read as the one expected.",
}


class Trouble(NamedTuple):
    """Why a cell cannot be read: what is expected, and what to do."""

    expected: str
    remedy: str


class Reading(NamedTuple):
    """A cell as text, why it differs from what was written, and why it cannot be read where it cannot."""

    text: str
    reasons: tuple[str, ...] = ()
    trouble: Trouble | None = None


@dataclass
class Readings:
    """The cells of one column as text, how many were read differently (by reason: count and first), and troubles."""

    text: list[str] = field(default_factory=list)
    changed: dict[str, tuple[int, int, str, str]] = field(default_factory=dict)
    troubles: list[tuple[int, Trouble]] = field(default_factory=list)

    def notes(self, sheet: str, column: str, rows: Sequence[int], why: Mapping[str, str] = WHY) -> list[Remark]:
        """One note a reason, at the first such cell."""
        return [
            remark(sheet, rows[first], column, before, shown(after), f"{why[reason]} {_times(count)}")
            for reason, (count, first, before, after) in self.changed.items()
        ]


def _times(count: int) -> str:
    return "This cell only." if count == 1 else f"So were {count - 1:,} more cells of this column."


def gathered(cells: Sequence[object], read: Callable[[object], Reading]) -> Readings:
    """Every cell of a column read, each different one once."""
    known: dict[object, Reading] = {}
    readings = Readings()
    for place, cell in enumerate(cells):
        key = cell if type(cell) is str else (type(cell), cell)
        one = known.get(key)
        if one is None:
            one = known[key] = read(cell)
        readings.text.append(one.text)
        if one.trouble is not None:
            readings.troubles.append((place, one.trouble))
        for why in one.reasons:
            count, first, before, after = readings.changed.get(why, (0, place, str(cell), one.text))
            readings.changed[why] = (count + 1, first, before, after)
    return readings


def plain(cell: object) -> str:
    """A cell as text: whole numbers without a point, dates as 2025-04-01, runs of spaces as one."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, (int, float)):
        return str(int(cell)) if float(cell).is_integer() else float.__repr__(float(cell))
    if isinstance(cell, (datetime, date, time, timedelta)):
        return str(cell)
    return " ".join(str(cell).split())


def was_spaced(cell: object, text: str) -> bool:
    """Whether spaces were left out of a cell that held anything else."""
    return isinstance(cell, str) and cell != text and bool(cell.strip(" \t\r\n\xa0"))
