"""Ways in which a hidden count comes out beside its table: rates, percentages, order, and views that nearly agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.statistics.count_tables import Bools, Ints
from analysis.statistics.display_rules import Status

NEARLY_PRINTED = 1e-6
COUNTS_A_PERCENTAGE_MUST_COVER = 4


@dataclass(frozen=True)
class Selection:
    """One view that a filter can show: its name, the smallest units it adds up, and the count they come to."""

    name: str
    members: frozenset[str]
    count: int


def withheld_together(frame: pd.DataFrame, hidden: ArrayLike, columns: Sequence[str]) -> pd.DataFrame:
    """The frame with every one of `columns` missing in the hidden rows, and its `status` there "suppressed".

    `columns` are the count and all that is computed from it: rate, limits, observed over expected, gap, rank, share,
    band. Elsewhere a status already there stays; a new one is "missing" where the first of `columns` is, else "ok".
    Raises ValueError when no column or one that is not there is named, or `hidden` does not mark every row.
    """
    marks = _marks(frame, hidden)
    _columns(frame, columns)
    found = frame[columns[0]].isna().map({True: Status.MISSING.value, False: Status.KNOWN.value})
    status = frame.get("status", found)
    emptied = {column: frame[column].mask(marks) for column in columns}
    return frame.assign(**emptied, status=status.mask(marks, Status.SUPPRESSED.value))


def publishable(frame: pd.DataFrame, hidden: ArrayLike, keys: Sequence[str], columns: Sequence[str]) -> pd.DataFrame:
    """Only what may leave: the keys, the withheld columns and the status, in the order of the keys.

    Every other column is dropped, and rows are put in order of the keys because the order of raw counts gives them
    away. Map classes, legend limits, ranks among those shown, downloads and caches are to be made from this frame.
    Raises ValueError as `withheld_together` does, and when a key is also one of `columns`.
    """
    _columns(frame, keys)
    both = sorted(set(keys) & set(columns))
    if both:
        raise ValueError(f"{both[0]} is both a key and a column to withhold; a key is always shown, so name it once.")
    kept = withheld_together(frame, hidden, columns)
    return kept[[*keys, *columns, "status"]].sort_values(list(keys), kind="stable").reset_index(drop=True)


def counts_behind(percentage: ArrayLike, base: ArrayLike, decimals: int = 0) -> tuple[Ints, Ints]:
    """The least and greatest whole count of `base` that print as `percentage` with so many decimals.

    Percentages run from 0 to 100; a count that falls half way counts as printing either way. Raises ValueError for a
    base below 1, a percentage outside 0 to 100, one with more decimals, and one that no whole count can give.
    """
    p, n = np.broadcast_arrays(np.atleast_1d(np.asarray(percentage, float)), np.atleast_1d(np.asarray(base, float)))
    _refuse(~((n >= 1) & (n == np.floor(n))), n, "a base must be a whole number of 1 or more")
    _refuse(~((p >= 0) & (p <= 100)), p, "a percentage must lie between 0 and 100")
    unit = 10**decimals
    printed = np.rint(p * unit).astype(np.int64)
    _refuse(np.abs(p * unit - printed) > NEARLY_PRINTED, p, f"it has more decimals than {decimals}")
    people = n.astype(np.int64)
    least = np.maximum(-(-(2 * printed - 1) * people // (200 * unit)), 0)
    greatest = np.minimum((2 * printed + 1) * people // (200 * unit), people)
    _refuse(least > greatest, p, "some whole count out of the base must print as the percentage")
    return least, greatest


def reveals_count(percentage: ArrayLike, base: ArrayLike, decimals: int = 0) -> Bools:
    """True where a printed percentage of a base gives an exact count: 15% of 97 parents is 15 people and no others.

    Raises ValueError as `counts_behind` does.
    """
    least, greatest = counts_behind(percentage, base, decimals)
    return least == greatest


def decimals_allowed(base: int) -> int | None:
    """How many decimals a percentage may have where its count is hidden; None when it may not be shown at all.

    A printed percentage must stand for about 4 counts: whole percentages from a base of 400, one decimal from 4,000.
    Source: the NHS England rule of one decimal from 4,000, carried to other decimals. Raises ValueError below 1.
    """
    if not 1 <= base < np.inf:
        raise ValueError(f"A base of {base} has no percentages; a base must be 1 or more.")
    decimals = -1
    while base >= COUNTS_A_PERCENTAGE_MUST_COVER * 100 * 10 ** (decimals + 1):
        decimals += 1
    return decimals if decimals >= 0 else None


def unsafe_differences(selections: Sequence[Selection], smallest: int = 5) -> list[tuple[str, str]]:
    """Pairs of views, the wider first, that cannot both be shown: they differ by a count from 1 to `smallest - 1`.

    Only a view that lies wholly inside another is compared with it. Where more than two views together leave a
    remainder, put them all into one table with `nested` and attack that. Raises ValueError when a wider view has the
    lower count or two views of the same units have different ones.
    """
    found = []
    for one, other in combinations(selections, 2):
        wider, inner = (one, other) if other.members <= one.members else (other, one)
        if inner.members <= wider.members:
            difference = _difference(wider, inner)
            found += [(wider.name, inner.name)] if 0 < difference < smallest else []
    return found


def safe_difference(selections: Sequence[Selection], smallest: int = 5) -> None:
    """Nothing when all the views may be shown beside each other; otherwise ValueError naming two that may not."""
    for wider, inner in unsafe_differences(selections, smallest):
        raise ValueError(
            f"{wider} and {inner} cannot both be shown, because the difference between them is a count below "
            f"{smallest}; show one of them only."
        )


def _difference(wider: Selection, inner: Selection) -> int:
    difference = wider.count - inner.count
    if difference < 0 or (difference and wider.members == inner.members):
        raise ValueError(
            f"{inner.name} lies within {wider.name}, but its count of {inner.count} does not fit into {wider.count}; "
            "correct the counts."
        )
    return difference


def _marks(frame: pd.DataFrame, hidden: ArrayLike) -> Bools:
    marks = np.asarray(hidden)
    if marks.dtype != np.bool_ or marks.shape != (len(frame),):
        raise ValueError(f"{marks.size} marks were given for {len(frame)} rows; mark each row as true or false.")
    return marks


def _columns(frame: pd.DataFrame, columns: Sequence[str]) -> None:
    absent = [column for column in columns if column not in frame]
    if absent or not len(columns):
        raise ValueError(f"{absent[0] if absent else 'No column'} is not a column of the frame; name columns it has.")


def _refuse(bad: Bools, values: np.ndarray, rule: str) -> None:
    if bad.any():
        raise ValueError(f"{values[np.argmax(bad)]:g} cannot be used: {rule}.")
