"""Scenarios saved, reopened and sent as links, projections read, and every fault told."""

from __future__ import annotations

import json

import pytest

from analysis.refusal import Refusal
from analysis.scenario import file, link
from analysis.scenario.fair import Fair, fair
from analysis.scenario.projection import projected_children
from analysis.scenario.steps import (
    CloseSite,
    GrowNeed,
    MoveBetweenSites,
    MovePlaces,
    OpenSite,
    ResizeSite,
    Scenario,
    SetTotal,
)
from analysis.scenario.today import Today, today
from analysis.sources.library import Library
from tests.world.three_wards import ASH, BIRCH, CEDAR, ELM

STEPS = (
    MovePlaces(ASH, CEDAR, 20),
    MoveBetweenSites("hub_far", "hub_near", 5),
    OpenSite(BIRCH, 12),
    CloseSite("hub_near"),
    ResizeSite("hub_far", 0),
    SetTotal(310),
    GrowNeed(-2.5, 5),
)
SAVED = Scenario("2020", "children_centres", "Twenty to “Cedar” <b>", STEPS, {ASH: 90, CEDAR: 0})


@pytest.fixture(scope="module")
def now(roomy_world: Library) -> Today:
    return today(roomy_world, "2020", "children_centres")


@pytest.fixture(scope="module")
def by_need(roomy_world: Library) -> Fair:
    return fair(roomy_world, "2020", "idaci2015", 1.0)


def changed(**entries: object) -> str:
    """The saved scenario as JSON with some entries changed; None takes one out."""
    content = {**json.loads(file.written(SAVED)), **entries}
    return json.dumps({key: value for key, value in content.items() if value is not None})


def step(**entries: object) -> str:
    return changed(steps=[entries])


def test_what_is_saved_is_what_is_reopened(now: Today, by_need: Fair) -> None:
    assert file.reopened(file.written(SAVED).encode(), now, by_need) == SAVED
    assert file.reopened(b"\xef\xbb\xbf" + file.written(SAVED).encode(), now, by_need) == SAVED


def test_a_file_says_the_basis_of_the_places_it_changes(now: Today, by_need: Fair) -> None:
    content = file.written(SAVED, now.basis)
    assert json.loads(content)["basis"] == "illustrative"
    assert file.reopened(content, now, by_need) == SAVED
    with pytest.raises(Refusal, match="The basis of the file must be one line"):
        file.read(content.replace('"illustrative"', "[]"))


