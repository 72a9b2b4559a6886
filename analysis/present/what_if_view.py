"""A scenario in words, and as a map: the answer, each step, who gains and loses, and what the limits do."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.comparison import Verdict
from analysis.present.bands import Banded
from analysis.present.gap_view import MapView, Row, rows_of
from analysis.present.palette import NO_VALUE, VERDICTS, Class
from analysis.present.words import chance, limits, listed, number
from analysis.scenario.moves import Changed
from analysis.scenario.outcome import Outcome, Standing
from analysis.scenario.steps import (
    SITE_STEPS,
    CloseSite,
    GrowNeed,
    MoveBetweenSites,
    MovePlaces,
    OpenSite,
    ResizeSite,
    SetTotal,
    Step,
)
from analysis.scenario.today import title_of

MANY = 5
MOST_LISTED = 6
MEASURES = {"short": "Short of fair share", "change": "Change from today"}
NOT_STAFF = (
    "**Staff moves are not places.** Moving a place on this page moves no worker, building or contract, and may end "
    "somebody's support where it was. Ask of every change whether each team is still large enough to work safely: its "
    "smallest size (the minimum viable team) is not known to the atlas. Let *Fewest places in any ward* stand for it."
)


def _like(verdict: Verdict, label: str, symbol: str) -> Class:
    look = VERDICTS[verdict]
    return Class(label, symbol, look.light, look.dark)


_SHORT = {
    (Standing.SHORT, True): _like(Verdict.UNDER_CERTAIN, f"Short of its fair share by {MANY} places or more", "▼▼"),
    (Standing.SHORT, False): _like(Verdict.UNDER_LIKELY, f"Short by fewer than {MANY}", "▼"),
    (Standing.ABOUT, False): _like(Verdict.IN_LINE, "Cannot be told apart from its fair share", "="),
    (Standing.OVER, False): _like(Verdict.OVER_LIKELY, f"Over its fair share by fewer than {MANY}", "▲"),
    (Standing.OVER, True): _like(Verdict.OVER_CERTAIN, f"Over by {MANY} places or more", "▲▲"),
}
_CHANGE = {
    (-1, True): _like(Verdict.UNDER_CERTAIN, f"Loses {MANY} places or more", "−−"),
    (-1, False): _like(Verdict.UNDER_LIKELY, f"Loses fewer than {MANY}", "−"),
    (0, False): _like(Verdict.IN_LINE, "As today", "="),
    (1, False): _like(Verdict.OVER_LIKELY, f"Gains fewer than {MANY}", "+"),
    (1, True): _like(Verdict.OVER_CERTAIN, f"Gains {MANY} places or more", "++"),
}


def answer(result: Outcome, now: Outcome) -> tuple[str, str]:
    """The answer as one sentence, and what to know before using it."""
    if result.scenario.steps or result.scenario.children:
        return _changed_answer(result, now), " ".join(part for part in (_still_short(result), _more(result)) if part)
    return _today_answer(now), _more(result)


def _service(result: Outcome) -> str:
    return title_of(result.today.service).lower()


def _today_answer(now: Outcome) -> str:
    short = now.standing(Standing.SHORT)
    places = f"{number(now.total)} places of {_service(now)}"
    if short.empty:
        return (
            f"Today's {places} lie about where this need is: no ward is further below its fair share than the "
            "uncertainty in need explains."
        )
    names = listed(list(short["area_name"]))
    together = f"{number(short['short'].sum())} places" + (" between them" if len(short) > 1 else "")
    return f"Of today's {places}, {names} {_have(short)} fewer than {_their(short)} fair share, by {together}."


def _changed_answer(result: Outcome, now: Outcome) -> str:
    kept = f"{percent(result.within)} of need is within the places of its ward, against {percent(now.within)} today"
    gains, loses = gainers(result), losers(result)
    parts = [f"{listed(gains)} {'gains' if len(gains) == 1 else 'gain'}"] if gains else []
    parts += [f"{listed(loses)} {'loses' if len(loses) == 1 else 'lose'}"] if loses else []
    return f"With these changes {kept}" + (f": {', '.join(parts)}." if parts else "; no ward gains or loses a place.")


def _still_short(result: Outcome) -> str:
    short = result.standing(Standing.SHORT)
    names = listed(list(short["area_name"]), 6)
    return f"Still short of {_their(short)} fair share: {names}." if names else ""


def _more(result: Outcome) -> str:
    unknown = result.standing(Standing.NOT_KNOWN)
    lacking = (
        f"The need of {listed(list(unknown['area_name']))} is not known, so it keeps its places."
        if len(unknown)
        else ""
    )
    counted = (
        f"About {number(result.unmet)} of {number(result.needed)} places needed are in the wrong ward or missing. Need "
        "starts from today's total, so this shows how places are spread, not whether there are enough."
    )
    return " ".join(part for part in (lacking, counted) if part)


def _have(rows: pd.DataFrame) -> str:
    return "has" if len(rows) == 1 else "have"


def _their(rows: pd.DataFrame) -> str:
    return "its" if len(rows) == 1 else "their"


def percent(share: float) -> str:
    """A share as a per cent with one decimal; only a whole is called 100%."""
    shown = f"{100 * share:.1f}%"
    return "over 99.9%" if shown == "100.0%" and share < 1 - 1e-9 else shown.replace("100.0%", "100%")


def gainers(result: Outcome) -> list[str]:
    """Names of the wards that gain places, the most first."""
    found = result.table[result.table["change"] > 0].sort_values("change", ascending=False, kind="stable")
    return list(found["area_name"])


def losers(result: Outcome) -> list[str]:
    """Names of the wards that lose places, the most first."""
    found = result.table[result.table["change"] < 0].sort_values("change", kind="stable")
    return list(found["area_name"])


def three_lists(result: Outcome) -> dict[str, list[str]]:
    """Who gains, who loses, and where need stays unmet, each ward with its figures."""
    rows = rows_of(result.table)
    gains = sorted((row for row in rows if row["change"] > 0), key=lambda row: -row["change"])
    loses = sorted((row for row in rows if row["change"] < 0), key=lambda row: row["change"])
    unmet = rows_of(result.standing(Standing.SHORT))
    more = len(unmet) - MOST_LISTED
    return {
        "Who gains": [f"{row['area_name']}: {signed(row['change'])}, to {number(row['places'])}" for row in gains],
        "Who loses": [f"{row['area_name']}: {signed(row['change'])}, to {number(row['places'])}" for row in loses],
        "What stays unmet": [
            f"{row['area_name']}: short by {limits(row['short'], row['short_lower'], row['short_upper'], 1)}"
            for row in unmet[:MOST_LISTED]
        ]
        + ([f"and {more} more, in the chart and the table"] if more > 0 else []),
    }


EMPTY = {
    "Who gains": "No ward gains a place.",
    "Who loses": "No ward loses a place.",
    "What stays unmet": "No ward is surely short of its fair share.",
}


def signed(value: float, decimals: int = 0) -> str:
    """A change with its sign."""
    return f"+{number(value, decimals)}" if value > 0 else number(value, decimals)


def steps_said(steps: Sequence[Step], changed: Changed) -> list[str]:
    """Every step in words, with the names of wards and sites."""
    return [_said(step, changed) for step in steps]


def _said(step: Step, changed: Changed) -> str:
    match step:
        case MovePlaces(source, target, places):
            return f"Move {_counted(places)} from {changed.name(source)} to {changed.name(target)}"
        case SetTotal(places):
            return f"Have {number(places)} places in all"
        case GrowNeed(percent=rate, years=years):
            verb = "grow" if rate >= 0 else "fall"
            return f"Let need {verb} by {abs(rate):g}% a year for {years} year{'s' if years > 1 else ''}"
        case _:
            return _said_of_site(step, changed)


def _said_of_site(step: MoveBetweenSites | OpenSite | CloseSite | ResizeSite, changed: Changed) -> str:
    match step:
        case MoveBetweenSites(source, target, places):
            return f"Move {_counted(places)} from {changed.name(source)} to {changed.name(target)}"
        case OpenSite(ward, places):
            return f"Open a site in {changed.name(ward)} with {_counted(places)}"
        case CloseSite(site):
            return f"Close {changed.name(site)}"
        case ResizeSite(site, places):
            return f"Give {changed.name(site)} {_counted(places)}"


def _counted(places: int) -> str:
    return f"{number(places)} place{'s' if places != 1 else ''}"


def moves_judged(result: Outcome) -> list[str]:
    """For each move between wards, how often it is right, and whether it is recommended."""
    return [
        f"{_said(one.move, result.changed)}: {_how_often(result, one.right)}. "
        f"**{'Recommended' if one.recommended else 'Not recommended'}**"
        for one in result.moves
    ]


def _how_often(result: Outcome, right: float) -> str:
    if result.fair.sure:
        nearer = "brings places nearer to need" if right == 1 else "does not bring places nearer to need"
        return f"{nearer}; this need is published without limits, so it is taken as it stands"
    return f"right in {chance(right)} of {len(result.fair.draws)} redrawn needs"


def sites_differ(result: Outcome) -> str:
    """What to say when the sites hold another number of places than the wards are given; blank when they agree."""
    held, given = int(result.changed.sites["places"].sum()), result.total
    if held == given or not any(isinstance(step, SITE_STEPS) for step in result.scenario.steps):
        return ""
    return (
        f"The sites now hold {number(held)} places, but the wards are given {number(given)}. Where a place stands and "
        f"whom it is for are two things: set the total to {number(held)} if the places by ward should follow."
    )


def banded(result: Outcome, measure: str) -> Banded:
    """The classes of the map for `short` or `change`."""
    classes = _SHORT if measure == "short" else _CHANGE
    members = {str(row["area_code"]): _class(row, measure) for row in rows_of(result.table)}
    return Banded((*classes.values(), NO_VALUE), members)


def _class(row: Row, measure: str) -> Class:
    if measure == "change":
        side = (row["change"] > 0) - (row["change"] < 0)
        return _CHANGE[side, abs(row["change"]) >= MANY]
    many = row["standing"] != Standing.ABOUT and abs(row["short"]) >= MANY
    return _SHORT.get((row["standing"], many), NO_VALUE)


def map_view(result: Outcome, measure: str, dark: bool) -> MapView:
    """The map of one measure in one theme; `alt` is what a screen reader hears of the whole of it."""
    view = banded(result, measure)
    counts = view.counts()
    counted = ", ".join(f"{item.label}: {count}" for item, count in counts.items())
    alt = f"Map of wards, {MEASURES[measure].lower()}. {counted}. The same figures are in the table below."
    lines = {str(row["area_code"]): _lines(row) for row in rows_of(result.table)}
    return MapView(counts, view.paints(lines, dark), alt)


def _lines(row: Row) -> list[str]:
    places = f"Places: {number(row['places'])} ({number(row['places_today'])} today)"
    if row["reason"]:
        return [places, f"Fair share not known: {row['reason']}"]
    return [
        str(row["standing"]).capitalize(),
        places,
        f"Fair share: {limits(row['fair'], row['fair_lower'], row['fair_upper'], 0)}",
    ]
