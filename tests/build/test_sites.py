"""Places as built: one row a place, in the right ward, nothing that is not a school among schools."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import shapely

from analysis.build.geography import read_layer
from analysis.build.names import slug, spoken
from analysis.build.play import play_spaces
from analysis.build.schools import schools_2017, schools_2025
from analysis.build.sites import areas_of, surgeries_2014

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def sites() -> pd.DataFrame:
    return pd.read_csv(ROOT / "data" / "published" / "sites.csv")


def test_each_list_has_its_places(sites: pd.DataFrame) -> None:
    assert sites.groupby(["kind", "edition"]).size().to_dict() == {
        ("gp", "2020"): 31,
        ("gp", "2026"): 21,
        ("library", "both"): 8,
        ("play", "both"): 128,
        ("school", "2020"): 89,
        ("school", "2026"): 90,
    }


def test_no_place_is_listed_twice(sites: pd.DataFrame) -> None:
    assert not sites.duplicated(["kind", "edition", "name", "latitude", "longitude"]).any()


@pytest.mark.parametrize("vintage", ["ward11", "ward19", "lsoa11"])
def test_every_place_stands_in_its_area(sites: pd.DataFrame, vintage: str) -> None:
    areas = read_layer(ROOT, vintage)[sites[f"{vintage}_code"]].to_numpy()
    assert shapely.intersects_xy(areas, sites["longitude"], sites["latitude"]).all()


def test_no_university_or_college_is_called_a_school(sites: pd.DataFrame) -> None:
    schools = sites.query("kind == 'school'")
    assert not schools["name"].str.contains("University|Bath College|Construction|Nursing").any()
    assert schools["subtype"].notna().all()


def test_sizes_are_pupils_of_the_register_and_square_metres_of_play(sites: pd.DataFrame) -> None:
    assert set(sites.loc[sites["size_unit"].eq("pupils"), "source_title"]) == {"Get Information about Schools"}
    assert sites.loc[sites["kind"].eq("play"), "size_unit"].eq("m2").all()
    assert sites.query("edition == '2020'")["size"].isna().all()


def os_sites(*rows: tuple[str, str, float]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["name", "classification", "latitude"])
    return frame.assign(longitude=-2.4, lsoa11cd="E01014370")


def test_two_sites_of_one_school_near_each_other_are_one_place() -> None:
    listed = os_sites(
        ("A Girls' School", "Secondary Education", 51.380), ("A Girls School", "Secondary Education", 51.382)
    )
    schools = schools_2017(listed)
    assert schools["latitude"].tolist() == [pytest.approx(51.381)]
    assert schools["name"].tolist() == ["A Girls' School"]


def test_schools_of_one_name_far_apart_are_two_places() -> None:
    listed = os_sites(("St John's", "Primary Education", 51.30), ("St John's", "Primary Education", 51.40))
    assert len(schools_2017(listed)) == 2


def test_types_of_school_follow_the_classification() -> None:
    listed = os_sites(
        ("A", "Primary Education", 51.30),
        ("B", "Non State Primary Education,Non State Secondary Education", 51.31),
        ("C", "Special Needs Education", 51.32),
        ("D", "Higher or University Education", 51.33),
        ("E", "Medical Care Accommodation", 51.34),
    )
    assert schools_2017(listed)["subtype"].tolist() == ["Primary", "Independent", "Special"]


def test_the_register_leaves_out_places_for_over_16s_and_blanks_unknown_rolls() -> None:
    register = pd.DataFrame(
        {
            "urn": [1, 2, 3],
            "establishment_name": ["A", "B", "C"],
            "establishment_type": [
                "Further education",
                "Other independent special school",
                "Special post 16 institution",
            ],
            "establishment_type_group": ["Colleges", "Independent schools", "Other types"],
            "education_phase": "Not applicable",
            "number_of_pupils": [10.0, None, 5.0],
            "latitude": 51.3,
            "longitude": -2.4,
        }
    )
    schools = schools_2025(register)
    assert schools["site_id"].tolist() == ["school-2"]
    assert schools["subtype"].tolist() == ["Special"]
    assert schools["size_unit"].isna().all()


def test_pieces_of_one_green_space_are_one_place_weighted_by_size() -> None:
    pieces = pd.DataFrame(
        {
            "kind": ["children", "youth", "youth"],
            "name": ["kick wall", "Some Park", None],
            "ref": ["BATH-A-0001-0001", "BATH-A-0001-0002", None],
            "area_m2": [300.0, 100.0, 50.0],
            "latitude": [51.30, 51.34, 51.40],
            "longitude": -2.4,
            "lsoa11cd": "E01014416",
        }
    )
    places = play_spaces(pieces).set_index("site_id")
    park = places.loc["play-bath-a-0001"]
    assert park[["subtype", "name", "size"]].tolist() == ["children and youth", "Some Park", 400.0]
    assert park["latitude"] == pytest.approx(51.31)
    assert places.loc["play-no-reference-e01014416-youth", "name"] == "Unnamed play space (no reference)"


def test_a_surgery_cut_off_at_its_apostrophe_gets_its_name_back() -> None:
    listed = pd.DataFrame({"name": ["St. Michael"], "postcode": ["BA2 1ER"], "latitude": [51.38], "longitude": [-2.4]})
    assert surgeries_2014(listed)[["site_id", "name"]].to_numpy().tolist() == [
        ["gp-st-michaels-surgery-ba21er", "St. Michael's Surgery"]
    ]


@pytest.mark.parametrize(
    ("shouted", "said"), [("ST. MARY'S SURGERY", "St. Mary's Surgery"), ("HEART OF BATH", "Heart of Bath")]
)
def test_shouted_names_are_spoken(shouted: str, said: str) -> None:
    assert spoken(shouted) == said


def test_slugs_are_safe() -> None:
    assert slug(pd.Series(["King Edward's (VA) / School"])).tolist() == ["king-edwards-va-school"]


def test_a_place_outside_the_council_stops_the_build() -> None:
    places = pd.DataFrame({"name": ["Bristol Temple Meads"], "latitude": [51.449], "longitude": [-2.581]})
    with pytest.raises(ValueError, match="Bristol Temple Meads"):
        areas_of(places, read_layer(ROOT, "ward19"))
