"""Seconds of Wilson limits and of limits of counts for 10 million rows: `python -m benchmarks.limits`."""

import sys
from time import perf_counter

import numpy as np

from analysis.statistics.intervals import poisson_limits, wilson

ROWS, SECONDS_ALLOWED = 10_000_000, 5.0


def measured(seed: int = 1) -> tuple[float, float]:
    """Seconds for the limits of 10 million proportions, and of as many counts."""
    chance = np.random.default_rng(seed)
    people = chance.integers(1, 5_000, ROWS)
    counts = chance.binomial(people, 0.02)
    began = perf_counter()
    wilson(counts, people)
    between = perf_counter()
    poisson_limits(counts)
    return between - began, perf_counter() - between


def main() -> int:
    proportions, counts = measured()
    met = proportions + counts <= SECONDS_ALLOWED
    print(
        f"Limits of {ROWS:,} rows: Wilson {proportions:.2f} s, Byar and exact {counts:.2f} s: "
        f"{'met' if met else 'MISSED'} ({SECONDS_ALLOWED:g} s together)"
    )
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
