"""Cells as people write them in a return, turned into the text the contract knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from analysis.returns.quarters import canonical
from analysis.returns.words import codes, said, slug
from analysis.sources.contracts import Field
from analysis.uploads.cells import (
    AS_TEXT,
    COMMAS,
    DIGITS,
    READ_AS,
    SPACES,
    THOUSANDS,
    Reading,
    Readings,
    gathered,
    plain,
    was_spaced,
)

_WARD = re.compile(r"(E\d{8})(?:\s.*)?", re.IGNORECASE)


def read(cells: Sequence[object], rule: Field, *, from_workbook: bool) -> Readings:
    """The text of every cell of a column. In a CSV every cell is text, so numbers stored as text are no news there."""
    translate = _translator(rule)
    return gathered(cells, lambda cell: _read(cell, rule, translate, from_workbook=from_workbook))


def _read(cell: object, rule: Field, translate: Callable[[str], str], *, from_workbook: bool) -> Reading:
    text = plain(cell)
    reasons = [SPACES] if was_spaced(cell, text) else []
    if rule.kind in ("integer", "number") and isinstance(cell, str) and not text.startswith("-"):
        if THOUSANDS.fullmatch(text):
            text, reasons = text.replace(",", ""), [*reasons, COMMAS]
        if DIGITS.fullmatch(text):
            text = text.removeprefix("+")
            reasons += [AS_TEXT] if from_workbook else []
    translated = translate(text) if text else ""
    if translated != text and text != said(rule.column, translated) and rule.column != "area_code":
        reasons.append(READ_AS)
    return Reading(translated, tuple(reasons))


def _translator(rule: Field) -> Callable[[str], str]:
    if rule.allowed:
        known = codes(rule)
        return lambda text: known.get(slug(text), text)
    if rule.column == "quarter":
        return lambda text: canonical(text) or text
    if rule.column == "area_code":
        return _ward_code
    return lambda text: text


def _ward_code(text: str) -> str:
    code = _WARD.fullmatch(text)
    return code[1].upper() if code else text
