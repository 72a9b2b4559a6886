"""A registrar renews a table in the browser, from the template to everybody's next click."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Browser, Error, Page, expect

from analysis.sources.library import Library
from analysis.sources.written import as_text
from tests.browser.conftest import served
from tests.browser.reader import Reader, new_reader
from tests.browser.test_accessibility import OPEN_ALL, is_allowed, violations

TABLE, WARD = "Children under 16 in low-income families by ward", "E05012466"
HEADING = "Number of <b>children</b>"
NAME, NOTE = "Autumn <b>2026</b> *figures*", "Counts of **Combe Down** corrected."
WITHIN_MS = 60_000


@dataclass(frozen=True)
class Edited:
    """An atlas started for editing on this machine, and the file of its store."""

    address: str
    file: Path


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edited]:
    folder = tmp_path_factory.mktemp("edited")
    environ = {"ATLAS_LOCAL_EDITING": "1", "ATLAS_STORE": str(folder / "atlas.db")}
    with served(folder / "server.log", environ=environ) as address:
        yield Edited(address, folder / "atlas.db")


@pytest.fixture
def editor(edited: Edited, chromium: Browser) -> Iterator[Callable[[str], Reader]]:
    """Editors with a tab each, who gave their name; without one, a reader of the overview."""
    opened: list[Reader] = []

    def begin(name: str) -> Reader:
        opened.append(new_reader(chromium, edited.address))
        if not name:
            return opened[-1].open(edition="2026")
        opened[-1].open("update")
        return fill(opened[-1], "Your name, for the log", name)

    yield begin
    for reader in opened:
        reader.page.context.close()


def fill(reader: Reader, words: str, text: str) -> Reader:
    field = reader.page.get_by_role("textbox", name=words, exact=True)
    field.fill(text)
    field.press("Tab")
    return reader.settled()


def press(reader: Reader, words: str, shows: str | re.Pattern[str]) -> Reader:
    """Press a button and wait for what it shows, and then for the end of the run."""
    reader.page.get_by_role("button", name=words).first.click(timeout=WITHIN_MS)
    expect(reader.page.get_by_text(shows).first).to_be_visible(timeout=WITHIN_MS)
    return reader.settled()


def pick(reader: Reader, words: str, option: str) -> None:
    """Choose by keyboard; a list that a late part of the page closed again is opened once more."""
    field = reader.settled().page.get_by_role("combobox", name=words)
    offered = reader.page.get_by_role("option", name=option).first
    for patience in (5_000, WITHIN_MS):
        field.press("ArrowDown")
        field.fill(option)
        try:
            offered.wait_for(timeout=patience)
        except Error:
            continue
        field.press("Enter")
        return
    raise AssertionError(f"{words} does not offer {option}")


def saved(page: Page, words: str) -> tuple[str, bytes]:
    with page.expect_download() as coming:
        page.get_by_role("button", name=words).click()
    return coming.value.suggested_filename, Path(coming.value.path()).read_bytes()


def workbook(rows: pd.DataFrame, headings: Mapping[str, str], faults: Mapping[int, str]) -> bytes:
    """The rows as a registrar sends them: a title above, other headings, and a word in some counts."""
    book = Workbook()
    sheet = book.active
    sheet.append(["Low-income families, sent by the department"])
    sheet.append([headings.get(name, name) for name in rows.columns])
    place = list(rows.columns).index("count")
    for number, row in enumerate(rows.itertuples(index=False)):
        cells = [float(cell) if re.fullmatch(r"[0-9.]+", cell) else cell for cell in row]
        cells[place] = faults.get(number, cells[place])
        sheet.append(cells)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def changed(shipped: Library) -> pd.DataFrame:
    rows = shipped.table("CHILD_POVERTY_WARD")
    return as_text(rows.assign(count=rows["count"].mask(rows["ward19_code"].eq(WARD), rows["count"] * 2)))


def upload(reader: Reader, name: str, content: bytes, shows: str) -> Reader:
    given = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    reader.page.locator("input[type=file]").set_input_files(given)
    expect(reader.page.get_by_text(f"{name} {shows}")).to_be_visible(timeout=WITHIN_MS)
    return reader.settled()


def test_a_registrar_renews_a_table_from_its_template_to_everybodys_next_click(
    editor: Callable[[str], Reader], shipped: Library
) -> None:
    other, mine = editor(""), editor("Rosa Registrar")
    page, rows, before = mine.page, changed(shipped), other.headline
    fill(mine, "Name of a new draft", NAME)
    press(mine, "Start this draft", f"The draft “{NAME}” of the 2026 edition holds no table yet.")
    name, template = saved(page, "Download the template (Excel)")
    assert name == "template_child_poverty_ward.xlsx"
    assert list(rows.columns) in headings_of(template)

    faulty = workbook(rows, {"count": HEADING}, {0: "n/a", 7: "=1+1", 9: "<i>many</i>"})
    upload(mine, "wards.xlsx", faulty, "has")
    expect(page.get_by_text("The headings were taken from row 2 of the sheet")).to_be_visible()
    pick(mine, "Count (count)", HEADING)
    expect(page.get_by_text("wards.xlsx has 4 faults")).to_be_visible(timeout=WITHIN_MS)
    mine.settled()
    _, marked = saved(page, "Download your file with every fault marked")
    cells = [cell for sheet in load_workbook(io.BytesIO(marked)) for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]

    press(mine, "Take the file away", "Upload a file, and every fault in it is named here at once")
    upload(mine, "corrected.xlsx", workbook(rows, {"count": HEADING}, {}), "has no fault: 330 rows.")
    fill(mine, "Period", "years ending March 2022 to 2026")
    press(mine, "Put this table into the draft", f"330 rows of {TABLE} are in the draft")
    press(mine, "Accept all", re.compile(r"warnings, 0 still to be accepted"))
    press(mine, "Compare", "Why each finding flips")
    pick(mine, "Findings of", "Every finding that flips")
    expect(page.get_by_role("combobox", name="Part of the list")).to_be_visible(timeout=WITHIN_MS)
    mine.settled()
    fill(mine, "One reason for several findings", "Two counts were exchanged.")
    press(mine, "Give it to all of these without one", re.compile(r"^(\d+) of \1 findings have a reason"))
    fill(mine, "Note for everybody", NOTE)
    expect(page.get_by_text("Nothing keeps it from being published.")).to_be_visible(timeout=WITHIN_MS)
    page.evaluate(OPEN_ALL)
    found = [one for frame in mine.settled().page.frames for one in violations(frame) if not is_allowed(one, frame)]
    assert not found, "\n".join(map(str, found))
    press(mine, "Publish for everybody as the 2026 edition", "Published: publication")

    assert other.headline == before
    other.choose("Show on the map", "Need")
    expect(other.page.locator(".atlas-which")).to_contain_text(NAME, timeout=WITHIN_MS)
    expect(page.get_by_role("table", name="Publications, newest first")).to_contain_text(NOTE)
    assert mine.errors + other.errors == []
    assert mine.foreign + other.foreign == []


def headings_of(book: bytes) -> list[list[object]]:
    """The first rows of every sheet of a workbook, without their blank cells."""
    sheets = load_workbook(io.BytesIO(book))
    return [
        [cell.value for cell in row if cell.value is not None] for sheet in sheets for row in sheet.iter_rows(max_row=5)
    ]
