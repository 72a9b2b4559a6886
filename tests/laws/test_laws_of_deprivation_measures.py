"""What must hold of the summary measures whatever the small areas."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from analysis.statistics.deprivation_measures import deciles, extent_weights, iod_exponential, summary_measures

RANKED = 200
rows = st.tuples(st.sampled_from("AB"), st.integers(1, RANKED), st.floats(0, 90), st.integers(1, 3000))
tables = st.lists(rows, min_size=1, max_size=25).map(
    lambda found: pd.DataFrame(found, columns=["ward", "rank", "score", "population"])
)


@given(table=tables, seed=st.integers(0, 99))
def test_the_order_of_the_file_changes_nothing_even_with_tied_ranks(table: pd.DataFrame, seed: int) -> None:
    shuffled = table.sample(frac=1, random_state=seed)
    assert_frame_equal(summary_measures(table, "ward", RANKED), summary_measures(shuffled, "ward", RANKED), rtol=1e-9)


@given(table=tables)
def test_every_measure_lies_between_its_bounds(table: pd.DataFrame) -> None:
    found = summary_measures(table, "ward", RANKED)
    shares = found[
        ["proportion_most_deprived_10pct", "population_share_decile_1", "population_share_quintile_1", "extent"]
    ]
    assert ((shares >= 0) & (shares <= 1 + 1e-12)).all(axis=None)
    assert (found["average_score"] >= found["min_score"] - 1e-9).all()
    assert (found["average_score"] <= found["max_score"] + 1e-9).all()
    assert (found["local_concentration"] >= found["average_rank"] - 1e-9).all()
    assert (found["local_concentration"] <= RANKED + 1e-9).all()
    assert (found["population_share_decile_1"] <= found["extent"] + 1e-12).all()


@given(table=tables)
def test_splitting_a_small_area_in_two_alike_changes_no_measure_of_people(table: pd.DataFrame) -> None:
    halves = pd.concat([table.assign(population=table["population"] / 2)] * 2, ignore_index=True)
    one, other = summary_measures(table, "ward", RANKED), summary_measures(halves, "ward", RANKED)
    assert_frame_equal(one.drop(columns="small_areas"), other.drop(columns="small_areas"), rtol=1e-9, check_dtype=False)


@given(ranked=st.integers(1, 40_000), data=st.data())
def test_a_more_deprived_rank_never_scores_or_weighs_less(ranked: int, data: st.DataObject) -> None:
    first, second = sorted(data.draw(st.lists(st.integers(1, ranked), min_size=2, max_size=2)))
    assert iod_exponential(first, ranked) >= iod_exponential(second, ranked)
    assert extent_weights(first, ranked) >= extent_weights(second, ranked)
    assert deciles(first, ranked) <= deciles(second, ranked)


@given(ranked=st.integers(1, 40_000))
def test_ranks_fill_the_scale_from_just_above_nought_to_a_hundred(ranked: int) -> None:
    scores = iod_exponential(np.array([1, ranked]), ranked)
    assert scores[0] == pytest.approx(100)
    assert scores[1] > 0
    assert deciles(np.array([ranked]), ranked) == 10
