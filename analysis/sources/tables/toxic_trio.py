"""Contracts of the toxic-trio tables: the two ward lists, the council figures and the factors at assessment."""

from __future__ import annotations

from analysis.sources.contracts import STATUSES, Contract, Field, Rule
from analysis.sources.tables.assessment2020 import LOCATOR

NEEDS_GROUPS = ("one_or_more", "three")
TOPICS = ("alcohol", "drugs", "parental mental health", "perinatal mental health", "domestic abuse", "toxic trio")
KINDS_OF_FIGURE = ("observed count", "modelled estimate", "survey estimate")
SUBJECTS = ("parent", "child", "person")
FACTORS = (
    *(f"domestic_abuse_{subject}" for subject in SUBJECTS),
    *(f"mental_health_{subject}" for subject in SUBJECTS),
    *(f"alcohol_{subject}" for subject in SUBJECTS),
    *(f"drugs_{subject}" for subject in SUBJECTS),
    "neglect",
    "young_carer",
)

TOXIC_TRIO_LISTS = Contract(
    name="TOXIC_TRIO_LISTS",
    title="Wards with the largest shares of parents and carers with toxic-trio needs, 2016/17",
    fields=(
        Field("needs_group", "text", allowed=NEEDS_GROUPS),
        Field("base", "integer", minimum=1),
        Field("ward11_code", "code", pattern=r"E050019\d\d"),
        Field("share_percent", "integer", minimum=0, maximum=100),
        Field("locator", "text", pattern=LOCATOR),
    ),
    key=("needs_group", "ward11_code"),
)

TOXIC_TRIO_COUNCIL = Contract(
    name="TOXIC_TRIO_COUNCIL",
    title="Council-wide and national figures of parental circumstances in the 2020 assessment (section 4.4)",
    fields=(
        Field("figure_id", "code", pattern=r"[a-z0-9_]+"),
        Field("area_code", "code", pattern=r"E06000022|E92000001|K04000001"),
        Field("topic", "text", allowed=TOPICS),
        Field("statement", "text"),
        Field("value", "number", blank=True, minimum=0),
        Field("lower", "number", blank=True, minimum=0),
        Field("upper", "number", blank=True, minimum=0),
        Field("unit", "text"),
        Field("period", "text"),
        Field("kind", "text", allowed=KINDS_OF_FIGURE),
        Field("as_printed", "text"),
        Field("locator", "text", pattern=LOCATOR),
    ),
    key=("figure_id",),
    rules=(
        Rule(
            "value",
            lambda table: table["value"].notna() | (table["lower"].notna() & table["upper"].notna()),
            "Give the value, or both ends of the range the source prints.",
        ),
        Rule("value", lambda table: ~(table["value"] < table["lower"]), "The value may not be below its lower limit."),
        Rule("value", lambda table: ~(table["value"] > table["upper"]), "The value may not be above its upper limit."),
    ),
)

ASSESSMENT_FACTORS = Contract(
    name="ASSESSMENT_FACTORS",
    title="Factors identified at the end of social care assessments, years ending March 2018 to 2025",
    fields=(
        Field("area_code", "code", pattern=r"E\d{8}"),
        Field("year_ending", "integer", minimum=2018, maximum=2100),
        Field("factor", "text", allowed=FACTORS),
        Field("count", "integer", blank=True, minimum=0),
        Field("assessments", "integer", minimum=1),
        Field("status", "text", allowed=STATUSES),
    ),
    key=("area_code", "year_ending", "factor"),
    reasons=(("count", "status"),),
    rules=(
        Rule(
            "count",
            lambda table: ~(table["count"] > table["assessments"]),
            "A factor cannot be found in more assessments than there were.",
        ),
    ),
)
