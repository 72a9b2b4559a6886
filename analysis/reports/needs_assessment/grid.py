"""A table of words as a Word table: a header row that is marked and repeated, and columns as wide as their words."""

from __future__ import annotations

import re
from math import ceil

import pandas as pd

from analysis.reports.needs_assessment.letters import clean
from analysis.reports.needs_assessment.word_xml import Element, el, paragraph, run

STYLE = "AtlasTable"
FIGURE = re.compile(r"[−–<£+]?[\d–][\d,.%−]*( \([^)]*\))?")
LONGEST_FIGURE = 26
LETTER, EDGE = 104, 220
FEW_LETTERS, MOST_LETTERS = 30, 70


def grid(rows: pd.DataFrame, title: str, wide: int) -> Element:
    """The table, `wide` twentieths of a point across; `title` is what a screen reader hears of it."""
    heads = [clean(head) for head in rows.columns]
    cells = [[clean(cell) for cell in row] for row in rows.itertuples(index=False, name=None)]
    widths = columns(heads, cells, wide)
    right = [_figures(column) for column in zip(*cells, strict=True)] if cells else [False] * len(heads)
    made = el("w:tbl", _about(title, wide), el("w:tblGrid", *(el("w:gridCol", w=width) for width in widths)))
    made.append(_row(heads, widths, ["TableHeadFigure" if figures else "TableHead" for figures in right], head=True))
    styles = ["TableFigure" if figures else "TableText" for figures in right]
    made.extend(_row(row, widths, styles) for row in cells)
    return made


def least_wide(rows: pd.DataFrame) -> int:
    """How wide a table must be for none of its words to be broken."""
    cells = [[clean(cell) for cell in row] for row in rows.itertuples(index=False, name=None)]
    return sum(_least_and_wanted([clean(head) for head in rows.columns], cells)[0])


def columns(heads: list[str], cells: list[list[str]], wide: int) -> list[int]:
    """The width of each column: its longest word first, and what is left by how much there is to read in it."""
    least, wanted = _least_and_wanted(heads, cells)
    if sum(least) >= wide:
        return _fitted(least, wide)
    spare = [want - need for want, need in zip(wanted, least, strict=True)]
    left = wide - sum(least)
    share = left / sum(spare) if sum(spare) else 0.0
    return _fitted([round(need + more * share) for need, more in zip(least, spare, strict=True)], wide)


def _least_and_wanted(heads: list[str], cells: list[list[str]]) -> tuple[list[int], list[int]]:
    least, wanted = [], []
    for place, head in enumerate(heads):
        words = [head, *(row[place] for row in cells)]
        longest = max(len(part) for word in words for part in [*word.split(), ""])
        lengths = sorted(len(word) for word in words)
        usual = lengths[ceil(0.9 * (len(lengths) - 1))]
        least.append(min(longest, 22) * LETTER + EDGE)
        wanted.append(max(_letters(usual) * LETTER + EDGE, least[-1]))
    return least, wanted


def _letters(usual: int) -> int:
    """How many letters of a line a column asks for: all that are few, and some of many."""
    return min(usual, FEW_LETTERS) + round(min(max(usual - FEW_LETTERS, 0) / 3, MOST_LETTERS))


def _fitted(widths: list[int], wide: int) -> list[int]:
    """Widths scaled to add up to what there is."""
    scaled = [int(width * wide / sum(widths)) for width in widths]
    return [*scaled[:-1], wide - sum(scaled[:-1])]


def _figures(column: tuple[str, ...]) -> bool:
    said = [cell for cell in column if cell]
    figures = [cell for cell in said if len(cell) <= LONGEST_FIGURE and FIGURE.fullmatch(cell)]
    return bool(said) and 2 * len(figures) > len(said)


def _about(title: str, wide: int) -> Element:
    return el(
        "w:tblPr",
        el("w:tblStyle", val=STYLE),
        el("w:tblW", w=wide, type="dxa"),
        el("w:tblLayout", type="fixed"),
        el(
            "w:tblLook",
            val="0420",
            firstRow="1",
            lastRow="0",
            firstColumn="0",
            lastColumn="0",
            noHBand="0",
            noVBand="1",
        ),
        el("w:tblCaption", val=clean(title)),
    )


def _row(cells: list[str], widths: list[int], styles: list[str], *, head: bool = False) -> Element:
    about = el("w:trPr", el("w:cantSplit"), *([el("w:tblHeader")] if head else []))
    made = el("w:tr", about)
    for cell, width, style in zip(cells, widths, styles, strict=True):
        size = el("w:tcPr", el("w:tcW", w=width, type="dxa"))
        made.append(el("w:tc", size, paragraph(style, [run(cell)] if cell else [])))
    return made
