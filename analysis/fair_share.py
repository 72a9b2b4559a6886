"""The comparison of need with provision again, with a fair share anywhere between population and need."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analysis.comparison import COMPARISONS
from analysis.gap import Gap
from analysis.need import NeedLens, need_table, shares_of
from analysis.provision import PROVISIONS, provision
from analysis.sources.library import Library
from analysis.statistics.apportionment import target_shares
from analysis.statistics.intervals import Floats

BY_NEED = 1.0
_NEED = ("need", "need_lower", "need_upper", "need_share")


def at_weight(library: Library, result: Gap, weight_on_need: float) -> Gap:
    """A comparison of a caseload with the share expected of each ward part by its children and part by its need.

    `weight_on_need` is 1 for a service meant for need alone, which is the comparison as it stands, and 0 for one
    meant for every child alike. Expected, ratio, gap, limits and verdict follow the weight; the columns of need keep
    what they count, and small counts are withheld or not as they were. Raises ValueError for a weight outside 0 to 1.
    Source: methods A5.1.
    """
    if weight_on_need == BY_NEED:
        return result
    needs = need_table(library, result.need)
    compared = COMPARISONS[result.provision.kind](
        library,
        _weighed_lens(result.need, needs, weight_on_need),
        _weighed(needs, weight_on_need),
        provision(library, PROVISIONS[result.provision.id], result.edition, small_counts=result.small_counts),
    )
    known = result.table.set_index("area_code")
    own = needs.set_index("area_code")
    found = compared.assign(
        **{name: compared["area_code"].map(own[name]) for name in _NEED},
        **{name: compared["area_code"].map(known[name]) for name in ("area_name", "status", "basis")},
    )
    return replace(result, table=found)


def _weighed(needs: pd.DataFrame, weight: float) -> pd.DataFrame:
    """Needs whose shares are the shares wanted: counts that add to the same total."""
    known = needs["need"].notna()
    share = target_shares(needs.loc[known, "denominator"], needs.loc[known, "need"], weight)
    total = needs["need"].sum()
    return needs.assign(
        need=pd.Series(total * share, index=needs.index[known]).reindex(needs.index),
        need_share=pd.Series(share, index=needs.index[known]).reindex(needs.index),
    )


def _weighed_lens(lens: NeedLens, needs: pd.DataFrame, weight: float) -> NeedLens:
    drawn = lens.draws
    if drawn is None:
        return lens
    children = needs["denominator"].to_numpy(float) / needs["denominator"].sum()

    def draws(library: Library) -> Floats:
        return (1 - weight) * children + weight * shares_of(drawn(library))

    return replace(lens, draws=draws)
