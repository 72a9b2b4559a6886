"""Which five wards are the most under-provided, and how surely each of them is among the five."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.compared_wards import catchments, comparable, left_out, need_draws
from analysis.gap import Gap
from analysis.reach import edge_wards
from analysis.sources.library import Library
from analysis.statistics.intervals import Floats
from analysis.statistics.robustness import DRAWS, membership, rank_probabilities

FIVE = 5
SEED = 45
SO = "which five are most under-provided cannot be asked."


@dataclass(frozen=True)
class WorstFive:
    """How often each ward is among the five most under-provided when the answer is worked out again and again.

    `by` says what was varied: `chance` (the counts, and need where it is an estimate) or `catchment`; `tries` how
    many times. Columns of `table`, the likeliest first: area_code, area_name, share (0 to 1, of the tries in which
    the ward is among the five; more is worse), rank_lower and rank_upper (1 is the most under-provided; the middle
    95% by chance, all of them by catchment); by chance also membership, the share in words, and by catchment edge
    (the ward touches the council's boundary, so that places across it are missing). `hidden` and `unknown` count the
    wards left out; `empty` is the most wards with nothing at all in one catchment, which so share the lowest place.
    """

    by: str
    tries: int
    table: pd.DataFrame
    hidden: int
    unknown: int
    empty: int = 0


def worst_five(library: Library, result: Gap) -> WorstFive:
    """How surely each ward is among the five with the least provision for their need.

    Only wards whose count is known and may be shown take part. Raises Refusal when they are fewer than 10.
    """
    wards = comparable(result, SO)
    needy = wards[wards["need"] > 0].reset_index(drop=True)
    if result.provision.kind == "access":
        return _by_catchment(library, result, needy)
    return _by_chance(library, result, needy)


def _by_chance(library: Library, result: Gap, wards: pd.DataFrame) -> WorstFive:
    ratios = redrawn_ratios(wards, need_draws(library, result.need, wards["area_code"]))
    ranks = rank_probabilities(-ratios)
    table = _likeliest_first(wards, ranks["p_worst5"], ranks["rank_lower"], ranks["rank_upper"])
    table["membership"] = table["share"].map(membership)
    return WorstFive("chance", len(ratios), table, *left_out(result, wards))


def redrawn_ratios(wards: pd.DataFrame, needs: Floats | None, draws: int = DRAWS, seed: int = SEED) -> Floats:
    """Provision over need redrawn, shaped (draws, wards); only the order within a draw has a meaning.

    Counts come from Gamma(observed + 1/2), need from `needs` or as it stands in the columns observed and need.
    """
    shape = wards["observed"].to_numpy(float) + 0.5
    redrawn = np.random.default_rng(seed).standard_gamma(shape, (draws, len(wards)))
    return redrawn / (wards["need"].to_numpy(float) if needs is None else needs[:draws])


def _by_catchment(library: Library, result: Gap, wards: pd.DataFrame) -> WorstFive:
    variants = catchments(library, result, wards["area_code"])
    ranks = variants.div(wards["need"], axis=0).rank(method="min")
    table = _likeliest_first(wards, (ranks <= FIVE).mean(axis=1), ranks.min(axis=1), ranks.max(axis=1))
    table["edge"] = table["area_code"].isin(edge_wards(library, result.edition))
    empty = int((variants == 0).sum().max())
    return WorstFive("catchment", variants.shape[1], table, *left_out(result, wards), empty)


def _likeliest_first(wards: pd.DataFrame, share: pd.Series, lower: pd.Series, upper: pd.Series) -> pd.DataFrame:
    table = wards[["area_code", "area_name"]].assign(share=share, rank_lower=lower, rank_upper=upper)
    return table.sort_values(["share", "rank_upper", "area_name"], ascending=[False, True, True], ignore_index=True)
