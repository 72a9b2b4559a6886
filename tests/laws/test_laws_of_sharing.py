"""What must hold when a total is shared out, moved to other areas or guessed from rounded shares."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.statistics.aggregate import rebase, share_matrix, weighted_mean
from analysis.statistics.estimates import (
    count_range_of_rounded_share,
    counts_behind_rounded_shares,
    rounded_shares,
    water_fill,
)

weights = st.lists(st.just(0.0) | st.floats(0.001, 100), min_size=1, max_size=33).filter(any)


def room(values: list[float], part: float, cap: float) -> float:
    return part * cap * np.count_nonzero(values)


@given(values=weights, part=st.floats(0, 1), cap=st.floats(0.5, 50))
def test_water_filling_keeps_the_total_under_the_cap(values: list[float], part: float, cap: float) -> None:
    total = room(values, part, cap)
    filled = water_fill(total, values, cap)
    assert filled.sum() == pytest.approx(total, rel=1e-9, abs=1e-9)
    assert (filled <= cap * (1 + 1e-12)).all()
    assert (filled >= 0).all()


@given(values=weights, part=st.floats(0.1, 1), cap=st.floats(0.5, 50))
def test_areas_below_the_cap_stand_in_proportion_to_their_weights(values: list[float], part: float, cap: float) -> None:
    filled, w = water_fill(room(values, part, cap), values, cap), np.array(values)
    below = (filled < cap * (1 - 1e-9)) & (w > 0)
    level = filled[below] / w[below]
    assert level.size == 0 or np.allclose(level, level[0], rtol=1e-6)


@given(values=weights, part=st.floats(0, 1), cap=st.floats(0.5, 50), more=st.floats(1, 3))
def test_a_higher_cap_never_gives_an_uncapped_area_more(
    values: list[float], part: float, cap: float, more: float
) -> None:
    total = room(values, part, cap)
    tight, loose = water_fill(total, values, cap), water_fill(total, values, more * cap)
    assert loose.max() >= tight.max() - 1e-9
    below = tight < cap * (1 - 1e-9)
    assert (loose[below] <= tight[below] + 1e-9).all()


@given(values=weights, excess=st.floats(1.001, 10), cap=st.floats(0.5, 50))
def test_caps_too_small_for_the_total_are_refused(values: list[float], excess: float, cap: float) -> None:
    with pytest.raises(ValueError, match="The caps together are smaller than the total to be shared"):
        water_fill(room(values, excess, cap), values, cap)


@given(
    percents=st.lists(st.integers(0, 100), min_size=1, max_size=6), base=st.integers(1, 2000), seed=st.integers(0, 99)
)
def test_counts_behind_rounded_shares_lie_between_none_and_the_base(percents: list[int], base: int, seed: int) -> None:
    counts = counts_behind_rounded_shares(np.array(percents) / 100, base, 50, seed)
    assert counts.shape == (50, len(percents))
    assert ((counts >= 0) & (counts <= base)).all()
    assert (counts == np.floor(counts)).all()


@given(percents=st.lists(st.integers(0, 100), min_size=1, max_size=6), seed=st.integers(0, 99))
def test_redrawn_shares_round_to_what_was_printed(percents: list[int], seed: int) -> None:
    printed = np.array(percents) / 100
    redrawn = rounded_shares(printed, 50, seed)
    assert (np.abs(redrawn - printed) <= 0.005 + 1e-12).all()
    assert ((redrawn >= 0) & (redrawn <= 1)).all()


@given(base=st.integers(100, 5000), count=st.integers(0, 5000))
def test_the_range_behind_a_rounded_share_holds_the_count_it_came_from(base: int, count: int) -> None:
    assume(count <= base)
    lowest, highest = count_range_of_rounded_share(round(100 * count / base) / 100, base)
    assert 0 <= lowest <= count <= highest <= base


@st.composite
def crosswalks(draw: st.DrawFn) -> pd.DataFrame:
    """Shares of up to six old areas among up to five new ones."""
    rows = []
    for old in range(draw(st.integers(1, 6))):
        parts = draw(st.lists(st.integers(1, 50), min_size=1, max_size=5))
        rows += [(f"old{old}", f"new{new}", part / sum(parts)) for new, part in enumerate(parts)]
    return pd.DataFrame(rows, columns=["old", "new", "share"])


@given(links=crosswalks(), data=st.data())
def test_moving_counts_to_other_areas_keeps_the_total(links: pd.DataFrame, data: st.DataObject) -> None:
    shares = share_matrix(links, "old", "new", "share")
    size = len(shares)
    counts = pd.Series(
        data.draw(st.lists(st.integers(0, 1000), min_size=size, max_size=size)), shares.index, dtype=float
    )
    assert rebase(counts, shares).sum() == pytest.approx(counts.sum(), rel=1e-9, abs=1e-9)


@given(rows=st.lists(st.tuples(st.floats(-50, 50), st.floats(0, 100)), min_size=1, max_size=20))
def test_a_weighted_mean_lies_among_the_values_that_have_weight(rows: list[tuple[float, float]]) -> None:
    values, weight = np.array(rows).T
    assume(weight.sum() > 0.1)
    counted = values[weight > 0]
    assert counted.min() - 1e-9 <= weighted_mean(values, weight) <= counted.max() + 1e-9
