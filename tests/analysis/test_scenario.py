"""Scenarios on the three-ward world, every figure done by hand: 100 places a ward, need 10, 20 and 30."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from analysis.refusal import Refusal
from analysis.scenario.fair import DRAWS, Fair, fair
from analysis.scenario.outcome import Outcome, Standing, outcome
from analysis.scenario.sites import chosen_sites, reached
from analysis.scenario.steps import (
    CloseSite,
    GrowNeed,
    MoveBetweenSites,
    MovePlaces,
    OpenSite,
    ResizeSite,
    Scenario,
    SetTotal,
    Step,
)
from analysis.scenario.today import Today, protected, services, today
from analysis.sources.library import Library
from tests.world.three_wards import ASH, BIRCH, CEDAR, ELM, FIR, GORSE


@pytest.fixture(scope="module")
def now(roomy_world: Library) -> Today:
    return today(roomy_world, "2020", "children_centres")


@pytest.fixture(scope="module")
def by_need(roomy_world: Library) -> Fair:
    return fair(roomy_world, "2020", "idaci2015", 1.0)


@pytest.fixture
def tried(now: Today, by_need: Fair) -> Callable[..., Outcome]:
    def judged(*steps: Step) -> Outcome:
        return outcome(now, Scenario("2020", "children_centres", "", steps), by_need)

    return judged


def places(result: Outcome) -> list[int]:
    return result.table["places"].tolist()


def test_today_is_the_latest_quarter_of_the_service_by_ward_and_by_site(now: Today) -> None:
    assert (now.quarter, now.basis, now.total) == ("2019-20 Q4", "illustrative", 300)
    assert now.wards["area_name"].tolist() == ["Ash", "Birch", "Cedar"]
    assert now.sites["site_id"].tolist() == ["hub_far", "hub_near"]
    assert now.sites["places"].tolist() == [240, 60]


def test_the_services_are_those_of_the_return(roomy_world: Library) -> None:
    assert services(roomy_world, "2020") == {
        "children_centres": "Children's centres",
        "family_support": "Family support",
        "youth": "Youth services",
    }
    assert list(services(roomy_world, "2026")) == ["children_centres"]


def test_a_ward_whose_places_are_not_given_stops_everything(roomy_world: Library) -> None:
    with pytest.raises(Refusal, match="does not say how many places are commissioned for Birch"):
        today(roomy_world, "2020", "family_support")


def test_an_unknown_service_and_edition_are_refused(roomy_world: Library) -> None:
    with pytest.raises(Refusal, match="no service 'dentists'"):
        today(roomy_world, "2020", "dentists")
    with pytest.raises(Refusal, match="no edition '1999'"):
        today(roomy_world, "1999", "youth")


@pytest.mark.parametrize(("weight", "share"), [(1.0, [1, 2, 3]), (0.0, [2, 2, 2]), (0.5, [1.5, 2, 2.5])])
def test_a_fair_share_runs_from_children_to_need(roomy_world: Library, weight: float, share: list[float]) -> None:
    assert fair(roomy_world, "2020", "idaci2015", weight).share * 6 == pytest.approx(share)


def test_need_is_redrawn_where_limits_are_published_and_not_otherwise(roomy_world: Library, by_need: Fair) -> None:
    assert by_need.draws.shape == (DRAWS, 3)
    assert not by_need.sure
    assert by_need.draws.sum(axis=1) == pytest.approx(np.ones(DRAWS))
    assert by_need.draws.mean(axis=0) == pytest.approx([1 / 6, 2 / 6, 3 / 6], abs=0.01)
    children = fair(roomy_world, "2020", "children2019", 1.0)
    assert children.sure
    assert children.draws.shape == (1, 3)


def test_a_need_of_the_other_edition_or_from_records_is_refused(roomy_world: Library) -> None:
    for need in ("low_income_bhc2025", "toxic_trio2017", "nothing"):
        with pytest.raises(Refusal, match="is not a need of the 2020 edition"):
            fair(roomy_world, "2020", need, 1.0)


def test_today_judged(tried: Callable[..., Outcome]) -> None:
    result = tried()
    assert result.table["fair"].tolist() == pytest.approx([50, 100, 150])
    assert result.table["short"].tolist() == pytest.approx([-50, 0, 50])
    assert result.table["met"].tolist() == pytest.approx([50, 100, 100])
    assert result.within == pytest.approx(250 / 300)
    assert result.unmet == pytest.approx(50)
    assert result.table["standing"].tolist() == [Standing.OVER, Standing.ABOUT, Standing.SHORT]
    assert (result.table["short_lower"] < result.table["short"]).all()
    assert (result.table["short"] < result.table["short_upper"]).all()


def test_moving_20_places_from_ash_to_cedar(tried: Callable[..., Outcome]) -> None:
    result = tried(MovePlaces(ASH, CEDAR, 20))
    assert places(result) == [80, 100, 120]
    assert result.within == pytest.approx(270 / 300)
    assert (result.total, result.moved) == (300, 20)
    (judged,) = result.moves
    assert judged.recommended
    assert judged.right > 0.95


def test_the_same_move_the_other_way_round_is_not_recommended(tried: Callable[..., Outcome]) -> None:
    (judged,) = tried(MovePlaces(CEDAR, ASH, 20)).moves
    assert judged.right < 0.05
    assert not judged.recommended


def test_new_places_go_by_fair_share_and_a_cut_by_places_held(tried: Callable[..., Outcome]) -> None:
    assert places(tried(SetTotal(360))) == [110, 120, 130]
    assert places(tried(SetTotal(240))) == [80, 80, 80]
    assert places(tried(MovePlaces(ASH, CEDAR, 50), SetTotal(150))) == [25, 50, 75]


def test_growing_need_raises_what_is_needed_and_not_the_fair_share(tried: Callable[..., Outcome]) -> None:
    result = tried(GrowNeed(10, 1))
    assert result.table["needed"].tolist() == pytest.approx([55, 110, 165])
    assert result.within == pytest.approx(255 / 330)
    assert result.table["fair"].tolist() == pytest.approx([50, 100, 150])
    assert tried(GrowNeed(10, 2)).needed == pytest.approx(363)


def test_a_projection_changes_shares_and_need_in_proportion(roomy_world: Library, now: Today) -> None:
    doubled = fair(roomy_world, "2020", "idaci2015", 1.0, {CEDAR: 200})
    assert doubled.share == pytest.approx([10 / 90, 20 / 90, 60 / 90])
    assert doubled.growth == pytest.approx(1.5)
    result = outcome(now, Scenario("2020", "children_centres", children={CEDAR: 200}), doubled)
    assert result.table["needed"].tolist() == pytest.approx([50, 100, 300])


def test_a_ward_whose_need_is_not_known_keeps_its_places_and_says_why(roomy_world: Library) -> None:
    result = outcome(
        today(roomy_world, "2026", "children_centres"),
        Scenario("2026", "children_centres", steps=(SetTotal(340),)),
        fair(roomy_world, "2026", "low_income_ahc2025", 1.0),
    )
    rows = result.table.set_index("area_code")
    assert rows["places"].to_dict() == {ELM: 110, FIR: 100, GORSE: 130}
    assert rows["fair"].fillna(-1).to_dict() == pytest.approx({ELM: 60, FIR: -1, GORSE: 180})
    assert rows["standing"][FIR] == Standing.NOT_KNOWN
    assert rows["reason"][FIR]
    assert rows[["met", "unmet", "short"]].loc[FIR].isna().all()


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ((MovePlaces(ASH, CEDAR, 101),), "Change 1 cannot be made. 101 places are taken from Ash, which has 100 then"),
        ((MovePlaces(ASH, CEDAR, 60), MovePlaces(ASH, CEDAR, 41)), "Change 2 .* which has 40 then; take 40 or fewer"),
        ((MovePlaces(ASH, ASH, 5),), "Ash is named both as giver and as taker"),
        ((MovePlaces(ASH, CEDAR, 0),), "whole number from 1 to 100,000, not 0"),
        ((MovePlaces(ELM, CEDAR, 1),), f"'{ELM}' is not one of the wards of the 2020 edition"),
        ((MovePlaces(ASH, "hub_near", 1),), "'hub_near' is not one of the wards"),
        ((CloseSite("hub_middle"),), "'hub_middle' is not one of the sites"),
        ((MoveBetweenSites("hub_near", "hub_far", 61),), "taken from Hub near, which has 60 then"),
        ((ResizeSite("hub_near", 100_001),), "whole number from 0 to 100,000, not 100001"),
        ((OpenSite("E05001999", 3),), "'E05001999' is not one of the wards"),
        ((SetTotal(0),), "whole number from 1 to 100,000, not 0"),
        ((GrowNeed(21, 1),), "-20% to 20% a year, not by 21%"),
        ((GrowNeed(1, 0),), "1 to 20 years, not for 0"),
        ((SetTotal(1),) * 61, "may hold 60 changes, but this one has 61"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(
    tried: Callable[..., Outcome], steps: tuple[Step, ...], said: str
) -> None:
    with pytest.raises(Refusal, match=said):
        tried(*steps)


def test_a_scenario_of_another_service_is_refused(now: Today, by_need: Fair) -> None:
    with pytest.raises(Refusal, match="This scenario is for youth in the 2020 edition, but children_centres"):
        outcome(now, Scenario("2020", "youth"), by_need)


def test_sites_are_moved_resized_opened_and_closed_without_touching_the_wards(tried: Callable[..., Outcome]) -> None:
    result = tried(
        MoveBetweenSites("hub_far", "hub_near", 40),
        OpenSite(BIRCH, 7),
        OpenSite(CEDAR, 8),
        ResizeSite("new_site_2", 9),
        CloseSite("hub_far"),
    )
    assert dict(zip(result.changed.sites["site_id"], result.changed.sites["places"], strict=True)) == {
        "hub_far": 0,
        "hub_near": 100,
        "new_site_1": 7,
        "new_site_2": 9,
    }
    assert places(result) == [100, 100, 100]
    assert result.changed.name("new_site_1") == "New site 1 in Birch"


def test_on_foot_each_hub_serves_its_own_side_only(tried: Callable[..., Outcome]) -> None:
    # Need 50, 100 and 150; 60 places near Ash and Birch, 240 near Cedar, 3 km apart.
    result = tried()
    found = reached(result, result.changed.sites, "foot")
    assert found.wards["needed"].tolist() == pytest.approx([50, 100, 150])
    assert found.wards["served"].sum() == pytest.approx(60 + 150)
    assert found.wards["full"].sum() == pytest.approx(90)
    assert found.wards["too_far"].sum() == 0
    assert found.share == pytest.approx(0.7)
    assert found.sites.set_index("site_id")["used"].to_dict() == pytest.approx({"hub_near": 60, "hub_far": 150})


def test_by_bus_everybody_is_served_and_closing_a_site_leaves_some_too_far_on_foot(
    tried: Callable[..., Outcome],
) -> None:
    result = tried()
    assert reached(result, result.changed.sites, "bus").share == pytest.approx(1)
    closed = tried(CloseSite("hub_far"))
    found = reached(closed, closed.changed.sites, "foot").wards.set_index("area_name")
    assert found["too_far"].to_dict() == pytest.approx({"Ash": 0, "Birch": 0, "Cedar": 150})
    nothing = tried(CloseSite("hub_far"), CloseSite("hub_near"))
    with pytest.raises(Refusal, match="nobody can be reached"):
        reached(nothing, nothing.changed.sites, "foot")


def test_the_site_nearest_to_need(roomy_world: Library, now: Today) -> None:
    by_children = fair(roomy_world, "2020", "idaci2015", 0.0)
    result = outcome(now, Scenario("2020", "children_centres"), by_children)
    found = chosen_sites(result, now.sites, 1, "foot")
    assert (found.covering, found.nearest) == (("hub_near",), ("hub_near",))
    assert found.covered == pytest.approx(2 / 3)
    assert found.covered_now == pytest.approx(1)
    assert found.minutes == pytest.approx(48.75 / 3, rel=0.01)
    assert found.minutes_now == pytest.approx(0, abs=0.01)


def test_protected_wards_are_those_the_overview_calls_under_provided(
    roomy_world: Library, changed_world: Callable[..., Library]
) -> None:
    # Families supported 20, 20 and 20 against expected 10, 20 and 30 could be chance; 20, 20 and 10 could not.
    assert protected(roomy_world, "2020", "idaci2015", "children_centres") == frozenset()
    line = f"2020,2019-20 Q4,children_centres,family,{CEDAR},"
    fewer = changed_world(ACTIVITY=(f"{line}20,", f"{line}10,"))
    assert protected(fewer, "2020", "idaci2015", "children_centres") == frozenset({CEDAR})


def test_nothing_of_a_scenario_depends_on_how_many_people_are_supported_or_waiting(
    changed_world: Callable[..., Library], tried: Callable[..., Outcome]
) -> None:
    line = "2020,2019-20 Q4,children_centres,family,{},{},0,0,{},100,illustrative"
    other = changed_world(ACTIVITY=(line.format(BIRCH, 20, 0), line.format(BIRCH, 2, 1)))
    there = outcome(
        today(other, "2020", "children_centres"),
        Scenario("2020", "children_centres", "", (MovePlaces(ASH, CEDAR, 20),)),
        fair(other, "2020", "idaci2015", 1.0),
    )
    here = tried(MovePlaces(ASH, CEDAR, 20))
    assert there.table.equals(here.table)
    assert there.moves == here.moves
