"""Counts and the totals published beside them, as one set of equations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

MOST = 1_000_000_000


@dataclass(frozen=True, eq=False)
class Table:
    """Cells that hold whole counts, and totals that are sums over some of them.

    `values` is one count a cell; `sums` is shaped (totals, cells), true where the cell is part of the total; `names`
    is one a total, for sentences. An *entry* is a cell or a total: the cells come first, then the totals. Whatever else
    is shown about the same people (parent and child areas, pooled years, old and new wards, other selections) must be
    in the same table as a further total, or nothing is proved about it. Raises ValueError for a missing, negative,
    broken or huge count, and for sums or names that do not fit the cells.
    """

    values: Ints
    sums: Bools
    names: tuple[str, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", _counts(self.values))
        if np.size(self.sums) % len(self.values):
            raise ValueError(f"Each total must say which of the {len(self.values)} cells are part of it.")
        object.__setattr__(self, "sums", np.asarray(self.sums, bool).reshape(-1, len(self.values)))
        object.__setattr__(self, "names", tuple(self.names))
        if len(self.names) != len(self.sums):
            raise ValueError(f"{len(self.names)} names were given for {len(self.sums)} totals; name each one.")

    @property
    def totals(self) -> Ints:
        """One sum a total."""
        return self.sums.astype(np.int64) @ self.values

    @property
    def entries(self) -> Ints:
        """The cells, then the totals."""
        return np.concatenate([self.values, self.totals])


def one_way(values: ArrayLike, name: str = "the total") -> Table:
    """A list of counts whose one total is published."""
    counts = np.asarray(values, float).ravel()
    return Table(counts, np.ones((1, counts.size), bool), (name,))


def two_way(
    values: ArrayLike, rows: Sequence[str] = (), columns: Sequence[str] = (), name: str = "the grand total"
) -> Table:
    """A table with the totals of its rows, of its columns and of everything, in that order; cells run row by row.

    A line of a single cell has no total of its own: a table one column wide is a list with one total.
    Raises ValueError when the values are not shaped (rows, columns) or the names do not fit them.
    """
    counts = np.asarray(values, float)
    if counts.ndim != 2 or not counts.size:
        raise ValueError(f"A two-way table needs rows and columns, but its shape is {counts.shape}.")
    if 1 in counts.shape:
        return one_way(counts, name)
    height, length = counts.shape
    row, column = (part.ravel() for part in np.indices(counts.shape))
    lines = [row == np.arange(height)[:, None], column == np.arange(length)[:, None], np.ones((1, counts.size), bool)]
    names = (*_named(rows, "row", height), *_named(columns, "column", length), name)
    return Table(counts.ravel(), np.vstack(lines), names)


def nested(table: Table, selections: Mapping[str, ArrayLike]) -> Table:
    """The same table with a further total for each selection, given as true or false for every cell.

    Use it for localities above wards, pooled years, old wards beside new ones, and every view a filter can show.
    Raises ValueError when a selection does not say yes or no for each cell.
    """
    masks = {name: np.asarray(mask, bool).ravel() for name, mask in selections.items()}
    for name, mask in masks.items():
        if mask.size != table.values.size:
            raise ValueError(f"{name} marks {mask.size} cells of a table that has {table.values.size}; mark each one.")
    return Table(table.values, np.vstack([table.sums, *masks.values()]), (*table.names, *masks))


def equations(table: Table) -> Ints:
    """Every total as the sum of its parts: shaped (totals, entries), each row times the entries is 0.

    A part is another total that lies wholly inside, or else a cell. This says exactly what `sums` says, but keeps an
    entry out of as many equations as it can: where the totals form two hierarchies (rows and columns, each with any
    totals of totals) no entry is in more than two.
    """
    families = _families(table.sums)
    sizes = table.sums.sum(axis=1)
    largest_first = np.argsort(-sizes, kind="stable")
    lines = np.zeros((len(table.sums), table.values.size + len(table.sums)), np.int64)
    for total, line in enumerate(lines):
        inside = [
            part
            for part in largest_first
            if families[part] == families[total]
            and (0 < sizes[part] < sizes[total] or (sizes[part] == sizes[total] and part < total))
        ]
        _write(line, total, inside, table.sums)
    return lines


def _write(line: Ints, total: int, inside: list[int], sums: Bools) -> None:
    left, cells = sums[total].copy(), sums.shape[1]
    for part in inside:
        if not (sums[part] & ~left).any():
            left &= ~sums[part]
            line[cells + part] = 1
    line[:cells] = left
    line[cells + total] = -1


def _families(sums: Bools) -> Ints:
    """0 or 1 a total, so that totals which overlap without one holding the other differ where that can be done."""
    shared = sums.astype(np.int64) @ sums.T.astype(np.int64)
    sizes = np.diag(shared)
    crossing = (shared > 0) & (shared < sizes[:, None]) & (shared < sizes[None, :])
    family = np.full(len(sums), -1)
    for start in range(len(sums)):
        waiting = [start] if family[start] < 0 else []
        family[waiting] = 0
        while waiting:
            total = waiting.pop()
            found = np.flatnonzero(crossing[total] & (family < 0))
            family[found] = 1 - family[total]
            waiting.extend(found.tolist())
    return family


def _named(names: Sequence[str], kind: str, size: int) -> list[str]:
    if names and len(names) != size:
        raise ValueError(f"{len(names)} names were given for {size} {kind}s; name each one or none.")
    return [str(name) for name in names] or [f"{kind} {number}" for number in range(1, size + 1)]


def _counts(values: ArrayLike) -> Ints:
    counts = np.asarray(values, float).ravel()
    if not counts.size:
        raise ValueError("The table has 0 cells; give at least one count.")
    if np.isnan(counts).any():
        raise ValueError(
            f"Cell {int(np.argmax(np.isnan(counts))) + 1} is missing; nothing can be proved about a table with a gap, "
            "so leave the cell and the totals it belongs to out."
        )
    wrong = counts[(counts < 0) | (counts != np.floor(counts)) | ~np.isfinite(counts)]
    if wrong.size:
        raise ValueError(f"A count must be a whole number of 0 or more, but one is {wrong[0]:g}.")
    if counts.sum() > MOST:
        raise ValueError(f"The counts come to {counts.sum():.0f}; the attack handles tables of up to {MOST}.")
    return counts.astype(np.int64)
