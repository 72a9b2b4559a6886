"""Boundaries as valid coverages, the names of areas and the places named on the maps."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
from shapely.geometry import mapping, shape

from analysis.build.coverage import mend, outline
from analysis.sources.tables.geography import AREAS, PLACE_LABELS
from analysis.sources.write import write_table

COUNCIL, COUNCIL_NAME = "E06000022", "Bath and North East Somerset"
TWERTON = {"E05012488": "Twerton"}

LAYERS = {
    "ward11": ("wards_2011_37", "ward", "wards_2011"),
    "ward19": ("wards_2019_33", "ward", "wards_2019"),
    "lsoa11": ("lsoa_2011_115", "lsoa11", "lsoa_2011"),
    "lsoa21": ("lsoa_2021_118", "lsoa21", "lsoa_2021"),
}

_CITY_CENTRE = ("E05001935",)
_KEYNSHAM = ("E05001946", "E05001947", "E05001948")
_MIDSOMER_NORTON = ("E05001954", "E05001955")
PLACES_BY_WARD = (
    ("Bath", 1, _CITY_CENTRE),
    ("Keynsham", 2, _KEYNSHAM),
    ("Midsomer Norton", 2, _MIDSOMER_NORTON),
    ("Radstock", 2, ("E05001962",)),
    ("Paulton", 3, ("E05001959",)),
    ("Peasedown St John", 3, ("E05001960",)),
    ("Saltford", 3, ("E05001963",)),
    ("Timsbury", 3, ("E05001965",)),
)
PLACES_BY_SCHOOL = (
    ("Batheaston", 145512),
    ("Chew Magna", 146979),
    ("Clutton", 141767),
    ("East Harptree", 146787),
    ("Freshford", 145583),
    ("Pensford", 146978),
    ("Whitchurch", 147800),
)
_KINDS = {"E06": "council", "E12": "region", "K02": "country"}
LARGE_AREAS = {
    "country": {"E92000001": "England", "K04000001": "England and Wales", "W92000004": "Wales"},
    "neighbour": {
        "E06000014": "York",
        "E06000060": "Buckinghamshire",
        "E08000007": "Stockport",
        "E08000009": "Trafford",
        "E09000021": "Kingston upon Thames",
        "E10000003": "Cambridgeshire",
        "E10000013": "Gloucestershire",
        "E10000015": "Hertfordshire",
        "E10000025": "Oxfordshire",
        "E10000032": "West Sussex",
    },
}


def build(raw: Path, root: Path) -> None:
    """Write the five boundary files, areas.csv and place_labels.csv to `root`/geo from `raw`/data."""
    layers = {vintage: layer(raw, vintage) for vintage in LAYERS}
    for vintage, frame in layers.items():
        write_layer(frame.assign(shape=mend(frame["shape"])), root / "geo" / f"{LAYERS[vintage][2]}.geojson")
    write_layer(_council(layers["ward19"]), root / "geo" / "council_outline.geojson")
    write_table(areas(raw, layers), AREAS, root / "geo" / "areas.csv")
    write_table(place_labels(raw), PLACE_LABELS, root / "geo" / "place_labels.csv")


def layer(raw: Path, vintage: str) -> pd.DataFrame:
    """One boundary layer as published: `name` and `shape` (longitude, latitude) indexed by area code."""
    file, prefix, _ = LAYERS[vintage]
    features = _features(raw / "data" / "geo" / f"{file}.geojson")
    code, name = (f"{prefix}_code", f"{prefix}_name") if prefix == "ward" else (f"{prefix}cd", f"{prefix}nm")
    names = {feature["properties"][code]: feature["properties"][name] for feature in features}
    shapes = {feature["properties"][code]: shape(feature["geometry"]) for feature in features}
    return pd.DataFrame({"name": pd.Series({**names, **_renamed(names)}), "shape": pd.Series(shapes)}).sort_index()


def read_layer(root: Path, vintage: str) -> pd.Series:
    """The mended shapes of one layer, indexed by area code, as written by `build`."""
    features = _features(root / "geo" / f"{LAYERS[vintage][2]}.geojson")
    return pd.Series({feature["properties"]["code"]: shape(feature["geometry"]) for feature in features})


def write_layer(frame: pd.DataFrame, path: Path) -> None:
    """Write `name` and `shape` indexed by code as compact GeoJSON, one feature a line, sorted by code."""
    features = [
        {"type": "Feature", "properties": {"code": code, "name": row["name"]}, "geometry": mapping(row["shape"])}
        for code, row in frame.sort_index().iterrows()
    ]
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n', encoding="utf-8", newline="\n")


def areas(raw: Path, layers: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Every area's code, name, type and, for neighbourhoods, the council's own name for it."""
    small = pd.concat(
        [
            frame["name"].rename_axis("area_code").reset_index(name="area_name").assign(area_type=vintage)
            for vintage, frame in layers.items()
        ]
    )
    named = small.assign(local_name=_local_names(raw, small))
    return pd.concat([named, _large_areas(raw)], ignore_index=True)


