"""Wiltshire's safeguarding data set of July 2013, parsed from the lines of its strategy."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from analysis.build.source_text import TranscriptionError, cells
from analysis.build.strategy_text import WILTSHIRE, Documents
from analysis.sources.tables.strategies import SERIES, WILTSHIRE_SAFEGUARDING
from analysis.sources.write import write_table

AREAS = {"year before": "E06000054", "provisional year": "E06000054", "England": "E92000001"}
_LINES = (*range(189, 196), *range(201, 208))
_PLACE = f"{WILTSHIRE}, section 4.1, safeguarding data set, line {{}}"
_PERIODS = ("2011/12", "2012/13", "2012/13 Q4", "2013/14 Q1", "2013/14", "2013/14", "2011/12", "2011/12", "2011/12")
_RATINGS = {"G": "green", "A": "amber", "А": "amber", "R": "red"}
_DIRECTIONS = {"↑": "up", "↓": "down"}
_RATED = {"January to March": 5, "April and May": 7}
_CHILDREN, _PER_CENT, _RATE = "children", "per cent", "per 10,000 children"
_INDICATORS = (
    ("caf_active", "Common assessments active", "assessments"),
    ("contacts", "Contacts with social care that did not become referrals", "contacts"),
    ("referrals", "Referrals to social care", "referrals"),
    ("referrals_assessed", "Referrals that led to an initial assessment", _PER_CENT),
    ("children_in_need", "Children in need at the end of the period", _CHILDREN),
    ("children_in_need_rate", "Children in need, rate", _RATE),
    ("protection_plans", "Children becoming subject of a protection plan", _CHILDREN),
    ("protection_plans_rate", "Children becoming subject of a protection plan, rate", _RATE),
    ("looked_after", "Children looked after", _CHILDREN),
    ("looked_after_rate", "Children looked after, rate", _RATE),
    ("started_looked_after", "Children who started to be looked after", _CHILDREN),
    ("started_looked_after_rate", "Children who started to be looked after, rate", _RATE),
    ("ceased_looked_after", "Children who ceased to be looked after", _CHILDREN),
    ("ceased_looked_after_rate", "Children who ceased to be looked after, rate", _RATE),
)
_NOTES = {
    "provisional year": "Provisional.",
    "April and May": "Two months only.",
    "estimate for the year": "The council's estimate from the year to date, not an outturn.",
}
_WIDTH = 13


def build(texts: Documents, published: Path) -> None:
    """Write wiltshire_safeguarding.csv; raises TranscriptionError on a cell that cannot be read."""
    write_table(safeguarding(texts), WILTSHIRE_SAFEGUARDING, published / "wiltshire_safeguarding.csv")


def safeguarding(texts: Documents) -> pd.DataFrame:
    """One row an indicator and series: fourteen by nine, blanks and dashes kept apart in the note."""
    lines = texts[WILTSHIRE]
    return pd.DataFrame(
        [
            row
            for position, number in enumerate(_LINES, start=1)
            for row in _rows(position, number, _cells(lines[number - 1], position))
        ]
    )


def _cells(line: str, position: int) -> list[str]:
    printed = cells(line)
    if printed[0] != f"{position}.":
        raise TranscriptionError(f"{line!r} is not row {position} of the safeguarding data set")
    return [*printed, *[""] * (_WIDTH - len(printed))]


def _rows(position: int, number: int, printed: list[str]) -> list[dict[str, object]]:
    safeguarding_id, statement, unit = _INDICATORS[position - 1]
    return [
        {
            "safeguarding_id": safeguarding_id,
            "position": position,
            "statement": statement,
            "unit": unit,
            "series": series,
            "period": period,
            "value": _figure(cell, unit),
            "status": "missing" if _figure(cell, unit) is None else "ok",
            "rating": _rating(series, printed),
            "direction": _direction(series, printed),
            "note": _note(series, cell, printed),
            "locator": _PLACE.format(number),
        }
        for series, period, cell in zip(SERIES, _PERIODS, _figures(printed), strict=True)
    ]


def _figures(printed: list[str]) -> list[str]:
    """The nine figures of a row: the neighbours' cell holds their average and, in brackets, that of the good ones."""
    neighbours, _, good = printed[12].partition("(")
    return [*printed[2:5], printed[6], *printed[9:12], neighbours.strip(), good.rstrip(") ")]


def _figure(cell: str, unit: str) -> float | None:
    if cell in ("", "-"):
        return None
    if not re.fullmatch(r"\d+%" if unit == _PER_CENT else r"\d+", cell):
        raise TranscriptionError(f"{cell!r} in the safeguarding data set is no figure in {unit}")
    return float(cell.rstrip("%"))


def _rating(series: str, printed: list[str]) -> str | None:
    if series not in _RATED:
        return None
    letter = printed[_RATED[series]]
    if letter not in _RATINGS:
        raise TranscriptionError(f"{letter!r} in the safeguarding data set is no rating")
    return _RATINGS[letter]


def _direction(series: str, printed: list[str]) -> str | None:
    mark = printed[8]
    return _DIRECTIONS.get(mark, "unclear") if series == "April and May" and mark else None


def _note(series: str, cell: str, printed: list[str]) -> str | None:
    notes = [_NOTES.get(series, ""), {"": _blank(series), "-": "Printed as a dash."}.get(cell, "")]
    if _direction(series, printed) == "unclear":
        notes.append(f'The arrow is lost: "{printed[8]}" is printed.')
    return " ".join(note for note in notes if note) or None


def _blank(series: str) -> str:
    return "No average in brackets is printed." if series == SERIES[-1] else "Blank in the source."
