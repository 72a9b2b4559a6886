"""Equal-count groups of areas."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.statistics.intervals import Floats
from analysis.statistics.refusals import refuse


def quantile_bands(values: ArrayLike, groups: int = 5, *, invert: bool = False) -> Floats:
    """Which of `groups` equal-count bands each area falls in: 1 the lowest values, or the highest with `invert`.

    For bands in which 1 is most in need, invert when high is worse. Ties share a band. Missing stays missing and
    is not counted; with fewer areas than bands there are no bands at all. Returns floats. Raises ValueError for
    fewer than two bands or an infinite value. Source: the rule `phe_quantile` of OHID's PHEindicatormethods.
    """
    v = np.asarray(values, float)
    if not groups >= 2:
        raise ValueError(f"{groups} bands would not divide the areas; there must be 2 or more.")
    refuse(np.isinf(v), "A value of {} has no band; values must be finite.", v)
    known = ~np.isnan(v)
    count = int(known.sum())
    bands = np.full(v.shape, np.nan)
    if count < groups:
        return bands
    rank = pd.Series(v[known]).rank(method="min", ascending=not invert).to_numpy()
    band = np.floor((groups + 1) - np.ceil(((count + 1) - rank) / (count / groups)))
    bands[known] = np.where(band == 0, 1, band)
    return bands
