"""What is met of a need as sentences, map classes and tables."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from analysis.comparison import Verdict
from analysis.met_need import MetNeed
from analysis.present.bands import Banded, equal_count
from analysis.present.gap_view import MapView, Row, rows_of
from analysis.present.palette import NO_VALUE, VERDICTS
from analysis.present.words import limits, listed, number

MEASURES = {
    "fair": "Fair share",
    "met": "Met",
    "unmet": "Unmet",
    "places": "Places",
    "located": "Located in",
}
NOT_SHOWN = "not shown"
HELD = "Not shown: so few that somebody could be recognised, or it would tell such a count."
HALF_A_CASE = 0.5
LEANINGS = {0: "by children alone", 25: "mostly by children", 50: "half and half", 75: "mostly by need"}


def leaning(weight: int) -> str:
    """How a fair share is drawn, in words."""
    return LEANINGS.get(weight, "by need alone")


def headline(found: MetNeed) -> tuple[str, str]:
    """How many more would be reached at a fair share, and how sure that is; then places, waiting and the best fifth."""
    unit, way = found.result.provision.unit, leaning(found.weight)
    short = found.table[found.table["unmet"] > 0].sort_values("unmet", ascending=False)
    if short.empty:
        sentence = f"At a fair share ({way}), no ward whose count is shown is short of {unit} supported."
    else:
        sentence = (
            f"At a fair share ({way}), about {number(short['unmet'].sum())} {unit} more would be supported in "
            f"{len(short)} wards{_held_back(found, short)}, and fewer elsewhere; {_surely(short)}."
        )
    return sentence, f"{_full(found)} {_best(found)}"


def _held_back(found: MetNeed, short: pd.DataFrame) -> str:
    more = found.unmet - short["unmet"].sum()
    return f" and {number(more)} in those held back, taken as one" if more >= HALF_A_CASE else ""


def _surely(short: pd.DataFrame) -> str:
    beyond = list(short.loc[short["verdict"].isin((Verdict.UNDER_CERTAIN, Verdict.UNDER_LIKELY)), "area_name"])
    if not beyond:
        return "in none of them is that more than chance alone would give"
    return f"in {len(beyond)} of them ({listed(beyond, 5)}) that is more than chance alone would give"


def _full(found: MetNeed) -> str:
    unit, total = found.result.provision.unit, found.result.total
    waits = "so few wait that the number is not shown" if pd.isna(found.waiting) else f"{number(found.waiting)} wait"
    used = f": {number(100 * total / found.places)} for every 100 places" if found.places > 0 else ""
    places = "an unknown number of" if pd.isna(found.places) else number(found.places)
    return f"In {found.quarter} there were {places} places and {number(total)} {unit} were supported{used}; {waits}."


def _best(found: MetNeed) -> str:
    if not found.best_wards:
        return "Too few wards have a count that is shown to say which fifth reaches most of its need."
    return (
        f"If every ward did as well for its need as the best fifth ({listed(list(found.best_wards), 6)}), "
        f"{number(found.extra)} more would be supported; part of their lead is chance."
    )


def banded(found: MetNeed, measure: str) -> Banded:
    """The classes of the map of one measure; what may not be shown is a class of its own."""
    table = found.table.set_index("area_code")
    if measure == "fair":
        return Banded(tuple(VERDICTS.values()), {str(code): VERDICTS[kind] for code, kind in table["verdict"].items()})
    name, show = _COLOURED[measure]
    hidden = table.index[table[name].isna() & (table["verdict"] == Verdict.NOT_SHOWN)]
    return equal_count(table[name], show, blank=NO_VALUE).with_class(VERDICTS[Verdict.NOT_SHOWN], hidden)


_COLOURED: dict[str, tuple[str, Callable[[float], str]]] = {
    "met": ("met_per_100", lambda value: f"{value:.0f}"),
    "unmet": ("unmet", lambda value: f"{value:.0f}"),
    "places": ("places_per_100", lambda value: f"{value:.1f}"),
    "located": ("located", lambda value: f"{value:.0f}"),
}


def meaning(found: MetNeed, measure: str) -> str:
    """What the colours of the map count."""
    provision, need = found.result.provision, found.result.need.short
    return {
        "fair": f"Each ward's {provision.unit} supported against its fair share ({leaning(found.weight)}).",
        "met": f"Served: {provision.unit} supported, by where they live, for every 100 {need}.",
        "unmet": f"{provision.unit.capitalize()} short of a fair share of all supported or waiting.",
        "places": f"Commissioned places for the ward's residents, for every 100 {need}.",
        "located": "Located in: places at sites that stand in the ward. Its residents may be served elsewhere.",
    }[measure]


def map_view(found: MetNeed, measure: str, dark: bool) -> MapView:
    """The map of one measure in one theme."""
    view = banded(found, measure)
    counts = view.counts()
    counted = ", ".join(f"{item.label}: {count}" for item, count in counts.items())
    lines = {row["area_code"]: _lines(row, found) for row in rows_of(found.table)}
    return MapView(counts, view.paints(lines, dark), f"Map of wards. {counted}. The figures are in the table below.")


def _lines(row: Row, found: MetNeed) -> list[str]:
    unit, verdict = found.result.provision.unit, VERDICTS[row["verdict"]]
    return [
        f"{verdict.symbol} {verdict.label}",
        f"Supported: {shown(row, 'met')} {unit}; fair share {number(row['fair'], 1)}",
        f"Places: {number(row['capacity'])}; located in the ward: {number(row['located'])}",
    ]


def shown(row: Row, name: str, decimals: int = 0) -> str:
    """A figure, or why it is blank."""
    if pd.notna(row[name]):
        return number(row[name], decimals)
    held = row["verdict"] == Verdict.NOT_SHOWN or (pd.notna(row["met"]) and name in _WITH_WAITING)
    return NOT_SHOWN if held else "not known"


_WITH_WAITING = ("waiting", "full", "far", "not_referred")


def table(found: MetNeed) -> pd.DataFrame:
    """One row a ward, the furthest short of its fair share first, every blank with its reason."""
    ordered = found.table.sort_values(["unmet", "fair"], ascending=[False, False], na_position="last")
    unit, need = found.result.provision.unit, found.result.need.unit
    return pd.DataFrame(
        [
            {
                "Ward": row["area_name"],
                f"Need ({need})": shown(row, "need"),
                "Places": shown(row, "capacity"),
                f"Met ({unit} supported)": shown(row, "met"),
                "For every 100 places": shown(row, "used"),
                "Fair share of supported or waiting": shown(row, "fair", 1),
                "Unmet": shown(row, "unmet", 1),
                "of it: waiting (full)": shown(row, "full", 1),
                "of it: too far": shown(row, "far", 1),
                "of it: not referred, or not needed": shown(row, "not_referred", 1),
                "More, as the best fifth": shown(row, "extra", 1),
                "Places short of fair share": shown(row, "places_short", 1),
            }
            for row in rows_of(ordered)
        ]
    )


def ratios(found: MetNeed) -> pd.DataFrame:
    """The verdict of each ward at this fair share, with limits; worst first."""
    wards = found.result.wards.sort_values("gap", ascending=False, na_position="last")
    return pd.DataFrame(
        {
            "Ward": wards["area_name"],
            "Verdict": [f"{VERDICTS[kind].symbol} {VERDICTS[kind].label}" for kind in wards["verdict"]],
            "Supported ÷ fair share (95% limits)": [
                limits(*cells) if pd.notna(cells[0]) else reason or "too little expected"
                for cells, reason in zip(
                    wards[["oe", "oe_lower", "oe_upper"]].to_numpy(float), wards["reason"], strict=True
                )
            ],
        }
    )


def download(found: MetNeed) -> pd.DataFrame:
    """The table for a spreadsheet, unrounded, with what was asked."""
    result = found.result
    return found.table.assign(
        blank_reason=[_why_blank(row) for row in rows_of(found.table)],
        weight_on_need_percent=found.weight,
        quarter=found.quarter,
        need_lens=result.need.title,
        provision_lens=result.provision.title,
        edition=result.edition,
        basis=result.basis,
    )


def _why_blank(row: Row) -> str:
    """Why cells of a row of the download are blank; empty where none is."""
    if row["verdict"] == Verdict.NOT_SHOWN:
        return HELD
    blank = [name for name in ("need", "capacity", "met") if pd.isna(row[name])]
    told: list[str] = [f"Not known: {listed(blank)}."] if blank else []
    waits: list[str] = [f"waiting, full, far and not_referred: {HELD}"] if pd.isna(row["waiting"]) else []
    return " ".join([*told, *waits])


def known(rows: pd.DataFrame) -> pd.DataFrame:
    """Known beside estimated need, as people read it."""
    return pd.DataFrame(
        {
            "Need": rows["estimated_title"],
            "Estimated": _in_its_year(rows, "estimated"),
            "Known to services": _in_its_year(rows, "known"),
            "Known, of those estimated": [f"{100 * share:.1f}%" for share in rows["share"]],
            "where": rows["estimated_locator"] + "; " + rows["known_locator"],
        }
    )


def _in_its_year(rows: pd.DataFrame, which: str) -> list[str]:
    pairs = zip(rows[f"{which}_value"], rows[f"{which}_period"], strict=True)
    return [f"{number(value)} ({period})" for value, period in pairs]


def method(found: MetNeed) -> str:
    """The method in plain words (Markdown), for the view shown: what is held back of it, or that nothing is."""
    return f"{_METHOD}{_SHOWN_WHOLE if found.result.small_counts else _NOT_SHOWN}"


_METHOD = """
**Fair share.** All cases supported or waiting, shared out part by the ward's children aged 0 to 15 and part by its
need, as the slider says: by children alone for a service meant for everybody, by need alone for one meant for those in
need. Verdicts compare cases supported with that share of all supported, with 95% and 99.8% limits.

