"""Places open to every family: schools, GP surgeries, libraries and play spaces."""

from __future__ import annotations

import pandas as pd

from analysis.sources.contracts import Contract, Field, Rule
from analysis.sources.tables.geography import LATITUDE, LONGITUDE, LSOA11, WARD11, WARD19

KINDS = ("school", "gp", "library", "play")
SUBTYPES = ("Primary", "Secondary", "Special", "Independent", "children", "youth", "children and youth")


def _sizes_have_units(frame: pd.DataFrame) -> pd.Series:
    return frame["size"].notna().eq(frame["size_unit"].notna())


SITES = Contract(
    name="SITES",
    title="Schools, GP surgeries, libraries and play spaces, one row a place and list",
    fields=(
        Field("site_id", "code", pattern="[a-z0-9]+(-[a-z0-9]+)*"),
        Field("kind", "text", allowed=KINDS),
        Field("edition", "text", allowed=("2020", "2026", "both")),
        Field("subtype", "text", blank=True, allowed=SUBTYPES),
        Field("name", "text"),
        Field("list_year", "integer", minimum=2014, maximum=2025),
        LATITUDE,
        LONGITUDE,
        Field("size", "number", blank=True, minimum=0),
        Field("size_unit", "text", blank=True, allowed=("pupils", "m2")),
        WARD11,
        WARD19,
        LSOA11,
        Field("source_title", "text"),
    ),
    key=("site_id",),
    rules=(Rule("size_unit", _sizes_have_units, "Give a unit to every size, and to nothing else."),),
)
