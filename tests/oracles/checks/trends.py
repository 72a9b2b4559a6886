"""The recent trend by both official methods."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from analysis.statistics.trend import Reason, Trend, cochran_armitage, trend_of_proportions, trend_of_values
from tests.oracles.agreement import Answer, Cell, Check, cell
from tests.oracles.folder import Folder

OF_PROPORTIONS = ("method_proportion", "reason_proportion", "chi2_CA", "logit_slope")
OF_VALUES = ("method_ci", "reason_ci", "chi2_wls", "wls_slope")
TWICE = ("Cannot be calculated", "Duplicate years in group", None, None)


def trends(folder: Folder, name: str) -> list[Cell]:
    """Every set by both methods; by that of proportions only where it is one or an answer is given."""
    given = folder.input_for(name, "set", "year", "x", "n", "value", "lo", "hi")
    want = folder.rows(name)
    tolerance = folder.tolerance(name)
    cells = [cell("all", "number of sets", given["set"].nunique(), len(want), tolerance)]
    for _, right in want.iterrows():
        points = given[given["set"] == right["set"]]
        ours = dict(zip(OF_VALUES, _answers(points, _of_values, right), strict=True))
        if (points["type"] == "proportion").all() or pd.notna(right["method_proportion"]):
            ours |= dict(zip(OF_PROPORTIONS, _answers(points, _of_proportions, right), strict=True))
        else:
            ours |= dict.fromkeys(OF_PROPORTIONS)
        cells += [cell(right["set"], column, got, right[column], tolerance) for column, got in ours.items()]
    return cells


def _of_values(points: pd.DataFrame) -> Trend:
    return trend_of_values(points["year"], points["value"], points["lo"], points["hi"])


def _of_proportions(points: pd.DataFrame) -> Trend:
    return trend_of_proportions(points["year"], points["x"], points["n"])


def _answers(points: pd.DataFrame, method: Callable[[pd.DataFrame], Trend], right: pd.Series) -> tuple[Answer, ...]:
    try:
        found = method(points)
    except ValueError as refused:
        if "stands twice" in str(refused):
            return TWICE
        raise
    if found.reason is Reason.ALL_OR_NONE:
        return _without_logit(found, points, right)
    return str(found.direction), str(found.reason), found.chi2, found.slope


def _without_logit(found: Trend, points: pd.DataFrame, right: pd.Series) -> tuple[Answer, ...]:
    """Nought or all of a year has no official wording, and a chi-squared that may be given for reference."""
    wording = right["reason_proportion"]
    reason = str(found.reason) if wording in list(Reason) else wording
    last = points.sort_values("year").tail(5)
    chi2 = cochran_armitage(*(last[column].to_numpy(float) for column in ("year", "x", "n")))
    return str(found.direction), reason, None if pd.isna(right["chi2_CA"]) else chi2, found.slope


CHECKS = [
    Check("trend_expected", frozenset({"set", *OF_PROPORTIONS, *OF_VALUES}), trends),
]
