"""What an analyst sees of a return: every count as it was returned, and otherwise just what a viewer sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd
import pytest

from analysis import activity
from analysis.gap import gap
from analysis.localities import Locality, with_rest
from analysis.locality_profile import provisions
from analysis.met_need import met_need
from analysis.provision import PROVISIONS, latest_rows
from analysis.scenario.today import UNDER, protected
from analysis.sources.library import Library
from analysis.sources.tables.activity_detail import DIMENSIONS
from tests.world.three_wards import CEDAR, activity_line

NEEDS = {"2020": "idaci2015", "2026": "low_income_bhc2025"}
EDITIONS = sorted(NEEDS)
FAMILIES = "caseload_families"


def agrees_where_shown(viewer: pd.DataFrame, analyst: pd.DataFrame) -> int:
    """How many cells an analyst sees and a viewer does not; all that both see must be the same."""
    assert list(viewer.columns) == list(analyst.columns)
    shown = viewer.notna()
    pd.testing.assert_frame_equal(viewer.where(shown), analyst.where(shown), check_dtype=False)
    return int((analyst.notna() & ~shown).to_numpy().sum())


def both(library: Library, edition: str, quarter: str, dimension: str) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    found = activity.breakdowns(library, edition, quarter, dimension)
    whole = activity.breakdowns(library, edition, quarter, dimension, small_counts=True)
    assert [(part.case_unit, part.basis) for part in found] == [(part.case_unit, part.basis) for part in whole]
    yield from ((a.table, b.table) for a, b in zip(found, whole, strict=True))


@pytest.mark.parametrize("edition", EDITIONS)
def test_services_are_summed_as_returned(shipped: Library, edition: str) -> None:
    whole = activity.by_service(shipped, edition, small_counts=True)
    rows = shipped.table("ACTIVITY").query("edition == @edition")
    keys = ["quarter", "case_unit", "service_group"]
    true = rows.groupby(keys)[list(activity.COUNTS)].sum().reset_index()
    pd.testing.assert_frame_equal(whole[[*keys, *activity.COUNTS]], true, check_dtype=False)
    told = rows[rows["waiting"].gt(0)].groupby(keys)["weeks_waited"].agg(["min", "max"]).reset_index()
    weeks = whole[[*keys, "weeks_shortest", "weeks_longest"]].dropna()
    assert weeks.to_numpy().tolist() == told.dropna().to_numpy().tolist()
    weeks_too = ["weeks_shortest", "weeks_longest"]
    agrees_where_shown(activity.by_service(shipped, edition).drop(columns=weeks_too), whole.drop(columns=weeks_too))


def test_a_sum_too_small_for_viewers_is_shown_as_returned(changed_world: Callable[..., Library]) -> None:
    lines = [activity_line("2020", "2019-20 Q4", "youth", "child", CEDAR, count) for count in (6, 3)]
    changed = changed_world(ACTIVITY=(lines[0], lines[1]))
    viewer, whole = (
        activity.by_service(changed, "2020", small_counts=asked).set_index("service_group").loc["youth"]
        for asked in (False, True)
    )
    assert viewer[["supported", "open_at_end", "full"]].isna().all()
    assert whole[["supported", "open_at_end"]].tolist() == [3, 3]
    assert whole["full"] == pytest.approx(100 * 3 / whole["capacity"])


def test_every_cell_of_every_breakdown_is_as_returned(shipped: Library) -> None:
    more, edition = 0, "2020"
    quarter = activity.quarters(shipped, edition)[0]
    rows = shipped.table("ACTIVITY_DETAIL").query("edition == @edition and quarter == @quarter")
    for dimension in DIMENSIONS:
        true = rows[rows["dimension"] == dimension].set_index(["service_group", "category"])["count"]
        for viewer, analyst in both(shipped, edition, quarter, dimension):
            more += agrees_where_shown(viewer, analyst)
            counts = analyst.set_index(["service_group", "category"])["count"]
            pd.testing.assert_series_equal(counts, true[counts.index], check_dtype=False, check_index=False)
            if len(activity.CATEGORIES[dimension]) > 1:
                sums = analyst.groupby("service_group")["count"].sum()
                assert (analyst["total"] == analyst["service_group"].map(sums)).all()
            else:
                assert analyst["total"].isna().all()
    assert more


@pytest.mark.parametrize("weight", [50, 100])
@pytest.mark.parametrize("edition", EDITIONS)
def test_met_need_is_worked_out_from_every_count_supported_and_waiting(
    shipped: Library, edition: str, weight: int
) -> None:
    viewer = met_need(shipped, edition, NEEDS[edition], FAMILIES, weight)
    whole = met_need(shipped, edition, NEEDS[edition], FAMILIES, weight, small_counts=True)
    assert (viewer.result.small_counts, whole.result.small_counts) == (False, True)
    rows = latest_rows(shipped, PROVISIONS[FAMILIES], edition).groupby("area_code")[["supported", "waiting"]].sum()
    table = whole.table.set_index("area_code")
    assert (table["met"] == rows["supported"]).all()
    assert (table["waiting"] == rows["waiting"]).all()
    alike = ["area_code", "need", "capacity", "met", "met_per_100", "used", "fair", "unmet", "waiting"]
    assert agrees_where_shown(viewer.table[alike], whole.table[alike]) > 4
    held = viewer.table["met"].isna()
    assert held.any()
    assert whole.unmet == pytest.approx(whole.table["unmet"].sum())
    assert viewer.unmet <= whole.unmet + 1e-6


@pytest.fixture(scope="module")
def held(shipped: Library) -> Locality:
    """Two wards of 2020, at least one with a count no viewer may see."""
    wards = gap(shipped, "2020", "idaci2015", FAMILIES).wards
    hidden = list(wards.loc[wards["status"] == "suppressed", "area_code"])
    other = next(code for code in wards["area_code"] if code not in hidden)
    return Locality("Hub", "2020", tuple(sorted((hidden[0], other))))


def test_a_locality_with_a_count_held_back_is_added_up_for_an_analyst_alone(shipped: Library, held: Locality) -> None:
    asked = ("2020", "idaci2015", FAMILIES, with_rest(shipped, "2020", (held,)))
    viewer, whole = gap(shipped, *asked), gap(shipped, *asked, small_counts=True)
    rows = latest_rows(shipped, PROVISIONS[FAMILIES], "2020")
    true = rows.loc[rows["area_code"].isin(held.wards), "supported"].sum()
    assert viewer.grouped["observed"].isna().all()
    assert whole.grouped["observed"].iloc[0] == true
    assert whole.grouped["oe"].notna().all()


def test_so_is_everything_known_of_it(shipped: Library, held: Locality) -> None:
    viewer, whole = (
        pd.DataFrame(provisions(shipped, held, "idaci2015", small_counts=asked)).query(
            "group.str.startswith('Families supported')"
        )
        for asked in (False, True)
    )
    assert viewer["value"].isna().sum() > whole["value"].isna().sum()
    assert viewer["note"].str.contains("not shown, to protect families").any()
    assert not whole["note"].str.contains("not shown").any()


@pytest.mark.parametrize("edition", EDITIONS)
def test_wards_protected_in_what_if_are_those_of_the_overview_an_analyst_sees(shipped: Library, edition: str) -> None:
    for service, lens in (("family_support", FAMILIES), ("youth", "caseload_youth")):
        wards = gap(shipped, edition, NEEDS[edition], lens, small_counts=True).wards
        under = frozenset(wards.loc[wards["verdict"].isin(UNDER), "area_code"])
        assert protected(shipped, edition, NEEDS[edition], service, small_counts=True) == under
        assert protected(shipped, edition, NEEDS[edition], service) <= under
