"""The Service coverage page, worked as a reader works it: the matrix, one cell, section 7, places within reach."""

from __future__ import annotations

import re
from functools import partial

import pandas as pd
import pytest

from analysis import reach, service_gaps, services
from analysis.editions import EDITIONS
from analysis.present import coverage_gaps_view, coverage_matrix, coverage_view, reach_view
from analysis.present.coverage_gaps_view import Gap
from analysis.present.palette import BASIS_WORDS
from analysis.sources.library import Library
from tests.pages import reader
from tests.pages.reader import quiet, said

ILLUSTRATIVE = BASIS_WORDS["illustrative"]

opened = partial(reader.opened, "coverage")
drawn = partial(reader.drawn, between="")


@pytest.fixture(scope="module")
def cells(shipped: Library) -> pd.DataFrame:
    return services.cells(shipped)


def test_the_page_answers_first_with_the_gaps() -> None:
    words = drawn(opened())
    assert "Of 72 pairings of a need with a life stage, 44 have a service listed and 2 are a need with none" in words
    assert "worklessness (parents and carers)" in words
    assert "missing from education (before birth to age 4)" in words
    assert "16 more cannot be read" in words


def test_the_key_counts_every_state() -> None:
    words = drawn(opened())
    for phrase in (
        "A service is listed (44 cells)",
        "no service listed (2 cells)",
        "merged cells lost (16 cells)",
        "Not named as a need at this life stage (10 cells)",
    ):
        assert phrase in words


def test_the_matrix_is_a_real_table_in_a_region_a_keyboard_can_reach(cells: pd.DataFrame) -> None:
    table = coverage_matrix.html(cells, dark=False)
    assert 'role="region" tabindex="0" aria-label="Service map' in table
    assert table.count("<caption>") == 1
    assert table.count('<th scope="col">') == 5
    assert table.count('<th scope="row">') == 18
    assert table.count("<td ") == 72


def test_every_cell_has_a_sign_and_words(cells: pd.DataFrame) -> None:
    table = coverage_matrix.html(cells, dark=True)
    for state, many in cells["cell"].value_counts().items():
        found = re.findall(rf'<td class="{state}"><b aria-hidden="true">(.)</b>(.*?)</td>', table)
        assert len(found) == many
        assert {sign for sign, _ in found} == {coverage_matrix.SIGNS[state]}
        assert all(re.sub(r"<[^>]+>", "", words).strip() for _, words in found)


def test_uncovered_and_unclear_cells_say_different_things(cells: pd.DataFrame) -> None:
    table = coverage_matrix.html(cells, dark=False)
    assert table.count("<span>No service listed</span>") == 2
    assert table.count("<span>Cannot be read: merged cells lost</span>") == 16
    assert table.count("<small>not marked in section 7</small>") == 6


def test_words_from_the_file_are_escaped() -> None:
    row = {
        "need": "<script>",
        "services": 1,
        "commissioned": 1,
        "names": ("<img onerror=x>",),
        "marks": ("yes",),
        "cell": "covered",
        "marked": True,
    }
    hostile = pd.DataFrame([{**row, "life_stage": stage} for stage in services.LIFE_STAGES])
    table = coverage_matrix.html(hostile, dark=False)
    assert "<script>" not in table
    assert "<img" not in table
    assert "&lt;img onerror=x&gt;" in table


@pytest.mark.parametrize(
    ("many", "commissioned", "words"),
    [
        (1, 1, "1 service, commissioned"),
        (1, 0, "1 service, none marked as commissioned"),
        (2, 2, "2 services, both commissioned"),
        (4, 4, "4 services, all commissioned"),
        (5, 2, "5 services, 2 commissioned"),
    ],
)
def test_a_cell_counts_its_services_in_words(many: int, commissioned: int, words: str) -> None:
    assert coverage_matrix.counted(pd.Series({"services": many, "commissioned": commissioned})) == words


def test_nothing_is_ever_called_not_commissioned() -> None:
    words = drawn(opened()) + re.sub("“not marked”, never “not commissioned”", "", said(opened()))
    assert "not commissioned" not in words


def test_one_cell_is_opened_by_need_and_life_stage() -> None:
    page = opened()
    page.selectbox(key="of").set_value("substance_misuse").run()
    page.selectbox(key="stage").set_value("parents").run()
    quiet(page)
    assert "Developing Health and Independence (DHI)" in drawn(page)
    assert page.query_params["of"] == "substance_misuse"
    assert page.query_params["stage"] == "parents"


def test_a_need_without_a_service_says_so_with_the_reason() -> None:
    page = opened(of="worklessness", stage="parents")
    assert any("no service is listed" in note.value for note in page.info)
    assert "Section 7 marks this as a need" in said(page)


def test_a_cell_that_cannot_be_read_says_why_and_is_not_called_a_gap() -> None:
    page = opened(of="housing", stage="age_5_to_11")
    assert any("cannot be read" in note.value and "spanning the row" in note.value for note in page.info)
    assert not any("no service is listed" in note.value for note in page.info)


