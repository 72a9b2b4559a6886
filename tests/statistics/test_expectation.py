"""Expected counts and shortfalls: what is refused, and chances by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analysis.statistics.expectation import (
    Draws,
    chance_of_shortfall,
    expected_counts,
    observed_to_expected,
    simulated_to_expected,
)


@pytest.mark.parametrize(("bad", "shown"), [(-2, "-2"), (math.nan, "nothing"), (math.inf, "inf")])
def test_the_need_that_is_refused_is_named(bad: float, shown: str) -> None:
    with pytest.raises(ValueError, match=f"Need must be known, .* above zero somewhere; row 2 holds {shown},"):
        expected_counts([1, bad], 10)


def test_no_need_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="above zero somewhere; all 3 areas hold 0, so nothing can be shared out"):
        expected_counts([0, 0, 0], 10)


def test_a_negative_total_is_refused() -> None:
    with pytest.raises(ValueError, match="A total of -5 cannot be shared out; give a number from 0 upwards"):
        expected_counts([1, 2], -5)


def test_a_negative_expected_count_is_refused() -> None:
    steady = Draws(np.ones((2, 2)), np.full((1, 2), 0.5))
    with pytest.raises(ValueError, match="An expected count may not be negative or endless; row 2 holds -1,"):
        observed_to_expected([1, 1], [2, -1])
    with pytest.raises(ValueError, match="An expected count may not be negative or endless; row 1 holds -3,"):
        simulated_to_expected([1, 1], [-3, 5], steady)


def test_the_chance_of_a_shortfall_counts_the_draws_with_one() -> None:
    """Half of 10 is 5: short of it in 2 of 4 draws, and 5 itself is not short."""
    draws = Draws(np.array([[3, 7], [4, 6], [5, 5], [6, 4]], float), np.array([[0.5, 0.5]]))
    assert chance_of_shortfall(10, draws).tolist() == [0.5, 0.25]
