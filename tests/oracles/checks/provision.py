"""Provision against need: expected counts, ratios and gaps, and coverage of an estimated need."""

from __future__ import annotations

import math

import pandas as pd

from analysis.statistics.coverage import coverage
from analysis.statistics.expectation import LEAST_EXPECTED, expected_counts, observed_to_expected, side_of_one
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
CLASS_LEVELS = {
    "class95": ("", LEAST_EXPECTED),
    **dict.fromkeys(("class99", "class998", "class99_8"), ("_998", -math.log(0.001))),
}


def gaps(folder: Folder, name: str) -> list[Cell]:
    want = folder.rows(name)
    sets = [_gap(part) for _, part in (want.groupby("set", sort=False) if "set" in want else [("", want)])]
    got = pd.concat(sets).loc[want.index]
    for column in CLASS_LEVELS.keys() & set(want):
        got[column] = _classes(got, want[column], *CLASS_LEVELS[column])
    columns = OE | {column: column for column in CLASS_LEVELS if column in want}
    label = [column for column in ("set", "area") if column in want]
    return compared(got, want, columns, folder.tolerance(name), label=label)


def _gap(rows: pd.DataFrame) -> pd.DataFrame:
    expected = expected_counts(rows["need"], rows["observed"].sum())
    return observed_to_expected(rows["observed"], expected).set_index(rows.index).assign(expected=expected)


def _classes(got: pd.DataFrame, want: pd.Series, suffix: str, fewest: float) -> pd.Series:
    """The class at one level; too few to tell, in the words of the answers, only where the answers tell that apart."""
    sides = [CLASSES[int(side)] for side in side_of_one(got[f"oe_lower{suffix}"], got[f"oe_upper{suffix}"])]
    untold = want[want.astype(str).str.lower().str.startswith("too few")]
    classes = pd.Series(sides, index=got.index)
    return classes if untold.empty else classes.mask(got["expected"] < fewest, untold.iloc[0])


def shares_served(folder: Folder, name: str) -> list[Cell]:
    want = folder.rows(name)
    limits = [want[column] for column in ("need_lo", "need_hi", "served_lo", "served_hi")]
    got = coverage(want["served"], want["need"], *limits)
    return compared(got, want, COVERAGE, folder.tolerance(name), label=["case"])


CHECKS = [
    Check("gap_oe", frozenset({"need", "observed", "expected", "oe", "gap", "class95"}), gaps),
    Check("coverage_mover_ratio", frozenset({"served", "need", "ratio", "treatment_gap_cases"}), shares_served),
]
