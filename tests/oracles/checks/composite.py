"""The index of need and how its ranks hold when redrawn."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.statistics.composite import METHODS, competition_ranks, need_index
from analysis.statistics.redraws import proportion
from analysis.statistics.robustness import rank_probabilities, robustness
from tests.oracles.agreement import Cell, Check, cell, compared
from tests.oracles.folder import Folder, Tolerance

SEED = 20_260
INPUT = ("set", "area", "indicator", "polarity", "weight", "x", "n")
LIMITS = {"rank_lo95": "rank_lower", "rank_median": "rank_median", "rank_hi95": "rank_upper"}
REACHED = {"rank_lo95": 0.025, "rank_median": 0.5, "rank_hi95": 0.975}
CHANCES = ("p_worst1", "p_worst5", "p_worst10")
STANDARD_ERRORS = 4


def scores(folder: Folder, name: str) -> list[Cell]:
    want = folder.rows(name)
    given = folder.input_for(name, *INPUT)
    cells = []
    for own, answers in want.groupby("set", sort=False):
        rows = given[given["set"] == own]
        got = pd.DataFrame({"area": answers["area"]})
        for method in METHODS:
            index = need_index(_values(rows), _first(rows, "polarity"), _first(rows, "weight"), method)
            got[[method, f"order_{method}"]] = index.loc[answers["area"], ["score", "order"]].to_numpy()
        columns = [column for column in want if column not in {"set", "area"}]
        cells += compared(got, answers, columns, folder.tolerance(name), label=["set", "area"])
    return cells


def ranks(folder: Folder, name: str) -> list[Cell]:
    """As many draws as the answers had, so that even their number is compared."""
    want, tolerance = folder.rows(name), folder.tolerance(name)
    given = folder.input_for(name, *INPUT)
    chance = Tolerance(atol=tolerance.of_simulated())
    places = Tolerance(atol=tolerance.of_simulated("rank limits", otherwise=1))
    cells = []
    for own, answers in want.groupby("set", sort=False):
        rows = given[given["set"] == own]
        draws = int(answers["draws"].mode()[0])
        found = _redrawn(rows, draws).loc[answers["area"]].assign(draws=draws)
        cells += compared(found, answers, [p for p in CHANCES if p in want], chance, label=["set", "area"])
        cells += compared(found, answers, LIMITS, places, label=["set", "area"])
        cells += compared(found, answers, ["draws"], Tolerance(), label=["set", "area"])
    return cells


def one_proportion(folder: Folder, name: str) -> list[Cell]:
    """Ranks of a single proportion; a mean rank may differ by the tolerance for each place the area may take."""
    want, tolerance = folder.rows(name), folder.tolerance(name)
    chance = Tolerance(atol=tolerance.of_simulated())
    indicator = proportion(want["x"], want["n"])
    drawn = indicator.redrawn(np.random.default_rng(SEED), tolerance.draws)
    got = rank_probabilities(drawn, point=indicator.points).assign(p=indicator.points)
    cells = compared(got, want, [p for p in CHANCES if p in want], chance, label=["area"])
    cells += compared(got, want, {"p": "p"}, Tolerance(rtol=1e-12), label=["area"])
    cells += compared(got, want, ["rank_point"], Tolerance(), label=["area"])
    places = (got["rank_upper"] - got["rank_lower"]).clip(lower=1)
    cells += [
        cell(area, "rank_mean", ours, theirs, Tolerance(atol=chance.atol * width))
        for area, ours, theirs, width in zip(want["area"], got["rank_mean"], want["rank_mean"], places, strict=True)
    ]
    known = indicator.known
    return cells + _limit_cells(competition_ranks(drawn[:, known]), want[known])


def _limit_cells(drawn: np.ndarray, want: pd.DataFrame) -> list[Cell]:
    """Rank limits, one place off only where the probability there is within simulation error of the threshold."""
    cells = []
    for column, probability in REACHED.items():
        error = STANDARD_ERRORS * (2 * probability * (1 - probability) / len(drawn)) ** 0.5
        low, ours, high = np.quantile(
            drawn, [probability - error, probability, probability + error], axis=0, method="inverted_cdf"
        ).astype(float)
        allowed = np.maximum(ours - low, high - ours)
        cells += [
            Cell(*row) for row in zip(want["area"], [column] * len(want), ours, want[column], allowed, strict=True)
        ]
    return cells


def _redrawn(rows: pd.DataFrame, draws: int) -> pd.DataFrame:
    areas = _values(rows).index
    indicators = {
        name: proportion(own["x"].reindex(areas), own["n"].reindex(areas))
        for name, own in rows.set_index("area").groupby("indicator", sort=False)
    }
    polarity, weights = _first(rows, "polarity"), _first(rows, "weight")
    return robustness(indicators, polarity, weights, draws=draws, seed=SEED, areas=areas).areas


def _values(rows: pd.DataFrame) -> pd.DataFrame:
    values = rows.assign(value=proportion(rows["x"], rows["n"]).points)
    return values.pivot(index="area", columns="indicator", values="value")


def _first(rows: pd.DataFrame, column: str) -> dict[object, float]:
    return rows.groupby("indicator", sort=False)[column].first().to_dict()


CHECKS = [
    Check("composite_expected", frozenset({"set", "area", "z_arith", "minmax_geom", "order_z_arith"}), scores),
    Check("composite_rank_probability", frozenset({"set", "area", "p_worst5", "rank_lo95", "draws"}), ranks),
    Check("rank_probability_idaci", frozenset({"area", "x", "n", "rank_point", "rank_mean"}), one_proportion),
]
