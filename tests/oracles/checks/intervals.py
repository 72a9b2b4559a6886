"""Proportions, rates and means with their limits."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.statistics.intervals import EXACT_BELOW, mean_limits, rate, wilson
from tests.oracles.agreement import Cell, Check, cell, compared
from tests.oracles.folder import Folder

LEVELS = {"95_0cl": 0.95, "99_8cl": 0.998}


def proportions(folder: Folder, name: str) -> list[Cell]:
    want = folder.rows(name)
    got = pd.DataFrame({"value": want["x"] / want["n"]})
    for suffix, confidence in LEVELS.items():
        got[f"lower{suffix}"], got[f"upper{suffix}"] = wilson(want["x"], want["n"], confidence)
    return compared(got, want, list(got), folder.tolerance(name), label=["case"])


def rates(folder: Folder, name: str) -> list[Cell]:
    want = folder.rows(name)
    got = pd.DataFrame({"method": np.where(want["x"] < EXACT_BELOW, "Exact", "Byars")}).astype(object)
    got["method"] = got["method"].where(want["x"].notna(), None)
    for suffix, confidence in LEVELS.items():
        limits = rate(want["x"], want["n"], want["mult"], confidence)
        got["value"], got[f"lower{suffix}"], got[f"upper{suffix}"] = limits
    return compared(got, want, list(got), folder.tolerance(name), label=["case"])


def means(folder: Folder, name: str) -> list[Cell]:
    want = folder.rows(name)
    given = folder.input_for(name, "group", "y")
    tolerance = folder.tolerance(name)
    names = {"value_sum": "total", "value_count": "count", "stdev": "sd", "value": "mean"}
    cells = [cell("all", "number of groups", given["group"].nunique(), len(want), tolerance)]
    for suffix, confidence in LEVELS.items():
        got = mean_limits(given["y"], given["group"], confidence).reindex(want["group"])
        columns = names | {f"lower{suffix}": "lower", f"upper{suffix}": "upper"}
        cells += compared(got, want, columns, tolerance, label=["group"])
    return cells


CHECKS = [
    Check("proportion_wilson", frozenset({"x", "n", "value", "lower95_0cl", "upper99_8cl"}), proportions),
    Check("rate_byar_exact", frozenset({"x", "n", "mult", "value", "lower95_0cl", "upper99_8cl", "method"}), rates),
    Check("mean_t_expected", frozenset({"group", "value_sum", "value_count", "stdev", "value", "lower95_0cl"}), means),
]
