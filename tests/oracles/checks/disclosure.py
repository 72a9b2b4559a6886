"""How counts are displayed, and tables whose small counts must stay hidden."""

from __future__ import annotations

from ast import literal_eval
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.special import gammaincinv

from analysis.statistics.attack import Attacker, feasible_ranges
from analysis.statistics.count_tables import Table, two_way
from analysis.statistics.display_rules import (
    AGE_STANDARDISED,
    CRUDE_RATE,
    DIRECTLY_STANDARDISED,
    FINGERTIPS,
    HES,
    calculated,
    displayed,
)
from analysis.statistics.intervals import poisson_limits
from analysis.statistics.suppression import suppress
from tests.oracles.agreement import Answer, Cell, Check, compared
from tests.oracles.folder import Folder

SMALLEST, WIDTH = 5, 3


def display(folder: Folder, name: str) -> list[Cell]:
    want = folder.rows(name)
    count = want["count"]
    got = pd.DataFrame(
        {
            "fingertips_lt5": displayed(count, FINGERTIPS),
            "hes_1to7_round5": displayed(count, HES),
            "ons_crude_rate": calculated(count, CRUDE_RATE),
            "ons_asr": calculated(count, AGE_STANDARDISED),
            "dsr_ohid": calculated(count, DIRECTLY_STANDARDISED),
            "ci_method": limits_method(count),
        },
        dtype=object,
    )
    words = want.assign(**{column: want[column].map(as_text, na_action="ignore").astype(object) for column in got})
    return compared(got, words, list(got), folder.tolerance(name), label=["count"])


def as_text(answer: Any) -> str:
    return f"{answer:.0f}" if isinstance(answer, int | float) else str(answer)


def limits_method(count: pd.Series) -> list[str | None]:
    """Exact where the upper limit in use is the exact one."""
    used, exact = poisson_limits(count)[1], gammaincinv(count + 1, 0.975)
    told = np.where(np.isclose(used, exact, rtol=1e-12, atol=0), "exact", "byar")
    return [None if np.isnan(x) else str(word) for x, word in zip(count, told, strict=True)]


def suppressed(folder: Folder, name: str) -> list[Cell]:
    held = folder.facts(name)
    return [found for case in (held if isinstance(held, list) else [held]) for found in judged(case)]


def judged(case: dict[str, Any]) -> list[Cell]:
    """Everything said of one table beside what the attack finds."""
    counts, row = np.array(case["table"]), case["case"]
    table, primary = two_way(counts), (counts > 0) & (counts < SMALLEST)
    narrow = {place: limits for place, limits in ranges(table, primary).items() if limits[1] - limits[0] < WIDTH}
    best = fewest(table, primary.ravel())
    stated = np.zeros(counts.shape, bool)
    for place in case["one_optimal_secondary"] or []:
        stated[tuple(place)] = True
    agreed: dict[str, tuple[Answer, Answer]] = {
        "primary_cells": (str(places(primary)), str(sorted(map(tuple, case["primary_cells"])))),
        "naive_primary_only_is_safe": (not narrow, case["naive_primary_only_is_safe"]),
        "naive_problems": (problems(narrow), str(sorted(map(problem, case["naive_problems"])))),
        "min_secondary_cells": (None if best is None else len(best), case["min_secondary_cells"]),
        "min_secondary_value": (
            None if best is None else int(counts.ravel()[best].sum()),
            case["min_secondary_value_at_that_count"],
        ),
        **ours(table, counts, row),
    }
    if best is not None:
        agreed |= theirs(table, counts, primary, stated, case)
    return [Cell(row, column, got, want) for column, (got, want) in agreed.items()]


def ours(table: Table, counts: np.ndarray, row: str) -> dict[str, tuple[Answer, Answer]]:
    """Our own pattern, attacked."""
    found = suppress(table, SMALLEST, WIDTH)
    left = feasible_ranges(table, found.hidden, 0, found.withheld)
    widths = np.concatenate([left.greatest - left.least, left.total_greatest - left.total_least])
    kept = np.concatenate([found.hidden, found.withheld])
    primary = (counts.ravel() > 0) & (counts.ravel() < SMALLEST)
    return {
        "our pattern is safe": (bool((widths[kept] >= WIDTH).all()) and found.safe, True),
        "our pattern hides every small count": (bool(found.hidden[primary].all()), True),
        "zeros that our pattern hides": (int((counts.ravel()[found.hidden] == 0).sum()), 0),
    }


