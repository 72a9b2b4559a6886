"""A commissioner has a ward's profile made, while somebody else goes on clicking."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect
from pptx import Presentation

from tests.browser.reader import Reader

MADE_WITHIN_MS = 90_000


def test_a_profile_is_made_taken_home_and_kept_from_others(visit: Callable[..., Reader]) -> None:
    commissioner, other = visit().open("ward", ward="E05012488"), visit().open("reports")
    commissioner.page.get_by_role("button", name="Make: Ward profile (PDF)").click()
    other.turn_to("Places", "Ward")
    other.arrives("ward", "Everything known of one ward")
    download = commissioner.page.get_by_role("button", name="Download ward_profile_twerton_2026.pdf")
    expect(download).to_be_visible(timeout=MADE_WITHIN_MS)
    with commissioner.page.expect_download() as saved:
        download.click()
    assert saved.value.suggested_filename == "ward_profile_twerton_2026.pdf"
    assert Path(saved.value.path()).read_bytes().startswith(b"%PDF-1.7")
    commissioner.turn_to("Decide", "Reports")
    commissioner.arrives("reports", "Reports")
    expect(commissioner.page.get_by_role("button", name="Download ward_profile_twerton_2026.pdf")).to_be_visible()
    expect(other.page.get_by_role("button", name="Download ward_profile")).to_have_count(0)
    assert commissioner.errors == other.errors == []
    assert commissioner.foreign == other.foreign == []


def test_a_report_is_cancelled_and_says_so(visit: Callable[..., Reader]) -> None:
    reader = visit(width=390, height=844).open("reports")
    reader.page.get_by_role("button", name="Make: All wards (zip)").click()
    reader.page.get_by_role("button", name="Cancel").click()
    expect(reader.page.get_by_text("was cancelled. Nothing of it was kept.")).to_be_visible(timeout=30_000)
    expect(reader.page.get_by_role("button", name="Make: All wards (zip)")).to_be_enabled()
    assert reader.errors == []


def test_changes_tried_in_what_if_are_taken_into_a_pack(visit: Callable[..., Reader]) -> None:
    tried = {"service": "family_support", "changes": "move-E05012475-E05012488-8", "provision": "caseload_families"}
    reader = visit().open("what_if", **tried)
    reader.page.get_by_role("button", name="Make a meeting pack").click()
    reader.arrives("reports", "Reports")
    expect(reader.page.get_by_text("and the changes tried in What if.")).to_be_visible()
    reader.page.get_by_role("button", name="Make: Meeting pack (PowerPoint)").click()
    download = reader.page.get_by_role("button", name="Download meeting_pack_2026_")
    expect(download).to_be_visible(timeout=MADE_WITHIN_MS)
    with reader.page.expect_download() as saved:
        download.click()
    titles = [slide.shapes.title.text for slide in Presentation(saved.value.path()).slides]
    assert any(title.startswith("With these changes") and "Twerton gains" in title for title in titles)
    assert reader.errors == []
    assert reader.foreign == []
