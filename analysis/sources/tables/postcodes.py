"""Contract of the postcode centres a return's postcodes are placed by."""

from __future__ import annotations

from analysis.sources.contracts import Contract, Field
from analysis.sources.tables.geography import LATITUDE, LONGITUDE

POSTCODES = Contract(
    name="POSTCODES",
    title="Centres of the postcodes of the council",
    fields=(Field("postcode", "code", pattern=r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}"), LATITUDE, LONGITUDE),
    key=("postcode",),
)
