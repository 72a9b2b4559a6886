"""Columns of per cent in which it cannot be told whether a figure is a per cent or a share of 1."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.sources.columns import COLUMNS
from analysis.sources.contracts import DIGITS, Field
from analysis.uploads.cells import Readings, Trouble
from analysis.uploads.reading import Percent
from analysis.uploads.remarks import Remark, remark

FEWEST = 3
MIXED = Trouble(
    "either a % on every figure of the column or on none",
    "Other cells of this column have a %. Say whether this is per cent or a share of 1: write it with its %.",
)
SMALL = "Every figure of this column is 1 or less. They were read as per cent: 0.4 is 4 in 1,000. Is that meant?"


def doubtful(field: Field, cells: Sequence[object], read: Readings) -> Iterator[tuple[int, Trouble]]:
    """Figures of 1 or less without a %, in a column of per cent whose other cells have one."""
    if not _of_per_cent(field):
        return
    marked = [_marked(cell) for cell in cells]
    if any(marked):
        for place, text in enumerate(read.text):
            if not marked[place] and _at_most_one(text):
                yield place, MIXED


def small(sheet: str, header: str, rows: Sequence[int], field: Field, read: Readings) -> list[Remark]:
    """A note where every figure of a column of per cent could be a share of 1."""
    figures = [text for text in set(read.text) if DIGITS.fullmatch(text) and float(text) != 0]
    if not _of_per_cent(field) or len(figures) < FEWEST or not all(_at_most_one(text) for text in figures):
        return []
    return [remark(sheet, rows[0], header, f"{len(figures)} different figures", "per cent", SMALL)]


def _of_per_cent(field: Field) -> bool:
    return COLUMNS[field.column].unit == "%" and field.kind in ("integer", "number")


def _marked(cell: object) -> bool:
    return isinstance(cell, Percent) or (isinstance(cell, str) and cell.strip().endswith("%"))


def _at_most_one(text: str) -> bool:
    return bool(DIGITS.fullmatch(text)) and 0 < abs(float(text)) <= 1
