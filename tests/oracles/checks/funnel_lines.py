"""The hundred points that OHID draws a funnel's lines through, and the labels of rates against it.

The areas a funnel is of are found in the folder: those of any file whose axis and average are those of the answers.
Where none has them, the points have to follow from the first and last of them, and the lines from the centre printed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.statistics.funnel import exact_limits, ratio_funnel
from analysis.statistics.funnel_grid import (
    LEVELS,
    count_points,
    proportion_grid,
    proportion_points,
    rate_grid,
    ratio_grid,
    steps,
)
from tests.oracles.agreement import Cell, Check, compared
from tests.oracles.folder import Folder

AXES = {"proportion": "size", "ratio": "count", "rate": "count"}
COUNTS = ("x", "numerator", "observed", "obs", "count", "total_count", "events", "ev")
POPULATIONS = ("n", "denominator", "pop", "population", "total_pop")
EXPECTED = ("expected", "exp", "denominator", "n")
RATES = ("rate", "value", "dsr")
SHORT = {"lower": "lo", "upper": "hi"}
KINDS = {"population": "proportion", "observed_events": "ratio", "events": "rate"}
CENTRES = ("baseline", "average", "centre")
SEARCHED = 2.0**23
USUAL_MULTIPLIER = 1000
FEW = "Not applicable for events less than 10 for dsrs"


@dataclass(frozen=True)
class Answers:
    """One funnel's right answers: what it is of, and what its figures are multiplied by."""

    rows: pd.DataFrame
    kind: str
    axis: str
    per: float
    years: float

    @property
    def given(self) -> np.ndarray:
        return self.rows[self.axis].to_numpy(float)

    @property
    def centre(self) -> float:
        """The centre printed, or that the lines imply: halfway between those of a proportion that are not cut."""
        printed = [column for column in CENTRES if column in self.rows]
        if printed:
            return float(self.rows[printed[0]].median()) / self.per
        low, high = (self.rows[self._line(end, "")] for end in ("lower", "upper"))
        if self.kind == "proportion":
            return float(((low + high) / 2)[(low > 0) & (high < self.per)].median()) / self.per
        return float((low / count_points(self.given)["lower"].to_numpy()).median()) / self.per

    @property
    def columns(self) -> dict[str, str]:
        """Their columns to ours."""
        lines = {self._line(end, suffix): f"{end}{suffix}" for end in SHORT for suffix in LEVELS}
        words = {name: name for name in ("statistic", "method")}
        centres = dict.fromkeys(CENTRES, "centre") if self.kind != "ratio" else {}
        known = {self.axis: AXES[self.kind], **lines, **_places(), **centres, **words}
        return {theirs: ours for theirs, ours in known.items() if theirs in self.rows}

    def _line(self, end: str, suffix: str) -> str:
        usual = f"{end}_{'3s' if suffix else '2s'}_limit"
        return usual if usual in self.rows else f"{SHORT[end]}{suffix.strip('_') or '95'}"

    @property
    def of_counts(self) -> bool:
        """Whether the lines of a ratio are less 1 rather than times 100."""
        return "statistic" in self.rows and str(self.rows["statistic"].iloc[0]).endswith("(count)")


def limits(folder: Folder, name: str) -> list[Cell]:
    want = folder.rows(name)
    parts = [rows for _, rows in want.groupby("set", sort=False)] if "set" in want else [want]
    return [cell for rows in parts for cell in _limits(folder, name, _answers(rows, name))]


def _limits(folder: Folder, name: str, answers: Answers) -> list[Cell]:
    """The cells of the areas, in any file of the folder or else none, that leave fewest wrong."""
    found = [(source, _cells(folder, name, answers, grid)) for source, grid in _grids(folder, name, answers)]
    source, cells = min(found, key=lambda pair: sum(not cell.passed for cell in pair[1]))
    folder.opened.add(source)
    return cells


def _cells(folder: Folder, name: str, answers: Answers, grid: pd.DataFrame) -> list[Cell]:
    label = ["set", answers.axis] if "set" in answers.rows else [answers.axis]
    exact = _worded(answers, _scaled(answers, grid))
    got = exact
    if answers.kind != "proportion" and len(grid) == len(answers.rows):
        got = _nearer(answers, exact, _worded(answers, _scaled(answers, as_searched(grid))))
    return compared(got, answers.rows, answers.columns, folder.tolerance(name), label=label)


