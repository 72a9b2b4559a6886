"""What the B&NES strategy hopes to achieve, and which of it can be told from anything published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.indicators import NOT_FOR_ENGLAND
from analysis.sources.library import Library

COUNCIL, ENGLAND = "E06000022", "E92000001"
LOOKED_BACK = 5
STEADY = 0.05
BETTER, WORSE, UP, DOWN, SAME, ONE = "better", "worse", "up", "down", "about the same", "one figure only"
CHANCE, PRINTED, UNKNOWN = "may be chance", "as printed", "not known"
NOT_PUBLISHED = "No figure that answers to it was found in what the atlas holds."
TREND, NO_TREND = "Recent trend:", "could not be calculated"
Row = dict[str, Any]
Matches = Mapping[str, tuple[tuple[str, str], ...]]
Published = dict[str, tuple[pd.DataFrame, pd.DataFrame]]

POPULATION_MATCHES: Matches = {
    "a_levels": (("ASSESSMENT", "na2020_a_levels_3ae"),),
    "adults_smoking": (("OPEN", "health_index_smoking"),),
    "alcohol_under_18": (("LAIT", "lait_hosp_adm_alc_under_18yrs"),),
    "attendance_exclusions": (("LAIT", "lait_totabs"), ("LAIT", "lait_totfixedex"), ("LAIT", "lait_totpermex")),
    "births_infant_deaths": (("LAIT", "lait_infmort"),),
    "breastfeeding": (("PROFILES", "phof_breastfeeding_started"), ("LAIT", "lait_6wksbreast")),
    "first_time_entrants": (("LAIT", "lait_firstyjs"),),
    "gcse": (("ASSESSMENT", "na2020_gcse_5ac"),),
    "gcse_disadvantaged": (("ASSESSMENT", "na2020_gcse_5ac_disadvantaged"),),
    "low_birth_weight": (("LAIT", "lait_low_birth_weight_babies"),),
    "low_income_families": (("PROFILES", "phof_low_income_under_16"),),
    "need_and_care": (("LAIT", "lait_cin"), ("LAIT", "lait_lac")),
    "neet": (("LAIT", "lait_16_17_neet"),),
    "out_of_work": (("STRATEGIES", "strategy2021_out_of_work"),),
    "overweight": (("OPEN", "health_index_overweight_and_obesity_in_adults"),),
    "school_readiness": (("LAIT", "lait_fsp_new_gooddev"),),
    "school_readiness_free_meals": (("LAIT", "lait_fsp_gooddev_fsm"),),
    "smoking_delivery": (("PROFILES", "phof_smoking_at_delivery"),),
    "teenage_parents": (("LAIT", "lait_under18concep"), ("PROFILES", "phof_teenage_mothers")),
    "vaccination": (("PROFILES", "phof_dtap_ipv_hib_age_2"), ("PROFILES", "phof_mmr_age_2")),
}
MEASURE_MATCHES: Matches = {
    "assessments_top_needs": (("ASSESSMENT", "na2020_early_help_assessments"),),
}
FEW_CASES = (
    "lait_firstyjs",
    "lait_hosp_adm_alc_under_18yrs",
    "lait_infmort",
    "lait_low_birth_weight_babies",
    "lait_totpermex",
    "lait_under18concep",
    "na2020_early_help_assessments",
)
PARTLY = {
    "assessments_top_needs": "The number alone: their main needs are not published.",
    "births_infant_deaths": "Deaths of infants; live births are not in it.",
    "low_income_families": "It counts children, not families.",
    "teenage_parents": "Nothing is published on terminations.",
    "vaccination": "The strategy does not say which vaccine.",
}
NEAR_MISSES = {
    "dementia_diagnosis": "What is published asks adults in a survey and counts no diagnoses.",
    "early_years_ward_gap": "Published for four wards only and for 2014, so there is no gap to work out.",
    "fuel_poverty": "What is published counts households, in 2012, by a definition since given up.",
    "homeless": "What is published counts families only.",
    "injuries_0_4": "Published for ages 0 to 14 only.",
    "self_harm": "Published for ages 10 to 24 only.",
    "custody": "Nothing on custody is published here, nor on its racial imbalance.",
    "referrals_by_organisation": "372 applications to the panel in 2019/20 are published, but not by organisation.",
}


def population(library: Library) -> pd.DataFrame:
    """The scorecard of population indicators: see `scored`; with life_group and wanted."""
    return scored(library, library.table("POPULATION_INDICATORS"), "population_id", POPULATION_MATCHES)


def measures(library: Library) -> pd.DataFrame:
    """The scorecard of performance measures: see `scored`; with question, evidence and what is to be counted."""
    stated = library.table("PERFORMANCE_MEASURES").rename(columns={"unit": "unit_stated"})
    return scored(library, stated, "measure_id", MEASURE_MATCHES)


def scored(library: Library, stated: pd.DataFrame, key: str, matches: Matches) -> pd.DataFrame:
    """One row for each figure that answers to a statement of the strategy, or one that says why there is none.

    Adds to the statement: title, unit, polarity, caveat, period, value, england (same period, may be missing),
    left_out (why England has none), since, before (the figure compared with), direction, trend (a verdict printed
    beside the figure), source (its table), figure_locator, reason (blank where there is a value), and partly, what of
    the statement the figure leaves out. Rows stay in the order of the source. No target is printed for any.
    """
    published = _published(library, matches)
    rows = [
        dict(row) | found
        for row in in_printed_order(stated).to_dict("records")
        for found in [_latest(published, *one, wanted=str(row.get("wanted", ""))) for one in matches.get(row[key], ())]
        or [{"direction": UNKNOWN, "reason": NEAR_MISSES.get(row[key], NOT_PUBLISHED)}]
    ]
    return pd.DataFrame(rows).assign(id=lambda table: table[key], partly=lambda table: table[key].map(PARTLY))


def told(scorecard: pd.DataFrame, by: str) -> pd.DataFrame:
    """How many statements have a figure: one row a value of `by`, in the order of the source; told, of."""
    each = scorecard.assign(told=scorecard["value"].notna()).groupby([by, "id"], sort=False)["told"].any()
    return each.groupby(level=0, sort=False).agg(told="sum", of="size").reset_index()


def direction(before: float, value: float, polarity: str, wanted: str = "") -> str:
    """Which way a figure went, and whether that is the way wanted; never a test, as most come without limits.

    A change of up to 5% of the earlier figure is about the same. `wanted` is what the strategy says (increase or
    reduction); where it says nothing, `polarity` decides, and where that is neither, only up or down is said.
    """
    if abs(value - before) <= STEADY * abs(before):
        return SAME
    rising = value > before
    good = {"increase": True, "reduction": False}.get(
        wanted, {"low is worse": True, "high is worse": False}.get(polarity)
    )
    if good is None:
        return UP if rising else DOWN
    return BETTER if rising == good else WORSE


def in_printed_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows in the order of the line of the source that their `locator` names first."""
    line = rows["locator"].str.extract(r"lines? (\d+)", expand=False).astype(int)
    return rows.loc[line.sort_values(kind="stable").index].reset_index(drop=True)


