"""What a check is: a printed figure beside the one worked out again, how far apart they may lie, and the verdict."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

AGREES = "agrees"
ROUNDED = "agrees within rounding"
DISAGREES = "disagrees"
UNCHECKED = "cannot be checked"
VERDICTS = (AGREES, ROUNDED, DISAGREES, UNCHECKED)
COLUMNS = (
    "kind",
    "what",
    "source",
    "row",
    "locator",
    "printed",
    "recomputed",
    "difference",
    "tolerance",
    "verdict",
    "reason",
)
MOST_DECIMALS = 10
_FLOATING = 1e-9


def judged(
    kind: str,
    source: str,
    rows: pd.DataFrame,
    recomputed: ArrayLike,
    *,
    half: ArrayLike,
    slack: ArrayLike = 0.0,
    reason: str = "",
) -> pd.DataFrame:
    """One check a row: COLUMNS, with the verdict of each.

    `rows` has what, row, locator and printed. `half` is half of the last printed digit; `slack` how far the rounding of
    the parts alone can move the recomputed figure, and 0 where the parts are exact. Both are in the unit of the figure.
    `difference` is recomputed less printed, `tolerance` half and slack together. Where either figure is missing the
    verdict is UNCHECKED, with `reason`.
    """
    table = rows[["what", "row", "locator", "printed"]].reset_index(drop=True)
    ours = np.broadcast_to(np.asarray(recomputed, float), len(table))
    printed = table["printed"].to_numpy(float)
    near = np.broadcast_to(np.asarray(half, float), len(table))
    far = near + np.broadcast_to(np.nan_to_num(np.asarray(slack, float)), len(table))
    verdict = verdicts(printed, ours, near, far)
    full = table.assign(
        kind=kind,
        source=source,
        printed=printed,
        recomputed=ours,
        difference=ours - printed,
        tolerance=far,
        verdict=verdict,
        reason=np.where(verdict == UNCHECKED, reason, ""),
    )
    return full[list(COLUMNS)]


def verdicts(printed: ArrayLike, recomputed: ArrayLike, near: ArrayLike, far: ArrayLike) -> NDArray[np.object_]:
    """AGREES within `near` of each other, ROUNDED within `far`, DISAGREES beyond, UNCHECKED where one is missing."""
    written, ours = np.asarray(printed, float), np.asarray(recomputed, float)
    apart = np.abs(ours - written) - _FLOATING * np.maximum(1.0, np.abs(written))
    return np.select(
        [np.isnan(apart), apart <= near, apart <= far],
        np.array([UNCHECKED, AGREES, ROUNDED], dtype=object),
        default=DISAGREES,
    )


def half_of_last_digit(values: pd.Series, groups: Sequence[pd.Series]) -> pd.Series:
    """Half of the last printed digit of each value: the most decimals printed anywhere in its group.

    The files hold 16.0 as 16, so one value alone does not show how finely its column is printed.
    """
    places = pd.Series(decimals(values), index=values.index)
    return 0.5 * 10.0 ** -places.groupby(list(groups)).transform("max")


def decimals(values: ArrayLike) -> NDArray[np.float64]:
    """How many decimals each number is written with, at most MOST_DECIMALS; 0 for a missing one."""
    numbers = np.nan_to_num(np.asarray(values, float))
    places = np.full(numbers.shape, float(MOST_DECIMALS))
    for place in range(MOST_DECIMALS - 1, -1, -1):
        scaled = numbers * 10.0**place
        places[np.abs(scaled - np.round(scaled)) < 1e-6] = place
    return places


def of_ratio(value: ArrayLike, numerator: ArrayLike, denominator: ArrayLike, n: ArrayLike, d: ArrayLike) -> ArrayLike:
    """How far a ratio can move when its numerator may be off by `n` and its denominator by `d`."""
    top, base = np.asarray(numerator, float), np.asarray(denominator, float)
    most = (top + n) / (base - np.asarray(d, float))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(value, float) * np.where(top > 0, most * base / top - 1, np.nan)


def unchecked(kind: str, source: str, rows: pd.DataFrame, reason: ArrayLike) -> pd.DataFrame:
    """Checks that cannot be made, each with its reason."""
    missing = judged(kind, source, rows, np.nan, half=0.0)
    return missing.assign(reason=np.broadcast_to(np.asarray(reason, object), len(missing)))
