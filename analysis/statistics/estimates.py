"""Spreading a known total over areas whose own shares were not published."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from analysis.statistics.intervals import Floats
from analysis.statistics.refusals import refuse_rows


def water_fill(total: float, weights: ArrayLike, cap: float) -> Floats:
    """`total` shared in proportion to `weights`, no area above `cap`; what a cap turns away goes to the rest.

    Returns one value an area, summing to `total`. Raises ValueError when the caps cannot hold the total,
    when the total is negative, or when a weight is negative or missing.
    """
    w = np.asarray(weights, float)
    if not ((w >= 0) & np.isfinite(w)).all() or w.sum() <= 0:
        raise ValueError("Weights must be known, not negative, and above zero somewhere.")
    if not total >= 0:
        raise ValueError("The total to be shared must be known and not negative.")
    if not 0 <= cap < np.inf:
        raise ValueError(f"A cap of {cap:g} is not possible; it must be a number from 0 upwards.")
    if total > cap * np.count_nonzero(w) * (1 + 1e-12):
        raise ValueError("The caps together are smaller than the total to be shared.")
    full = np.zeros(w.shape, bool)
    while True:
        free = np.where(full, 0.0, w)
        rest = total - cap * full.sum()
        level = rest / free.sum() if free.sum() > 0 else 0.0
        over = (free * level > cap) & ~full
        if not over.any():
            return np.where(full, cap, free * level)
        full |= over


def rounded_shares(shares: ArrayLike, draws: int, seed: int, half_width: float = 0.005) -> Floats:
    """Shares that could have been rounded to those printed: uniform within half a unit, shaped (draws, areas).

    Raises ValueError for a share that is missing or outside 0 to 1, and for fewer than 1 draw.
    """
    printed = _known_shares(shares)
    if draws < 1:
        raise ValueError(f"{draws} draws show nothing; give 1 or more.")
    offsets = np.random.default_rng(seed).uniform(-half_width, half_width, (draws, printed.size))
    return np.clip(printed + offsets, 0.0, 1.0)


def counts_behind_rounded_shares(shares: ArrayLike, base: int, draws: int, seed: int) -> Floats:
    """Counts that could stand behind rounded shares of `base`: the share redrawn, then a binomial count.

    Raises ValueError as `rounded_shares` does, and for a base below 0.
    """
    _refuse_base(base)
    redrawn = rounded_shares(shares, draws, seed)
    return np.random.default_rng([seed, 1]).binomial(base, redrawn).astype(float)


def count_range_of_rounded_share(share: ArrayLike, base: int, half_width: float = 0.005) -> tuple[Floats, Floats]:
    """The least and greatest whole counts of `base` that would print as `share`.

    Raises ValueError for a share that is missing or outside 0 to 1, and for a base below 0.
    """
    _refuse_base(base)
    printed = _known_shares(share)
    lowest = np.ceil(np.round((printed - half_width) * base, 9))
    highest = np.floor(np.round((printed + half_width) * base, 9))
    return np.maximum(lowest, 0.0), np.minimum(highest, base)


def _known_shares(shares: ArrayLike) -> Floats:
    known = np.asarray(shares, float)
    refuse_rows(~((known >= 0) & (known <= 1)), known, "A printed share must be known and lie between 0 and 1")
    return known


def _refuse_base(base: float) -> None:
    if not 0 <= base < np.inf:
        raise ValueError(f"A base of {base:g} is not possible; shares need a number of people from 0 upwards.")
