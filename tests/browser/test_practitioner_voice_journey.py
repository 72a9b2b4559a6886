"""The Early Help sub-group reads what schools said, opens a need on the service map by keyboard, and comes back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.reader import Reader


def test_from_what_schools_said_to_the_services_listed_and_back(visit: Callable[..., Reader]) -> None:
    reader = visit().open("practitioner_voice", edition="2020")
    assert "Of the 51 practitioners" in reader.headline
    reader.choose("Whose answers", "Schools only")
    expect(reader.page.locator(".atlas-answer").first).to_contain_text("Of the 12 people in schools")
    expect(reader.page).to_have_url(re.compile(r"respondents=schools"))

    need = reader.page.get_by_role("link", name="Poverty and debt")
    need.focus()
    need.press("Enter")
    reader.arrives("coverage", "Which needs have a service")
    expect(reader.page).to_have_url(re.compile(r"of=poverty_debt"))
    reader.page.go_back()
    reader.arrives("practitioner_voice", "What do practitioners say is missing?")
    assert "Of the 12 people in schools" in reader.headline
    assert not reader.foreign


@pytest.mark.parametrize("width", [390, 768])
def test_a_narrow_screen_does_not_scroll_sideways(visit: Callable[..., Reader], width: int) -> None:
    reader = visit(width=width).open("practitioner_voice", question="resources")
    assert reader.page.evaluate("() => document.documentElement.scrollWidth") <= width
    chart = reader.page.locator(".atlas-bars:not(.atlas-gaps)").bounding_box()
    assert chart is not None
    assert chart["x"] + chart["width"] <= width
