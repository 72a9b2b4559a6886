"""Service activity for the council: sums by hand, what is held back, and what stands beside it as published."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from analysis import activity
from analysis.activity import Breakdown
from analysis.refusal import Refusal
from analysis.sources.library import Library
from analysis.sources.tables.activity_detail import DIMENSIONS
from analysis.statistics.attack import feasible_ranges
from analysis.statistics.count_tables import two_way
from tests.world.three_wards import ELM, activity_line

QUARTER = "2025-26 Q4"


@pytest.fixture(scope="module")
def services(shipped: Library) -> pd.DataFrame:
    return activity.by_service(shipped, "2026")


def parts(shipped: Library, dimension: str) -> list[Breakdown]:
    return activity.breakdowns(shipped, "2026", QUARTER, dimension)


def raw(shipped: Library, dimension: str) -> pd.DataFrame:
    rows = shipped.table("ACTIVITY_DETAIL").query("edition == '2026' and quarter == @QUARTER")
    return rows[rows["dimension"] == dimension].set_index(["service_group", "category"])["count"]


def test_services_are_summed_over_wards_and_how_full_is_of_the_last_day(
    shipped: Library, services: pd.DataFrame
) -> None:
    rows = shipped.table("ACTIVITY").query("edition == '2026' and quarter == @QUARTER")
    summed = rows.groupby("service_group")[["supported", "open_at_end", "capacity", "waiting"]].sum()
    newest = services[services["quarter"] == QUARTER].set_index("service_group")
    for name in summed:
        assert list(newest[name]) == list(summed[name].reindex(newest.index))
    support = newest.loc["family_support"]
    assert support["full"] == pytest.approx(100 * support["open_at_end"] / support["capacity"])


def test_families_and_children_are_never_in_one_breakdown(shipped: Library) -> None:
    found = parts(shipped, "sex")
    assert [part.case_unit for part in found] == ["child", "family"]
    assert set(found[0].table["service_group"]) == {"youth"}


def test_a_ward_without_capacity_leaves_the_capacity_of_its_service_unknown(
    changed_world: Callable[..., Library],
) -> None:
    line = activity_line("2026", "2025-26 Q1", "children_centres", "family", ELM, 40)
    blank = line.replace(",100,illustrative", ",,illustrative").replace("not_applicable,ok", "not_applicable,missing")
    found = activity.by_service(changed_world(ACTIVITY=(line, blank)), "2026")
    assert found[["supported", "open_at_end"]].to_numpy().tolist() == [[60, 60]]
    assert found[["capacity", "full"]].isna().all(axis=None)


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_no_small_count_is_shown_nor_one_that_would_tell_it(shipped: Library, dimension: str) -> None:
    true = raw(shipped, dimension)
    for part in parts(shipped, dimension):
        table = part.table.set_index(["service_group", "category"])
        counts = true.reindex(table.index).astype(float)
        assert table.loc[counts.between(1, 4), ["count", "share", "lower", "upper"]].isna().all(axis=None)
        shown = table["count"].notna()
        assert (table.loc[shown, "count"] == counts[shown]).all()
        for group, own in table.groupby(level=0):
            hidden = int(own["count"].isna().sum())
            assert hidden != 1 or own["total"].isna().all(), f"{group} tells its one hidden count"


def test_a_total_too_small_to_show_goes_with_its_parts() -> None:
    rows = pd.DataFrame(
        {
            "service_group": "youth",
            "case_unit": "child",
            "category": ["Accepted", "Not accepted", "Pending"],
            "count": [1, 2, 0],
        }
    )
    held = activity._held(rows, "sex")
    assert held["count"].isna().tolist() == [True, True, False]
    assert held["total"].isna().all()
    assert activity._held(rows, "safeguarding_outcome")[["count", "total"]].isna().all(axis=None)


@pytest.mark.parametrize("dimension", activity.PRINTED_FOR_ALL)
@pytest.mark.parametrize("edition", ["2020", "2026"])
def test_what_is_printed_for_all_services_does_not_tell_a_count_of_one(
    shipped: Library, edition: str, dimension: str
) -> None:
    for quarter in activity.quarters(shipped, edition):
        found = activity.breakdowns(shipped, edition, quarter, dimension)
        shown = pd.concat([part.table for part in found])
        rows = shipped.table("ACTIVITY_DETAIL").query("edition == @edition and quarter == @quarter")
        true = rows[rows["dimension"] == dimension].pivot(index="service_group", columns="category", values="count")
        seen = shown.pivot(index="service_group", columns="category", values="count").reindex_like(true)
        totals = shown.groupby("service_group")["total"].first().reindex(true.index).isna().to_numpy()
        withheld = [*totals, *np.zeros(len(true.columns) + 1, bool)]
        hidden = seen.isna().to_numpy().ravel()
        ranges = feasible_ranges(two_way(true.to_numpy()), hidden, 0, withheld)
        small = hidden & (true.to_numpy().ravel() > 0) & (true.to_numpy().ravel() < 5)
        assert (ranges.greatest > ranges.least)[small].all(), quarter
        assert not (~hidden & (true.to_numpy().ravel() > 0) & (true.to_numpy().ravel() < 5)).any()


def test_the_same_cases_are_held_back_in_both_breakdowns() -> None:
    closed = [("Needs met", 30), ("Stepped up to social care", 6), ("Moved away", 2)]
    lines = [("closure_outcome", name, count) for name, count in closed]
    lines.append(("step_up", "Stepped up to social care", 6))
    rows = pd.DataFrame(lines, columns=["dimension", "category", "count"]).assign(service_group="youth")
    held = activity._held(activity._in_order(rows, "step_up"), "step_up")
    assert held["count"].tolist() == [6]
    found = activity._without_the_same(held, rows, *activity.SAME_CASES["step_up"])
    assert found["count"].isna().all(), "30 + 6 + 2 less 30 and 6 would tell of 2 who moved away"


def test_the_parts_of_a_count_held_back_are_held_back() -> None:
    held = pd.DataFrame({"service_group": ["youth", "send"], "count": [0.0, 12.0], "total": [40.0, 12.0]})
    services = pd.DataFrame({"service_group": ["youth", "send"], "supported": [np.nan, 12.0]})
    found = activity._without_wholes(held, services, "supported")
    assert found["count"].isna().tolist() == [True, False]
    assert found["total"].isna().tolist() == [True, False]


def test_a_share_of_those_reached_needs_every_service(shipped: Library) -> None:
    family = parts(shipped, "age_band")[1]
    here = activity.who_lives_here(shipped, "2026", "age_band")
    found = activity.reached(family, here).set_index("category")
    hidden = family.table[family.table["count"].isna()]["category"].unique()
    assert len(hidden)
    assert found.loc[hidden, ["count", "share"]].isna().all(axis=None)
    whole = found.drop(index=hidden)
    assert np.allclose(whole["share"], whole["count"] / 718)


def test_who_lives_here_is_the_population_and_the_school_census(shipped: Library) -> None:
    ages = activity.who_lives_here(shipped, "2026", "age_band").set_index("category")
    people = shipped.table("POPULATION_LSOA11").query("mid_year == 2020").groupby("age_band")["population"].sum()
    assert ages["share"].sum() == pytest.approx(1)
    assert ages.loc["0-4", "share"] == pytest.approx(people["0-4"] / people[list(activity.AGES)].sum())
    needs = activity.who_lives_here(shipped, "2026", "send").set_index("category")
    assert needs.loc["SEN support", "what"] == "pupils, 2025"
    assert activity.who_lives_here(shipped, "2026", "sex").empty


def test_published_figures_are_those_printed_with_their_place(shipped: Library) -> None:
    panel = activity.published(shipped, "panel").set_index("indicator_id")
    assert panel.loc["na2020_ehap_applications", "value"] == 372
    assert panel["locator"].str.contains("Section 10.4").all()
    sources = activity.published(shipped, "panel_sources")
    assert len(sources) == 11
    assert activity.published(shipped, "assessment_type")["value"].tolist() == [187, 233, 13, 17]
    assert "primary schools" in activity.statements(shipped, "referral source")["statement"].str.lower().str.cat()


def test_an_edition_without_a_return_is_refused(world: Library) -> None:
    with pytest.raises(Refusal, match="holds nothing for the 1999 edition"):
        activity.quarters(world, "1999")
