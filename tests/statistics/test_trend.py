"""Recent trends by hand: both methods, the outlier guard, which five points, and what is refused."""

from __future__ import annotations

import math

import pytest
from scipy import stats

from analysis.statistics.benchmark import Polarity
from analysis.statistics.trend import (
    PROPORTIONS,
    SIGNIFICANT,
    VALUES,
    Direction,
    Reason,
    Trend,
    trend_of_proportions,
    trend_of_values,
)

NAN = math.nan
YEARS = [2016, 2017, 2018, 2019, 2020]
RISING = [100, 120, 150, 180, 220]


def ones(value: float, half: float = 1.0) -> tuple[list[float], list[float]]:
    return [value - half] * 5, [value + half] * 5


def test_the_threshold_is_that_of_99_8_percent_and_not_of_95() -> None:
    assert stats.chi2.ppf(0.998, 1) == pytest.approx(SIGNIFICANT)


def test_cochran_armitage_by_hand() -> None:
    """770 of 5,000; with t from -2 to 2, sum xt = 300, sum nt = 0 and sum ntt = 10,000."""
    found = trend_of_proportions(YEARS, RISING, [1000] * 5)
    assert found.chi2 == pytest.approx((5000 * 300) ** 2 / (770 * 4230 * 10_000))
    assert (found.direction, found.reason) == (Direction.INCREASING, Reason.CLEAR)
    assert found.method == PROPORTIONS


def test_the_slope_of_proportions_is_that_of_the_logit_unweighted() -> None:
    logits = [math.log(x / (n - x)) for x, n in zip(RISING, [1000, 400, 1000, 1000, 9000], strict=True)]
    by_hand = sum(t * y for t, y in zip((-2, -1, 0, 1, 2), logits, strict=True)) / 10
    assert trend_of_proportions(YEARS, RISING, [1000, 400, 1000, 1000, 9000]).slope == pytest.approx(by_hand)


def test_weighted_regression_by_hand() -> None:
    """Values 0, 1, 2, 3, 4, all with limits 2 x 1.96 apart: weights 1, slope 1, chi2 = 1 x sum t2 = 10."""
    z = 1.959963984540054
    values = [0.0, 1.0, 2.0, 3.0, 4.0]
    found = trend_of_values(YEARS, values, [v - z for v in values], [v + z for v in values])
    assert (found.slope, found.chi2) == pytest.approx((1, 10))
    assert (found.direction, found.method) == (Direction.INCREASING, VALUES)


def test_limits_at_another_confidence_weigh_by_their_own_quantile() -> None:
    z = 3.090232306167813
    values = [0.0, 1.0, 2.0, 3.0, 4.0]
    found = trend_of_values(YEARS, values, [v - z for v in values], [v + z for v in values], 0.998)
    assert found.chi2 == pytest.approx(10)


def test_significant_at_95_is_not_enough() -> None:
    """Slope 0.6 and weights 1 give 3.6; slope 0.97 gives 9.41: above 3.84 and below 9.55."""
    z = 1.959963984540054
    values = [0.97 * t for t in range(5)]
    found = trend_of_values(YEARS, values, [v - z for v in values], [v + z for v in values])
    assert found.chi2 == pytest.approx(9.409)
    assert (found.direction, found.reason) == (Direction.NO_CHANGE, Reason.NOT_SIGNIFICANT)


def test_one_year_alone_makes_no_trend() -> None:
    counts = [104, 101, 99, 97, 190]
    found = trend_of_proportions(YEARS, counts, [1000] * 5)
    assert found.chi2 > SIGNIFICANT
    assert (found.direction, found.reason) == (Direction.NO_CHANGE, Reason.OUTLIER)


def test_a_trend_that_vanishes_without_one_year_hangs_on_it_too() -> None:
    found = trend_of_proportions(YEARS, [100, 100, 100, 100, 200], [1000] * 5)
    assert found.chi2 > SIGNIFICANT
    assert found.reason is Reason.OUTLIER
    low, high = ones(3.1, 0.7)
    assert (
        trend_of_values(YEARS, [3.1, 3.1, 3.1, 3.1, 9.7], [*low[:4], 9.0], [*high[:4], 10.4]).reason is Reason.OUTLIER
    )


def test_falling() -> None:
    found = trend_of_proportions(YEARS, RISING[::-1], [1000] * 5)
    assert found.direction is Direction.DECREASING
    assert found.slope < 0


def test_only_the_five_most_recent_years_count_whatever_their_order() -> None:
    years, counts = [2020, 2014, 2019, 2018, 2017, 2016, 2015], [220, 900, 180, 150, 120, 100, 1]
    assert trend_of_proportions(years, counts, [1000] * 7) == trend_of_proportions(YEARS, RISING, [1000] * 5)
    low, high = [c - 1 for c in counts], [c + 1 for c in counts]
    assert trend_of_values(years, counts, low, high) == trend_of_values(
        YEARS, RISING, [c - 1 for c in RISING], [c + 1 for c in RISING]
    )


def test_years_need_not_follow_each_other_and_their_gaps_count() -> None:
    gaps = trend_of_proportions([2012, 2013, 2015, 2016, 2018], RISING, [1000] * 5)
    assert gaps.direction is Direction.INCREASING
    assert gaps.slope < trend_of_proportions(YEARS, RISING, [1000] * 5).slope


