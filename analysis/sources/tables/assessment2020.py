"""Contract of the child poverty table the 2020 assessment prints by ward."""

from __future__ import annotations

from analysis.sources.contracts import Contract, Field, Rule

LOCATOR = r".+, lines? \d+.*"

IDACI2015_PRINTED = Contract(
    name="IDACI2015_PRINTED",
    title="Children in income-deprived families by ward, as the 2020 assessment prints them (IDACI 2015)",
    fields=(
        Field("area_code", "code", pattern=r"E050019\d\d|E06000022|E92000001"),
        Field("count", "integer", minimum=0),
        Field("percent", "number", minimum=0, maximum=100),
        Field("percent_lower", "number", minimum=0, maximum=100),
        Field("percent_upper", "number", minimum=0, maximum=100),
        Field("locator", "text", pattern=LOCATOR),
    ),
    key=("area_code",),
    rules=(
        Rule(
            "percent",
            lambda table: table["percent"].between(table["percent_lower"], table["percent_upper"]),
            "The percentage must lie between its limits.",
        ),
    ),
)
