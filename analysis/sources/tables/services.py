"""Contracts of the service map: Appendix 3 and the needs by life stage of section 7."""

from __future__ import annotations

import pandas as pd

from analysis.sources.contracts import Contract, Field, Rule
from analysis.sources.tables.assessment2020 import LOCATOR

LIFE_STAGES = ("pre_birth_to_4", "age_5_to_11", "age_11_to_19", "parents")
CELLS = ("covered", "unclear", "uncovered", "not_applicable")
COMMISSIONED = ("yes", "not marked")
SLUG = r"[a-z0-9_]+"


def _service_fits_cell(table: pd.DataFrame) -> pd.Series:
    named = table["service"].notna()
    return (table["cell"].eq("covered") & named) | table["cell"].eq("unclear") | (_empty(table) & ~named)


def _empty(table: pd.DataFrame) -> pd.Series:
    return table["cell"].isin(["uncovered", "not_applicable"])


SERVICES = Contract(
    name="SERVICES",
    title="Early Help services by need and life stage (Appendix 3 of the 2020 assessment)",
    fields=(
        Field("need_id", "code", pattern=SLUG),
        Field("need", "text"),
        Field("life_stage", "text", allowed=LIFE_STAGES),
        Field("cell", "text", allowed=CELLS),
        Field("service", "text", blank=True),
        Field("provider", "text", blank=True),
        Field("commissioned", "text", blank=True, allowed=COMMISSIONED),
        Field("as_printed", "text", blank=True),
        Field("locator", "text", pattern=LOCATOR),
        Field("reading", "text", blank=True),
    ),
    key=("need_id", "life_stage", "service"),
    rules=(
        Rule(
            "cell",
            _service_fits_cell,
            "A covered cell names a service; an uncovered or not applicable cell names none.",
        ),
        Rule(
            "commissioned",
            lambda table: table["commissioned"].notna() == table["service"].notna(),
            "Say yes or not marked exactly where a service is named.",
        ),
        Rule(
            "as_printed",
            lambda table: ~table["service"].notna() | table["as_printed"].notna(),
            "Give the words of the source for every service.",
        ),
        Rule(
            "reading",
            lambda table: ~table["cell"].eq("unclear") | table["reading"].notna(),
            "Say why the cell cannot be read.",
        ),
    ),
)

NEEDS_BY_LIFE_STAGE = Contract(
    name="NEEDS_BY_LIFE_STAGE",
    title="Needs Early Help can meet, by life stage (section 7 of the 2020 assessment)",
    fields=(
        Field("need7_id", "code", pattern=SLUG),
        Field("need", "text"),
        Field("services_need_id", "code", pattern=SLUG),
        Field("life_stage", "text", allowed=LIFE_STAGES),
        Field("marked", "flag"),
        Field("locator", "text", pattern=LOCATOR),
    ),
    key=("need7_id", "life_stage"),
)
