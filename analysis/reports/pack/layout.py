"""Where things stand on a slide and how large letters are, by how much there is to say; the same for both files."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from analysis.pictures.sheet import MARKS as PICTURE_MARKS
from analysis.reports.pack.model import Grid, Picture, Slide

Place = tuple[float, float, float, float]
MARGIN, ACROSS, TOP, HIGH = 0.5, 12.333, 2.1, 4.65
GAP = 0.35
LETTER, LINE = 0.0068, 0.0172
CELL, CELL_LETTER, ABOVE = 0.12, 0.0052, 0.5
SIZES, TABLE_SIZES = (24, 22, 20, 18), (18, 16, 14)
LONG_TITLE, LONGER_TITLE = 120, 190
MARKS = {
    "published": ("Published figures", "0B5D3B", "FFFFFF"),
    "modelled": (PICTURE_MARKS["modelled"][0], "134A80", "FFFFFF"),
    "illustrative": (PICTURE_MARKS["illustrative"][0], "8A4A00", "FFFFFF"),
}


def title_letters(title: str) -> int:
    """Points of a title: fewer for a longer one, so that it keeps to its place."""
    return 28 if len(title) <= LONG_TITLE else 24 if len(title) <= LONGER_TITLE else 22


def beside(slide: Slide) -> tuple[Place, Place]:
    """Where the points stand and where what is drawn does."""
    whole = (MARGIN, TOP, ACROSS, HIGH)
    if slide.part is None:
        return whole, whole
    if isinstance(slide.part, Grid):
        said = _high(slide.points, ACROSS, SIZES[-1])
        return (MARGIN, TOP, ACROSS, said), (MARGIN, TOP + said + 0.1 * bool(said), ACROSS, HIGH - said)
    drawn = 5.8 if isinstance(slide.part, Picture) else 7.7
    return (MARGIN + drawn + GAP, TOP, ACROSS - drawn - GAP, HIGH), (MARGIN, TOP, drawn, HIGH)


def letters_of(points: Sequence[str], place: Place) -> int:
    """The largest of our sizes at which points keep to their place, and the least where none does."""
    return next((size for size in SIZES if _high(points, place[2], size) <= place[3]), SIZES[-1])


def _high(points: Sequence[str], width: float, size: int) -> float:
    """How many inches high points stand at a size, about: letters taken as broad as they mostly are."""
    lines = sum(ceil(len(point) * LETTER * size / (width - 0.25)) for point in points)
    return LINE * size * lines + 0.45 * LINE * size * len(points)


Rows = Sequence[tuple[str, ...]]


def table_letters(rows: Rows, widths: Sequence[float]) -> int:
    """The largest size at which a table, its heads the first of its rows, keeps to one slide; the least if none.

    Room is left for a line of words above it.
    """
    return next((size for size in TABLE_SIZES if _tall(rows, widths, size) <= HIGH - ABOVE), TABLE_SIZES[-1])


def paged(heads: tuple[str, ...], rows: Rows, widths: Sequence[float], size: int) -> list[Rows]:
    """The rows in as many tables as it takes for each, under its heads, to keep to one slide."""
    pages: list[list[tuple[str, ...]]] = [[]]
    for row in rows:
        if pages[-1] and _tall([heads, *pages[-1], row], widths, size) > HIGH:
            pages.append([])
        pages[-1].append(row)
    return list(pages)


def _tall(rows: Rows, widths: Sequence[float], size: int) -> float:
    """How many inches high a table stands, about: each row as high as its fullest cell."""
    return sum(CELL + LINE * size * _lines(row, widths, size) for row in rows)


def _lines(row: Sequence[str], widths: Sequence[float], size: int) -> int:
    cells = zip(row, widths, strict=True)
    return max(ceil(len(cell) * CELL_LETTER * size / (ACROSS * share - 0.2)) for cell, share in cells)
