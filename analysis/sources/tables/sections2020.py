"""Contracts of the tables without figures in the sections of the 2020 assessment."""

from __future__ import annotations

import pandas as pd

from analysis.sources.contracts import Contract, Field, Rule
from analysis.sources.tables.assessment2020 import LOCATOR
from analysis.sources.tables.services import SLUG

LOGIC_STAGES = (
    "predisposing_factors",
    "triggering_factors",
    "activities",
    "surrounding_support",
    "outputs",
    "outcomes",
)
SHARED = ("reported", "shared in part", "not shared", "summaries only")
RECOMMENDATION_STATUS = ("recommended in 2020",)
SERVICE_GROUPS = ("childrens_centres", "youth_services", "family_support", "all")
LONGEST_QUOTATION = 8


def _few_words(table: pd.DataFrame) -> pd.Series:
    return table["as_printed"].map(lambda words: len(words.split())).le(LONGEST_QUOTATION)


_ANCHOR = Rule("as_printed", _few_words, f"Quote at most {LONGEST_QUOTATION} words: enough to find the place.")

THRESHOLDS = Contract(
    name="THRESHOLDS",
    title="Levels of need, from universal services to statutory help (sections 1.3 and 9 of the 2020 assessment)",
    fields=(
        Field("level", "integer", minimum=1, maximum=5),
        Field("level_name", "text"),
        Field("situation", "text"),
        Field("assessment_needed", "text"),
        Field("response", "text"),
        Field("as_printed", "text"),
        Field("locator", "text", pattern=LOCATOR),
    ),
    key=("level",),
    rules=(_ANCHOR,),
)

THEMATIC_ANALYSIS = Contract(
    name="THEMATIC_ANALYSIS",
    title="Logic model of 13 Early Help case studies (section 10.1 of the 2020 assessment)",
    fields=(
        Field("logic_stage", "text", allowed=LOGIC_STAGES),
        Field("position", "integer", minimum=1, maximum=13),
        Field("finding", "text"),
        Field("as_printed", "text"),
        Field("locator", "text", pattern=LOCATOR),
    ),
    key=("logic_stage", "position"),
    rules=(_ANCHOR,),
)

DATA_CAPTURE = Contract(
    name="DATA_CAPTURE",
    title="What is recorded in the Early Help system, where, and who sees it (Appendix 4 of the 2020 assessment)",
    fields=(
        Field("record_id", "code", pattern=SLUG),
        Field("holder", "text"),
        Field("captured", "text"),
        Field("system", "text", blank=True),
        Field("shared", "text", allowed=SHARED),
        Field("shared_with", "text", blank=True),
        Field("as_printed", "text"),
        Field("locator", "text", pattern=LOCATOR),
        Field("reading", "text", blank=True),
    ),
    key=("record_id",),
    rules=(
        _ANCHOR,
        Rule(
            "reading",
            lambda table: table["system"].notna() | table["reading"].notna(),
            "Say why no system is named.",
        ),
    ),
)

RECOMMENDATIONS = Contract(
    name="RECOMMENDATIONS",
    title="Recommendations of the 2020 assessment, each an action that can be tracked (section 12)",
    fields=(
        Field("recommendation_id", "code", pattern=r"r\d{2}[a-z]?"),
        Field("part_of", "code", blank=True, pattern=r"r\d{2}"),
        Field("action", "text"),
        Field("owner", "text", blank=True),
        Field("recommendation_status", "text", allowed=RECOMMENDATION_STATUS),
        Field("as_printed", "text"),
        Field("locator", "text", pattern=LOCATOR),
    ),
    key=("recommendation_id",),
    rules=(
        _ANCHOR,
        Rule(
            "part_of",
            lambda table: table["part_of"].fillna(table["recommendation_id"]).eq(table["recommendation_id"].str[:3]),
            "A step r04a is part of r04; a whole recommendation is part of none.",
        ),
    ),
)

SERVICE_STATEMENTS = Contract(
    name="SERVICE_STATEMENTS",
    title="What the 2020 assessment says of commissioned services without a figure (section 10.3)",
    fields=(
        Field("service_group", "text", allowed=SERVICE_GROUPS),
        Field("subject", "text", allowed=("referral source", "demand and capacity", "what a case is", "assessment")),
        Field("statement", "text"),
        Field("as_printed", "text"),
        Field("locator", "text", pattern=LOCATOR),
    ),
    key=("service_group", "subject"),
    rules=(_ANCHOR,),
)
