"""Children in low-income families, by ward and for larger areas."""

from __future__ import annotations

from analysis.sources.contracts import STATUSES, Contract, Field
from analysis.sources.tables.geography import WARD19

_MEASURED = (
    Field("year_ending", "integer", minimum=2022, maximum=2100),
    Field("measure", "text", allowed=("relative", "absolute")),
    Field("housing_costs", "text", allowed=("BHC", "AHC")),
    Field("count", "integer", blank=True, minimum=0),
    Field("percent", "number", blank=True, minimum=0, maximum=100),
    Field("status", "text", allowed=STATUSES),
)
_REASONS = (("count", "status"), ("percent", "status"))

CHILD_POVERTY_WARD = Contract(
    name="CHILD_POVERTY_WARD",
    title="Children under 16 in low-income families by ward",
    fields=(WARD19, *_MEASURED),
    key=("ward19_code", "year_ending", "measure", "housing_costs"),
    reasons=_REASONS,
)

CHILD_POVERTY_AREA = Contract(
    name="CHILD_POVERTY_AREA",
    title="Children under 16 in low-income families in four councils, two regions and the United Kingdom",
    fields=(Field("area_code", "code", pattern="[EK][0-9]{8}"), *_MEASURED),
    key=("area_code", "year_ending", "measure", "housing_costs"),
    reasons=_REASONS,
)
