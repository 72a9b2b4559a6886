"""The sub-group's meeting in real Chromium: every screen by key at 1280 x 720, a decision, its link, then and now."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from analysis.sources.library import Library
from analysis.store.database import Store
from analysis.store.drafts import put_table, start_draft
from analysis.store.opening import opened
from analysis.store.place import in_file
from analysis.store.publishing import publish, shown_now
from tests.browser.conftest import served
from tests.browser.reader import PATIENCE_MS, Reader, new_reader
from tests.browser.test_accessibility import is_allowed, violations

RADSTOCK, TABLE = "E05001962", "IDACI2015_PRINTED"
VIEW = {"edition": "2020", "ward": RADSTOCK}
LARGE_PX = 24
FIT = """() => {
  const main = document.querySelector('[data-testid="stMain"]');
  const bar = document.querySelector(".st-key-meeting_bar").getBoundingClientRect();
  const parts = [...document.querySelectorAll(".meeting-top, .meeting-screen *, .st-key-meeting_form *")]
    .filter((part) => part.getClientRects().length && !part.closest(".meeting-frozen"));
  const told = [...document.querySelectorAll(".meeting-top span, .meeting-screen *")]
    .filter((part) => [...part.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
    .filter((part) => part.tagName !== "CAPTION" && !part.closest(".meeting-key i"));
  return {
    scrolls: main.scrollHeight > main.clientHeight,
    sideways: document.documentElement.scrollWidth > innerWidth,
    hidden: Math.max(...parts.map((part) => part.getBoundingClientRect().bottom)) > bar.top,
    smallest: Math.min(...told.map((part) => parseFloat(getComputedStyle(part).fontSize))),
    focused: document.activeElement === document.querySelector("h1"),
  };
}"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store of this test's own."""
    held = opened(in_file(tmp_path / "atlas.db"))
    yield held
    held.engine.dispose()


@pytest.fixture
def room(store: Store, tmp_path: Path, chromium: Browser) -> Iterator[Reader]:
    """A screen of a meeting room, on an atlas started for editing on this machine."""
    own = {"ATLAS_STORE": str(tmp_path / "atlas.db"), "ATLAS_LOCAL_EDITING": "1"}
    with served(tmp_path / "server.log", environ=own) as address:
        reader = new_reader(chromium, address, width=1280, height=720)
        yield reader
        reader.page.context.close()


def progress(reader: Reader) -> str:
    return reader.page.locator(".meeting-top span").first.inner_text()


def turned(reader: Reader, key: str, screen: str) -> Reader:
    """Press a key and wait for the screen with this progress, settled and with its heading in focus."""
    reader.page.keyboard.press(key)
    expect(reader.page.locator(".meeting-top span").first).to_have_text(screen)
    reader.settled()
    expect(reader.page.locator("h1")).to_be_focused()
    return reader


def autumn(store: Store, shipped: Library) -> None:
    """Publish figures in which Radstock has seven tenths of its need."""
    rows = shipped.table(TABLE).copy()
    ours = rows["area_code"].eq(RADSTOCK)
    for name in ("count", "percent", "percent_lower", "percent_upper"):
        less = (rows[name] * 0.7).round(0 if name == "count" else 1).astype(rows[name].dtype)
        rows[name] = rows[name].mask(ours, less)
    draft = start_draft(store, "2020", "Autumn", "Ann")
    put_table(store, draft, TABLE, rows, {}, "autumn.csv", "Ann")
    publish(store, draft, shown_now(store)["2020"].id, "Ann")


def test_a_meeting_from_a_page_to_a_decision_and_what_became_of_it(
    room: Reader, store: Store, shipped: Library
) -> None:
    page = room.open(**VIEW).page
    page.get_by_role("button", name="Meeting view").click()
    room.arrives("meeting", "What we will look at")
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.get_by_test_id("stHeader")).to_be_hidden()
    fits(room)
    for number in range(2, 7):
        fits(turned(room, "ArrowRight", f"{number} of 6"))
        expect(page.get_by_role("status").filter(has_text=f"Screen {number} of 6")).to_be_attached()
    turned(room, "Home", "1 of 6")
    turned(room, "End", "6 of 6")
    turned(room, "ArrowLeft", "5 of 6")
    turned(room, "ArrowRight", "6 of 6")

    what = page.get_by_role("textbox", name="What was decided")
    what.fill("Ask for <b>12</b> more places")
    for key in ("ArrowLeft", "Home", "End"):
        what.press(key)
    day = page.get_by_role("spinbutton", name="day, To be looked at again on")
    for key in ("ArrowRight", "Escape"):
        day.press(key)
    page.get_by_role("textbox", name="Why").fill("Contact is below its share.")
    page.get_by_role("textbox", name="Meeting").fill("Early Help sub-group")
    page.get_by_role("textbox", name="Recorded by").fill("Kim")
    page.get_by_role("button", name="Record the decision").click()
    expect(page.get_by_role("status").filter(has_text="Recorded as decision 1")).to_be_visible()
    assert progress(room) == "6 of 7"
    fits(turned_by_button(room, "Next", "7 of 7"))
    expect(page.locator(".meeting-screen")).to_contain_text("every figure shown is as it was")
    link = page.url

    autumn(store, shipped)
    page.goto(link)
    expect(page.locator(".meeting-screen h1")).to_contain_text("Decided on")
    fits(room.settled())
    expect(page.locator(".meeting-screen")).to_contain_text("Ask for <b>12</b> more places")
    expect(page.locator(".meeting-screen")).to_contain_text("Then: Radstock is likely under-provided")
    expect(page.locator(".meeting-screen")).to_contain_text("Now: None of the wards that were listed")
    page.keyboard.press("Escape")
    room.arrives("", "Where does need outstrip provision?")
    expect(page).to_have_url(re.compile(rf"edition=2020&ward={RADSTOCK}"))
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    assert room.errors == []
    assert room.foreign == []


def turned_by_button(reader: Reader, label: str, screen: str) -> Reader:
    reader.page.get_by_role("button", name=label, exact=True).click()
    expect(reader.page.locator(".meeting-top span").first).to_have_text(screen)
    expect(reader.page.locator("h1")).to_be_focused()
    return reader.settled()


def fits(reader: Reader) -> None:
    """Nothing scrolls or is hidden, what is to be read is large, and the heading has the focus."""
    expect(reader.page.locator("h1")).to_be_focused()
    found = reader.page.evaluate(FIT)
    assert found["smallest"] >= LARGE_PX, (progress(reader), found)
    assert [found[name] for name in ("scrolls", "sideways", "hidden")] == [False] * 3, (progress(reader), found)


@pytest.mark.parametrize("screen", ["headline", "map", "options", "decision"])
def test_the_fullest_screens_fit_and_break_no_rule_in_the_dark_too(visit: Callable[..., Reader], screen: str) -> None:
    reader = visit(width=1280, height=720, dark=True)
    reader.page.goto(f"{reader.base}/meeting?screen={screen}")
    expect(reader.page.locator(f".meeting-screen.{screen}")).to_be_visible(timeout=PATIENCE_MS)
    fits(reader.settled())
    frame = reader.page.main_frame
    assert [str(found) for found in violations(frame) if not is_allowed(found, frame)] == []
