"""A return given in the browser: faults first, then what would change."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.reader import Reader
from tests.returns.files import activity


def test_a_return_is_corrected_and_given_again(reader: Reader) -> None:
    reader.open("own_return")
    with reader.page.expect_download() as saved:
        reader.page.get_by_role("button", name="Download the template (Excel)").click()
    assert saved.value.suggested_filename == "early_help_return.xlsx"
    upload = reader.page.locator("input[type=file]")
    for content, words in (
        (activity({"new": -1}), "1 fault and may not"),
        (activity({}), "no fault and may be loaded"),
    ):
        upload.set_input_files({"name": "return.xlsx", "mimeType": "application/octet-stream", "buffer": content})
        expect(reader.page.locator(".atlas-answer").first).to_contain_text(words, timeout=30_000)
        reader.settled()
    expect(reader.page.get_by_text("python -m analysis return load return.xlsx")).to_be_visible()
    assert reader.errors == []
    assert reader.foreign == []