def test_abbreviations_in_a_cell_are_written_out() -> None:
    assert "AWP: Avon and Wiltshire" in said(opened(of="mental_wellbeing", stage="parents"))


def test_section_7_stands_beside_with_its_19_needs() -> None:
    words = drawn(opened())
    assert "Debt and financial advice" in words
    assert "Impact of poverty" in words
    assert words.count("✓ marked") == 60
    assert words.count("– not marked") == 16
    assert "in 24 of 72 cells" in said(opened())


def test_the_service_map_says_how_old_it_is() -> None:
    assert "as at May 2020" in said(opened(edition="2020"))
    assert "the 2026 edition has no newer one" in said(opened(edition="2026"))


@pytest.mark.parametrize("edition", list(EDITIONS))
@pytest.mark.parametrize("kind", list(reach.PLACE_KINDS))
def test_every_kind_of_place_is_shown_on_its_own(edition: str, kind: str) -> None:
    page = opened(edition=edition, kind=kind)
    table = page.dataframe[0].value
    assert len(table) == (37 if edition == "2020" else 33)
    assert f"{reach_view.KINDS[kind][0]}, list of" in said(page)
    assert "never added" in said(page)
    per_head = table["For each 1,000 children"].astype(float)
    assert per_head.is_monotonic_increasing


def test_served_by_is_told_apart_from_located_in() -> None:
    page = opened(edition="2026", kind="school")
    assert "Within reach is not the same as inside the ward" in said(page)
    walcot = page.dataframe[0].value.set_index("Ward").loc["Walcot"]
    assert walcot["In the ward"] == "0"
    assert float(walcot["For each 1,000 children"]) > 1


def test_wards_on_the_edge_are_marked() -> None:
    page = opened(edition="2026")
    table = page.dataframe[0].value.set_index("Ward")["On the edge"]
    assert (table["Saltford"], table["Twerton"]) == ("yes", "no")
    assert "wards on its edge may have more than is shown" in said(page)


def test_the_catchment_changes_the_answer_and_the_address() -> None:
    page = opened(edition="2026")
    before = page.dataframe[0].value.set_index("Ward")["For each 1,000 children"]
    page.selectbox(key="catchment").set_value("bus30").run()
    quiet(page)
    after = page.dataframe[0].value.set_index("Ward")["For each 1,000 children"]
    assert not before.sort_index().equals(after.sort_index())
    assert page.query_params["catchment"] == "bus30"
    assert "12 km an hour" in said(page)


def test_illustrative_sites_are_shown_only_with_their_badge() -> None:
    page = opened()
    assert ILLUSTRATIVE not in said(page)
    page.segmented_control(key="sites").set_value("own").run()
    quiet(page)
    assert ILLUSTRATIVE in said(page)
    assert "The dots are made up" in said(page)


def test_wards_with_nothing_in_reach_are_a_class_of_their_own(shipped: Library) -> None:
    rows = reach.by_catchment(shipped, "library", "2026", "walk30")
    counted = {item.label: many for item, many in reach_view.banded(rows).counts().items()}
    assert counted["None within reach"] == 9
    assert sum(counted.values()) == 33


def test_dots_say_what_they_are(shipped: Library) -> None:
    listed = reach_view.dots(reach.sites(shipped, "gp", "2026"), "gp", dark=False)
    assert len(listed) == 21
    assert all(dot.lines[1] == "GP surgery, list of 2022" for dot in listed)
    made_up = reach_view.own_dots(reach.commissioned_sites(shipped, "2026"), dark=False)
    assert all("made up" in dot.lines[1] for dot in made_up)


def test_the_method_says_which_places_nobody_reaches(shipped: Library) -> None:
    rows = reach.by_catchment(shipped, "play", "2026", "walk30")
    words = reach_view.method("walk30", float(rows["places"].sum()), 128)
    assert "3 of the 128 listed places are beyond the reach" in words
    assert "beyond the reach" not in reach_view.method("walk30", 8.0, 8)


def test_downloads_carry_what_was_chosen(shipped: Library, cells: pd.DataFrame) -> None:
    rows = reach.by_catchment(shipped, "gp", "2026", "walk20")
    table = reach_view.download(rows, shipped.names, "gp", "2026", "walk20", "2022")
    assert {"kind", "edition", "catchment", "list_year", "basis"} <= set(table.columns)
    assert len(coverage_view.download(cells)) == 72


def test_an_unknown_value_in_the_link_falls_back_with_a_note() -> None:
    page = opened(kind="<i>pub</i>", catchment="moon")
    assert "8 libraries" in said(page)
    assert "is not offered here" in said(page)


def test_filters_narrow_the_matrix_and_stand_in_the_address() -> None:
    page = opened()
    page.selectbox(key="life").set_value("parents").run()
    quiet(page)
    assert page.query_params["life"] == "parents"
    assert "Showing 18 of the 72 pairings, of 18 needs." in said(page)
    assert reader.raw(page).count('<td class="') == 18
    page.selectbox(key="about").set_value("worklessness").run()
    quiet(page)
    assert "Showing 1 of the 72 pairings, of 1 need." in said(page)
    assert "The one cell shown is a need with no service listed." in said(page)


