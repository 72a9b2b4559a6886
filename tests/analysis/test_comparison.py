"""Each kind of comparison on the three-ward world, against answers worked out by hand."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from analysis.comparison import MATERIAL, Verdict
from analysis.gap import gap
from analysis.provision import REST
from analysis.sources.library import Library
from tests.world.three_wards import ASH, BIRCH, CEDAR, ELM, FIR, GORSE, activity_line


def compared(library: Library, edition: str, need: str, provided: str) -> pd.DataFrame:
    return gap(library, edition, need, provided).table.set_index("area_code")


@pytest.fixture(scope="module")
def shares(world: Library) -> pd.DataFrame:
    return compared(world, "2020", "idaci2015", "contact2017")


def test_shares_of_120_parents(shares: pd.DataFrame) -> None:
    assert shares["expected"].to_dict() == pytest.approx({ASH: 20, BIRCH: 40, CEDAR: 60, REST: 60})
    assert shares.loc[CEDAR, ["oe", "gap"]].tolist() == pytest.approx([36 / 60, 24])
    assert shares.loc[REST, ["oe", "gap"]].tolist() == pytest.approx([84 / 60, -24])
    assert shares["gap"].sum() == pytest.approx(0, abs=1e-9)
    assert shares["observed_share"].dropna().to_dict() == pytest.approx({CEDAR: 0.3, REST: 0.7})


def test_limits_of_a_rounded_share_are_those_of_its_binomial_count(shares: pd.DataFrame) -> None:
    spread = 1.96 * np.sqrt(120 * 0.3 * 0.7) / 60
    assert shares.loc[CEDAR, "oe_lower"] == pytest.approx(0.6 - spread, abs=0.02)
    assert shares.loc[CEDAR, "oe_upper"] == pytest.approx(0.6 + spread, abs=0.02)


def test_the_worst_case_is_byar_over_the_counts_rounding_allows(shares: pd.DataFrame) -> None:
    byar_of_36 = (25.21, 49.84)
    assert shares.loc[CEDAR, ["envelope_lower", "envelope_upper"]].tolist() == pytest.approx(
        [limit / 60 for limit in byar_of_36], abs=0.001
    )
    assert shares.loc[CEDAR, "verdict"] == Verdict.UNDER_CERTAIN


def test_a_ward_that_was_not_listed_has_a_bound_and_no_verdict(shares: pd.DataFrame) -> None:
    unlisted = shares.loc[[ASH, BIRCH]]
    assert unlisted["oe_upper"].tolist() == pytest.approx([36.6 / 20, 36.6 / 40])
    assert unlisted["gap_lower"].tolist() == pytest.approx([20 - 36.6, 40 - 36.6])
    assert unlisted[["observed", "observed_share", "oe", "oe_lower", "gap", "gap_upper"]].isna().all(axis=None)
    assert set(unlisted["verdict"]) == {Verdict.NOT_KNOWN}
    assert shares.loc[REST, "verdict"] == Verdict.NOT_KNOWN


def test_need_is_grouped_for_the_rest(shares: pd.DataFrame) -> None:
    assert shares.loc[REST, ["need", "need_share", "denominator"]].tolist() == pytest.approx([30, 0.5, 200])


def test_the_verdict_is_only_likely_when_the_worst_case_holds_one(changed_world: Callable[..., Library]) -> None:
    milder = changed_world(TOXIC_TRIO_LISTS=("120,E05001903,30", "120,E05001903,37"))
    row = compared(milder, "2020", "idaci2015", "contact2017").loc[CEDAR]
    assert row["oe_upper"] < 1 < row["envelope_upper"]
    assert row["verdict"] == Verdict.UNDER_LIKELY


def test_caseload_of_sixty_families(world: Library) -> None:
    table = compared(world, "2020", "idaci2015", "caseload_families")
    assert table["expected"].to_dict() == pytest.approx({ASH: 10, BIRCH: 20, CEDAR: 30})
    assert table["oe"].to_dict() == pytest.approx({ASH: 2, BIRCH: 1, CEDAR: 2 / 3})
    assert table["gap"].to_dict() == pytest.approx({ASH: -10, BIRCH: 0, CEDAR: 10})
    assert table.loc[ASH, ["oe_lower", "oe_upper"]].tolist() == pytest.approx([1.221, 3.089], abs=0.001)
    assert table["verdict"].to_dict() == {ASH: Verdict.OVER_LIKELY, BIRCH: Verdict.IN_LINE, CEDAR: Verdict.IN_LINE}


def test_none_of_thirty_expected_is_certain(world: Library) -> None:
    table = compared(world, "2026", "low_income_bhc2025", "caseload_families")
    assert table["verdict"].to_dict() == {
        ELM: Verdict.OVER_CERTAIN,
        FIR: Verdict.IN_LINE,
        GORSE: Verdict.UNDER_CERTAIN,
    }
    assert table.loc[GORSE, ["oe", "oe_lower", "gap", "gap_upper"]].tolist() == [0, 0, 30, 30]
    assert table.loc[GORSE, "oe_upper"] == pytest.approx(3.689 / 30, abs=0.0001)


def test_six_young_people_are_too_few_to_tell(world: Library) -> None:
    table = compared(world, "2020", "idaci2015", "caseload_youth")
    assert table["expected"].tolist() == pytest.approx([1, 2, 3])
    assert set(table["verdict"]) == {Verdict.TOO_FEW}


def test_a_ward_whose_need_is_suppressed_is_not_known_and_left_out(world: Library) -> None:
    table = compared(world, "2026", "low_income_ahc2025", "caseload_families")
    assert table.loc[FIR, "verdict"] == Verdict.NOT_KNOWN
    assert table.loc[FIR, "reason"] == "suppressed by the source to protect people"
    assert table.loc[FIR, ["expected", "oe", "gap"]].isna().all()
    assert table["expected"].dropna().to_dict() == pytest.approx({ELM: 10, GORSE: 30})
    assert table["gap"].sum() == pytest.approx(0, abs=1e-9)


def test_a_ward_whose_provision_is_missing_is_not_known_and_left_out(changed_world: Callable[..., Library]) -> None:
    line = activity_line("2026", "2025-26 Q1", "children_centres", "family", FIR, 20)
    table = compared(changed_world(ACTIVITY=(line, "")), "2026", "low_income_bhc2025", "caseload_families")
    assert table.loc[FIR, "verdict"] == Verdict.NOT_KNOWN
    assert table.loc[FIR, "reason"] == "provision not given in the return"
    assert table["expected"].dropna().to_dict() == pytest.approx({ELM: 10, GORSE: 30})


def test_estimated_need_widens_the_limits_but_not_the_ratio(
    world: Library, changed_world: Callable[..., Library]
) -> None:
    sharp = compared(world, "2026", "idaci2019", "caseload_families")
    doubtful = changed_world(
        IOD2019=("E01014001,idaci,0.1,0.01,modelled", "E01014001,idaci,0.1,0.08,modelled"),
    )
    blurred = compared(doubtful, "2026", "idaci2019", "caseload_families")
    assert blurred["oe"].to_dict() == pytest.approx(sharp["oe"].to_dict())
    assert sharp["oe"].to_dict() == pytest.approx({ELM: 4, FIR: 1, GORSE: 0})
    width = (blurred["oe_upper"] - blurred["oe_lower"]) / (sharp["oe_upper"] - sharp["oe_lower"])
    assert width[ELM] > 1.5


def test_doubt_about_need_never_makes_the_limits_narrower(world: Library) -> None:
    counted = compared(world, "2026", "low_income_bhc2025", "caseload_families")
    drawn = compared(world, "2026", "idaci2019", "caseload_families")
    assert counted["expected"].tolist() == pytest.approx(drawn["expected"].tolist())
    assert (drawn["oe_lower"] <= counted["oe_lower"] + 0.01).all()
    assert (drawn["oe_upper"] >= counted["oe_upper"] - 0.01).all()
    assert (drawn["oe_lower"] <= drawn["oe"]).all()


def test_access_to_one_library(world: Library) -> None:
    table = compared(world, "2020", "idaci2015", "access_library")
    assert table["expected"].to_dict() == pytest.approx({ASH: 1 / 6, BIRCH: 1 / 3, CEDAR: 1 / 2})
    assert table["oe"].to_dict() == pytest.approx({ASH: 3, BIRCH: 1.5, CEDAR: 0})
    assert table["gap"].to_dict() == pytest.approx({ASH: -1 / 3, BIRCH: -1 / 6, CEDAR: 1 / 2})
    assert table["verdict"].to_dict() == {
        ASH: Verdict.OVER_LIKELY,
        BIRCH: Verdict.OVER_LIKELY,
        CEDAR: Verdict.UNDER_LIKELY,
    }


def test_the_range_over_catchments(world: Library) -> None:
    table = compared(world, "2020", "idaci2015", "access_library")
    by_bus = 100 / 268
    assert table.loc[ASH, ["oe_lowest", "oe_highest"]].tolist() == pytest.approx([6 * by_bus, 3])
    assert table.loc[CEDAR, ["oe_lowest", "oe_highest"]].tolist() == pytest.approx([0, 2 * 0.68 * by_bus])


def test_a_ward_that_changes_side_depends_on_the_catchment(world: Library) -> None:
    table = compared(world, "2020", "children2019", "access_school")
    assert set(table["verdict"]) == {Verdict.DEPENDS}
    assert table.loc[ASH, "oe_lowest"] < 1 - MATERIAL < table.loc[ASH, "oe_highest"]


@pytest.mark.parametrize("need", ["idaci2019", "low_income_bhc2025", "children2020"])
@pytest.mark.parametrize("place", ["library", "gp", "play", "school"])
def test_access_has_no_sampling_limits_and_is_never_certain(shipped: Library, need: str, place: str) -> None:
    table = compared(shipped, "2026", need, f"access_{place}")
    assert table[["oe_lower", "oe_upper", "gap_lower", "gap_upper"]].isna().all(axis=None)
    assert not set(table["verdict"]) & {Verdict.UNDER_CERTAIN, Verdict.OVER_CERTAIN}
    assert (table["oe_lowest"] <= table["oe"] + 1e-9).all()
    assert (table["oe"] <= table["oe_highest"] + 1e-9).all()
