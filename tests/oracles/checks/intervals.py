"""Proportions and rates with their limits."""

from __future__ import annotations

import pandas as pd

from analysis.statistics.intervals import rate, wilson
from tests.oracles.agreement import Cell, Check, compared
from tests.oracles.folder import Folder

LEVELS = {"95_0cl": 0.95, "99_8cl": 0.998}


def proportions(folder: Folder, name: str) -> list[Cell]:
    want = folder.rows(name)
    got = pd.DataFrame({"value": want["x"] / want["n"]})
    for suffix, confidence in LEVELS.items():
        got[f"lower{suffix}"], got[f"upper{suffix}"] = wilson(want["x"], want["n"], confidence)
    return compared(got, want, list(got), folder.tolerance(name), label=["case"])


CHECKS = [
    Check("proportion_wilson", frozenset({"x", "n", "value", "lower95_0cl", "upper99_8cl"}), proportions),
]