def test_calendar_years_lose_no_accuracy() -> None:
    values = [10.0, 10.1, 10.2, 10.3, 10.4]
    near = trend_of_values([1, 2, 3, 4, 5], values, *ones(10.2))
    far = trend_of_values([2_000_001, 2_000_002, 2_000_003, 2_000_004, 2_000_005], values, *ones(10.2))
    assert (far.slope, far.chi2) == pytest.approx((near.slope, near.chi2), rel=1e-12)


def test_values_that_never_move_have_a_slope_of_exactly_nought() -> None:
    found = trend_of_values(YEARS, [1 / 3] * 5, *ones(1 / 3))
    assert (found.slope, found.chi2) == (0, 0)
    assert found.direction is Direction.NO_CHANGE


@pytest.mark.parametrize("count", [0, 1, 4])
def test_fewer_than_five_points_have_no_trend(count: int) -> None:
    for found in (
        trend_of_proportions(YEARS[:count], RISING[:count], [1000] * count),
        trend_of_values(YEARS[:count], RISING[:count], [0] * count, [300] * count),
    ):
        assert (found.direction, found.reason) == (Direction.UNKNOWN, Reason.TOO_FEW)
        assert str(found.direction) == "Cannot be calculated"
        assert str(found.reason) == "Not enough data points"
        assert math.isnan(found.chi2)
        assert math.isnan(found.slope)


def test_a_missing_year_among_the_last_five_has_no_trend_but_an_older_one_may() -> None:
    recent = trend_of_proportions(YEARS, [100, 120, NAN, 180, 220], [1000] * 5)
    older = trend_of_proportions([2015, *YEARS], [NAN, *RISING], [1000] * 6)
    assert (recent.direction, recent.reason) == (Direction.UNKNOWN, Reason.MISSING)
    assert older.direction is Direction.INCREASING


def test_missing_values_and_missing_limits_are_told_apart() -> None:
    low, high = ones(10)
    assert trend_of_values(YEARS, [10, NAN, 10, 10, 10], low, high).reason is Reason.MISSING
    assert trend_of_values(YEARS, [10] * 5, [NAN, *low[1:]], high).reason is Reason.NO_LIMITS


@pytest.mark.parametrize("count", [0, 1000])
def test_nought_or_all_of_a_year_has_no_logit(count: int) -> None:
    found = trend_of_proportions(YEARS, [100, 120, 150, 180, count], [1000] * 5)
    assert (found.direction, found.reason) == (Direction.UNKNOWN, Reason.ALL_OR_NONE)
    assert math.isnan(found.chi2)


def test_a_year_that_stands_twice_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="The year 2018 stands twice; a trend needs one point a year"):
        trend_of_proportions([2016, 2018, 2018, 2019, 2020], RISING, [1000] * 5)
    with pytest.raises(ValueError, match="The year 2018 stands twice"):
        trend_of_values([2018, 2016, 2018, 2019, 2020], [10] * 5, *ones(10))


def test_quarters_are_refused() -> None:
    with pytest.raises(
        ValueError, match=r"The points 2020 and 2020\.25 are less than a year apart; a trend needs years"
    ):
        trend_of_values([2020, 2020.25, 2020.5, 2020.75, 2021], [10] * 5, *ones(10))


def test_a_point_without_a_year_is_refused() -> None:
    with pytest.raises(ValueError, match=r"A point has no year \(it holds nan\); a trend needs the year of each"):
        trend_of_values([2016, NAN, 2018, 2019, 2020], [10] * 5, *ones(10))


@pytest.mark.parametrize("upper", [9.0, 8.0])
def test_limits_of_no_width_are_refused(upper: float) -> None:
    low, high = ones(10)
    with pytest.raises(ValueError, match=f"Limits of 9 to {upper:g} have no width, so the trend has no weights"):
        trend_of_values(YEARS, [10] * 5, low, [upper, *high[1:]])


def test_infinite_limits_are_refused() -> None:
    low, high = ones(10)
    with pytest.raises(ValueError, match="A value of 10 with limits 9 to inf is not finite; give finite ones"):
        trend_of_values(YEARS, [10] * 5, low, [math.inf, *high[1:]])


def test_years_and_figures_that_do_not_match_are_refused() -> None:
    with pytest.raises(ValueError, match="5 years and 4 figures do not match; give one figure a year"):
        trend_of_values(YEARS, [10] * 4, *ones(10))


def test_more_than_everybody_is_refused() -> None:
    with pytest.raises(ValueError, match="A numerator of 1001 is larger than its denominator of 1000"):
        trend_of_proportions(YEARS, [100, 120, 150, 180, 1001], [1000] * 5)


@pytest.mark.parametrize(
    ("direction", "polarity", "words"),
    [
        (Direction.INCREASING, Polarity.HIGH_IS_GOOD, "Increasing and getting better"),
        (Direction.INCREASING, Polarity.LOW_IS_GOOD, "Increasing and getting worse"),
        (Direction.DECREASING, Polarity.LOW_IS_GOOD, "Decreasing and getting better"),
        (Direction.DECREASING, Polarity.HIGH_IS_GOOD, "Decreasing and getting worse"),
        (Direction.INCREASING, Polarity.NO_JUDGEMENT, "Increasing"),
        (Direction.NO_CHANGE, Polarity.LOW_IS_GOOD, "No significant change"),
        (Direction.UNKNOWN, Polarity.HIGH_IS_GOOD, "Cannot be calculated"),
    ],
)
def test_polarity_says_whether_a_direction_is_better_or_worse(
    direction: Direction, polarity: Polarity, words: str
) -> None:
    assert Trend(direction, Reason.CLEAR, VALUES).judged(polarity) == words
