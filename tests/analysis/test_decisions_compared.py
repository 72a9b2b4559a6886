"""A decision's figures then and now, on the three-ward world: what moved, and whether the verdict is another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.decisions_compared import GONE, again, compared, options_again
from analysis.present.frozen_figures import figures, option_figures
from analysis.present.palette import VERDICTS
from analysis.refusal import Refusal
from analysis.sources.library import Library
from analysis.store.decisions import Figure
from tests.world.three_wards import ASH, BIRCH, CEDAR, TABLES

LINK = {"need": "idaci2015", "provision": "caseload_families"}
GROUPS = {**LINK, "groups": f"Hollow:{ASH}.{BIRCH}"}
LABELS = {item.label for item in VERDICTS.values()}
ROW = f"2020,2019-20 Q4,children_centres,family,{CEDAR},20,"


def test_the_same_tables_have_changed_nothing(world: Library) -> None:
    now = figures(*again(world, "2020", LINK))
    found = compared("A.", now, "A.", now)
    assert found.same
    assert (found.moved, found.areas) == ((), 3)
    assert {one.verdict for one in now} <= LABELS


def test_another_headline_over_the_same_figures_is_told(world: Library) -> None:
    now = figures(*again(world, "2020", LINK))
    assert not compared("A.", now, "B.", now).same


def test_a_changed_count_moves_every_share_and_the_verdicts_that_flip_are_told(
    world: Library, changed_world: Callable[..., Library]
) -> None:
    assert ROW in TABLES["ACTIVITY"]
    later = changed_world(ACTIVITY=(ROW, ROW.replace(",20,", ",400,")))
    then, now = (figures(*again(library, "2020", LINK)) for library in (world, later))
    found = compared("Then.", then, "Now.", now)
    assert [one.label for one in found.moved] == ["Ash", "Birch", "Cedar"]
    (ash, birch, cedar) = found.moved
    assert (ash.value_then.split()[0], ash.value_now.split()[0]) == ("2.00", "0.27")
    assert (cedar.value_then.split()[0], cedar.value_now.split()[0]) == ("0.67", "1.82")
    assert [one.verdict_changed for one in (ash, birch, cedar)] == [True, True, True]
    assert (ash.verdict_then, ash.verdict_now) == ("Over-provided, likely", "Under-provided, for certain")
    assert found.verdicts == found.moved


def test_only_what_is_asked_for_is_compared_and_an_area_on_one_side_is_told(world: Library) -> None:
    now = figures(*again(world, "2020", LINK))
    found = compared("A.", now[1:], "A.", now[:-1])
    assert [(one.label, one.verdict_then == GONE, one.verdict_now == GONE) for one in found.moved] == [
        ("Cedar", False, True),
        ("Ash", True, False),
    ]
    assert [one.code for one in compared("A.", now[1:], "A.", now[:-1], [ASH]).moved] == [ASH]


def test_localities_of_the_link_are_added_up_again(world: Library) -> None:
    result, grouped = again(world, "2020", GROUPS)
    assert grouped is not None
    whole = figures(result, grouped)
    assert [(one.label, one.code) for one in whole] == [
        ("Ash", ASH),
        ("Birch", BIRCH),
        ("Cedar", CEDAR),
        ("Hollow", f"{ASH}+{BIRCH}"),
    ]
    assert whole[3].need.startswith("30 ")
    assert whole[:3] == figures(result)


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ({}, "does not say what was compared"),
        ({**LINK, "need": "nonsense"}, "There is no need 'nonsense'"),
        ({**LINK, "groups": "Hollow"}, "is not a locality"),
    ],
)
def test_a_link_that_can_no_longer_be_followed_is_refused(world: Library, link: dict[str, str], said: str) -> None:
    with pytest.raises(Refusal, match=said):
        again(world, "2020", link)


def test_the_figures_of_a_scenario_are_compared_apart_from_the_areas(
    world: Library, changed_world: Callable[..., Library]
) -> None:
    link = {**LINK, "service": "children_centres", "weight": "100", "changes": f"move-{ASH}-{CEDAR}-5"}
    later = changed_world(ACTIVITY=(f"{ROW}0,0,0,100,", f"{ROW}0,0,0,120,"))
    then, now = (option_figures(options_again(library, "2020", link)) for library in (world, later))
    found = compared("A.", then, "A.", now)
    assert (found.moved, found.areas, found.same) == ((), 0, False)
    places = next(one for one in found.options if one.label == "Today: Places in all")
    assert (int(places.value_now) - int(places.value_then)) == 20
    assert compared("A.", then, "A.", then).same
    assert options_again(world, "2020", LINK) == {}


WORDS = st.text("abc", max_size=2)
FIGURE = st.builds(Figure, *[st.sampled_from(("x", "y", "z")), *[WORDS] * 9])


@given(st.lists(FIGURE, unique_by=lambda one: one.code), st.lists(FIGURE, unique_by=lambda one: one.code))
def test_laws_of_then_and_now(then: list[Figure], now: list[Figure]) -> None:
    found, back = compared("A.", then, "A.", now), compared("A.", now, "A.", then)
    assert compared("A.", then, "A.", then).same
    assert {one.code for one in found.moved} == {one.code for one in back.moved}
    assert {one.code for one in found.verdicts} == {one.code for one in back.verdicts}
    assert set(found.verdicts) <= set(found.moved)
    renamed = [replace(one, label="other", basis="other", status="other") for one in then]
    assert compared("A.", then, "A.", renamed).same
