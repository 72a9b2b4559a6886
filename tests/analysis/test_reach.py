"""Places within reach: sums kept, deserts are zero, farther is never better, and what stands where."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest

from analysis import reach
from analysis.editions import EDITIONS
from analysis.sources.library import Library

EVERY_LIST = list(itertools.product(reach.PLACE_KINDS, EDITIONS))
PLACES = {
    ("library", "2020"): 8,
    ("library", "2026"): 8,
    ("gp", "2020"): 31,
    ("gp", "2026"): 21,
    ("play", "2020"): 128,
    ("play", "2026"): 128,
    ("school", "2020"): 89,
    ("school", "2026"): 90,
}


def reached_by_anybody(library: Library, kind: str, edition: str, catchment: reach.Catchment) -> int:
    minutes = reach.travel_minutes(
        reach.demand(library, edition), reach.sites(library, kind, edition), catchment.km_per_hour
    )
    return int((minutes.min(axis=0) <= catchment.minutes[-1]).sum())


@pytest.mark.parametrize(("kind", "edition"), EVERY_LIST)
def test_each_edition_reads_its_own_list(shipped: Library, kind: str, edition: str) -> None:
    assert len(reach.sites(shipped, kind, edition)) == PLACES[kind, edition]


@pytest.mark.parametrize(("kind", "edition"), EVERY_LIST)
@pytest.mark.parametrize("catchment", list(reach.CATCHMENTS.values()), ids=list(reach.CATCHMENTS))
def test_places_add_up_to_those_anybody_can_reach(
    shipped: Library, kind: str, edition: str, catchment: reach.Catchment
) -> None:
    rows = reach.places_within_reach(shipped, kind, edition, catchment)
    assert rows["places"].sum() == pytest.approx(reached_by_anybody(shipped, kind, edition, catchment))
    assert list(rows["area_code"]) == shipped.codes(EDITIONS[edition].ward_type)


@pytest.mark.parametrize("edition", list(EDITIONS))
def test_every_child_is_counted_once(shipped: Library, edition: str) -> None:
    points = reach.demand(shipped, edition)
    rows = reach.places_within_reach(shipped, "library", edition, reach.CATCHMENTS["walk30"])
    assert rows["children"].sum() == pytest.approx(points["children"].sum())
    assert points["ward"].notna().all()


def test_a_ward_with_nothing_in_reach_has_zero_and_not_a_blank(shipped: Library) -> None:
    rows = reach.places_within_reach(shipped, "library", "2026", reach.CATCHMENTS["walk30"])
    deserts = rows[rows["places"] == 0]
    assert len(deserts) == 9
    assert (deserts["minutes_to_nearest"] > 30).all()
    assert rows.notna().all(axis=None)


def test_minutes_to_the_nearest_do_not_hang_on_the_decay(shipped: Library) -> None:
    slow, fast = (
        reach.places_within_reach(shipped, "gp", "2026", reach.CATCHMENTS[name]) for name in ("walk30", "walk30fast")
    )
    pd.testing.assert_series_equal(slow["minutes_to_nearest"], fast["minutes_to_nearest"])


def test_a_bus_is_faster_by_the_ratio_of_the_speeds(shipped: Library) -> None:
    walk, bus = (
        reach.places_within_reach(shipped, "gp", "2026", reach.CATCHMENTS[name]) for name in ("walk30", "bus30")
    )
    ratio = walk["minutes_to_nearest"] / bus["minutes_to_nearest"]
    assert ratio.to_numpy() == pytest.approx(np.full(33, 12.0 / 4.8))


def test_a_journey_is_the_straight_line_and_three_tenths_more() -> None:
    here = pd.DataFrame({"latitude": [51.0], "longitude": [-2.0]})
    there = pd.DataFrame({"latitude": [51.0 + 1 / 111.195], "longitude": [-2.0]})
    minutes = reach.travel_minutes(here, there, 4.8)
    assert minutes[0, 0] == pytest.approx(1.3 / 4.8 * 60, rel=1e-4)


@pytest.mark.parametrize(("kind", "edition"), EVERY_LIST)
def test_the_range_over_catchments_holds_each_catchment(shipped: Library, kind: str, edition: str) -> None:
    for catchment in reach.CATCHMENTS:
        rows = reach.by_catchment(shipped, kind, edition, catchment)
        assert (rows["per_1000_lowest"] <= rows["per_1000"] + 1e-12).all()
        assert (rows["per_1000_highest"] >= rows["per_1000"] - 1e-12).all()


@pytest.mark.parametrize(("kind", "edition"), EVERY_LIST)
def test_places_located_in_wards_add_up_to_the_list(shipped: Library, kind: str, edition: str) -> None:
    rows = reach.by_catchment(shipped, kind, edition, "walk30")
    assert rows["located"].sum() == PLACES[kind, edition]


def test_served_by_is_not_located_in(shipped: Library) -> None:
    rows = reach.by_catchment(shipped, "school", "2026", "walk30").set_index("area_code")
    walcot = rows.loc["E05012489"]
    assert walcot["located"] == 0
    assert walcot["places"] > 2


def test_wards_on_the_edge_touch_the_outline(shipped: Library) -> None:
    edge = {edition: {shipped.names[code] for code in reach.edge_wards(shipped, edition)} for edition in EDITIONS}
    assert {"Saltford", "Radstock", "Keynsham North", "Mendip", "Bathavon South"} <= edge["2026"]
    assert not {"Twerton", "Timsbury", "Walcot", "Oldfield Park"} & edge["2026"]
    assert "Publow and Whitchurch" in edge["2020"]
    assert "Southdown" not in edge["2020"]


def test_commissioned_sites_are_illustrative_and_of_one_edition(shipped: Library) -> None:
    for edition in EDITIONS:
        places = reach.commissioned_sites(shipped, edition)
        assert len(places) > 0
        assert set(places["basis"]) == {"illustrative"}
        assert set(places["edition"]) == {edition}
        assert places["name"].str.startswith("Illustrative").all()
