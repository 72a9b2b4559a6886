"""The store behind the pages: a part of a page that meets a newer publication has the whole page run again."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect

from analysis.sources.library import Library
from analysis.store.drafts import put_table, start_draft
from analysis.store.opening import opened
from analysis.store.publishing import publish, roll_back, shown_now
from tests.browser.conftest import served
from tests.browser.reader import Reader, new_reader

NAME = "Autumn <b>figures</b>"


def test_a_click_inside_a_part_of_a_page_shows_a_new_publication_everywhere_on_it(
    reader: Reader, shipped: Library
) -> None:
    reader.open("practitioner_voice")
    which = reader.page.locator(".atlas-which")
    expect(which).to_contain_text("as shipped with the atlas")
    store = opened()
    before = shown_now(store)["2026"]
    draft = start_draft(store, "2026", NAME, "Ann")
    put_table(store, draft, "SITES", shipped.table("SITES").assign(source_title="Autumn list"), {}, "sites.csv", "Ann")
    now = publish(store, draft, before.id, "Ann")
    try:
        expect(which).to_contain_text("as shipped with the atlas")
        question = reader.page.get_by_role("combobox", name="Question")
        for key in ("ArrowDown", "ArrowDown", "Enter"):
            question.press(key)
        expect(which).to_contain_text(f"“{NAME}”, published")
        reader.settled()
    finally:
        roll_back(store, before.version, now, "Ann", about="The test is over.")
        store.engine.dispose()
    assert reader.errors == []


def test_without_a_store_the_atlas_shows_what_it_ships_and_says_so(chromium: Browser, tmp_path: Path) -> None:
    blocked = tmp_path / "a file, not a folder"
    blocked.touch()
    with served(tmp_path / "server.log", environ={"ATLAS_STORE": str(blocked / "atlas.db")}) as address:
        reader = new_reader(chromium, address)
        reader.open()
        alert = reader.page.get_by_role("alert").filter(has_text="This is what the atlas ships")
        expect(alert).to_contain_text("No store can be made at")
        assert "Twerton" in reader.headline
        reader.page.context.close()
