"""Residents by age band in each neighbourhood, and the mean of the postcodes they live in."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.sources.tables.population import (
    DEMAND_POINTS_LSOA11,
    DEMAND_POINTS_LSOA21,
    POPULATION_LSOA11,
    POPULATION_LSOA21,
)
from analysis.sources.write import write_table

CENSUS_BANDS = {
    "residents": "all",
    "res_15_and_under": "0-15",
    "res_16_to_24": "16-24",
    "res_25_to_34": "25-34",
    "res_35_to_49": "35-49",
    "res_50_to_64": "50-64",
    "res_65_and_over": "65+",
}
POINT_DECIMALS = 6


def build(raw: Path, root: Path) -> None:
    """Write populations to `root`/data/published and demand points to `root`/data/derived."""
    data, published, derived = raw / "data", root / "data" / "published", root / "data" / "derived"
    estimates = mid_year(pd.read_csv(data / "population" / "pop_lsoa11_age_bands.csv"))
    write_table(estimates, POPULATION_LSOA11, published / "population_lsoa11.csv")
    residents = census(pd.read_csv(data / "census" / "census2021_lsoa21.csv"))
    write_table(residents, POPULATION_LSOA21, published / "population_lsoa21.csv")
    postcodes = pd.read_csv(data / "sites" / "postcodes.csv")
    write_table(demand_points(postcodes, "lsoa11"), DEMAND_POINTS_LSOA11, derived / "demand_points_lsoa11.csv")
    write_table(demand_points(postcodes, "lsoa21"), DEMAND_POINTS_LSOA21, derived / "demand_points_lsoa21.csv")


def mid_year(wide: pd.DataFrame) -> pd.DataFrame:
    """Residents at 30 June by neighbourhood (LSOA 2011) and age band; bands overlap and are not to be summed."""
    bands = {name: name.removeprefix("age_").replace("_", "-") for name in map(str, wide) if name.startswith("age_")}
    return _long(wide, ["mid_year", "lsoa11cd"], bands | {"total": "all"})


def census(wide: pd.DataFrame) -> pd.DataFrame:
    """Residents on 21 March 2021 by neighbourhood (LSOA 2021) and age band."""
    return _long(wide, ["lsoa21cd"], CENSUS_BANDS)


def demand_points(postcodes: pd.DataFrame, vintage: str) -> pd.DataFrame:
    """The mean latitude and longitude of each neighbourhood's postcodes, each postcode counted once."""
    grouped = postcodes.groupby(f"{vintage}cd")
    points = grouped[["latitude", "longitude"]].mean().round(POINT_DECIMALS).assign(postcodes=grouped.size())
    return points.rename_axis(f"{vintage}_code").reset_index()


def _long(wide: pd.DataFrame, keys: list[str], bands: dict[str, str]) -> pd.DataFrame:
    long = wide[[*keys, *bands]].rename(columns=bands).melt(keys, var_name="age_band", value_name="population")
    return long.rename(columns={key: key.replace("cd", "_code") for key in keys})
