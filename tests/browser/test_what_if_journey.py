"""A commissioner moves 20 places to Twerton, sees the figures change, saves the scenario and opens it again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.reader import Reader

TWERTON, KEYNSHAM_SOUTH = "E05012488", "E05012470"
WITHIN_MS = 30_000


def pick(page: Page, words: str, ward: str) -> None:
    """Choose a ward in a list by typing its name."""
    field = page.get_by_role("combobox", name=words)
    field.click()
    field.fill(ward)
    page.get_by_role("option", name=re.compile(ward)).first.click()


def test_a_commissioner_moves_20_places_to_twerton_and_opens_the_saved_scenario(
    visit: Callable[..., Reader], tmp_path: Path
) -> None:
    reader = visit().open("what_if", service="children_centres", weight="50")
    page, before, fills = reader.page, reader.headline, reader.fills()
    pick(page, "From", "Keynsham South")
    pick(page, "To", "Twerton")
    page.get_by_role("spinbutton", name="Places").first.fill("20")
    page.get_by_role("button", name="Move them").click()
    expect(page.locator(".atlas-answer").first).to_contain_text(
        "Twerton gains, Keynsham South loses", timeout=WITHIN_MS
    )
    expect(page).to_have_url(re.compile(f"changes=move-{KEYNSHAM_SOUTH}-{TWERTON}-20"))
    reader.settled()
    changed = reader.headline
    assert changed != before
    assert reader.fills()[KEYNSHAM_SOUTH] != fills[KEYNSHAM_SOUTH]
    expect(page.get_by_text("Move 20 places from Keynsham South to Twerton").first).to_be_visible()
    with page.expect_download() as coming:
        page.get_by_role("button", name="Save this scenario").click()
    saved = tmp_path / "scenario.json"
    coming.value.save_as(saved)
    (step,) = json.loads(saved.read_text(encoding="utf-8"))["steps"]
    assert step == {"do": "move", "source": KEYNSHAM_SOUTH, "target": TWERTON, "places": 20}

    again = visit().open("what_if", service="children_centres", weight="50")
    assert again.headline == before
    again.page.get_by_text("Open a saved scenario, or use a projected number of children").click()
    again.page.locator('input[type="file"]').first.set_input_files(saved)
    expect(again.page.locator(".atlas-answer").first).to_have_text(changed, timeout=WITHIN_MS)
    again.settled()
    assert again.fills() == reader.fills()
    again.page.get_by_role("button", name="Undo the last").click()
    expect(again.page.locator(".atlas-answer").first).to_have_text(before, timeout=WITHIN_MS)
    assert not [*reader.foreign, *again.foreign]
    assert not [*reader.errors, *again.errors]
