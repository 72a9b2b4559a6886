"""Chapters on what there is: needs and services, and activity."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis import activity, service_gaps, services
from analysis.present import activity_figures, activity_view, coverage_gaps_view, coverage_section7_view, coverage_view
from analysis.present.coverage_gaps_view import Gap
from analysis.present.coverage_matrix import SIGNS, WORDS, counted
from analysis.present.indicators_view import capital
from analysis.reports.needs_assessment.blocks import Block, Pointer, Table, Words
from analysis.reports.needs_assessment.case import Case, answer, markdown
from analysis.services import LIFE_STAGES
from analysis.sources.tables.activity_detail import DIMENSIONS

MAP = ("SERVICES", "NEEDS_BY_LIFE_STAGE")
NO_NEWER = "The 2026 edition has no newer service map, so that of May 2020 is shown."
RECORDED = ("referral_source", "length_of_support", "assessment_type", "closure_outcome")
LENGTH = {
    "length_of_support": "about 40% of support lasted seven months or more, across the commissioned services "
    "(section 10.3.3 of the 2020 assessment)."
}


def service_map(case: Case) -> Iterator[Block]:
    """Needs by life stage, and how many services are listed."""
    cells = case.cells
    yield from answer(coverage_view.headline(cells))
    if case.edition.id != "2020":
        yield Words(NO_NEWER)
    rows = [
        {"Need": need, **{LIFE_STAGES[str(row["life_stage"])]: _cell(row) for _, row in part.iterrows()}}
        for need, part in cells.groupby("need", sort=False)
    ]
    shown = pd.DataFrame(rows)[["Need", *LIFE_STAGES.values()]]
    yield Table("service_map", "Services listed for each need at each life stage, May 2020", shown, "published", MAP)
    yield Pointer(("service_list",), "Every service by name stands in")


def _cell(row: pd.Series) -> str:
    state = str(row["cell"])
    return f"{SIGNS[state]} {counted(row) if state == 'covered' else WORDS[state]}"


def gaps_in_services(case: Case) -> Iterator[Block]:
    """Needs without a service, and where those needs are greatest."""
    for state in service_gaps.STATES:
        found = [_gap(case, row, state) for row in service_gaps.gaps(case.cells, state).to_dict("records")]
        if not found:
            continue
        if state == service_gaps.STATES[0]:
            yield from markdown(coverage_gaps_view.headline(found, len(case.cells)))
        named = [name for gap in found if gap.measure for name in gap.measure.sources]
        shown = pd.DataFrame([_told(gap) for gap in found])
        words = "Needs without a service" if state == service_gaps.STATES[0] else "Needs whose cells cannot be read"
        yield Table(f"service_gaps_{state}", words, shown, "", ("SERVICES", *named))
    yield from markdown(coverage_gaps_view.METHOD)


def _gap(case: Case, row: dict, state: str) -> Gap:
    measure = service_gaps.measure_of(row["need_id"], case.edition.id)
    figures = service_gaps.ward_figures(case.library, measure) if measure else None
    return Gap(row["need_id"], row["need"], state, row["life_stages"], row["readings"], measure, figures)


def _told(gap: Gap) -> dict[str, str]:
    return {
        "Need": gap.need,
        "Life stages": coverage_gaps_view.stages(gap),
        "Where the need is greatest": capital(coverage_gaps_view.named(gap).removeprefix(f"{gap.need}: ")),
    }


def levels(case: Case) -> Iterator[Block]:
    """The levels of need."""
    rows = case.library.table("THRESHOLDS").sort_values("level")
    shown = coverage_section7_view.levels(rows)
    yield Table(
        "levels", "Levels of need, from services open to all to statutory help", shown, "published", ("THRESHOLDS",)
    )


def differences(case: Case) -> Iterator[Block]:
    """Where section 7 and the service map differ."""
    rows = services.differences(case.library)
    yield Words(
        "Section 7 of the assessment marks needs by life stage in a table of its own. The two tables differ, or cannot "
        f"be compared, in {len(rows)} of {len(case.cells)} cells."
    )
    shown = coverage_view.differences(rows)
    yield Table("section7", "Cells on which section 7 and the service map differ", shown, "published", MAP)


def service_list(case: Case) -> Iterator[Block]:
    """Every service by need and life stage."""
    rows = services.in_printed_order(case.library.table("SERVICES"))
    listed = rows[rows["service"].notna()].reset_index(drop=True)
    heads = pd.DataFrame({"Need": listed["need"], "Life stage": listed["life_stage"].map(LIFE_STAGES)})
    yield from markdown(coverage_view.abbreviations(listed))
    shown = pd.concat([heads, coverage_view.services(listed)], axis=1)
    yield Table("services", "Services of the service map of May 2020", shown, "published", ("SERVICES",))


def places_and_cases(case: Case) -> Iterator[Block]:
    """Places, cases, and how full."""
    found = activity.by_service(case.library, case.edition.id)
    basis = str(found["basis"].iloc[0])
    said = activity_view.headline(found)
    yield from answer(said)
    title = "Places, cases supported and cases open, by service and quarter"
    figure = activity_figures.over_quarters(found, False)
    yield case.chart(figure, "activity_chart", title, f"Chart. {said[0]}", basis, ("ACTIVITY",))
    for unit in ("family", "child"):
        shown = activity_view.services(found, unit)
        if len(shown):
            named = f"Services that count {activity_view.UNITS[unit]}"
            yield Table(f"activity_{unit}", named, shown, basis, ("ACTIVITY",))


def recorded(case: Case) -> Iterator[Block]:
    """How people came, how long support lasted, what was assessed and what came of it, in the newest quarter."""
    quarter = activity.quarters(case.library, case.edition.id)[0]
    for dimension in RECORDED:
        parts = activity.breakdowns(case.library, case.edition.id, quarter, dimension)
        if parts:
            title = f"{DIMENSIONS[dimension]}, {quarter}"
            shown = activity_view.breakdown(parts)
            yield Table(f"activity_{dimension}", title, shown, parts[0].basis, ("ACTIVITY_DETAIL",))


def published_activity(case: Case) -> Iterator[Block]:
    """What is published of the same: panel, assessments, social care, and words without a figure."""
    yield Words(f"Published: {LENGTH['length_of_support']}")
    titles = {
        "panel": "The Early Help Allocation Panel: applications and how they came, 2019/20",
        "panel_sources": "Where applications through Connecting Families began",
        "assessment_type": "Assessments",
        "social_care": "Referrals to safeguarding",
        "capacity": "How full services were",
    }
    for subject, title in titles.items():
        rows = activity.published(case.library, subject)
        if len(rows):
            shown = activity_view.printed(rows)
            yield Table(f"printed_{subject}", title, shown, "published", ("ASSESSMENT_OBSERVATIONS",))
    said = case.library.table("SERVICE_STATEMENTS")
    if len(said):
        shown = activity_view.said(said)
        title = "What the assessment says of services without a figure"
        yield Table("statements", title, shown, "published", ("SERVICE_STATEMENTS",))