def place_labels(raw: Path) -> pd.DataFrame:
    """Places to name on a map: median postcode of their 2011 wards, else the village school's point."""
    return pd.concat([_places_by_ward(raw), _places_by_school(raw)], ignore_index=True)


def _features(path: Path) -> list[dict[str, dict[str, str]]]:
    return list(json.loads(path.read_text(encoding="utf-8"))["features"])


def _renamed(names: dict[str, str]) -> dict[str, str]:
    return {code: name for code, name in TWERTON.items() if code in names}


def _council(wards: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({"name": COUNCIL_NAME, "shape": [outline(mend(wards["shape"]))]}, index=[COUNCIL])


def _local_names(raw: Path, small: pd.DataFrame) -> pd.Series:
    """The council's names of 2011 neighbourhoods, carried to 2021 only where the code did not change."""
    names = pd.read_csv(raw / "data" / "lookup" / "lsoa11_to_wards.csv").set_index("lsoa11cd")["local_name"]
    change = pd.read_csv(raw / "data" / "lookup" / "lsoa11_to_lsoa21.csv").set_index("lsoa21cd")["change"]
    kept = change.index[change.eq("U")]
    carried = small["area_type"].eq("lsoa11") | (small["area_type"].eq("lsoa21") & small["area_code"].isin(kept))
    return small["area_code"].map(names).where(carried)


def _large_areas(raw: Path) -> pd.DataFrame:
    poverty = pd.read_csv(raw / "data" / "poverty" / "cilif_la_region.csv")[["area_code", "area_name"]]
    known = [(code, name, kind) for kind, areas in LARGE_AREAS.items() for code, name in areas.items()]
    listed = poverty.drop_duplicates().assign(area_type=poverty["area_code"].str[:3].map(_KINDS))
    listed = pd.concat([listed, pd.DataFrame(known, columns=["area_code", "area_name", "area_type"])])
    names = listed["area_name"].str.replace(r" \[.*\]$", "", regex=True)
    return listed.assign(area_name=names, local_name=None).reset_index(drop=True)


def _places_by_ward(raw: Path) -> pd.DataFrame:
    postcodes = pd.read_csv(raw / "data" / "sites" / "postcodes.csv")
    rows = [
        {"place": place, "prominence": prominence}
        | postcodes.loc[postcodes["wd11cd"].isin(wards), ["latitude", "longitude"]].median().round(5).to_dict()
        for place, prominence, wards in PLACES_BY_WARD
    ]
    return pd.DataFrame(rows)


def _places_by_school(raw: Path) -> pd.DataFrame:
    schools = pd.read_csv(raw / "data" / "sites" / "schools_gias_may2025.csv").set_index("urn")
    points = schools.loc[[urn for _, urn in PLACES_BY_SCHOOL], ["latitude", "longitude"]].round(5)
    return points.reset_index(drop=True).assign(place=[place for place, _ in PLACES_BY_SCHOOL], prominence=3)
