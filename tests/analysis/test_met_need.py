"""Need, places, met and unmet on the three-ward world by hand, and what may not be told of the shipped return."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.gap import gap
from analysis.known_need import known_and_estimated
from analysis.met_need import MetNeed, met_need
from analysis.present import met_need_view
from analysis.provision import PROVISIONS, latest_rows
from analysis.refusal import Refusal
from analysis.sources.library import Library
from tests.world import three_wards

PARTS = ["full", "far", "not_referred"]


@pytest.fixture(scope="module")
def found(shipped: Library) -> MetNeed:
    return met_need(shipped, "2026", "low_income_bhc2025", "caseload_families", 100)


@pytest.fixture(scope="module")
def small(world: Library) -> pd.DataFrame:
    return met_need(world, "2020", "idaci2015", "caseload_families", 100).table.set_index("area_name")


def test_the_three_wards_by_hand(small: pd.DataFrame) -> None:
    # 60 families over needs of 10, 20 and 30 of 100 children each: 10, 20 and 30 at a fair share; 20 each are met.
    assert list(small["met"]) == [20, 20, 20]
    assert list(small["fair"].round(9)) == [10, 20, 30]
    assert list(small["unmet"].round(9)) == [0, 0, 10]
    assert list(small["met_per_100"].round(1)) == [200, 100, 66.7]
    # Places: Ash 200 in two services, Birch and Cedar 100 each.
    assert list(small["capacity"]) == [200, 100, 100]
    assert list(small["used"].round(9)) == [10, 20, 20]
    assert list(small["places_per_100"].round(1)) == [2000, 500, 333.3]
    assert list(small["places_short"].round(1)) == [-133.3, 33.3, 100]


def test_a_fair_share_by_children_alone_treats_wards_of_as_many_children_alike(world: Library) -> None:
    found = met_need(world, "2020", "idaci2015", "caseload_families", 0)
    assert list(found.table["fair"].round(9)) == [20, 20, 20]
    assert found.unmet == pytest.approx(0)
    half = met_need(world, "2020", "idaci2015", "caseload_families", 50)
    assert list(half.table["fair"].round(9)) == [15, 20, 25]
    assert list(half.result.wards["need"]) == [10, 20, 30], "need keeps what it counts"
    assert list(half.result.wards["oe"].round(4)) == [round(20 / 15, 4), 1, 0.8]


def test_at_need_alone_it_is_the_comparison_of_the_overview(shipped: Library, found: MetNeed) -> None:
    overview = gap(shipped, "2026", "low_income_bhc2025", "caseload_families")
    pd.testing.assert_frame_equal(found.result.table, overview.table)


@pytest.mark.parametrize("weight", [0, 25, 50, 75, 100])
@pytest.mark.parametrize("need", ["low_income_bhc2025", "idaci2019"])
def test_expected_adds_to_all_supported_at_every_weight(shipped: Library, need: str, weight: int) -> None:
    result = met_need(shipped, "2026", need, "caseload_youth", weight)
    assert result.result.table["expected"].sum() == pytest.approx(result.result.total)
    assert result.table["fair_places"].sum() == pytest.approx(result.places)


def test_the_parts_of_unmet_add_to_it(found: MetNeed) -> None:
    told = found.table.dropna(subset=PARTS)
    assert len(told) > 10
    assert told[PARTS].sum(axis=1).to_numpy() == pytest.approx(told["unmet"].to_numpy())
    assert (told[PARTS] >= 0).all(axis=None)


def test_what_is_held_back_is_held_back_with_all_it_could_be_worked_out_from(shipped: Library, found: MetNeed) -> None:
    table = found.table
    rows = latest_rows(shipped, PROVISIONS["caseload_families"], "2026").groupby("area_code")[["supported", "waiting"]]
    true = rows.sum().reindex(table["area_code"]).reset_index()
    small = true["supported"].between(1, 4)
    telling = ["met", "met_per_100", "used", "unmet", *PARTS, "extra"]
    assert small.any()
    assert table.loc[small, telling].isna().all(axis=None)
    assert (table["met"].isna() == table["met_per_100"].isna()).all()
    few = true["waiting"].between(1, 4)
    assert few.any()
    assert table.loc[few, "waiting"].isna().all()
    assert table.loc[few & (table["unmet"] > 0), PARTS].isna().all(axis=None)


def test_the_answer_counts_the_wards_it_names_and_those_held_back_apart(found: MetNeed) -> None:
    sentence, more = met_need_view.headline(found)
    assert found.table["unmet"].sum() == pytest.approx(159.9, abs=0.05)
    assert found.unmet == pytest.approx(174.9, abs=0.05)
    assert "about 160 families more would be supported in 15 wards and 15 in those held back, taken as one" in sentence
    assert "and fewer elsewhere" in sentence
    assert "part of their lead is chance" in more


def test_every_blank_of_the_download_has_its_reason(found: MetNeed) -> None:
    saved = met_need_view.download(found)
    waits = saved["waiting"].isna() & saved["met"].notna()
    assert waits.any()
    assert saved.loc[waits, "blank_reason"].str.startswith("waiting, full, far and not_referred: Not shown").all()
    blank = saved.drop(columns="blank_reason").isna().any(axis=1)
    assert (blank == saved["blank_reason"].ne("")).all()


def test_the_whole_council_counts_the_wards_held_back_as_one(found: MetNeed) -> None:
    table, total = found.table, found.result.total
    shown = table["met"].notna()
    together = table.loc[~shown, "fair"].sum() - (total - table.loc[shown, "met"].sum())
    assert found.unmet == pytest.approx(table.loc[shown, "unmet"].sum() + max(0, together))
    assert found.unmet >= table["unmet"].sum()


def test_the_best_fifth_sets_the_rate_and_gains_least(found: MetNeed) -> None:
    table = found.table.set_index("area_name")
    best = table.loc[list(found.best_wards)]
    assert best["met_per_100"].min() >= table.drop(index=best.index)["met_per_100"].max()
    assert found.best_rate == pytest.approx(100 * best["met"].sum() / best["need"].sum())
    assert table["extra"].min() == 0


def test_with_nobody_waiting_in_numbers_that_may_be_shown_nothing_is_said_of_it(tmp_path: Path) -> None:
    old = "2020,2019-20 Q4,children_centres,family,E05001901,15,0,0,0,100,illustrative"
    world = three_wards.build(tmp_path, {"ACTIVITY": (old, old.replace("15,0,0,0", "15,0,0,2"))})
    found = met_need(Library(world), "2020", "idaci2015", "caseload_families", 100)
    assert np.isnan(found.waiting)
    assert found.table["waiting"].isna().all()
    assert found.table["fair"].sum() == pytest.approx(60)


def test_provision_without_cases_is_refused(shipped: Library) -> None:
    with pytest.raises(Refusal, match="GP surgeries within reach counts no cases, places or people waiting"):
        met_need(shipped, "2026", "low_income_bhc2025", "access_gp", 100)


def test_known_need_beside_estimated_need_is_as_wiltshire_printed_it(shipped: Library) -> None:
    rows = known_and_estimated(shipped)
    assert list(rows["estimated_value"]) == [30019, 17621]
    assert list(rows["known_value"]) == [209, 1028]
    assert list((100 * rows["share"]).round(2)) == [0.70, 5.83]
    assert rows["known_locator"].str.contains("line 162").all()
