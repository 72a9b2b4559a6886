"""Rates that allow for the age mix of an area, by the reference's rates or by a standard population."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.statistics.intervals import EXACT_BELOW, poisson_limits
from analysis.statistics.refusals import known_amounts, refuse_rows

LEVELS = {"": 0.95, "_998": 0.998}
FEWEST_EVENTS = 10
UNKNOWN_COUNT = "a count of the area is missing"
NONE_EXPECTED = "nothing is expected of the area"
TOO_FEW = f"fewer than {FEWEST_EVENTS} events"


def indirectly_standardised(bands: pd.DataFrame, area: str, per: float = 1_000) -> pd.DataFrame:
    """Observed against what the reference's rates would give, one row an area in the order they come.

    `bands` has one row an area and age band: `area`, events x, people n, and the reference's events x_ref and people
    n_ref. Columns observed, expected, ratio (100 is as expected), rate (`per` people: the ratio times the reference's
    crude rate reference_rate), both with _lower, _upper (95%), _lower_998, _upper_998, method (Exact below 10
    observed, else Byars) and reason. A ratio is missing, and `reason` says why, where a count is missing or nothing
    is expected. Raises ValueError for a negative count, or a reference that is missing or of no people.
    Source: Breslow and Day 1987; OHID's calculate_ISRatio and calculate_ISRate.
    """
    _refuse_negative(bands, "x", "n")
    known_amounts(bands["x_ref"], "A reference count")
    refuse_rows(~(bands["n_ref"] > 0), bands["n_ref"], "A reference population must be known and above zero")
    sums = _sums(bands.assign(expected=bands["n"] * bands["x_ref"] / bands["n_ref"]), area)
    reason = np.where(
        sums[["x", "n"]].isna().any(axis=1), UNKNOWN_COUNT, np.where(sums["expected"] > 0, "", NONE_EXPECTED)
    )
    observed, expected = sums["x"], sums["expected"].where(reason == "")
    crude = per * sums["x_ref"] / sums["n_ref"]
    frame = pd.DataFrame({"observed": observed, "expected": sums["expected"], "reference_rate": crude})
    for name, value in {"": observed, **_limits(observed)}.items():
        frame[f"ratio{name}"] = 100 * (value / expected)
        frame[f"rate{name}"] = value / expected * crude
    method = np.where(observed < EXACT_BELOW, "Exact", "Byars")
    return frame.assign(method=method, reason=reason)


def directly_standardised(bands: pd.DataFrame, area: str, per: float = 100_000) -> pd.DataFrame:
    """The rate an area would have with the age mix of a standard population, one row an area in the order they come.

    `bands` has one row an area and age band: `area`, events x, people n and the standard population. Columns count,
    population, value, lower, upper (95%), lower_998, upper_998 and reason. The rate is missing, and `reason` says
    why, below 10 events or where a count is missing. Raises ValueError for a negative count, or people or a standard
    population that are missing or not above zero.
    Source: Dobson 1991 with Byar's limits; OHID's calculate_dsr.
    """
    _refuse_negative(bands, "x")
    refuse_rows(~(bands["n"] > 0), bands["n"], "The people of an age band must be known and above zero")
    known_amounts(bands["standard"], "A standard population")
    weight = bands["standard"] / bands["n"]
    sums = _sums(bands.assign(weighted=bands["x"] * weight, squared=bands["x"] * weight**2), area)
    if not (sums["standard"] > 0).all():
        raise ValueError("The standard population is 0 in every age band; it must be above zero in some.")
    reason = np.where(sums["x"].isna(), UNKNOWN_COUNT, np.where(sums["x"] < FEWEST_EVENTS, TOO_FEW, ""))
    count = sums["x"].where(reason == "")
    value, error = per * sums["weighted"] / sums["standard"], per * np.sqrt(sums["squared"]) / sums["standard"]
    frame = pd.DataFrame({"count": sums["x"], "population": sums["n"], "value": value.where(reason == "")})
    for name, limit in _limits(count).items():
        frame[name.removeprefix("_")] = value + error / np.sqrt(count) * (limit - count)
    return frame.assign(reason=reason)


def _limits(count: pd.Series) -> dict[str, pd.Series]:
    limits: dict[str, pd.Series] = {}
    for suffix, confidence in LEVELS.items():
        lower, upper = (pd.Series(limit, count.index) for limit in poisson_limits(count, confidence))
        limits |= {f"_lower{suffix}": lower, f"_upper{suffix}": upper}
    return limits


def _sums(bands: pd.DataFrame, area: str) -> pd.DataFrame:
    return bands.groupby(area, sort=False).sum(numeric_only=True, skipna=False)


def _refuse_negative(bands: pd.DataFrame, *names: str) -> None:
    for name in names:
        refuse_rows((bands[name] < 0) | np.isinf(bands[name]), bands[name], f"A count ({name}) may not be negative")
