"""A copy of somebody's own rows with every fault marked in its cell, and a first sheet that lists them."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from analysis.uploads.cells import plain
from analysis.uploads.check import Checked
from analysis.uploads.extents import letters
from analysis.uploads.limits import LONGEST_CELL, MOST_COPIED
from analysis.uploads.reading import Opened, Sheet
from analysis.uploads.remarks import Remark
from analysis.uploads.table import Located

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

LIST, ROWS = "Faults", "Your rows"
HEADS = {"Row": 8, "Column": 28, "Cell": 8, "Found": 36, "Expected": 52, "What to do": 72}
MOST_COMMENT = 500
_UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_FAULTY, _HEAD = {"bg_color": "#FCE4D6", "border": 1}, {"bold": True, "bg_color": "#1F3A4D", "font_color": "#FFFFFF"}
_SAFE = {
    "in_memory": False,
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}


def annotated(opened: Opened, located: Located, checked: Checked) -> bytes:
    """An .xlsx of the located sheet as it was given, faulty cells coloured and commented, and every listed fault.

    Whatever a cell holds stays text: nothing in the copy is a formula, a link or markup.
    """
    from xlsxwriter import Workbook

    packed = io.BytesIO()
    book = Workbook(packed, _SAFE)
    book.set_properties({"title": "Faults in a table", "comments": "A copy made by the Early Help Atlas"})
    given = opened.sheets[located.place]
    _list(book, located, checked, whole=_whole(given))
    _rows(book, given, located, checked)
    book.close()
    return packed.getvalue()


def harmless(cell: object) -> str:
    """A cell as text that no program can run, hide or stumble over: unseen characters become a question mark."""
    text = cell if isinstance(cell, str) else plain(cell)
    return _UNFIT.sub("�", text.replace("\r\n", "\n"))[: LONGEST_CELL // 2]


def _list(book: Workbook, located: Located, checked: Checked, *, whole: bool) -> None:
    sheet = book.add_worksheet(LIST)
    head = book.add_format({**_HEAD, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
    for place, width in enumerate(HEADS.values()):
        sheet.set_column(place, place, width)
    sheet.write_string(0, 0, harmless(_counted(checked)), book.add_format({"bold": True}))
    copied = "" if whole else f" The sheet is long: only its rows with a fault stand on {ROWS}, each in its own row."
    sheet.write_string(1, 0, harmless(f"The sheet {located.sheet}, headings in row {located.header_row}.{copied}"))
    for place, words in enumerate(HEADS):
        sheet.write_string(3, place, words, head)
    for number, (fault, column) in enumerate(zip(checked.faults, checked.cells, strict=True), start=4):
        for place, text in enumerate(_line(fault, column)):
            sheet.write_string(number, place, harmless(text), wrapped)
    sheet.freeze_panes(4, 0)


def _counted(checked: Checked) -> str:
    faults = "1 fault" if checked.total == 1 else f"{checked.total:,} faults"
    unlisted = checked.total - len(checked.faults)
    rest = f" The first {len(checked.faults):,} are listed; correct these first." if unlisted else ""
    return f"{faults}. The cells are coloured on the sheet {ROWS}.{rest}"


def _line(fault: Remark, column: int | None) -> list[str]:
    row = "" if fault.row is None else str(fault.row)
    cell = f"{letters(column + 1)}{row}" if column is not None and row else ""
    return [row, fault.column, cell, fault.found, fault.expected, fault.remedy]


def _rows(book: Workbook, given: Sheet, located: Located, checked: Checked) -> None:
    sheet = book.add_worksheet(ROWS)
    faulty = book.add_format({**_FAULTY, "quote_prefix": True})
    text = book.add_format({"quote_prefix": True})
    head = book.add_format({**_HEAD, "quote_prefix": True})
    comments = _comments(checked, located)
    sheet.freeze_panes(located.header_row, 0)
    every = _whole(given)
    for number, row in enumerate(given.rows, start=1):
        said = comments.get(number, {})
        if every or said or number <= located.header_row:
            usual = head if number == located.header_row else text
            for place in range(max([len(row), *(place + 1 for place in said)])):
                cell, marked = row[place] if place < len(row) else "", place in said
                _write(sheet, number - 1, place, cell, faulty if marked else usual, wanted=marked)
        for place, words in said.items():
            sheet.write_comment(number - 1, place, harmless(words)[:MOST_COMMENT], {"x_scale": 2.5, "y_scale": 1.5})


def _whole(given: Sheet) -> bool:
    """Whether every row is copied; of a very long table only those with a fault are, in their own places."""
    return sum(map(len, given.rows)) <= MOST_COPIED


def _write(sheet: Worksheet, row: int, place: int, cell: object, shown: object, *, wanted: bool) -> None:
    if isinstance(cell, bool):
        sheet.write_boolean(row, place, cell, shown)
    elif isinstance(cell, (int, float)) and abs(cell) < 1e300:
        sheet.write_number(row, place, float(cell), shown)
    elif text := harmless(cell):
        sheet.write_string(row, place, text, shown)
    elif wanted:
        sheet.write_blank(row, place, None, shown)


def _comments(checked: Checked, located: Located) -> dict[int, dict[int, str]]:
    """What to say at each faulty cell, by row from 1 and column from 0; a whole row's is at its first."""
    said: dict[int, dict[int, str]] = defaultdict(dict)
    first = located.columns[0] if located.columns else 0
    for fault, column in zip(checked.faults, checked.cells, strict=True):
        if fault.row is not None:
            place = first if column is None else column
            words = f"{fault.column}: expected {fault.expected}. {fault.remedy}"
            said[fault.row][place] = "\n".join(filter(None, [said[fault.row].get(place), words]))
    return said
