"""Headings held against a contract: which column each is of, and never a guess between two."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from analysis.sources.columns import COLUMNS, label
from analysis.sources.contracts import Contract

_UNIT = re.compile(r"(.*?)[\s]*[(\[]([^)\]]*)[)\]]\s*")
_PER_CENT = frozenset({"%", "percent", "percentage"})
_OF_UNIT = {
    "%": _PER_CENT,
    "people": frozenset({"people", "persons", "number", "no", "n"}),
    "children": frozenset({"children", "number", "no", "n"}),
}

Tier = Callable[[str, str], bool]


def normalised(header: str) -> str:
    """A heading without case, spaces and punctuation, as it is remembered; a % stays."""
    return "".join(letter for letter in header.casefold() if letter.isalnum() or letter == "%")


def matched(headers: Sequence[str], contract: Contract, remembered: Mapping[str, str]) -> dict[str, str | None]:
    """For each column of a contract the heading it is taken from, or None.

    First by its exact name, then by its label, then as `remembered` (normalised heading to column), then by either
    without case, spaces, punctuation or its own unit in brackets. A column that two headings fit equally well gets
    none, and so do two columns that one heading fits equally well.
    """
    tiers: tuple[Tier, ...] = (
        lambda column, header: header == column,
        lambda column, header: header in (COLUMNS[column].label, label(column)),
        lambda column, header: remembered.get(normalised(header)) == column,
        _alike,
    )
    found: dict[str, str | None] = {}
    for tier in tiers:
        free = [header for header in headers if header not in found.values()]
        waiting = [column for column in contract.columns if column not in found]
        fits = {column: [header for header in free if tier(column, header)] for column in waiting}
        claims = [header for candidates in fits.values() for header in candidates]
        for column, candidates in fits.items():
            if candidates:
                sure = len(candidates) == 1 and claims.count(candidates[0]) == 1
                found[column] = candidates[0] if sure else None
    return {column: found.get(column) for column in contract.columns}


def _alike(column: str, header: str) -> bool:
    names = {normalised(column), normalised(COLUMNS[column].label), normalised(label(column))}
    bracket = _UNIT.fullmatch(header)
    if bracket and normalised(bracket[2]) in _units(COLUMNS[column].unit):
        return normalised(bracket[1]) in names
    return normalised(header) in names


def _units(unit: str) -> frozenset[str]:
    return _OF_UNIT.get(unit, frozenset({normalised(unit)}) if unit else frozenset())
