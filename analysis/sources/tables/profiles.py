"""Contract of what an observation cannot hold of the printed profiles: comparators without a code, ends and trends."""

from __future__ import annotations

from analysis.sources.contracts import STATUSES, Contract, Field
from analysis.sources.tables.assessment2020 import LOCATOR
from analysis.sources.tables.observations import PERIOD

COMPARATORS = ("councils in the same deprivation decile", "South West")
TRENDS = {
    "—": "could not be calculated",
    "➔": "no significant change",
    "→": "no significant change",
    "↑": "increasing",
    "↓": "decreasing",
}

PROFILES_RANGES = Contract(
    name="PROFILES_RANGES",
    title="Comparators, England's worst and best, and recent trends of the profiles printed in the 2020 assessment",
    fields=(
        Field("indicator_id", "code", pattern=r"phof_[a-z0-9_]+"),
        Field("period", "text", pattern=PERIOD),
        Field("comparator", "text", allowed=COMPARATORS),
        Field("comparator_value", "number", blank=True, minimum=0),
        Field("comparator_status", "text", allowed=STATUSES),
        Field("england_worst", "number", blank=True, minimum=0),
        Field("england_best", "number", blank=True, minimum=0),
        Field("range_status", "text", allowed=STATUSES),
        Field("recent_trend", "text", allowed=tuple(dict.fromkeys(TRENDS.values()))),
        Field("trend_as_printed", "text", allowed=tuple(TRENDS)),
        Field("note", "text", blank=True),
        Field("locator", "text", pattern=LOCATOR),
    ),
    key=("indicator_id", "period", "comparator"),
    reasons=(
        ("comparator_value", "comparator_status"),
        ("england_worst", "range_status"),
        ("england_best", "range_status"),
    ),
)
