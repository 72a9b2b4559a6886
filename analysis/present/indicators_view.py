"""Indicators as sentences: the answer, the recent trend, and figures in their unit."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from analysis.editions import COUNCIL, ENGLAND, SHORT_COUNCIL
from analysis.indicators import SOURCES, SOUTH_WEST, Indicators
from analysis.present.words import number
from analysis.sources.contracts import STATUS_WORDS
from analysis.statistics.benchmark import Outcome, Polarity
from analysis.statistics.trend import Direction, Reason, Trend

Row = Mapping[Hashable, Any]
PERCENT = ("%", "per cent", "% of assessments")
POUNDS = ("£", "pounds", "£ a week", "pounds a week", "pounds an hour")
ARROWS = {Direction.INCREASING: "↗", Direction.DECREASING: "↘", Direction.NO_CHANGE: "→"}
WHY_NOT = {
    Reason.TOO_FEW: "fewer than five yearly figures are held",
    Reason.MISSING: "one of the five newest years has no figure",
    Reason.NO_LIMITS: "one of the five newest years has no limits",
    Reason.ALL_OR_NONE: "in one of the five newest years it was none, or all",
}
READING = {
    "high is worse": "A higher figure is worse.",
    "low is worse": "A lower figure is worse.",
    "neither": "Neither high nor low is called better or worse.",
}
NO_LIMITS = "No limits are held for it, so nothing is claimed about chance."
A_COUNT = "It is a plain count, larger in a larger place, so it is not set beside places of another size."


def decimals_of(rows: pd.DataFrame, unit: str) -> int:
    """How many decimals the figures of one indicator are shown with."""
    known = rows["value"].dropna()
    if known.empty or (known == known.round()).all():
        return 1 if unit in PERCENT and len(known) and rows["lower"].notna().any() else 0
    if unit in PERCENT:
        return 1 if known.abs().max() >= 1 else 2
    return 0 if known.abs().median() >= 1000 else 1 if known.abs().median() >= 10 else 2


def figure(value: float, unit: str, decimals: int) -> str:
    """A figure as people write it: 12.3%, £120, or the bare number where the unit needs words."""
    if pd.isna(value):
        return "–"
    if unit in PERCENT:
        return f"{number(value, decimals)}%"
    return f"£{number(value, decimals)}" if unit in POUNDS else number(value, decimals)


def told(row: Row, unit: str, decimals: int) -> str:
    """A figure with its limits, or why it is blank in words."""
    if pd.isna(row["value"]):
        return STATUS_WORDS[row["status"]]
    if pd.isna(row["lower"]) or pd.isna(row["upper"]):
        return figure(row["value"], unit, decimals)
    low, high = figure(row["lower"], unit, decimals), figure(row["upper"], unit, decimals)
    return f"{figure(row['value'], unit, decimals)} ({low} to {high})"


def capital(words: str) -> str:
    """Words with a capital first, unless they begin with the name of a file."""
    return words if words.partition(" ")[0].rstrip(",").endswith(".csv") else words[:1].upper() + words[1:]


def counted(row: Row) -> str:
    """The count behind a figure, of how many where that is held too."""
    if pd.isna(row["numerator"]):
        return "not given"
    return number(row["numerator"]) + ("" if pd.isna(row["denominator"]) else f" of {number(row['denominator'])}")


def spoken_unit(unit: str) -> str:
    """The unit as it follows a number in a sentence; blank where the number carries it."""
    if unit in PERCENT or unit in ("£", "pounds") or "not given" in unit:
        return " of assessments" if unit == "% of assessments" else ""
    return f" {unit.removeprefix('£ ').removeprefix('pounds ') if unit in POUNDS else unit}"


def answer(held: Indicators, indicator: str, areas: pd.DataFrame, period: str | None) -> tuple[str, str]:
    """The council's newest figure and where England's lies; then region and neighbours, and what to know.

    `areas` is a frame of `indicators.beside`.
    """
    about, rows = held.about(indicator), held.of(indicator)
    if period is None:
        return f"{about['title']}: every figure held is blank. {_blanks(rows)}", ""
    ours = areas[areas["area_code"] == COUNCIL]
    if ours.empty or pd.isna(ours["value"].iloc[0]):
        why = "" if ours.empty else f": it is {STATUS_WORDS[ours['status'].iloc[0]]}"
        first = f"{about['title']}: no figure of {SHORT_COUNCIL} is held for {period}{why}."
        return first, f"{_newest(rows)} {READING[about['polarity']]}".strip()
    row, unit = ours.iloc[0].to_dict(), str(about["unit"])
    decimals = decimals_of(rows, unit)
    first = f"{about['title']}: {figure(row['value'], unit, decimals)}{spoken_unit(unit)} in {SHORT_COUNCIL}, {period}"
    more = [_limits(row, unit, decimals), _region(areas, unit, decimals, comparable=bool(about["comparable"]))]
    more += [READING[about["polarity"]]] if about["comparable"] else [A_COUNT]
    return f"{first}{beside_england(row, about, decimals)}.", " ".join(filter(None, more))


def _newest(rows: pd.DataFrame) -> str:
    known = rows[(rows["area_code"] == COUNCIL) & rows["value"].notna()].sort_values(["period_end", "period"])
    if known.empty:
        return f"None of its figures is of {SHORT_COUNCIL}."
    return f"The newest period with a figure of {SHORT_COUNCIL} is {known['period'].iloc[-1]}."


def _limits(row: Row, unit: str, decimals: int) -> str:
    if pd.isna(row["lower"]):
        return NO_LIMITS
    limits = f"95% limits {figure(row['lower'], unit, decimals)} to {figure(row['upper'], unit, decimals)}"
    if pd.isna(row["numerator"]) or pd.isna(row["denominator"]):
        return f"{limits[0].upper()}{limits[1:]}."
    return f"{number(row['numerator'])} of {number(row['denominator'])}; {limits}."


def beside_england(row: Row, about: Mapping[str, Any], decimals: int) -> str:
    """How the council stands beside England: judged where there are limits, a plain difference where there are none."""
    if pd.isna(row["benchmark"]):
        return "" if not about["comparable"] else "; no figure of England is held for it"
    england = f"England ({figure(row['benchmark'], str(about['unit']), decimals)})"
    if row["outcome"] == Outcome.SIMILAR:
        return f"; similar to {england}, which lies within its limits"
    side = "above" if row["difference"] > 0 else "below"
    if row["outcome"] == Outcome.NOT_COMPARED:
        return f"; {side} {england}" if row["difference"] else f"; the same as {england}"
    word = "" if row["outcome"] in (Outcome.HIGHER, Outcome.LOWER) else f", which is {str(row['outcome']).lower()}"
    return f"; {side} {england}{word}, and statistically significant at 95%"


def _region(areas: pd.DataFrame, unit: str, decimals: int, *, comparable: bool) -> str:
    if not comparable:
        return ""
    region = areas.loc[areas["area_code"] == SOUTH_WEST, "value"].dropna()
    return f"South West {figure(region.iloc[0], unit, decimals)}." if len(region) else ""


def _blanks(rows: pd.DataFrame) -> str:
    reasons = [STATUS_WORDS[status] for status in rows["status"].unique() if status != "ok"]
    return f"It is {' or '.join(reasons)}." if reasons else "No observation is held."


def compared(row: Row, polarity: str, unit: str, decimals: int) -> str:
    """How one area stands beside England, in words for a table."""
    if row["area_code"] == ENGLAND:
        return "is England"
    if pd.isna(row["value"]) or pd.isna(row["benchmark"]):
        return "not compared"
    if row["outcome"] == Outcome.NOT_COMPARED:
        return _difference(row, polarity, unit, decimals)
    return {Outcome.SIMILAR: "similar"}.get(row["outcome"], f"{str(row['outcome']).lower()} (statistically, 95%)")


def _difference(row: Row, polarity: str, unit: str, decimals: int) -> str:
    gap = row["difference"]
    if not round(gap, decimals):
        return "no difference; no limits"
    points = " points" if unit in PERCENT else ""
    amount = number(abs(gap), decimals) if points else figure(abs(gap), unit, decimals)
    worse = (gap > 0) == (polarity == "high is worse")
    sense = "" if polarity == "neither" else ", the worse side" if worse else ", the better side"
    return f"{amount}{points} {'above' if gap > 0 else 'below'}{sense}; no limits"


def trend_sentence(trend: Trend | str, polarity: Polarity, name: str = SHORT_COUNCIL) -> str:
    """The recent trend of one area, or why there is none."""
    if not isinstance(trend, Trend):
        return f"No recent trend can be given for {name}: {WHY_NOT[Reason(trend)] if trend in WHY_NOT else trend}."
    if trend.direction is Direction.UNKNOWN:
        return f"No recent trend can be given for {name}: {WHY_NOT[trend.reason]}."
    if trend.direction is Direction.NO_CHANGE:
        why = (
            "one year alone decides which way it goes" if trend.reason is Reason.OUTLIER else "chance could do as much"
        )
        return f"→ Over the five newest years there is no statistically significant change in {name}: {why}."
    judged = trend.judged(polarity).lower()
    return (
        f"{ARROWS[trend.direction]} Over the five newest years {name} is {judged}, statistically significant at 99.8%."
    )


def printed_sentence(ranges: pd.DataFrame, indicator: str, unit: str) -> str:
    """What the printed profile gives besides: England's worst and best council, and its own recent trend."""
    own = ranges[ranges["indicator_id"] == indicator]
    if own.empty:
        return ""
    row = own.iloc[-1]
    spread = (
        ""
        if pd.isna(row["england_worst"])
        else (
            f"England's councils ran from a worst of {figure(row['england_worst'], unit, 1)} to a best of "
            f"{figure(row['england_best'], unit, 1)}; "
        )
    )
    return f"As printed in 2020 ({row['period']}): {spread}recent trend {row['recent_trend']}. {row['locator']}."


