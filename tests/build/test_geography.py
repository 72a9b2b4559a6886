"""The boundary files: valid coverages, every area kept, nothing lost in mending."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely.geometry import shape

from analysis.build.coverage import mend, outline

ROOT = Path(__file__).resolve().parents[2]
GEO = ROOT / "geo"
# Areas in square kilometres of the published polygons, measured once in EPSG:27700.
SOURCE_KM2 = {"wards_2011": 351.16, "wards_2019": 351.21, "lsoa_2011": 351.15}
COUNTS = {"wards_2011": 37, "wards_2019": 33, "lsoa_2011": 115, "lsoa_2021": 118}
LAYERS = sorted(COUNTS)
FILES = [*LAYERS, "council_outline"]


def features(name: str) -> list[dict[str, dict[str, str]]]:
    return list(json.loads((GEO / f"{name}.geojson").read_text(encoding="utf-8"))["features"])


def shapes(name: str) -> np.ndarray:
    return np.array([shape(feature["geometry"]) for feature in features(name)])


def square_km(areas: np.ndarray) -> float:
    return float(gpd.GeoSeries(areas, crs=4326).to_crs(27700).area.sum() / 1e6)


@pytest.mark.parametrize("name", LAYERS)
def test_every_area_is_there_once_and_in_order(name: str) -> None:
    codes = [feature["properties"]["code"] for feature in features(name)]
    assert len(codes) == COUNTS[name]
    assert codes == sorted(set(codes))


@pytest.mark.parametrize("name", FILES)
def test_features_say_only_code_and_name(name: str) -> None:
    assert all(set(feature["properties"]) == {"code", "name"} for feature in features(name))


@pytest.mark.parametrize("name", LAYERS)
def test_neighbours_share_exactly_the_same_edges(name: str) -> None:
    areas = shapes(name)
    assert shapely.is_valid(areas).all()
    assert shapely.coverage_is_valid(areas)


@pytest.mark.parametrize("name", LAYERS)
def test_there_are_no_narrow_gaps_between_neighbours(name: str) -> None:
    assert shapely.coverage_is_valid(shapes(name), gap_width=2e-4)


@pytest.mark.parametrize("name", LAYERS)
def test_no_two_areas_overlap(name: str) -> None:
    areas = shapes(name)
    whole = shapely.union_all(areas)
    assert shapely.area(areas).sum() == pytest.approx(whole.area, rel=1e-9)


@pytest.mark.parametrize("name", LAYERS)
def test_the_council_is_one_piece_without_holes(name: str) -> None:
    whole = shapely.union_all(shapes(name))
    assert whole.geom_type == "Polygon"
    assert len(whole.interiors) == 0


@pytest.mark.parametrize("name", FILES)
def test_coordinates_have_five_decimals_and_rings_turn_as_geojson_asks(name: str) -> None:
    areas = shapes(name)
    points = shapely.get_coordinates(areas)
    assert np.array_equal(points, np.round(points, 5))
    assert shapely.is_ccw(shapely.get_exterior_ring(areas)).all()


@pytest.mark.parametrize("name", sorted(SOURCE_KM2))
def test_the_layer_covers_what_its_source_covers(name: str) -> None:
    assert square_km(shapes(name)) == pytest.approx(SOURCE_KM2[name], rel=0.0005)


def test_the_vintages_and_the_outline_agree_on_the_council() -> None:
    council = shapes("council_outline")[0]
    assert len(council.interiors) == 0
    assert council.equals(shapely.union_all(shapes("wards_2019")))
    for name in LAYERS:
        whole = shapely.union_all(shapes(name))
        assert whole.symmetric_difference(council).area / council.area < 0.005


def test_the_boundaries_are_small_enough_to_send() -> None:
    contents = [(GEO / f"{name}.geojson").read_bytes() for name in FILES]
    assert sum(map(len, contents)) < 700_000
    assert sum(len(gzip.compress(content)) for content in contents) < 200_000


def test_twerton_keeps_the_name_it_had() -> None:
    names = {feature["properties"]["code"]: feature["properties"]["name"] for feature in features("wards_2019")}
    assert names["E05012488"] == "Twerton"


def test_mending_gives_a_gap_to_the_longer_neighbour_and_removes_an_overlap() -> None:
    left = shapely.Polygon([(0, 0), (0.01, 0), (0.01, 0.004), (0.0098, 0.005), (0.01, 0.006), (0.01, 0.01), (0, 0.01)])
    right = shapely.box(0.00995, 0, 0.02, 0.01)
    mended = mend(pd.Series({"left": left, "right": right}))
    assert shapely.coverage_is_valid(mended.to_numpy())
    assert outline(mended).equals(shapely.box(0, 0, 0.02, 0.01))


def test_mending_unties_a_ring_that_crosses_itself() -> None:
    tied = shapely.Polygon(
        [(0, 0), (0.01, 0), (0.01, 0.01), (0.00999, 0.01001), (0.01, 0.01001), (0.00999, 0.01), (0, 0.01)]
    )
    mended = mend(pd.Series({"tied": tied}))
    assert mended["tied"].is_valid
    assert mended["tied"].geom_type == "Polygon"


def test_mending_refuses_an_area_that_falls_apart() -> None:
    apart = shapely.MultiPolygon([shapely.box(0, 0, 0.01, 0.01), shapely.box(0.02, 0, 0.03, 0.01)])
    with pytest.raises(ValueError, match=r"fall apart on the grid: \['apart'\]"):
        mend(pd.Series({"apart": apart}))
    assert mend(pd.Series({"apart": apart}), pieces=True)["apart"].equals(apart)


def test_mending_twice_changes_nothing() -> None:
    areas = pd.Series(shapes("wards_2019"))
    assert mend(areas).map(shapely.to_wkb).equals(areas.map(shapely.to_wkb))
