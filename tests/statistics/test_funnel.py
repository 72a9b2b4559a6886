"""Funnels and overdispersion, by sums anybody can check."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analysis.statistics.funnel import (
    overdispersion,
    proportion_errors,
    proportion_funnel,
    proportion_lines,
    ratio_funnel,
)

LINES = ["lower", "upper", "lower_998", "upper_998"]
ELEVEN = np.arange(-5.0, 6.0)


def labels(observed: list[float], expected: list[float], ohid: bool = False) -> list[str]:
    return ratio_funnel(observed, expected, ohid)["label"].to_list()


def test_none_observed_is_low_only_once_enough_are_expected() -> None:
    """The upper limits of 0 are -ln 0.025 = 3.689 and -ln 0.001 = 6.908."""
    assert labels([0] * 4, [3.68, 3.70, 6.90, 6.92]) == [
        "Not significant",
        "Low (0.025)",
        "Low (0.025)",
        "Low (0.001)",
    ]


def test_the_lower_line_is_nought_until_a_count_of_none_would_be_low() -> None:
    got = ratio_funnel([0, 0, 0], [3.68, -math.log(0.025) * (1 + 1e-9), 6.92])
    assert got["lower"].tolist() == pytest.approx([0, 0, got.loc[2, "lower"]], abs=1e-8)
    assert got.loc[2, "lower"] > 0.05
    assert got["lower_998"].tolist()[:2] == [0, 0]


def test_the_lines_pass_through_points_whose_exact_limit_is_what_is_expected() -> None:
    """The exact 95% limits of a count of 5 are 1.6235 and 11.6683."""
    assert ratio_funnel([5], [11.668332]).loc[0, "lower"] == pytest.approx(5 / 11.668332, rel=1e-6)
    assert ratio_funnel([5], [1.623486]).loc[0, "upper"] == pytest.approx(5 / 1.623486, rel=1e-6)


def test_exact_and_ohid_labels_part_between_their_limits() -> None:
    """The lower 95% limit of 10 is 4.795 exactly and 4.787 by Byar: 4.790 expected lies between."""
    assert labels([10], [4.79]) == ["High (0.025)"]
    assert labels([10], [4.79], ohid=True) == ["Not significant"]
    assert labels([9], [4.11], ohid=True) == labels([9], [4.11])


def test_the_method_is_named() -> None:
    assert ratio_funnel([1], [1]).loc[0, "method"] == "exact Poisson"
    assert ratio_funnel([1], [1], ohid=True).loc[0, "method"] == "exact below 10, Byar from 10"
    assert proportion_funnel([1], [2]).loc[0, "method"] == "normal approximation"


def test_proportions_about_a_half() -> None:
    """n = 100: a standard error of 0.05."""
    got = proportion_funnel([50, 41, 40, 60, 35, 66], [100] * 6, 0.5)
    assert got.loc[0, LINES].tolist() == pytest.approx(
        [0.5 - 1.959964 * 0.05, 0.5 + 1.959964 * 0.05, 0.5 - 3.090232 * 0.05, 0.5 + 3.090232 * 0.05]
    )
    assert got["label"].tolist() == [
        "Not significant",
        "Not significant",
        "Low (0.025)",
        "High (0.025)",
        "Low (0.025)",
        "High (0.001)",
    ]


def test_the_average_is_that_of_all_together_not_of_the_areas() -> None:
    """10 of 100 and 900 of 900: 910 of 1,000."""
    got, given = proportion_funnel([10, 900], [100, 900]), proportion_funnel([10, 900], [100, 900], 0.91)
    assert got.equals(given)


def test_lines_are_cut_at_nobody_and_everybody() -> None:
    low, high = proportion_lines([4], 0.1), proportion_lines([4], 0.9)
    assert [low[0][0], low[2][0]] == [0, 0]
    assert [high[1][0], high[3][0]] == [1, 1]


def test_areas_that_are_all_none_or_all_full_differ_from_nothing() -> None:
    assert set(proportion_funnel([0, 0], [5, 9])["label"]) == {"Not significant"}
    assert set(proportion_funnel([5, 9], [5, 9])["label"]) == {"Not significant"}


def test_overdispersion_by_hand() -> None:
    """z from -5 to 5 winsorised to 4: squares sum to 92, phi = 92/11; tau2 = (92 - 10) / (11 - 1) = 8.2."""
    got = overdispersion(ELEVEN, np.ones(11), 0)
    assert (got.phi, got.tau2, got.needs_adjustment) == (pytest.approx(92 / 11), pytest.approx(8.2), True)
    last = got.areas.iloc[-1]
    assert last["z"] == 5
    assert last["z_additive"] == pytest.approx(5 / 9.2**0.5)
    assert last["z_multiplicative"] == pytest.approx(5 / (92 / 11) ** 0.5)
    reach = 1.959963984540054
    assert [last["lower_additive"], last["upper_additive"]] == pytest.approx([-reach * 9.2**0.5, reach * 9.2**0.5])
    assert last["upper_multiplicative"] == pytest.approx(reach * (92 / 11) ** 0.5)
    assert got.confidence == 0.95


def test_the_need_for_adjustment_turns_at_the_chi_squared_limit() -> None:
    """18.307 on 10 degrees of freedom: z scaled so that 11 phi is just under or over it."""
    for wanted, needed in ((18.30, False), (18.31, True)):
        assert overdispersion(ELEVEN * (wanted / 92) ** 0.5, np.ones(11), 0).needs_adjustment is needed


def test_areas_no_wider_than_chance_have_no_variance_between_them() -> None:
    got = overdispersion(ELEVEN / 10, np.ones(11), 0)
    assert got.tau2 == 0
    assert got.areas["z_additive"].equals(got.areas["z"])
    assert not got.needs_adjustment


def test_without_any_variation_the_multiplicative_figures_are_missing() -> None:
    got = overdispersion([0.3, 0.3, 0.3], [0.1, 0.1, 0.2], 0.3)
    assert got.phi == 0
    assert got.areas[["z_multiplicative", "lower_multiplicative", "upper_multiplicative"]].isna().all(axis=None)
    assert got.areas["z_additive"].tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("observed", "expected", "words"),
    [
        (-1, 2, "A count observed must be known and not negative; row 1 holds -1,"),
        (math.nan, 2, "A count observed must be known and not negative; row 1 holds nothing,"),
        (1, 0, "An expected count must be known and above zero; row 1 holds 0,"),
        (1, -3, "An expected count must be known and above zero; row 1 holds -3,"),
        (1, math.nan, "An expected count must be known and above zero; row 1 holds nothing,"),
    ],
)
def test_counts_that_cannot_be_are_refused(observed: float, expected: float, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        ratio_funnel([observed], [expected])


@pytest.mark.parametrize(
    ("numerator", "denominator", "words"),
    [
        (1, 0, "A denominator must be above zero; row 2 holds 0,"),
        (1, -4, "A denominator must be known and not negative; row 2 holds -4,"),
        (1, math.nan, "A denominator must be known and not negative; row 2 holds nothing,"),
        (-1, 4, "A numerator must be known and not negative; row 2 holds -1,"),
        (math.nan, 4, "A numerator must be known and not negative; row 2 holds nothing,"),
        (5, 4, "A numerator may not be larger than its denominator; row 2 holds 5,"),
    ],
)
def test_proportions_that_cannot_be_are_refused(numerator: float, denominator: float, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        proportion_funnel([1, numerator], [2, denominator])


@pytest.mark.parametrize("centre", [-0.1, 1.1, math.nan])
def test_a_centre_that_is_no_proportion_is_refused(centre: float) -> None:
    with pytest.raises(ValueError, match=f"A centre of {centre:g} is no proportion"):
        proportion_errors([10], centre)


@pytest.mark.parametrize("size", [0, -1, math.nan])
def test_a_line_at_no_size_is_refused(size: float) -> None:
    with pytest.raises(ValueError, match="A denominator must be known and above zero; row 1"):
        proportion_lines([size], 0.5)


@pytest.mark.parametrize(
    ("value", "error", "words"),
    [
        ([1], [1], "at least 2 areas; 1 was given"),
        ([1, math.nan], [1, 1], "A value must be known; row 2 holds nothing,"),
        ([1, 2], [1, 0], "A standard error must be known and above zero; row 2 holds 0,"),
        ([1, 2], [math.nan, 1], "A standard error must be known and above zero; row 1 holds nothing,"),
    ],
)
def test_variation_that_cannot_be_measured_is_refused(value: list[float], error: list[float], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        overdispersion(value, error, 0)
