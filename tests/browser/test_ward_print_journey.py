"""A commissioner prints one ward on one sheet of A4."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.reader import Reader

SHEETS = {
    "Twerton": {"edition": "2020", "ward": "E05001966"},
    "Radstock": {"edition": "2020", "ward": "E05001962"},
    "Combe Down": {"ward": "E05012466"},
    "Chew Valley": {"ward": "E05012464"},
}
CUT = """() => [...document.querySelectorAll(".atlas-sheet, .atlas-sheet section, .atlas-sheet td, .atlas-sheet th")]
  .filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => box.textContent.slice(0, 60))"""


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


@pytest.mark.parametrize("name", SHEETS)
def test_a_ward_is_printed_on_one_page_with_nothing_cut_and_no_controls(
    visit: Callable[..., Reader], name: str
) -> None:
    reader = visit().open("ward", print="on", **SHEETS[name])
    expect(reader.page.get_by_role("heading", level=1)).to_have_text(f"{name} ward")
    assert pages_of(reader.page.pdf(format="A4", print_background=True)) == 1
    reader.page.set_viewport_size({"width": 718, "height": 1047})
    reader.page.emulate_media(media="print")
    assert reader.page.evaluate(CUT) == []
    for hidden in ('[data-testid="stSidebar"]', '[data-testid="stHeader"]', ".st-key-off_paper"):
        expect(reader.page.locator(hidden).first).to_be_hidden()
    assert not reader.errors


def test_the_toggle_turns_the_page_into_the_sheet_and_the_link_keeps_it(visit: Callable[..., Reader]) -> None:
    reader = visit().open("ward", ward="E05012466")
    reader.page.get_by_test_id("stCheckbox").get_by_text("One page to print").click()
    expect(reader.page.locator(".atlas-sheet")).to_be_visible()
    expect(reader.page).to_have_url(re.compile("print=on"))
    assert pages_of(reader.page.pdf(format="A4", print_background=True)) == 1
