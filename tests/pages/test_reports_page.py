"""Asking for reports, on their own page and on that of a ward."""

from __future__ import annotations

from functools import partial

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages import reader
from tests.pages.reader import answer, quiet, said

TWERTON = "E05012488"
PROFILE, ALL = "Make: Ward profile (PDF)", "Make: All wards (zip)"
opened = partial(reader.opened, "reports")


def button(page: AppTest, words: str):
    return next(one for one in page.button if one.label == words)


def labels(page: AppTest) -> list[str]:
    return [one.label for one in page.button]


def test_the_page_says_what_can_be_made_of_what_is_chosen() -> None:
    page = opened(edition="2020", ward="E05001962")
    assert "the 2020 edition, Children in income-deprived families (IDACI 2015, as printed), Radstock ward" in answer(
        page
    )
    assert [one.value for one in page.subheader] == [
        "Ward profile (PDF)",
        "All wards (zip)",
        "Needs assessment (Word)",
        "Meeting pack (PowerPoint)",
        "Meeting pack (PDF)",
    ]
    assert "what is not known and why, with every source" in said(page)
    assert not button(page, PROFILE).disabled


def test_without_a_ward_its_profile_cannot_be_asked_for_and_the_page_says_why() -> None:
    page = opened()
    assert button(page, PROFILE).disabled
    assert "Choose a ward at the side first." in said(page)
    assert not button(page, ALL).disabled


@pytest.mark.parametrize("place", ["reports", "ward"])
def test_a_report_is_asked_for_and_cancelled(place: str) -> None:
    page = reader.opened(place, ward=TWERTON)
    button(page, ALL).click()
    quiet(page.run())
    assert button(page, PROFILE).disabled
    assert button(page, ALL).disabled
    button(page, "Cancel").click()
    quiet(page.run())
    assert [one.value for one in page.info] == ["All wards (zip), 2026 edition was cancelled. Nothing of it was kept."]
    assert not button(page, ALL).disabled
    assert "Cancel" not in labels(page)


def test_a_pack_says_what_will_be_in_it_and_is_asked_for() -> None:
    page = opened(
        provision="access_gp",
        ward="West Bath",
        groups="West Bath:E05012486.E05012488",
        service="family_support",
        changes="move-E05012475-E05012488-8",
    )
    assert (
        "A meeting pack sets the need against: GP surgeries within reach, one locality and the changes tried in "
        "What if."
    ) in answer(page)
    button(page, "Make: Meeting pack (PDF)").click()
    quiet(page.run())
    assert button(page, "Make: Meeting pack (PowerPoint)").disabled
    button(page, "Cancel").click()
    quiet(page.run())
    assert [one.value for one in page.info] == [
        "Meeting pack (PDF), West Bath, 2026 edition was cancelled. Nothing of it was kept."
    ]


@pytest.mark.parametrize("place", ["overview", "what_if"])
def test_pages_with_a_finding_lead_to_the_pack(place: str) -> None:
    page = reader.opened(place)
    assert "Make a meeting pack" in labels(page)
