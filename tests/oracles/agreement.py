"""One answer of ours beside the right one, and whether they agree."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tests.oracles.folder import Folder, Tolerance

Answer = float | int | str | bool | None


@dataclass(frozen=True)
class Cell:
    """One answer: where it stands, ours, the right one, and the greatest deviation that passes.

    Numbers pass within `allowed`, words only when they are the same, missing only against missing.
    """

    row: str
    column: str
    got: Answer
    want: Answer
    allowed: float = 0.0

    @property
    def deviation(self) -> float:
        """How far ours is from the right one: infinite where only one is missing or the words differ."""
        if _missing(self.got) or _missing(self.want):
            return 0.0 if _missing(self.got) and _missing(self.want) else math.inf
        if isinstance(self.got, str) or isinstance(self.want, str):
            return 0.0 if self.got == self.want else math.inf
        if math.isinf(float(self.got)) or math.isinf(float(self.want)):
            return 0.0 if float(self.got) == float(self.want) else math.inf
        return abs(float(self.got) - float(self.want))

    @property
    def passed(self) -> bool:
        """Whether the deviation is allowed."""
        return self.deviation <= self.allowed


def _missing(answer: Answer) -> bool:
    return answer is None or (isinstance(answer, float | np.floating) and math.isnan(answer))


def compared(
    got: pd.DataFrame,
    want: pd.DataFrame,
    columns: Mapping[str, str] | Sequence[str],
    tolerance: Tolerance,
    label: Sequence[str] = (),
) -> list[Cell]:
    """Cells of two frames that have the same rows in the same order.

    `columns` are the names to compare, or a mapping of their column to ours; `label` the columns of `want` that
    name a row (its number otherwise). Words and the tolerance 0 and 0 must be equal.
    """
    if len(got) != len(want):
        return [Cell("all", "number of rows", len(got), len(want))]
    names = columns if isinstance(columns, Mapping) else {name: name for name in columns}
    rows = _row_names(want, label)
    return [
        cell(row, theirs, ours, right, tolerance)
        for theirs, own in names.items()
        for row, ours, right in zip(rows, got[own].to_list(), want[theirs].to_list(), strict=True)
    ]


def _row_names(want: pd.DataFrame, label: Sequence[str]) -> list[str]:
    """What each row is called, with its number where that would not tell it from others."""
    numbers = [str(number) for number in range(1, len(want) + 1)]
    names = [" ".join(str(part) for part in parts) for parts in zip(*(want[name] for name in label), strict=True)]
    twice = {name for name, times in Counter(names).items() if times > 1}
    return [
        f"{name} (row {number})" if name in twice else name for name, number in zip(names, numbers, strict=False)
    ] or numbers


def cell(row: str, column: str, got: Answer, want: Answer, tolerance: Tolerance) -> Cell:
    """One cell held to the tolerance of its file."""
    words = isinstance(want, str) or _missing(want)
    return Cell(row, column, got, want, 0.0 if words else tolerance.allows(float(want)))


@dataclass(frozen=True)
class Check:
    """Which files of right answers a check can read, and how: `run` is given the folder and the file's name.

    A file belongs to a check by its name (`stem`), or, under another name, by holding all of `columns` (for JSON,
    the keys of the whole or of its first entry).
    """

    stem: str
    columns: frozenset[str]
    run: Callable[[Folder, str], list[Cell]]
