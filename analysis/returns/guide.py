"""What the template explains, and its worked example."""

from __future__ import annotations

from analysis.returns.report import MOST_ROWS

EXAMPLE_WARD = "E05012488"

READ_ME = {
    "What this is": (
        "The quarterly return of Early Help services. Fill in the sheet Activity, and the sheet Detail where "
        "you record who is reached and what came of it. Keep the names of the sheets and the headings. Then "
        "have the file checked on the page Your return: every fault is named at once, and nothing is kept."
    ),
    "What is a case": (
        "Children's centres, family support and some other services count families: one family is one case, "
        "however many people are in it. Youth services, health visiting, school nursing and others count "
        "children: each child or young person is one case. The service group decides which. The two are never"
        " added."
    ),
    "When support starts": (
        "On the day of the first contact that is more than an assessment or a telephone call to arrange one. "
        "A case that is closed and opened again in the same quarter is counted once in supported."
    ),
    "Who is waiting": (
        "A case that the service has accepted and whose support has not started on the last day of the "
        "quarter. Those still being considered, or sent back to the referrer, are not waiting."
    ),
    "How full": (
        "Capacity is the number of places commissioned at one time. A service open to all has no such places:"
        " leave the cell blank and choose Does not apply. Staff are not places."
    ),
    "Nought, blank and left out": (
        "Write 0 where there were none. A ward that is left out is not known, which is something else. A "
        "blank in weeks waited or capacity needs its reason in the column beside it."
    ),
    "Small numbers": (
        "A count of 1 to 4 can point to a family. Give it all the same: the atlas needs it to add up, and "
        "hides it and whatever would give it away. This file holds every count, so guard it as you guard your"
        " case records."
    ),
    "Privacy": (
        "Counts alone. No name, no date of birth, no address, no case number. Instead of ward codes a column "
        "postcode may be given: each postcode is turned into a ward at once and kept nowhere."
    ),
    "What is refused": (
        f"Formulas, macros, a password, more than {MOST_ROWS:,} rows, and any figure that breaks its rule. "
        "Copy figures in as values."
    ),
}

_ACTIVITY_SHARED = {
    "edition": "2026",
    "area_code": EXAMPLE_WARD,
    "basis": "illustrative",
    "capacity_status": "ok",
    "weeks_status": "ok",
}
EXAMPLE_ACTIVITY: tuple[dict[str, object], ...] = (
    {
        **_ACTIVITY_SHARED,
        "quarter": "2025-26 Q1",
        "service_group": "family_support",
        "service": "Family Support and Play Service",
        "provider": "Southside and Bath Area Play Project (BAPP)",
        "case_unit": "family",
        "life_stage": "age_5_to_11",
        "supported": 24,
        "open_at_end": 17,
        "new": 9,
        "closed": 7,
        "waiting": 5,
        "weeks_waited": 6.5,
        "capacity": 15,
    },
    {
        **_ACTIVITY_SHARED,
        "quarter": "2025-26 Q1",
        "service_group": "youth",
        "service": "Targeted Youth Support",
        "provider": "Youth Connect SW",
        "case_unit": "child",
        "life_stage": "age_11_to_19",
        "supported": 12,
        "open_at_end": 10,
        "new": 3,
        "closed": 2,
        "waiting": 0,
        "weeks_waited": "",
        "weeks_status": "not_applicable",
        "capacity": 14,
    },
    {
        **_ACTIVITY_SHARED,
        "quarter": "2025-26 Q1",
        "service_group": "health_visiting",
        "service": "Health Visiting (Universal Plus and Universal Partnership Plus)",
        "provider": "",
        "case_unit": "child",
        "life_stage": "pre_birth_to_4",
        "supported": 61,
        "open_at_end": 55,
        "new": 18,
        "closed": 6,
        "waiting": 8,
        "weeks_waited": "",
        "weeks_status": "missing",
        "capacity": "",
        "capacity_status": "not_applicable",
    },
)
_DETAIL_SHARED = {
    "edition": "2026",
    "quarter": "2025-26 Q1",
    "service_group": "family_support",
    "case_unit": "family",
    "basis": "illustrative",
    "note": "",
}
EXAMPLE_DETAIL: tuple[dict[str, object], ...] = (
    {**_DETAIL_SHARED, "dimension": "referral_source", "category": "Primary school", "count": 31},
    {**_DETAIL_SHARED, "dimension": "referral_source", "category": "Early Help Allocation Panel", "count": 22},
    {**_DETAIL_SHARED, "dimension": "assessment_type", "category": "Own agency", "count": 48},
    {
        **_DETAIL_SHARED,
        "dimension": "step_up",
        "category": "Stepped up to social care",
        "count": 2,
        "note": "Fewer than five: not to be published",
    },
)
EXAMPLES = {"ACTIVITY": EXAMPLE_ACTIVITY, "ACTIVITY_DETAIL": EXAMPLE_DETAIL}