def meaning(about: Mapping[str, Any], basis: str) -> str:
    """What an indicator counts, of whom, how its limits are made, and its caveats (Markdown)."""
    made = {
        "published": "Limits are the publisher's.",
        "wilson": "Limits are Wilson's, worked out here from the counts.",
        "byar": "Limits are Byar's, worked out here from the counts.",
        "none": "No limits are published, and none can be worked out from what is.",
    }[about["limits"]]
    modelled = "An estimate, not a count." if basis == "modelled" else ""
    own = about["printed_title"]
    parts = [
        f"**Definition.** {about['definition']}",
        f"**The publisher calls it** {own}." if isinstance(own, str) else "",
        f"**Unit.** {about['unit']}." + ("" if pd.isna(about["ages"]) else f" Ages: {about['ages']}."),
        f"**Reading it.** {READING[about['polarity']]} {made} {modelled}".strip(),
        _caution(about["caveat"]),
    ]
    return "\n\n".join(part.replace("$", r"\$") for part in parts if part)


def _caution(caveat: object) -> str:
    if not isinstance(caveat, str):
        return ""
    page = caveat.removeprefix("Source: ")
    return f"**Publisher's page.** {page}" if page != caveat else f"**Caution.** {caveat}"


def first_sentence(definition: str) -> str:
    """What an indicator counts, in its first sentence (Markdown)."""
    return definition.partition(". ")[0].rstrip(".").replace("$", r"\$") + "."


