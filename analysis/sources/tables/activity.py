"""Contracts of the quarterly activity return and of commissioned sites (illustrative until a council loads its own)."""

from __future__ import annotations

import pandas as pd

from analysis.sources.contracts import BASES, Contract, Field, Rule

EDITIONS = ("2020", "2026")
SERVICE_GROUPS = ("children_centres", "family_support", "youth")
CASE_UNITS = {"children_centres": "family", "family_support": "family", "youth": "child"}
WARDS = {"2020": r"E050019\d\d", "2026": r"E050124\d\d"}
WARD = "|".join(WARDS.values())


def _ward_of_edition(table: pd.DataFrame) -> pd.Series:
    return table["edition"].eq("2020") == table["area_code"].str.fullmatch(WARDS["2020"])


WARD_RULE = Rule(
    "area_code", _ward_of_edition, "Edition 2020 has the wards of 2011 to 2019, edition 2026 the wards since 2019."
)

ACTIVITY = Contract(
    name="ACTIVITY",
    title="Quarterly Early Help activity by ward of residence",
    fields=(
        Field("edition", "text", allowed=EDITIONS),
        Field("quarter", "text", pattern=r"20\d\d-\d\d Q[1-4]"),
        Field("service_group", "text", allowed=SERVICE_GROUPS),
        Field("case_unit", "text", allowed=("family", "child")),
        Field("area_code", "code", pattern=WARD),
        Field("supported", "integer", minimum=0),
        Field("new", "integer", minimum=0),
        Field("closed", "integer", minimum=0),
        Field("waiting", "integer", minimum=0),
        Field("capacity", "integer", minimum=0),
        Field("basis", "text", allowed=BASES),
    ),
    key=("edition", "quarter", "service_group", "area_code"),
    rules=(
        Rule("new", lambda table: table["new"] <= table["supported"], "New cases are part of those supported."),
        Rule(
            "closed", lambda table: table["closed"] <= table["supported"], "Closed cases are part of those supported."
        ),
        Rule(
            "case_unit",
            lambda table: table["case_unit"].eq(table["service_group"].map(CASE_UNITS)),
            "Children's centres and family support count families; youth services count children.",
        ),
        WARD_RULE,
    ),
    small_counts=True,
)

COMMISSIONED_SITES = Contract(
    name="COMMISSIONED_SITES",
    title="Places where commissioned Early Help services are given",
    fields=(
        Field("edition", "text", allowed=EDITIONS),
        Field("site_id", "code", pattern=r"[a-z0-9_]+"),
        Field("service_group", "text", allowed=SERVICE_GROUPS),
        Field("name", "text"),
        Field("latitude", "number", minimum=51.2, maximum=51.5),
        Field("longitude", "number", minimum=-2.8, maximum=-2.2),
        Field("area_code", "code", pattern=WARD),
        Field("capacity", "integer", minimum=0),
        Field("basis", "text", allowed=BASES),
    ),
    key=("edition", "site_id"),
    rules=(WARD_RULE,),
)