def _published(library: Library, matches: Matches) -> Published:
    """The indicators and the figures of the council and England that the matches name, by source."""
    pairs = [pair for ids in matches.values() for pair in ids]
    found = {}
    for source in dict.fromkeys(source for source, _ in pairs):
        rows = library.table(f"{source}_OBSERVATIONS")
        kept = rows["area_code"].isin([COUNCIL, ENGLAND]) & rows["value"].notna()
        kept &= rows["indicator_id"].isin([indicator for _, indicator in pairs])
        found[source] = (library.table(f"{source}_INDICATORS").set_index("indicator_id"), rows[kept])
    return found


def _latest(published: Published, source: str, indicator: str, *, wanted: str) -> Row:
    indicators, figures = published[source]
    about = indicators.loc[indicator]
    rows = figures[figures["indicator_id"].eq(indicator)].sort_values(["period_end", "period"])
    ours = rows[rows["area_code"].eq(COUNCIL)]
    if ours.empty:
        return {"direction": UNKNOWN, "reason": NOT_PUBLISHED}
    last = ours.iloc[-1]
    england = rows.loc[rows["area_code"].eq(ENGLAND) & rows["period"].eq(last["period"]), "value"]
    left_out = NOT_FOR_ENGLAND.get(indicator, "")
    found = {name: about[name] for name in ("title", "unit", "polarity", "caveat")} | {
        "period": last["period"],
        "value": float(last["value"]),
        "england": float(england.iloc[0]) if len(england) and not left_out else None,
        "left_out": left_out,
        "source": f"{source}_OBSERVATIONS",
        "figure_locator": last["locator"],
        "reason": "",
    }
    moved = _moved(ours, str(about["polarity"]), wanted)
    return found | moved | ({"direction": CHANCE} if "since" in moved and indicator in FEW_CASES else {})


def _moved(ours: pd.DataFrame, polarity: str, wanted: str) -> Row:
    """The latest figure against the earliest of the five years before it, or the trend printed beside a lone one."""
    last = ours.iloc[-1]
    earlier = ours.iloc[:-1]
    earlier = earlier[earlier["period_end"] >= last["period_end"] - LOOKED_BACK]
    if earlier.empty:
        note = str(last["note"])
        trend = note.removeprefix(TREND).strip(" .") if note.startswith(TREND) else ""
        return {"direction": PRINTED, "trend": trend} if trend and trend != NO_TREND else {"direction": ONE}
    first = earlier.iloc[0]
    before = float(first["value"])
    went = direction(before, float(last["value"]), polarity, wanted)
    return {"since": first["period"], "before": before, "direction": went}
