"""Contracts of what early help costs and saves: Wiltshire's spending and the cost-benefit figures Halton quotes."""

from __future__ import annotations

import pandas as pd

from analysis.sources.contracts import Contract, Field, Rule
from analysis.sources.tables.assessment2020 import LOCATOR
from analysis.sources.tables.outcomes import FRAGMENT
from analysis.sources.tables.services import SLUG

SPENDING_KINDS = ("service", "entitlement", "total", "other spending", "quoted cost", "quoted saving")
BENEFIT_KINDS = ("cost", "saving", "return per pound", "effect", "people")
APPROXIMATIONS = ("as given", "about", "nearly", "more than", "up to", "range")


def _stated(table: pd.DataFrame) -> pd.Series:
    return table["value"].notna() | (table["lower"].notna() & table["upper"].notna())


def _a_range_has_ends(table: pd.DataFrame) -> pd.Series:
    ends = table["lower"].notna() & table["upper"].notna()
    return table["approximation"].eq("range") == ends


_FIGURES = (
    Field("value", "number", blank=True, minimum=0),
    Field("lower", "number", blank=True, minimum=0),
    Field("upper", "number", blank=True, minimum=0),
    Field("approximation", "text", allowed=APPROXIMATIONS),
    Field("unit", "text"),
)
_SOURCE = (
    Field("caveat", "text", blank=True),
    Field("as_printed", "text", pattern=FRAGMENT),
    Field("locator", "text", pattern=LOCATOR),
)
_RULES = (
    Rule("value", _stated, "Give the value, or both ends of the range the source prints."),
    Rule("approximation", _a_range_has_ends, "Give both ends exactly where the source prints a range."),
    Rule("lower", lambda table: ~(table["lower"] > table["upper"]), "The lower end may not be above the upper."),
)

WILTSHIRE_SPENDING = Contract(
    name="WILTSHIRE_SPENDING",
    title="Spending on early help in the Wiltshire strategy 2013-16, line by line, with its totals",
    fields=(
        Field("spending_id", "code", pattern=SLUG),
        Field("service", "text"),
        Field("kind", "text", allowed=SPENDING_KINDS),
        *_FIGURES,
        Field("period", "text"),
        *_SOURCE,
    ),
    key=("spending_id",),
    rules=_RULES,
)

HALTON_COST_BENEFIT = Contract(
    name="HALTON_COST_BENEFIT",
    title="Costs, savings and effects of early help quoted in the Halton strategy 2018-21",
    fields=(
        Field("figure_id", "code", pattern=SLUG),
        Field("policy_area", "text"),
        Field("statement", "text"),
        Field("kind", "text", allowed=BENEFIT_KINDS),
        *_FIGURES,
        Field("period", "text"),
        Field("price_year", "text"),
        Field("horizon", "text"),
        Field("payer", "text"),
        Field("setting", "text"),
        *_SOURCE,
    ),
    key=("figure_id",),
    rules=_RULES,
)
