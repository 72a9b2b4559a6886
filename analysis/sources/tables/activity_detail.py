"""Contract of the second sheet of the return: who is reached, how they came and what came of it, for the council."""

from __future__ import annotations

import pandas as pd

from analysis.sources.contracts import BASES, Contract, Field, Rule
from analysis.sources.tables.activity import (
    EDITIONS,
    NO_FORMULA,
    ONE_EDITION_RULE,
    QUARTER,
    RETURN_GROUPS,
    UNIT_RULE,
    UNITS,
    YEAR_RULE,
)

NOT_RECORDED = "Not recorded"
OWN_AGENCY, EARLY_HELP_ASSESSMENT = "Own agency", "Early Help Assessment"
CATEGORIES = {
    "age_band": ("0-4", "5-11", "12-15", "16-18", "19-25", NOT_RECORDED),
    "sex": ("Female", "Male", NOT_RECORDED),
    "ethnic_group": (
        "Asian, Asian British or Asian Welsh",
        "Black, Black British, Black Welsh, Caribbean or African",
        "Mixed or Multiple ethnic groups",
        "White",
        "Other ethnic group",
        NOT_RECORDED,
    ),
    "send": ("No special educational need", "SEN support", "Education, health and care plan", NOT_RECORDED),
    "referral_source": (
        "Health visitor",
        "Early years setting",
        "Primary school",
        "Secondary school or college",
        "School nurse",
        "GP or other health service",
        "CAMHS",
        "Police",
        "Housing",
        "Children's social care",
        "Early Help Allocation Panel",
        "Voluntary organisation",
        "Self-referral",
        "Parent or carer of a young person",
        "Other",
        NOT_RECORDED,
    ),
    "length_of_support": ("Under 3 months", "3 to 6 months", "7 to 12 months", "Over 12 months", NOT_RECORDED),
    "assessment_type": (OWN_AGENCY, EARLY_HELP_ASSESSMENT),
    "step_up": ("Stepped up to social care",),
    "step_down": ("Stepped down from social care",),
    "safeguarding_outcome": ("Accepted", "Not accepted", "Pending"),
    "closure_outcome": (
        "Needs met",
        "Needs met in part",
        "Moved to another service",
        "Stepped up to social care",
        "Withdrew from support",
        "Moved away",
        NOT_RECORDED,
    ),
}
DIMENSIONS = {
    "age_band": "Age of the child",
    "sex": "Sex of the child",
    "ethnic_group": "Ethnic group of the child",
    "send": "Special educational needs and disabilities",
    "referral_source": "Who referred",
    "length_of_support": "Length of support at closure",
    "assessment_type": "Assessments completed",
    "step_up": "Step-up to social care",
    "step_down": "Step-down from social care",
    "safeguarding_outcome": "Referrals to safeguarding",
    "closure_outcome": "Outcome at closure",
}


def _category_of_dimension(table: pd.DataFrame) -> pd.Series:
    lawful = {(dimension, category) for dimension, held in CATEGORIES.items() for category in held}
    given = zip(table["dimension"], table["category"], strict=True)
    return pd.Series([pair in lawful for pair in given], index=table.index)


ACTIVITY_DETAIL = Contract(
    name="ACTIVITY_DETAIL",
    title="Quarterly Early Help activity for the council by who is reached, source, length, assessment and outcome",
    fields=(
        Field("edition", "text", allowed=EDITIONS),
        Field("quarter", "text", pattern=QUARTER),
        Field("service_group", "text", allowed=RETURN_GROUPS),
        Field("case_unit", "text", allowed=UNITS),
        Field("dimension", "text", allowed=tuple(DIMENSIONS)),
        Field("category", "text", allowed=tuple(dict.fromkeys(name for held in CATEGORIES.values() for name in held))),
        Field("count", "integer", minimum=0),
        Field("basis", "text", allowed=BASES),
        Field("note", "text", blank=True, pattern=NO_FORMULA),
    ),
    key=("edition", "quarter", "service_group", "dimension", "category"),
    rules=(
        YEAR_RULE,
        ONE_EDITION_RULE,
        UNIT_RULE,
        Rule("category", _category_of_dimension, "Each dimension has a list of its own: use a category from it."),
    ),
    small_counts=True,
)
