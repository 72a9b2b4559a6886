"""Measuring an Excel workbook: its sheets, its cells, the text they share, and how they are shown."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.uploads import limits
from analysis.uploads.container import damaged
from analysis.uploads.extents import Contents, Extent, placed, too_many_sheets
from analysis.uploads.walk import Walk, attribute, walked, whole

WORKBOOK, RELATIONS, STYLES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"
FIRST = (WORKBOOK, RELATIONS, STYLES)
SHOWN_AS_PERCENT = {9, 10}


@dataclass
class Workbook:
    """What is met in all parts together."""

    most_rows: int
    contents: Contents = field(default_factory=Contents)
    names: dict[str, str] = field(default_factory=dict)
    targets: dict[str, str] = field(default_factory=dict)
    formats: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)
    lengths: array[int] = field(default_factory=lambda: array("I"))
    used: array[int] = field(default_factory=lambda: array("I"))

    def percent(self, style: int) -> bool:
        """Whether cells of a style show their value times 100, with a %."""
        shown = self.styles[style] if style < len(self.styles) else 0
        return shown in SHOWN_AS_PERCENT or "%" in self.formats.get(shown, "")


def measured(parts: Mapping[str, bytes], most_rows: int) -> dict[str, Extent]:
    """What each sheet of an Excel workbook holds, by its name. Raises Unreadable where any limit is passed.

    Whatever its name, every part is measured as if it were a sheet, because a workbook may call any part one.
    """
    book, found = Workbook(most_rows), {}
    for name in sorted(parts, key=lambda part: part not in FIRST):
        walk = _Part(book, Extent(most_rows), of_book=name in FIRST)
        walked(parts[name], walk)
        found[name] = walk.extent
    if any(index >= len(book.lengths) for index in set(book.used)):
        raise damaged()
    for index in book.used:
        book.contents.add(book.lengths[index])
    if len(book.names) > limits.MOST_SHEETS:
        raise too_many_sheets(len(book.names))
    return {name: found.get(_path(book.targets.get(link, "")), Extent(most_rows)) for name, link in book.names.items()}


def _path(target: str) -> str:
    return target[1:] if target.startswith("/") else f"xl/{target}"


class _Part(Walk):
    """One part: the cells of a sheet, shared text, or what the workbook says of its sheets and styles."""

    def __init__(self, book: Workbook, extent: Extent, *, of_book: bool) -> None:
        self.book, self.extent, self.of_book = book, extent, of_book
        self.row, self.column, self.length = 0, 0, 0
        self.in_cell, self.kind, self.style = False, "", 0
        self.inside, self.words, self.is_formula = "", "", False
        self.in_text, self.in_styles = False, False

    def opens(self, name: str, given: Mapping[str, str]) -> None:
        """Take note of a row, a cell, what is in it, a shared text, or a line about the workbook."""
        if name == "c":
            self._cell(given)
        elif name == "row":
            self.row = whole(given.get("r"), 1, limits.FARTHEST_ROW, self.row + 1)
            self.column = 0
            self.extent.reaches(self.row, 0)
        elif self.in_cell and name in ("f", "v"):
            self.inside, self.words = name, ""
            self.is_formula |= name == "f"
        elif name == "si":
            self.in_text, self.length = True, 0
        elif self.of_book:
            self._about(name, given)

    def closes(self, name: str) -> None:
        """Weigh a cell or a shared text."""
        if name == "c" and self.in_cell:
            self.in_cell = False
            self.book.contents.add(self.length)
            if self.style and self.kind in ("", "n") and self.book.percent(self.style):
                self.extent.percents.append((self.row, self.column))
        elif name in ("f", "v") and self.inside == name:
            self._value(name)
            self.inside = ""
        elif name == "si":
            self.in_text = False
            self.book.lengths.append(self.length)
            if self.length > limits.LONGEST_CELL:
                self.book.contents.add(self.length)
        elif name == "cellXfs":
            self.in_styles = False

    def text(self, words: str) -> None:
        """Count the letters of a cell or a shared text."""
        if self.in_cell or self.in_text:
            self.length += len(words)
        if self.inside and len(self.words) < limits.LONGEST_TEXT:
            self.words += words

    def _cell(self, given: Mapping[str, str]) -> None:
        reference = given.get("r")
        at = placed(reference) if reference else (self.row, self.column + 1)
        if at is None:
            raise damaged()
        self.row, self.column = at
        self.extent.reaches(*at)
        self.in_cell, self.kind, self.length, self.inside = True, given.get("t", ""), 0, ""
        self.style = whole(given.get("s"), 0, 100_000, 0)

    def _value(self, name: str) -> None:
        if name == "f":
            self.extent.formula(self.row, self.column, f"={self.words}")
        elif self.kind == "s":
            self.book.used.append(whole(self.words.strip() or "0", 0, limits.MOST_CELLS, 0))
        elif self.kind == "e":
            self.extent.errors.append((self.row, self.column, self.words[: limits.LONGEST_CELL]))

    def _about(self, name: str, given: Mapping[str, str]) -> None:
        if name == "sheet" and len(self.book.names) <= limits.MOST_SHEETS:
            title = given.get("name", "")
            if title in self.book.names:
                raise damaged()
            self.book.names[title] = attribute({key: value for key, value in given.items() if ":" in key}, "id") or ""
        elif name == "Relationship" and len(self.book.targets) < limits.MOST_PARTS:
            self.book.targets[given.get("Id", "")] = given.get("Target", "")
        elif name == "numFmt" and len(self.book.formats) < limits.MOST_PARTS:
            self.book.formats[whole(given.get("numFmtId"), 0, 10**8, 0)] = given.get("formatCode", "")
        elif name == "cellXfs":
            self.in_styles = True
        elif name == "xf" and self.in_styles and len(self.book.styles) < 100_000:
            self.book.styles.append(whole(given.get("numFmtId"), 0, 10**8, 0))
