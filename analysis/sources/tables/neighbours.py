"""Councils that are statistically most like a council, nearest first."""

from __future__ import annotations

from analysis.sources.contracts import Contract, Field, Rule

CLOSENESS = ("Extremely close", "Very close", "Close", "Somewhat close", "Not close")
COUNCIL = r"E(06|07|08|09|10)\d{6}"

STATISTICAL_NEIGHBOURS = Contract(
    name="STATISTICAL_NEIGHBOURS",
    title="Statistical neighbours of the council, nearest first (model of May 2025)",
    fields=(
        Field("area_code", "code", pattern=COUNCIL),
        Field("neighbour_code", "code", pattern=COUNCIL),
        Field("neighbour_name", "text"),
        Field("order", "integer", minimum=1, maximum=10),
        Field("closeness", "text", allowed=CLOSENESS),
    ),
    key=("area_code", "neighbour_code"),
    rules=(
        Rule(
            "neighbour_code",
            lambda table: table["neighbour_code"].ne(table["area_code"]),
            "A council is not its own neighbour.",
        ),
    ),
)
