"""Every indicator held, from every source together: finding one, its figures with limits, and how areas compare."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from analysis.editions import COUNCIL, ENGLAND
from analysis.sources.library import Library
from analysis.statistics.benchmark import Polarity, against_benchmark
from analysis.statistics.intervals import Floats, rate, wilson
from analysis.statistics.trend import POINTS, Reason, Trend, trend_of_proportions, trend_of_values

SOURCES = {
    "lait": "LAIT",
    "open": "OPEN",
    "profiles": "PROFILES",
    "assessment": "ASSESSMENT",
    "strategies": "STRATEGIES",
}
SOUTH_WEST = "E12000009"
OTHER_COUNCILS = ("E06000024", "E06000054", "E06000006")
POLARITY = {
    "high is worse": Polarity.LOW_IS_GOOD,
    "low is worse": Polarity.HIGH_IS_GOOD,
    "neither": Polarity.NO_JUDGEMENT,
}
AVERAGES = (
    "points",
    "points from 0 to 10",
    "years",
    "percentage points",
    "£ a week",
    "pounds a week",
    "pounds an hour",
    "cases a social worker",
    "goals",
    "micrograms per cubic metre",
    "distance as published (unit not given)",
    "value as published (unit not given)",
)
SERIES = ("period_end", "value", "lower", "upper", "numerator", "denominator")
YEAR = r"\d{4}(/\d{2})?"
NOT_YEARLY = "its figures are for quarters, or pool several years"
NOT_RUNNING = "the five newest years do not follow one another"
NO_COUNTS = "it is held without the counts, or limits, that the official test needs"
NO_WIDTH = "limits of no width give the test nothing to weigh"


NOT_FOR_ENGLAND = {
    "lait_firstyjs": "What the source gives for England is larger than for any region, so it is left out."
}


@dataclass(frozen=True)
class Indicators:
    """All indicators and their observations, sorted by indicator; `neighbours` are codes, nearest first.

    `table` has one row an indicator, indexed by its id, with `source` (the name of its tables) and `comparable`:
    false for a plain count, which is larger in a larger place.
    """

    table: pd.DataFrame
    observations: pd.DataFrame
    ranges: pd.DataFrame
    neighbours: tuple[str, ...]

    @cached_property
    def places(self) -> dict[str, slice]:
        """Where the rows of each indicator stand."""
        found = self.observations["indicator_id"].to_numpy()
        starts = np.flatnonzero(np.r_[True, found[1:] != found[:-1]])
        return {str(found[a]): slice(a, b) for a, b in zip(starts, [*starts[1:], len(found)], strict=True)}

    @cached_property
    def words(self) -> list[tuple[str, str, str]]:
        """Id, title, and the rest of its words, of each indicator, plain and lower-case, for the search.

        The rest are the publisher's own title, the topic and the definition.
        """
        rows = self.table[["title", "printed_title", "topic", "definition"]].fillna("").astype(str).itertuples()
        return [(str(row[0]), plain(row[1]), plain(" ".join(row[2:]))) for row in rows]

    @cached_property
    def _abouts(self) -> dict[str, dict[str, Any]]:
        rows = zip(self.table.index, self.table.to_dict("records"), strict=True)
        return {str(name): {str(column): value for column, value in row.items()} for name, row in rows}

    def about(self, indicator: str) -> dict[str, Any]:
        """What is said of one indicator: title, unit, polarity and the rest of its row."""
        return dict(self._abouts[indicator])

    def of(self, indicator: str) -> pd.DataFrame:
        """The observations of one indicator, with limits."""
        place = self.places.get(indicator)
        return self.observations.iloc[place if place else slice(0, 0)].reset_index(drop=True)


def collected(library: Library, areas: Collection[str] | None = None) -> Indicators:
    """Every indicator of every source, with limits where its contract says how they are made.

    With `areas`, the figures of these codes alone.
    """
    tables, rows = [], []
    for source, name in SOURCES.items():
        tables.append(library.table(f"{name}_INDICATORS").assign(source=source))
        read = library.table(f"{name}_OBSERVATIONS")
        rows.append(read if areas is None else read[read["area_code"].isin(list(areas))])
    near = library.table("STATISTICAL_NEIGHBOURS").sort_values("order")
    return assembled(pd.concat(tables), pd.concat(rows), library.table("PROFILES_RANGES"), near["neighbour_code"])


def no_indicators() -> Indicators:
    """What `collected` gives where no table of indicators is held."""
    columns = ("title", "topic", "unit", "limits", "per", "polarity", "source", "comparable")
    observations = ("indicator_id", "area_code", "period", "basis", "status", "note", "locator", *SERIES)
    table = pd.DataFrame(columns=list(columns), index=pd.Index([], name="indicator_id"))
    return Indicators(table, pd.DataFrame(columns=list(observations)), pd.DataFrame(), ())


def assembled(table: pd.DataFrame, rows: pd.DataFrame, ranges: pd.DataFrame, neighbours: pd.Series) -> Indicators:
    """Indicators from the frames of their contracts; `table` carries `source` besides."""
    indexed = table.set_index("indicator_id")
    indexed["printed_title"] = indexed.get("printed_title", pd.Series(pd.NA, indexed.index, dtype=object))
    indexed["comparable"] = indexed["per"].gt(1) | indexed["unit"].isin(AVERAGES)
    ordered = rows.sort_values(["indicator_id", "area_code", "period_end", "period"], ignore_index=True)
    doubted = (ordered["area_code"] == ENGLAND) & ordered["indicator_id"].isin(list(NOT_FOR_ENGLAND))
    ordered = ordered[~doubted].reset_index(drop=True)
    return Indicators(indexed, with_limits(ordered, indexed), ranges, tuple(str(code) for code in neighbours))


def with_limits(rows: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """The rows with 95% limits of proportions (Wilson) and rates (Byar) where counts are held and none are published.

    Limits that would not hold the published value, because its counts are rounded, are left out.
    """
    how, per = rows["indicator_id"].map(table["limits"]), rows["indicator_id"].map(table["per"]).to_numpy(float)
    x, n, value = (rows[name].to_numpy(float) for name in ("numerator", "denominator", "value"))
    known = rows["lower"].isna().to_numpy() & ~np.isnan(x + n + value) & (n > 0)
    lower, upper = rows["lower"].to_numpy(float).copy(), rows["upper"].to_numpy(float).copy()
    share, events = known & how.eq("wilson").to_numpy() & (x <= n), known & how.eq("byar").to_numpy()
    low, high = wilson(x[share], n[share])
    lower[share], upper[share] = per[share] * low, per[share] * high
    _, lower[events], upper[events] = rate(x[events], n[events], per[events])
    apart = (lower > value + 1e-9) | (upper < value - 1e-9)
    return rows.assign(lower=np.where(apart, np.nan, lower), upper=np.where(apart, np.nan, upper))


def plain(text: str) -> str:
    """Lower-case letters and figures with single spaces, so that looked-after finds looked after."""
    return " ".join(re.findall(r"[a-z0-9%+]+", text.lower().replace("'", "").replace("\u2019", "")))


def search(held: Indicators, words: str, topic: str | None = None, most: int | None = None) -> list[str]:
    """Ids of the indicators that hold every word, best first: in the title, at its start, then elsewhere.

    No words find all, by title.
    """
    asked, inside = plain(words).split(), None if topic is None else set(held.table.index[held.table["topic"] == topic])
    found = [
        (score, title, name)
        for name, title, rest in held.words
        if (inside is None or name in inside) and (score := _score(asked, title, rest)) is not None
    ]
    return [name for _, _, name in sorted(found)[:most]]


def _score(asked: list[str], title: str, rest: str) -> tuple[int, int, int] | None:
    padded, elsewhere = f" {title}", f" {rest}"
    if not all(word in padded or f" {word}" in elsewhere for word in asked):
        return None
    outside = sum(f" {word}" not in padded for word in asked)
    phrase = " ".join(asked)
    return (outside, 0 if title.startswith(phrase) else 1 if f" {phrase}" in padded else 2, len(title))


def newest_period(rows: pd.DataFrame) -> str | None:
    """The newest period with a figure of the council; else with any figure; none where every figure is blank."""
    known = rows[rows["value"].notna()]
    ours = known[known["area_code"] == COUNCIL]
    newest = (known if ours.empty else ours).sort_values(["period_end", "period"])
    return None if newest.empty else str(newest["period"].iloc[-1])


def beside(rows: pd.DataFrame, period: str, polarity: str, *, comparable: bool) -> pd.DataFrame:
    """The areas of one period with `benchmark` (England's value), `difference` from it and `outcome`.

    The outcome is of the official rule where the area has limits, and is otherwise Not compared: a plain difference
    claims nothing. Plain counts are never set beside England's.
    """
    found = rows[rows["period"] == period].reset_index(drop=True)
    england = found.loc[found["area_code"] == ENGLAND, "value"]
    value = float(england.iloc[0]) if comparable and len(england) else np.nan
    return judged(found.assign(benchmark=value, polarity=polarity)).drop(columns="polarity")


def judged(found: pd.DataFrame) -> pd.DataFrame:
    """Rows with limits, a `benchmark` and a `polarity` given `outcome` (the official rule) and `difference`."""
    parts = [_of_polarity(part, str(polarity)) for polarity, part in found.groupby("polarity")]
    return pd.concat(parts).sort_index() if parts else found.assign(outcome="", difference=np.nan)


def _of_polarity(found: pd.DataFrame, polarity: str) -> pd.DataFrame:
    itself = found["area_code"].eq(ENGLAND).to_numpy()
    outcome = against_benchmark(found["lower"], found["upper"], found["benchmark"], POLARITY[polarity], itself=itself)
    return found.assign(outcome=outcome, difference=(found["value"] - found["benchmark"]).mask(itself))


def recent_trend(rows: pd.DataFrame, area: str, *, share: bool) -> Trend | str:
    """The official recent trend of one area, or why the test cannot be made, in words; `share` if out of 100."""
    own = rows[rows["area_code"] == area].sort_values("period_end")
    yearly = own[own["period"].str.fullmatch(YEAR)]
    last = yearly.tail(POINTS)
    if len(last) < POINTS:
        return NOT_YEARLY if len(own) > len(yearly) else Reason.TOO_FEW
    if last["value"].isna().any():
        return Reason.MISSING
    if last["period_end"].diff().dropna().ne(1).any():
        return NOT_RUNNING
    return _tested(*(last[name].to_numpy(float) for name in SERIES), share=share)


def _tested(
    years: Floats, values: Floats, lower: Floats, upper: Floats, x: Floats, n: Floats, *, share: bool
) -> Trend | str:
    if share and not np.isnan(x + n).any():
        return trend_of_proportions(years, x, n)
    if np.isnan(lower + upper).any():
        return NO_COUNTS
    return NO_WIDTH if (upper <= lower).any() else trend_of_values(years, values, lower, upper)


def overview(held: Indicators) -> pd.DataFrame:
    """One row an indicator with a figure of the council, beside England in the newest period that both have.

    Columns besides those of an observation: benchmark, difference, outcome, `worse` (the difference as a share of
    England's value, above 0 where the council fares worse; missing without a polarity or where a share means
    nothing), and the least, middle and most of the statistical neighbours in that period.
    """
    rows = held.observations[held.observations["value"].notna()]
    england = rows.loc[rows["area_code"] == ENGLAND, ["indicator_id", "period", "value"]]
    ours = rows[rows["area_code"] == COUNCIL].merge(
        england.rename(columns={"value": "benchmark"}), on=["indicator_id", "period"], how="left"
    )
    about = held.table.loc[ours["indicator_id"], ["polarity", "comparable", "least", "topic", "title", "unit"]]
    ours = pd.concat([ours, about.reset_index(drop=True)], axis=1)
    ours["benchmark"] = ours["benchmark"].where(ours["comparable"])
    newest = ours.assign(both=ours["benchmark"].notna()).sort_values(["both", "period_end", "period"])
    found = newest.drop_duplicates("indicator_id", keep="last").drop(columns="both")
    told = judged(found).assign(worse=_worse)
    return told.merge(_neighbours(held, rows), on=["indicator_id", "period"], how="left")


def _worse(found: pd.DataFrame) -> pd.Series:
    sign = found["polarity"].map({"high is worse": 1.0, "low is worse": -1.0, "neither": np.nan})
    lawful = (found["benchmark"] > 0) & (found["least"] >= 0)
    return (sign * found["difference"] / found["benchmark"]).where(lawful)


def _neighbours(held: Indicators, rows: pd.DataFrame) -> pd.DataFrame:
    near = rows[rows["area_code"].isin(held.neighbours)]
    grouped = near.groupby(["indicator_id", "period"])["value"]
    spread = grouped.agg(near_least="min", near_middle="median", near_most="max", near_count="size")
    return spread.reset_index()
