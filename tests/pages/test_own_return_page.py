"""The page Your return, worked as a reader works it."""

from __future__ import annotations

import gc
from functools import partial

from streamlit.testing.v1 import AppTest

from tests.pages import reader
from tests.pages.reader import answer, drawn, quiet, raw, said
from tests.returns.files import ROW, activity, csv_of

opened = partial(reader.opened, "own_return")


def given(content: bytes, name: str = "return.xlsx") -> AppTest:
    page = opened()
    page.file_uploader(key="return_file").set_value((name, content, "application/octet-stream"))
    return quiet(page.run())


def test_the_page_says_what_to_do_and_offers_the_template() -> None:
    page = opened()
    assert "every fault is named at once. Nothing is stored." in answer(page)
    labels = [button.proto.label for button in page.get("download_button")]
    assert labels[0] == "Download the template (Excel)"
    assert len(labels) == 5
    assert "Places commissioned for families or children" in drawn(page, between="")


def test_every_fault_is_shown_as_words_and_can_be_downloaded() -> None:
    page = given(
        activity({"supported": -1, "service": "<script>alert(1)</script>"}, {"quarter": "2025-26", "new": 2.5})
    )
    assert "This return has 3 faults and may not be loaded." in answer(page)
    assert "the whole year 2025-26" in drawn(page, between="")
    assert "<script>" not in raw(page)
    assert "Download the faults (CSV)" in [button.proto.label for button in page.get("download_button")]
    assert not page.code


def test_markup_in_a_fault_is_shown_escaped() -> None:
    page = given(activity({"quarter": "<img src=x onerror=alert(1)>"}))
    assert "&lt;img src=x onerror" in raw(page).replace("<wbr>", "")
    assert "<img" not in raw(page)


def test_a_hundred_faults_are_on_the_screen_and_the_rest_are_counted() -> None:
    page = given(csv_of([{**ROW, "service": f"S{number}", "new": -1} for number in range(700)]), "return.csv")
    assert "700 faults" in answer(page)
    assert "The first 100 of 700 faults. The download lists 500" in said(page)


def test_a_lawful_return_shows_what_would_change_and_the_command() -> None:
    small = {"service": "Tiny", "supported": 3, "open_at_end": 3, "new": 1, "closed": 0}
    page = given(activity({"supported": 120, "open_at_end": 118}, small, {"service": "Other"}), "my return.xlsx")
    shown = drawn(page, between="")
    assert "This return has no fault and may be loaded." in answer(page)
    assert "held back: small" in shown
    assert "Supported in this return" in shown
    assert "no longer held" in shown
    assert page.code[0].value == "python -m analysis return load 'my return.xlsx'"


def test_nothing_of_a_file_is_left_when_it_is_taken_away() -> None:
    page = given(activity({"supported": 120, "open_at_end": 118, "service": "Remembered nowhere"}))
    page.file_uploader(key="return_file").set_value(None)
    page = quiet(page.run())
    gc.collect()
    assert "Remembered nowhere" not in drawn(page, between="") + said(page)
    assert "every fault is named at once" in answer(page)
