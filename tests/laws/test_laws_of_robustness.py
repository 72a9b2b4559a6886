"""What must hold of redrawn ranks whatever the scores."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from analysis.statistics.redraws import proportion
from analysis.statistics.robustness import rank_probabilities, robustness

drawn = arrays(float, array_shapes(min_dims=2, max_dims=2, max_side=14), elements=st.integers(0, 20).map(float))
areas = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 400)), min_size=2, max_size=12, unique=True)


@given(scores=drawn)
def test_chances_grow_with_the_number_of_worst_and_limits_hold_the_median(scores: np.ndarray) -> None:
    found = rank_probabilities(scores)
    assert (found["p_worst1"] <= found["p_worst5"]).all()
    assert (found["p_worst5"] <= found["p_worst10"]).all()
    assert (found["rank_lower"] <= found["rank_median"]).all()
    assert (found["rank_median"] <= found["rank_upper"]).all()
    assert found[["rank_lower", "rank_upper"]].stack().between(1, scores.shape[1]).all()


@given(scores=drawn)
def test_somebody_is_always_the_worst_and_with_ties_more_than_one(scores: np.ndarray) -> None:
    found = rank_probabilities(scores)
    ties = (scores == scores.max(axis=1, keepdims=True)).sum(axis=1).mean()
    assert found["p_worst1"].sum() == pytest.approx(ties)


@given(scores=drawn)
def test_each_rank_is_one_more_than_the_number_of_worse_areas(scores: np.ndarray) -> None:
    worse = (scores[:, None, :] > scores[:, :, None]).sum(axis=2)
    assert np.allclose(rank_probabilities(scores)["rank_mean"], 1 + worse.mean(axis=0))


@given(scores=drawn, data=st.data())
def test_a_permutation_of_areas_permutes_the_ranks(scores: np.ndarray, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(scores.shape[1])))
    one, other = rank_probabilities(scores), rank_probabilities(scores[:, order])
    assert np.allclose(one.iloc[order].drop(columns="rank_point"), other.drop(columns="rank_point"))


@given(scores=drawn, data=st.data())
def test_the_order_of_the_draws_does_not_matter(scores: np.ndarray, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(scores.shape[0])))
    assert rank_probabilities(scores).equals(rank_probabilities(scores[order]))


@given(rows=areas, seed=st.integers(0, 999))
def test_the_ranks_of_an_index_add_up_and_its_shares_do_too(rows: list[tuple[int, int]], seed: int) -> None:
    x, more = np.array(rows).T
    found = robustness({"a": proportion(x, x + more + 1)}, {"a": 1}, draws=40, seed=seed) if _vary(x, more) else None
    if found is not None:
        assert found.areas["rank_mean"].sum() == pytest.approx(len(rows) * (len(rows) + 1) / 2)
        assert found.areas["variance_weights"].tolist() == [0] * len(rows)
        assert (found.areas["share_weights"] + found.areas["share_sampling"]).dropna().eq(1).all()


@given(rows=areas, seed=st.integers(0, 999))
def test_one_seed_is_one_answer(rows: list[tuple[int, int]], seed: int) -> None:
    x, more = np.array(rows).T
    if _vary(x, more):
        one, other = (
            robustness({"a": proportion(x, x + more + 1)}, {"a": 1}, draws=20, seed=seed, threads=threads).areas
            for threads in (1, 2)
        )
        assert one.equals(other)


def _vary(x: np.ndarray, more: np.ndarray) -> bool:
    return len(set((x / (x + more + 1)).round(9))) > 1