def theirs(
    table: Table, counts: np.ndarray, primary: np.ndarray, stated: np.ndarray, case: dict[str, Any]
) -> dict[str, tuple[Answer, Answer]]:
    """The pattern said to be the best one, attacked and counted."""
    left = ranges(table, primary | stated)
    return {
        "one_optimal_secondary is safe": (all(high - low >= WIDTH for low, high in left.values()), True),
        "one_optimal_secondary has the size": (int(stated.sum()), case["min_secondary_cells"]),
        "one_optimal_secondary has the value": (int(counts[stated].sum()), case["min_secondary_value_at_that_count"]),
        "zeros or small counts in it": (int((counts[stated] < SMALLEST).sum()), 0),
    }


def ranges(table: Table, hidden: np.ndarray) -> dict[tuple[int, ...], tuple[int, int]]:
    """What can be worked out of each hidden cell when all totals are shown."""
    left = feasible_ranges(table, hidden)
    low, high = left.least.reshape(hidden.shape), left.greatest.reshape(hidden.shape)
    return {place: (int(low[place]), int(high[place])) for place in places(hidden)}


def places(chosen: np.ndarray) -> list[tuple[int, ...]]:
    return [tuple(int(part) for part in place) for place in np.argwhere(chosen)]


def problems(narrow: dict[tuple[int, ...], tuple[int, int]]) -> str:
    kinds = {place: "recoverable" if low == high else "narrow" for place, (low, high) in narrow.items()}
    return str(sorted((place, limits, kinds[place]) for place, limits in narrow.items()))


def problem(text: str) -> tuple[tuple[int, ...], tuple[int, ...], str]:
    """A cell, its range and what is wrong, out of ('recoverable', (0, 0), (3, 3)); other words mean a narrow range."""
    kind, place, (low, high) = literal_eval(text)
    return tuple(place), (int(low), int(high)), kind if low == high else "narrow"


def fewest(table: Table, primary: np.ndarray) -> list[int] | None:
    """The fewest companions that keep the primary cells safe, and of those the lowest counts; None if none can.

    Hiding more never narrows a range, so a set is safe exactly when it meets the complement of every largest unsafe
    set. The cheapest set that meets those found so far is optimal as soon as it is safe; until then it is unsafe, and
    grown as far as it stays so it gives the next complement to be met.
    """
    attacker, values = Attacker(table, 0), table.entries
    base = np.zeros(len(values), bool)
    base[: len(primary)] = primary
    companions = np.flatnonzero(values[: len(primary)] >= SMALLEST)
    companions = companions[np.argsort(-values[companions], kind="stable")]
    to_meet: list[np.ndarray] = []
    while True:
        chosen = cheapest(to_meet, values[companions])
        hidden = base.copy()
        hidden[companions[chosen]] = True
        open_cells = [cell for cell in np.flatnonzero(base).tolist() if not wide(attacker, hidden, cell)]
        if not open_cells:
            return companions[chosen].tolist()
        for cell in open_cells:
            left_out = ~grown(attacker, hidden, cell, companions)[companions]
            if not left_out.any():
                return None
            to_meet.append(left_out)


def cheapest(to_meet: list[np.ndarray], counts: np.ndarray) -> np.ndarray:
    """The smallest choice that meets every set, and of those the one with the lowest counts."""
    if not to_meet:
        return np.zeros(len(counts), bool)
    found = milp(
        counts + counts.sum() + 1.0,
        integrality=np.ones(len(counts)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(np.array(to_meet, float), 1, np.inf),
        options={"mip_rel_gap": 0.0},
    )
    return found.x > 0.5


def grown(attacker: Attacker, hidden: np.ndarray, cell: int, companions: np.ndarray) -> np.ndarray:
    """As much hidden as can be while the cell stays open."""
    most = hidden.copy()
    for companion in companions[~hidden[companions]]:
        most[companion] = True
        most[companion] = not wide(attacker, most, cell)
    return most


def wide(attacker: Attacker, hidden: np.ndarray, cell: int) -> bool:
    down = attacker.shift(hidden, cell, False, WIDTH).size
    return down >= WIDTH or down + attacker.shift(hidden, cell, True, WIDTH).size >= WIDTH


CHECKS = [
    Check("disclosure_display", frozenset({"count", "fingertips_lt5", "hes_1to7_round5", "ons_crude_rate"}), display),
    Check(
        "suppression_tables",
        frozenset({"case", "table", "primary_cells", "min_secondary_cells", "one_optimal_secondary"}),
        suppressed,
    ),
]
