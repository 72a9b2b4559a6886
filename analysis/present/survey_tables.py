"""The practitioner survey as tables for the page and for spreadsheets, and how it was read."""

from __future__ import annotations

import pandas as pd

from analysis.present.gap_view import Row, rows_of
from analysis.present.survey_view import STAGES, named, services_listed
from analysis.present.words import number
from analysis.survey import AGREEMENTS, SMALL_BASE

GROUPS = {
    "all": "All services",
    "childrens_centres": "Children's centres",
    "family_support": "Family support",
    "youth_services": "Youth services",
}


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """The counted answers to one question as people read them, every blank with its reason."""
    return pd.DataFrame(
        {
            "Answer": rows["answer"],
            "People": _figures(rows["count"]),
            "Of how many": _figures(rows["base_used"]),
            "Per cent, as printed": [_percent(value) for value in rows["percent"]],
            "Per cent, from the counts": [_again(row) for row in rows_of(rows)],
            "Check": rows["agreement"].map(AGREEMENTS).str.capitalize(),
            "Note": rows["note"].fillna("none").str.capitalize(),
            "Where in the assessment": rows["locator"],
        }
    )


def _figures(values: pd.Series) -> list[str]:
    return ["not printed" if pd.isna(value) else number(value) for value in values]


def _percent(value: float) -> str:
    return "not printed" if pd.isna(value) else f"{value:.10g}%"


def _again(row: Row) -> str:
    if row["agreement"] == "small":
        return AGREEMENTS["small"]
    return "cannot be worked out" if pd.isna(row["share"]) else f"{number(row['share'], 1)}%"


def download(rows: pd.DataFrame) -> pd.DataFrame:
    """Answers for a spreadsheet: what is printed, what was worked out again, and where it stands."""
    wanted = ["respondents", "question_number", "question", "kind", "answer", "count", "percent", "base", "base_used"]
    worked = ["share", "fits", "agreement", "several_answers", "status", "gap", "need_id", "note", "locator"]
    found = rows.reindex(columns=[*wanted, *worked])
    said = found["agreement"].map(AGREEMENTS).fillna("in their own words, not counted")
    found = found.assign(share=found["share"].astype(float).round(1), agreement=said)
    return found.rename(columns={"share": "percent_from_counts", "fits": "count_that_fits"})


def needs(rows: pd.DataFrame) -> pd.DataFrame:
    """Needs named and what the service map lists for them, for a spreadsheet."""
    return pd.DataFrame(
        {
            "need": rows["need"],
            "named_as_unmet": rows["unmet"].map(named),
            "named_as_a_need_people_come_with": rows["presenting"].map(named),
            "services_listed_in_appendix_3": rows["services"],
            "by_life_stage": [services_listed(row) for row in rows_of(rows)],
        }
    )


def themes(rows: pd.DataFrame) -> pd.DataFrame:
    """The logic model as a list of findings with where each stands, for a table and a spreadsheet."""
    by_stage = [rows[rows["logic_stage"].eq(stage)].sort_values("position") for stage in STAGES]
    ordered = pd.concat(by_stage, ignore_index=True)
    return pd.DataFrame(
        {
            "Finding": ordered["finding"],
            "Part of the logic model": ordered["logic_stage"].map(lambda stage: STAGES[stage][0]),
            "Where in the assessment": ordered["locator"],
        }
    )


def statements(rows: pd.DataFrame) -> pd.DataFrame:
    """What the assessment says of services in words, with where it stands."""
    return pd.DataFrame(
        {
            "What is said": rows["statement"],
            "Of": rows["service_group"].map(GROUPS),
            "On": rows["subject"].str.capitalize(),
            "Where in the assessment": rows["locator"],
        }
    )


def recommended(rows: pd.DataFrame, of: str) -> pd.DataFrame:
    """One recommendation and its steps, with where each stands."""
    chosen = rows[rows["recommendation_id"].eq(of) | rows["part_of"].eq(of)]
    return pd.DataFrame({"Recommended in 2020": chosen["action"], "Where in the assessment": chosen["locator"]})


METHOD = f"""
- **Counts and bases.** Each count stands beside how many people answered that question. There are no limits (margins
  of error), because people chose whether to reply: limits would promise something about everyone else. Where fewer
  than {SMALL_BASE} answered, percentages are left out.
- **All who replied includes the schools**, so the two sets are not separate groups to be compared.
- **Percentages** are worked out again from the count and the number who answered, and checked against the print to the
  decimals printed. Where a question took one answer each and its answers add to more than the number printed, or no
  number is printed, their sum is used, and the page says so.
- **Kinds of gap.** Question 8 offered five reasons and “other”. Waiting was not among them; question 14 counts it.
  Which kind an answer in people's own words belongs to is our reading of the assessment's summary of them. Counts of
  different questions are never added.
- **Needs and the service map.** A need counts as named where an answer in people's own words is about it; that match is
  ours too. Services are counted once each, whatever the number of life stages they are listed for.
- **Lost answers.** Some answers were printed only as a picture or a cloud of words, and are shown as not printed.
"""
