"""Ranks redrawn: small cases by hand, seeds, edges, words, and what is refused."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from analysis.statistics.redraws import Indicator, fixed, mean, proportion
from analysis.statistics.robustness import Membership, membership, rank_probabilities, robustness

NAN = math.nan
FOUR_DRAWS = [[9.0, 5.0, 1.0], [9.0, 5.0, 1.0], [9.0, 5.0, 1.0], [1.0, 9.0, 9.0]]


def two_indicators() -> dict[str, Indicator]:
    return {"poverty": proportion([30, 25, 5, 28], [100, 100, 100, 10_000]), "crime": fixed([1, 4, 2, 8])}


NEED = {"poverty": 1, "crime": 1}


def test_ranks_of_four_draws_by_hand() -> None:
    found = rank_probabilities(FOUR_DRAWS, point=[9, 5, 1])
    assert found["rank_point"].tolist() == [1, 2, 3]
    assert found["rank_mean"].tolist() == [1.5, 1.75, 2.5]
    assert found["p_worst1"].tolist() == [0.75, 0.25, 0.25]
    assert found["p_worst5"].tolist() == [1, 1, 1]
    assert found["p_worst1_error"].tolist() == pytest.approx([math.sqrt(0.75 * 0.25 / 4)] * 3)
    assert found["rank_median"].tolist() == [1, 2, 3]
    assert found[["rank_lower", "rank_upper"]].to_numpy().tolist() == [[1, 3], [1, 2], [1, 3]]
    assert found["draws"].tolist() == [4, 4, 4]


def test_equal_scores_share_the_lower_rank_so_both_may_be_the_worst() -> None:
    assert rank_probabilities([[2.0, 2.0, 1.0]])["p_worst1"].tolist() == [1, 1, 0]


def test_a_limit_is_the_smallest_rank_whose_probability_reaches_it() -> None:
    first_in = [25, 15, 0]
    scores = np.ones((1000, 2)) * [1, 2]
    for times in first_in:
        scores[:, 0] = np.where(np.arange(1000) < times, 3, 1)
        lower = rank_probabilities(scores).loc[0, "rank_lower"]
        assert lower == (1 if times >= 25 else 2)


def test_an_area_without_scores_takes_no_rank() -> None:
    found = rank_probabilities([[5.0, NAN, 1.0], [5.0, NAN, 9.0]], areas=pd.Index(["A", "B", "C"]))
    assert found.loc["B"].isna().all()
    assert found.loc[["A", "C"], "p_worst1"].tolist() == [0.5, 0.5]


def test_nobody_known_is_nobody_ranked() -> None:
    assert rank_probabilities([[NAN, NAN]])["rank_mean"].isna().all()


def test_an_area_that_is_missing_now_and_then_is_refused() -> None:
    with pytest.raises(ValueError, match="Area 2 is missing in some draws; it must be known in every draw or in none"):
        rank_probabilities([[1.0, NAN], [1.0, 2.0]])


def test_an_infinite_score_is_refused() -> None:
    with pytest.raises(ValueError, match="A simulated score is infinite"):
        rank_probabilities([[1.0, math.inf]])


def test_no_draws_are_refused() -> None:
    with pytest.raises(ValueError, match="0 draws cannot be ranked; make at least 1"):
        rank_probabilities(np.empty((0, 3)))
    with pytest.raises(ValueError, match="0 draws cannot be ranked"):
        robustness(two_indicators(), NEED, draws=0, seed=1)


def test_nothing_to_redraw_leaves_the_order_alone() -> None:
    found = robustness({"crime": fixed([1, 4, 2])}, {"crime": 1}, draws=50, seed=1)
    assert found.areas["rank_lower"].tolist() == found.areas["rank_upper"].tolist() == [3, 1, 2]
    assert found.areas["variance_total"].tolist() == [0, 0, 0]
    assert found.areas["share_weights"].isna().all()
    assert math.isnan(found.share_sampling)


def test_without_sampling_error_all_the_variance_is_that_of_the_weights() -> None:
    indicators = {"poverty": fixed([1, 2, 3]), "crime": fixed([3, 2, 1])}
    found = robustness(indicators, NEED, draws=500, seed=1)
    assert found.share_weights == 1
    assert found.share_sampling == 0
    assert found.areas["variance_weights"].tolist() == found.areas["variance_total"].tolist()
    assert found.areas.loc[0, "p_worst1"] == pytest.approx(0.5, abs=0.1)


def test_without_spread_all_the_variance_is_that_of_sampling() -> None:
    found = robustness(two_indicators(), NEED, draws=500, seed=1, spread=0)
    assert found.share_sampling == 1
    assert found.areas["variance_sampling"].tolist() == found.areas["variance_total"].tolist()


def test_two_equal_means_are_each_as_likely_to_be_first() -> None:
    found = robustness({"score": mean([10, 10, 1], [1, 1, 0.01])}, {"score": 1}, draws=10_000, seed=3).areas
    assert found["p_worst1"].tolist() == pytest.approx([0.5, 0.5, 0], abs=0.02)
    assert found["rank_point"].tolist() == [1, 1, 3]
    assert found.loc[0, "variance_sampling"] == pytest.approx(0.25, abs=0.01)


def test_the_chance_of_the_higher_of_two_normal_means_is_known() -> None:
    found = robustness({"score": mean([1, 0], [0.6, 0.8])}, {"score": 1}, draws=20_000, seed=3).areas
    assert found.loc[0, "p_worst1"] == pytest.approx(0.8413, abs=0.01)


def test_the_same_seed_gives_the_same_answer_whatever_the_threads() -> None:
    one, two = (robustness(two_indicators(), NEED, draws=70_000, seed=5, threads=threads) for threads in (1, 3))
    assert_frame_equal(one.areas, two.areas)
    other = robustness(two_indicators(), NEED, draws=70_000, seed=6)
    assert not one.areas.equals(other.areas)


def test_a_polarity_of_minus_one_turns_the_order_round() -> None:
    found = robustness({"crime": fixed([1, 4, 2])}, {"crime": -1}, draws=10, seed=1)
    assert found.areas["rank_point"].tolist() == [1, 3, 2]


def test_weights_decide_between_indicators_that_disagree() -> None:
    indicators = {"poverty": fixed([1, 2, 3]), "crime": fixed([3, 2, 1])}
    found = robustness(indicators, NEED, {"poverty": 9, "crime": 1}, draws=100, seed=1)
    assert found.areas["p_worst1"].tolist() == [0, 0, 1]


def test_a_draw_over_methods_moves_ranks_on_which_the_methods_differ() -> None:
    indicators = {"poverty": fixed([0, 10, 5.2]), "crime": fixed([10, 0, 4.5])}
    ways = ("minmax_arith", "minmax_geom")
    drawn = robustness(indicators, NEED, {"poverty": 1, "crime": 0.9}, draws=3000, seed=2, spread=0, methods=ways)
    assert drawn.areas["rank_point"].tolist() == [3, 1, 2]
    assert drawn.areas.loc[2, "p_worst1"] == pytest.approx(0.5, abs=0.05)


def test_every_method_may_be_drawn() -> None:
    ways = ("z_arith", "minmax_arith", "minmax_geom", "rank_mean", "iod_exp")
    found = robustness({"score": mean([9, 5, 1], 0.01)}, {"score": 1}, draws=200, seed=2, methods=ways).areas
    assert found["rank_lower"].tolist() == found["rank_upper"].tolist() == [1, 2, 3]


def test_an_area_with_a_missing_indicator_is_missing() -> None:
    indicators = {"poverty": proportion([3, NAN, 9], [10, 10, 10]), "crime": fixed([1, 99, 2])}
    found = robustness(indicators, NEED, draws=100, seed=1, areas=pd.Index(["A", "B", "C"])).areas
    assert found.index.tolist() == ["A", "B", "C"]
    assert found.loc["B"].isna().all()
    assert found["rank_point"].dropna().tolist() == [2, 1]


def test_the_greatest_simulation_error_is_stated() -> None:
    found = robustness(two_indicators(), NEED, draws=10_000, seed=1)
    assert (found.draws, found.seed, found.standard_error) == (10_000, 1, 0.005)
    assert (found.areas[["p_worst1_error", "p_worst5_error", "p_worst10_error"]] <= 0.005).all(axis=None)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"spread": 1.0}, "A spread of 1 lies outside 0 to below 1"),
        ({"spread": -0.1}, r"A spread of -0.1 lies outside 0 to below 1"),
        ({"methods": ()}, "No method is chosen"),
        ({"methods": ("median",)}, "There is no method median"),
        ({"weights": {"poverty": 0, "crime": 0}}, "All weights are 0"),
    ],
)
def test_choices_that_cannot_be_used_are_refused(changed: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        robustness(two_indicators(), NEED, draws=10, seed=1, **changed)


def test_indicators_that_do_not_vary_or_do_not_match_are_refused() -> None:
    with pytest.raises(ValueError, match="The indicator crime is 2 in every area"):
        robustness({"crime": fixed([2, 2])}, {"crime": 1}, draws=10, seed=1)
    with pytest.raises(ValueError, match="The polarity of crime is None"):
        robustness({"crime": fixed([2, 1])}, {}, draws=10, seed=1)
    for indicators in ({}, {"poverty": fixed([1, 2]), "crime": fixed([1, 2, 3])}):
        with pytest.raises(ValueError, match="there must be one at least, and all of the same areas"):
            robustness(indicators, NEED, draws=10, seed=1)


@pytest.mark.parametrize(
    ("probability", "word"),
    [
        (1, "clearly in"),
        (0.95, "clearly in"),
        (0.949, "probably"),
        (0.5, "probably"),
        (0.499, "possibly"),
        (0.05, "possibly"),
        (0.049, "no"),
        (0, "no"),
    ],
)
def test_the_words_for_a_probability(probability: float, word: str) -> None:
    assert membership(probability) == word


def test_a_missing_probability_has_no_word_and_an_impossible_one_is_refused() -> None:
    assert membership(NAN) is None
    assert Membership.CLEARLY == "clearly in"
    with pytest.raises(ValueError, match=r"A probability of 1.2 lies outside 0 to 1"):
        membership(1.2)
