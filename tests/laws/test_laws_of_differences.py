"""What must hold of differences and ratios whatever the figures."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from analysis.statistics.differences import newcombe, proportions_against_rest, rate_ratio, rates_against_rest

denominators = st.integers(1, 5_000)
parts = st.integers(0, 1_000).map(lambda part: part / 1_000)
counts = st.integers(0, 300)
people = st.integers(1, 100_000)
areas = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 300)), min_size=2, max_size=20)


@given(n1=denominators, n2=denominators, part1=parts, part2=parts)
def test_limits_hold_the_difference_inside_minus_one_and_one(n1: int, n2: int, part1: float, part2: float) -> None:
    row = newcombe(part1 * n1, n1, part2 * n2, n2).iloc[0]
    assert -1 - 1e-12 <= row["lower"] <= row["difference"] <= row["upper"] <= 1 + 1e-12


@given(n1=denominators, n2=denominators, part1=parts, part2=parts)
def test_swapping_the_two_turns_the_difference_round(n1: int, n2: int, part1: float, part2: float) -> None:
    one, other = newcombe(part1 * n1, n1, part2 * n2, n2), newcombe(part2 * n2, n2, part1 * n1, n1)
    turned = [-other.loc[0, column] for column in ("difference", "upper", "lower")]
    assert one.loc[0, ["difference", "lower", "upper"]].to_list() == pytest.approx(turned)


@given(n=denominators, part1=parts, part2=parts, factor=st.integers(2, 20))
def test_limits_of_a_difference_narrow_as_both_grow(n: int, part1: float, part2: float, factor: int) -> None:
    few = newcombe(part1 * n, n, part2 * n, n).iloc[0]
    many = newcombe(part1 * n * factor, n * factor, part2 * n * factor, n * factor).iloc[0]
    assert many["upper"] - many["lower"] < few["upper"] - few["lower"]


@given(n1=denominators, n2=denominators, part1=parts, part2=parts)
def test_limits_of_a_difference_widen_with_confidence(n1: int, n2: int, part1: float, part2: float) -> None:
    usual, strict = (newcombe(part1 * n1, n1, part2 * n2, n2, level).iloc[0] for level in (0.95, 0.998))
    assert strict["lower"] <= usual["lower"] + 1e-12
    assert strict["upper"] >= usual["upper"] - 1e-12


@given(x1=counts, n1=people, x2=counts, n2=people)
def test_exact_limits_hold_the_ratio_and_nothing_is_infinite_or_negative(x1: int, n1: int, x2: int, n2: int) -> None:
    row = rate_ratio(x1, n1, x2, n2).iloc[0]
    known = row[["lower", "ratio", "upper", "p"]].dropna().to_numpy(float)
    assert np.isfinite(known).all()
    assert (known >= 0).all()
    assert row["ratio"] != row["ratio"] or row["lower"] <= row["ratio"] <= row["upper"]
    assert np.isnan(row["ratio"]) == (x2 == 0)


@given(x1=counts, n1=people, x2=counts, n2=people)
def test_p_and_limits_are_those_of_the_binomial_test(x1: int, n1: int, x2: int, n2: int) -> None:
    row = rate_ratio(x1, n1, x2, n2).iloc[0]
    if x1 + x2 == 0:
        assert np.isnan(row["p"])
        return
    right = binomtest(x1, x1 + x2, n1 / (n1 + n2))
    assert row["p"] == pytest.approx(right.pvalue, rel=1e-8, abs=1e-14)
    low = right.proportion_ci(method="exact").low
    assert row["lower"] == pytest.approx(low / (1 - low) * n2 / n1, rel=1e-8)


@given(x1=st.integers(1, 300), n1=people, x2=st.integers(1, 300), n2=people)
def test_swapping_the_two_turns_the_ratio_over(x1: int, n1: int, x2: int, n2: int) -> None:
    one, other = rate_ratio(x1, n1, x2, n2).iloc[0], rate_ratio(x2, n2, x1, n1).iloc[0]
    assert one["lower"] == pytest.approx(1 / other["upper"], rel=1e-8)
    assert one["p"] == pytest.approx(other["p"], rel=1e-8)


@given(x1=counts, n1=people, x2=counts, n2=people, factor=st.integers(2, 1_000))
def test_counting_people_in_other_units_changes_no_ratio(x1: int, n1: int, x2: int, n2: int, factor: int) -> None:
    columns = ["ratio", "lower", "upper", "p"]
    one, other = rate_ratio(x1, n1, x2, n2)[columns], rate_ratio(x1, n1 * factor, x2, n2 * factor)[columns]
    np.testing.assert_allclose(one, other, rtol=1e-8)


@given(areas=areas, seed=st.integers(0, 9))
def test_a_permutation_of_areas_permutes_their_differences(areas: list[tuple[int, int]], seed: int) -> None:
    table = pd.DataFrame([(x, x + others + 1) for x, others in areas], columns=["x", "n"])
    mixed = table.sample(frac=1, random_state=seed)
    for compared in (proportions_against_rest, rates_against_rest):
        straight = compared(table["x"], table["n"]).loc[mixed.index]
        pd.testing.assert_frame_equal(straight, compared(mixed["x"], mixed["n"]))


@given(areas=areas)
def test_differences_from_the_rest_balance_to_nought(areas: list[tuple[int, int]]) -> None:
    """Weighted by n (N - n) / N they sum to the sum of x - n X / N, which is nought."""
    n = pd.Series([x + others + 1 for x, others in areas])
    found = proportions_against_rest(pd.Series([x for x, _ in areas]), n)
    weights = n * (n.sum() - n) / n.sum()
    assert (found["difference"] * weights).sum() == pytest.approx(0, abs=1e-6)
