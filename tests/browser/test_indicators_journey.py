"""A registrar finds an indicator by typing, follows a topic, and keeps the link."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pandas as pd
from playwright.sync_api import expect

from tests.browser.reader import Reader

WITHIN_MS = 30_000


def test_a_registrar_finds_an_indicator_by_typing(visit: Callable[..., Reader]) -> None:
    reader = visit().open("indicators")
    box = reader.page.get_by_role("searchbox", name="Search the indicators by word")
    box.press_sequentially("injury under 15")
    result = reader.page.get_by_role("button", name="Hospital admissions for injury, children under 15")
    expect(result).to_be_visible(timeout=WITHIN_MS)
    result.click()
    expect(reader.page).to_have_url(re.compile(r"indicator=admissions_injury_0_14$"), timeout=WITHIN_MS)
    expect(reader.page.locator(".atlas-answer").first).to_contain_text("children under 15: 65.3", timeout=WITHIN_MS)
    expect(box).to_have_value("")
    reader.settled()
    with reader.page.expect_download() as waiting:
        reader.page.get_by_role("button", name="Download every figure of it").click()
        reader.page.get_by_role("button", name="Table as CSV").click()
    rows = pd.read_csv(io.BytesIO(waiting.value.path().read_bytes()))
    assert rows["locator"].notna().all()
    assert reader.errors == []
    assert reader.foreign == []


def test_a_link_of_a_topic_is_followed_without_loading_the_page_again(visit: Callable[..., Reader]) -> None:
    reader = visit().open("indicators")
    reader.page.evaluate("window.still = true")
    reader.page.get_by_role("link", name="Social care").click()
    expect(reader.page).to_have_url(re.compile(r"subject=social(\+|%20)care$"), timeout=WITHIN_MS)
    reader.page.get_by_role("link", name="Looked-after children Overall Absence").click()
    expect(reader.page).to_have_url(re.compile(r"indicator=lait_lac_over_abs$"), timeout=WITHIN_MS)
    expect(reader.page.locator(".atlas-answer").first).to_contain_text(
        "Looked-after children Overall Absence", timeout=WITHIN_MS
    )
    expect(reader.page.locator(".atlas-answer").first).to_be_in_viewport()
    reader.settled().page.get_by_role("combobox", name="Period").click()
    reader.page.get_by_role("option", name="2019", exact=True).click()
    expect(reader.page.locator(".atlas-answer").first).to_contain_text("in B&NES, 2019", timeout=WITHIN_MS)
    expect(reader.page).to_have_url(re.compile(r"period=2019"), timeout=WITHIN_MS)
    reader.page.get_by_role("button", name="All of social care").click()
    expect(reader.page.locator(".atlas-answer").first).to_contain_text("Social care: B&NES is", timeout=WITHIN_MS)
    reader.choose("Show the topic", "Beside other places")
    expect(reader.page.get_by_role("region", name="Indicators against England, place by place")).to_be_visible(
        timeout=WITHIN_MS
    )
    assert reader.page.evaluate("window.still")
