"""The censuses of 2011 and 2021: counts, and each count as a share of the people or households it is drawn from."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.build.geography import COUNCIL
from analysis.build.observed import observed, percent, refuse_unread, rows

CENSUS_2011, FULL_2011 = "census2011_lsoa_ward_key.csv", "census2011_selected_full_oa_lsoa_ward.csv"
CENSUS_2021 = "census2021_lsoa21.csv"
LEVELS_2011 = ("Ward", "Local Authority", "Country")
PEOPLE_16_TO_74 = "Total number of people aged 16 to 74_1"
PEOPLE_16_PLUS = "Total number of people aged 16 and over"
HOUSEHOLDS = "All households"
RESIDENTS = "residents"
BASES_2011 = {
    "age_0_4": RESIDENTS,
    "age_5_9": RESIDENTS,
    "age_10_15": RESIDENTS,
    "age_16_24": RESIDENTS,
    "people_in_households": RESIDENTS,
    "limited_a_lot": RESIDENTS,
    "limited_a_little": RESIDENTS,
    "unpaid_carers": RESIDENTS,
    "unemployed": PEOPLE_16_TO_74,
    "econ_inactive_16_74": PEOPLE_16_TO_74,
    "long_term_sick_disabled": PEOPLE_16_TO_74,
    "no_qualifications": PEOPLE_16_PLUS,
    "hh_no_car": HOUSEHOLDS,
    "hh_lone_parent_dep_ch": HOUSEHOLDS,
    "hh_dep_children": HOUSEHOLDS,
    "hh_dep_children_0_4": HOUSEHOLDS,
    "hh_no_adult_employed_dep_ch": HOUSEHOLDS,
}
GROUPS_2021 = {
    "res_": "census2021_aged_",
    "hh_household_is_": "census2021_",
    "dis_": "census2021_",
    "ten_": "census2021_tenure_",
    "occ_": "census2021_rooms_",
    "accom_": "census2021_home_",
}
COUNTS_2021 = ("residents", "households")
BEST_FIT = "the sum of the neighbourhoods that fit the ward best"
SUMMED = "the sum of the 118 neighbourhoods"


def censuses(folder: Path, wards_of: pd.Series) -> pd.DataFrame:
    """Both censuses; `wards_of` gives the ward since 2019 of each neighbourhood (LSOA 2021)."""
    key, full = pd.read_csv(folder / CENSUS_2011), pd.read_csv(folder / FULL_2011)
    parts = [census_2011(key, full), census_2021(pd.read_csv(folder / CENSUS_2021), wards_of)]
    return observed(pd.concat(parts, ignore_index=True))


def census_2011(key: pd.DataFrame, full: pd.DataFrame) -> pd.DataFrame:
    """The 37 wards of 2011, the council and England and Wales; neighbourhoods are left out.

    The people and households each share is of come from the fuller table of the same release.
    """
    refuse_unread(key, {"geog_type", "code", "name", RESIDENTS, *BASES_2011}, CENSUS_2011)
    numbered = key.assign(row=rows(key))
    kept = numbered[numbered["geog_type"].isin(LEVELS_2011)].set_index("code")
    fuller = full.set_index("Code")[[PEOPLE_16_TO_74, PEOPLE_16_PLUS, HOUSEHOLDS]].reindex(kept.index)
    bases = fuller.assign(residents=kept[RESIDENTS])
    parts = [_share(kept[name], bases[base], f"census2011_{name}") for name, base in BASES_2011.items()]
    counted = _count(kept[RESIDENTS], "census2011_residents")
    places = CENSUS_2011 + " row " + kept["row"]
    return _placed([counted, *parts], places).assign(period="2011")


def census_2021(wide: pd.DataFrame, wards_of: pd.Series) -> pd.DataFrame:
    """Neighbourhoods as published, and their sums to wards since 2019 (best fit, ours) and to the council."""
    small = wide.assign(row=rows(wide)).set_index("lsoa21cd")
    counts = small.drop(columns="row")
    wards = counts.groupby(wards_of.reindex(counts.index)).sum()
    council = counts.groupby(pd.Series(COUNCIL, index=counts.index)).sum()
    members = wards_of.reindex(counts.index).value_counts().astype(str)
    parts = [
        _placed(_measures_2021(counts), CENSUS_2021 + " row " + small["row"]),
        _placed(_measures_2021(wards), f"{CENSUS_2021}, " + members + " rows summed").assign(
            basis="modelled", note=BEST_FIT
        ),
        _placed(_measures_2021(council), pd.Series(f"{CENSUS_2021}, 118 rows summed", index=council.index)).assign(
            note=SUMMED
        ),
    ]
    return pd.concat(parts, ignore_index=True).assign(period="2021")


def _measures_2021(counts: pd.DataFrame) -> list[pd.DataFrame]:
    grouped = {str(name) for name in counts for group in GROUPS_2021 if str(name).startswith(group)}
    refuse_unread(counts, {*COUNTS_2021, *grouped}, CENSUS_2021)
    parts = [_count(counts[name], f"census2021_{name}") for name in COUNTS_2021]
    for group, prefix in GROUPS_2021.items():
        members = counts.filter(regex=f"^{group}")
        parts += [
            _share(members[name], members.sum(axis=1), prefix + str(name).removeprefix(group)) for name in members
        ]
    return parts


def _count(counted: pd.Series, name: str) -> pd.DataFrame:
    return pd.DataFrame({"indicator_id": name, "value": counted})


def _share(counted: pd.Series, base: pd.Series, name: str) -> pd.DataFrame:
    shares = percent(counted, base)
    status = shares.isna().map({True: "cannot_calculate", False: "ok"})
    return pd.DataFrame(
        {"indicator_id": name, "value": shares, "numerator": counted, "denominator": base, "status": status}
    )


def _placed(parts: list[pd.DataFrame], places: pd.Series) -> pd.DataFrame:
    table = pd.concat(parts).rename_axis("area_code").reset_index()
    return table.assign(locator=table["area_code"].map(places))
