"""A commissioner asks of the Overview which five wards are worst off, and whether deprivation has to do with it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pandas as pd
from playwright.sync_api import expect

from tests.browser.reader import PAGES, Reader

FAMILIES = {"provision": "caseload_families"}
TWERTON = "E05012488"
NARROW = "() => ((page) => page.scrollWidth - page.clientWidth)(document.querySelector('[data-testid=stMain]'))"


def downloaded(reader: Reader, key: str) -> pd.DataFrame:
    with reader.page.expect_download() as coming:
        reader.page.locator(f".st-key-{key}_menu").get_by_role("button").first.click()
        reader.page.get_by_role("button", name="Table as CSV").click()
    return pd.read_csv(io.StringIO(coming.value.path().read_text(encoding="utf-8-sig")))


def test_from_the_sentence_to_the_table_to_a_ward_and_back(reader: Reader) -> None:
    reader.open(**FAMILIES)
    expect(reader.page.get_by_text("clearly among the five most under-provided")).to_be_visible()
    five = reader.page.locator(".atlas-five")
    first = five.locator("tbody tr").first
    name = first.get_by_role("link").inner_text()
    table = downloaded(reader, "worst_five_csv")
    assert table["area_name"].iloc[0] == name
    assert f"{table['Among the five'].iloc[0]}" in first.inner_text()
    assert f"{table['Probability'].iloc[0]}" in first.inner_text()
    first.get_by_role("link").click()
    reader.arrives("ward", f"{name} ward")
    expect(reader.page).to_have_url(re.compile("provision=caseload_families"))
    reader.page.go_back()
    reader.arrives("", PAGES[""])
    expect(five).to_be_visible()
    assert not reader.foreign
    assert not reader.errors


def test_the_equity_panel_answers_draws_and_downloads_the_same_figures(reader: Reader) -> None:
    reader.open(**FAMILIES)
    heading = reader.page.get_by_role("heading", name=re.compile("^Equity: is the gap patterned by deprivation"))
    expect(heading).to_contain_text("illustrative")
    picture = reader.page.get_by_role("img", name=re.compile("^Curves of need and of provision"))
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    table = downloaded(reader, "equity_csv").set_index("Measure")
    inequity = table.loc["Horizontal inequity"]
    value, limits = (str(inequity[name]).removeprefix("'") for name in ("Value", "95% limits"))
    sentence = f"horizontal inequity {value}, 95% limits {limits}"
    expect(reader.page.get_by_text(sentence)).to_be_visible()
    assert set(table["basis"]) == {"illustrative"}


def test_a_change_of_the_map_leaves_the_panels_as_they_are(reader: Reader) -> None:
    reader.open(**FAMILIES)
    reader.page.evaluate("() => document.querySelector('.atlas-five').dataset.seen = 'yes'")
    reader.page.evaluate("() => document.querySelector('.atlas-curve').dataset.seen = 'yes'")
    before = reader.fills()[TWERTON]
    reader.choose("Show on the map", "Need")
    expect(reader.ward("Twerton")).not_to_have_attribute("fill", before)
    reader.settled()
    for part in (".atlas-five", ".atlas-curve"):
        expect(reader.page.locator(part)).to_have_attribute("data-seen", "yes")


def test_on_a_phone_in_the_dark_nothing_runs_off_the_page(visit: Callable[..., Reader]) -> None:
    phone = visit(width=390, height=844, dark=True)
    for provided in ("caseload_families", "access_library"):
        phone.open(provision=provided)
        expect(phone.page.locator(".atlas-five")).to_be_visible()
        assert phone.page.evaluate(NARROW) <= 0
        width = phone.page.locator(".atlas-curve img").bounding_box()
        assert width is not None
        assert width["width"] <= 390
