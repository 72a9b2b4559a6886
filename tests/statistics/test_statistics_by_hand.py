"""Figures anybody can check, edges, and what is refused."""

from __future__ import annotations

import math
import warnings

import numpy as np
import pandas as pd
import pytest

from analysis.statistics.aggregate import rebase, share_matrix, weighted_mean
from analysis.statistics.estimates import count_range_of_rounded_share, water_fill
from analysis.statistics.expectation import (
    Draws,
    expected_counts,
    observed_to_expected,
    power_to_detect,
    side_of_one,
    simulated_to_expected,
    too_few,
)

NAN = math.nan


@pytest.mark.parametrize("need", [[1, NAN], [1, -1], [0, 0]])
def test_need_that_cannot_be_shared_by_is_refused(need: list[float]) -> None:
    with pytest.raises(ValueError, match="Need must be known, not negative, and above zero somewhere"):
        expected_counts(need, 10)


def test_where_nothing_is_expected_there_is_no_ratio_and_no_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        counted = observed_to_expected([0, 3], [0, 3])
        simulated = simulated_to_expected([0, 3], [0, 3], Draws(np.array([[0.0, 3.0]]), np.array([[0.0, 1.0]])))
    for compared in (counted, simulated):
        assert np.isnan(compared.loc[0, ["oe", "oe_lower", "oe_upper"]].to_numpy(float)).all()
        assert compared.loc[1, "oe"] == 1
    assert counted["gap"].tolist() == [0, 0]


def test_limits_that_touch_one_are_on_neither_side() -> None:
    assert side_of_one([0.5, 0.5, 1.0, 1.1], [0.9, 1.0, 1.5, 1.5]).tolist() == [-1, 0, 0, 1]


def test_even_none_proves_nothing_below_3_69_expected() -> None:
    assert too_few([3.68, 3.69]).tolist() == [True, False]
    below, above = observed_to_expected([0, 0], [3.68, 3.69])["oe_upper"]
    assert below > 1 > above


@pytest.mark.parametrize(("expected", "largest", "chance"), [(20, 11, 0.26), (50, 36, 0.61), (100, 80, 0.89)])
def test_power_to_see_a_shortfall_of_three_in_ten(expected: float, largest: int, chance: float) -> None:
    assert power_to_detect(expected) == (largest, pytest.approx(chance, abs=0.005))


def test_no_count_shows_a_shortfall_where_too_few_are_expected() -> None:
    assert power_to_detect(3.6) == (-1, 0.0)
    assert power_to_detect(3.7)[0] == 0


def test_water_runs_over_a_full_area_into_the_rest() -> None:
    assert water_fill(10, [8, 1, 1], 4).tolist() == [4, 3, 3]
    assert water_fill(10, [8, 1, 1], 10).tolist() == [8, 1, 1]
    assert water_fill(4, [1, 0], 4).tolist() == [4, 0]


@pytest.mark.parametrize("weights", [[1, -1], [0, 0], [1, NAN]])
def test_weights_that_cannot_share_are_refused(weights: list[float]) -> None:
    with pytest.raises(ValueError, match="Weights must be known, not negative, and above zero somewhere"):
        water_fill(1, weights, 1)


@pytest.mark.parametrize("total", [-1, NAN])
def test_a_total_that_cannot_be_shared_is_refused(total: float) -> None:
    with pytest.raises(ValueError, match="The total to be shared must be known and not negative"):
        water_fill(total, [1, 1], 1)


@pytest.mark.parametrize(
    ("share", "base", "lowest", "highest"),
    [(0.05, 702, 32, 38), (0.14, 702, 95, 101), (0.15, 97, 15, 15), (1.0, 702, 699, 702), (0.0, 702, 0, 3)],
)
def test_counts_that_print_as_a_whole_per_cent(share: float, base: int, lowest: int, highest: int) -> None:
    assert count_range_of_rounded_share(share, base) == (lowest, highest)


def test_a_weighted_mean_by_hand() -> None:
    assert weighted_mean([0.2, 0.45], [60, 40]) == pytest.approx(0.3)


def test_a_missing_value_with_weight_makes_the_mean_missing_and_one_without_does_not() -> None:
    assert math.isnan(weighted_mean([1, NAN], [1, 1]))
    assert weighted_mean([1, NAN], [1, 0]) == 1


def test_weights_of_nobody_are_refused() -> None:
    with pytest.raises(ValueError, match="Weights must be above zero somewhere"):
        weighted_mean([1], [0])


@pytest.fixture
def crosswalk() -> pd.DataFrame:
    links = pd.DataFrame({"old": ["A", "A", "B"], "new": ["X", "Y", "Y"], "share": [0.25, 0.75, 1.0]})
    return share_matrix(links, "old", "new", "share")


def test_counts_move_by_their_shares(crosswalk: pd.DataFrame) -> None:
    assert rebase(pd.Series({"A": 8.0, "B": 2.0}), crosswalk).to_dict() == {"X": 2.0, "Y": 8.0}


def test_a_missing_count_spoils_only_the_areas_it_would_have_gone_to(crosswalk: pd.DataFrame) -> None:
    moved = rebase(pd.Series({"A": 8.0, "B": NAN}), crosswalk)
    assert moved["X"] == 2
    assert math.isnan(moved["Y"])


def test_shares_that_lose_people_are_refused_by_name() -> None:
    links = pd.DataFrame({"old": ["A", "B"], "new": ["X", "X"], "share": [0.9, 1.0]})
    with pytest.raises(ValueError, match="The shares of A do not sum to 1"):
        share_matrix(links, "old", "new", "share")


def test_a_count_with_nowhere_to_go_is_refused_by_name(crosswalk: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="No shares are known for C"):
        rebase(pd.Series({"C": 1.0}), crosswalk)
