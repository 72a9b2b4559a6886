"""Equal-count groups of areas."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike


def fifths(values: ArrayLike, groups: int = 5) -> np.ndarray:
    """Which of `groups` equal-count bands each area falls in, 1 the lowest values; missing stays missing.

    Ties share a band. With fewer areas than bands there are no bands at all. Returns floats.
    Source: the quantile rule of OHID's PHEindicatormethods.
    """
    v = np.asarray(values, float)
    known = ~np.isnan(v)
    count = int(known.sum())
    bands = np.full(v.shape, np.nan)
    if count < groups:
        return bands
    rank = pd.Series(v[known]).rank(method="min").to_numpy()
    band = np.floor((groups + 1) - np.ceil(((count + 1) - rank) / (count / groups)))
    bands[known] = np.where(band == 0, 1, band)
    return bands
