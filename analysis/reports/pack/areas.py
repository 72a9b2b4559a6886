"""Slides that are tables of areas: the one chosen, the localities, every ward, and decisions made before."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.decisions_compared import ThenNow
from analysis.gap import Gap
from analysis.present import gap_view, meeting
from analysis.present.frozen_figures import figure
from analysis.present.gap_view import Row, rows_of
from analysis.present.palette import VERDICTS
from analysis.present.words import listed
from analysis.provision import REST
from analysis.reports.pack import charts
from analysis.reports.pack.gathered import Gathered
from analysis.reports.pack.layout import paged, table_letters
from analysis.reports.pack.model import Grid, Slide

SIZE = 16
BY_CATCHMENT = " by catchment"
WIDTHS = (0.2, 0.25, 0.19, 0.22, 0.14)
WITHHELD = "withheld"
READ_RATIO = (
    "How to read it: provision over its share of need is what reaches an area over what its share of need would give. "
    "Below 1 it has less than its share; limits on both sides of 1 mean that it cannot be told."
)


def places(told: Gathered) -> list[Slide]:
    """The ward or locality that was chosen, in the words of the meeting view."""
    wanted = {meeting.place_id(code) for code in told.asked.chosen}
    return [
        Slide(
            "place",
            f"{screen.title}: {screen.sentence.split(' ', 1)[-1].lower()}",
            screen.points,
            Grid(
                ("Figure", "Value"),
                tuple((screen.facts or {}).items()),
                (0.36, 0.64),
                f"Table of the figures of {screen.title}.",
            ),
            screen.basis or "",
            (READ_RATIO,),
        )
        for screen in told.screens_of("place")
        if screen.id in wanted
    ]


def localities(told: Gathered) -> list[Slide]:
    """The localities of the reader, each added up before it was compared; none where there are none."""
    grouped = told.asked.grouped
    if grouped is None:
        return []
    rows = rows_of(grouped.grouped)
    short = [str(row["area_name"]) for row in rows if row["verdict"] in charts.UNDER]
    are = "is" if len(short) == 1 else "are"
    title = f"{listed(short)} {are} under-provided as a whole" if short else "No locality is under-provided as a whole"
    read = "Wards of a locality are added up before they are compared; an average can hide a pocket of need."
    return _tabled(grouped, rows, "localities", title, (read,), _heads("Locality", grouped))


def decided(told: Gathered) -> list[Slide]:
    """The decisions in force on the same comparison, and what became of their figures."""
    held = told.asked.decided[: meeting.MOST_DECIDED]
    if not held:
        return []
    rows = tuple(
        (
            meeting.said_day(one.words.met_on),
            meeting.briefly(one.words.what, 110),
            meeting.said_day(one.words.review_on),
            _became(since),
        )
        for one, since in held
    )
    heads = ("Decided on", "What was decided", "Look again on", "Its figures since")
    count = "one decision stands" if len(rows) == 1 else f"{len(rows)} decisions stand"
    widths = (0.16, 0.46, 0.17, 0.21)
    letters = table_letters((heads, *rows), widths)
    grid = Grid(heads, rows, widths, "Table of decisions made on the same comparison.", letters)
    return [Slide("decided", f"On the same comparison {count}", (), grid, told.result.basis)]


def _became(since: ThenNow | None) -> str:
    if since is None:
        return "can no longer be worked out"
    if since.same:
        return "as they were"
    count = len(since.verdicts)
    return "changed; no verdict differs" if not count else f"changed; verdicts that differ: {count}"


def every_ward(result: Gap) -> list[Slide]:
    """Every ward with its figures, the furthest short first."""
    rows = [row for row in rows_of(gap_view.ordered(result)) if row["area_code"] != REST]
    read = f"Every ward, the furthest short first. {READ_RATIO}"
    return _tabled(result, rows, "wards", "Every ward, with its limits", (read,), _heads("Ward", result))


def _tabled(
    result: Gap, rows: Sequence[Row], name: str, title: str, notes: tuple[str, ...], heads: tuple[str, ...]
) -> list[Slide]:
    """Areas with their figures in as many tables as it takes."""
    pages = paged(heads, [_line(result, row) for row in rows], WIDTHS, SIZE)
    many = len(pages) > 1
    return [
        Slide(
            f"{name}-{place}" if many else name,
            f"{title} ({place} of {len(pages)})" if many else title,
            (),
            Grid(heads, tuple(page), WIDTHS, f"Table of {len(page)} areas.", SIZE),
            result.basis,
            notes,
        )
        for place, page in enumerate(pages, start=1)
    ]


def _heads(area: str, result: Gap) -> tuple[str, ...]:
    limits = "range by catchment" if result.provision.kind == "access" else "limits"
    return area, "What can be said", f"Over its share of need ({limits})", "Need", "Provision"


def _line(result: Gap, row: Row) -> tuple[str, ...]:
    shown = figure(result, row)
    verdict = VERDICTS[row["verdict"]]
    blank = WITHHELD if shown.status == "suppressed" else shown.why or "not known"
    value = f"{shown.value} ({shown.limits.removesuffix(BY_CATCHMENT)})" if shown.limits else shown.value or blank
    return shown.label, f"{verdict.symbol} {verdict.label}", value, shown.need or blank, shown.provision or blank
