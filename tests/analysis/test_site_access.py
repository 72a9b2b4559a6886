"""Access to sites in the three-ward world, by hand; Ash and Birch at one spot, Cedar 3 km away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis import site_access
from analysis.added_sites import AddedSite
from analysis.editions import EDITIONS
from analysis.reach import edge_wards
from analysis.refusal import Refusal
from analysis.site_access import ALL_CHILDREN, Access, access, always_lowest, capacity_reached, changed, deserts
from analysis.sites import SOUGHT, sites_of, wards_at
from analysis.sources.library import Library
from analysis.travel import MODES
from tests.world import land, three_wards
from tests.world.three_wards import ASH, BIRCH, CEDAR, A

NEAR_BUS = 3.9 / 12 * 60
HALFWAY_SITE = AddedSite(51.36349, -2.5, 10, "Halfway")


@pytest.fixture(scope="session")
def landed(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return Library(land.lay(three_wards.build(tmp_path_factory.mktemp("landed"))))


def found(library: Library, what: str, mode: str = "foot", demand: str = ALL_CHILDREN, **more: object) -> Access:
    return access(library, SOUGHT[what], "2020", MODES[mode], demand, **more)


def column(result: Access, name: str) -> dict[str, float]:
    return result.wards.set_index("area_code")[name].to_dict()


def test_on_foot_each_spot_shares_its_own_hub(world: Library) -> None:
    result = found(world, "children_centres")
    assert column(result, "rate") == pytest.approx({ASH: 20, BIRCH: 20, CEDAR: 10})
    assert column(result, "places") == pytest.approx({ASH: 20, BIRCH: 20, CEDAR: 10})
    assert column(result, "minutes") == {ASH: 0, BIRCH: 0, CEDAR: 0}
    assert result.basis == "illustrative"


def test_by_bus_the_far_hub_counts_for_68_hundredths(world: Library) -> None:
    near, far = 40 / (200 + 0.68 * 100), 10 / (100 + 0.68 * 200)
    rates = column(found(world, "children_centres", "bus"), "rate")
    assert rates == pytest.approx(
        {ASH: 100 * (near + 0.68 * far), BIRCH: 100 * (near + 0.68 * far), CEDAR: 100 * (0.68 * near + far)}
    )


def test_the_range_holds_every_setting(world: Library) -> None:
    result = found(world, "children_centres", "bus")
    rates = result.settings.set_index("area_code")
    assert list(rates.columns) == ["slow", "fast", "within20", "gaussian"]
    assert rates["within20"].to_dict() == pytest.approx(dict.fromkeys((ASH, BIRCH, CEDAR), 100 * 50 / 300))
    near, far = 40 / (200 + 0.42 * 100), 10 / (100 + 0.42 * 200)
    assert rates.loc[CEDAR, "fast"] == pytest.approx(100 * (0.42 * near + far))
    assert column(result, "rate_lowest")[CEDAR] == pytest.approx(rates.loc[CEDAR].min())
    assert column(result, "rate_highest")[CEDAR] == pytest.approx(100 * 50 / 300)


def test_need_as_demand_is_spread_as_children_are(world: Library) -> None:
    points = site_access.demand_points(world, "2020", "idaci2015").set_index("area_code")
    assert points["demand"].to_dict() == pytest.approx({A: 10, "E01014002": 20, "E01014003": 18, "E01014004": 12})
    rates = column(found(world, "children_centres", demand="idaci2015"), "rate")
    assert rates == pytest.approx({ASH: 100 * 40 / 30, BIRCH: 100 * 40 / 30, CEDAR: 100 * 10 / 30})


def test_a_desert_is_0_and_its_minutes_and_children_are_counted(world: Library) -> None:
    result = found(world, "library")
    assert deserts(result) == [CEDAR]
    assert column(result, "rate") == pytest.approx({ASH: 5, BIRCH: 5, CEDAR: 0})
    assert column(result, "minutes")[CEDAR] == pytest.approx(3.9 / 4.8 * 60, rel=1e-3)
    assert column(result, "within_30") == {ASH: 100, BIRCH: 100, CEDAR: 0}
    assert column(result, "beyond_30") == {ASH: 0, BIRCH: 0, CEDAR: 100}
    assert column(found(world, "library", "bus"), "within_15") == {ASH: 100, BIRCH: 100, CEDAR: 0}
    assert column(found(world, "library", "car"), "within_15") == {ASH: 100, BIRCH: 100, CEDAR: 100}


def test_a_site_nobody_can_reach_is_reported_and_counts_for_nobody(world: Library) -> None:
    result = found(world, "youth")
    assert result.sites["reached"].tolist() == [False]
    assert capacity_reached(result) == 0
    assert deserts(result) == [ASH, BIRCH, CEDAR]
    doctors = found(world, "gp")
    assert doctors.sites.set_index("site_id")["reached"].to_dict() == {"gp-far": True, "gp-nowhere": False}
    assert doctors.wards["places"].sum() == pytest.approx(1)


def test_located_in_is_not_within_reach(world: Library) -> None:
    result = found(world, "family_support")
    assert column(result, "located") == {ASH: 0, BIRCH: 30, CEDAR: 0}
    assert column(result, "places") == pytest.approx({ASH: 15, BIRCH: 15, CEDAR: 0})


def test_the_median_child_decides_the_minutes(world: Library) -> None:
    times = pd.DataFrame(
        {
            "from_code": ["E01014003", "E01014004"],
            "site_id": ["library-near", "library-near"],
            "mode": ["foot", "foot"],
            "minutes": [25.0, 80.0],
        }
    )
    result = found(world, "library", times=times)
    assert column(result, "minutes")[CEDAR] == 25
    assert column(result, "within_30")[CEDAR] == pytest.approx(60)
    assert column(result, "beyond_30")[CEDAR] == pytest.approx(40)
    assert result.from_table == pytest.approx(2 / 4)


def test_wards_low_under_every_setting(world: Library) -> None:
    assert always_lowest(found(world, "children_centres"), 1) == [CEDAR]
    assert always_lowest(found(world, "library"), 1) == [CEDAR]


def test_an_added_site_stands_in_the_ward_that_holds_it(landed: Library) -> None:
    points = [(51.35, -2.51), (51.35, -2.48), (51.39, -2.5), (51.30, -2.5)]
    assert wards_at(landed, "2020", points) == [ASH, BIRCH, CEDAR, ""]
    rows = sites_of(landed, SOUGHT["children_centres"], "2020", [HALFWAY_SITE])
    assert rows["site_id"].tolist() == ["hub_near", "hub_far", "added_1"]
    assert rows.iloc[-1][["ward", "capacity", "added"]].tolist() == [ASH, 10, True]


def test_an_added_site_counts_as_one_among_places_of_a_kind(landed: Library) -> None:
    rows = sites_of(landed, SOUGHT["library"], "2020", [HALFWAY_SITE])
    assert rows["capacity"].tolist() == [1, 1]


def test_what_an_added_site_changes_adds_up(landed: Library) -> None:
    near = AddedSite(51.35, -2.5, 20, "Near")
    before, after = found(landed, "children_centres"), found(landed, "children_centres", added=[near])
    gains = changed(before, after).set_index("area_code")
    assert gains["gained"].to_dict() == pytest.approx({ASH: 10, BIRCH: 10, CEDAR: 0})
    assert gains["places_gained"].to_dict() == pytest.approx({ASH: 10, BIRCH: 10, CEDAR: 0})
    assert gains.loc[CEDAR, "gained"] == 0
    assert gains.loc[ASH, ["gained_lowest", "gained_highest"]].tolist() == pytest.approx([10, 10])
    assert capacity_reached(after) - capacity_reached(before) == 20
    assert after.basis == before.basis


def test_an_added_site_out_of_everybodys_reach_changes_nothing(landed: Library) -> None:
    lonely = AddedSite(51.21, -2.79, 20, "Lonely")
    before, after = found(landed, "library"), found(landed, "library", added=[lonely])
    assert changed(before, after)["gained"].tolist() == [0, 0, 0]
    assert after.sites["reached"].tolist() == [True, False]
    assert after.basis == "modelled"


def test_wards_that_touch_the_outline_are_edge_wards(landed: Library) -> None:
    assert edge_wards(landed, "2020") == {ASH, CEDAR}


def test_a_need_not_known_for_a_ward_is_refused_and_named(world: Library) -> None:
    with pytest.raises(Refusal, match="is not known for Fir, so the places cannot be shared out by it"):
        access(world, SOUGHT["library"], "2026", MODES["foot"], "low_income_ahc2025")


@pytest.mark.parametrize("need", ["idaci2019", "toxic_trio2017", "none such"])
def test_a_need_of_another_edition_is_refused(world: Library, need: str) -> None:
    with pytest.raises(Refusal, match=r"is not one of the 2020 edition\. Choose all children instead"):
        found(world, "library", demand=need)


def test_no_site_of_a_kind_is_refused(changed_world: Callable[..., Library]) -> None:
    library = changed_world(COMMISSIONED_SITES=("youth_nowhere,youth", "youth_nowhere,family_support"))
    assert found(library, "family_support").sites["capacity"].tolist() == [30, 25]
    with pytest.raises(Refusal, match="No youth bases are listed for the 2020 edition"):
        found(library, "youth")


def test_a_ward_without_children_has_no_rate_and_no_minutes(tmp_path: Path) -> None:
    root = three_wards.build(tmp_path, {"POPULATION_LSOA11": (f"2019,{A},0-15,100", f"2019,{A},0-15,0")})
    result = found(Library(root), "library")
    assert result.wards.set_index("area_code")[["rate", "minutes", "within_30"]].loc[ASH].isna().all()
    assert deserts(result) == [CEDAR]


@pytest.mark.parametrize("edition", list(EDITIONS))
@pytest.mark.parametrize("what", list(SOUGHT))
def test_the_shipped_figures_add_up_and_cover_every_ward(shipped: Library, what: str, edition: str) -> None:
    for mode in MODES.values():
        result = access(shipped, SOUGHT[what], edition, mode)
        assert list(result.wards["area_code"]) == shipped.codes(EDITIONS[edition].ward_type)
        assert result.wards["places"].sum() == pytest.approx(capacity_reached(result))
        assert result.wards["located"].sum() == pytest.approx(result.sites["capacity"].sum())
        assert result.wards.drop(columns="area_code").notna().all(axis=None)
        assert result.basis == ("modelled" if SOUGHT[what].served is None else "illustrative")
