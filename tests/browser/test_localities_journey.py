"""A commissioner makes a locality on the map, reads its answer, and keeps the link."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.reader import Reader

WITHIN_MS = 30_000


def test_a_commissioner_makes_a_locality_from_the_map_and_the_list(visit: Callable[..., Reader]) -> None:
    reader = visit().open("localities")
    reader.ward("Paulton").click()
    expect(reader.page).to_have_url(re.compile(r"pick=E05012481$"), timeout=WITHIN_MS)
    reader.settled()
    reader.ward("Timsbury").click()
    expect(reader.page).to_have_url(re.compile(r"pick=E05012481\.E05012487$"), timeout=WITHIN_MS)
    reader.settled()
    reader.page.get_by_role("textbox", name="Its name").fill("Cam Valley")
    reader.page.get_by_role("textbox", name="Its name").press("Enter")
    reader.settled()
    reader.page.get_by_role("button", name="Make this locality").click()
    expect(reader.page.locator(".atlas-answer").first).to_contain_text("Cam Valley (2 wards):", timeout=WITHIN_MS)
    reader.settled()
    marked = reader.map_frame.locator('path[aria-current="true"]')
    assert sorted(marked.evaluate_all("all => all.map((path) => path.dataset.code)")) == ["E05012481", "E05012487"]
    again = visit()
    again.page.goto(reader.page.url)
    again.arrives("localities", "by locality?")
    assert again.headline == reader.headline
    assert reader.errors == []
    assert reader.foreign == []