def test_the_file_is_small_plain_and_versioned() -> None:
    content = json.loads(file.written(Scenario("2026", "youth", "Mine", (SetTotal(9),))))
    assert content == {
        "atlas_scenario": 1,
        "name": "Mine",
        "edition": "2026",
        "service": "youth",
        "steps": [{"do": "set total", "places": 9}],
    }


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "not JSON"),
        ("import os", "not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        ("[]", "JSON, but not a saved scenario"),
        ("{}", "no entry 'atlas_scenario'"),
        ("[" * 5000, "nested 5000 deep"),
        ('{"a":' * 6 + "1" + "}" * 6, "nested 6 deep"),
        (" " * 100_001, "holds 100,001 bytes"),
        ('{"name": "a", "name": "b"}', "gives 'name' twice"),
        ('{"atlas_scenario": NaN}', "holds NaN"),
        ('{"atlas_scenario": -Infinity}', "holds -Infinity"),
        ('{"atlas_scenario": ' + "9" * 5000 + "}", "number too long"),
        (changed(atlas_scenario=2), "version 2 and was saved by a newer atlas"),
        (changed(atlas_scenario=0), "version of the file is 0"),
        (changed(atlas_scenario="1"), "version of the file is '1'"),
        (changed(atlas_scenario=True), "version of the file is True"),
        (changed(code="x"), "an entry 'code' that a scenario does not have"),
        (changed(steps=None), "no entry 'steps'"),
        (changed(name=5), "name of the file must be one line"),
        (changed(name="a\nb"), "name of the file must be one line"),
        (changed(name="a" * 81), "at most 80 characters"),
        (changed(edition="2019"), "edition '2019'; the editions are 2020, 2026"),
        (changed(steps={}), "not a list"),
        (changed(steps=[1]), "Step 1 of the file is not an entry"),
        (changed(steps=[{"do": "set total", "places": 1}] * 61), "holds 61 steps"),
        (step(do="eval"), "asks to do 'eval'"),
        (step(do=["set total"]), "asks to do"),
        (step(do="set total"), "Step 1 of the file has no entry 'places'"),
        (step(do="set total", places=1, then=2), "has an entry 'then'"),
        (step(do="set total", places=1.5), "places of step 1 must be a whole number"),
        (step(do="set total", places="9"), "must be a whole number"),
        (step(do="set total", places=True), "must be a whole number"),
        (step(do="set total", places=-1), "is -1; it must be 0 or more"),
        (step(do="set total", places=10**9), "up to 100,000"),
        (step(do="grow need", percent="2", years=1), "percent of step 1 must be a number"),
        (step(do="close site", site=5), "site of step 1 of the file must be one line"),
        (changed(children=[1]), "not numbers by ward"),
        (changed(children={ASH: -1}), "must be a whole number, 0 or more"),
        (changed(children={ASH: 1.5}), "must be a whole number, 0 or more"),
    ],
)
def test_a_file_that_is_not_as_it_should_be_is_refused_in_words(content: str | bytes, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        file.read(content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (changed(edition="2026"), "for children_centres in the 2026 edition, but children_centres in the 2020 edition"),
        (changed(service="youth"), "This scenario is for youth"),
        (step(do="move", source=ELM, target=ASH, places=1), f"'{ELM}' is not one of the wards of the 2020 edition"),
        (step(do="move", source=ASH, target=CEDAR, places=101), "which has 100 then"),
        (step(do="close site", site="hub_of_evil"), "not one of the sites"),
        (step(do="grow need", percent=1e4, years=1), "-20% to 20% a year"),
        (changed(children={ELM: 5}), f"projects children for {ELM}, which is not a ward of the 2020 edition"),
    ],
)
def test_a_file_that_does_not_fit_today_is_refused(now: Today, by_need: Fair, content: str, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        file.reopened(content, now, by_need)


def test_a_link_holds_the_steps_in_a_text_that_needs_no_escaping() -> None:
    text = link.to_text(STEPS)
    assert text.startswith(f"move-{ASH}-{CEDAR}-20~site-hub_far-hub_near-5~open-{BIRCH}-12~close-hub_near~size-")
    assert text.endswith("~total-310~grow-n2.5-5")
    assert link.from_text(text) == STEPS
    assert link.from_text("") == ()


@pytest.mark.parametrize(
    "text",
    ["~", "x", "move-a-b", "move-a-b-1.5", "total--5", "total-٣", "grow-5", "close-<b>", "total-1~" * 61, "a" * 7000],
)
def test_a_link_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match=r"^The link holds"):
        link.from_text(text)


def test_a_projection_is_read_for_the_wards_it_names(now: Today) -> None:
    content = f"area_code,children\r\n{ASH},120\r\n{CEDAR}, 80 \r\n"
    assert projected_children(content.encode("utf-8-sig"), now) == {ASH: 120, CEDAR: 80}


def test_every_fault_of_a_projection_is_told_by_row_and_column(now: Today) -> None:
    content = f"area_code,children\n{ASH},12\n{ASH},13\n{ELM},5\n{CEDAR},-3\n{BIRCH},\n"
    with pytest.raises(Refusal) as told:
        projected_children(content.encode(), now)
    assert str(told.value).splitlines()[1:] == [
        f"- row 3, column area_code: Ash ({ASH}) stands twice; leave one row out.",
        f"- row 4, column area_code: '{ELM}' is not a ward of the 2020 edition; give a code such as {ASH}.",
        "- row 5, column children: '-3' is not a whole number from 0 to 100,000; write it in digits only.",
        "- row 6, column children: '' is not a whole number from 0 to 100,000; write it in digits only.",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Row 1 must hold the columns area_code and children, in that order, but holds: none"),
        (b"ward,children\n", "but holds: ward, children"),
        (b"\xff\xfe", "cannot be read as CSV text"),
        (b"x" * 100_001, "holds 100,001 bytes"),
        (b"area_code,children\n", "holds no ward with any children"),
        (f"area_code,children\n{ASH},1,2\n".encode(), "row 2 has 3 cells, not 2"),
        (b"area_code,children\n" + b"x,y\n" * 20, "and 28 more"),
    ],
)
def test_a_projection_that_is_none_is_refused(now: Today, content: bytes, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        projected_children(content, now)
