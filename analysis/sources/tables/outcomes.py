"""Contracts of what B&NES hopes to achieve: statements, measures, indicators, maturity, groups and commitments."""

from __future__ import annotations

from analysis.sources.contracts import Contract, Field
from analysis.sources.tables.assessment2020 import LOCATOR
from analysis.sources.tables.services import SLUG

AUDIENCES = ("children and young people", "parents and carers", "families and communities", "vulnerable adults")
OUTCOMES = ("safe", "healthy", "fair life chances", "engaged and connected")
QUESTIONS = ("how much", "how well", "what difference")
LIFE_GROUPS = ("before birth to 5", "children and young people", "adults and older people", "parents", "older people")
WANTED = ("increase", "reduction", "not stated")
MEASURE_UNITS = ("number", "per cent", "number and per cent", "change", "not stated")
LEVELS = ("Early", "Developing", "Maturing", "Mature")
FRAGMENT = r"\S+( \S+){0,5}"

_PRINTED = (Field("as_printed", "text", pattern=FRAGMENT), Field("locator", "text", pattern=LOCATOR))

OUTCOMES_FRAMEWORK = Contract(
    name="OUTCOMES_FRAMEWORK",
    title="Outcomes framework of the B&NES strategy 2021-25: what each group of people should be able to say",
    fields=(
        Field("outcome_id", "code", pattern=SLUG),
        Field("audience", "text", allowed=AUDIENCES),
        Field("outcome", "text", allowed=OUTCOMES),
        Field("statement", "text"),
        *_PRINTED,
    ),
    key=("outcome_id",),
)

PERFORMANCE_MEASURES = Contract(
    name="PERFORMANCE_MEASURES",
    title="Performance measures of the B&NES strategy 2021-25: how much, how well, what difference",
    fields=(
        Field("measure_id", "code", pattern=SLUG),
        Field("question", "text", allowed=QUESTIONS),
        Field("statement", "text"),
        Field("unit", "text", allowed=MEASURE_UNITS),
        Field("evidence", "text", blank=True),
        *_PRINTED,
    ),
    key=("measure_id",),
)

POPULATION_INDICATORS = Contract(
    name="POPULATION_INDICATORS",
    title="Population indicators the B&NES strategy 2021-25 hopes to move",
    fields=(
        Field("population_id", "code", pattern=SLUG),
        Field("life_group", "text", allowed=LIFE_GROUPS),
        Field("statement", "text"),
        Field("wanted", "text", allowed=WANTED),
        *_PRINTED,
    ),
    key=("population_id",),
)

MATURITY = Contract(
    name="MATURITY",
    title="Maturity of the partnership: four strands by four levels, which the strategy names and does not describe",
    fields=(
        Field("strand_id", "code", pattern=SLUG),
        Field("strand", "text"),
        Field("level", "integer", minimum=1, maximum=len(LEVELS)),
        Field("level_name", "text", allowed=LEVELS),
        *_PRINTED,
    ),
    key=("strand_id", "level"),
)

PRIORITY_GROUPS = Contract(
    name="PRIORITY_GROUPS",
    title="Groups the B&NES strategy 2021-25 gives priority to",
    fields=(Field("group_id", "code", pattern=SLUG), Field("statement", "text"), *_PRINTED),
    key=("group_id",),
)

COMMITMENTS = Contract(
    name="COMMITMENTS",
    title="Commitments of the B&NES strategy 2021-25 under its four priorities",
    fields=(
        Field("commitment_id", "code", pattern=SLUG),
        Field("priority_number", "integer", minimum=1, maximum=4),
        Field("priority", "text"),
        Field("statement", "text"),
        *_PRINTED,
    ),
    key=("commitment_id",),
)

RECOMMENDATIONS_IN_STRATEGY = Contract(
    name="RECOMMENDATIONS_IN_STRATEGY",
    title="What the B&NES strategy 2021-25 says on the recommendations of the 2020 assessment",
    fields=(
        Field("recommendation_id", "code", pattern=r"r\d{2}[a-z]?"),
        Field("statement", "text"),
        *_PRINTED,
    ),
    key=("recommendation_id",),
)
