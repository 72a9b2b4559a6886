"""How much of a need is served, when the need is itself an estimate."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.statistics.intervals import Floats
from analysis.statistics.refusals import refuse_rows

METHOD = "MOVER-R"


def coverage(
    served: ArrayLike,
    need: ArrayLike,
    need_lower: ArrayLike,
    need_upper: ArrayLike,
    served_lower: ArrayLike | None = None,
    served_upper: ArrayLike | None = None,
) -> pd.DataFrame:
    """Share of need served, and the people in need who are not, one row an area, with limits.

    Columns coverage, coverage_lower, coverage_upper (fractions; low is worse), gap, gap_lower, gap_upper (people in
    need not served; high is worse), beyond_need and method. `beyond_need` marks more served than in need: the two
    are then not counting the same people, and the figure is kept so that this can be seen. The limits have the
    confidence of those given; without served limits, served is a full count. A row with a missing value is missing.
    Raises ValueError when a need is not above zero, a count is negative, limits do not hold their value, the lower
    limit of a need is zero, or its upper limit reaches twice the need, beyond which the method does not hold.
    Source: Donner and Zou 2012 (ratio); Zou and Donner 2008 (difference).
    """
    low, high = (served if given is None else given for given in (served_lower, served_upper))
    arrays = (np.asarray(values, float) for values in (served, low, high, need, need_lower, need_upper))
    a, la, ua, b, lb, ub = np.broadcast_arrays(*arrays)
    _refuse_unusable(a, la, ua, b, lb, ub)
    frame = pd.DataFrame(
        {
            "coverage": a / b,
            "coverage_lower": _ratio_limit(a, la, b, ub, -1),
            "coverage_upper": _ratio_limit(a, ua, b, lb, 1),
            "gap": b - a,
            "gap_lower": b - a - np.hypot(b - lb, ua - a),
            "gap_upper": b - a + np.hypot(ub - b, a - la),
        }
    )
    return frame.mask(frame.isna().any(axis=1)).assign(beyond_need=a > b, method=METHOD)


def _ratio_limit(a: Floats, a_limit: Floats, b: Floats, b_limit: Floats, side: int) -> Floats:
    below = b_limit * (2 * b - b_limit)
    within = np.maximum((a * b) ** 2 - a_limit * (2 * a - a_limit) * below, 0.0)
    return (a * b + side * np.sqrt(within)) / below


def _refuse_unusable(a: Floats, la: Floats, ua: Floats, b: Floats, lb: Floats, ub: Floats) -> None:
    refuse_rows((b <= 0) | np.isinf(b), b, "A need must be above zero")
    refuse_rows((a < 0) | np.isinf(a), a, "A count of people served may not be negative")
    refuse_rows((la < 0) | (la > a), la, "The lower limit of a count served must lie between zero and the count")
    refuse_rows((ua < a) | np.isinf(ua), ua, "The upper limit of a count served may not be below the count")
    refuse_rows((lb <= 0) | (lb > b), lb, "The lower limit of a need must lie above zero and not above the need")
    refuse_rows(ub < b, ub, "The upper limit of a need may not be below the need")
    refuse_rows(ub >= 2 * b, ub, "The upper limit of a need must be below twice the need")
