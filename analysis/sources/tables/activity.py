"""Contracts of the quarterly activity return and of commissioned sites (illustrative until a council loads its own)."""

from __future__ import annotations

import pandas as pd

from analysis.sources.contracts import BASES, Contract, Field, Rule
from analysis.sources.tables.services import LIFE_STAGES

EDITIONS = ("2020", "2026")
SERVICE_GROUPS = ("children_centres", "family_support", "youth")
CASE_UNITS = {
    "children_centres": "family",
    "family_support": "family",
    "youth": "child",
    "health_visiting": "child",
    "school_nursing": "child",
    "family_nurse_partnership": "family",
    "mental_health": "child",
    "domestic_abuse": "family",
    "substance_misuse": "child",
    "early_years": "child",
    "young_carers": "child",
    "send": "child",
    "housing_and_advice": "family",
    "other_for_families": "family",
    "other_for_children": "child",
}
GROUP_TITLES = {
    "children_centres": "Children's centres",
    "family_support": "Family support",
    "youth": "Youth services",
    "health_visiting": "Health visiting",
    "school_nursing": "School nursing",
    "family_nurse_partnership": "Family Nurse Partnership",
    "mental_health": "Mental health and wellbeing",
    "domestic_abuse": "Domestic abuse",
    "substance_misuse": "Substance misuse",
    "early_years": "Specialist early years",
    "young_carers": "Young carers",
    "send": "Special educational needs and disabilities",
    "housing_and_advice": "Housing and advice",
    "other_for_families": "Other services for families",
    "other_for_children": "Other services for children",
}
RETURN_GROUPS = tuple(CASE_UNITS)
UNITS = ("family", "child")
REASONS = ("ok", "missing", "not_applicable")
QUARTER = r"20\d\d-\d\d Q[1-4]"
NO_FORMULA = r"[^=+\-@\s].*"
WARDS = {"2020": r"E050019\d\d", "2026": r"E050124\d\d"}
WARD = "|".join(WARDS.values())


def _ward_of_edition(table: pd.DataFrame) -> pd.Series:
    return table["edition"].eq("2020") == table["area_code"].str.fullmatch(WARDS["2020"])


def _years_follow(table: pd.DataFrame) -> pd.Series:
    first, second = table["quarter"].str[2:4].astype(int), table["quarter"].str[5:7].astype(int)
    return second == (first + 1) % 100


def _one_edition(table: pd.DataFrame) -> pd.Series:
    real = table["basis"].ne("illustrative")
    return ~real | table["edition"].where(real).groupby(table["quarter"]).transform("nunique").eq(1)


def _open_fits(table: pd.DataFrame) -> pd.Series:
    least = table["supported"] - table["closed"]
    return (table["open_at_end"] >= least) & (table["open_at_end"] <= table["supported"])


def _waits_only_where_somebody_waits(table: pd.DataFrame) -> pd.Series:
    return table["weeks_status"].eq("not_applicable") == table["waiting"].eq(0)


WARD_RULE = Rule(
    "area_code", _ward_of_edition, "Edition 2020 has the wards of 2011 to 2019, edition 2026 the wards since 2019."
)
YEAR_RULE = Rule("quarter", _years_follow, "A financial year runs into the next: write 2025-26, not 2025-27.")
ONE_EDITION_RULE = Rule(
    "quarter",
    _one_edition,
    "Give a quarter for the wards of one edition only: counts of the same families by old and by new wards would tell "
    "each other.",
)
UNIT_RULE = Rule(
    "case_unit",
    lambda table: table["case_unit"].eq(table["service_group"].map(CASE_UNITS)),
    "Each service group counts either families or children, and the two are never added.",
)

ACTIVITY = Contract(
    name="ACTIVITY",
    title="Quarterly Early Help activity by service, ward of residence and life stage",
    fields=(
        Field("edition", "text", allowed=EDITIONS),
        Field("quarter", "text", pattern=QUARTER),
        Field("service_group", "text", allowed=RETURN_GROUPS),
        Field("service", "text", pattern=NO_FORMULA),
        Field("provider", "text", blank=True, pattern=NO_FORMULA),
        Field("case_unit", "text", allowed=UNITS),
        Field("area_code", "code", pattern=WARD),
        Field("life_stage", "text", allowed=LIFE_STAGES),
        Field("supported", "integer", minimum=0),
        Field("open_at_end", "integer", minimum=0),
        Field("new", "integer", minimum=0),
        Field("closed", "integer", minimum=0),
        Field("waiting", "integer", minimum=0),
        Field("weeks_waited", "number", blank=True, minimum=0, maximum=520),
        Field("weeks_status", "text", allowed=REASONS),
        Field("capacity", "integer", blank=True, minimum=0),
        Field("capacity_status", "text", allowed=REASONS),
        Field("basis", "text", allowed=BASES),
    ),
    key=("edition", "quarter", "service_group", "service", "area_code", "life_stage"),
    reasons=(("weeks_waited", "weeks_status"), ("capacity", "capacity_status")),
    rules=(
        YEAR_RULE,
        ONE_EDITION_RULE,
        Rule("new", lambda table: table["new"] <= table["supported"], "New cases are part of those supported."),
        Rule(
            "closed", lambda table: table["closed"] <= table["supported"], "Closed cases are part of those supported."
        ),
        Rule(
            "open_at_end",
            _open_fits,
            "Cases open at the end are at least those supported less those closed, and at most those supported.",
        ),
        Rule(
            "weeks_status",
            _waits_only_where_somebody_waits,
            "Weeks waited do not apply where nobody waits, and only there; else give them or say missing.",
        ),
        UNIT_RULE,
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
