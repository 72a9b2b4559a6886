"""The council beside other councils, regions and England: any measure and period, and what differs statistically."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.editions import COUNCIL, ENGLAND
from analysis.indicators import OTHER_COUNCILS, SOUTH_WEST, Indicators, beside
from analysis.statistics.benchmark import false_flags
from analysis.statistics.differences import newcombe, rate_ratio

FOUR = (COUNCIL, *OTHER_COUNCILS)
NORTH_WEST = "E12000002"
GROUPS = ("councils", "neighbours", "regions", "england")
HOLD_THE_COUNCIL = (SOUTH_WEST, ENGLAND)
NOT_COUNCILS = (SOUTH_WEST, NORTH_WEST, ENGLAND)
CLOSE_ENOUGH = 0.005
APART = ("apart", "apart_lower", "apart_upper")
How = Literal["difference", "ratio", ""]
OPENING = {
    "population": "lait_ealpri",
    "poverty and deprivation": "lait_childpov",
    "families and households": "health_index_household_overcrowding",
    "early years": "lait_fsp_new_gooddev",
    "education": "lait_16_17_not_known_neet",
    "special educational needs": "lait_sen_totstat",
    "health": "lait_under18concep",
    "mental health": "lait_cmh_0_17yrs",
    "substance misuse": "lait_hosp_adm_alc_under_18yrs",
    "domestic abuse": "csc_factor_domestic_abuse_parent",
    "social care": "lait_cin",
    "youth justice and crime": "lait_firstyjs",
    "early help": "na2020_support_seven_months",
    "workforce and spending": "lait_work_force_vac_rate",
}
RATE_OF = {
    "csc_agency_covering_vacancies_fte": "csc_agency_cover_rate",
    "csc_agency_fte": "csc_agency_rate_fte",
    "csc_agency_headcount": "csc_agency_rate_headcount",
    "csc_cases_held": "csc_caseload",
    "csc_cin_on_31_march": "lait_cin",
    "csc_cpp_on_31_march": "lait_cpp_rate",
    "csc_cpp_started": "lait_cpp_abuse_rate",
    "csc_leavers_fte": "csc_turnover_fte",
    "csc_leavers_headcount": "csc_turnover_headcount",
    "csc_referrals": "lait_cpp_total_rateper10_000",
    "csc_vacancies_fte": "csc_vacancy_rate",
    "lait_careleavereetnum": "lait_careleavereet",
    "lait_cpp_abuse": "lait_cpp_abuse_rate",
    "lait_cpp_num": "lait_cpp_rate",
    "lait_cpp_total_numref": "lait_cpp_total_rateper10_000",
    "lait_lac_19_he_num": "lait_lac_19_he",
    "lait_lac_ceased_sgo": "lait_lac_ceased_sgo_pct",
    "lait_lac_longstablenum": "lait_lac_longstable_pct",
    "lait_lacceased": "lait_lac_cease_rate",
    "lait_lacnum": "lait_lac",
    "lait_lacnum_adopt_appunop": "lait_lac_pct_adopt_appunop",
    "lait_lacnum_adopt_consentdisp": "lait_lac_pct_adopt_consentdisp",
    "lait_lacnum_start": "lait_lac_start_rate",
    "lait_lacstablenum_2016on": "lait_lacstable_2016on",
    "lait_no_2yr_olds": "lait_pct_2yr_olds",
    "lait_no_3_and_4yr_olds": "lait_pct_3_and_4yr_olds",
    "lait_no_of_lac_adopted": "lait_pct_of_lac_adopted",
    "lait_nocareleaveracc": "lait_careleaveracc",
    "lait_reregcpr": "lait_prevregcpr",
    "lait_sen_an_review_expected": "lait_sen_pec_an_review_expected",
    "lait_sen_an_review_meet_rec": "lait_sen_pec_an_review_meet_rec",
    "lait_unacc_asylmn_seek_childn": "lait_unacc_asylmn_seek_childn_pct",
    "lait_work_force_num_caseheld": "lait_work_force_avgnumcase_sw",
}


@dataclass(frozen=True)
class Standing:
    """How many of the other councils with a figure lie on each side of the council, and how many differ statistically.

    `below` are lower than the council; `differ_below` those of them shown to be so at 95%. `tested` is how many
    differences could be tested at all; `by_chance` how many would be flagged on average if none truly differed.
    """

    councils: int
    below: int
    same: int
    tested: int
    differ_below: int
    differ_above: int

    @property
    def by_chance(self) -> float:
        """Flags to expect of as many tests at 95% where nothing differs."""
        return false_flags(self.tested)


def members(held: Indicators) -> dict[str, tuple[str, ...]]:
    """The area codes of each group that may be set beside the council."""
    return {
        "councils": OTHER_COUNCILS,
        "neighbours": held.neighbours,
        "regions": (SOUTH_WEST, NORTH_WEST),
        "england": (ENGLAND,),
    }


def places(held: Indicators, groups: Sequence[str]) -> list[str]:
    """The council, then the areas of the groups asked for, each once."""
    of = members(held)
    return list(dict.fromkeys([COUNCIL, *(code for group in GROUPS if group in groups for code in of[group])]))


def periods(rows: pd.DataFrame, codes: Sequence[str]) -> list[str]:
    """Periods in which any of the areas has a figure, newest first."""
    known = rows[rows["value"].notna() & rows["area_code"].isin(list(codes))]
    return list(known.sort_values(["period_end", "period"], ascending=False)["period"].unique())


def usual_period(rows: pd.DataFrame, codes: Sequence[str]) -> str | None:
    """The newest period with all four councils; else with the council; else with any; none where all is blank."""
    known = rows[rows["value"].notna()]
    found = periods(rows, codes)
    for wanted in (FOUR, (COUNCIL,)):
        for period in found:
            if set(wanted) <= set(known.loc[known["period"] == period, "area_code"]):
                return period
    return found[0] if found else None


def rate_of(held: Indicators, indicator: str) -> str | None:
    """The rate or share of the same thing as a plain count; none where none is held."""
    if held.table.loc[indicator, "comparable"]:
        return None
    found = RATE_OF.get(indicator, f"{indicator}_rate")
    return found if found in held.table.index else None


def compared(held: Indicators, indicator: str, period: str, codes: Sequence[str]) -> pd.DataFrame:
    """One row an area of `codes`, in that order, also where none is held: then every column but the code is missing.

    Besides the columns of `indicators.beside` (England's side by the official rule): `gap`, the area less the council
    in the unit of the measure; `apart`, with `apart_lower` and `apart_upper` (95%): the difference of two proportions
    in points where `how` is "difference", or the area's rate over the council's where it is "ratio"; and `differs`,
    true or false, missing where it cannot be tested. Plain counts have none of these. The South West and England hold
    the council, so are not tested against it. Source: Newcombe 1998, method 10; exact conditional ratio of rates.
    """
    about = held.about(indicator)
    comparable = bool(about["comparable"])
    found = beside(held.of(indicator), period, about["polarity"], comparable=comparable).set_index("area_code")
    found = found[~found.index.duplicated()].reindex(list(codes)).reset_index()
    ours = found.iloc[list(codes).index(COUNCIL)]
    gap = found["value"] - ours["value"] if comparable else pd.Series(np.nan, found.index)
    how = how_tested(str(about["limits"]), float(about["per"])) if comparable else ""
    tested = _tested(found, ours, how, float(about["per"]))
    itself = found["area_code"].eq(COUNCIL)
    return pd.concat([found.assign(gap=gap.mask(itself), how=how), tested], axis=1)


def how_tested(limits: str, per: float) -> How:
    """How two councils are told apart: shares by their difference, rates by their ratio, others not at all.

    `limits` is how the limits of the measure are made: without any, nothing is claimed about chance.
    """
    if limits == "wilson" and per == 100:
        return "difference"
    return "ratio" if limits == "byar" or (limits == "published" and per > 100) else ""


def _tested(found: pd.DataFrame, ours: pd.Series, how: How, per: float) -> pd.DataFrame:
    blank = pd.DataFrame(dict.fromkeys(APART, np.nan), index=found.index)
    fit = _exact(found, per) & ~found["area_code"].isin([COUNCIL, *HOLD_THE_COUNCIL])
    own = _exact(found[found["area_code"] == COUNCIL], per)
    if not how or not own.all() or not fit.any():
        return blank.assign(differs=pd.Series(pd.NA, found.index, dtype="boolean"))
    test, scale, none = (newcombe, per, 0.0) if how == "difference" else (rate_ratio, 1.0, 1.0)
    pairs = found[fit]
    made = test(pairs["numerator"], pairs["denominator"], ours["numerator"], ours["denominator"])
    made = made.set_index(pairs.index).rename(columns={how: "apart", "lower": "apart_lower", "upper": "apart_upper"})
    known = made[["apart_lower", "apart_upper"]].notna().all(axis=1)
    differs = ((made["apart_lower"] > none) | (made["apart_upper"] < none)).astype("boolean").where(known)
    return (made[list(APART)] * scale).reindex(found.index).assign(differs=differs.reindex(found.index))


def _exact(rows: pd.DataFrame, per: float) -> pd.Series:
    """Rows with limits and whole counts that make the published value."""
    x, n = rows["numerator"], rows["denominator"]
    counted = rows[["value", "lower", "upper"]].notna().all(axis=1) & x.notna() & n.gt(0) & x.eq(x.round())
    made = per * x / n.where(n > 0)
    return (
        counted & (x.le(n) | (per > 100)) & (made - rows["value"]).abs().le(0.51 + CLOSE_ENOUGH * rows["value"].abs())
    )


def standing(found: pd.DataFrame) -> Standing:
    """Where the council stands among the other councils of a frame of `compared`, regions left out."""
    others = found[~found["area_code"].isin([COUNCIL, *NOT_COUNCILS]) & found["gap"].notna()]
    gap, differs = others["gap"], others["differs"].fillna(value=False).astype(bool)
    return Standing(
        councils=len(others),
        below=int((gap < 0).sum()),
        same=int((gap == 0).sum()),
        tested=int(others["differs"].notna().sum()),
        differ_below=int((differs & (gap < 0)).sum()),
        differ_above=int((differs & (gap > 0)).sum()),
    )


def never_held(held: Indicators, indicator: str, codes: Sequence[str]) -> list[str]:
    """Areas for which no period of the measure has a row at all."""
    seen = set(held.of(indicator)["area_code"])
    return [code for code in codes if code not in seen]
