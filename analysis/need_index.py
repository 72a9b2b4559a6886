"""An index of need from chosen indicators and weights, and how far the order of wards stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from analysis.need_indicators import Indicator, indicators, made_from
from analysis.refusal import Refusal
from analysis.statistics import redraws
from analysis.statistics.composite import (
    DEFAULT_METHOD,
    DOUBLE_COUNTING,
    correlated_pairs,
    named,
    need_index,
    normalised,
    refuse_flat,
    weight_shares,
)
from analysis.statistics.robustness import DRAWS, SPREAD, Robustness, membership, robustness

SEED = 2020
MOST = (5, 10)
LEAST_INDICATORS = 2
FIRST_PLACES = 10
EVERY_PAIR = -1.0
WAYS = (DEFAULT_METHOD, "minmax_geom", "rank_mean")


@dataclass(frozen=True)
class NeedIndex:
    """An index of need, one row a ward in `wards`, the ward of most need first.

    Columns of `wards`: area_code, area_name, index (by `method`; more is more need, except for rank_mean), rank_point,
    rank_median, rank_lower and rank_upper (95% of reruns; 1 is most need), rank_mean, p_worst5 and p_worst10
    (probabilities of being among that many of most need) with p_worst5_error and p_worst10_error, worst5 and worst10
    (those in words), reason (why a ward has no index, else blank) and, for each indicator, value_<id> and part_<id>.
    Parts add up to the index, or multiply to it where the method is geometric. `weights` are shares that sum to 1.
    `pairs` has every two indicators, the most alike first: first, second, r (their correlation), whole (the one made
    from the other, or blank) and twice (whether they count the same thing twice).
    `share_weights` and `share_sampling` split the variance of the places; missing when no ward changes place.
    """

    edition: str
    indicators: tuple[Indicator, ...]
    weights: Mapping[str, float]
    method: str
    wards: pd.DataFrame
    pairs: pd.DataFrame
    share_weights: float
    share_sampling: float
    draws: int = DRAWS
    seed: int = SEED
    spread: float = SPREAD
    basis: str = "modelled"

    @property
    def geometric(self) -> bool:
        """Whether the parts multiply instead of adding up."""
        return named(self.method).geometric

    @property
    def known(self) -> pd.DataFrame:
        """The wards that have an index."""
        return self.wards[self.wards["index"].notna()].reset_index(drop=True)


def index_of(
    table: pd.DataFrame, edition: str, weights: Mapping[str, float], method: str = DEFAULT_METHOD, draws: int = DRAWS
) -> NeedIndex:
    """The index of the rows of `indicator_table`, with these weights by indicator id.

    An indicator of weight 0 plays no part. A ward that lacks a figure has no index and its reason. Raises Refusal for
    an indicator the edition does not offer, fewer than two with a weight above 0, and figures that cannot be ranked.
    """
    counted = _counted(edition, weights)
    names = [item.id for item in counted]
    rows = table[table["indicator"].isin(names)].pivot(index="area_code", columns="indicator")
    values = pd.DataFrame(rows["value"])[names]
    _refuse_unrankable(values, counted)
    shares = {str(name): float(share) for name, share in weight_shares(weights, names).items()}
    simulated = _rerun(rows, counted, shares, method, draws)
    pairs = _pairs(values, counted)
    return NeedIndex(
        edition=edition,
        indicators=counted,
        weights=shares,
        method=method,
        wards=_wards(table, edition, values, shares, method, simulated.areas),
        pairs=pairs.assign(twice=(pairs["r"].abs() > DOUBLE_COUNTING) | pairs["whole"].ne("")),
        share_weights=simulated.share_weights,
        share_sampling=simulated.share_sampling,
        draws=draws,
    )


def untold(wards: pd.DataFrame) -> tuple[int, list[str]]:
    """The longest run of places, from within the first ten, which all its wards could hold: its first place and codes.

    `wards` are in order, the most need first. Each ward of the run has every place of the run inside its own 95% rank
    interval, so no place of the run can be given to any of them. Of runs as long, the first; none is (0, []).
    """
    found = [(first, _run(wards, first)) for first in range(min(FIRST_PLACES, len(wards)))]
    first, length = max(found, key=lambda run: (run[1], -run[0]), default=(0, 0))
    return (first + 1, wards["area_code"].iloc[first : first + length].tolist()) if length > 1 else (0, [])


def _run(wards: pd.DataFrame, first: int) -> int:
    """How many wards from position `first` (0 the top) could each hold every place they take up together."""
    lower, upper = wards["rank_lower"].iloc[first:].cummax(), wards["rank_upper"].iloc[first:].cummin()
    last = pd.Series(range(first + 1, len(wards) + 1), lower.index)
    return int(((lower <= first + 1) & (upper >= last)).cumprod().sum())


def _counted(edition: str, weights: Mapping[str, float]) -> tuple[Indicator, ...]:
    offered = indicators(edition)
    strange = [name for name in weights if name not in offered]
    if strange:
        raise Refusal(f"The {edition} edition has no indicator {strange[0]!r}. Choose from: {', '.join(offered)}.")
    counted = tuple(item for name, item in offered.items() if weights.get(name, 0))
    if weights and not counted:
        raise Refusal(
            "Every weight is 0, so there is nothing to add up. Give at least two indicators a weight above 0."
        )
    if len(counted) < LEAST_INDICATORS:
        has = "only one does" if counted else "none is chosen"
        raise Refusal(
            f"An index needs at least two indicators with a weight above 0, and {has}. Choose another indicator."
        )
    return counted


def _refuse_unrankable(values: pd.DataFrame, counted: tuple[Indicator, ...]) -> None:
    titles = {item.id: item.short for item in counted}
    try:
        refuse_flat(values.dropna().rename(columns=titles))
    except ValueError as error:
        raise Refusal(str(error)) from error


def _rerun(
    rows: pd.DataFrame, counted: tuple[Indicator, ...], shares: Mapping[str, float], method: str, draws: int
) -> Robustness:
    drawn = {item.id: _redrawn(rows, item) for item in counted}
    upwards = dict.fromkeys(drawn, 1)
    return robustness(drawn, upwards, shares, seed=SEED, draws=draws, methods=(method,), areas=rows.index)


def _redrawn(rows: pd.DataFrame, item: Indicator) -> redraws.Indicator:
    if item.varies:
        return redraws.proportion(rows["numerator"][item.id], rows["denominator"][item.id])
    return redraws.fixed(rows["value"][item.id])


def _wards(
    table: pd.DataFrame, edition: str, values: pd.DataFrame, shares: dict[str, float], method: str, reruns: pd.DataFrame
) -> pd.DataFrame:
    upwards = dict.fromkeys(values.columns, 1)
    scaled = normalised(values, upwards, method)
    by_column = pd.Series(shares)
    parts = scaled.pow(by_column) if named(method).geometric else scaled.mul(by_column)
    ranks = reruns.filter(regex="^(rank_|p_worst(5|10))")
    words = {f"worst{most}": [membership(chance) or "" for chance in ranks[f"p_worst{most}"]] for most in MOST}
    found = pd.concat(
        [
            need_index(values, upwards, shares, method)[["score"]].set_axis(["index"], axis=1),
            ranks,
            pd.DataFrame(words, values.index),
            _reasons(table, values, edition).to_frame(),
            values.add_prefix("value_"),
            parts.add_prefix("part_"),
        ],
        axis=1,
    )
    names = dict(zip(table["area_code"], table["area_name"], strict=True))
    found.insert(0, "area_name", [names[code] for code in found.index])
    return found.reset_index(names="area_code").sort_values(
        ["rank_median", "rank_mean", "area_name"], na_position="last", ignore_index=True
    )


def _reasons(table: pd.DataFrame, values: pd.DataFrame, edition: str) -> pd.Series:
    """Why each ward has no index: the indicators it lacks, and the reason given for each."""
    lacking = table[table["indicator"].isin(values.columns) & table["value"].isna()]
    titles = lacking["indicator"].map({name: item.short for name, item in indicators(edition).items()})
    words = (titles + ": " + lacking["reason"]).groupby(lacking["area_code"]).agg("; ".join)
    return words.reindex(values.index).fillna("").rename("reason")


def _pairs(values: pd.DataFrame, counted: tuple[Indicator, ...]) -> pd.DataFrame:
    """Every two indicators with their correlation and which of them is made from the other, the closest first."""
    together = correlated_pairs(values, above=EVERY_PAIR).set_index(["first", "second"])["r"]
    rows = [
        (one.id, other.id, together.get((one.id, other.id)), whole[0].id if (whole := made_from(one, other)) else "")
        for one, other in combinations(counted, 2)
    ]
    found = pd.DataFrame(rows, columns=["first", "second", "r", "whole"]).astype({"r": float})
    return found.sort_values("r", key=abs, ascending=False, kind="stable", ignore_index=True)
