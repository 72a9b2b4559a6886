"""Time secondary suppression and its attack on tables of 33 wards by 19: `python -m benchmarks.disclosure`.

Each table is suppressed, attacked, and timed; the exit code is 1 when one takes 10 seconds or more or is not safe.
"""

import sys
import time
from dataclasses import dataclass

import numpy as np

from analysis.statistics.count_tables import Table, two_way
from analysis.statistics.suppression import suppress

WARDS, GROUPS = 33, 19
GOAL_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Timed:
    """What became of one table."""

    name: str
    small: int
    hidden: int
    withheld: int
    safe: bool
    seconds: float

    @property
    def met(self) -> bool:
        return self.safe and self.seconds < GOAL_SECONDS


def tables() -> dict[str, Table]:
    """Sparse counts, uneven ones, a few small among many, rows of small ones whose totals are small, and few at all."""
    random = np.random.default_rng(2020)
    shape = (WARDS, GROUPS)
    uneven = random.poisson(8 * random.gamma(1, 1, shape))
    scattered = random.integers(5, 400, shape)
    scattered.flat[random.choice(scattered.size, 60, replace=False)] = random.integers(1, 5, 60)
    diagonal = np.zeros(shape, int)
    diagonal[np.arange(WARDS), np.arange(WARDS) % GROUPS] = 3
    counts = {
        "Poisson with mean 1.5, mostly 0 to 4": random.poisson(1.5, shape),
        "uneven wards, mean 8": uneven,
        "60 small counts among large ones": scattered,
        "one small count in 10 cells, else 0": np.where(random.random(shape) < 0.9, 0, random.integers(1, 30, shape)),
        "a single 3 in each ward": diagonal,
    }
    return {name: two_way(held) for name, held in counts.items()}


def timed(name: str, table: Table) -> Timed:
    start = time.perf_counter()
    found = suppress(table)
    seconds = time.perf_counter() - start
    small = int(((table.values > 0) & (table.values < 5)).sum())
    return Timed(name, small, int(found.hidden.sum()), int(found.withheld.sum()), found.safe, seconds)


def main() -> int:
    results = [timed(name, table) for name, table in tables().items()]
    print(f"{'table of 33 by 19':40}{'small':>8}{'hidden':>8}{'totals':>8}{'safe':>6}{'s':>8}")
    for one in results:
        safe = "yes" if one.safe else "no"
        print(f"{one.name:40}{one.small:8d}{one.hidden:8d}{one.withheld:8d}{safe:>6}{one.seconds:8.2f}")
    met = all(one.met for one in results)
    print(f"{'met' if met else 'NOT MET'}: secondary suppression with its attack within {GOAL_SECONDS:.0f} s")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