def _nearer(answers: Answers, exact: pd.DataFrame, searched: pd.DataFrame) -> pd.DataFrame:
    """Each line exact, or as near as OHID's search comes to it, whichever the answers have."""
    got = exact.copy()
    for theirs, ours in answers.columns.items():
        if re.match("(lower|upper)", ours):
            want = answers.rows[theirs].to_numpy(float)
            better = np.abs(searched[ours].to_numpy() - want) < np.abs(exact[ours].to_numpy() - want)
            got[ours] = exact[ours].mask(better, searched[ours])
    return got


def as_searched(grid: pd.DataFrame) -> pd.DataFrame:
    """OHID looks for the expected count by halving the range of expected / (count + 1 + expected) 23 times."""
    found, count = grid.copy(), grid["count"].to_numpy()
    for suffix, confidence in LEVELS.items():
        for end, exact in zip(("upper", "lower"), exact_limits(count, confidence), strict=True):
            share = (np.floor(exact / (count + 1 + exact) * SEARCHED) + 0.5) / SEARCHED
            part = (count + 1) * share / (1 - share) / exact
            found[f"{end}_at{suffix}"] *= part
            found[f"{end}{suffix}"] /= part
    return found


def _scaled(answers: Answers, grid: pd.DataFrame) -> pd.DataFrame:
    lines = [column for column in grid if re.fullmatch(r"(lower|upper)(_998)?|centre", str(column))]
    scaled = {"proportion": 100 * grid[lines], "ratio": 100 * grid[lines], "rate": grid[lines]}[answers.kind]
    return grid.assign(**(grid[lines] - 1 if answers.of_counts else scaled))


def _worded(answers: Answers, grid: pd.DataFrame) -> pd.DataFrame:
    """With OHID's words for it; whether a rate is crude or standardised only its own words can say."""
    written = str(answers.rows["statistic"].iloc[0]) if "statistic" in answers.rows else ""
    standardised = "dsr" if "dsr" in written else "crude"
    words = {
        "proportion": "proportion",
        "ratio": f"ratio ({'count' if answers.of_counts else 'isr'})",
        "rate": f"rate ({standardised} per {int(answers.per):,})",
    }
    return grid.assign(statistic=words[answers.kind], method="Wilson" if answers.kind == "proportion" else "Poisson")


def _grids(folder: Folder, name: str, answers: Answers) -> Iterator[tuple[str, pd.DataFrame]]:
    for source, areas in _areas(folder, answers.kind):
        try:
            yield source, _of_areas(answers, areas)
        except ValueError:
            continue
    yield from ((name, grid) for grid in _of_itself(answers))


def _of_areas(answers: Answers, areas: pd.DataFrame) -> pd.DataFrame:
    if answers.kind == "proportion":
        return proportion_grid(areas["x"], areas["n"])
    if answers.kind == "ratio":
        return ratio_grid(areas["n"])
    return rate_grid(areas["x"], areas["n"], answers.per, answers.years)


def _of_itself(answers: Answers) -> Iterator[pd.DataFrame]:
    first, *_, before, last = answers.given
    if answers.kind == "proportion":
        yield proportion_points(steps(first, last), answers.centre)
    elif answers.kind == "rate":
        yield _about(count_points(steps(first, last)), answers)
    else:
        ends = range(math.floor((last - 0.5) ** 2 / before), math.ceil((last + 0.5) ** 2 / before) + 1)
        yield from (count_points(steps(first, end, short=True)) for end in ends)


def _about(points: pd.DataFrame, answers: Answers) -> pd.DataFrame:
    centre = answers.centre
    at, lines = list(points.filter(regex="_at")), list(points.filter(regex="^(lower|upper)(_998)?$"))
    scaled = {**(points[at] / (centre * answers.years)), **(points[lines] * centre * answers.per)}
    return points.assign(**scaled, centre=centre * answers.per)


def _areas(folder: Folder, kind: str) -> Iterator[tuple[str, pd.DataFrame]]:
    """Counts and populations (or expected counts) of every file that has them, each set apart and together."""
    for name in folder.tables():
        held = folder.peek(name)
        whole = {column.lower(): column for column in held}
        counts, sizes = (
            [whole[word] for word in words if word in whole]
            for words in (COUNTS, EXPECTED if kind == "ratio" else POPULATIONS)
        )
        if not sizes or not (counts or kind == "ratio"):
            continue
        rows = held.rename(columns={sizes[0]: "n"} | ({counts[0]: "x"} if counts else {}))
        own = rows[[column for column in ("x", "n") if column in rows]].apply(pd.to_numeric, errors="coerce")
        yield from ((name, part[part["n"] > 0].dropna()) for part in _parts(rows, own))


