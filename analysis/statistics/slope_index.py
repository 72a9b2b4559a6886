"""The slope and relative index of inequality across groups from the most to the least deprived."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, logit, ndtri

from analysis.statistics.intervals import Floats
from analysis.statistics.refusals import refuse_rows

Kind = Literal["mean", "rate", "proportion"]
Change = Callable[[Floats], Floats]

SCALES: dict[Kind, tuple[Change, Change]] = {
    "mean": (np.asarray, np.asarray),
    "rate": (np.log, np.exp),
    "proportion": (logit, expit),
}
HIGHEST: dict[Kind, float] = {"mean": np.inf, "rate": np.inf, "proportion": 1.0}
FEWEST_GROUPS, MOST_GROUPS, FEWEST_DRAWS = 5, 100, 1_000
Z_OF_LIMITS_GIVEN = float(ndtri(0.975))


@dataclass(frozen=True)
class SlopeIndex:
    """Gap and ratio between the two ends of the line fitted across groups, with limits; missing is NaN.

    `sii` is the least deprived end less the most deprived, times the multiplier; `rii` the least deprived end over
    the most, upside down for a negative multiplier; `intercept` the most deprived end. The limits are simulated;
    `analytic_lower` and `analytic_upper`, of the SII, are exact and known for means only.
    """

    sii: float
    sii_lower: float
    sii_upper: float
    rii: float
    rii_lower: float
    rii_upper: float
    intercept: float
    analytic_lower: float
    analytic_upper: float
    confidence: float
    method: str


def slope_index(
    population: ArrayLike,
    value: ArrayLike,
    lower: ArrayLike,
    upper: ArrayLike,
    kind: Kind = "mean",
    transform: bool = False,
    multiplier: float = 1.0,
    confidence: float = 0.95,
    draws: int = 100_000,
    seed: int = 0,
) -> SlopeIndex:
    """SII and RII of 5 to 100 groups given from the most to the least deprived; `lower`, `upper` are 95% limits.

    Values are redrawn as normal (means), log-normal (rates) or logit-normal (proportions). `transform` fits the line
    on the log or logit; its limits then keep the middle of the line and turn it. `intercept` is in the units of
    value, under a transform also times the size of the multiplier, as OHID gives it. Where a value or limit is a
    rate of 0, or a proportion of 0 or 1, its error is not known and the simulated limits are missing. A negative RII
    means that the line leaves the possible values: fit it with `transform`.
    Raises ValueError for too few or too many groups, too few draws, a population not above zero, a missing or
    impossible value, limits that do not hold it, a multiplier of 0, or a transform of a mean or of a 0 or 1.
    Source: OHID's method for Fingertips (PHEindicatormethods, phe_sii); Low and Low 2004.
    """
    people, y, low, high = (np.asarray(values, float) for values in (population, value, lower, upper))
    _refuse_settings(people.size, kind, transform, multiplier, draws)
    _refuse_groups(people, y, low, high, kind)
    if transform:
        below = " and below 1" if kind == "proportion" else ""
        refuse_rows((y <= 0) | (y >= HIGHEST[kind]), y, f"A {kind} must lie above 0{below} to be transformed")
    line = _line(people)
    error, drawn = _redrawn(y, low, high, kind, draws, seed)
    start, end = _ends(line, y, kind, transform)
    sii, rii = _indices(start, end, multiplier)
    starts, ends = _turned(line, y, drawn, kind, confidence) if transform else line @ SCALES[kind][1](drawn)
    sii_limits, rii_limits = (_outer(values, confidence) for values in _indices(starts, ends, multiplier))
    within = _analytic(line, error, confidence) if kind == "mean" else np.nan
    return SlopeIndex(
        *(float(sii), *sii_limits, float(rii), *rii_limits),
        intercept=float(start) * (abs(multiplier) if transform else 1.0),
        analytic_lower=float(sii - abs(multiplier) * within),
        analytic_upper=float(sii + abs(multiplier) * within),
        confidence=confidence,
        method=f"simulation, {draws:,} draws",
    )


def _line(people: Floats) -> Floats:
    """The weights, shaped (2, groups), that turn values into the two ends of the line through them."""
    share = people / people.sum()
    place = np.cumsum(share) - share / 2
    centre = share @ place
    slope = share * (place - centre) / (share @ (place - centre) ** 2)
    return np.stack([share - slope * centre, share + slope * (1 - centre)])


def _ends(line: Floats, y: Floats, kind: Kind, transform: bool) -> Floats:
    to, back = SCALES[kind]
    return back(line @ to(y)) if transform else line @ y


def _redrawn(y: Floats, low: Floats, high: Floats, kind: Kind, draws: int, seed: int) -> tuple[Floats, Floats]:
    """The standard errors on the scale of the kind, and draws on that scale shaped (groups, draws)."""
    to, _ = SCALES[kind]
    with np.errstate(divide="ignore", invalid="ignore"):
        centre, error = to(y)[:, None], (to(high) - to(low)) / (2 * Z_OF_LIMITS_GIVEN)
    if not (np.isfinite(centre).all() and np.isfinite(error).all()):
        return error, np.full((y.size, draws), np.nan)
    return error, centre + error[:, None] * np.random.default_rng(seed).standard_normal((y.size, draws))


def _turned(line: Floats, y: Floats, drawn: Floats, kind: Kind, confidence: float) -> Floats:
    """Both ends of the fitted line turned about its middle to the lower and upper limits of its slope."""
    to, back = SCALES[kind]
    middle = (line @ to(y)).mean()
    slopes = np.array(_outer((line[1] - line[0]) @ drawn, confidence))
    return back(np.stack([middle - slopes / 2, middle + slopes / 2]))


def _indices(start: Floats, end: Floats, multiplier: float) -> tuple[Floats, Floats]:
    top, bottom = (end, start) if multiplier > 0 else (start, end)
    ratio = np.divide(top, bottom, out=np.full(np.shape(bottom), np.nan), where=np.not_equal(bottom, 0))
    return multiplier * (end - start), ratio


def _outer(values: Floats, confidence: float) -> tuple[float, float]:
    """The values at the two ranks that hold `confidence` of them between; of two values, themselves."""
    ordered = np.sort(values)
    tail = (1 - confidence) / 2
    first, last = (max(round(values.size * part), 1) - 1 for part in (tail, 1 - tail))
    return float(ordered[first]), float(ordered[last])


def _analytic(line: Floats, error: Floats, confidence: float) -> float:
    z = float(ndtri(1 - (1 - confidence) / 2))
    return z * float(np.hypot.reduce((line[1] - line[0]) * error))


def _refuse_settings(groups: int, kind: Kind, transform: bool, multiplier: float, draws: int) -> None:
    if not FEWEST_GROUPS <= groups <= MOST_GROUPS:
        raise ValueError(f"A slope index needs {FEWEST_GROUPS} to {MOST_GROUPS} groups; {groups} were given.")
    if draws < FEWEST_DRAWS:
        raise ValueError(f"A slope index needs at least {FEWEST_DRAWS:,} draws; {draws} were asked for.")
    if multiplier == 0 or not np.isfinite(multiplier):
        raise ValueError(f"A multiplier of {multiplier:g} leaves no slope; give one above or below 0.")
    if transform and kind == "mean":
        raise ValueError("A mean has no transform; fit it as it is, or say that it is a rate or a proportion.")


def _refuse_groups(people: Floats, y: Floats, low: Floats, high: Floats, kind: Kind) -> None:
    refuse_rows(~((people > 0) & np.isfinite(people)), people, "The population of a group must be above zero")
    refuse_rows(~np.isfinite(y), y, f"A {kind} must be known")
    refuse_rows(~(low <= y), low, f"A lower limit must be known and not above its {kind}")
    refuse_rows(~(high >= y), high, f"An upper limit must be known and not below its {kind}")
    if kind != "mean":
        refuse_rows(low < 0, low, f"A {kind} and its limits may not be negative")
    refuse_rows(high > HIGHEST[kind], high, f"A {kind} and its limits may not be above {HIGHEST[kind]:g}")
