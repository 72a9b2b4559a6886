"""A commissioner tries a site by clicking the map, gives travel times, and sends the link."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.reader import Reader

WITHIN_MS = 30_000
LIBRARY = "library-the-podium-central-library"
NONE = re.compile("^Radstock. No family hub within 30 minutes on foot")
SOME = re.compile("^Radstock. Within reach: [1-9]")


def test_a_site_placed_on_the_map_raises_a_ward_and_is_in_the_link(visit: Callable[..., Reader]) -> None:
    reader = visit().open("access", sought="children_centres", placing="on")
    radstock = reader.ward("Radstock")
    expect(radstock).to_have_attribute("aria-label", NONE)
    radstock.click()
    expect(reader.page).to_have_url(re.compile(r"added=51\.\d{5}%2C-2\.\d{5}%2C20%2CSite\+1"), timeout=WITHIN_MS)
    reader.settled()
    expect(reader.ward("Radstock")).to_have_attribute("aria-label", SOME, timeout=WITHIN_MS)
    assert "One site that you added is counted in." in reader.page.locator(".atlas-more").first.inner_text()

    sent = visit()
    sent.page.goto(reader.page.url)
    sent.arrives("access", "What can families reach")
    assert sent.ward("Radstock").get_attribute("aria-label") == reader.ward("Radstock").get_attribute("aria-label")
    assert (sent.headline, sent.fills()) == (reader.headline, reader.fills())

    reader.ward("Twerton").focus()
    reader.page.keyboard.press("Enter")
    expect(reader.page).to_have_url(re.compile(r"Site\+1%3B51\.\d{5}%2C-2\.\d{5}%2C20%2CSite\+2"), timeout=WITHIN_MS)
    reader.settled()
    assert not reader.foreign
    assert not reader.errors


def test_travel_times_are_taken_up_whole_or_not_at_all(reader: Reader) -> None:
    reader.open("access")
    reader.page.get_by_text("Give travel times from a route planner").click()
    given = reader.page.locator('input[type="file"]')
    header = "from_code,site_id,mode,minutes\n"
    rows = f"{header}E01014370,library-lost,foot,-5\n"
    given.set_input_files({"name": "bad.csv", "mimeType": "text/csv", "buffer": rows.encode()})
    report = reader.page.get_by_text("bad.csv was not taken up: 2 faults.")
    expect(report).to_be_visible(timeout=WITHIN_MS)
    expect(reader.page.get_by_text("row 2, column site_id: found 'library-lost'")).to_be_visible()
    assert "stands in for every journey" in reader.page.locator(".atlas-more").first.inner_text()

    rows = f"{header}E01014370,{LIBRARY},foot,7\n"
    given.set_input_files({"name": "good.csv", "mimeType": "text/csv", "buffer": rows.encode()})
    expect(reader.page.get_by_text("The table you gave holds one journey.")).to_be_visible(timeout=WITHIN_MS)
    expect(reader.page.locator(".atlas-more").first).to_contain_text("Under 1% of the journeys come from the table")
    reader.settled()
    reader.choose("How people travel", "By bus")
    expect(reader.page.locator(".atlas-more").first).to_contain_text("stands in for every journey", timeout=WITHIN_MS)
    reader.settled()
    reader.page.get_by_role("button", name="Go back to the stand-in").click()
    expect(reader.page.get_by_text("The table you gave holds")).to_have_count(0, timeout=WITHIN_MS)
    assert not reader.errors
