"""How unusual each of some changes is among the others, measured so that the odd ones do not hide themselves."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.statistics.intervals import Floats

NORMAL = 1.4826
FEWEST = 8
FLOOR = 0.02


def robust_scores(moves: pd.Series, groups: pd.Series) -> Floats:
    """Distance of each move from the middle of its group, in robust standard deviations (median and MAD).

    Groups of fewer than FEWEST moves are measured against all moves together. The deviation is never taken as less than
    FLOOR, so that where almost nothing moves a rounding is not called unusual.
    """
    size = groups.map(groups.value_counts())
    pooled = groups.where(size >= FEWEST, "\0all")
    centre = moves.groupby(pooled).transform("median").where(size >= FEWEST, moves.median())
    off = (moves - centre).abs()
    spread = off.groupby(pooled).transform("median").where(size >= FEWEST, (moves - moves.median()).abs().median())
    return np.asarray((moves - centre) / np.maximum(NORMAL * spread, FLOOR), dtype=float)
