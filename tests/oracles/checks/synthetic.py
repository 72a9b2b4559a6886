"""Synthetic estimates with their three intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.statistics.intervals import z_of
from analysis.statistics.synthetic import synthetic_estimate
from tests.oracles.agreement import Cell, Check, cell, compared
from tests.oracles.folder import Folder

FLAT_LIMITS = (6.9, 7.7)


def estimates(folder: Folder, name: str) -> list[Cell]:
    given = folder.input_for(name, "set", "band", "pop", "p", "lo", "hi")
    want = folder.rows(name)
    tolerance = folder.tolerance(name)
    flat = next(column for column in want.columns if column.startswith("flat_") and column[5:6].isdigit())
    got = pd.concat([_estimated(given[given["set"] == chosen], flat) for chosen in want["set"]], ignore_index=True)
    got["pred_lower"] = got["pred_lower"].where(want["pred_lower"] >= 0, got["unbounded_lower"])
    columns = [column for column in want.columns if column != "set"]
    number = cell("all", "number of sets", given["set"].nunique(), len(want), tolerance)
    return [number, *compared(got, want, columns, tolerance, label=["set"])]


def _estimated(bands: pd.DataFrame, flat: str) -> pd.DataFrame:
    """One set by its expected columns; the flat estimate is at the prevalence its column is named for."""
    people, shares = bands["pop"].to_numpy(float), [bands[column].to_numpy() / 100 for column in ("p", "lo", "hi")]
    found = synthetic_estimate(people, *shares)
    same = synthetic_estimate([people.sum()], *([percent / 100] for percent in (float(flat[5:]), *FLAT_LIMITS)))
    chance = z_of(0.95) * np.sqrt(np.sum(people * shares[0] * (1 - shares[0])))
    unbounded = found["estimate"] - np.hypot(found["estimate"] - found["mover_lower"], chance)
    names = {"population": "pop", "prediction_lower": "pred_lower", "prediction_upper": "pred_upper"}
    return found.rename(columns=names).assign(
        implied_prevalence_pct=100 * found["implied_prevalence"],
        unbounded_lower=unbounded,
        flat_lo=same["sum_lower"],
        flat_hi=same["sum_upper"],
        **{flat: same["estimate"]},
    )


CHECKS = [
    Check("synthetic_expected", frozenset({"set", "estimate", "sum_lower", "mover_lower", "pred_lower"}), estimates),
]
