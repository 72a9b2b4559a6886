"""Measure access for the whole of England, neighbourhoods clustered as towns are: `python -m benchmarks.access`.

30 minutes by car at 40 km an hour, 1.3 times the straight line, nearer counts more. The memory is the most this
process ever held, Python and its libraries with it.
"""

import resource
import sys
import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.statistics.access import stepped, trips_within, two_step

POINTS, SITES, TOWNS = 33_755, 5_000, 300
LIMIT, MINUTES_PER_KM = 30.0, 1.3 * 60 / 40
DECAY = stepped((10, 20, 30), (1, 0.68, 0.22))
SECONDS_ALLOWED, MEGABYTES_ALLOWED = 5.0, 1000.0


@dataclass(frozen=True, slots=True)
class Measured:
    """What one calculation took, from coordinates to answers."""

    seconds: float
    pairs: int
    megabytes: float

    @property
    def met(self) -> bool:
        return self.seconds <= SECONDS_ALLOWED and self.megabytes <= MEGABYTES_ALLOWED


def measured(seed: int = 1) -> Measured:
    """One calculation over made-up towns. Raises AssertionError when its answer does not add up."""
    points, sites, children, capacity = england(seed)
    start = time.perf_counter()
    trips = trips_within(points, sites, LIMIT, MINUTES_PER_KM)
    access = two_step(children, capacity, trips, DECAY)
    seconds = time.perf_counter() - start
    reached = np.bincount(trips.place[trips.minutes <= LIMIT], minlength=SITES) > 0
    assert np.isclose(children @ access, capacity[reached].sum())
    return Measured(seconds, len(trips.minutes), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def england(seed: int) -> tuple[NDArray, NDArray, NDArray, NDArray]:
    """Kilometres of neighbourhoods and of sites round the same towns, children of the one, places of the other.

    The towns are as unequal as real ones: the k-th has 1/k of the people of the first, and spreads wider.
    """
    chance = np.random.default_rng(seed)
    centres = chance.uniform((0, 0), (400, 550), (TOWNS, 2))
    share = 1 / np.arange(1, TOWNS + 1)
    share /= share.sum()
    spread = 2 + 10 * np.sqrt(share / share[0])
    points, sites = (_round(chance, centres, share, spread, count) for count in (POINTS, SITES))
    return points, sites, chance.integers(100, 600, POINTS).astype(float), chance.integers(10, 80, SITES).astype(float)


def _round(chance: np.random.Generator, centres: NDArray, share: NDArray, spread: NDArray, count: int) -> NDArray:
    town = chance.choice(len(centres), count, p=share)
    return centres[town] + chance.normal(size=(count, 2)) * spread[town, None]


def main() -> int:
    result = measured()
    print(
        f"E2SFCA, {POINTS:,} demand points, {SITES:,} sites: {result.seconds:.2f} s for {result.pairs:,} pairs, "
        f"peak memory {result.megabytes:,.0f} MB: {'met' if result.met else 'MISSED'} "
        f"({SECONDS_ALLOWED:g} s, {MEGABYTES_ALLOWED:,.0f} MB)"
    )
    return 0 if result.met else 1


if __name__ == "__main__":
    sys.exit(main())
