"""Places open to every family, one row a place: the lists of two editions with wards of both vintages."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import shapely

from analysis.build.geography import read_layer
from analysis.build.names import slug, spoken
from analysis.build.play import play_spaces
from analysis.build.schools import schools_2017, schools_2025
from analysis.sources.tables.sites import SITES
from analysis.sources.write import write_table

# The 2014 list lost everything from the apostrophe on.
MENDED_NAMES = {
    "St. Michael": "St. Michael's Surgery",
    "St Chad": "St Chad's Surgery",
    "St. Augustine": "St. Augustine's Surgery",
    "Saltford Surgery  (Branch of St Augustine": "Saltford Surgery (Branch of St Augustine's)",
    "Weston Surgery (Subsidary of Rush Hill)": "Weston Surgery (Subsidiary of Rush Hill)",
}
AREA_COLUMNS = {"ward11": "ward11_code", "ward19": "ward19_code", "lsoa11": "lsoa11_code"}
POINT_DECIMALS = 6


def build(raw: Path, root: Path) -> None:
    """Write sites.csv to `root`/data/published; reads the mended boundaries, so build geography first."""
    source = raw / "data" / "sites"
    places = pd.concat(
        [
            schools_2017(pd.read_csv(source / "os_functional_sites_2017.csv")),
            schools_2025(pd.read_csv(source / "schools_gias_may2025.csv")),
            surgeries_2014(pd.read_csv(source / "gp_surgeries_2014.csv")),
            practices_2022(pd.read_csv(source / "gp_practices_2022.csv")),
            libraries(pd.read_csv(source / "libraries_2016.csv")),
            play_spaces(pd.read_csv(source / "play_spaces_council_2015.csv")),
        ],
        ignore_index=True,
    )
    write_table(located(places, root), SITES, root / "data" / "published" / "sites.csv")


def surgeries_2014(listed: pd.DataFrame) -> pd.DataFrame:
    """GP surgeries of the council's 2014 list, branches included; names it cut short are completed."""
    names = listed["name"].replace(MENDED_NAMES)
    return pd.DataFrame(
        {
            "site_id": "gp-" + slug(names) + "-" + listed["postcode"].map(_plain_code),
            "kind": "gp",
            "edition": "2020",
            "name": names,
            "list_year": 2014,
            "latitude": listed["latitude"],
            "longitude": listed["longitude"],
            "source_title": "GP surgeries (council list)",
        }
    )


def practices_2022(listed: pd.DataFrame) -> pd.DataFrame:
    """Active GP practices of 2022, main sites only, at the centre of their postcode."""
    return pd.DataFrame(
        {
            "site_id": "gp-" + listed["ods_code"].str.lower(),
            "kind": "gp",
            "edition": "2026",
            "name": listed["name"].map(spoken),
            "list_year": 2022,
            "latitude": listed["latitude"],
            "longitude": listed["longitude"],
            "source_title": "GP practices (NHS register)",
        }
    )


def libraries(listed: pd.DataFrame) -> pd.DataFrame:
    """Public libraries of the council's 2016 list."""
    return pd.DataFrame(
        {
            "site_id": "library-" + slug(listed["name"]),
            "kind": "library",
            "edition": "both",
            "name": listed["name"],
            "list_year": 2016,
            "latitude": listed["latitude"],
            "longitude": listed["longitude"],
            "source_title": "Libraries (council list)",
        }
    )


def located(places: pd.DataFrame, root: Path) -> pd.DataFrame:
    """The places with the ward of each vintage and the neighbourhood they stand in, by point in polygon.

    Raises ValueError for places outside the council.
    """
    rounded = places.assign(
        latitude=places["latitude"].round(POINT_DECIMALS), longitude=places["longitude"].round(POINT_DECIMALS)
    )
    codes = {column: areas_of(rounded, read_layer(root, vintage)) for vintage, column in AREA_COLUMNS.items()}
    return rounded.assign(**codes)


def areas_of(places: pd.DataFrame, areas: pd.Series) -> pd.Series:
    """The code of the area each place stands in; a place on an edge goes to the first code."""
    points = shapely.points(places["longitude"], places["latitude"])
    place, area = shapely.STRtree(areas.to_numpy()).query(points, predicate="intersects")
    found = pd.Series(areas.index.to_numpy()[area], index=place).sort_values(kind="stable")
    codes = found[~found.index.duplicated()].reindex(range(len(places)))
    if codes.isna().any():
        raise ValueError(f"Outside the council: {places.loc[codes.isna().to_numpy(), 'name'].tolist()}.")
    return codes.set_axis(places.index)


def _plain_code(postcode: str) -> str:
    return postcode.lower().replace(" ", "")
