"""Small areas of the Indices of Deprivation summarised over larger areas, by the published methods."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.statistics.intervals import Floats

SCALE = 23.0
MOST_DEPRIVED_SHARE = 0.1
FULL_WEIGHT_PERCENTILE, LAST_WEIGHTED_PERCENTILE = 10, 30
DOMAIN_WEIGHTS = {
    "income": 22.5,
    "employment": 22.5,
    "education": 13.5,
    "health": 13.5,
    "crime": 9.3,
    "barriers": 9.3,
    "living_environment": 9.3,
}


def summary_measures(small_areas: pd.DataFrame, by: str, ranked: int) -> pd.DataFrame:
    """The summary measures of larger areas, one row a value of the column `by`, which becomes the index.

    `small_areas` has the columns rank (1 is the most deprived of the `ranked` small areas nationally), score,
    population and, where published, decile (worked out from the rank where it is missing or not given).
    Columns, larger is more deprived in all the measures: small_areas and population; average_score;
    average_rank (of reversed ranks); proportion_most_deprived_10pct (of small areas, unweighted, as published);
    population_share_decile_1 and population_share_quintile_1 (of people, a different figure); extent;
    local_concentration (mean reversed rank of the most deprived tenth of people, the last small area in part);
    min_score and max_score. A missing rank, score or population makes missing the measures of its own larger
    area that need it. Raises ValueError for a population that is not above zero, a rank outside 1 to `ranked`,
    a decile outside 1 to 10 and a small area that belongs nowhere.
    Source: MHCLG, Indices of Deprivation 2019, technical report, summary measures.
    """
    areas = _checked(small_areas, by, ranked)
    group, people = areas[by], areas["population"]
    groups = areas.groupby(by)
    return pd.DataFrame(
        {
            "small_areas": groups.size(),
            "population": people.groupby(group).sum(skipna=False),
            "average_score": _mean(areas["score"], group, people),
            "average_rank": _mean(areas["reversed_rank"], group, people),
            "proportion_most_deprived_10pct": _mean(_within(areas["decile"], 1), group),
            "population_share_decile_1": _mean(_within(areas["decile"], 1), group, people),
            "population_share_quintile_1": _mean(_within(areas["decile"], 2), group, people),
            "extent": _mean(areas["extent_weight"], group, people),
            "local_concentration": _local_concentration(areas, by),
            "min_score": groups["score"].min(skipna=False),
            "max_score": groups["score"].max(skipna=False),
        }
    )


def deciles(rank: ArrayLike, ranked: int) -> Floats:
    """The national tenth of each rank, 1 the most deprived; missing stays missing.

    Raises ValueError for a rank outside 1 to `ranked`. Source: MHCLG.
    """
    return np.ceil(10 * _known_ranks(rank, ranked) / ranked)


def extent_weights(rank: ArrayLike, ranked: int) -> Floats:
    """What each small area counts for in the extent: 1 in the most deprived tenth, falling to 0 after 30%.

    From 0.95 in the 11th percentile to 0.05 in the 30th; a percentile is a hundredth of the ranks, rounded up,
    never bins of equal count. Missing stays missing. Raises ValueError for a rank outside 1 to `ranked`.
    """
    percentile = np.ceil(100 * _known_ranks(rank, ranked) / ranked)
    falling = 0.95 - (0.9 / 19) * (percentile - FULL_WEIGHT_PERCENTILE - 1)
    beyond = np.where(percentile > LAST_WEIGHTED_PERCENTILE, 0.0, falling)
    return np.where(percentile <= FULL_WEIGHT_PERCENTILE, 1.0, beyond)


def iod_exponential(rank: ArrayLike, ranked: int) -> Floats:
    """Ranks (1 is the most deprived of `ranked`) as scores up to 100, the most deprived tenth from 50 to 100.

    Tied ranks may be halves; missing stays missing. Not for few areas: of 33, the first two always stand
    27 points apart. Raises ValueError for a rank outside 1 to `ranked`. Source: MHCLG, technical report.
    """
    share = (ranked + 1 - _known_ranks(rank, ranked)) / ranked
    return -SCALE * np.log(1 - share * (1 - np.exp(-100 / SCALE)))


def imd_score(domain_ranks: pd.DataFrame, ranked: int, weights: Mapping[str, float] = DOMAIN_WEIGHTS) -> pd.Series:
    """The score of the Index of Multiple Deprivation from the ranks of its seven domains; higher is more deprived.

    One row a small area, a column for each name in `weights`. The weights sum to 99.9 and stay so, as published.
    A missing rank makes the score missing. Raises ValueError for a rank outside 1 to `ranked`.
    """
    parts = [weight / 100 * iod_exponential(domain_ranks[name], ranked) for name, weight in weights.items()]
    return pd.Series(np.sum(parts, axis=0), domain_ranks.index, name="imd_score")


def _checked(small_areas: pd.DataFrame, by: str, ranked: int) -> pd.DataFrame:
    """The small areas with what the measures are means of."""
    _refuse_unplaced(small_areas[by])
    rank, people = small_areas["rank"].astype(float), small_areas["population"].astype(float)
    _refuse_nobody(people)
    return pd.DataFrame(
        {
            by: small_areas[by],
            "rank": rank,
            "reversed_rank": ranked + 1 - _known_ranks(rank, ranked),
            "decile": _published_deciles(small_areas, ranked),
            "extent_weight": extent_weights(rank, ranked),
            "score": small_areas["score"].astype(float),
            "population": people,
        }
    )


def _refuse_unplaced(group: pd.Series) -> None:
    unplaced = group.index[group.isna()]
    if len(unplaced):
        raise ValueError(
            f"The small area {unplaced[0]} has no {group.name}; every small area must belong to one larger area."
        )


def _refuse_nobody(people: pd.Series) -> None:
    wrong = people[(people <= 0) | np.isinf(people)]
    if len(wrong):
        raise ValueError(
            f"A population of {wrong.iloc[0]:g} cannot weight the small area {wrong.index[0]}; it must be above zero "
            "and finite."
        )


def _known_ranks(rank: ArrayLike, ranked: int) -> Floats:
    if not 1 <= ranked < np.inf:
        raise ValueError(f"{ranked:g} areas cannot be ranked; give the number of areas that were, 1 or more.")
    r = np.asarray(rank, float)
    wrong = r[(r < 1) | (r > ranked)]
    if wrong.size:
        raise ValueError(f"A rank of {wrong[0]:g} lies outside 1 to {ranked}; give the number of areas ranked with it.")
    return r


def _published_deciles(small_areas: pd.DataFrame, ranked: int) -> pd.Series:
    worked_out = pd.Series(deciles(small_areas["rank"], ranked), small_areas.index)
    if "decile" not in small_areas:
        return worked_out
    published = small_areas["decile"].astype(float)
    wrong = published[(published < 1) | (published > 10)]
    if len(wrong):
        raise ValueError(f"A decile of {wrong.iloc[0]:g} lies outside 1 to 10; 1 is the most deprived tenth.")
    return published.fillna(worked_out)


def _within(decile: pd.Series, last: int) -> pd.Series:
    return (decile <= last).astype(float).where(decile.notna())


def _mean(values: pd.Series, group: pd.Series, people: pd.Series | None = None) -> pd.Series:
    weights = pd.Series(1.0, values.index) if people is None else people
    return (values * weights).groupby(group).sum(skipna=False) / weights.groupby(group).sum(skipna=False)


def _local_concentration(areas: pd.DataFrame, by: str) -> pd.Series:
    """Mean reversed rank of exactly the most deprived tenth of people, who may fill only part of a small area."""
    ordered = areas.sort_values([by, "rank", "population"])
    people, group = ordered["population"], ordered[by]
    tenth = MOST_DEPRIVED_SHARE * people.groupby(group).transform("sum")
    before = people.groupby(group).cumsum() - people
    taken = (tenth - before).clip(0.0, people)
    known = ordered["rank"].notna() & people.notna()
    return _mean(ordered["reversed_rank"], group, taken).where(known.groupby(group).all())
