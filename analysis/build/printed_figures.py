"""How the profiles of the 2020 assessment print a figure and a period, and one such figure with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from analysis.build.source_text import TranscriptionError
from analysis.sources.tables.observations import PERIOD

_STARRED = "Printed with an asterisk the document does not explain."
_ABSENT = {
    "*": ("suppressed", "Printed as *, which the document does not explain."),
    "-": ("missing", "Printed as -, with no figure."),
    "N/A": ("missing", "Printed as N/A, which the document does not explain."),
}


@dataclass(frozen=True)
class Figure:
    """One printed figure: its number, or why there is none. `percent` is None where nothing says the unit."""

    value: float | None
    status: str
    note: str
    percent: bool | None


@dataclass(frozen=True)
class Reading:
    """One figure read at one place: of which indicator (by its printed name), area and period."""

    title: str
    area_code: str
    period: str
    figure: Figure
    place: str
    line: int
    notes: tuple[str, ...]
    numerator: float | None = None


@dataclass(frozen=True)
class FrameworkRow:
    """One printed row of Appendix 1, every cell read."""

    title: str
    period: str
    trend: str
    count: Figure
    council: Figure
    comparator: Figure
    england: Figure
    worst: Figure
    best: Figure
    beside: str
    comparator_name: str
    line: int


def read_figure(cell: str, line: int) -> Figure:
    """A cell as printed: '1,612.1', '94.6%', '91.5%*', '*' or '-'; raises TranscriptionError on anything else."""
    if cell in _ABSENT:
        return Figure(None, *_ABSENT[cell], None)
    match = re.fullmatch(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(%?)(\*?)", cell)
    if match is None:
        raise TranscriptionError(f"line {line}: {cell!r} is not a figure; read the line again and correct the text")
    whole, fraction, sign, star = match.groups(default="")
    return Figure(float(whole.replace(",", "") + fraction), "ok", _STARRED if star else "", bool(sign))


def read_period(printed: str, line: int) -> str:
    """A period as the tables write it: '2015 - 17' gives 2015 to 2017, '2015/16 - 17/18' gives 2015/16 to 2017/18.

    Raises TranscriptionError on anything else.
    """
    ends = [end.strip() for end in printed.split("-")]
    period = " to ".join(end if re.match(r"\d{4}", end) else f"20{end}" for end in ends)
    if re.fullmatch(PERIOD, period) is None:
        raise TranscriptionError(f"line {line}: {printed!r} is not a period; write it as 2017/18 or 2015 - 17")
    return period


def joined(notes: Iterable[str]) -> str:
    """Sentences of a note in order, each once, blanks left out."""
    return " ".join(dict.fromkeys(note for note in notes if note))
