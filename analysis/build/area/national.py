"""The rows of one council in the national files, and which districts of 2019 it was."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.refusal import Refusal

FOLDER = Path("data") / "england"
LSOA11_WARD = FOLDER / "lsoa11_to_ward2019_england.csv"
LSOA21_WARD = FOLDER / "lsoa21_to_ward2024_england.csv"
IOD2019 = FOLDER / "iod2019_lsoa11_england.csv"
IOD2025 = FOLDER / "iod2025_lsoa21_england.csv"
PEOPLE = FOLDER / "pop_lsoa11_mid2020_age_bands_england.csv"
LOW_INCOME = FOLDER / "cilif_relative_fye2025_wards_england.csv"
WARDS = FOLDER / "wards_2022_england_simplified.geojson"
COUNCIL_LOW_INCOME = Path("data") / "poverty" / "cilif_la_region.csv"
MOST_STRAYS = 0.05
COUNCIL_IOD = Path("data") / "deprivation" / "iod_la_summaries.csv"


@dataclass(frozen=True)
class National:
    """One council in the national files.

    `lsoa11` has the neighbourhoods of 2011 with their ward of 2019; `lsoa21` those of 2021 with their ward of 2024;
    `low_income` is empty where its wards are not those of 2024.
    """

    raw: Path
    code: str
    name: str
    lsoa11: pd.DataFrame
    lsoa21: pd.DataFrame
    low_income: pd.DataFrame

    @property
    def same_wards(self) -> bool:
        """Whether the wards of 2019 are still those of 2024, so that one ward holds the same ground in both."""
        return set(self.lsoa11["wd19cd"]) == set(self.lsoa21["wd24cd"])

    def of_lsoa11(self, file: Path) -> pd.DataFrame:
        """The rows of a table by neighbourhood of 2011. Raises Refusal unless each has one."""
        return _rows(pd.read_csv(self.raw / file), "lsoa11cd", self.lsoa11["lsoa11cd"], file)

    def of_lsoa21(self, file: Path) -> pd.DataFrame:
        """The rows of a table by neighbourhood of 2021. Raises Refusal unless each has one."""
        return _rows(pd.read_csv(self.raw / file), "lsoa21cd", self.lsoa21["lsoa21cd"], file)


def national(raw: Path, code: str) -> National:
    """The council of that code today. Raises Refusal where the files are not there or do not know it."""
    missing = [str(file) for file in (LSOA11_WARD, LSOA21_WARD, IOD2019, IOD2025, PEOPLE, LOW_INCOME, WARDS)]
    missing = [file for file in missing if not (raw / file).is_file()]
    if missing:
        raise Refusal(f"{raw} lacks {', '.join(missing)}. Name the folder that holds data/england by --raw.")
    now = pd.read_csv(raw / LSOA21_WARD)
    lsoa21 = now[now["lad24cd"].eq(code)]
    if lsoa21.empty:
        raise Refusal(f"There is no English council {code!r} among those of 2024. Give its code as E06000024.")
    lsoa11 = _before(pd.read_csv(raw / LSOA11_WARD), now, code)
    poverty = pd.read_csv(raw / LOW_INCOME)
    poverty = poverty[poverty["la_code"].eq(code)]
    same = set(poverty["ward_code"]) == set(lsoa21["wd24cd"])
    return National(raw, code, str(lsoa21["lad24nm"].iloc[0]), lsoa11, lsoa21, poverty if same else poverty.iloc[:0])


def _before(then: pd.DataFrame, now: pd.DataFrame, code: str) -> pd.DataFrame:
    """The neighbourhoods of 2011 of the districts most of which became the council.

    A few along a border may be another council's now. Raises Refusal where more than a few are: a district was divided.
    """
    today = then["lsoa11cd"].map(now.set_index("lsoa21cd")["lad24cd"])
    kept = today.notna()
    became = today[kept].eq(code).groupby(then.loc[kept, "lad19cd"]).mean()
    within = then["lad19cd"].isin(became.index[became > 0.5])
    strays = int((kept & (within != today.eq(code))).sum())
    if strays > MOST_STRAYS * max(within.sum(), 1):
        raise Refusal(
            f"{strays} neighbourhoods lie in {code} in one of 2019 and 2024 and not in the other: its boundary has "
            "changed too much to give it the tables of 2019."
        )
    return then[within]


def _rows(table: pd.DataFrame, column: str, codes: pd.Series, file: Path) -> pd.DataFrame:
    rows = table[table[column].isin(codes)].reset_index(drop=True)
    if sorted(rows[column]) != sorted(codes):
        raise Refusal(f"{file} does not have each of the {len(codes)} neighbourhoods of the council once.")
    return rows
