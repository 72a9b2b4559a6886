"""The lines of funnels along OHID's axis, by sums anybody can check and by the figures of OHID's own tests.

The figures are from the test data of PHEindicatormethods (github.com/ukhsa-collaboration/PHEindicatormethods, GPL-3).
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from analysis.statistics.funnel_grid import (
    axis,
    count_points,
    proportion_grid,
    proportion_points,
    rate_grid,
    ratio_grid,
    steps,
)
from tests.oracles.checks.funnel_lines import as_searched

SIZES_TO_110000 = """1 2 3 4 5 6 7 8 9 10 11 12 13 14 16 18 20 22 24 27 30 33 37 41 45 50 55 61 68 75 83 92 102 113
125 139 154 171 190 211 234 260 289 321 356 395 438 486 539 598 664 737 818 908 1008 1119 1242 1379 1531 1699 1886
2093 2323 2578 2861 3175 3524 3911 4341 4818 5348 5936 6588 7312 8116 9008 9998 11097 12316 13669 15171 16838 18688
20742 23022 25552 28360 31477 34936 38775 43036 47766 53016 58842 65309 72486 80452 89294 99108 110000"""
LAST_COUNTS_TO_750 = [432, 452, 473, 495, 518, 543, 569, 596, 624, 653, 684, 716]
EVENTS = """414 462 178 525 194 937 817 117 298 228 243 13 373 664 601 602 767 708 90 952 347 648 988 354 839 25
518 425 648 765 210 931 589 592 554 870 372 843 142 543 489 620 774 904 936 841 22 922 955 308"""
RATES = """184 102 83 118 121 125 112 190 146 140 87 70 90 139 109 65 165 143 55 135 135 88 167 99 83 53 62 118
176 101 71 138 74 84 161 79 189 170 159 113 191 116 200 171 128 134 185 100 123 155"""


def test_sizes_are_those_of_ohid() -> None:
    """16,386 to 102,950 people: from 0, as the largest is over twice the smallest, to 108,098 rounded up."""
    assert axis([16_386, 102_950, 50_000]) == (0, 110_000)
    assert steps(0, 110_000).tolist() == [float(size) for size in SIZES_TO_110000.split()]


def test_an_axis_of_areas_of_like_size_begins_below_the_smallest() -> None:
    """A twentieth less than 16,386 is 15,567, to one figure 10,000; a twentieth more than 30,995 is 32,545."""
    assert axis([16_386, 30_995]) == (10_000, 33_000)
    sizes = steps(10_000, 33_000)
    assert sizes[:4].tolist() == [10_000, 10_121, 10_244, 10_368]
    assert sizes[-1] == 33_000


@pytest.mark.parametrize(
    ("smallest", "largest", "ends"),
    [
        (10, 20, (9, 21)),  # 9.5 down, 21 as it is
        (10, 20.1, (0, 22)),  # more than twice; 21.105 up
        (300, 300, (200, 320)),  # 285 and 315
        (1, 1, (0, 1.1)),  # 0.95, and 1.05 to two figures
        (2, 3, (1, 3.2)),  # 1.9, and 3.15
        (100_000, 190_476.2, (90_000, 210_000)),  # 95,000, and a little over 200,000
    ],
)
def test_the_ends_of_an_axis(smallest: float, largest: float, ends: tuple[float, float]) -> None:
    assert axis([largest, smallest]) == pytest.approx(ends)


def test_the_axis_of_several_years_is_rounded_a_year_at_a_time() -> None:
    """A twentieth more than 370,000 a year is 388,500, so 390,000: 1,170,000 in three."""
    assert axis([6_000, 1_110_000], years=3) == (0, 1_170_000)
    assert axis([6_000, 1_110_000]) == (0, 1_200_000)


def test_points_of_a_short_axis_run_past_its_end_a_count_at_a_time() -> None:
    assert steps(0, 20).tolist() == list(range(1, 101))


def test_ratios_stop_a_step_before_the_end() -> None:
    """4.29 to 706.77 expected: an axis to 750, whose last point is the mean of 684 and 750 by ratio, 716."""
    counts = ratio_grid([4.293052052, 706.7669173])["count"]
    assert counts.head(33).tolist() == list(range(1, 34))
    assert counts.tail(12).tolist() == LAST_COUNTS_TO_750
    assert round(math.sqrt(684 * 750)) == 716


def test_lines_of_proportions() -> None:
    """80 of 100 in all; at one person the lower line is 0.8 less 1.96 of 0.4, and the upper is cut at 1."""
    grid = proportion_grid([10, 70], [30, 70])
    assert len(grid) == 100
    assert grid["centre"].unique().tolist() == [0.8]
    first, last = grid.iloc[0], grid.iloc[-1]
    assert (first["size"], first["upper"], first["lower_998"]) == (1, 1, 0)
    assert first["lower"] == pytest.approx(0.8 - 1.959963984540054 * 0.4)
    assert last["upper_998"] == pytest.approx(min(1, 0.8 + 3.090232306167813 * math.sqrt(0.16 / last["size"])))


def test_lines_of_proportions_are_those_of_ohid() -> None:
    """At 1, 18, 1,008 and 110,000 people about 80.642448%."""
    got = 100 * proportion_points([1, 18, 1008, 110_000], 0.80642448).drop(columns=["size", "centre"])
    want = pd.DataFrame(
        {
            "lower": [3.204264, 62.390093, 78.203374, 80.408963],
            "upper": [100, 98.894803, 83.081521, 80.875933],
            "lower_998": [0, 51.864359, 76.796814, 80.274317],
            "upper_998": [100, 100, 84.488082, 81.010578],
        }
    )
    pd.testing.assert_frame_equal(got, want, atol=2e-6, rtol=0)


def test_a_count_touches_its_line_where_its_exact_limit_is_what_is_expected() -> None:
    """The exact 95% limits of 5 are 1.623486 and 11.668332; of 1 the lower 99.8% limit is -ln 0.999."""
    five, one = count_points([5, 1]).to_dict("records")
    assert [five["upper_at"], five["lower_at"]] == pytest.approx([1.623486, 11.668332], rel=1e-6)
    assert [five["upper"], five["lower"]] == pytest.approx([5 / 1.623486, 5 / 11.668332], rel=1e-6)
    assert one["upper_at_998"] == pytest.approx(-math.log(0.999))
    assert one["upper_998"] == pytest.approx(-1 / math.log(0.999))


def test_lines_of_counts_are_those_of_ohid_as_near_as_it_searches() -> None:
    """Expected counts printed by OHID for 1, 5, 90 and 716 observed: out by a part in 20,000 at worst."""
    want = pd.DataFrame(
        {
            "lower_at": [5.571644585, 11.6683331, 770.4222128],
            "upper_at": [0.025317898, 1.623486324, 664.5083011],
            "lower_at_998": [9.233410143, 16.45474478, 802.60414],
            "upper_at_998": [0.001000547, 0.739371928, 636.1521174],
        }
    )
    exact = count_points([1, 5, 716])
    pd.testing.assert_frame_equal(exact[list(want)], want, rtol=5e-5)
    pd.testing.assert_frame_equal(as_searched(exact)[list(want)], want, rtol=1e-9, atol=6e-10)
    assert as_searched(exact).loc[0, "upper_998"] == pytest.approx(999.4532721, rel=1e-9)


def test_lines_of_rates_are_those_of_ohid() -> None:
    """Fifty areas over three years, per 100,000; populations are those that the rates printed imply."""
    events, rates = (np.array(numbers.split(), float) for numbers in (EVENTS, RATES))
    grid = rate_grid(events, 100_000 * events / rates, per=100_000, years=3)
    assert grid["centre"].to_numpy() == pytest.approx(116.1720835)
    assert grid["count"].head(28).tolist() == list(range(1, 29))
    assert grid["count"].tail(5).tolist() == [1097, 1158, 1222, 1289, 1360]
    want = {
        "lower_at": 11611.44963,
        "lower": 80.38043163,
        "upper_at": 5338.572981,
        "upper": 174.8282428,
        "lower_at_998": 13921.71041,
        "lower_998": 67.04157073,
        "upper_at_998": 4143.443861,
        "upper_998": 225.2554553,
    }
    assert grid.loc[27, list(want)].to_dict() == pytest.approx(want, rel=1e-6)
    assert as_searched(grid).loc[27, list(want)].to_dict() == pytest.approx(want, rel=1e-9)


@pytest.mark.parametrize(
    ("numerator", "denominator", "words"),
    [
        ([], [], "A funnel needs at least 1 area; none was given."),
        ([1], [0], "A denominator must be above zero; row 1 holds 0,"),
        ([1], [math.nan], "A denominator must be known and not negative; row 1 holds nothing,"),
        ([3], [2], "A numerator may not be larger than its denominator; row 1 holds 3,"),
        ([-1], [2], "A numerator must be known and not negative; row 1 holds -1,"),
    ],
)
def test_proportions_that_cannot_be_are_refused(numerator: list, denominator: list, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        proportion_grid(numerator, denominator)


@pytest.mark.parametrize(("expected", "words"), [([], "at least 1 area"), ([0], "must be above zero"), ([-2], "-2")])
def test_expected_counts_that_cannot_be_are_refused(expected: list, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        ratio_grid(expected)


@pytest.mark.parametrize(
    ("count", "population", "per", "years", "words"),
    [
        ([0, 0], [10, 20], 1000, 1, "A funnel of rates needs at least one event; all areas together hold 0."),
        ([-1], [10], 1000, 1, "A count must be known and not negative; row 1 holds -1,"),
        ([1], [0], 1000, 1, "A population must be above zero; row 1 holds 0,"),
        ([1], [10], 0, 1, "A multiplier and a number of years must be above zero; row 1 holds 0,"),
        ([1], [10], 1000, -2, "A multiplier and a number of years must be above zero; row 2 holds -2,"),
    ],
)
def test_rates_that_cannot_be_are_refused(count: list, population: list, per: float, years: float, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        rate_grid(count, population, per, years)


def test_a_count_of_none_has_no_lines() -> None:
    with pytest.raises(ValueError, match="A count must be above zero; row 2 holds 0,"):
        count_points([1, 0])
