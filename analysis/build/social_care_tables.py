"""The Department for Education's tables of children's social care, one observation a measure, area and year."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.build.observed import as_text, figures, observed, percent, refuse_unread, rows

COUNTS: dict[str, dict[str, str]] = {
    "csc_children_in_need.csv": {
        "csc_cin_anypoint_episodes": "Anypoint_episodes",
        "csc_cin_anypoint_children": "Anypoint_child",
        "csc_cin_started_episodes": "Started_episodes",
        "csc_cin_started_children": "Started_child",
        "csc_cin_ended_episodes": "Ended_episodes",
        "csc_cin_ended_children": "Ended_child",
        "csc_cin_on_31_march": "At31_episodes",
        "csc_cin_awaiting_assessment": "awaiting_assessment",
    },
    "csc_referrals.csv": {
        "csc_referrals": "referral_count",
        "csc_referred_children": "referral_child_count",
    },
    "csc_cpp_duration.csv": {"csc_cpp_on_31_march": "CPP_At31"},
    "csc_repeat_cpp.csv": {"csc_cpp_started": "CPP_start"},
    "csc_workforce.csv": {
        "csc_workers_fte": "inpost_fte",
        "csc_workers_headcount": "inpost_headcount",
        "csc_starters_fte": "starters_fte",
        "csc_starters_headcount": "starters_headcount",
        "csc_leavers_fte": "leavers_fte",
        "csc_leavers_headcount": "leavers_headcount",
        "csc_agency_fte": "agency_fte",
        "csc_agency_headcount": "agency_headcount",
        "csc_agency_covering_vacancies_fte": "agency_cover_fte",
        "csc_vacancies_fte": "vacancy_fte",
        "csc_case_holders_fte": "case_holders_fte",
        "csc_cases_held": "cases",
        "csc_days_lost_to_sickness": "working_days_lost_fte",
    },
}
RATES: dict[str, dict[str, tuple[str, str, str | None]]] = {
    "csc_referrals.csv": {
        "csc_rereferrals": ("rereferral_percent", "rereferral_count", "referral_count"),
        "csc_no_further_action": ("no_further_action_percent", "no_further_action_count", "referral_count"),
        "csc_assessed_not_in_need": ("not_in_need_percent", "not_in_need_count", "referral_count"),
        "csc_rereferred_children": ("rereferral_child_percent", "rereferral_child_count", "referral_child_count"),
    },
    "csc_cpp_duration.csv": {
        "csc_cpp_3_months_or_less": ("3_months_or_less_percent", "3_months_or_less", "CPP_At31"),
        "csc_cpp_3_to_6_months": ("more_than_3_months_6_months_percent", "more_than_3_months_6_months", "CPP_At31"),
        "csc_cpp_6_to_12_months": (
            "more_than_6_months_less_than_1_year_percent",
            "more_than_6_months_less_than_1_year",
            "CPP_At31",
        ),
        "csc_cpp_1_to_2_years": ("1_year_less_than_2_years_percent", "1_year_less_than_2_years", "CPP_At31"),
        "csc_cpp_2_years_or_more": ("2_years_or_more_percent", "2_years_or_more", "CPP_At31"),
    },
    "csc_repeat_cpp.csv": {"csc_cpp_repeated": ("CPP_subsequent_percent", "CPP_subsequent", "CPP_start")},
    "csc_workforce.csv": {
        "csc_turnover_fte": ("turnover_rate_fte", "leavers_fte", "inpost_fte"),
        "csc_turnover_headcount": ("turnover_rate_headcount", "leavers_headcount", "inpost_headcount"),
        "csc_agency_rate_fte": ("agency_rate_fte", "agency_fte", None),
        "csc_agency_rate_headcount": ("agency_rate_headcount", "agency_headcount", None),
        "csc_agency_cover_rate": ("agency_cover_rate_fte", "agency_cover_fte", "agency_fte"),
        "csc_vacancy_rate": ("vacancy_rate_fte", "vacancy_fte", None),
        "csc_vacancies_covered": ("vacancy_agency_cover_rate_fte", "agency_cover_fte", "vacancy_fte"),
        "csc_caseload": ("caseload_fte", "cases", "case_holders_fte"),
        "csc_absence_rate": ("absence_rate_fte", "working_days_lost_fte", None),
    },
}
LOOKED_AFTER = {
    "Children looked after on 31 March each year": "csc_looked_after",
    "Children starting to be looked after each year": "csc_started_looked_after",
    "Children ceasing to be looked after each year": "csc_ceased_looked_after",
}
FACTORS, ASSESSMENTS = "csc_assessment_factors.csv", "Episodes_with_assessment_factor"
ENGLAND = "E92000001"
RETIRED = "printed as 0, in England too: the heading was not in use"
_KEYS = (
    "time_period",
    "geographic_level",
    "region_code",
    "region_name",
    "new_la_code",
    "la_name",
    "category",
    "population_type",
)


def social_care(folder: Path) -> pd.DataFrame:
    """Every figure of the seven tables: counts as they are, rates with their numerator and denominator."""
    parts = [factors(as_text(folder / FACTORS)), looked_after(as_text(folder / "csc_looked_after.csv"))]
    for file, counts in COUNTS.items():
        wide = as_text(folder / file)
        refuse_unread(wide, {*_KEYS, *counts.values(), *_columns(RATES.get(file, {}))}, file)
        parts += [_measured(wide, file, name, column) for name, column in counts.items()]
        parts += [_measured(wide, file, name, *columns) for name, columns in RATES.get(file, {}).items()]
    return observed(pd.concat(parts, ignore_index=True))


def looked_after(wide: pd.DataFrame) -> pd.DataFrame:
    """Children looked after, starting and ceasing, per 10,000 children, with both counts."""
    measured = _measured(wide, "csc_looked_after.csv", "", "rate_per_10000", "children_count", "population_estimate")
    return measured.assign(indicator_id=wide["population_type"].map(LOOKED_AFTER))


def factors(wide: pd.DataFrame) -> pd.DataFrame:
    """The share of assessments in which each factor was found, worked out from the two published counts.

    A suppressed count stays suppressed: its share is not worked out. A heading with no assessment in all England was
    not in use that year: its zeros say nothing of children and are not shares.
    """
    names = [column for column in wide.columns if column not in (*_KEYS, ASSESSMENTS)]
    return pd.concat([_factor(wide, column) for column in names], ignore_index=True)


def _factor(wide: pd.DataFrame, column: str) -> pd.DataFrame:
    counted = _measured(wide, FACTORS, f"csc_factor_{column.lower()}", column, column, ASSESSMENTS)
    shares = counted.assign(value=percent(counted["numerator"], counted["denominator"]))
    unused = counted["period"].isin(
        counted.loc[counted["area_code"].eq(ENGLAND) & counted["numerator"].eq(0), "period"]
    )
    return shares.assign(
        value=shares["value"].mask(unused),
        status=shares["status"].mask(unused, "not_applicable"),
        note=shares["note"].mask(unused, RETIRED),
    )


def _measured(
    wide: pd.DataFrame,
    file: str,
    name: str,
    column: str,
    numerator: str | None = None,
    denominator: str | None = None,
) -> pd.DataFrame:
    return figures(wide[column]).assign(
        indicator_id=name,
        area_code=_area_codes(wide),
        period=wide["time_period"],
        numerator=_numbers(wide, numerator),
        denominator=_numbers(wide, denominator),
        locator=f"{file} row " + rows(wide) + f", {column}",
    )


def _columns(rates: dict[str, tuple[str, str, str | None]]) -> set[str]:
    return {column for columns in rates.values() for column in columns if column}


def _numbers(wide: pd.DataFrame, column: str | None) -> pd.Series:
    return figures(wide[column])["value"] if column else pd.Series(float("nan"), index=wide.index)


def _area_codes(wide: pd.DataFrame) -> pd.Series:
    codes = wide["new_la_code"].where(wide["new_la_code"].ne(""), wide["region_code"])
    return codes.where(wide["geographic_level"].ne("National"), ENGLAND)
