"""Published limits worked out again: Wilson for shares, Byar and exact for rates, products for models."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.reconciliation.observed import Held
from analysis.reconciliation.verdicts import half_of_last_digit, judged, unchecked
from analysis.statistics.intervals import rate, wilson

KIND = "limits"
FIVES, FIVES_SINCE = 2.5, 2013
ENTRANTS, ENTRANTS_RATE = "na2020_first_time_entrants", "na2020_first_time_entrants_rate"
CARERS = "na2020_young_carers_16_24_percent"
NOT_STATED = "neither the counts behind the limits nor their method are printed"
Ends = tuple[np.ndarray, np.ndarray]


def checks(held: Held) -> pd.DataFrame:
    """Lower and upper limits, one check each."""
    assessment = held.observations("ASSESSMENT")
    parts = [_idaci(held), _admissions(held), *_assessment(assessment), *_ranges(held)]
    return pd.concat(parts, ignore_index=True)


def _idaci(held: Held) -> pd.DataFrame:
    """Wilson limits of the printed count and percentage; both are rounded, so the base is only known within a range."""
    rows = held.table("IDACI2015_PRINTED")
    names = rows["area_code"].map(held.names).fillna(rows["area_code"])
    named = rows.assign(
        what="Children in income-deprived families, " + names,
        row=rows["area_code"],
        lower=rows["percent_lower"],
        upper=rows["percent_upper"],
    )
    count, share = rows["count"].to_numpy(float), rows["percent"].to_numpy(float) / 100
    return _pair("IDACI2015_PRINTED", named, _share_limits, (count, share), (0.5, 0.0005), 0.05)


def _share_limits(count: np.ndarray, share: np.ndarray) -> Ends:
    lower, upper = wilson(count, count / share)
    return 100 * lower, 100 * upper


def _admissions(held: Held) -> pd.DataFrame:
    """Byar's limits of hospital admissions; counts of councils and regions are printed in fives since 2012/13."""
    rows = held.observations("OPEN")
    kept = rows[rows["lower"].notna() & rows["numerator"].notna()]
    off = np.where(kept["period_end"].ge(FIVES_SINCE) & ~kept["area_code"].str.startswith("E92"), FIVES, 0.0)
    n, per = kept["denominator"].to_numpy(float), kept["per"].to_numpy(float)
    half = half_of_last_digit(kept["lower"], [kept["period"]]).to_numpy(float)
    count = kept["numerator"].to_numpy(float)
    return _pair("OPEN_OBSERVATIONS", kept, lambda x, _: rate(x, n, per)[1:], (count, n), (off, 0.0), half)


def _assessment(rows: pd.DataFrame) -> list[pd.DataFrame]:
    entrants = rows[rows["indicator_id"].eq(ENTRANTS_RATE) & rows["lower"].notna()]
    carers = rows[rows["indicator_id"].eq(CARERS)]
    modelled = rows[rows["indicator_id"].str.match(r"na2020_disability_estimate_\d+_\d+$") & rows["lower"].notna()]
    bands = modelled[~modelled["indicator_id"].str.endswith("_0_18")]
    known = [ENTRANTS_RATE, CARERS, *bands["indicator_id"], "na2020_disability_estimate_0_18"]
    rest = rows[rows["lower"].notna() & ~rows["indicator_id"].isin(known)]
    return [
        _pair("ASSESSMENT_OBSERVATIONS", entrants, _rate_limits, _given(entrants), (0.0, 0.05), 0.05),
        _pair("ASSESSMENT_OBSERVATIONS", carers, _percent_limits, _given(carers), (0.0, 0.5), 0.05),
        _products(bands, rows),
        unchecked(KIND, "ASSESSMENT_OBSERVATIONS", rest, NOT_STATED),
    ]


def _given(rows: pd.DataFrame) -> Ends:
    return rows["numerator"].to_numpy(float), rows["value"].to_numpy(float)


def _rate_limits(count: np.ndarray, printed: np.ndarray) -> Ends:
    _, lower, upper = rate(count, 1e5 * count / printed, 1e5)
    return lower, upper


def _percent_limits(count: np.ndarray, printed: np.ndarray) -> Ends:
    return _share_limits(count, printed / 100)


def _products(bands: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Estimate and limits of each age band: its population times the printed prevalence and its limits."""
    ages = bands["indicator_id"].str.extract(r"(\d+_\d+)$")[0]
    by_id = rows.drop_duplicates("indicator_id").set_index("indicator_id")
    rates = by_id.reindex("na2020_disability_prevalence_" + ages)
    made = []
    for end in ("value", "lower", "upper"):
        named = bands.assign(
            what=bands["what"] + ", " + end, row=bands["row"] + " " + end, printed=bands[end].astype(float)
        )
        ours = bands["denominator"].to_numpy(float) * rates[end].to_numpy(float) / 100
        made.append(judged(KIND, "ASSESSMENT_OBSERVATIONS", named, ours, half=0.005))
    return pd.concat(made, ignore_index=True)


def _ranges(held: Held) -> list[pd.DataFrame]:
    rows = held.observations("STRATEGIES")
    return [unchecked(KIND, "STRATEGIES_OBSERVATIONS", rows[rows["lower"].notna()], "a range, not limits of a count")]


def _pair(
    source: str,
    rows: pd.DataFrame,
    limits: Callable[[np.ndarray, np.ndarray], Ends],
    given: Ends,
    off: tuple[ArrayLike, ArrayLike],
    half: ArrayLike,
) -> pd.DataFrame:
    """Both limits of each row from `given`, with as much slack as moving either of them by `off` brings about."""
    first, second = given
    step_first, step_second = (np.asarray(step, float) for step in off)
    middle = limits(first, second)
    moved = [limits(np.maximum(first + a * step_first, 0), second + b * step_second) for a in (-1, 1) for b in (-1, 1)]
    made = []
    for place, end in enumerate(("lower", "upper")):
        slack = np.max([np.abs(corner[place] - middle[place]) for corner in moved], axis=0)
        named = rows.assign(
            what=rows["what"] + f", {end} limit", row=rows["row"] + f" {end}", printed=rows[end].astype(float)
        )
        made.append(judged(KIND, source, named, middle[place], half=half, slack=slack))
    return pd.concat(made, ignore_index=True)
