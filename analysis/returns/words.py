"""The words of the return: what each column is for, and what people write for the codes the atlas keeps."""

from __future__ import annotations

import re

from analysis.sources.columns import COLUMNS
from analysis.sources.contracts import Contract, Field
from analysis.sources.tables.activity import ACTIVITY, GROUP_TITLES
from analysis.sources.tables.activity_detail import ACTIVITY_DETAIL, DIMENSIONS

SHEETS = {"Activity": ACTIVITY, "Detail": ACTIVITY_DETAIL}
STAGES = {
    "pre_birth_to_4": "Pre-birth to age 4",
    "age_5_to_11": "Ages 5 to 11",
    "age_11_to_19": "Ages 11 to 19 (25 with SEND)",
    "parents": "Parents and carers",
}
REASONS = {"ok": "Given", "missing": "Not recorded", "not_applicable": "Does not apply"}
BASES = {"published": "Published", "modelled": "Modelled", "illustrative": "Illustrative"}
UNITS = {"family": "Family", "child": "Child"}
WRITTEN: dict[str, dict[str, str]] = {
    "service_group": GROUP_TITLES,
    "case_unit": UNITS,
    "life_stage": STAGES,
    "weeks_status": REASONS,
    "capacity_status": REASONS,
    "dimension": DIMENSIONS,
    "basis": BASES,
}
ALSO = {
    "families": "family",
    "children": "child",
    "youngperson": "child",
    "childrenscentre": "children_centres",
    "youthservice": "youth",
    "childrenscentreservices": "children_centres",
    "na": "not_applicable",
    "notapplicable": "not_applicable",
    "nobodywaits": "not_applicable",
    "notknown": "missing",
}
MEANINGS = {
    "edition": "Which wards the codes belong to: 2026 for the 33 wards since 2019, 2020 for the 37 before.",
    "quarter": "Financial year and quarter. 2025-26 Q1 is April to June 2025.",
    "service_group": "The kind of service. It decides whether a case is a family or a child.",
    "service": "The service by its usual name, always spelled the same.",
    "provider": "Who delivers the service. May be blank.",
    "case_unit": "Whether a case is a family or a child. Each service group counts one of the two.",
    "area_code": "Ward where the family or child lives, not where the service is. Or give a column postcode instead.",
    "life_stage": "The stage the support is for. For a family, that of the child the support is mainly about.",
    "supported": "Cases supported at any time in the quarter. Write 0 where there were none.",
    "open_at_end": "Cases still open on the last day of the quarter.",
    "new": "Cases whose support started in the quarter.",
    "closed": "Cases closed in the quarter.",
    "waiting": "Cases accepted, whose support has not started, on the last day of the quarter.",
    "weeks_waited": "Median weeks those cases have waited so far. Blank where nobody waits.",
    "weeks_status": "Given; does not apply (nobody waits); or not recorded.",
    "capacity": "Places commissioned for families or children of this ward at this stage, at one time.",
    "capacity_status": "Given; does not apply (a service open to all, without places); or not recorded.",
    "basis": "Published for your own records as counted; modelled for an estimate; illustrative for made-up figures.",
    "dimension": "What the cases are counted by.",
    "category": "Which group of that dimension the count is of.",
    "count": "Cases (or assessments, or referrals) in the quarter, for the whole council.",
    "note": "Anything a reader of the count must know. Never a name. May be blank.",
}


def slug(text: object) -> str:
    """Letters and digits alone, in lower case, by which spellings are compared."""
    return re.sub(r"[^a-z0-9]", "", str(text).lower())


def headers(contract: Contract) -> dict[str, str]:
    """Columns by every heading they are known by, as slugs: the name, and what it is called on screen."""
    known = {slug(COLUMNS[name].label): name for name in contract.columns}
    known |= {slug(name): name for name in contract.columns}
    if "area_code" in contract.columns:
        known |= {"ward": "area_code", "wardcode": "area_code", "wardofresidence": "area_code", "postcode": "postcode"}
    return known


def codes(field: Field) -> dict[str, str]:
    """The codes of a column by every way of writing them that is understood, as slugs."""
    written = {slug(words): code for code, words in WRITTEN.get(field.column, {}).items()}
    also = {words: code for words, code in ALSO.items() if code in field.allowed}
    return also | written | {slug(code): code for code in field.allowed}


def said(column: str, code: str) -> str:
    """A code in the words of the drop-down list."""
    return WRITTEN.get(column, {}).get(code, code)


def expected(field: Field) -> str:
    """What may stand in a column, in plain words."""
    if field.column == "quarter":
        return "a financial quarter such as 2025-26 Q1"
    if field.column == "area_code":
        return "the code of a ward of the edition, such as E05012488"
    if field.allowed:
        words = [said(field.column, code) for code in field.allowed]
        return "one of: " + "; ".join(words[:16]) + ("; and others on the sheet Lists" if len(words) > 16 else "")
    if field.kind == "integer":
        return "a whole number, 0 or more"
    if field.kind == "number":
        return f"a number from {field.minimum:g} to {field.maximum:g}"
    return "words that do not begin with =, +, - or @"
