"""A council built from the national files, in real Chromium: chosen at the side, on its own map, down to one ward."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from analysis.build.area.folder import build_area
from analysis.build.area.national import FOLDER
from analysis.sources.library import ROOT, Library
from tests.browser.conftest import served
from tests.browser.reader import PATIENCE_MS, Reader, new_reader

RAW = Path(os.environ.get("ATLAS_RAW", ROOT.parent / "shared"))
CODE, BACKWELL = "E06000024", "E05010276"

pytestmark = pytest.mark.skipif(
    not (RAW / FOLDER).is_dir(),
    reason=f"the national files are not there: no {FOLDER} beside the clone or in ATLAS_RAW",
)


@pytest.fixture(scope="module")
def area(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return build_area(RAW, CODE, tmp_path_factory.mktemp("areas") / CODE)[0]


@pytest.fixture(scope="module")
def address(area: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    log = tmp_path_factory.mktemp("councils") / "server.log"
    with served(log, environ={"ATLAS_AREAS": str(area.root.parent)}) as found:
        yield found


def choose_council(reader: Reader, name: str) -> None:
    reader.page.get_by_test_id("stSidebar").get_by_role(
        "combobox", name=re.compile("^Council|, Council$|Council")
    ).click()
    reader.page.get_by_role("option", name=name, exact=True).click()


def test_a_council_is_chosen_looked_at_on_its_map_and_left_again(
    address: str, area: Library, chromium: Browser
) -> None:
    reader = new_reader(chromium, address)
    reader.open("deprivation", year="2019", geography="wards")
    ours = reader.fills()
    choose_council(reader, "North Somerset")
    expect(reader.page.locator(".atlas-answer")).to_contain_text(
        "neighbourhoods of North Somerset", timeout=PATIENCE_MS
    )
    reader.settled()
    assert sorted(reader.fills()) == area.codes("ward19")
    assert f"council={CODE}" in reader.page.url
    reader.ward("Backwell").press("Enter")
    reader.arrives("ward", "Backwell ward, North Somerset")
    assert "of North Somerset" in reader.headline
    assert f"ward={BACKWELL}" in reader.page.url
    link = reader.page.url
    reader.turn_to("Evidence", "Sources")
    reader.arrives("sources", "Sources for North Somerset")
    reader.turn_to("Provision", "Activity")
    reader.arrives("activity", "Activity")
    expect(reader.page.get_by_text("This page cannot be shown for North Somerset.")).to_be_visible()
    reader.page.get_by_role("link", name="Deprivation").click()
    reader.arrives("deprivation", "Where is deprivation")
    assert "North Somerset" in reader.headline
    choose_council(reader, "Bath and North East Somerset")
    expect(reader.page.locator(".atlas-answer")).to_contain_text("neighbourhoods of B&NES", timeout=PATIENCE_MS)
    assert reader.settled().fills() == ours
    assert "council" not in reader.page.url

    phone = new_reader(chromium, address, width=390, height=844)
    phone.page.goto(link)
    phone.arrives("ward", "Backwell ward, North Somerset")
    assert sorted(phone.fills()) == area.codes("ward19")
    assert phone.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert not reader.errors + phone.errors
    assert not reader.foreign + phone.foreign
    for one in (reader, phone):
        one.page.context.close()
