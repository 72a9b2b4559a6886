"""Differences and ratios by hand, against the published table and R, their edges, and what is refused."""

from __future__ import annotations

import math
import warnings

import numpy as np
import pandas as pd
import pytest

from analysis.statistics.differences import newcombe, proportions_against_rest, rate_ratio, rates_against_rest
from analysis.statistics.intervals import wilson

NAN = math.nan


@pytest.mark.parametrize(
    ("x1", "n1", "x2", "n2", "lower", "upper"),
    [
        (56, 70, 48, 80, 0.0524, 0.3339),
        (9, 10, 3, 10, 0.1705, 0.8090),
        (6, 7, 2, 7, 0.0582, 0.8062),
        (5, 56, 0, 29, -0.0381, 0.1926),
        (0, 10, 0, 20, -0.1611, 0.2775),
        (0, 10, 0, 10, -0.2775, 0.2775),
        (10, 10, 0, 20, 0.6791, 1.0000),
        (10, 10, 0, 10, 0.6075, 1.0000),
    ],
)
def test_the_eight_intervals_of_newcombes_own_table(
    x1: int, n1: int, x2: int, n2: int, lower: float, upper: float
) -> None:
    row = newcombe(x1, n1, x2, n2).iloc[0]
    assert row["difference"] == pytest.approx(x1 / n1 - x2 / n2)
    assert (row["lower"], row["upper"]) == pytest.approx((lower, upper), abs=5e-5)


def test_a_difference_carries_its_confidence_and_method() -> None:
    row = newcombe(1, 2, 1, 3, 0.998).iloc[0]
    assert (row["confidence"], row["method"]) == (0.998, "Newcombe")


def test_intervals_that_overlap_do_not_mean_that_two_wards_are_alike() -> None:
    """60 and 80 of 200: 24.0 to 37.0 overlaps 33.5 to 46.9, yet the difference of 10 points is 0.7 to 19.1."""
    (_, upper), (lower, _) = wilson(60, 200), wilson(80, 200)
    assert lower < upper
    assert newcombe(80, 200, 60, 200).loc[0, "lower"] > 0


def test_a_missing_figure_has_no_difference_and_stops_nothing() -> None:
    found = newcombe([NAN, 5], 10, 3, 10)
    assert found.loc[0, ["difference", "lower", "upper"]].isna().all()
    assert found.loc[1, "difference"] == pytest.approx(0.2)


@pytest.mark.parametrize(("x1", "x2"), [(11, 1), (1, 11)])
def test_a_numerator_beyond_its_denominator_is_refused_on_either_side(x1: int, x2: int) -> None:
    with pytest.raises(ValueError, match="A numerator of 11 is larger than its denominator of 10"):
        newcombe(x1, 10, x2, 10)


def test_a_rate_ratio_as_poisson_test_of_r_gives_it() -> None:
    """poisson.test(c(30, 3500), c(15760, 1467505)) of R 4.2.2."""
    row = rate_ratio(30, 15_760, 3500, 1_467_505).iloc[0]
    wanted = [0.79813542422045, 0.5376734191223356, 1.141474090610768, 0.24971728278276212]
    assert row[["ratio", "lower", "upper", "p"]].to_list() == pytest.approx(wanted, rel=1e-9)
    assert row[["lower_log", "upper_log"]].to_list() == pytest.approx([0.557191583125763, 1.143269522884691], rel=1e-9)
    assert (row["confidence"], row["method"]) == (0.95, "exact conditional")


def test_equal_counts_over_equal_people_have_a_ratio_of_one_and_a_p_of_one() -> None:
    row = rate_ratio(7, 100, 7, 100).iloc[0]
    assert (row["ratio"], row["p"]) == (1, 1)
    assert row["lower"] == pytest.approx(1 / row["upper"])


def test_no_event_against_five_by_hand() -> None:
    """Of five equally likely events none is first with chance 1/32, and all or none with 2/32.

    The upper limit p has (1 - p)^5 = 0.025, and the ratio is p / (1 - p).
    """
    row = rate_ratio(0, 10, 5, 10).iloc[0]
    share = 1 - 0.025**0.2
    assert (row["ratio"], row["lower"]) == (0, 0)
    assert row["upper"] == pytest.approx(share / (1 - share))
    assert row["p"] == pytest.approx(2 / 32)


