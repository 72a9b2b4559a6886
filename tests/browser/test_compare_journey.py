"""A commissioner follows a printed profile to the newest figures of all councils, and takes them away."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pandas as pd
from playwright.sync_api import expect

from tests.browser.reader import Reader

WITHIN_MS = 30_000


def test_a_commissioner_goes_from_a_printed_figure_to_the_newest_of_all(visit: Callable[..., Reader]) -> None:
    reader = visit().open("compare", part="profiles")
    assert "side by side as printed" in reader.headline
    reader.page.get_by_role("link", name="Under 18 Conception rates").click()
    expect(reader.page).to_have_url(re.compile(r"compare\?indicator=lait_under18concep$"), timeout=WITHIN_MS)
    expect(reader.page.locator(".atlas-answer").first).to_contain_text("Under 18 Conception rates", timeout=WITHIN_MS)
    reader.settled()
    with reader.page.expect_download() as waiting:
        reader.page.get_by_role("button", name="Download this table").click()
        reader.page.get_by_role("button", name="Table as CSV").click()
    rows = pd.read_csv(io.BytesIO(waiting.value.path().read_bytes()))
    assert {"Bath and North East Somerset", "Halton", "York", "England"} <= set(rows["area_name"])
    assert rows["locator"].notna().all()
    assert reader.errors == []
    assert reader.foreign == []
