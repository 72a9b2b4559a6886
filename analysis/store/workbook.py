"""A version as one workbook: the catalogue on the first sheet, then a sheet a table."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from analysis import workbooks
from analysis.sources.catalogue import LAYER, Entry
from analysis.sources.tables import CONTRACTS
from analysis.store.database import Store
from analysis.store.export import defused, why_left_out
from analysis.store.publishing import publications
from analysis.store.reading import Held, StoreLibrary, of_version
from analysis.store.shelf import versions
from analysis.workbooks import Pen

if TYPE_CHECKING:
    from xlsxwriter.format import Format

CATALOGUE = {
    "Table": 30,
    "In this workbook": 24,
    "Title": 40,
    "Basis": 14,
    "Publisher": 28,
    "Period": 18,
    "Licence": 24,
    "Attribution": 34,
    "Caveat": 50,
    "Rows": 10,
    "Checksum (sha256)": 40,
    "Edition": 10,
    "Version": 10,
    "Published": 24,
}
MOST_LETTERS = 32_767
CUT = "… (cut here: the CSV has the whole)"
MAP = "a map layer, which the CSV export has"
MADE_UP = "ILLUSTRATIVE: MADE-UP FIGURES. "
NARROWEST, WIDEST = 10, 40


def workbook(store: Store, version: int, *, small_counts: bool = False) -> bytes:
    """The bytes of an .xlsx of a version, the same every time: its catalogue, then its tables.

    Each sheet says its basis above the headings. Returns of small counts are left out, as the catalogue says, unless
    `small_counts` asks for them. No cell is a formula, and a text that could become one has an apostrophe before it.
    Raises StoreRefusal when there is no such version.
    """
    library = of_version(store, version)
    edition, told, published = _said(store, version)
    rows = list(_catalogue(library, [edition, str(version), published], small_counts))
    packed = io.BytesIO()
    with workbooks.workbook(packed, told, long=True) as pen:
        workbooks.words(pen, "Catalogue", CATALOGUE, rows, frozen=1, said=told)
        for held in library.held.values():
            if not _why_not_here(held, small_counts):
                _table(pen, held.entry, defused(library.table(held.entry.contract)))
    return packed.getvalue()


def _said(store: Store, version: int) -> tuple[str, str, str]:
    """The edition of a version, a sentence about it, and when it was published."""
    row = versions(store).set_index("version").loc[version]
    times = [one.at for one in publications(store) if one.version == version]
    when = f"published {times[0]}" if times else "a draft: not published, not to be quoted"
    return str(row["base"]), f"Edition {row['base']}, version {version} “{row['name']}”: {when}", ", ".join(times)


def _catalogue(library: StoreLibrary, told: list[str], small_counts: bool) -> Iterator[list[str]]:
    for held in library.held.values():
        entry, reason = held.entry, _why_not_here(held, small_counts)
        name, rows = (entry.path, "") if entry.contract == LAYER else (entry.contract, f"{held.rows:,}")
        words = [
            entry.title,
            entry.basis,
            entry.publisher,
            entry.period,
            entry.licence,
            entry.attribution,
            entry.caveat,
        ]
        yield [name, f"no: {reason}" if reason else "yes", *words, rows, held.sha256, *told]


def _why_not_here(held: Held, small_counts: bool) -> str:
    return MAP if held.entry.contract == LAYER else why_left_out(held, small_counts)


def _table(pen: Pen, entry: Entry, frame: pd.DataFrame) -> None:
    sheet = pen.book.add_worksheet(entry.contract)
    illustrative = entry.basis == "illustrative"
    if illustrative:
        sheet.set_tab_color(workbooks.ALARM)
    mark: Format = pen.alarm if illustrative else pen.section
    said = f"{MADE_UP if illustrative else ''}{entry.title}. Basis: {entry.basis}. {entry.publisher}. {entry.period}"
    sheet.write_string(0, 0, said, mark)
    names = list(frame.columns)
    workbooks.headings(sheet, names, [min(WIDEST, max(NARROWEST, len(name) + 2)) for name in names], pen, row=1)
    numbers = [field.kind in ("integer", "number") for field in CONTRACTS[entry.contract].fields]
    for number, row in enumerate(frame.itertuples(index=False), start=2):
        for place, value in enumerate(row):
            if pd.isna(value):
                continue
            if numbers[place]:
                sheet.write_number(number, place, value)
            else:
                sheet.write_string(number, place, _text(value))


def _text(value: object) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - len(CUT)] + CUT
