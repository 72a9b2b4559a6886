"""Contracts of the tidy observations and of the indicators they belong to: one pair of tables a source."""

from __future__ import annotations

import pandas as pd

from analysis.sources.contracts import BASES, STATUSES, Contract, Field, Rule

TOPICS = (
    "population",
    "poverty and deprivation",
    "families and households",
    "early years",
    "education",
    "special educational needs",
    "health",
    "mental health",
    "substance misuse",
    "domestic abuse",
    "social care",
    "youth justice and crime",
    "early help",
    "workforce and spending",
)
POLARITIES = ("high is worse", "low is worse", "neither")
LIMITS = ("published", "wilson", "byar", "none")
PERIOD = r"\d{4}(/\d{2})?( Q[1-4])?( to \d{4}(/\d{2})?)?"
AREA = r"[EKWNS]\d{8}"


def _limits_hold(table: pd.DataFrame) -> pd.Series:
    return ~(table["value"] < table["lower"]) & ~(table["value"] > table["upper"])


def _period_ends(table: pd.DataFrame) -> pd.Series:
    """The last year named in the period: 2016/17 and 2014 to 2017 both end in 2017."""
    years = table["period"].str.extractall(r"(?:^|\D)(\d{4})(?:/(\d{2}))?")
    ends = years[0].astype(float).where(years[1].isna(), years[0].str[:2].add(years[1].fillna("00")).astype(float))
    return table["period_end"].eq(ends.groupby(level=0).last().reindex(table.index))


def observations(name: str, title: str) -> Contract:
    """A table of observations: one row an indicator, area and period."""
    return Contract(
        name=name,
        title=title,
        fields=(
            Field("indicator_id", "code", pattern=r"[a-z0-9_]+"),
            Field("area_code", "code", pattern=AREA),
            Field("period", "text", pattern=PERIOD),
            Field("period_end", "integer", minimum=1900, maximum=2100),
            Field("value", "number", blank=True),
            Field("lower", "number", blank=True),
            Field("upper", "number", blank=True),
            Field("numerator", "number", blank=True, minimum=0),
            Field("denominator", "number", blank=True, minimum=0),
            Field("basis", "text", allowed=BASES),
            Field("status", "text", allowed=STATUSES),
            Field("note", "text", blank=True),
            Field("locator", "text"),
        ),
        key=("indicator_id", "area_code", "period"),
        reasons=(("value", "status"),),
        rules=(
            Rule("value", _limits_hold, "The value must lie between its limits."),
            Rule("period_end", _period_ends, "Give the last year of the period, for example 2017 for 2016/17."),
        ),
    )


def indicators(name: str, title: str, *own: Field) -> Contract:
    """A table of indicators: what each counts, of whom, in what unit, and which way is worse.

    `least` and `most` are the lawful range of a value; `per` the number a rate is out of (100 for per cent, 1 for a
    count or a mean); `limits` how its limits are made.
    """
    return Contract(
        name=name,
        title=title,
        fields=(
            Field("indicator_id", "code", pattern=r"[a-z0-9_]+"),
            Field("title", "text"),
            *own,
            Field("topic", "text", allowed=TOPICS),
            Field("unit", "text"),
            Field("per", "number", minimum=1),
            Field("polarity", "text", allowed=POLARITIES),
            Field("ages", "text", blank=True),
            Field("limits", "text", allowed=LIMITS),
            Field("least", "number", blank=True),
            Field("most", "number", blank=True),
            Field("definition", "text"),
            Field("caveat", "text", blank=True),
        ),
        key=("indicator_id",),
    )


LAIT_OBSERVATIONS = observations(
    "LAIT_OBSERVATIONS", "Local Authority Interactive Tool: measures of children's services, 2016 to 2025"
)
LAIT_INDICATORS = indicators(
    "LAIT_INDICATORS", "Measures of the Local Authority Interactive Tool", Field("printed_title", "text", blank=True)
)
OPEN_OBSERVATIONS = observations(
    "OPEN_OBSERVATIONS", "Children's social care, hospital admissions, the ONS Health Index, census, crime and support"
)
OPEN_INDICATORS = indicators("OPEN_INDICATORS", "Measures of the open data published since 2020, and of the censuses")
PROFILES_OBSERVATIONS = observations(
    "PROFILES_OBSERVATIONS", "Public Health Outcomes Framework and Local Health profiles printed in the 2020 assessment"
)
PROFILES_INDICATORS = indicators("PROFILES_INDICATORS", "Indicators of the profiles printed in the 2020 assessment")
ASSESSMENT_OBSERVATIONS = observations(
    "ASSESSMENT_OBSERVATIONS", "Figures in the sections of the 2020 assessment, beside its profiles"
)
ASSESSMENT_INDICATORS = indicators("ASSESSMENT_INDICATORS", "What the sections of the 2020 assessment count")
STRATEGIES_OBSERVATIONS = observations(
    "STRATEGIES_OBSERVATIONS", "Figures in the Early Help strategies of four councils"
)
STRATEGIES_INDICATORS = indicators("STRATEGIES_INDICATORS", "What the four councils' strategies count")
