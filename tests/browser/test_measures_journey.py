"""A registrar asks how much depends on the measure, and an expert whether deprivation clusters, in real Chromium."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.reader import Reader
from tests.browser.test_accessibility import is_allowed, violations

BATHWICK, TWERTON = "E05012463", "E05012488"
WHITEWAY_WEST = "E01014462"


def test_a_registrar_colours_the_wards_by_another_measure_and_opens_the_one_that_moves(reader: Reader) -> None:
    reader.open("deprivation", domain="crime", geography="wards")
    by_score = reader.fills()
    reader.page.get_by_role("combobox", name=re.compile("Colour wards by")).click()
    reader.page.get_by_role("option", name="Local concentration", exact=True).click()
    expect(reader.ward("Bathwick")).to_have_attribute("aria-label", re.compile("Local concentration: 31,"))
    by_concentration = reader.fills()
    assert by_concentration[BATHWICK] == by_concentration[TWERTON] == by_score[TWERTON]
    assert by_concentration[BATHWICK] != by_score[BATHWICK]
    expect(reader.page).to_have_url(re.compile("average=concentration"))

    table = reader.page.get_by_role("table", name="Every ward by each measure")
    expect(table.get_by_role("columnheader")).to_have_count(7)
    row = table.get_by_role("row", name=re.compile("^Bathwick"))
    row.scroll_into_view_if_needed()
    expect(row).to_be_in_viewport()

    reader.ward("Bathwick").click()
    reader.arrives("ward", "Bathwick ward")
    reader.page.go_back()
    reader.settled()
    expect(reader.ward("Bathwick")).to_have_attribute("aria-label", re.compile("Local concentration"))
    assert not reader.errors


def test_an_expert_turns_clusters_on_and_the_link_shows_them_again(reader: Reader) -> None:
    reader.open("deprivation")
    assert len(reader.page.locator("iframe").all()) == 1
    reader.page.get_by_text("For experts: do deprived neighbourhoods cluster?").click()
    expect(reader.page.get_by_role("heading", name="Local clusters on the map")).to_be_visible(timeout=30_000)
    reader.settled()
    expect(reader.page).to_have_url(re.compile("experts=on"))
    clustered = reader.page.frame_locator("iframe").nth(1).locator(f'path[data-code="{WHITEWAY_WEST}"]')
    expect(clustered).to_have_attribute("aria-label", re.compile("Deprived, among deprived neighbours"))
    found = [broken for frame in reader.page.frames for broken in violations(frame) if not is_allowed(broken, frame)]
    assert not found, "\n".join(map(str, found))
    reader.page.reload()
    reader.settled()
    expect(reader.page.get_by_role("heading", name="Local clusters on the map")).to_be_visible()


def test_a_phone_shows_the_measures_without_scrolling_the_page_sideways(visit) -> None:
    reader = visit(width=390, height=844)
    reader.open("deprivation", experts="on")
    wide = reader.page.evaluate(
        "() => Math.max(...[document.documentElement, document.querySelector('[data-testid=stMain]')]"
        ".map((box) => box.scrollWidth - box.clientWidth))"
    )
    assert wide == 0
    expect(reader.page.get_by_role("table", name="Every ward by each measure")).to_be_visible()
