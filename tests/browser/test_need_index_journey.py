"""A commissioner weighs indicators, sees the answer change, and sends the link."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pandas as pd
from playwright.sync_api import expect

from analysis.present.need_index_view import CLASSES
from analysis.statistics.robustness import Membership
from tests.browser.reader import Reader

TWERTON, KINGSMEAD = "E05012488", "E05012471"
WITHIN_MS = 30_000


def test_a_commissioner_weighs_indicators_and_sends_the_link(visit: Callable[..., Reader]) -> None:
    reader = visit().open("need_index")
    usual = reader.headline
    assert "Twerton, Radstock, Keynsham South and Keynsham North are in the five wards of most need" in usual
    assert reader.fills()[TWERTON] == CLASSES[Membership.CLEARLY].light
    assert reader.fills()[KINGSMEAD] == CLASSES[Membership.POSSIBLY].light

    crime = reader.page.get_by_role("slider", name=re.compile("Crime"))
    crime.press("ArrowRight")
    expect(reader.page).to_have_url(re.compile(r"weights=crime(:|%3A)2$"), timeout=WITHIN_MS)
    expect(crime).to_have_attribute("aria-label", "Crime (40%)")
    expect(reader.page.locator(".atlas-answer").first).not_to_have_text(usual)

    imd = reader.page.get_by_role("button", name="Index of Multiple Deprivation (IMD)")
    imd.click()
    warning = reader.page.get_by_role("alert").filter(has_text="Some things are counted twice")
    expect(warning).to_contain_text("already contains Education, skills and training, Health and disability and Crime")
    expect(reader.page).to_have_url(re.compile(r"crime\.imd"), timeout=WITHIN_MS)
    reader.settled()
    imd.click()
    expect(warning).to_have_count(0)
    expect(reader.page).not_to_have_url(re.compile("imd"), timeout=WITHIN_MS)
    reader.settled()

    reader.page.get_by_text("Places, averaged", exact=True).first.click()
    expect(reader.page).to_have_url(re.compile(r"combine=rank_mean"))
    reader.settled()
    sent = visit()
    sent.page.goto(reader.page.url)
    sent.arrives("need_index", "Which wards have the most need")
    assert (sent.headline, sent.fills()) == (reader.headline, reader.fills())

    reader.page.get_by_role("button", name="Equal weights").click()
    expect(reader.page).to_have_url(f"{reader.base}/need_index?combine=rank_mean")
    expect(crime).to_have_attribute("aria-label", "Crime (25%)")
    assert not reader.foreign
    assert not reader.errors


def test_back_from_a_ward_finds_the_index_as_it_was_left(reader: Reader) -> None:
    reader.open("need_index", weights="crime:3", most="10")
    left = reader.headline
    begun = reader.page.evaluate("history.length")
    reader.ward("Twerton").click()
    reader.arrives("ward", "Twerton ward")
    assert reader.page.evaluate("history.length") == begun + 1
    reader.page.go_back()
    reader.arrives("need_index", "Which wards have the most need")
    assert reader.headline == left
    expect(reader.page.get_by_role("slider", name=re.compile("Crime"))).to_have_attribute("aria-label", "Crime (50%)")


def test_a_ward_in_the_chart_is_a_link_and_the_download_carries_the_limits_of_every_rank(reader: Reader) -> None:
    reader.open("need_index")
    with reader.page.expect_download() as coming:
        reader.page.get_by_role("button", name="Download this table").click()
        reader.page.get_by_role("button", name="Table as CSV").click()
    table = pd.read_csv(io.StringIO(coming.value.path().read_text(encoding="utf-8-sig"))).set_index("area_code")
    assert len(table) == 33
    shown = reader.page.locator('.atlas-ranks ol li:has(a:text-is("Kingsmead")) .shown').inner_text()
    lower, upper = (int(table.loc[KINGSMEAD, f"rank_{end}"]) for end in ("lower", "upper"))
    assert shown == f"{lower}th to {upper}th"
    reader.page.locator(".atlas-ranks").get_by_role("link", name="Kingsmead").click()
    reader.arrives("ward", "Kingsmead ward")
