"""Shares and rates worked out again from the numerator and denominator printed beside them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.reconciliation.observed import TABLES, Held
from analysis.reconciliation.verdicts import half_of_last_digit, judged, of_ratio, unchecked

PRINTED = "share or rate"
OURS = "share worked out by the atlas"
BASE = "share and its count"
ANSWERS = "answers to the survey"
WORKED_OUT_HERE = ("csc_factor_", "census2011_", "census2021_", "crime_", "ctax_")
WORKFORCE = (
    "csc_turnover",
    "csc_agency",
    "csc_vacanc",
    "csc_caseload",
    "csc_absence",
)
SUMMARY_AREAS = ("E12", "E92")
TENS, TENTHS = 5.0, 0.05


def checks(held: Held) -> pd.DataFrame:
    """Every share or rate that has both its parts, those that lack one, and the survey's percentages."""
    tables = [(f"{table}_OBSERVATIONS", held.observations(table)) for table in TABLES]
    parts = [_rates(source, rows) for source, rows in tables if rows["denominator"].notna().any()]
    profiles = dict(tables)["PROFILES_OBSERVATIONS"]
    return pd.concat([*parts, _whole_bases(profiles), _answers(held)], ignore_index=True)


def _rates(source: str, rows: pd.DataFrame) -> pd.DataFrame:
    either, both = (rows[["numerator", "denominator"]].notna().sum(axis=1).ge(parts) for parts in (1, 2))
    given = rows[both | (either & rows["per"].gt(1))]
    whole = given[given["numerator"].notna() & given["denominator"].gt(0) & given["value"].notna()]
    rest = given.drop(index=whole.index)
    ours = whole["indicator_id"].str.startswith(WORKED_OUT_HERE)
    return pd.concat(
        [
            _recomputed(PRINTED, source, whole[~ours]),
            _recomputed(OURS, source, whole[ours]),
            unchecked(PRINTED, source, rest, _why_not(rest)),
        ],
        ignore_index=True,
    )


def _recomputed(kind: str, source: str, rows: pd.DataFrame) -> pd.DataFrame:
    ratio = rows["per"] * rows["numerator"] / rows["denominator"]
    numerator, denominator = _rounding_of_counts(rows)
    slack = of_ratio(ratio, rows["numerator"], rows["denominator"], numerator, denominator)
    half = half_of_last_digit(rows["value"], [rows["indicator_id"], rows["period"]])
    return judged(kind, source, rows, ratio, half=half, slack=slack)


def _rounding_of_counts(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """How far numerator and denominator may be off: regions and England are printed in tens, staff in tenths."""
    summary = rows["area_code"].str.startswith(SUMMARY_AREAS)
    staff = rows["indicator_id"].str.startswith(WORKFORCE) & ~rows["indicator_id"].str.endswith("headcount")
    tens = rows["indicator_id"].str.startswith("csc_") & summary & ~rows["indicator_id"].str.startswith(WORKFORCE)
    off = np.select([tens, staff], [TENS, TENTHS], 0.0)
    return pd.Series(off, rows.index), pd.Series(off, rows.index)


def _why_not(rows: pd.DataFrame) -> pd.Series:
    reasons = np.select(
        [rows["value"].isna(), rows["denominator"].isna(), rows["denominator"].eq(0)],
        ["no figure is printed", "the number it is out of is not printed", "it would be out of nobody"],
        "the count is not printed",
    )
    return pd.Series(reasons, index=rows.index)


def _whole_bases(profiles: pd.DataFrame) -> pd.DataFrame:
    """A percentage printed with its count must be that count out of some whole number of people.

    The recomputed figure is the nearest percentage the count can give.
    """
    rows = profiles[profiles["numerator"].gt(0) & profiles["per"].eq(100) & profiles["value"].gt(0)]
    nearest = np.round(rows["per"] * rows["numerator"] / rows["value"])
    ratio = rows["per"] * rows["numerator"] / nearest
    half = half_of_last_digit(rows["value"], [rows["indicator_id"]])
    return judged(BASE, "PROFILES_OBSERVATIONS", rows, ratio, half=half)


def _answers(held: Held) -> pd.DataFrame:
    survey = held.table("SURVEY")
    rows = survey[survey["count"].notna() & survey["percent"].notna()].copy()
    question = [rows["respondents"], rows["question_number"], rows["question_id"], rows["kind"]]
    rows["base"] = rows["base"].astype(float).fillna(rows["count"].astype(float).groupby(question).transform("sum"))
    named = rows.assign(
        what=rows["question"] + ": " + rows["answer"] + " (" + rows["respondents"] + ")",
        row=rows["respondents"] + " " + rows["question_number"].astype(str) + " " + rows["answer_id"],
        printed=rows["percent"],
    )
    half = half_of_last_digit(rows["percent"], question)
    return judged(ANSWERS, "SURVEY", named, 100 * rows["count"].astype(float) / rows["base"], half=half)
