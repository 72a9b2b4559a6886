"""Contract of a table of travel times from a route planner, taken in place of straight lines where it is given."""

from __future__ import annotations

from analysis.sources.contracts import Contract, Field

MODES = ("foot", "bus", "car")
LONGEST_MINUTES = 1_440

TRAVEL_TIMES = Contract(
    name="TRAVEL_TIMES",
    title="Minutes from neighbourhoods to sites by mode, one row a journey",
    fields=(
        Field("from_code", "code", pattern=r"E01\d{6}"),
        Field("site_id", "code", pattern=r"[a-z0-9]+([-_][a-z0-9]+)*"),
        Field("mode", "text", allowed=MODES),
        Field("minutes", "number", minimum=0, maximum=LONGEST_MINUTES),
    ),
    key=("from_code", "site_id", "mode"),
    optional=True,
)
