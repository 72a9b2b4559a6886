"""A need index as sentences, map classes and tooltips."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from analysis.editions import EDITIONS
from analysis.need_index import NeedIndex, untold
from analysis.need_indicators import held
from analysis.present.bands import Banded
from analysis.present.gap_view import MapView, Row, rows_of
from analysis.present.palette import NO_VALUE, SEQUENCE_DARK, SEQUENCE_LIGHT, Class
from analysis.present.words import chance, listed, number
from analysis.sources.library import Library
from analysis.statistics.composite import DOUBLE_COUNTING
from analysis.statistics.robustness import EVEN, Membership

COUNTS = {5: "five", 10: "ten"}
WAYS = {
    "z_arith": "Distances from the average, added up (usual)",
    "minmax_geom": "Scaled from 1 to 100, multiplied",
    "rank_mean": "Places, averaged",
}
WAYS_MEAN = {
    "z_arith": "Much need of one kind makes up for little of another, measured from the average ward.",
    "minmax_geom": "Need of every kind counts for more than much need of one kind.",
    "rank_mean": "Only the order of wards counts, not how far apart they stand.",
}
ALL_NAMED = 12
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_WORDS = {
    Membership.CLEARLY: ("Clearly in (95% of reruns or more)", "●●", 4),
    Membership.PROBABLY: ("Probably in (50% to under 95%)", "●", 3),
    Membership.POSSIBLY: ("Possibly in (5% to under 50%)", "○", 1),
    Membership.NO: ("Not in (under 5%)", "–", 0),
}
CLASSES = {
    member: Class(words, symbol, SEQUENCE_LIGHT[place], SEQUENCE_DARK[place])
    for member, (words, symbol, place) in _WORDS.items()
}
NO_INDEX = replace(NO_VALUE, label="No index: a figure is missing")
SHORT = {
    Membership.CLEARLY: "clearly in",
    Membership.PROBABLY: "probably in",
    Membership.POSSIBLY: "possibly in",
    Membership.NO: "not in",
}


def ordinal(place: int, *, words: bool = False) -> str:
    """A place: 3rd, or third where `words` (up to tenth)."""
    if words and place <= len(_ORDINALS):
        return _ORDINALS[place - 1]
    ending = {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th") if place // 10 % 10 != 1 else "th"
    return f"{place}{ending}"


def places(lower: float, upper: float) -> str:
    """A rank interval in figures: 3rd to 6th, or 1st where it is one place."""
    return ordinal(int(lower)) if lower == upper else f"{ordinal(int(lower))} to {ordinal(int(upper))}"


def answer(results: Mapping[str, NeedIndex], way: str, most: int) -> tuple[str, str]:
    """Which wards are among the `most` of most need and how surely; then what cannot be told (methods A4.6).

    `results` holds the same index by each way of combining, and `way` names the one shown.
    """
    result = results[way]
    wards = result.known
    groups = {member: wards[wards[f"worst{most}"] == member] for member in Membership}
    clear = groups[Membership.CLEARLY]
    among = f"in the {COUNTS[most]} wards of most need"
    surely = (
        f"{listed(list(clear['area_name']), ALL_NAMED)} {'is' if len(clear) == 1 else 'are'} {among} in "
        f"{chance(clear[f'p_worst{most}'].min())} of {number(result.draws)} reruns"
        if len(clear)
        else f"No ward is {among} in 95% or more of {number(result.draws)} reruns"
    )
    less = [_less_sure(member, groups[member], most) for member in (Membership.PROBABLY, Membership.POSSIBLY)]
    more = (_another_way(results, way, most), _untold(wards), _only_weights(result))
    return "; ".join([surely, *filter(None, less)]) + ".", " ".join(filter(None, more))


def _less_sure(member: Membership, wards: pd.DataFrame, most: int) -> str:
    named = [f"{row['area_name']} ({chance(row[f'p_worst{most}'])})" for row in rows_of(wards)]
    return f"{member} {listed(named, ALL_NAMED)}" if named else ""


def _another_way(results: Mapping[str, NeedIndex], way: str, most: int) -> str:
    shown, (always, ever), names = _likely(results[way], most), _always_and_ever(results, most), _names(results)
    out, come = _named(names, shown - always), _named(names, ever - shown)
    changes = [f"{out} would more likely be out"] if out else []
    changes += [f"{come} {'in' if out else 'would more likely be in'}"] if come else []
    return f"Combined another way, {' and '.join(changes)} (see below)." if changes else ""


def _untold(wards: pd.DataFrame) -> str:
    first, codes = untold(wards)
    if not codes:
        return ""
    names = wards.set_index("area_code").loc[codes, "area_name"].tolist()
    last = first + len(codes) - 1
    start, end = (ordinal(place, words=last <= len(_ORDINALS)) for place in (first, last))
    return (
        f"Which wards come {start} {'and' if len(codes) == 2 else 'to'} {end} cannot be told apart: "
        f"{listed(names, ALL_NAMED)} could each hold any of these places."
    )


def _only_weights(result: NeedIndex) -> str:
    if any(item.varies for item in result.indicators):
        return ""
    return (
        "Every indicator chosen is a score published without limits and taken as exact, so only the weights were "
        "varied; the true doubt is larger."
    )


def caption(result: NeedIndex, library: Library) -> str:
    """Under the answer: the indicators with their year and kind, and the wards (Markdown)."""
    alike: dict[str, list[str]] = {}
    for item in (held(library, item) for item in result.indicators):
        kind = "published counts" if item.varies else "ward averages, ours, of published scores"
        alike.setdefault(f"{item.period}; {kind}", []).append(item.short)
    named = "; ".join(f"{listed(titles, ALL_NAMED)} ({what})" for what, titles in alike.items())
    return f"**Made of:** {named}. **Wards:** {EDITIONS[result.edition].wards}. Place 1 is the most need."


def twice(result: NeedIndex) -> str:
    """What is counted twice as a warning (Markdown); blank where nothing is."""
    found = result.pairs[result.pairs["twice"]]
    inside = [_inside(result, str(whole), part) for whole, part in found[found["whole"].ne("")].groupby("whole")]
    alike = [_alike(result, row) for row in rows_of(found[found["whole"].eq("")])]
    lines = "\n".join(f"- {line}" for line in [*inside, *alike])
    if not lines:
        return ""
    return (
        f"**Some things are counted twice.**\n\n{lines}\n\nLeave some of these out, or give them less weight, unless "
        "counting twice is what you want."
    )


def _inside(result: NeedIndex, whole: str, pairs: pd.DataFrame) -> str:
    names = set(pairs["first"]) | set(pairs["second"])
    parts = [f"**{item.short}**" for item in result.indicators if item.id in names - {whole}]
    held = f"**{_title(result, whole)}** already contains {listed(parts, ALL_NAMED)}"
    return f"{held}; together they are {_together(result, names)} of the index."


def _alike(result: NeedIndex, row: Row) -> str:
    first, second = (_title(result, row[name]) for name in ("first", "second"))
    do = "rise and fall together" if row["r"] > 0 else "are opposites and cancel each other"
    return (
        f"**{first}** and **{second}** {do} (correlation {number(row['r'], 2)}); together they are "
        f"{_together(result, {row['first'], row['second']})} of the index."
    )


def _together(result: NeedIndex, names: set[str]) -> str:
    return f"{100 * sum(result.weights[name] for name in names):.0f}%"


def once(result: NeedIndex) -> str:
    """What to say where nothing is counted twice: how alike the two most alike indicators are."""
    row = rows_of(result.pairs)[0]
    if pd.isna(row["r"]):
        return "Too few wards have these figures to tell whether two indicators count the same thing."
    return (
        f"No two of these indicators count the same thing twice: the closest, {_title(result, row['first'])} and "
        f"{_title(result, row['second'])}, have a correlation of {number(row['r'], 2)} (1 is exactly alike; above "
        f"{DOUBLE_COUNTING} would be counting twice)."
    )


def _title(result: NeedIndex, name: str) -> str:
    return next(item.short for item in result.indicators if item.id == name)


def banded(result: NeedIndex, most: int) -> Banded:
    """The classes of the map: how surely each ward is among the `most` of most need, never its rank."""
    members = {str(row["area_code"]): _class(row, most) for row in rows_of(result.wards)}
    return Banded((*CLASSES.values(), NO_INDEX), members)


def _class(row: Row, most: int) -> Class:
    return CLASSES.get(row[f"worst{most}"], NO_INDEX)


def map_view(result: NeedIndex, most: int, dark: bool) -> MapView:
    """The map in one theme; `alt` is what a screen reader hears of the whole of it."""
    view = banded(result, most)
    counts = view.counts()
    counted = ", ".join(f"{item.label}: {count}" for item, count in counts.items())
    alt = f"Map of wards among the {COUNTS[most]} of most need. {counted}. The same figures are in the table below."
    return MapView(counts, view.paints({row["area_code"]: _lines(row) for row in rows_of(result.wards)}, dark), alt)


def _lines(row: Row) -> list[str]:
    if row["reason"]:
        return [f"No index. {row['reason']}"]
    return [
        f"Place {places(row['rank_lower'], row['rank_upper'])} in 95% of reruns",
        *(f"In the {words} of most need: {chance(row[f'p_worst{most}'])} of reruns" for most, words in COUNTS.items()),
    ]


def depends(result: NeedIndex) -> str:
    """How much the answer depends on the weights and how much on chance, in one sentence."""
    varied = f"multiplied by a number between {1 - result.spread:g} and {1 + result.spread:g}"
    if pd.isna(result.share_weights):
        return f"No ward changed place in any rerun, although every weight was {varied}."
    if not any(item.varies for item in result.indicators):
        return (
            f"All of the movement in places comes from the weights, each {varied} in each rerun: no indicator chosen "
            "has limits, so nothing else could be varied."
        )
    return (
        f"Of the movement in wards' places over the reruns, {_share(result.share_weights)} comes from the weights, "
        f"each {varied}, and {_share(result.share_sampling)} from chance in the counts of children."
    )


def _share(share: float) -> str:
    return chance(share).replace("over 95%", "nearly all").replace("under 5%", "almost none")


def across(results: Mapping[str, NeedIndex], most: int) -> str:
    """How the wards likeliest to be among the most in need change with the way of combining."""
    (always, ever), names = _always_and_ever(results, most), _names(results)
    first = (
        f"Whichever of the three ways they are combined, {_named(names, always)} "
        f"{'is' if len(always) == 1 else 'are'} more likely than not in the {COUNTS[most]} of most need"
        if always
        else f"No ward is more likely than not in the {COUNTS[most]} of most need in all three ways of combining"
    )
    some = ever - always
    if not some:
        return f"{first}; no other ward is in any of them."
    return f"{first}; {_named(names, some)} {'is' if len(some) == 1 else 'are'} so in some ways only."


def _always_and_ever(results: Mapping[str, NeedIndex], most: int) -> tuple[set[str], set[str]]:
    """Wards more likely than not among the most in need in every way of combining, and in any."""
    likely = [_likely(result, most) for result in results.values()]
    return set.intersection(*likely), set.union(*likely)


def _likely(result: NeedIndex, most: int) -> set[str]:
    return set(result.known.loc[result.known[f"p_worst{most}"] >= EVEN, "area_code"])


def _names(results: Mapping[str, NeedIndex]) -> pd.Series:
    return next(iter(results.values())).known.set_index("area_code")["area_name"]


def _named(names: pd.Series, codes: set[str]) -> str:
    return listed([name for code, name in names.items() if code in codes], ALL_NAMED) if codes else ""
