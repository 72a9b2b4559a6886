"""Modelled estimates: national prevalence by age band applied to local populations.

They move only with the mix of ages and are no local evidence. The same national error is shared by all areas, so a
difference between two areas' estimates has no evidence of its own: never compare, rank, trend or map one as a finding.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.statistics.intervals import Floats, z_of
from analysis.statistics.refusals import refuse

INTERVALS = {"sum": "sum of limits", "mover": "MOVER", "prediction": "prediction limits"}


def synthetic_estimate(
    population: ArrayLike, prevalence: ArrayLike, lower: ArrayLike, upper: ArrayLike, confidence: float = 0.95
) -> pd.DataFrame:
    """Expected counts of areas, each with three named intervals: a row an area.

    `population` is shaped (areas, bands) or (bands,), the prevalence and its limits at `confidence` (bands,), as
    fractions 0 to 1. Columns population, estimate, implied_prevalence (fraction), confidence, and the _lower and
    _upper of `INTERVALS`:

    - sum: the sums of the limits, right only if all bands err together;
    - mover: sampling error of bands that err apart (the default to show);
    - prediction: what a true count might be, chance included; a limit below 0 is 0, for it is a count.

    An area with a missing band is missing; nobody at all has no implied prevalence. Raises ValueError for a negative
    population or unless 0 <= lower <= prevalence <= upper <= 1. Source: Zou and Donner 2008.
    """
    people, p = np.atleast_2d(np.asarray(population, float)), np.asarray(prevalence, float)
    low, high = np.asarray(lower, float), np.asarray(upper, float)
    _refuse_impossible(people, p, low, high)
    total, estimate = people.sum(axis=1), people @ p
    down, up = _quadrature(people * (p - low)), _quadrature(people * (high - p))
    chance = z_of(confidence) * np.sqrt(people @ (p * (1 - p)))
    columns = {
        "population": total,
        "estimate": estimate,
        "implied_prevalence": np.divide(estimate, total, out=np.full(total.shape, np.nan), where=total > 0),
        "sum_lower": people @ low,
        "sum_upper": people @ high,
        "mover_lower": estimate - down,
        "mover_upper": estimate + up,
        "prediction_lower": np.maximum(estimate - np.hypot(down, chance), 0.0),
        "prediction_upper": estimate + np.hypot(up, chance),
    }
    return pd.DataFrame(columns).assign(confidence=confidence)


def _quadrature(arms: Floats) -> Floats:
    return np.sqrt(np.sum(arms**2, axis=1))


def _refuse_impossible(people: Floats, p: Floats, low: Floats, high: Floats) -> None:
    if not people.shape[1] == p.size == low.size == high.size:
        raise ValueError(f"{people.shape[1]} bands of people and {p.size} of prevalence do not match; give one each.")
    refuse((people < 0) | np.isinf(people), "A population of {} is not possible; it must be 0 or more.", people)
    refuse((p < 0) | (p > 1), "A prevalence of {} is not a fraction; give it between 0 and 1.", p)
    sentence = "A prevalence of {} lies outside its limits of {} to {}; limits must hold it and be fractions 0 to 1."
    refuse((low < 0) | (low > p) | (p > high) | (high > 1), sentence, p, low, high)
