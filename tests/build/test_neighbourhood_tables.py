"""Deprivation, poverty, population and lookups as built: whole, and equal to known right answers."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.build.deprivation import councils, neighbourhoods, numerators
from analysis.build.population import demand_points, mid_year
from analysis.build.poverty import SERIES, build, differences, families
from analysis.sources.tables.deprivation import DOMAINS

ROOT = Path(__file__).resolve().parents[2]
PUBLISHED, GEO = ROOT / "data" / "published", ROOT / "geo"
BNES = "E06000022"


def published(name: str) -> pd.DataFrame:
    return pd.read_csv(PUBLISHED / f"{name}.csv")


def summed_to_ward(year: int, domain: str, people: str, ward: str) -> pd.DataFrame:
    """Score times people, and people, summed from neighbourhoods to wards."""
    scores = published(f"iod{year}_lsoa11").query("domain == @domain")
    denominators = published("iod_population_lsoa11").query("iod_year == @year")
    joined = scores.merge(denominators, on="lsoa11_code").merge(pd.read_csv(GEO / "lookup_lsoa11_ward.csv"))
    return (
        joined.assign(cases=joined["score"] * joined[people], people=joined[people])
        .groupby(ward)[["cases", "people"]]
        .sum()
    )


def test_idaci_2015_rebuilds_the_counts_the_assessment_prints() -> None:
    wards = summed_to_ward(2015, "idaci", "children_0_15", "ward11_code")
    assert len(wards) == 37
    assert wards.loc["E05001935", "cases"] == pytest.approx(46.86, abs=0.005)
    assert wards.loc["E05001962", "cases"] == pytest.approx(267, abs=0.5)
    assert wards["cases"].sum() == pytest.approx(3607.193)
    assert wards["people"].sum() == 29_867


@pytest.mark.parametrize("ward", ["ward11_code", "ward19_code"])
def test_idaci_2019_keeps_the_published_average_of_the_council(ward: str) -> None:
    wards = summed_to_ward(2019, "idaci", "children_0_15", ward)
    assert wards["cases"].sum() / wards["people"].sum() == pytest.approx(0.104, abs=0.0005)
    assert wards["people"].sum() == 30_660


def test_imd_2019_gives_the_published_average_score() -> None:
    wards = summed_to_ward(2019, "imd", "population", "ward11_code")
    assert wards["cases"].sum() / wards["people"].sum() == pytest.approx(11.74526155398916, rel=1e-12)
    assert (wards["cases"] / wards["people"])["E05001935"] == pytest.approx(18.3213739461068, rel=1e-12)
    council = published("iod_council").query("iod_year == 2019 and area_code == @BNES and domain == 'imd'")
    assert council["average_score"].item() == 11.745
    assert (council["rank_average_score"].item(), council["rank_average_rank"].item()) == (265, 274)


@pytest.mark.parametrize(("year", "least"), [(2015, 46), (2019, 51)])
def test_neighbourhoods_in_the_least_deprived_fifth(year: int, least: int) -> None:
    imd = published(f"iod{year}_lsoa11").query("domain == 'imd'")
    assert int(imd["decile"].ge(9).sum()) == least
    assert int(imd["decile"].le(2).sum()) == 5


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("iod2015_lsoa11", {("published", "ok"): 1840}),
        ("iod2019_lsoa11", {("modelled", "ok"): 460, ("published", "missing"): 1035, ("published", "ok"): 345}),
        ("iod2025_lsoa21", {("published", "missing"): 236, ("published", "ok"): 1652}),
    ],
)
def test_scores_say_whether_they_are_published_estimated_or_absent(
    file: str, expected: dict[tuple[str, str], int]
) -> None:
    assert published(file).groupby(["basis", "status"]).size().to_dict() == expected


def test_a_score_is_published_or_estimated_or_blank_with_its_reason() -> None:
    domains = {f"{domain}_{part}": [1] for domain in DOMAINS for part in ("rank", "decile")}
    wide = pd.DataFrame(
        {
            "lsoa11cd": ["E01000001"],
            **domains,
            "imd_score": [9.5],
            "crime_score_est": [0.2],
            "crime_score_halfwidth": [0.1],
        }
    )
    rows = neighbourhoods(wide, "not found").set_index("domain")
    assert rows.loc["imd", ["score", "basis", "status"]].tolist() == [9.5, "published", "ok"]
    assert rows.loc["crime", ["score", "score_half_width", "basis"]].tolist() == [0.2, 0.1, "modelled"]
    assert rows.loc["idaci", ["status", "blank_reason"]].tolist() == ["missing", "not found"]
    assert pd.isna(rows.loc["idaci", "score"])


def test_small_numerators_are_suppressed_and_never_zero() -> None:
    wide = pd.DataFrame({"lsoa21cd": ["E01000001", "E01000002"], "idaci_numerator_rounded5": [15.0, None]})
    rows = numerators(wide)
    assert rows["status"].tolist() == ["ok", "suppressed"]
    assert rows["count"].tolist() == [15, pd.NA]
    assert published("iod2025_idaci_numerator_lsoa21")["status"].value_counts().to_dict() == {
        "ok": 111,
        "suppressed": 7,
    }


def test_council_measures_that_were_not_found_are_blank_with_the_reason() -> None:
    table = published("iod_council")
    missing = table["status"].eq("missing")
    assert table.loc[missing, "iod_year"].eq(2015).all()
    assert table.loc[missing, "blank_reason"].notna().all()
    assert table.groupby("iod_year").size().tolist() == [40, 40, 40]


def test_every_name_of_a_domain_is_understood() -> None:
    names = ["Index of Multiple Deprivation", "Income Deprivation", "Income", "Health Deprivation and Disability"]
    summaries = pd.DataFrame({"lad_code": BNES, "index_domain": names, "average_score": 1.0, "rank_average_score": 1})
    assert councils(summaries)["domain"].tolist() == ["imd", "income", "income", "health"]


def test_wards_add_up_to_the_council_but_for_disclosure_control() -> None:
    difference = differences(published("child_poverty_ward19"), published("child_poverty_area"))
    assert len(difference) == 10
    assert difference.abs().max() == 21
    assert published("child_poverty_ward19")["status"].eq("ok").all()


def test_wards_that_do_not_add_up_stop_the_build(tmp_path: Path) -> None:
    source = tmp_path / "data" / "poverty"
    source.mkdir(parents=True)
    series = {"fye": 2025, "measure": "relative", "housing_costs": "AHC", "pct": 10.0}
    pd.DataFrame({"ward_code": ["E05012461"], "children": [100], **series}).to_csv(source / "cilif_ward2019.csv")
    pd.DataFrame({"area_code": [BNES], "children": [200], **series}).to_csv(source / "cilif_la_region.csv")
    with pytest.raises(ValueError, match="do not add up to the council"):
        build(tmp_path, tmp_path / "out")


def test_a_missing_count_of_families_stays_missing() -> None:
    raw = pd.DataFrame({"ward_code": ["E05012461"], "fye": [2025], "children": [None], "pct": [None]})
    assert families(raw)["status"].tolist() == ["missing"]


def test_the_measures_of_child_poverty() -> None:
    wards = published("child_poverty_ward19")
    assert wards["ward19_code"].nunique() == 33
    assert set(wards.groupby(SERIES).size()) == {33}
    assert wards.query("housing_costs == 'AHC'")["year_ending"].unique().tolist() == [2024, 2025]


def test_populations_keep_the_published_totals() -> None:
    everyone = published("population_lsoa11").query("age_band == 'all'").groupby("mid_year")["population"].sum()
    assert everyone.to_dict() == {2017: 188_678, 2019: 193_282, 2020: 196_357}
    census = published("population_lsoa21").pivot(index="lsoa21_code", columns="age_band", values="population")
    assert census["all"].sum() == 193_401
    assert census.drop(columns="all").sum(axis=1).eq(census["all"]).all()


def test_age_bands_are_named_as_they_are_read() -> None:
    wide = pd.DataFrame({"mid_year": [2017], "lsoa11cd": ["E01014370"], "total": [9], "age_0_4": [2]})
    assert mid_year(wide).set_index("age_band")["population"].to_dict() == {"0-4": 2, "all": 9}


@pytest.mark.parametrize(("vintage", "areas"), [("lsoa11", 115), ("lsoa21", 118)])
def test_every_neighbourhood_has_a_demand_point(vintage: str, areas: int) -> None:
    points = pd.read_csv(ROOT / "data" / "derived" / f"demand_points_{vintage}.csv")
    assert len(points) == areas
    assert points["postcodes"].sum() == 5_938


def test_a_demand_point_is_the_plain_mean_of_its_postcodes() -> None:
    postcodes = pd.DataFrame(
        {"lsoa11cd": ["a", "a", "b"], "latitude": [51.2, 51.4, 51.0], "longitude": [-2.0, -2.4, -2.1]}
    )
    points = demand_points(postcodes, "lsoa11").set_index("lsoa11_code")
    assert points.loc["a"].tolist() == [51.3, -2.2, 2]


@pytest.mark.parametrize(
    ("file", "rows"),
    [
        ("lookup_lsoa11_ward", 115),
        ("lookup_lsoa21_ward19", 118),
        ("lookup_lsoa11_lsoa21", 118),
        ("lookup_ward11_ward19", 96),
        ("lookup_lsoa11_ward19_shares", 164),
    ],
)
def test_lookups_are_whole_and_name_only_known_areas(file: str, rows: int) -> None:
    lookup = pd.read_csv(GEO / f"{file}.csv")
    areas = pd.read_csv(GEO / "areas.csv")
    assert len(lookup) == rows
    for column in [name for name in lookup if name.endswith("_code")]:
        known = areas.loc[areas["area_type"].eq(column.removesuffix("_code")), "area_code"]
        assert set(lookup[column]) == set(known), column


def test_postcode_shares_add_up_to_one() -> None:
    shares = pd.read_csv(GEO / "lookup_lsoa11_ward19_shares.csv").groupby("lsoa11_code")["postcode_share"].sum()
    assert shares.sub(1).abs().max() < 0.0002


def test_local_names_reach_2021_only_where_the_code_did_not_change() -> None:
    areas = pd.read_csv(GEO / "areas.csv")
    named = areas.groupby("area_type")["local_name"].count()
    assert named[named.gt(0)].to_dict() == {"lsoa11": 115, "lsoa21": 112}