def start(held: Indicators, overview: pd.DataFrame) -> tuple[str, str]:
    """How much is held, before anything is asked for."""
    beside = int(overview["benchmark"].notna().sum())
    first = (
        f"{number(len(held.table))} indicators are held; {number(len(overview))} have a figure of {SHORT_COUNCIL}, and "
        f"{number(beside)} can be set beside England."
    )
    return first, "Search for one by word, or open a topic."


def topic_answer(held: Indicators, found: pd.DataFrame, topic: str) -> tuple[str, str]:
    """How many indicators of a topic stand where; the furthest on the worse side named."""
    ranked = found[found["worse"].notna()]
    worse = ranked[ranked["worse"] > 0]
    sure = found["outcome"].eq(Outcome.WORSE).sum()
    every = int(held.table["topic"].eq(topic).sum())
    head = f"{topic.capitalize()}: {SHORT_COUNCIL} is on the worse side of England in {len(worse)} of {len(ranked)}"
    first = f"{head} indicators that say which side is worse."
    named = [f"{row['title']} ({number(100 * row['worse'])}% further)" for row in worse.head(3).to_dict("records")]
    most = f"Furthest: {'; '.join(named)}." if named else ""
    rest = (
        f"{number(sure) if sure else 'None'} of the differences {'is' if sure == 1 else 'are'} shown to be worse "
        "statistically (95%); most "
        f"indicators have no limits, so nothing can be said of chance. The topic has {every} indicators, "
        f"{len(found)} with a figure of {SHORT_COUNCIL}."
    )
    return first, f"{most} {rest}".strip()


TOPIC_READING = (
    "Sorted by how far B&NES stands on the worse side of England, as a share of England's figure, in the newest period "
    "that both have; indicators without a better or worse side come last and are never coloured. Periods differ from "
    "row to row, and each line has its own scale, at least a fifth of England's figure to either side. With many "
    "indicators some differ by chance alone: 1 in 20 at 95%."
)


def contracts(held: Indicators, topic: str) -> list[str]:
    """The tables behind a topic."""
    return [
        f"{SOURCES[str(name)]}_OBSERVATIONS" for name in held.table.loc[held.table["topic"] == topic, "source"].unique()
    ]