def test_events_against_none_have_a_lower_limit_and_never_an_infinite_ratio() -> None:
    row = rate_ratio(5, 10, 0, 10).iloc[0]
    assert row[["ratio", "upper"]].isna().all()
    assert row["lower"] == pytest.approx(0.025**0.2 / (1 - 0.025**0.2))
    assert row["p"] == pytest.approx(2 / 32)


def test_no_events_at_all_say_nothing() -> None:
    row = rate_ratio(0, 10, 0, 20).iloc[0]
    assert row[["ratio", "lower", "upper", "p", "lower_log", "upper_log"]].isna().all()


@pytest.mark.parametrize(("x1", "x2", "given"), [(10, 10, True), (9, 10, False), (10, 9, False), (0, 50, False)])
def test_log_normal_limits_only_where_both_counts_are_ten_or_more(x1: int, x2: int, given: bool) -> None:
    row = rate_ratio(x1, 100, x2, 100).iloc[0]
    assert row[["lower_log", "upper_log"]].notna().all() == given


def test_log_normal_limits_by_hand() -> None:
    """50 and 50: exp(+-1.96 sqrt(1/50 + 1/50)) = exp(+-0.392)."""
    row = rate_ratio(50, 10, 50, 10).iloc[0]
    assert row["upper_log"] == pytest.approx(math.exp(1.959963984540054 * 0.2))
    assert row["lower_log"] == pytest.approx(1 / row["upper_log"])


def test_p_counts_both_tails_by_chance_and_not_by_doubling() -> None:
    """Of 4 events each first with chance 1/4: 3 or 4 have 12/256 + 1/256; none has 81/256, which is likelier."""
    assert rate_ratio(3, 10, 1, 30).loc[0, "p"] == pytest.approx(13 / 256)


def test_missing_counts_have_no_ratio_without_a_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = rate_ratio([NAN, 5, 0], 10, [3, 0, 0], 10)
    assert found.loc[0, ["ratio", "lower", "upper", "p"]].isna().all()
    assert not np.isinf(found.select_dtypes(float).to_numpy()).any()


@pytest.mark.parametrize(
    ("x1", "n1", "sentence"),
    [
        (-1, 10, "A count of -1 is not possible; it must be a number from 0 upwards"),
        (2.5, 10, "A count of 2.5 is not whole; an exact ratio needs whole counts"),
        (2, 0, "A population of 0 is not possible; it must be a number above 0"),
    ],
)
def test_impossible_rates_have_no_ratio(x1: float, n1: float, sentence: str) -> None:
    for pairs in ((x1, n1, 5, 10), (5, 10, x1, n1)):
        with pytest.raises(ValueError, match=sentence):
            rate_ratio(*pairs)


def test_each_area_is_set_against_the_others_and_not_against_itself() -> None:
    counts, people = pd.Series({"A": 10, "B": 20, "C": 30}), pd.Series({"C": 300, "A": 100, "B": 200})
    found = proportions_against_rest(counts, people)
    assert found["difference"].to_list() == pytest.approx([0, 0, 0], abs=1e-15)
    moved = proportions_against_rest(pd.Series({"A": 40, "B": 20, "C": 30}), people)
    assert moved.loc["A", "difference"] == pytest.approx(40 / 100 - 50 / 500)
    assert (
        moved.loc["B", ["lower", "upper"]].to_list() == newcombe(20, 200, 70, 400).loc[0, ["lower", "upper"]].to_list()
    )


def test_rates_of_areas_over_those_of_the_rest() -> None:
    counts, people = pd.Series({"A": 8, "B": 0, "C": 4}), pd.Series({"A": 4, "B": 6, "C": 2})
    found = rates_against_rest(counts, people, 0.998)
    assert found["ratio"].to_list() == pytest.approx([(8 / 4) / (4 / 8), 0, (4 / 2) / (8 / 10)])
    assert list(found.index) == ["A", "B", "C"]
    assert (found["confidence"] == 0.998).all()


def test_where_one_area_is_missing_the_rest_of_every_area_is() -> None:
    counts, people = pd.Series({"A": 10, "B": NAN, "C": 30}), pd.Series({"A": 100, "B": 200, "C": 300})
    assert proportions_against_rest(counts, people)["difference"].isna().all()


def test_one_area_has_no_rest() -> None:
    with pytest.raises(ValueError, match="1 area has no rest to be compared with; give two areas or more"):
        proportions_against_rest(pd.Series({"A": 1}), pd.Series({"A": 2}))
