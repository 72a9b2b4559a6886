"""Cells as people write them, turned into the text the contract knows; whatever was read differently is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from analysis.returns.quarters import canonical
from analysis.returns.report import Remark, remark
from analysis.returns.words import codes, said
from analysis.sources.contracts import Field

_THOUSANDS = re.compile(r"[+]?\d{1,3}(,\d{3})+(\.\d+)?")
_PLAIN = re.compile(r"[+]?\d+(\.\d+)?")
_WARD = re.compile(r"(E\d{8})(?:\s.*)?", re.IGNORECASE)
SPACES, AS_TEXT, COMMAS, READ_AS = "spaces", "a number stored as text", "commas in a number", "another spelling"
_WHY = {
    SPACES: "Spaces before or after were left out.",
    AS_TEXT: "A number stored as text was read as a number.",
    COMMAS: "Commas between thousands were left out.",
    READ_AS: "Another spelling was read as the one expected.",
}


@dataclass
class Readings:
    """The cells of one column as text, and how many were read differently: by reason, the count and the first."""

    text: list[str] = field(default_factory=list)
    changed: dict[str, tuple[int, int, str, str]] = field(default_factory=dict)

    def notes(self, sheet: str, column: str, rows: Sequence[int]) -> list[Remark]:
        """One note a reason, at the first such cell."""
        return [
            remark(sheet, rows[first], column, before, after or "blank", f"{_WHY[why]} {_times(count)}")
            for why, (count, first, before, after) in self.changed.items()
        ]


def _times(count: int) -> str:
    return "This cell only." if count == 1 else f"So were {count - 1:,} more cells of this column."


def read(cells: Sequence[object], rule: Field, *, from_workbook: bool) -> Readings:
    """The text of every cell of a column. In a CSV every cell is text, so numbers stored as text are no news there."""
    translate = _translator(rule)
    known: dict[tuple[type, object], tuple[str, tuple[str, ...]]] = {}
    readings = Readings()
    for place, cell in enumerate(cells):
        key = (type(cell), cell)
        if key not in known:
            known[key] = _read(cell, rule, translate, from_workbook)
        text, reasons = known[key]
        readings.text.append(text)
        for why in reasons:
            count, first, before, after = readings.changed.get(why, (0, place, str(cell), text))
            readings.changed[why] = (count + 1, first, before, after)
    return readings


def _read(
    cell: object, rule: Field, translate: Callable[[str], str], from_workbook: bool
) -> tuple[str, tuple[str, ...]]:
    text = plain(cell)
    reasons = [SPACES] if isinstance(cell, str) and cell != text and cell.strip(" \t\r\n\xa0") else []
    if rule.kind in ("integer", "number") and isinstance(cell, str):
        if _THOUSANDS.fullmatch(text):
            text, reasons = text.replace(",", ""), [*reasons, COMMAS]
        if _PLAIN.fullmatch(text):
            text = text.removeprefix("+")
            reasons += [AS_TEXT] if from_workbook else []
    translated = translate(text) if text else ""
    if translated != text and text != said(rule.column, translated) and rule.column != "area_code":
        reasons.append(READ_AS)
    return translated, tuple(reasons)


def plain(cell: object) -> str:
    """A cell as text: whole numbers without a point, dates as 2025-04-01, runs of spaces as one."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, (int, float)):
        return str(int(cell)) if float(cell).is_integer() else repr(cell)
    if isinstance(cell, (datetime, date, time, timedelta)):
        return str(cell)
    return " ".join(str(cell).split())


def _translator(rule: Field) -> Callable[[str], str]:
    if rule.allowed:
        known = codes(rule)
        return lambda text: known.get(_slug(text), text)
    if rule.column == "quarter":
        return lambda text: canonical(text) or text
    if rule.column == "area_code":
        return _ward_code
    return lambda text: text


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _ward_code(text: str) -> str:
    code = _WARD.fullmatch(text)
    return code[1].upper() if code else text