**Met and unmet.** *Met* is cases supported in the quarter, by where they live. *Unmet* is what a ward is short of its
fair share; it is never below none, and a ward with more than its share does not make up for one with less. It falls
into three parts as far as the data tell them apart: *waiting*, those on the ward's list, as many as it is short; of
the rest, *too far*, in proportion to the children who live more than 30 minutes by bus from every site of the service
(straight line times 1.3 at 12 km an hour stands in for the journey); and what is left, who were *not referred, or did
not need it*. The return cannot tell the last two of these apart.

**How full.** Cases supported in the quarter for every 100 commissioned places. A place can serve more than one case in
a quarter, so over 100 is possible and is not by itself overcrowding.

**The best fifth.** The fifth of wards with most cases supported for every 100 in need, among those whose count is
shown. Part of their lead is chance, so read the figure as the size of the question and not as a target.

**Served and located.** A site stands in one ward and serves many. The map *Located in* says where places are; *Met*
says where the people live who were helped.

**Not the same people.** Need counts children and the return may count families, so *met for every 100* compares wards;
it is not the share of need that is met.
"""
_NOT_SHOWN = """
**Not shown.** Counts of 1 to 4 are held back, with as many others as keep them hidden, for cases supported and for
cases waiting each; with them goes all that could be worked out from them. What is said of the whole council counts the
wards held back together as one.
"""
_SHOWN_WHOLE = """
**Small counts.** This is an analyst's view. Counts of 1 to 4, of cases supported and of cases waiting, and those that
would give them away, are shown as they were returned, so nothing of it may be published or passed on.
"""
