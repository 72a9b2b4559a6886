"""Figures of the open data that the contradiction ledger recalculates, from the raw tables."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.build.observed import as_text

_SOUTH_WEST, _ENGLAND = "South West", "England"
_STAFF = {
    "agency_cover_england_2024": ("agency_cover_fte", "vacancy_fte", (2024,)),
    "agency_cover_england_earlier": ("agency_cover_fte", "vacancy_fte", (2017, 2018)),
    "agency_covering_england": ("agency_cover_fte", "agency_fte", (2017, 2023, 2024)),
    "turnover_england": ("leavers_fte", "inpost_fte", (2022, 2024)),
}


def open_data(raw: Path) -> dict[str, set[float]]:
    """Numbers computed again from the open data, by ledger entry."""
    staff = _national(raw / "data" / "la" / "csc_workforce.csv")
    plans = _national(raw / "data" / "la" / "csc_repeat_cpp.csv")
    expected = {
        entry: {_percent(staff, part, whole, year) for year in years} for entry, (part, whole, years) in _STAFF.items()
    }
    expected["turnover_england"] |= {_percent(staff, "leavers_headcount", "inpost_headcount", 2022)}
    return expected | {
        "repeat_plans_england_2022": {_percent(plans, "CPP_subsequent", "CPP_start", 2022)},
        "injury_sex_2023_24": _by_sex(raw),
        **_tool(raw),
    }


def _national(path: Path) -> pd.DataFrame:
    table = as_text(path)
    return table[table["geographic_level"].eq("National")].set_index("time_period")


def _percent(table: pd.DataFrame, part: str, whole: str, year: int) -> float:
    return round(100 * float(table[part][str(year)]) / float(table[whole][str(year)]), 1)


def _by_sex(raw: Path) -> set[float]:
    table = as_text(raw / "data" / "fingertips" / "hospital_admissions_injury_la.csv")
    kept = table[table["period"].eq("2023/24") & table["sex"].ne("Persons")]
    return {kept.loc[kept["area_name"].eq(area), "count"].astype(float).sum() for area in _areas(kept)}


def _areas(table: pd.DataFrame) -> list[str]:
    return [area for area in table["area_name"].unique() if area.startswith((_SOUTH_WEST, _ENGLAND))]


def _tool(raw: Path) -> dict[str, set[float]]:
    """What the Local Authority Interactive Tool prints where another source differs."""
    table = as_text(raw / "data" / "la" / "lait_long.csv").set_index(["measure_code", "area", "period"])["value"]
    home = "Bath and North East Somerset"
    asked = {
        "teenage_pregnancy_2021": [("Under18concep", home, "2021")],
        "first_time_entrants_2018": [("FirstYJS", home, "2018")],
        "first_time_entrants_england": [("FirstYJS", area, "2018") for area in (_SOUTH_WEST, "North West")],
        "attainment_in_care_2017_18": [("LAC_KS4_AVG_Attain8", area, "2018") for area in (home, _ENGLAND)],
        "alcohol_admissions_2015_18": [("Hosp_Adm_Alc_<18yrs", area, "2015/16-17/18") for area in (home, _ENGLAND)],
    }
    return {entry: {float(table[place]) for place in places} for entry, places in asked.items()}
