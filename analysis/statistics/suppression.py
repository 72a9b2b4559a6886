"""Hiding small counts, and as few others as keep them hidden."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.statistics.attack import OPTIMAL, Attacker, Floats, feasible_ranges
from analysis.statistics.count_tables import Bools, Ints, Table

SMALL, COMPANION = "small", "protects another"
TOTAL_COST, HIDDEN_COST = 1000.0, 1e-4


@dataclass(frozen=True)
class Suppression:
    """What may be published of a table.

    `cells` and `totals` have a row an entry: published (the count, missing where hidden), hidden, reason, least and
    greatest (what can still be worked out; `inf` where nothing limits it); `totals` also has the name. `safe` says
    that no hidden entry can be worked out to within `width`. `message` is a sentence for the page. The reasons are for
    the data steward and must not be published: knowing which counts are small narrows them.
    """

    cells: pd.DataFrame
    totals: pd.DataFrame
    width: int
    safe: bool
    message: str

    @property
    def hidden(self) -> Bools:
        """One a cell: whether it must not be shown."""
        return self.cells["hidden"].to_numpy(bool)

    @property
    def withheld(self) -> Bools:
        """One a total: whether it must not be shown. Hiding the cells without these undoes the protection."""
        return self.totals["hidden"].to_numpy(bool)


def suppress(table: Table, smallest: int = 5, width: int | None = None, lowest: int = 1) -> Suppression:
    """The counts from 1 to `smallest - 1` hidden, with what else has to be so that they stay hidden.

    A hidden entry is safe when the least and greatest count that fit everything published lie at least `width` apart
    (`smallest - 2`, which is 3 for 1 to 4, unless given), for an attacker who knows that no zero is ever hidden
    (`lowest` 1). Every hidden entry is attacked; where it is not safe, the companions with the fewest people whose
    hiding would let it move are hidden too, never a 0; then companions that turn out to be needless are shown again.
    Where the cells alone cannot do it, totals are withheld, and the message says so. Ties go to the smaller count, then
    the smaller totals, then the earlier position, so another order of the cells or totals gives the same answer but for
    ties. Raises ValueError for a threshold below 2, a width below 1 and a `lowest` other than 0 or 1.
    Source: sliding protection as in Fischetti and Salazar-Gonzalez 2001, by cheapest changes (Castro 2007).
    """
    apart = _width(smallest, width)
    if not 0 <= lowest <= 1:
        raise ValueError(f"Counts of 1 are hidden, so an attacker can know of 0 or 1 as the lowest, not {lowest}.")
    cells, totals = _order(table)
    names = tuple(table.names[total] for total in totals)
    search = _Search(Table(table.entries[cells], table.sums[np.ix_(totals, cells)], names), smallest, apart, lowest)
    search.protect()
    search.show_needless()
    places = np.concatenate([cells, len(cells) + totals])
    hidden = np.zeros(len(places), bool)
    hidden[places] = search.hidden
    found = _published(table, hidden, smallest, apart, lowest)
    return found if found.safe else _published(table, table.entries > 0, smallest, apart, lowest)


class _Search:
    """A pattern of hidden entries on its way to being safe; `proofs` holds what moves when each one is shifted."""

    def __init__(self, table: Table, smallest: int, width: int, lowest: int) -> None:
        self.table, self.width = table, width
        self.attacker = Attacker(table, lowest)
        self.values, self.cells = table.entries, len(table.values)
        self.small = (self.values > 0) & (self.values < smallest)
        self.hidden = self.small.copy()
        self.proofs: dict[int, Bools] = {}

    def protect(self) -> None:
        """Attack every hidden entry, and hide what the cheapest change of an unsafe one would move."""
        waiting = sorted(np.flatnonzero(self.hidden).tolist(), key=lambda entry: (self.values[entry], entry))
        while waiting:
            entry = waiting.pop(0)
            moved = self._proof(self.hidden, entry)
            if moved is None:
                moved = self._cheapest_change(entry)
                waiting.extend(np.flatnonzero(moved & ~self.hidden).tolist())
                self.hidden = self.hidden | moved
            self.proofs[entry] = moved

    def show_needless(self) -> None:
        """Show again, totals first and then the largest, each companion that the others are safe without."""
        companions = np.flatnonzero(self.hidden & ~self.small).tolist()
        for entry in sorted(companions, key=lambda one: (one < self.cells, -self.values[one], one)):
            without = self.hidden.copy()
            without[entry] = False
            renewed = self._renewed(without, entry)
            if renewed is not None:
                self.hidden, self.proofs = without, {**self.proofs, **renewed}
                del self.proofs[entry]

    def _renewed(self, hidden: Bools, shown: int) -> dict[int, Bools] | None:
        """New proofs for the entries whose old one moved what is now shown; None when one has no proof."""
        renewed = {}
        for entry, moved in self.proofs.items():
            if entry != shown and moved[shown]:
                proof = self._proof(hidden, entry)
                if proof is None:
                    return None
                renewed[entry] = proof
        return renewed

    def _proof(self, hidden: Bools, entry: int) -> Bools | None:
        """What moves as the entry runs over a range of the full width; None when it cannot."""
        down = self.attacker.shift(hidden, entry, False, self.width)
        if down.size >= self.width:
            return down.moved
        up = self.attacker.shift(hidden, entry, True, self.width - down.size)
        return down.moved | up.moved if down.size + up.size >= self.width else None

    def _cheapest_change(self, entry: int) -> Bools:
        """The entries to hide so that this one can move by the full width, up or down; all that are not 0 at worst."""
        room = self.values[entry] - self.attacker.lowest
        tried = [self._change(entry, way) for way in (1, -1) if way > 0 or room >= self.width]
        found = [change for change in tried if change is not None]
        return min(found, key=lambda change: change[0], default=(0.0, self.values > 0))[1]

    def _change(self, entry: int, way: int) -> tuple[float, Bools] | None:
        """The cost and the entries of the cheapest change that moves this one; nothing that is 0 moves."""
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415

        lines, size = self.attacker.lines, len(self.values)
        highest = np.where(self.values > 0, [np.full(size, np.inf), self.values - self.attacker.lowest], 0.0)
        lowest = np.zeros((2, size))
        lowest[:, entry] = highest[:, entry] = (self.width, 0) if way > 0 else (0, self.width)
        found = milp(
            np.tile(self._costs(), 2),
            integrality=np.full(2 * size, self.attacker.arcs is None),
            bounds=Bounds(lowest.ravel(), highest.ravel()),
            constraints=LinearConstraint(np.hstack([lines, -lines]), 0, 0),
        )
        if found.status != OPTIMAL:
            return None
        return float(found.fun), np.rint(found.x).reshape(2, size).any(axis=0)

    def _costs(self) -> Floats:
        """What moving an entry by 1 costs: hardly anything where hidden, most for totals, more for more people."""
        shown = np.where(np.arange(len(self.values)) < self.cells, 1.0, TOTAL_COST)
        return np.where(self.hidden, HIDDEN_COST, shown + self.values / (1 + self.values.max()))


def _width(smallest: int, width: int | None) -> int:
    if smallest < 2:
        raise ValueError(f"A threshold of {smallest} hides nothing; give 2 or more, such as 5 to hide 1 to 4.")
    if width is not None and width < 1:
        raise ValueError(f"A width of {width} would leave hidden counts exactly known; give 1 or more.")
    return max(1, smallest - 2) if width is None else width


def _order(table: Table) -> tuple[Ints, Ints]:
    """Cells by count and then by the totals they are in, totals by size and then by their cells, then as they stand."""
    counts, totals = table.entries[: table.sums.shape[1]], table.totals
    cells = sorted(range(len(counts)), key=lambda cell: (counts[cell], sorted(totals[table.sums[:, cell]])))
    lines = sorted(range(len(totals)), key=lambda line: (totals[line], sorted(counts[table.sums[line]])))
    return np.array(cells, np.int64), np.array(lines, np.int64)


def _published(table: Table, hidden: Bools, smallest: int, width: int, lowest: int) -> Suppression:
    cells = len(table.values)
    ranges = feasible_ranges(table, hidden[:cells], lowest, hidden[cells:])
    small = hidden & (table.entries < smallest)
    frame = pd.DataFrame(
        {
            "published": np.where(hidden, np.nan, table.entries),
            "hidden": hidden,
            "reason": np.where(small, SMALL, np.where(hidden, COMPANION, "")),
            "least": np.concatenate([ranges.least, ranges.total_least]),
            "greatest": np.concatenate([ranges.greatest, ranges.total_greatest]),
        }
    )
    safe = bool((frame["greatest"] - frame["least"])[hidden].ge(width).all())
    totals = frame.iloc[cells:].reset_index(drop=True)
    totals.insert(0, "name", list(table.names))
    return Suppression(frame.iloc[:cells], totals, width, safe, _message(hidden[:cells], totals, smallest))


def _message(hidden: Bools, totals: pd.DataFrame, smallest: int) -> str:
    """How much is hidden and why, without saying which or how many of them are small."""
    withheld = totals.loc[totals["hidden"], "name"].to_list()
    small = f"from 1 to {smallest - 1}" if smallest > 2 else "1"
    if not hidden.any() and not withheld:
        return f"No count is {small}, so every count is published."
    counts = "1 count is" if hidden.sum() == 1 else f"{hidden.sum()} counts are"
    sentence = f"{counts} hidden, because each is {small} or would let such a count be worked out."
    if not withheld:
        return sentence
    also = f"Withheld too, as hiding cells alone would not be enough: {', '.join(withheld)}."
    return f"{sentence} {also} Combining areas or years would let more be published."
