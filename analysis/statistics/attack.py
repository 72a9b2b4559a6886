"""What can be worked out about hidden counts from everything that is still published."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.statistics.count_tables import Bools, Ints, Table, equations

Floats = NDArray[np.float64]

OPTIMAL = 0
LARGEST_FLOW = 2**31 - 2


@dataclass(frozen=True)
class Ranges:
    """Least and greatest whole count that fits what is published, one a cell and one a total.

    A published entry has its own value twice; `inf` means that nothing published limits it.
    """

    least: Floats
    greatest: Floats
    total_least: Floats
    total_greatest: Floats


@dataclass(frozen=True)
class Shift:
    """How far a hidden entry can move one way, and which entries move with it."""

    size: float
    moved: Bools


def feasible_ranges(table: Table, hidden: ArrayLike, lowest: int = 0, withheld: ArrayLike | None = None) -> Ranges:
    """The attack: what somebody who knows every published cell and total can work out about those that are not.

    `hidden` is true for hidden cells and `withheld` for hidden totals (none, unless given). `lowest` is the least that
    the attacker knows a hidden count to be: 0, or 1 when the rule that zeros are always shown is known. The ranges are
    exact: both ends are attained by whole counts. Raises ValueError for masks that do not fit and for a hidden count
    below `lowest`. Source: the intruder's problem of cell suppression (Fischetti and Salazar-Gonzalez 2001).
    """
    cells, totals = len(table.values), len(table.names)
    kept_back = np.zeros(totals, bool) if withheld is None else withheld
    unknown = np.concatenate([_mask(hidden, cells, "cell"), _mask(kept_back, totals, "total")])
    attacker = Attacker(table, lowest)
    attacker.refuse(unknown)
    least, greatest = table.entries.astype(float), table.entries.astype(float)
    for entry in np.flatnonzero(unknown).tolist():
        least[entry] -= attacker.furthest(unknown, entry, rising=False)
        greatest[entry] += attacker.furthest(unknown, entry, rising=True)
    return Ranges(least[:cells], greatest[:cells], least[cells:], greatest[cells:])


@dataclass
class Attacker:
    """Somebody who knows the published entries, all the equations, and that a hidden count is `lowest` or more.

    Masks run over the entries of the table. Where no entry is in more than two equations, a change is a flow round
    them and the largest is a maximum flow; otherwise it is an integer programme.
    """

    table: Table
    lowest: int = 1
    lines: Ints = field(init=False)
    values: Ints = field(init=False)
    arcs: tuple[Ints, Ints] | None = field(init=False)

    def __post_init__(self) -> None:
        self.lines, self.values = equations(self.table), self.table.entries
        self.arcs = _arcs(self.lines)

    def refuse(self, hidden: Bools) -> None:
        """Raises ValueError when a hidden count is below what the attacker is told of all of them."""
        below = self.values[hidden & (self.values < self.lowest)]
        if below.size:
            told = f"the attacker is told that each is {self.lowest} or more"
            raise ValueError(f"A hidden count is {below[0]}, but {told}; show it, or attack with a lowest of 0.")

    def furthest(self, hidden: Bools, entry: int, rising: bool) -> float:
        """The furthest that a hidden entry can lie above (or below) its value; infinite when nothing limits it."""
        if not rising:
            return self.shift(hidden, entry, rising, np.inf).size
        if self.arcs is None:
            return np.inf if self._endless(hidden, entry) else self.shift(hidden, entry, rising, np.inf).size
        can_fall = float((self.values[hidden] - self.lowest).sum())
        size = self.shift(hidden, entry, rising, can_fall + 1).size
        return np.inf if size > can_fall else size

    def shift(self, hidden: Bools, entry: int, rising: bool, enough: float) -> Shift:
        """How far a hidden entry can rise (or fall), looking no further than `enough`."""
        limit = enough if rising else min(enough, float(self.values[entry] - self.lowest))
        if limit <= 0:
            return Shift(0.0, np.zeros(len(hidden), bool))
        if self.arcs is None:
            return self._by_programme(hidden, entry, rising, limit)
        return self._by_flow(self.arcs, hidden, entry, rising, limit)

    def _by_flow(self, arcs: tuple[Ints, Ints], hidden: Bools, entry: int, rising: bool, limit: float) -> Shift:
        """The most that can run from one end of the entry to the other by way of the other hidden entries."""
        from scipy.sparse import csr_array  # noqa: PLC0415
        from scipy.sparse.csgraph import maximum_flow  # noqa: PLC0415

        leaves, enters = arcs
        if limit > LARGEST_FLOW:
            raise ValueError(f"The hidden counts come to {limit:.0f}; the attack handles up to {LARGEST_FLOW}.")
        ends = (enters[entry], leaves[entry]) if rising else (leaves[entry], enters[entry])
        if ends[0] == ends[1]:
            return Shift(limit, np.zeros(len(hidden), bool))
        room = self._room(arcs, hidden, entry, int(limit))
        room[-1, ends[0]] = int(limit)
        found = maximum_flow(csr_array(room), len(room) - 1, int(ends[1]))
        flow = found.flow.toarray() != 0
        return Shift(float(found.flow_value), hidden & flow[leaves, enters])

    def _room(self, arcs: tuple[Ints, Ints], hidden: Bools, entry: int, limit: int) -> NDArray[np.int32]:
        """What can run between every two equations, no more than `limit`; the last row is the source."""
        leaves, enters = arcs
        others = hidden.copy()
        others[entry] = False
        room = np.zeros((len(self.lines) + 2, len(self.lines) + 2), np.int64)
        np.add.at(room, (leaves[others], enters[others]), limit)
        np.add.at(room, (enters[others], leaves[others]), self.values[others] - self.lowest)
        np.fill_diagonal(room, 0)
        return np.minimum(room, limit).astype(np.int32)

    def _by_programme(self, hidden: Bools, entry: int, rising: bool, limit: float) -> Shift:
        """The same as an integer programme; an answer that does not keep the equations counts as no room at all."""
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415

        among = self._linked(hidden, entry)
        lines, true = self.lines[:, among], self.values[among]
        here = np.flatnonzero(among) == entry
        highest = np.where(here & rising, true + limit, np.inf)
        lowest = np.where(here & ~np.bool_(rising), np.maximum(true - limit, self.lowest), self.lowest)
        known = lines @ true
        found = milp(
            here * (-1.0 if rising else 1.0),
            integrality=np.ones(len(true)),
            bounds=Bounds(lowest, highest),
            constraints=LinearConstraint(lines, known, known),
            options={"mip_rel_gap": 0.0},
        )
        moved = np.zeros(len(hidden), bool)
        if found.status != OPTIMAL:
            return Shift(0.0, moved)
        whole = np.rint(found.x).astype(np.int64)
        if (lines @ whole != known).any() or (whole < self.lowest).any():
            return Shift(0.0, moved)
        moved[among] = whole != true
        return Shift(float(np.abs(whole - true)[here].sum()), moved)

    def _linked(self, hidden: Bools, entry: int) -> Bools:
        """The hidden entries that an equation joins to this one, at however many removes."""
        from scipy.sparse import csr_array  # noqa: PLC0415
        from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

        touched = csr_array(np.abs(self.lines * hidden))
        part = connected_components(touched.T @ touched, directed=False)[1]
        return hidden & (part == part[entry])

    def _endless(self, hidden: Bools, entry: int) -> bool:
        """Whether the entry can rise for ever: some change that lowers nothing raises it."""
        from scipy.optimize import linprog  # noqa: PLC0415

        among = self._linked(hidden, entry)
        here = np.flatnonzero(among) == entry
        found = linprog(-here.astype(float), A_eq=self.lines[:, among], b_eq=np.zeros(len(self.lines)), bounds=(0, 1))
        return bool(found.status == OPTIMAL and found.fun < -0.5 / len(here))


def _arcs(lines: Ints) -> tuple[Ints, Ints] | None:
    """The equation each entry leaves and the one it enters, the last number for none; None where that cannot be said.

    Every equation may be turned round (all its signs changed) so that an entry stands once with + and once with -.
    """
    turned = _turned(lines)
    if turned is None:
        return None
    signed = turned[:, None] * lines
    ground = np.ones((1, lines.shape[1]), np.int64)
    return np.vstack([signed, ground]).argmax(axis=0), np.vstack([-signed, ground]).argmax(axis=0)


def _turned(lines: Ints) -> Ints | None:
    """1 or -1 an equation, so that no entry has the same sign in two; None where an entry is in three or they clash."""
    if ((lines != 0).sum(axis=0) > 2).any():
        return None
    together = lines @ lines.T
    turned = np.zeros(len(lines), np.int64)
    for start in range(len(lines)):
        waiting = [start] if turned[start] == 0 else []
        turned[waiting] = 1
        while waiting:
            line = waiting.pop()
            found = np.flatnonzero((together[line] != 0) & (turned == 0))
            turned[found] = -turned[line] * np.sign(together[line, found])
            waiting.extend(found.tolist())
    signed = turned[:, None] * lines
    clash = ((signed > 0).sum(axis=0) > 1) | ((signed < 0).sum(axis=0) > 1)
    return None if clash.any() else turned


def _mask(chosen: ArrayLike, size: int, what: str) -> Bools:
    mask = np.asarray(chosen, bool).ravel()
    if mask.size != size:
        raise ValueError(f"{mask.size} marks were given for {size} {what}s; mark each {what} as hidden or not.")
    return mask
