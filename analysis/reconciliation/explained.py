"""Why a figure and its recomputation lie apart: an entry of the ledger, or a rule of the publisher declared here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.reconciliation import deprivation, limits, printed_sums, rates, totals, twice
from analysis.reconciliation.verdicts import DISAGREES, ROUNDED

LEDGER, RULE, UNEXPLAINED = "ledger:", "rule:", "unexplained"


@dataclass(frozen=True)
class Rule:
    """A practice of a publisher that moves figures apart lawfully: what it is called, and why it does."""

    title: str
    reason: str


RULES = {
    "tens": Rule(
        "Counts in tens",
        "The department prints the counts of regions and of England to the nearest ten, and works its percentages out "
        "from the counts as they were.",
    ),
    "tenths": Rule(
        "Staff in tenths",
        "The department prints full-time equivalents with one decimal, and works its rates out from them as they were.",
    ),
    "fives": Rule(
        "Counts in fives",
        "The publisher prints counts of councils and regions to the nearest five from 2012/13; its limits rest on the "
        "counts as they were.",
    ),
    "whole_children": Rule(
        "Whole children",
        "The table prints whole children and one decimal of a percentage, so the number they are out of is known only "
        "within a range.",
    ),
    "census": Rule(
        "Census cells adjusted",
        "The Office for National Statistics changes small cells of each census table at random so that nobody can be "
        "recognised. Parts need not add to the whole.",
    ),
    "low_income": Rule(
        "Low-income counts adjusted",
        "The Department for Work and Pensions adjusts the counts of each area so that nobody can be recognised, ward "
        "by ward, and calls them provisional. Wards need not add to the council.",
    ),
    "sex_not_known": Rule(
        "Sex not recorded",
        "The count of all children holds some whose sex is not recorded, so girls and boys come to fewer.",
    ),
    "hedged": Rule(
        "Said to be about",
        "The document calls the figure about, nearly or around, and it lies within a twentieth of what its parts give.",
    ),
    "tied_ranks": Rule(
        "Tied ranks",
        "The index was made from scores with more decimals than the ranks of its domains keep.",
    ),
    "whole_weights": Rule(
        "Whole people as weights",
        "The averages were made with unrounded numbers of people, which are printed as whole ones.",
    ),
}

Where = tuple[str, str, str]

LEDGER_ENTRIES: dict[Where, str] = {
    (rates.PRINTED, "OPEN_OBSERVATIONS", r"csc_vacancies_covered E92000001 2024"): "agency_cover_england_2024",
    (rates.PRINTED, "OPEN_OBSERVATIONS", r"csc_vacancies_covered E92000001 201[78]"): "agency_cover_england_earlier",
    (rates.PRINTED, "OPEN_OBSERVATIONS", r"csc_agency_cover_rate E92000001 \d+"): "agency_covering_england",
    (rates.PRINTED, "OPEN_OBSERVATIONS", r"csc_turnover_\w+ E92000001 202[24]"): "turnover_england",
    (rates.PRINTED, "OPEN_OBSERVATIONS", r"csc_cpp_repeated E92000001 2022"): "repeat_plans_england_2022",
    (
        rates.PRINTED,
        "STRATEGIES_OBSERVATIONS",
        r"wiltshire2013_hidden_harm_identified .*",
    ): "wiltshire_hidden_harm_share",
    (rates.BASE, "PROFILES_OBSERVATIONS", r"phof_children_in_care_immunised .*"): "care_immunisations_count",
    (rates.ANSWERS, "SURVEY", r"all 15 .*"): "app_use",
    (rates.ANSWERS, "SURVEY", r"all 19 .*"): "resources_percent",
    (limits.KIND, "ASSESSMENT_OBSERVATIONS", r"na2020_first_time_entrants_rate .* upper"): "youth_justice_upper",
    (totals.KIND, "SURVEY", r"all 15 app"): "app_use",
    (totals.KIND, "SERVICES", r"unmarked and served"): "needs_unmarked_served",
    (totals.KIND, "IDACI2015_PRINTED", r"E06000022 count"): "ward_sum",
    (totals.KIND, "OPEN_OBSERVATIONS", r"admissions_injury_0_14 E(12000009|92000001) 2023/24 .*"): "injury_sex_2023_24",
    (twice.KIND, "ASSESSMENT_OBSERVATIONS", r"na2020_disability_estimate_text .*"): "disability_total",
    (twice.KIND, "ASSESSMENT_OBSERVATIONS", r"na2020_child_poverty_idaci_text E05001966 .*"): "twerton_child_poverty",
    (twice.KIND, "ASSESSMENT_OBSERVATIONS", r"na2020_imd_least_deprived_fifth .*"): "iod_top_deciles",
    (twice.KIND, "ASSESSMENT_OBSERVATIONS", r"na2020_imd_rank .*"): "imd_rank",
    (twice.KIND, "OPEN_OBSERVATIONS", r"health_index_teenage_pregnancy \w+ 2021 .*"): "teenage_pregnancy_2021",
    (twice.KIND, "PROFILES_OBSERVATIONS", r"phof_alcohol_admissions_under_18 .*"): "alcohol_admissions_2015_18",
    (twice.KIND, "PROFILES_OBSERVATIONS", r"phof_attainment_8 .*"): "attainment8_2017_18",
    (twice.KIND, "PROFILES_OBSERVATIONS", r"phof_attainment_8_in_care .*"): "attainment_in_care_2017_18",
    (twice.KIND, "PROFILES_OBSERVATIONS", r"phof_first_time_entrants E06000022 .*"): "first_time_entrants_2018",
    (twice.KIND, "PROFILES_OBSERVATIONS", r"phof_injury_admissions_0_14 .*"): "injury_admissions_2017_18",
    (printed_sums.KIND, "HALTON_COST_BENEFIT", r"Falls that might be prevented each year"): "halton_falls_prevented",
    (printed_sums.KIND, "HALTON_COST_BENEFIT", r"Saved if those falls were prevented"): "halton_falls_saving",
    (printed_sums.KIND, "HALTON_COST_BENEFIT", r"Saved in all if every patient .*"): "halton_copd_saving",
    (printed_sums.KIND, "ASSESSMENT_OBSERVATIONS", r"na2020_ehcp_rate .*"): "ehcp_rate",
    (printed_sums.RATE, "WILTSHIRE_SAFEGUARDING", r"children_in_need_rate year before"): "wiltshire_children_in_need",
}
UNDER_RULES: dict[Where, str] = {
    (rates.PRINTED, "OPEN_OBSERVATIONS", rf"({'|'.join(rates.WORKFORCE)}).*"): "tenths",
    (rates.PRINTED, "OPEN_OBSERVATIONS", r"csc_.*"): "tens",
    (limits.KIND, "OPEN_OBSERVATIONS", r"admissions_injury_0_14.*"): "fives",
    (limits.KIND, "IDACI2015_PRINTED", r".*"): "whole_children",
    (totals.KIND, "IDACI2015_PRINTED", r".*"): "whole_children",
    (totals.KIND, "OPEN_OBSERVATIONS", r"census2021_.*"): "census",
    (totals.KIND, "OPEN_OBSERVATIONS", r"csc_cpp_on_31_march .*"): "tens",
    (totals.KIND, "OPEN_OBSERVATIONS", r"admissions_injury_0_14 .* girls and boys"): "fives",
    (totals.KIND, "CHILD_POVERTY_AREA", r".*"): "low_income",
    (printed_sums.KIND, "WILTSHIRE_SPENDING", r".*"): "hedged",
    (printed_sums.KIND, "HALTON_COST_BENEFIT", r".*"): "hedged",
    (deprivation.SCORES, "IOD2015", r".*"): "tied_ranks",
    (deprivation.SUMMARY, "IOD_COUNCIL", r".*"): "whole_weights",
}
BEYOND_ROUNDING = ("census", "low_income")


def explanations(checks: pd.DataFrame) -> pd.Series:
    """The explanation of each check as 'ledger:entry', 'rule:name', UNEXPLAINED, or nothing where figures agree.

    A rule explains what rounding lets lie apart. Beyond that only an adjustment for confidentiality, children whose sex
    is not recorded, and an entry of the ledger do.
    """
    apart = checks[checks["verdict"].isin([DISAGREES, ROUNDED])]
    found = pd.Series([_explanation(row) for row in apart.itertuples()], index=apart.index, dtype=object)
    return found.reindex(checks.index, fill_value="")


def _explanation(row: Any) -> str:
    entry = _first(LEDGER_ENTRIES, row)
    if entry:
        return LEDGER + entry
    rule = _first(UNDER_RULES, row)
    if rule and (row.verdict == ROUNDED or rule in BEYOND_ROUNDING):
        return RULE + rule
    return RULE + "sex_not_known" if _without_sex(row) else UNEXPLAINED


def _first(declared: Mapping[Where, str], row: Any) -> str:
    for (kind, source, place), name in declared.items():
        if kind == row.kind and source == row.source and re.fullmatch(place, row.row):
            return name
    return ""


def _without_sex(row: Any) -> bool:
    """Girls and boys of England come to fewer than all children, by less than one in two thousand."""
    england = re.fullmatch(r"admissions_injury_0_14 E92000001 \S+ girls and boys", row.row)
    return england is not None and -row.printed / 2000 <= row.difference <= 0
