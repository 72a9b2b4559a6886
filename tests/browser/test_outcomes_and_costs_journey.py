"""The sub-group assesses itself and takes it away; a commissioner sends a link to costs and tries figures."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pandas as pd
from playwright.sync_api import expect

from tests.browser.reader import Reader

WITHIN_MS = 30_000


def test_the_sub_group_assesses_its_maturity_and_takes_it_away(visit: Callable[..., Reader]) -> None:
    reader = visit().open("outcomes", people="older")
    strand = reader.page.get_by_role("radiogroup", name="Leadership and partnership")
    strand.get_by_text("Developing", exact=True).click()
    said = reader.page.get_by_text("1 of 4 strands assessed, by you, in this session.")
    expect(said).to_be_visible(timeout=WITHIN_MS)
    expect(reader.page).to_have_url(re.compile(r"/outcomes\?people=older$"))
    with reader.page.expect_download() as saved:
        reader.page.locator(".st-key-maturity_csv_menu button").first.click()
        reader.page.get_by_role("button", name="Table as CSV").click()
    table = pd.read_csv(io.BytesIO(saved.value.path().read_bytes()))
    assert dict(zip(table["strand"], table["level"], strict=True))["Leadership and partnership"] == "Developing"
    assert table["basis"].eq("your own assessment").all()


def test_a_commissioner_sends_a_link_to_costs_and_tries_figures(visit: Callable[..., Reader]) -> None:
    reader = visit().open("costs", area="literacy")
    expect(reader.page.get_by_text("£5,000 to £64,000 for each person")).to_be_visible()
    worth = reader.page.get_by_text("Illustrative, on your own figures")
    before = worth.inner_text()
    high = reader.page.get_by_label("Success it brings about (%), high")
    high.fill("40")
    high.press("Enter")
    expect(worth).not_to_have_text(before, timeout=WITHIN_MS)
    expect(reader.page).to_have_url(re.compile(r"/costs\?area=literacy$"))


def test_the_sub_group_tracks_a_recommendation_and_loads_it_again(visit: Callable[..., Reader]) -> None:
    reader = visit().open("outcomes")
    owner = reader.page.get_by_label("Owner", exact=True)
    owner.fill("Ann")
    owner.press("Enter")
    shown = reader.page.get_by_role("table", name="Recommendations, and your own entries on each")
    expect(shown.get_by_text("Ann", exact=True)).to_be_visible(timeout=WITHIN_MS)
    with reader.page.expect_download() as saved:
        reader.page.locator(".st-key-recommendations_csv_menu button").first.click()
        reader.page.get_by_role("button", name="Table as CSV").click()
    content = saved.value.path().read_bytes().replace(b"not known,Ann", b"done,Bea")
    again = visit().open("outcomes")
    again.page.get_by_text("Load entries you saved before").click()
    again.page.locator(".st-key-recommendations_file input").set_input_files(
        {"name": "mine.csv", "mimeType": "text/csv", "buffer": content}
    )
    expect(again.page.get_by_text("mine.csv")).to_be_visible(timeout=WITHIN_MS)
    again.page.get_by_role("button", name="Put these entries in place").click()
    expect(again.page.get_by_text("1 done, 0 under way")).to_be_visible(timeout=WITHIN_MS)
    expect(again.page.get_by_label("Owner", exact=True)).to_have_value("Bea")
