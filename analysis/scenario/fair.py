"""The share of all places each ward should have, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.compared_wards import need_draws
from analysis.need import NEEDS, NeedLens, need_table
from analysis.refusal import Refusal
from analysis.sources.library import Library
from analysis.statistics.apportionment import target_shares
from analysis.statistics.intervals import Floats
from analysis.statistics.redraws import proportion

DRAWS = 500
SEED = 59
CHILDREN = {"2020": "children2019", "2026": "children2020"}


@dataclass(frozen=True)
class Fair:
    """Fair shares of the wards whose need is known (`codes`, in order; `reasons` says why the others are left out).

    `share` adds to 1; `draws`, shaped (draws, wards), are shares that could have been seen instead, all alike where
    need is not in doubt (`sure`). `growth` is need in all after a projection over need in all today (1: as today).
    """

    need: NeedLens
    weight: float
    codes: tuple[str, ...]
    reasons: dict[str, str]
    share: Floats
    draws: Floats
    growth: float
    sure: bool


def fair(
    library: Library, edition: str, need: str, weight_on_need: float, children: Mapping[str, int] | None = None
) -> Fair:
    """Each ward's fair share: part by children aged 0-15, part by need (`weight_on_need`, 0 to 1).

    A projected number of children by ward, where given, changes children to it and need in proportion. Raises Refusal
    when the need may not be used here, and ValueError for a weight outside 0 to 1.
    Source: methods A5.1; need is redrawn as methods A4.5 says.
    """
    lens = NEEDS.get(need)
    if lens is None or lens.edition != edition or lens.records_of is not None:
        raise Refusal(f"{need!r} is not a need of the {edition} edition that places can be shared out by.")
    needs = need_table(library, lens)
    people = need_table(library, NEEDS[CHILDREN[edition]]).set_index("area_code")["need"]
    known = needs["need"].notna()
    rows = needs[known]
    codes = tuple(map(str, rows["area_code"]))
    now = people.loc[list(codes)].to_numpy(float)
    change = _change(children or {}, people).loc[list(codes)].to_numpy(float)
    counts, redrawn = rows["need"].to_numpy(float), _redrawn(library, lens, rows)
    share = target_shares(now * change, counts * change, weight_on_need)
    draws = np.array([target_shares(now * change, each * change, weight_on_need) for each in redrawn])
    growth = (1 - weight_on_need) * _ratio(now, change) + weight_on_need * _ratio(counts, change)
    reasons = dict(zip(needs.loc[~known, "area_code"], needs.loc[~known, "reason"], strict=True))
    return Fair(lens, weight_on_need, codes, reasons, share, draws, growth, bool((draws == draws[0]).all()))


def _change(children: Mapping[str, int], people: pd.Series) -> pd.Series:
    projected = pd.Series(children, dtype=float).reindex(people.index)
    return (projected / people.where(people > 0)).fillna(1.0)


def _ratio(counts: Floats, change: Floats) -> float:
    return float((counts * change).sum() / counts.sum())


def _redrawn(library: Library, lens: NeedLens, rows: pd.DataFrame) -> Floats:
    """Counts of need, one row a draw: the lens's own, or redrawn where limits are published, or as they stand."""
    own = need_draws(library, lens, rows["area_code"])
    if own is not None:
        return own[:DRAWS]
    counts = rows["need"].to_numpy(float)
    if rows["need_lower"].isna().any():
        return counts[None, :]
    denominator = rows["denominator"].to_numpy(float)
    shares = proportion(np.minimum(counts, denominator), denominator)
    return shares.redrawn(np.random.default_rng(SEED), DRAWS) * denominator
