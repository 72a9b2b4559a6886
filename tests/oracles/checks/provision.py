"""Provision against need: expected counts, ratios and gaps, and coverage of an estimated need."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.statistics.coverage import coverage
from analysis.statistics.expectation import expected_counts, observed_to_expected, side_of_one, too_few
from tests.oracles.agreement import Cell, Check, compared
from tests.oracles.folder import Folder

OE = {
    "expected": "expected",
    "oe": "oe",
    "oe_lo95": "oe_lower",
    "oe_hi95": "oe_upper",
    "oe_lo998": "oe_lower_998",
    "oe_hi998": "oe_upper_998",
    "gap": "gap",
    "gap_lo95": "gap_lower",
    "gap_hi95": "gap_upper",
    "class95": "class95",
}
COVERAGE = {
    "ratio": "coverage",
    "lo": "coverage_lower",
    "hi": "coverage_upper",
    "treatment_gap_cases": "gap",
    "gap_lo": "gap_lower",
    "gap_hi": "gap_upper",
}
CLASSES = {-1: "under-provided", 0: "consistent with need share", 1: "over-provided"}
UNTOLD = "too few to tell"


def gaps(folder: Folder, name: str) -> list[Cell]:
    want = folder.rows(name)
    sets = [_gap(part) for _, part in (want.groupby("set", sort=False) if "set" in want else [("", want)])]
    got = pd.concat(sets).loc[want.index]
    if not want["class95"].str.startswith("too few").any():
        got["class95"] = got["side"]
    return compared(
        got, want, OE, folder.tolerance(name), label=[column for column in ("set", "area") if column in want]
    )


def _gap(rows: pd.DataFrame) -> pd.DataFrame:
    expected = expected_counts(rows["need"], rows["observed"].sum())
    got = observed_to_expected(rows["observed"], expected).set_index(rows.index).assign(expected=expected)
    got["side"] = [CLASSES[int(side)] for side in side_of_one(got["oe_lower"], got["oe_upper"])]
    got["class95"] = np.where(too_few(expected), UNTOLD, got["side"])
    return got


def shares_served(folder: Folder, name: str) -> list[Cell]:
    want = folder.rows(name)
    limits = [want[column] for column in ("need_lo", "need_hi", "served_lo", "served_hi")]
    got = coverage(want["served"], want["need"], *limits)
    return compared(got, want, COVERAGE, folder.tolerance(name), label=["case"])


CHECKS = [
    Check("gap_oe", frozenset({"need", "observed", "expected", "oe", "gap", "class95"}), gaps),
    Check("coverage_mover_ratio", frozenset({"served", "need", "ratio", "treatment_gap_cases"}), shares_served),
]
