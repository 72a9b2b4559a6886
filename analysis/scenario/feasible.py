"""Whether what is asked of a proposal can be done, and the smallest change that makes it possible."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.statistics.optimum import Bools, Ints


@dataclass(frozen=True)
class Asked:
    """What is asked of a proposal.

    `minimum` places a ward; `most_moves`, None for no cap; `protected` wards that must not lose any place; `total`
    places in all, None for as many as now.
    """

    minimum: int = 0
    most_moves: int | None = None
    protected: frozenset[str] = frozenset()
    total: int | None = None


@dataclass(frozen=True)
class Infeasible:
    """Why nothing can be proposed, and each single change that would be enough, the smallest that is."""

    why: str
    remedies: tuple[str, ...]


@dataclass(frozen=True)
class _Need:
    """Places that protected wards and the minimum ask for, and moves that the minimum and new places ask for."""

    places: int
    moves: int


def infeasible(places: Ints, kept: Bools, asked: Asked) -> Infeasible | None:
    """None when a plan can keep to what is asked, otherwise why not.

    `places` are those of today, one a ward; `kept` is True for each ward that is protected.
    """
    total = int(places.sum()) if asked.total is None else asked.total
    need = _needed(places, kept, asked.minimum, total)
    cap = total if asked.most_moves is None else asked.most_moves
    if need.places <= total and need.moves <= cap:
        return None
    return Infeasible(_why(need, total, cap, asked), tuple(_remedies(places, kept, asked, total, cap)))


def lifted(places: Ints, minimum: int) -> Ints:
    """Places with every ward raised to the minimum."""
    return np.maximum(places, minimum)


def lowest(places: Ints, kept: Bools, minimum: int) -> Ints:
    """The fewest places each ward may be left with."""
    return np.where(kept, np.maximum(places, minimum), minimum)


def _needed(places: Ints, kept: Bools, minimum: int, total: int) -> _Need:
    raised = int((lifted(places, minimum) - places).sum())
    return _Need(int(lowest(places, kept, minimum).sum()), max(raised, total - int(places.sum())))


def _why(need: _Need, total: int, cap: int, asked: Asked) -> str:
    if need.places > total:
        held = " and protected wards keeping what they have" if asked.protected else ""
        return f"A minimum of {asked.minimum} in every ward{held} takes {need.places} places; there are {total} in all."
    return f"At least {need.moves} places have to move for this, but at most {cap} may."


def _remedies(places: Ints, kept: Bools, asked: Asked, total: int, cap: int) -> list[str]:
    need = _needed(places, kept, asked.minimum, total)
    found = []
    if need.places <= total:
        more = need.moves - cap
        found.append(f"allow {more} {'move' if more == 1 else 'moves'} more")
    lower = _highest_minimum(places, kept, asked, total, cap)
    if lower is not None:
        found.append(f"lower the minimum to {lower}")
    open_to_all = _needed(places, np.zeros_like(kept), asked.minimum, total)
    if kept.any() and open_to_all.places <= total and open_to_all.moves <= cap and need.places > total:
        found.append("let places be taken from under-provided wards")
    if need.places > total and _needed(places, kept, asked.minimum, need.places).moves <= cap:
        more = need.places - total
        found.append(f"have {more} {'place' if more == 1 else 'places'} more in all")
    return found


def _highest_minimum(places: Ints, kept: Bools, asked: Asked, total: int, cap: int) -> int | None:
    for minimum in range(asked.minimum - 1, -1, -1):
        need = _needed(places, kept, minimum, total)
        if need.places <= total and need.moves <= cap:
            return minimum
    return None
