"""Lookups between neighbourhoods and wards of each vintage, as published or measured in the raw folder."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.sources.contracts import Contract
from analysis.sources.tables.geography import (
    LOOKUP_LSOA11,
    LOOKUP_LSOA11_LSOA21,
    LOOKUP_LSOA11_WARD19_SHARES,
    LOOKUP_LSOA21,
    LOOKUP_WARD11_WARD19,
)
from analysis.sources.write import write_table

CODES = {
    "lsoa11cd": "lsoa11_code",
    "lsoa21cd": "lsoa21_code",
    "wd11cd": "ward11_code",
    "wd19cd": "ward19_code",
    "wd24cd": "ward19_code",
}
SHARES = {
    "wd11_area_share": "ward11_area_share",
    "wd19_area_share": "ward19_area_share",
    "area_share_of_wd11": "area_share_of_ward11",
    "area_share_of_wd19": "area_share_of_ward19",
    "postcode_share_of_wd11": "postcode_share_of_ward11",
    "postcode_share_of_wd19": "postcode_share_of_ward19",
    "share": "postcode_share",
}
TABLES: tuple[tuple[str, Contract, str], ...] = (
    ("lsoa11_to_wards", LOOKUP_LSOA11, "lookup_lsoa11_ward"),
    ("lsoa21_to_ward24", LOOKUP_LSOA21, "lookup_lsoa21_ward19"),
    ("lsoa11_to_lsoa21", LOOKUP_LSOA11_LSOA21, "lookup_lsoa11_lsoa21"),
    ("ward2011_ward2019_overlap", LOOKUP_WARD11_WARD19, "lookup_ward11_ward19"),
    ("lsoa11_to_ward2019_postcode_shares", LOOKUP_LSOA11_WARD19_SHARES, "lookup_lsoa11_ward19_shares"),
)


def build(raw: Path, root: Path) -> None:
    """Write the five lookups to `root`/geo from `raw`/data/lookup."""
    for file, contract, name in TABLES:
        write_table(lookup(raw, file), contract, root / "geo" / f"{name}.csv")


def lookup(raw: Path, file: str) -> pd.DataFrame:
    """One raw lookup with our column names; change codes U and S in words. Shares run from 0 to 1."""
    frame = pd.read_csv(raw / "data" / "lookup" / f"{file}.csv").rename(columns=CODES | SHARES)
    if "change" in frame:
        return frame.assign(change=frame["change"].map({"U": "unchanged", "S": "split"}))
    return frame
