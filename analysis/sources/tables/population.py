"""Residents by age band in each neighbourhood, and where in it they live."""

from __future__ import annotations

from analysis.sources.contracts import Contract, Field
from analysis.sources.tables.geography import LATITUDE, LONGITUDE, LSOA11, LSOA21, POSTCODES

BANDS_LSOA11 = ("all", "0-4", "5-11", "12-15", "16-18", "19-25", "0-15", "0-17", "0-18", "10-24")
BANDS_LSOA21 = ("all", "0-15", "16-24", "25-34", "35-49", "50-64", "65+")

POPULATION_LSOA11 = Contract(
    name="POPULATION_LSOA11",
    title="Mid-year residents by age band and neighbourhood (LSOA 2011)",
    fields=(
        Field("mid_year", "integer", minimum=2017, maximum=2020),
        LSOA11,
        Field("age_band", "text", allowed=BANDS_LSOA11),
        Field("population", "integer", minimum=0),
    ),
    key=("mid_year", "lsoa11_code", "age_band"),
)

POPULATION_LSOA21 = Contract(
    name="POPULATION_LSOA21",
    title="Residents on Census day 2021 by age band and neighbourhood (LSOA 2021)",
    fields=(LSOA21, Field("age_band", "text", allowed=BANDS_LSOA21), Field("population", "integer", minimum=0)),
    key=("lsoa21_code", "age_band"),
)


def _points(name: str, year: int, code: Field) -> Contract:
    return Contract(
        name=name,
        title=f"Mean of the postcodes of each neighbourhood (LSOA {year})",
        fields=(code, LATITUDE, LONGITUDE, POSTCODES),
        key=(code.column,),
    )


DEMAND_POINTS_LSOA11 = _points("DEMAND_POINTS_LSOA11", 2011, LSOA11)
DEMAND_POINTS_LSOA21 = _points("DEMAND_POINTS_LSOA21", 2021, LSOA21)
