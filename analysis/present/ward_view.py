"""One ward as a sentence, warnings and tables for reading, all made from its facts (`analysis.ward.profile`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pandas as pd

from analysis.comparison import Verdict
from analysis.editions import SHORT_COUNCIL
from analysis.present.palette import VERDICTS as PAINTED
from analysis.present.words import listed, number
from analysis.ward_deprivation import POCKET
from analysis.ward_indicators import ALIKE, REST, VERDICTS
from analysis.ward_places import SAME_PLACE

_DECIMALS = {
    "%": 1,
    "ratio": 2,
    "minutes": 0,
    "per 1,000 children": 2,
    "national tenth": 0,
    "imd score": 1,
    "idaci score": 3,
    "libraries": 1,
    "GP surgeries": 1,
    "play spaces": 1,
    "schools": 1,
    "percentage points": 1,
    "times the rest": 2,
}
_UNITS = {"%": "%"}


def decimals_of(fact: pd.Series) -> int:
    """Decimals a fact is shown with."""
    return _DECIMALS.get(fact["unit"], 0)


def said(fact: pd.Series) -> str:
    """A fact as people read it: the figure with its limits, or why there is none."""
    decimals, unit = decimals_of(fact), _UNITS.get(fact["unit"], "")
    if pd.isna(fact["value"]):
        bound = f"at most {number(fact['upper'], decimals)}" if pd.notna(fact["upper"]) else ""
        return bound or (fact["note"] if fact["note"] else "no figure")
    shown = f"{number(fact['value'], decimals)}{unit}"
    if pd.isna(fact["lower"]) or pd.isna(fact["upper"]):
        return shown
    return f"{shown} ({number(fact['lower'], decimals)} to {number(fact['upper'], decimals)})"


def council_said(fact: pd.Series) -> str:
    """The same figure for the whole council."""
    if pd.isna(fact["council"]):
        return ""
    return f"{number(fact['council'], decimals_of(fact))}{_UNITS.get(fact['unit'], '')}"


def of(facts: pd.DataFrame, section: str) -> pd.DataFrame:
    """The facts of one section."""
    return facts[facts["section"] == section].reset_index(drop=True)


def summary(facts: pd.DataFrame, name: str, title: str, short: str, council: str = SHORT_COUNCIL) -> tuple[str, str]:
    """The ward in a sentence: its need beside the council's and its pockets; then how provision compares."""
    rows = of(facts, "need")
    mine = rows[rows["group"] == title].set_index("label")
    first = f"{_need_clause(mine, name, short, council)}{_pocket_clause(of(facts, 'deprivation'))}"
    return first, _provision_clause(facts)


def _need_clause(mine: pd.DataFrame, name: str, short: str, council: str) -> str:
    if mine.empty:
        return f"How many {short} live in {name} is not known"
    count: Any = mine.loc["Count"]
    if pd.isna(count["value"]):
        return f"How many {short} live in {name} is not known ({count['note']})"
    if "Per cent of its children" not in mine.index:
        share = float(mine["value"].loc["Share of the council's total"])
        return f"{name} is home to {number(count['value'])} {short}, {share:.1f}% of those in {council}"
    row: Any = mine.loc["Per cent of its children"]
    return (
        f"{name} has {number(count['value'])} {short}: {row['value']:.1f}% of its children "
        f"({row['lower']:.1f} to {row['upper']:.1f}), {_against(row, council)}"
    )


def _against(row: pd.Series, council: str) -> str:
    where = (
        "above"
        if row["lower"] > row["council"]
        else "below"
        if row["upper"] < row["council"]
        else "not clearly apart from"
    )
    return f"{where} the {row['council']:.1f}% of {council}"


def _pocket_clause(facts: pd.DataFrame) -> str:
    newest = facts[facts["label"].str.startswith("IMD tenth")]
    if newest.empty:
        return "."
    newest = newest[newest["label"] == newest["label"].max()]
    inside, total = int((newest["note"] == POCKET).sum()), len(newest)
    year = newest["label"].iloc[0].split()[-1]
    few = f"{inside} of its {total} neighbourhoods" if inside else f"none of its {total} neighbourhoods"
    return f"; {few} {'stands' if inside < 2 else 'stand'} in England's most deprived fifth (IMD {year})."


def _provision_clause(facts: pd.DataFrame) -> str:
    rows = of(facts, "provision")
    rows = rows[(rows["label"] == "Provision over its share") & (rows["basis"] != "illustrative")]
    phrases = [
        f"{listed([_small(group) for group in found], 6)} ({PAINTED[verdict].label.lower()})"
        for verdict in Verdict
        if (found := list(rows.loc[rows["note"] == verdict, "group"]))
    ]
    return f"Against that need: {'; '.join(phrases)}." if phrases else ""


def _small(title: str) -> str:
    return title if title[:2].isupper() else title[0].lower() + title[1:]


def name_warning(name: str, years: str, overlap: float | None) -> str | None:
    """A warning when the other vintage has a ward of the same name that is a different place; None when it is not."""
    if overlap is None or overlap >= SAME_PLACE:
        return None
    shared = "no ground" if overlap == 0 else f"only {100 * overlap:.0f}% of their ground together"
    return (
        f"There was and is more than one {name}. The ward of this name {years} is a different place: the two share "
        f"{shared}. Figures for one say nothing of the other."
    )


def indicators_sentence(facts: pd.DataFrame, silent: Sequence[str]) -> str:
    """How many indicators are held of a ward, how many stand apart from the rest, and the topics that have none."""
    rows = of(facts, "indicators")
    tested = rows[(rows["label"] == REST) & rows["note"].isin(VERDICTS)]
    held, apart = int((rows["label"] != REST).sum()), int((tested["note"] != ALIKE).sum())
    england = "" if rows["england"].notna().any() else " No figure of England is held beside them."
    return (
        f"{held} indicators have a figure of this ward. {len(tested)} could be tested against the rest of "
        f"{SHORT_COUNCIL}, and {apart} of those stand above or below it, statistically, at 95%.{england} "
        f"No figure of this ward is held on {listed(list(silent), len(silent))}."
    )


def sources(facts: pd.DataFrame, section: str) -> str:
    """The sources behind a section, each once."""
    told = of(facts, section)["source"].unique()
    return "; ".join(dict.fromkeys(part for text in told for part in each_source(str(text))))


def each_source(text: str) -> list[str]:
    """Files with their publishers in brackets, taken apart again; a semicolon between two publishers stays."""
    return re.split(r"(?<=\)); ", text) if text else []


def download(facts: pd.DataFrame, ward: str, name: str, edition: str) -> pd.DataFrame:
    """Everything shown, one row a fact, with the ward it belongs to."""
    return facts.assign(ward_code=ward, ward_name=name, edition=edition)
