"""The five most under-provided wards and the Equity panel of the Overview, as a reader meets them."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from analysis.equity import equity
from analysis.gap import gap
from analysis.present import equity_view, worst_five_view
from analysis.sources.library import Library
from analysis.worst_five import worst_five
from tests.pages.reader import chosen, drawn, opened, raw, said

FIVE, EQUITY = "The five most under-provided wards", "Equity: is the gap patterned by deprivation?"
FAMILIES = {"provision": "caseload_families"}
CASES = [
    ("2026", "low_income_bhc2025", "access_gp"),
    ("2026", "idaci2019", "caseload_families"),
    ("2020", "idaci2015", "access_library"),
    ("2020", "children2019", "caseload_youth"),
]


def headings(page: AppTest) -> str:
    return " | ".join(heading.value for heading in page.header)


def words(page: AppTest) -> str:
    return " ".join(drawn(page).split())


@pytest.mark.parametrize(("edition", "need", "provided"), CASES)
def test_the_page_says_what_the_analysis_says(shipped: Library, edition: str, need: str, provided: str) -> None:
    page = opened("overview", edition=edition, need=need, provision=provided)
    result = gap(shipped, edition, need, provided)
    five, shared = worst_five(shipped, result), equity(shipped, result)
    assert worst_five_view.sentence(five, result) in words(page)
    assert equity_view.answer(shared, result) in words(page)
    for sentence in equity_view.sentences(shared, result):
        assert sentence in said(page)
    assert equity_view.reading(shared) in said(page)
    assert FIVE in headings(page)
    assert EQUITY in headings(page)


def test_where_four_wards_were_published_both_say_why_they_are_silent() -> None:
    page = opened("overview", edition="2020")
    assert "Only four wards were published, so which five are most under-provided cannot be asked." in words(page)
    assert FIVE not in headings(page)
    assert EQUITY in headings(page)
    assert any("Only four wards were published, so whether provision follows" in box.value for box in page.info)
    assert 'class="atlas-chart atlas-curve"' not in raw(page)


def test_made_up_figures_are_marked_in_both_panels() -> None:
    page = opened("overview", **FAMILIES)
    assert "Illustrative. Among the" in words(page)
    marked = [heading.value for heading in page.header if FIVE in heading.value or EQUITY in heading.value]
    assert len(marked) == 2
    assert all("illustrative" in heading for heading in marked)


def test_changing_the_provision_changes_both() -> None:
    page = opened("overview", **FAMILIES)
    assert "redraws" in words(page)
    chosen(page, "provision", "access_library")
    assert "redraws" not in words(page)
    assert "However the catchment is drawn" in words(page)
    assert "libraries within reach than their need would give" in words(page)


def test_wards_that_are_not_shown_are_named_in_no_part_of_the_panels(shipped: Library) -> None:
    page = opened("overview", **FAMILIES)
    result = gap(shipped, "2026", "low_income_bhc2025", "caseload_families")
    hidden = result.wards.loc[result.wards["observed"].isna(), "area_name"]
    panels = [part.proto.body for part in page.get("html") if 'class="atlas-five"' in part.proto.body]
    assert len(hidden) > 0
    assert len(panels) == 1
    assert not any(name in panels[0] for name in hidden)
    assert f"Left out: {len(hidden)} wards whose count is not shown" in said(page)


def test_every_table_can_be_downloaded() -> None:
    page = opened("overview", **FAMILIES)
    keys = {button.proto.id.split("-")[-1] for button in page.get("download_button")}
    assert {"gap_csv", "worst_five_csv", "equity_csv", "along_csv"} <= keys


def test_the_picture_has_words_for_those_who_cannot_see_it() -> None:
    page = opened("overview")
    picture = next(part.proto.body for part in page.get("html") if "<img" in part.proto.body)
    assert 'alt="Curves of need and of provision from the most to the least deprived ward. The ' in picture
