"""A made-up England of three councils in the shape of the national files, small enough to do by hand.

Steadyshire has the wards Oak and Elm in both years. Changeham had Old North and Old South, and has Low, Mid and High;
one of its neighbourhoods was divided. Mergeton was two districts; with `divided`, a neighbourhood of one of them went
to Steadyshire. Each ward is a square of a hundredth of a degree, the wards of a council side by side.
"""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from analysis.sources.tables.deprivation import DOMAINS, LSOAS_2011, LSOAS_2021

STEADY, CHANGED, MERGED = "E06000901", "E06000902", "E06000903"
OAK, ELM = "E05099001", "E05099002"
OLD_NORTH, OLD_SOUTH = "E05099011", "E05099012"
LOW, MID, HIGH = "E05099021", "E05099022", "E05099023"
PORT, MOOR = "E05099031", "E05099032"
NAMES = {OAK: "Oak", ELM: "Elm", OLD_NORTH: "Old North", OLD_SOUTH: "Old South", LOW: "Low", MID: "Mid", HIGH: "High"}
NAMES |= {PORT: "Port", MOOR: "Moor"}
COUNCILS = {STEADY: "Steadyshire", CHANGED: "Changeham", MERGED: "Mergeton"}

BEFORE = (
    ("E01099001", OAK, STEADY),
    ("E01099002", OAK, STEADY),
    ("E01099003", ELM, STEADY),
    ("E01099011", OLD_NORTH, CHANGED),
    ("E01099012", OLD_SOUTH, CHANGED),
    ("E01099031", PORT, "E07000901"),
    ("E01099032", MOOR, "E07000902"),
)
NOW = (
    ("E01099001", OAK, STEADY),
    ("E01099002", OAK, STEADY),
    ("E01099003", ELM, STEADY),
    ("E01099011", LOW, CHANGED),
    ("E01099018", MID, CHANGED),
    ("E01099019", HIGH, CHANGED),
    ("E01099031", PORT, MERGED),
    ("E01099032", MOOR, MERGED),
)
RANKS = {"E01099001": 1000, "E01099002": 30000, "E01099003": 16000}
PEOPLE = {"E01099001": 300, "E01099002": 100, "E01099003": 200}
POOR = {
    OAK: (40, 20.0),
    ELM: (10, 10.0),
    LOW: (5, 5.0),
    MID: (6, 6.0),
    HIGH: (None, None),
    PORT: (7, 7.0),
    MOOR: (8, 8.0),
}


def build(root: Path, *, divided: bool = False, other_wards: bool = False) -> Path:
    """Write the national files under `root`; `other_wards` gives low income for a ward that is not of 2024."""
    england = root / "data" / "england"
    england.mkdir(parents=True)
    before = [*BEFORE, *([("E01099033", MOOR, "E07000902")] if divided else [])]
    now = [*NOW, *([("E01099033", OAK, STEADY)] if divided else [])]
    _lookup(before, "11", "19").to_csv(england / "lsoa11_to_ward2019_england.csv", index=False)
    _lookup(now, "21", "24").to_csv(england / "lsoa21_to_ward2024_england.csv", index=False)
    _iod(before, "lsoa11", LSOAS_2011).to_csv(england / "iod2019_lsoa11_england.csv", index=False)
    _iod(now, "lsoa21", LSOAS_2021).to_csv(england / "iod2025_lsoa21_england.csv", index=False)
    _people(before).to_csv(england / "pop_lsoa11_mid2020_age_bands_england.csv", index=False)
    _low_income(other_wards).to_csv(england / "cilif_relative_fye2025_wards_england.csv", index=False)
    (england / "wards_2022_england_simplified.geojson").write_text(json.dumps(_wards()), encoding="utf-8")
    _published(root)
    return root


def _lookup(rows: list[tuple[str, str, str]], lsoa: str, year: str) -> pd.DataFrame:
    names = [f"lsoa{lsoa}cd", f"lsoa{lsoa}nm", f"wd{year}cd", f"wd{year}nm", f"lad{year}cd", f"lad{year}nm"]
    cells = [
        (code, f"Place {code[-3:]}A", ward, NAMES[ward], council, COUNCILS.get(council, "District"))
        for code, ward, council in rows
    ]
    return pd.DataFrame(cells, columns=names)


def _iod(rows: list[tuple[str, str, str]], lsoa: str, areas: int) -> pd.DataFrame:
    codes = [code for code, _, _ in rows]
    ranks = pd.Series([RANKS.get(code, 20000) for code in codes])
    table = pd.DataFrame({f"{lsoa}cd": codes})
    for domain in DOMAINS:
        if domain in ("imd", "income", "employment"):
            table[f"{domain}_score"] = (areas - ranks) / 1000
        table[f"{domain}_rank"], table[f"{domain}_decile"] = ranks, -(-ranks * 10 // areas)
    people = pd.Series([PEOPLE.get(code, 100) for code in codes])
    return table.assign(
        pop_total=people,
        pop_0_15=people // 5,
        pop_16_59=people // 2,
        pop_60plus=people // 4,
        pop_working_age=people / 2,
    )


def _people(rows: list[tuple[str, str, str]]) -> pd.DataFrame:
    bands = ("total", "age_0_4", "age_5_11", "age_12_15", "age_16_18", "age_0_15", "age_0_18")
    return pd.DataFrame(
        [(code, *(PEOPLE.get(code, 100) // size for size in (1, 20, 12, 25, 30, 5, 4))) for code, _, _ in rows],
        columns=["lsoa11cd", *bands],
    )


def _low_income(other_wards: bool) -> pd.DataFrame:
    home = {ward: council for _, ward, council in NOW}
    rows = [
        ("E05099099" if other_wards and ward == OAK else ward, NAMES[ward], home[ward], "", count, count, share, share)
        for ward, (count, share) in POOR.items()
    ]
    names = ["ward_code", "ward_name", "la_code", "la_name", "children_ahc", "children_bhc", "pct_ahc", "pct_bhc"]
    return pd.DataFrame(rows, columns=names)


def _wards() -> dict[str, object]:
    """Oak and Elm do not quite meet and Low and Mid overlap, as coarse boundaries do; the old wards are not drawn."""
    west = {OAK: 0, ELM: 1.02, LOW: 3, MID: 3.98, HIGH: 5, PORT: 8, MOOR: 9}
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"ward_code": ward, "ward_name": NAMES[ward]},
                "geometry": {"type": "Polygon", "coordinates": [_square(left / 100)]},
            }
            for ward, left in west.items()
        ],
    }


def _square(left: float) -> list[list[float]]:
    corners = ((0, 0), (0.01, 0), (0.01, 0.01), (0, 0.01), (0, 0))
    return [[round(left + x, 4), round(52 + y, 4)] for x, y in corners]


def _published(root: Path) -> None:
    """The council's own figure of low income, for Steadyshire alone."""
    folder = root / "data" / "poverty"
    folder.mkdir()
    rows = [
        ("Steadyshire", STEADY, 2025, 51, 17.0, "relative", "BHC"),
        ("Steadyshire", STEADY, 2024, 9, 9.0, "relative", "BHC"),
    ]
    names = ["area_name", "area_code", "fye", "children", "pct", "measure", "housing_costs"]
    pd.DataFrame(rows, columns=names).to_csv(folder / "cilif_la_region.csv", index=False)
