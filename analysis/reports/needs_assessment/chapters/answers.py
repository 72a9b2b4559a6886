"""Chapters that answer the question: gaps, equity, and what changed since the last edition."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.equity import equity, sources_for
from analysis.gap import Gap
from analysis.present import (
    differences_view,
    equity_view,
    gap_view,
    plain_figures,
    share_figure,
    words,
    worst_five_view,
)
from analysis.present.palette import Class
from analysis.present.words import number
from analysis.refusal import Refusal
from analysis.reports.needs_assessment.blocks import Block, Cited, Notice, Pointer, Points, Table, Words
from analysis.reports.needs_assessment.case import Case, answer, markdown
from analysis.store.differences import differences
from analysis.store.findings import flips
from analysis.worst_five import worst_five

MOST_FINDINGS = 200


def compared(case: Case, provision: str) -> Iterator[Block]:
    """One provision against the need: the answer, the tally, the map and chart."""
    result = case.gap(provision)
    said = words.headline(result)
    yield from answer(said)
    yield Points(tuple(_counted(item, many, who) for item, (many, who) in gap_view.tally(result).items()))
    yield from _five(case, result)
    yield Words(f"Need: {result.need.title}. Provision: {result.provision.title}. {result.note}")
    if result.provision.kind == "caseload":
        yield Words(words.typical_power(result))
    where, sources = gap_view.titled(result), _sources(result)
    if provision in (case.provisions[0].id, _caseload(case)):
        view = gap_view.map_view(result, "gap", False)
        yield case.map(view, case.edition.ward_layer, f"gap_map_{provision}", where, result.basis, sources)
    figure = share_figure.shares(result, dark=False)
    title = f"Share of need beside share of provision: {where}"
    yield case.chart(figure, f"gap_chart_{provision}", title, f"Chart. {said[0]}", result.basis, sources)
    yield Pointer((f"gap_{provision}",), "Every ward stands in")


def _caseload(case: Case) -> str:
    return next((lens.id for lens in case.provisions if lens.kind == "caseload"), "")


def _counted(item: Class, many: int, who: str) -> str:
    return f"{item.symbol} {item.label}: {many}{f' ({who})' if who else ''}".strip()


def _five(case: Case, result: Gap) -> Iterator[Block]:
    try:
        yield Words(worst_five_view.sentence(worst_five(case.library, result), result), marked=True)
    except Refusal as refused:
        yield Words(str(refused))


def _sources(result: Gap) -> tuple[str, ...]:
    return (*result.need.sources, *result.provision.sources_for(result.edition))


def every_ward(case: Case, provision: str) -> Iterator[Block]:
    """The table of one provision against the need, every ward."""
    result = case.gap(provision)
    total = number(result.total, 1 if result.provision.kind == "access" else 0)
    note = f"All {result.provision.unit}: {total}. {gap_view.meaning(result, 'gap')}"
    yield Table(
        f"gap_{provision}", gap_view.titled(result), gap_view.table(result), result.basis, _sources(result), note
    )


def leaning(case: Case, provision: str) -> Iterator[Block]:
    """Whether the gap leans with deprivation; in full for the first provision."""
    result = case.gap(provision)
    found = equity(case.library, result)
    basis, sources = equity_view.basis(result), tuple(sources_for(result.edition))
    said = equity_view.answer(found, result)
    yield Words(said, answer=True)
    yield Points(tuple(equity_view.sentences(found, result)), marked=True)
    if provision != case.complete.id:
        yield Cited((*_sources(result), *sources))
        return
    reading = equity_view.reading(found)
    title = f"Need and provision from the most to the least deprived ward: {gap_view.titled(result)}"
    figure = plain_figures.curve(found.wards, dark=False)
    alt = f"Curves of need and of provision from the most to the least deprived ward. {reading}"
    both = (*_sources(result), *sources)
    yield case.chart(figure, "equity_curve", title, alt, basis, both, reading)
    shown = equity_view.measures(found, result)
    yield Table("equity_measures", f"Measures of equity: {gap_view.titled(result)}", shown, basis, both)


def changed(case: Case) -> Iterator[Block]:
    """What differs from the publication before: figures, then findings."""
    if case.before is None:
        yield Notice(
            "No earlier publication of this edition is held, so nothing can be said of what changed since the last.",
            "left_out",
        )
        return
    found, flipped = differences(case.before, case.library), flips(case.before, case.library, case.edition.id)
    yield Words(differences_view.summary(found, flipped), answer=True)
    yield Words(f"Compared with the tables {case.before.told}.")
    sources = tuple(one.contract for one in found if case.library.holds(one.contract))
    if found:
        shown = differences_view.tables(found)
        yield Table("changed_tables", "Tables that differ from the last publication", shown, "", sources)
    if len(flipped):
        shown = differences_view.findings(flipped.head(MOST_FINDINGS))
        more = len(flipped) - MOST_FINDINGS
        note = f"The first {MOST_FINDINGS} of {len(flipped)} findings are listed." if more > 0 else ""
        yield Table("changed_findings", "Findings that would be others", shown, "", sources, note)


def headline_of_differences(case: Case) -> Iterator[Block]:
    """The opening sentence before and after, where it differs."""
    if case.before is None:
        return
    pairs = [(case.need.id, lens.id) for lens in case.provisions]
    told = [one for one in differences_view.headlines(case.before, case.library, case.edition.id, pairs) if one.differs]
    if told:
        rows = pd.DataFrame({"Before": [one.before for one in told], "Now": [one.after for one in told]})
        yield Table("changed_headlines", "Answers that read differently", rows, "", ())


def method(case: Case) -> Iterator[Block]:
    """How the comparisons were worked out."""
    for lens in _kinds(case):
        yield from markdown(gap_view.method(case.gap(lens)))


def equity_method(case: Case) -> Iterator[Block]:
    """How equity was worked out."""
    result = case.gap(case.complete.id)
    yield from markdown(equity_view.method(equity(case.library, result), result))


def _kinds(case: Case) -> list[str]:
    """One provision of each kind."""
    first = {lens.kind: lens.id for lens in reversed(case.provisions)}
    return [lens.id for lens in case.provisions if lens.id in first.values()]
