"""Provision in its three kinds: shares, access and caseload."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from analysis.provision import DRAWS, PROVISIONS, REST, ProvisionLens, provision
from analysis.reach import CATCHMENTS, DEFAULT_CATCHMENT, demand, sites, travel_minutes
from analysis.sources.library import Library
from tests.world.three_wards import ASH, BIRCH, CEDAR, GORSE, activity_line

EVERY_OFFER = pytest.mark.parametrize(
    ("edition", "lens"),
    [(edition, lens) for lens in PROVISIONS.values() for edition in lens.editions],
    ids=lambda part: part if isinstance(part, str) else part.id,
)


def observed(library: Library, lens: str, edition: str = "2020") -> dict[str, float]:
    return provision(library, PROVISIONS[lens], edition).table.set_index("area_code")["observed"].to_dict()


def test_one_listed_ward_and_the_rest_together(world: Library) -> None:
    provided = provision(world, PROVISIONS["contact2017"], "2020")
    rows = provided.table.set_index("area_code")
    assert rows["observed"].dropna().to_dict() == {CEDAR: 36, REST: 84}
    assert (rows.loc[CEDAR, "lowest"], rows.loc[CEDAR, "highest"]) == (36, 36)
    assert rows["bound"].dropna().to_dict() == pytest.approx({ASH: 36.6, BIRCH: 36.6})
    assert provided.draws.shape == (DRAWS, 1)
    assert provided.draws.mean() == pytest.approx(36, abs=0.2)


def test_one_library_shared_by_two_hundred_children(world: Library) -> None:
    assert observed(world, "access_library") == pytest.approx({ASH: 0.5, BIRCH: 0.5, CEDAR: 0})


def test_two_schools_one_at_each_end(world: Library) -> None:
    assert observed(world, "access_school") == pytest.approx({ASH: 0.5, BIRCH: 0.5, CEDAR: 1})


def test_a_surgery_nobody_reaches_counts_for_nobody(world: Library) -> None:
    assert observed(world, "access_gp") == pytest.approx({ASH: 0, BIRCH: 0, CEDAR: 1})


def test_by_bus_the_library_is_shared_with_cedar(world: Library) -> None:
    variants = provision(world, PROVISIONS["access_library"], "2020").variants
    shared = 1 / (100 + 100 + 0.68 * 100)
    assert list(variants) == list(CATCHMENTS)
    assert variants["bus30"].tolist() == pytest.approx([100 * shared, 100 * shared, 68 * shared])
    assert variants["walk20"].tolist() == pytest.approx([0.5, 0.5, 0])


def test_the_latest_quarter_summed_over_groups_of_one_case_unit(world: Library) -> None:
    assert observed(world, "caseload_families") == {ASH: 20, BIRCH: 20, CEDAR: 20}
    assert observed(world, "caseload_youth") == {ASH: 0, BIRCH: 0, CEDAR: 6}


def test_nought_families_are_nought_and_a_ward_without_a_row_is_not_known(
    changed_world: Callable[..., Library],
) -> None:
    assert observed(changed_world(), "caseload_families", "2026")[GORSE] == 0
    line = activity_line("2026", "2025-26 Q1", "children_centres", "family", GORSE, 0)
    assert np.isnan(observed(changed_world(ACTIVITY=(line, "")), "caseload_families", "2026")[GORSE])


def test_children_seen_by_other_services_are_not_young_people_supported(changed_world: Callable[..., Library]) -> None:
    line = activity_line("2020", "2019-20 Q4", "youth", "child", CEDAR, 6)
    seen = activity_line("2020", "2019-20 Q4", "health_visiting", "child", CEDAR, 400)
    assert observed(changed_world(ACTIVITY=(line, line + seen)), "caseload_youth") == {ASH: 0, BIRCH: 0, CEDAR: 6}


def test_an_edition_a_lens_does_not_have_is_refused(world: Library) -> None:
    with pytest.raises(ValueError, match="Parents in contact with services, 2016/17 is not part of the 2026 edition"):
        provision(world, PROVISIONS["contact2017"], "2026")


@EVERY_OFFER
def test_shipped_provision_covers_every_ward_once(shipped: Library, edition: str, lens: ProvisionLens) -> None:
    table = provision(shipped, lens, edition).table
    wards = table.loc[table["area_code"] != REST, "area_code"]
    assert list(wards) == shipped.codes("ward11" if edition == "2020" else "ward19")
    assert (table["observed"].dropna() >= 0).all()


@EVERY_OFFER
def test_every_file_behind_an_offer_is_in_the_catalogue(shipped: Library, edition: str, lens: ProvisionLens) -> None:
    contracts = lens.sources_for(edition)
    assert contracts
    assert [shipped.entry(contract).contract for contract in contracts] == list(contracts)


def test_shipped_contact_is_the_published_list(shipped: Library) -> None:
    rows = provision(shipped, PROVISIONS["contact2017"], "2020").table
    listed = rows[rows["observed"].notna()]
    named = {
        shipped.names.get(code, code): count
        for code, count in zip(listed["area_code"], listed["observed"], strict=True)
    }
    assert named == {"Combe Down": 42, "Radstock": 35, "Twerton": 98, "Westmoreland": 49, REST: 478}


@pytest.mark.parametrize("kind", ["library", "gp", "play", "school"])
@pytest.mark.parametrize("edition", ["2020", "2026"])
def test_access_sums_to_the_places_somebody_reaches(shipped: Library, kind: str, edition: str) -> None:
    points, places = demand(shipped, edition), sites(shipped, kind, edition)
    walk = CATCHMENTS[DEFAULT_CATCHMENT]
    near = travel_minutes(points, places, walk.km_per_hour) <= walk.minutes[-1]
    reached = near[points["children"] > 0].any(axis=0).sum()
    total = provision(shipped, PROVISIONS[f"access_{kind}"], edition).table["observed"].sum()
    assert 0 < reached <= len(places)
    assert total == pytest.approx(reached)
