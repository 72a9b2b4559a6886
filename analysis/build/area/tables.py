"""The tables of one council, made by the functions the build uses for the atlas's own."""

from __future__ import annotations

import pandas as pd

from analysis.build.area import national as files
from analysis.build.area.national import National
from analysis.build.deprivation import NO_SCORE_2019, NO_SCORE_2025, councils, neighbourhoods, populations
from analysis.build.population import POINT_DECIMALS, mid_year
from analysis.build.poverty import families

MID_YEAR, YEAR_ENDING = 2020, 2025
ENGLAND = ("E92000001", "England")


def areas(council: National) -> pd.DataFrame:
    """Codes and names of its wards of both years, its neighbourhoods, itself and England."""
    parts = [
        council.lsoa11[["wd19cd", "wd19nm"]].assign(kind="ward11"),
        council.lsoa21[["wd24cd", "wd24nm"]].assign(kind="ward19"),
        council.lsoa11[["lsoa11cd", "lsoa11nm"]].assign(kind="lsoa11"),
        council.lsoa21[["lsoa21cd", "lsoa21nm"]].assign(kind="lsoa21"),
        pd.DataFrame([(council.code, council.name, "council"), (*ENGLAND, "country")]),
    ]
    named = [part.set_axis(["area_code", "area_name", "area_type"], axis=1) for part in parts]
    return pd.concat(named).drop_duplicates(["area_code", "area_type"]).assign(local_name=None)


def lookup_lsoa11(council: National) -> pd.DataFrame:
    """Each neighbourhood of 2011 with its ward of 2019, and its ward of 2024 where the wards are the same ones.

    Where wards have changed no best fit of these neighbourhoods to today's wards is published, and none is made up.
    """
    ward = council.lsoa11["wd19cd"]
    return pd.DataFrame(
        {
            "lsoa11_code": council.lsoa11["lsoa11cd"],
            "ward11_code": ward,
            "ward19_code": ward if council.same_wards else None,
            "ward11_area_share": None,
            "ward19_area_share": None,
        }
    )


def lookup_lsoa21(council: National) -> pd.DataFrame:
    """Each neighbourhood of 2021 with its ward of 2024."""
    return pd.DataFrame({"lsoa21_code": council.lsoa21["lsoa21cd"], "ward19_code": council.lsoa21["wd24cd"]})


def lookup_lsoa11_lsoa21(council: National) -> pd.DataFrame:
    """The neighbourhoods that have the same code in 2011 and 2021: ONS keeps a code when the boundary is the same."""
    kept = council.lsoa11.loc[council.lsoa11["lsoa11cd"].isin(council.lsoa21["lsoa21cd"]), "lsoa11cd"]
    return pd.DataFrame({"lsoa11_code": kept, "lsoa21_code": kept, "change": "unchanged"})


def iod2019(council: National) -> pd.DataFrame:
    """Indices of 2019; scores of the whole index, income and employment, ranks and tenths of all."""
    return neighbourhoods(council.of_lsoa11(files.IOD2019), NO_SCORE_2019)


def iod2025(council: National) -> pd.DataFrame:
    """Indices of 2025; scores of all but IDACI and IDAOPI, ranks and tenths of all."""
    return neighbourhoods(council.of_lsoa21(files.IOD2025), NO_SCORE_2025)


def iod_population(council: National) -> pd.DataFrame:
    """The people the indices of 2019 were measured on."""
    return populations({2019: council.of_lsoa11(files.IOD2019)})


def iod_council(council: National) -> pd.DataFrame | None:
    """The council's own summary measures as published, or None where the copy we hold has none of it."""
    path = council.raw / files.COUNCIL_IOD
    if not path.is_file():
        return None
    table = pd.read_csv(path)
    rows = table[table["lad_code"].eq(council.code)]
    return None if rows.empty else councils(rows)


def people(council: National) -> pd.DataFrame:
    """Residents at mid-2020 by neighbourhood of 2011 and age band."""
    return mid_year(council.of_lsoa11(files.PEOPLE).assign(mid_year=MID_YEAR))


def low_income(council: National) -> pd.DataFrame | None:
    """Children in relative low income by ward of 2024, or None where the figures are of other wards."""
    if council.low_income.empty:
        return None
    wide = council.low_income
    parts = [
        wide[["ward_code"]].assign(
            fye=YEAR_ENDING,
            measure="relative",
            housing_costs=costs,
            children=wide[f"children_{costs.lower()}"],
            pct=wide[f"pct_{costs.lower()}"],
        )
        for costs in ("BHC", "AHC")
    ]
    return families(pd.concat(parts, ignore_index=True))


def council_low_income(council: National) -> pd.DataFrame:
    """The council's own figure of the same year as published; missing, and said to be, where we hold none."""
    path = council.raw / files.COUNCIL_LOW_INCOME
    wanted = pd.DataFrame({"housing_costs": ["BHC", "AHC"], "measure": "relative", "fye": YEAR_ENDING})
    given = pd.read_csv(path) if path.is_file() else wanted.assign(area_code="", children=None, pct=None)
    given = given[given["area_code"].eq(council.code)].drop_duplicates()
    rows = wanted.merge(given, how="left", on=list(wanted)).assign(area_code=council.code)
    return families(rows.astype({"children": "Float64", "pct": "Float64"}))


def middles(lsoas: pd.Series, wards: pd.Series, shapes: pd.Series) -> pd.DataFrame:
    """A point inside its ward for each neighbourhood, the same for all of a ward: no point of its own is held."""
    inside = shapes.map(lambda area: area.representative_point())
    points = wards.map(inside)
    return pd.DataFrame(
        {
            str(lsoas.name).replace("cd", "_code"): lsoas,
            "latitude": points.map(lambda point: round(point.y, POINT_DECIMALS)),
            "longitude": points.map(lambda point: round(point.x, POINT_DECIMALS)),
            "postcodes": None,
        }
    )
