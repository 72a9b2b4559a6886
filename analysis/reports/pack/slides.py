"""The slides of a pack in their order, each with one finding for a title; sentences come from those of the pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from analysis.editions import COUNCIL_NAME, EDITIONS
from analysis.gap import Gap
from analysis.present import equity_view, gap_view, layers, meeting
from analysis.present.palette import BASIS_WORDS, Class
from analysis.present.words import listed, typical_power, worst_first
from analysis.reports.pack import charts
from analysis.reports.pack.areas import READ_RATIO, decided, every_ward, localities, places
from analysis.reports.pack.asks import asked_of_the_meeting
from analysis.reports.pack.cited import behind, cited, sources
from analysis.reports.pack.gathered import Gathered
from analysis.reports.pack.model import Deck, Picture, Slide
from analysis.reports.pack.options import options
from analysis.reports.pack.unclear import unclear

TITLE = "Early Help: where need outstrips provision"
WITHHELD = "Small counts are withheld in a pack, whoever makes it."


def deck(told: Gathered, picture: bytes | str, made_on: date) -> Deck:
    """The slides of what was gathered; `picture` is the map of its verdicts as PNG, or why there is none."""
    result = told.result
    slides = [
        _front(told, made_on),
        _headline(told),
        _map(told, picture),
        _bars(result),
        unclear(result),
        *places(told),
        *localities(told),
        _equity(told),
        _changed(told),
        options(told),
        asked_of_the_meeting(told),
        *decided(told),
        *every_ward(result),
    ]
    foot = f"Early Help Atlas, {result.edition} edition. Tables: {told.library.told}. {meeting.said_day(made_on)}"
    sourced = [
        replace(one, title=one.title.rstrip("."), notes=(*one.notes, *cited(told.library, behind(told, one))))
        for one in slides
    ]
    return Deck(TITLE, gap_view.titled(result), foot, made_on, (*sourced, *sources(told, slides)))


def _front(told: Gathered, made_on: date) -> Slide:
    result = told.result
    points = (
        f"{COUNCIL_NAME}. {EDITIONS[result.edition].title}.",
        f"Need: {result.need.title} ({result.need.period}).",
        f"Provision: {result.provision.title} ({result.provision.period}).",
        f"Made on {meeting.said_day(made_on)} from the tables {told.library.told}.",
    )
    notes = (
        f"What this is: a pack for a meeting, made by the Early Help Atlas. {BASIS_WORDS[result.basis]}.",
        "It is of areas. It must not be used for a decision about any child or family, nor as a ranking of wards.",
        WITHHELD,
    )
    return Slide("front", TITLE, points, None, result.basis, notes)


def _headline(told: Gathered) -> Slide:
    result = told.result
    (screen,) = told.screens_of("headline")
    notes = (READ_RATIO, *([typical_power(result)] if result.provision.kind == "caseload" else []))
    points = tuple(point for point in (*screen.points, result.note) if point)
    return Slide("headline", screen.sentence, points, None, result.basis, notes)


def _map(told: Gathered, picture: bytes | str) -> Slide:
    result = told.result
    (screen,) = told.screens_of("map")
    counted = gap_view.tally(result)
    points = tuple(_counted(item, count, names) for item, (count, names) in counted.items())
    notes = (
        "How to read it: colour and sign say the verdict of each ward; hatched wards have no answer. The map is a "
        "picture, because PowerPoint has no map of wards; the same figures are in the tables at the end.",
        layers.ATTRIBUTION + ".",
    )
    if isinstance(picture, str):
        return Slide("map", screen.sentence, (picture, *points), None, result.basis, notes)
    drawn = Picture(picture, meeting.alt(result, screen))
    return Slide("map", screen.sentence, points, drawn, result.basis, notes, tuple(counted))


def _counted(item: Class, count: int, names: str) -> str:
    return f"{item.symbol} {item.label}: {count}" + (f" ({names})" if names else "")


def _bars(result: Gap) -> Slide:
    drawn = charts.bars(result)
    first, likely = _standing_apart(result)
    if drawn is None:
        return Slide(
            "certain", first, ("No ward stands apart from its share, so nothing is drawn.",), None, result.basis
        )
    lacking = charts.left_out(result, drawn)
    points = [likely, drawn.limits, "The line in the middle is 1: exactly its share of need."]
    points += [f"{lacking} more apart from their share are in the tables at the end."] if lacking else []
    return Slide("certain", first, tuple(point for point in points if point), drawn, result.basis, (READ_RATIO,))


def _standing_apart(result: Gap) -> tuple[str, str]:
    """Which wards are under-provided for certain, as a sentence, and which likely."""
    certain, likely = (worst_first(result, verdict) for verdict in charts.UNDER)
    if certain:
        are = "is" if len(certain) == 1 else "are"
        first = f"{listed(certain)} {are} under-provided for certain"
    else:
        first = "No ward is under-provided for certain"
    wards = "one ward is" if len(likely) == 1 else f"{len(likely)} wards are"
    if not likely:
        return f"{first}, and no other is likely to be", ""
    return f"{first}; {wards} likely to be", f"Likely: {listed(likely, 5)}."


def _equity(told: Gathered) -> Slide:
    result, found = told.result, told.equity
    basis = equity_view.basis(result)
    if isinstance(found, str):
        return Slide("equity", "Whether the gap leans against deprived wards cannot be told", (found,))
    said = equity_view.sentences(found, result)
    drawn = charts.curve(found, result)
    points = (said[1], *said[3:], "Above the dashed line: more than the same for every child.")
    notes = ("How to read it: " + equity_view.reading(found), *said, equity_view.METHODS[found.by].replace("**", ""))
    return Slide("equity", equity_view.answer(found, result), points, drawn, basis, notes)


def _changed(told: Gathered) -> Slide:
    if told.unchanged:
        return Slide("changed", _nothing_changed(told), (told.unchanged,), None, "", ())
    (screen,) = told.screens_of("changed")
    return Slide(
        "changed", screen.sentence, (f"{screen.title}:", *screen.points), None, told.result.basis, (READ_RATIO,)
    )


def _nothing_changed(told: Gathered) -> str:
    if told.asked.changed is not None:
        return "Nothing changed since the publication before"
    return "What changed cannot be told"