def test_a_provider_shows_its_own_services_and_calls_nothing_else_a_gap() -> None:
    page = opened(provider="southside")
    words = drawn(page)
    assert "Southside is listed in" in said(page)
    assert "no other provider is listed: domestic abuse (parents and carers)" in said(page)
    assert "A service is listed, of other providers only" in words
    assert "Other providers only" in words
    assert "leaves this list as it is" in said(page)
    assert "Project 28" not in reader.raw(page).split("atlas-uncovered")[0]


def test_a_provider_listed_nowhere_in_the_choice_is_said_to_be() -> None:
    page = opened(provider="cruise", about="worklessness")
    assert "CRUISE is listed nowhere among the needs and life stages chosen." in said(page)
    assert any("None of the needs chosen" in note.value for note in page.info)


def test_the_filters_leave_the_cell_looked_at_alone() -> None:
    page = opened(of="substance_misuse", stage="parents", life="age_5_to_11")
    assert "Developing Health and Independence (DHI)" in drawn(page)
    assert page.query_params["of"] == "substance_misuse"


def test_uncovered_cells_are_listed_with_the_wards_where_the_need_is_greatest() -> None:
    words = drawn(opened(edition="2020"), between=" ")
    assert "Worklessness: parents and carers" in words
    assert "A ward figure counts part of this need" in words
    assert "28.2" in words
    assert "(25.1 to 31.6)" in words
    assert "▲ higher, for certain" in words
    assert "Census 2011" in words


def test_a_near_figure_is_never_called_the_need_itself() -> None:
    page = opened(edition="2026")
    assert "Missing from education: no ward figure counts it; the nearest, the education domain" in said(page)
    words = drawn(page, between=" ")
    assert "No figure for these wards counts this need; the nearest published is shown" in words
    assert "counts no child under 5" in words
    assert "The indices are published without limits" in words


def test_a_need_without_a_ward_figure_says_so() -> None:
    words = drawn(opened(), between=" ")
    assert "No ward figure of this need is published, so no wards are named." in words
    assert "No ward figure of special educational needs is published" in words
    assert "No ward figure of parents who are carers" in words


def test_wards_in_the_list_lead_to_their_page_with_the_edition_kept() -> None:
    body = reader.raw(opened(edition="2020"))
    assert re.search(r'href="ward\?edition=2020&amp;ward=E05\d+"', body)


def test_where_nothing_is_uncovered_the_list_says_so() -> None:
    assert "is a need that certainly has no service" in said(opened(about="neet"))


def test_section_7_stands_against_services_and_providers() -> None:
    page = opened()
    assert "18 of 19 needs of section 7 have a service listed; worklessness has none" in said(page)
    words = drawn(page)
    assert "Marked at all four life stages" in words
    assert "Cannot be read: Parents and carers".lower() in words.lower()


def test_the_five_levels_of_need_are_shown() -> None:
    page = opened()
    words = drawn(page)
    assert [f"{level}. " in words for level in range(1, 6)] == [True] * 5
    assert "Consider an Early Help Assessment" in words
    assert "does not say which level a service works at" in said(page)


def test_downloads_of_gaps_say_what_each_figure_is(shipped: Library, cells: pd.DataFrame) -> None:
    measure = service_gaps.measure_of("worklessness", "2020")
    assert measure is not None
    figures = service_gaps.ward_figures(shipped, measure)
    known = Gap("worklessness", "Worklessness", "uncovered", ("parents",), ("Blank.",), measure, figures)
    none = Gap("bereavement", "Bereavement", "unclear", ("parents",), ("Blank.",), None, None)
    table = coverage_gaps_view.download([known, none])
    assert len(table) == 37 + 1
    assert table["basis"].notna().all()
    assert {"measure", "period", "unit", "value", "lower", "upper", "link", "note"} <= set(table.columns)
    assert "no wards are named" in table["note"].iloc[-1]


def test_the_order_is_called_unsure_where_limits_overlap() -> None:
    rows = pd.DataFrame(
        {
            "area_name": ["A", "B", "C"],
            "value": [30.0, 20.0, 19.0],
            "lower": [28.0, 18.0, 17.0],
            "upper": [32.0, 22.0, 21.0],
            "against_rest": ["certain", "certain", "likely"],
        }
    )
    words = coverage_gaps_view.reading(rows)
    assert words == (
        "3 of 3 wards are higher than the rest of the council together, at 95% or more. "
        "The order is not sure where limits overlap: B and C."
    )


def test_words_in_the_list_of_gaps_are_escaped(shipped: Library) -> None:
    hostile = Gap("x", "<script>", "uncovered", ("parents",), ("<img onerror=x>",), None, None)
    body = coverage_gaps_view.html([hostile], str)
    assert "<script>" not in body
    assert "<img" not in body
