"""Real councils from the national files: counted, conserved and equal to what MHCLG and DWP publish."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely

from analysis.build.area.folder import build_area
from analysis.build.area.national import COUNCIL_IOD, COUNCIL_LOW_INCOME, FOLDER, IOD2019, PEOPLE
from analysis.deprivation import by_ward, neighbourhoods
from analysis.five_measures import of_council
from analysis.low_income import series
from analysis.sources.catalogue import faults, read_layer
from analysis.sources.library import ROOT, Library

RAW = Path(os.environ.get("ATLAS_RAW", ROOT.parent / "shared"))
BNES, NORTH_SOMERSET, WILTSHIRE, HALTON = "E06000022", "E06000024", "E06000054", "E06000006"
COUNTED = {BNES: (115, 33, 118, 33), NORTH_SOMERSET: (135, 35, 138, 35), WILTSHIRE: (285, 98, 307, 98)}
COUNTED |= {HALTON: (79, 21, 80, 18)}
GOLDEN = ROOT / "tests" / "golden" / "iod2019_la_expected.csv"
TOLERANCE = 25

pytestmark = pytest.mark.skipif(
    not (RAW / FOLDER).is_dir(),
    reason=f"the national files are not there: no {FOLDER} beside the clone or in ATLAS_RAW",
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Library]:
    out = tmp_path_factory.mktemp("areas")
    return {code: build_area(RAW, code, out / code)[0] for code in COUNTED}


@pytest.fixture(params=COUNTED)
def council(request: pytest.FixtureRequest, built: dict[str, Library]) -> Library:
    return built[request.param]


def test_areas_are_counted_and_each_neighbourhood_has_one_ward(council: Library) -> None:
    counted = tuple(len(council.codes(kind)) for kind in ("lsoa11", "ward11", "lsoa21", "ward19"))
    assert counted == COUNTED[council.council.code]
    for contract, lsoa, ward, kind in (
        ("LOOKUP_LSOA11", "lsoa11", "ward11_code", "ward11"),
        ("LOOKUP_LSOA21", "lsoa21", "ward19_code", "ward19"),
    ):
        lookup = council.table(contract)
        assert sorted(lookup[f"{lsoa}_code"]) == council.codes(lsoa)
        assert sorted(lookup[ward].unique()) == council.codes(kind)
    assert faults(council.root) == []


def test_people_and_neighbourhoods_are_conserved(council: Library) -> None:
    wards = by_ward(council, 2019, "imd", "ward11_code")
    assert wards["neighbourhoods"].sum() == COUNTED[council.council.code][0]
    raw = pd.read_csv(RAW / PEOPLE).set_index("lsoa11cd")
    people = council.table("POPULATION_LSOA11")
    everybody = people.loc[people["age_band"] == "all", "population"].sum()
    assert everybody == raw.loc[council.codes("lsoa11"), "total"].sum()
    mean = (wards["score"] * _people_by_ward(council)).sum() / _people_by_ward(council).sum()
    assert mean == pytest.approx(of_council(council, 2019, "imd")["worked_out"].iloc[0])


def _people_by_ward(library: Library) -> np.ndarray:
    people = library.table("IOD_POPULATION").set_index("lsoa11_code")["population"].astype(float)
    ward = library.table("LOOKUP_LSOA11").set_index("lsoa11_code")["ward11_code"]
    return people.groupby(ward).sum().sort_index().to_numpy()


@pytest.mark.parametrize("domain", ["imd", "income", "employment"])
def test_summary_measures_are_those_mhclg_publishes(council: Library, domain: str) -> None:
    published = pd.read_csv(RAW / COUNCIL_IOD)
    assert council.council.code in set(published["lad_code"])
    measures = of_council(council, 2019, domain).set_index("measure")
    for measure, close in (("score", 0.00051), ("tenth", 0.000051)):
        assert measures.loc[measure, "worked_out"] == pytest.approx(measures.loc[measure, "published"], abs=close)
    assert measures.loc["rank", "worked_out"] == pytest.approx(measures.loc["rank", "published"], abs=1.0)


def test_bnes_equals_the_oracle_and_the_shipped_tables(built: dict[str, Library], shipped: Library) -> None:
    expected, ours = pd.read_csv(GOLDEN).set_index("la").loc[BNES], built[BNES]
    measures = of_council(ours, 2019, "imd").set_index("measure")["worked_out"]
    assert measures["score"] == pytest.approx(expected["average_score"])
    assert measures["rank"] == pytest.approx(expected["average_rank"])
    assert measures["tenth"] == pytest.approx(expected["proportion_lsoa_most_deprived_10pct"])
    assert measures["extent"] == pytest.approx(expected["extent"])
    assert measures["concentration"] == pytest.approx(expected["local_concentration"])
    for contract, key, columns in (
        ("IOD2025", ["lsoa21_code", "domain"], ["score", "rank", "decile"]),
        ("IOD2019", ["lsoa11_code", "domain"], ["rank", "decile"]),
        ("LOOKUP_LSOA21", ["lsoa21_code"], ["ward19_code"]),
        ("LOOKUP_LSOA11", ["lsoa11_code"], ["ward19_code"]),
    ):
        mine, theirs = (library.table(contract).set_index(key)[columns].sort_index() for library in (ours, shipped))
        pd.testing.assert_frame_equal(mine, theirs)
    people = shipped.table("POPULATION_LSOA11").query("mid_year == 2020")
    key = ["lsoa11_code", "age_band"]
    mine = ours.table("POPULATION_LSOA11").set_index(key)["population"]
    assert mine.equals(people.set_index(key)["population"].reindex(mine.index))


def test_bnes_low_income_and_kept_codes_are_the_shipped_ones(built: dict[str, Library], shipped: Library) -> None:
    key = ["ward19_code", "housing_costs"]
    newest = shipped.table("CHILD_POVERTY_WARD").query("year_ending == 2025 and measure == 'relative'").set_index(key)
    mine = built[BNES].table("CHILD_POVERTY_WARD").set_index(key)
    assert mine["count"].sort_index().tolist() == newest["count"].sort_index().tolist()
    assert np.allclose(mine["percent"].sort_index(), newest["percent"].sort_index(), atol=0.0051)
    published = shipped.table("LOOKUP_LSOA11_LSOA21").query("change == 'unchanged'")
    kept = built[BNES].table("LOOKUP_LSOA11_LSOA21")
    assert sorted(kept["lsoa11_code"]) == sorted(published["lsoa11_code"])


@pytest.mark.parametrize("costs", ["BHC", "AHC"])
def test_wards_add_up_to_the_published_low_income_of_the_council(council: Library, costs: str) -> None:
    rows = series(council, costs).set_index("area_code")
    own = rows.loc[council.council.code]
    published = pd.read_csv(RAW / COUNCIL_LOW_INCOME).query(
        "area_code == @council.council.code and fye == 2025 and measure == 'relative' and housing_costs == @costs"
    )
    assert own["count"] == published["children"].iloc[0]
    assert abs(rows.drop(council.council.code)["count"].sum() - own["count"]) <= TOLERANCE


def test_ranks_and_scores_are_those_of_the_national_file(council: Library) -> None:
    raw = pd.read_csv(RAW / IOD2019).set_index("lsoa11cd").loc[council.codes("lsoa11")]
    for domain in ("imd", "idaci", "crime"):
        rows = neighbourhoods(council, 2019, domain).set_index("area_code").loc[raw.index]
        assert rows["rank"].tolist() == raw[f"{domain}_rank"].tolist()
    assert neighbourhoods(council, 2019, "imd").set_index("area_code")["score"].tolist() == raw["imd_score"].tolist()


def test_boundaries_are_a_valid_coverage_of_todays_wards(council: Library) -> None:
    features = read_layer(council.root / "geo" / "wards_2019.geojson")["features"]
    assert [one["properties"]["code"] for one in features] == council.codes("ward19")
    areas = np.array([shapely.geometry.shape(one["geometry"]) for one in features])
    assert shapely.is_valid(areas).all()
    assert shapely.coverage_is_valid(areas)
    whole = shapely.geometry.shape(
        read_layer(council.root / "geo" / "council_outline.geojson")["features"][0]["geometry"]
    )
    assert shapely.area(areas).sum() == pytest.approx(whole.area)
