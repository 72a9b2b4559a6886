"""What another version changes, as lines of plain text under headings: what the command line prints."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping

from analysis.gap import lenses, why_not_compared
from analysis.present.differences_view import Headline, headlines, summary
from analysis.sources.library import Library
from analysis.store.cautions import cautions
from analysis.store.differences import differences
from analysis.store.findings import flips


def lines(before: Library, after: Library, base: str) -> Iterator[str]:
    """The headline before and after, the tables that differ, the findings that flip and the warnings, each headed."""
    found, flipped = differences(before, after), flips(before, after, base)
    yield from _headed("In short", [summary(found, flipped)])
    yield from _headed("The headline", [line for one in _told(before, after, base) for line in _sentences(one)])
    counts = [f"{one.contract}: {one.added} figures added, {one.changed} changed, {one.lost} lost" for one in found]
    yield from _headed("Figures", counts)
    yield from _headed("Findings that would be others", [_finding(row) for row in flipped.to_dict("records")])
    yield from _headed("Warnings", [f"warning: {caution}" for caution in cautions(before, after, base)])


def _headed(heading: str, said: list[str]) -> Iterator[str]:
    yield from (heading, "-" * len(heading), *(said or ["None."]), "")


def _told(before: Library, after: Library, base: str) -> list[Headline]:
    """The sentence the overview opens with, and the sentence of every other comparison where it would be another."""
    needs, provisions = lenses(base)
    pairs = [
        (need.id, given.id)
        for need in needs
        for given in provisions
        if need.table is not None and not why_not_compared(base, need, given)
    ]
    first = headlines(before, after, base)
    others = [one for one in headlines(before, after, base, pairs) if one.differs]
    return first + [one for one in others if one not in first]


def _sentences(one: Headline) -> list[str]:
    said = f"{one.need} against {one.provision}"
    if not one.differs:
        return [f"{said}, before and after: {one.after}"]
    return [f"{said}, before: {one.before}", f"{said}, after: {one.after}"]


def _finding(row: Mapping[Hashable, str]) -> str:
    mark = f" [{row['certain']} under-provided for certain]" if row["certain"] else ""
    return f"{row['subject']}, {row['area'] or row['area_code']}: {row['before']} -> {row['after']}{mark}"
