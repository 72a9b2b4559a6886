"""The What if page, worked as a commissioner works it: moves, sites, total, growth, proposals, files and links."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from analysis.scenario import file
from analysis.scenario.steps import MovePlaces, Scenario
from tests.pages.reader import answer, chosen, drawn, opened, quiet, said

TWERTON, WIDCOMBE = "E05012488", "E05012493"
SEEN = {"service": "family_support", "weight": "50"}


def changes(app: AppTest) -> str:
    """The changes the address holds."""
    return "".join(app.query_params["changes"]) if "changes" in app.query_params else ""


def pressed(app: AppTest, words: str) -> AppTest:
    """The page after a button with these words was pressed."""
    next(button for button in app.button if button.label == words).click()
    return quiet(app.run())


def filled(app: AppTest, name: str, value: object) -> None:
    """Fill a field of a form."""
    fields = [*app.selectbox, *app.number_input]
    next(field for field in fields if field.key == f"what_if_{name}_2026_family_support").set_value(value)


def faults(app: AppTest) -> str:
    return " ".join(error.value for error in app.error)


def brought(app: AppTest, key: str, name: str, content: bytes) -> AppTest:
    """The page after a file was brought."""
    next(loader for loader in app.file_uploader if loader.key == key).set_value((name, content, "text/plain"))
    return quiet(app.run())


@pytest.fixture
def page() -> AppTest:
    return opened("what_if", **SEEN)


def test_it_opens_on_today_with_the_answer_and_all_that_must_be_said(page: AppTest) -> None:
    assert "Of today's 225 places of family support" in answer(page)
    assert "have fewer than their fair share" in answer(page)
    assert "how places are spread, not whether there are enough" in answer(page)
    assert any("made up by a script" in warning.value for warning in page.warning)
    assert any("Staff moves are not places" in info.value and "minimum viable team" in info.value for info in page.info)
    assert "No change yet: what you see is today." in said(page)
    assert [head.value.split(" :")[0] for head in page.header] == [
        "Try changes",
        "On the map",
        "Who gains, who loses, what stays unmet",
        "Places beside fair share",
        "Every ward",
        "Compare and save",
        "Let the atlas propose",
    ]


def test_it_opens_on_a_service_whose_places_are_spread_more_evenly_than_need() -> None:
    assert "Twerton has fewer than its fair share, by 7 places" in answer(opened("what_if"))


def test_places_are_moved_undone_and_begun_again(page: AppTest) -> None:
    before = answer(page)
    filled(page, "from", TWERTON)
    filled(page, "to", WIDCOMBE)
    filled(page, "places", 3)
    page = pressed(page, "Move them")
    assert changes(page) == f"move-{TWERTON}-{WIDCOMBE}-3"
    assert "Widcombe & Lyncombe gains, Twerton loses" in answer(page)
    assert "1. Move 3 places from Twerton to Widcombe & Lyncombe" in said(page)
    assert "right in about 75% of 500 redrawn needs. **Not recommended**" in said(page)
    assert "Widcombe & Lyncombe: +3, to 6" in said(page)
    page = pressed(page, "Undo the last")
    assert (changes(page), answer(page)) == ("", before)
    page = pressed(pressed(pressed(page, "Move them"), "Set the total"), "Start again")
    assert changes(page) == ""


def test_more_than_there_is_is_refused_and_nothing_changes(page: AppTest) -> None:
    before = answer(page)
    filled(page, "from", WIDCOMBE)
    filled(page, "to", TWERTON)
    filled(page, "places", 9)
    page = pressed(page, "Move them")
    assert "9 places are taken from Widcombe & Lyncombe, which has 3 then" in faults(page)
    assert (changes(page), answer(page)) == ("", before)


def test_a_link_restores_the_changes_and_a_wrong_one_gives_way() -> None:
    page = opened("what_if", **SEEN, changes=f"move-{TWERTON}-{WIDCOMBE}-3~total-240~grow-2.5-4")
    assert "Have 240 places in all" in said(page)
    assert "Let need grow by 2.5% a year for 4 years" in said(page)
    for wrong in (f"move-{TWERTON}-{WIDCOMBE}-300", "<script>", f"move-{TWERTON}-E05001901-1"):
        page = opened("what_if", **SEEN, changes=wrong)
        assert "No change yet" in said(page)
        assert "is not offered here" in said(page)


def test_sites_are_opened_and_what_they_reach_is_shown(page: AppTest) -> None:
    page = pressed(page, "Open a site")
    assert changes(page).startswith("open-E0501")
    assert "The sites now hold 245 places, but the wards are given 225" in " ".join(note.value for note in page.warning)
    assert "of need has a place at a site within 30 minutes by bus, " in said(page)
    assert "To make travel least" in said(page)
    page = chosen(page, "site_change", "close")
    page = pressed(page, "Close a site")
    assert "~close-illustrative_family_support_" in changes(page)


def test_the_atlas_proposes_says_what_binds_and_its_moves_can_be_tried(page: AppTest) -> None:
    page = pressed(page, "Find the best moves")
    assert "places brings those out of place from 13.0 to 6.7" in drawn(page)
    assert "What holds this plan back: protecting under-provided wards" in drawn(page)
    assert "One more place helps" in drawn(page)
    page = pressed(page, "Try the recommended moves")
    assert changes(page).count("move-") >= 5
    assert f"move-{TWERTON}" not in changes(page)
    judged = [line for line in said(page).splitlines() if "redrawn needs" in line]
    assert len(judged) == changes(page).count("move-")
    assert all("**Recommended**" in line for line in judged)


def test_what_cannot_be_done_says_what_would_make_it_possible(page: AppTest) -> None:
    page.number_input(key="what_if_minimum").set_value(4)
    page.number_input(key="what_if_cap").set_value(2)
    page = pressed(page, "Find the best moves")
    assert "This cannot be done. At least " in faults(page)
    assert "To make it possible, allow " in faults(page)
    assert "or lower the minimum to 3" in faults(page)


def test_all_places_can_be_shared_out_anew(page: AppTest) -> None:
    page = pressed(page, "Try it")
    assert changes(page).startswith("total-225~move-")
    assert "No ward is surely short of its fair share." in said(page)


def test_a_scenario_is_kept_beside_saved_reopened_and_a_bad_file_is_refused(page: AppTest) -> None:
    page = pressed(pressed(page, "Move them"), "Keep to compare")
    page = pressed(page, "Start again")
    assert "My scenario (kept)" in drawn(page)
    other = Scenario("2026", "family_support", "From <b>file</b>", (MovePlaces(TWERTON, WIDCOMBE, 2),))
    page = brought(page, "what_if_open", "scenario.json", file.written(other).encode())
    assert changes(page) == f"move-{TWERTON}-{WIDCOMBE}-2"
    assert "From <b>file</b>" in drawn(page)
    wrong = json.dumps({**json.loads(file.written(other)), "edition": "2020"})
    page = brought(page, "what_if_open", "wrong.json", wrong.encode())
    assert "The scenario was not opened. This scenario is for family_support in the 2020 edition" in faults(page)
    assert changes(page) == f"move-{TWERTON}-{WIDCOMBE}-2"
    assert "My scenario (kept)" not in drawn(pressed(page, "Take away “My scenario”"))


def test_a_projection_raises_need_and_faults_are_told_by_row(page: AppTest) -> None:
    page = brought(page, "what_if_project", "bad.csv", b"area_code,children\nTwerton,9\n")
    assert "row 2, column area_code: 'Twerton' is not a ward of the 2026 edition" in faults(page)
    page = brought(page, "what_if_project", "good.csv", f"area_code,children\n{TWERTON},4000\n".encode())
    assert "Use a projected number of children" in said(page)
    assert not faults(page)
    assert "Need in places" in said(page)


def test_both_editions_and_every_service_open() -> None:
    for edition, service in (("2020", "youth"), ("2020", "family_support"), ("2026", "children_centres")):
        assert "places" in answer(opened("what_if", edition=edition, service=service, weight="0", site_reach="on"))


def test_changes_that_another_service_cannot_bear_are_put_aside_and_the_reader_is_told() -> None:
    page = opened("what_if", service="children_centres", weight="50", changes=f"move-{TWERTON}-{WIDCOMBE}-30")
    assert "Twerton loses" in answer(page)
    page = chosen(page, "service", "family_support")
    assert "The changes you tried cannot be made here, so today is shown." in faults(page)
    assert "30 places are taken from Twerton, which has 18 then" in faults(page)
    assert "No change yet" in said(page)
