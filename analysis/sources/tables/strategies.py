"""Contracts of other tables of four councils' strategies: Wiltshire's safeguarding data and lists of every kind."""

from __future__ import annotations

from analysis.sources.contracts import STATUSES, Contract, Field
from analysis.sources.tables.assessment2020 import LOCATOR
from analysis.sources.tables.observations import PERIOD
from analysis.sources.tables.outcomes import FRAGMENT
from analysis.sources.tables.services import SLUG

SERIES = (
    "year before",
    "provisional year",
    "January to March",
    "April and May",
    "estimate for the year",
    "target",
    "England",
    "statistical neighbours",
    "good statistical neighbours",
)
RATINGS = ("green", "amber", "red")
DIRECTIONS = ("up", "down", "unclear")
ENTRY_KINDS = (
    "target group",
    "risk group",
    "pledge",
    "pathway stage",
    "theme",
    "lead",
    "service",
    "impact indicator",
    "objective",
    "priority",
    "partnership outcome",
    "quoted figure",
)
COUNCILS = r"E06000022|E06000024|E06000054|E06000006"

WILTSHIRE_SAFEGUARDING = Contract(
    name="WILTSHIRE_SAFEGUARDING",
    title="Safeguarding data set in the Wiltshire strategy 2013-16: fourteen indicators as rated in July 2013",
    fields=(
        Field("safeguarding_id", "code", pattern=SLUG),
        Field("position", "integer", minimum=1, maximum=14),
        Field("statement", "text"),
        Field("unit", "text"),
        Field("series", "text", allowed=SERIES),
        Field("period", "text", pattern=PERIOD),
        Field("value", "number", blank=True, minimum=0),
        Field("status", "text", allowed=STATUSES),
        Field("rating", "text", blank=True, allowed=RATINGS),
        Field("direction", "text", blank=True, allowed=DIRECTIONS),
        Field("note", "text", blank=True),
        Field("locator", "text", pattern=LOCATOR),
    ),
    key=("safeguarding_id", "series"),
    reasons=(("value", "status"),),
)

OTHER_STRATEGIES = Contract(
    name="OTHER_STRATEGIES",
    title="Groups, pledges, pathways, themes, services and figures without a year in four councils' strategies",
    fields=(
        Field("entry_id", "code", pattern=SLUG),
        Field("area_code", "code", pattern=COUNCILS),
        Field("kind", "text", allowed=ENTRY_KINDS),
        Field("topic", "text", blank=True),
        Field("position", "integer", minimum=1),
        Field("statement", "text"),
        Field("value", "number", blank=True, minimum=0),
        Field("unit", "text", blank=True),
        Field("as_printed", "text", pattern=FRAGMENT),
        Field("locator", "text", pattern=LOCATOR),
    ),
    key=("entry_id",),
)
