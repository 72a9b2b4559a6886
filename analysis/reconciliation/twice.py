"""The same quantity given in two places: two tables, or a table and the text beside it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.editions import COUNCIL
from analysis.reconciliation.observed import Held
from analysis.reconciliation.verdicts import half_of_last_digit, judged

KIND = "given twice"
OF_COUNTS = "#count"


@dataclass(frozen=True)
class Pair:
    """One quantity under two identifiers; `second` is the one checked against. OF_COUNTS marks a numerator."""

    first: str
    second: str


SOCIAL_CARE = tuple(
    Pair(first, f"lait_{second}")
    for first, second in (
        ("csc_absence_rate", "work_force_swabsence"),
        ("csc_agency_cover_rate", "work_force_agencycover"),
        ("csc_agency_rate_fte", "work_force_agecy_rate"),
        ("csc_assessed_not_in_need", "referrals_assessednotneed"),
        ("csc_caseload", "work_force_avgnumcase_sw"),
        ("csc_cases_held", "work_force_num_caseheld"),
        ("csc_ceased_looked_after", "lac_cease_rate"),
        (f"csc_ceased_looked_after{OF_COUNTS}", "lacceased"),
        ("csc_cpp_2_years_or_more", "cpplans2yrsactive"),
        ("csc_cpp_on_31_march", "cpp_num"),
        ("csc_cpp_repeated", "prevregcpr"),
        (f"csc_cpp_repeated{OF_COUNTS}", "reregcpr"),
        ("csc_cpp_started", "cpp_abuse"),
        ("csc_leavers_fte", "social_work_leavers"),
        ("csc_looked_after", "lac"),
        (f"csc_looked_after{OF_COUNTS}", "lacnum"),
        ("csc_no_further_action", "cin_refferals_nfa"),
        ("csc_referrals", "cpp_total_numref"),
        ("csc_rereferrals", "rereferral"),
        ("csc_started_looked_after", "lac_start_rate"),
        (f"csc_started_looked_after{OF_COUNTS}", "lacnum_start"),
        ("csc_starters_fte", "social_work_starters"),
        ("csc_turnover_fte", "work_force_to_rate"),
        ("csc_vacancies_covered", "vacancies_cover"),
        ("csc_vacancy_rate", "work_force_vac_rate"),
        ("csc_workers_fte", "work_force_nosw"),
    )
)
HEALTH = (
    Pair("admissions_injury_0_14", "lait_hospad0_14"),
    Pair("health_index_low_birth_weight", "lait_low_birth_weight_babies"),
    Pair("health_index_teenage_pregnancy", "lait_under18concep"),
)
PROFILES = tuple(
    Pair(f"phof_{first}", second)
    for first, second in (
        ("attainment_8", "lait_avg_attain8_score"),
        ("attainment_8_in_care", "lait_lac_ks4_avg_attain8"),
        ("infant_mortality", "lait_infmort"),
        ("breastfeeding_6_8_weeks", "lait_6wksbreast"),
        ("alcohol_admissions_under_18", "lait_hosp_adm_alc_under_18yrs"),
        ("children_in_care", "lait_lac"),
        ("children_in_care_immunised", "lait_lacvaccinations_pct"),
        ("school_readiness", "lait_fsp_new_gooddev"),
        ("conceptions_under_18", "lait_under18concep"),
        ("ks1_maths", "lait_ks1m_expected_std"),
        ("ks1_reading", "lait_ks1r_expected_std"),
        ("ks1_science", "lait_ks1s_expected_std"),
        ("ks1_writing", "lait_ks1w_expected_std"),
        ("ks2_reading_writing_maths", "lait_ks2rwm_expected_std"),
        ("persistent_absence_primary", "lait_sfpriperabnew"),
        ("persistent_absence_secondary", "lait_sfsecperabnew"),
        ("road_casualties_under_16", "lait_rta"),
        ("low_birth_weight", "lait_low_birth_weight_babies"),
        ("low_birth_weight", "health_index_low_birth_weight"),
        ("conceptions_under_18", "health_index_teenage_pregnancy"),
        ("injury_admissions_0_14", "admissions_injury_0_14"),
        ("first_time_entrants", "lait_firstyjs"),
    )
)
TEXTS = (
    Pair("na2020_self_harm_text", "phof_self_harm_admissions_10_24"),
    Pair("na2020_first_time_entrants_rate", "phof_first_time_entrants"),
    Pair("na2020_disability_estimate_text", "na2020_disability_estimate_0_18"),
    Pair("na2020_gp_registered", "strategy2021_registered"),
)
PAIRS = (*SOCIAL_CARE, *HEALTH, *PROFILES, *TEXTS)
ORDER = ("ASSESSMENT", "PROFILES", "OPEN", "LAIT", "STRATEGIES")
FACTORS = {"alcohol": "alcohol_misuse", "drugs": "drug_misuse"}


def checks(held: Held) -> pd.DataFrame:
    """Every declared pair, area by area and year by year, with the printed wards and the text among them."""
    rows = pd.concat(
        [held.observations(table).assign(table=f"{table}_OBSERVATIONS") for table in ORDER], ignore_index=True
    )
    rows = rows.assign(half=half_of_last_digit(rows["value"], [rows["indicator_id"]]))
    parts = [_pairs(rows), _factors(held, rows), _idaci(held, rows), *_against_neighbourhoods(held, rows)]
    return pd.concat(parts, ignore_index=True)


def _pairs(rows: pd.DataFrame) -> pd.DataFrame:
    named = pd.DataFrame([(pair.first, pair.second) for pair in PAIRS], columns=["first", "indicator_id"])
    wanted = {pair.first.removesuffix(OF_COUNTS) for pair in PAIRS}
    mine = rows[rows["indicator_id"].isin(wanted)]
    counts = mine[mine["numerator"].notna()].assign(
        first=lambda table: table["indicator_id"] + OF_COUNTS, value=lambda table: table["numerator"], half=0.0
    )
    firsts = pd.concat([mine.assign(first=mine["indicator_id"]), counts], ignore_index=True)
    theirs = rows[rows["indicator_id"].isin(named["indicator_id"])]
    theirs = theirs[["indicator_id", "area_code", "period_end", "value", "half", "locator"]].merge(named)
    both = firsts[firsts["value"].notna()].merge(
        theirs[theirs["value"].notna()], on=["first", "area_code", "period_end"], suffixes=("", "_other")
    )
    made = [_judged(table, str(source)) for source, table in both.groupby("table")]
    return pd.concat(made, ignore_index=True)


def _judged(both: pd.DataFrame, source: str) -> pd.DataFrame:
    """The first figure as printed, the second as worked out again: the coarser of the two rounds the other."""
    half = both[["half", "half_other"]].max(axis=1) + both[["half", "half_other"]].min(axis=1)
    named = both.assign(
        what=both["what"] + " and " + both["indicator_id_other"],
        row=both["first"] + " " + both["area_code"] + " " + both["period"] + " " + both["indicator_id_other"],
        locator=both["locator"] + "; " + both["locator_other"],
        printed=both["value"],
    )
    return judged(KIND, source, named, both["value_other"], half=half.where(both["half"].gt(0), 0.0))


def _factors(held: Held, rows: pd.DataFrame) -> pd.DataFrame:
    """Counts of factors in the table of the toxic trio against those in the observations."""
    table = held.table("ASSESSMENT_FACTORS")
    topic = table["factor"].str.rpartition("_")
    renamed = topic[0].map(FACTORS).fillna(topic[0]) + "_" + topic[2]
    whole = table["factor"].isin(["neglect", "young_carer"])
    ids = "csc_factor_" + renamed.where(~whole, table["factor"])
    mine = table.assign(indicator_id=ids, period=table["year_ending"].astype(str))
    other = rows[["indicator_id", "area_code", "period", "numerator", "what", "row", "locator"]]
    both = mine.merge(other, on=["indicator_id", "area_code", "period"]).assign(printed=lambda both: both["count"])
    kept = both[both["count"].notna() & both["numerator"].notna()]
    return judged(
        KIND, "ASSESSMENT_FACTORS", kept.assign(printed=kept["count"].astype(float)), kept["numerator"], half=0
    )


def _idaci(held: Held, rows: pd.DataFrame) -> pd.DataFrame:
    """Child poverty by ward in the text and the profiles against the printed table of wards."""
    table = held.table("IDACI2015_PRINTED").set_index("area_code")["percent"]
    ids = ["na2020_child_poverty_idaci_text", "local_health_child_poverty"]
    mine = rows[rows["indicator_id"].isin(ids) & rows["area_code"].isin(table.index) & rows["value"].notna()]
    made = [
        judged(KIND, str(source), part, table.reindex(part["area_code"]), half=0.05)
        for source, part in mine.groupby("table")
    ]
    return pd.concat(made, ignore_index=True)


def _against_neighbourhoods(held: Held, rows: pd.DataFrame) -> list[pd.DataFrame]:
    """Counts the documents give of what neighbourhood tables hold: residents, deprived neighbourhoods, the rank."""
    people = held.table("POPULATION_LSOA11").query("age_band == 'all'").groupby("mid_year")["population"].sum()
    census = held.table("POPULATION_LSOA21").query("age_band == 'all'").set_index("lsoa21_code")["population"]
    tenths = held.table("IOD2019").query("domain == 'imd'")["decile"]
    council = held.table("IOD_COUNCIL").query("iod_year == 2019 and domain == 'imd'").set_index("area_code")
    single = {
        "strategy2021_population": float(people[2019]),
        "strategy2021_deprived_small_areas": float(tenths.eq(1).sum()),
        "na2020_imd_most_deprived_fifth": float(tenths.le(2).sum()),
        "na2020_imd_least_deprived_fifth": float(tenths.ge(9).sum()),
        "na2020_imd_rank": float(council["rank_average_score"][COUNCIL]),
    }
    named = rows[rows["indicator_id"].isin(single) & rows["value"].notna()]
    made = [
        judged(KIND, str(source), part, part["indicator_id"].map(single), half=0.0)
        for source, part in named.groupby("table")
    ]
    residents = rows[rows["indicator_id"].eq("census2021_residents") & rows["area_code"].isin(census.index)]
    made.append(judged(KIND, "OPEN_OBSERVATIONS", residents, census.reindex(residents["area_code"]), half=0.0))
    return made