def _parts(rows: pd.DataFrame, own: pd.DataFrame) -> Iterator[pd.DataFrame]:
    yield own
    if "set" in rows:
        yield from (part for _, part in own.groupby(rows["set"]))
    if rows.iloc[:, 0].duplicated().any():
        yield own.groupby(rows.iloc[:, 0]).sum()


def _answers(rows: pd.DataFrame, name: str) -> Answers:
    axis = next((column for column in rows if column.lower() in KINDS), None)
    kind = next((kind for kind, word in (("rate", "rate"), ("ratio", "ratio")) if f"_{word}" in name), "proportion")
    if axis is None:
        axis = next(column for column in rows if column not in {"set", "statistic", "method", *CENTRES})
    else:
        kind = KINDS[axis.lower()]
    per, years = (100.0, 1.0) if kind != "rate" else _multiplier(rows, rows[axis])
    return Answers(rows, kind, axis, per, years)


def _multiplier(rows: pd.DataFrame, events: pd.Series) -> tuple[float, float]:
    """What rates are per, and the years they are of, from the words or from the populations printed."""
    words = re.search(r"per ([\d,]+)", str(rows["statistic"].iloc[0])) if "statistic" in rows else None
    per = float(words[1].replace(",", "")) if words else 0.0
    people = [column for column in rows if column.endswith("_population_1_year")]
    if not people or "baseline" not in rows:
        return per or USUAL_MULTIPLIER, 1.0
    at = count_points(events)[_places()[people[0]]].to_numpy()
    per_years = float((rows["baseline"] * rows[people[0]] / at).median())
    per = per or 10.0 ** math.ceil(round(math.log10(per_years), 4))
    return per, round(per / per_years, 4)


def _places() -> dict[str, str]:
    return {
        f"{end}_{'3s' if suffix else '2s'}_{at}": f"{end}_at{suffix}"
        for at in ("exp_events", "population_1_year")
        for end in SHORT
        for suffix in LEVELS
    }


def rate_labels(folder: Folder, name: str) -> list[Cell]:
    """OHID's labels of rates; the people behind a rate are those it implies, or where it is 0 those printed."""
    want = folder.rows(name)
    parts = [rows for _, rows in want.groupby("set", sort=False)] if "set" in want else [want]
    got = pd.concat([_rate_labels(rows) for rows in parts]).loc[want.index]
    return compared(got, want, {"significance": "label"}, folder.tolerance(name), label=[want.columns[0]])


def _rate_labels(rows: pd.DataFrame) -> pd.DataFrame:
    held = {column.lower(): column for column in rows}
    x, people, rate = (
        next((rows[held[word]].astype(float) for word in words if word in held), None)
        for words in (COUNTS, POPULATIONS, RATES)
    )
    if x is None or (people is None and rate is None):
        raise ValueError("a funnel of rates needs a count and a population or a rate")
    per = float(USUAL_MULTIPLIER)
    if people is not None and rate is not None:
        per = 10.0 ** round(math.log10((rate * people / x)[x > 0].median()))
    if rate is not None:
        implied = per * x / rate.where(x > 0)
        people = implied if people is None else implied.fillna(people)
    average = x.sum() / people.sum()
    printed = next((float(rows[column].iloc[0]) for column in CENTRES if column in rows), average)
    average = min((printed, printed / per), key=lambda centre: abs(math.log(centre / average)))
    known = people.notna()
    label = pd.Series("Not significant", index=rows.index)
    label[known] = ratio_funnel(x[known], people[known] * average, ohid=True)["label"].to_numpy()
    if rows["significance"].eq(FEW).any():
        label = label.mask(x < 10, FEW)
    return pd.DataFrame({"label": label})


LINES = frozenset({"lower_2s_limit", "upper_2s_limit", "lower_3s_limit", "upper_3s_limit"})
CHECKS = [
    *(Check(f"funnel_{kind}_limits", LINES, limits) for kind in ("prop", "ratio", "rate")),
    Check("funnel_rate_signif", frozenset({"rate", "significance"}), rate_labels),
]
