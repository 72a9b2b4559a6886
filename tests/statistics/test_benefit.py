"""Net benefit with its range, by sums anybody can check."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from analysis.statistics.benefit import Programme, Range, break_even, discount_factor, net_benefit

CERTAIN = Programme(
    people=Range.fixed(10),
    effect=Range.fixed(0.5),
    value=Range.fixed(100),
    cost=Range.fixed(15),
    deadweight=Range.fixed(0.2),
    optimism=Range.fixed(0.5),
    years=1,
)
UNSURE = replace(CERTAIN, effect=Range(0.1, 0.5, 0.6), cost=Range(5, 15, 40), value=Range(50, 100, 300))


def test_a_programme_that_is_certain_has_no_range() -> None:
    """10 x 0.5 x 100 x 0.8 x 0.5 = 200, less 10 x 15."""
    got = net_benefit(CERTAIN)
    assert (got.median, got.lower, got.upper, got.mean, got.mean_net) == pytest.approx((50, 50, 50, 50, 50))
    assert (got.mean_benefit, got.mean_cost) == pytest.approx((200, 150))
    assert got.chance_above_zero == 1
    assert (got.draws, got.seed, got.confidence) == (10_000, 0, 0.90)


def test_breaking_exactly_even_is_not_above_nought() -> None:
    assert net_benefit(replace(CERTAIN, cost=Range.fixed(20))).chance_above_zero == 0


def test_break_even_before_and_after_corrections() -> None:
    """15 / 100, and 15 / (100 x 0.8 x 0.5)."""
    got = net_benefit(CERTAIN)
    assert got.break_even == pytest.approx(0.15)
    assert got.break_even_corrected == pytest.approx(0.375)


def test_incredible_years_breaks_even_at_a_success_in_forty_five() -> None:
    assert break_even(1344, 60_000) == pytest.approx(0.0224)


def test_where_nothing_is_avoided_there_is_no_break_even() -> None:
    assert math.isnan(break_even(10, 0))
    assert math.isnan(net_benefit(replace(CERTAIN, deadweight=Range.fixed(1))).break_even_corrected)


def test_the_tornado_by_hand() -> None:
    """Effect 0.1 to 0.6: 40 - 150 to 240 - 150. Cost 5 to 40: 200 - 50 to 200 - 400. Value 50 to 300: 100 to 600."""
    rows = net_benefit(UNSURE).tornado.set_index("input")
    assert list(rows.index)[:3] == ["value", "cost", "effect"]
    assert rows.loc["effect"].tolist() == pytest.approx([-110, 90, 200])
    assert rows.loc["cost"].tolist() == pytest.approx([150, -200, 350])
    assert rows.loc["value"].tolist() == pytest.approx([-50, 450, 500])
    assert (rows.loc[["people", "deadweight", "optimism"], "swing"] == 0).all()


def test_the_mean_is_of_the_triangles_not_of_their_centres() -> None:
    """Effect 0.4, value 150, cost 20: 10 x 0.4 x 150 x 0.4 - 200 = 40."""
    got = net_benefit(UNSURE, draws=200_000)
    assert got.mean_net == pytest.approx(40)
    assert got.mean == pytest.approx(40, abs=1.5)


def test_money_over_two_years_is_worth_less() -> None:
    assert discount_factor(1) == 1
    assert discount_factor(2) == pytest.approx((1 + 1 / 1.035) / 2)
    assert discount_factor(10) == pytest.approx(0.860768650886819)
    assert discount_factor(5, 0) == 1
    assert net_benefit(replace(CERTAIN, years=2)).mean_benefit == pytest.approx(200 * discount_factor(2))


def test_the_points_of_a_triangle() -> None:
    """0, 1, 2: a quarter of the way up holds an eighth; 0, 0, 1 and 0, 1, 1 are right-angled."""
    assert Range(0, 1, 2).at(np.array([0, 0.125, 0.5, 0.875, 1])).tolist() == pytest.approx([0, 0.5, 1, 1.5, 2])
    assert Range(0, 0, 1).at(np.array([0, 0.75, 1])).tolist() == pytest.approx([0, 0.5, 1])
    assert Range(0, 1, 1).at(np.array([0, 0.25, 1])).tolist() == pytest.approx([0, 0.5, 1])
    assert Range.fixed(7).at(np.array([0, 0.3, 1])).tolist() == [7, 7, 7]


def test_the_same_seed_gives_the_same_range_and_another_seed_another() -> None:
    first, again, other = (net_benefit(UNSURE, seed=seed) for seed in (1, 1, 2))
    assert (first.median, first.lower, first.mean) == (again.median, again.lower, again.mean)
    assert first.mean != other.mean


@pytest.mark.parametrize("triple", [(2, 1, 3), (1, 3, 2), (3, 2, 1), (math.nan, 1, 2), (1, 2, math.inf)])
def test_a_range_out_of_order_is_refused(triple: tuple[float, float, float]) -> None:
    words = ", ".join(f"{value:g}" for value in triple)
    with pytest.raises(ValueError, match=f"A range of {words} is not in order; give the low, central and high value"):
        Range(*triple)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"people": Range(-1, 0, 1)}, "A people of -1 is below 0"),
        ({"value": Range(-5, 0, 1)}, "A value of -5 is below 0"),
        ({"cost": Range.fixed(-2)}, "A cost of -2 is below 0"),
        ({"effect": Range(0, 0.5, 1.5)}, "A range of effect of 0 to 1.5 leaves -1 to 1"),
        ({"effect": Range(-2, 0, 1)}, "A range of effect of -2 to 1 leaves -1 to 1"),
        ({"deadweight": Range(-0.1, 0, 1)}, "A range of deadweight of -0.1 to 1 leaves 0 to 1"),
        ({"optimism": Range.fixed(40)}, "A range of optimism of 40 to 40 leaves 0 to 1"),
        ({"years": 0}, "Benefits over 0 years cannot be discounted"),
        ({"years": 2.5}, "Benefits over 2.5 years cannot be discounted"),
        ({"discount_rate": -1}, "A discount rate of -1 leaves nothing"),
    ],
)
def test_inputs_that_cannot_be_are_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        replace(CERTAIN, **changes)


def test_too_few_draws_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 10,000 draws; 9,999 were asked for"):
        net_benefit(CERTAIN, draws=9_999)


@pytest.mark.parametrize(("cost", "value"), [(-1, 10), (1, -10)])
def test_a_negative_cost_or_value_cannot_break_even(cost: float, value: float) -> None:
    with pytest.raises(ValueError, match=f"A cost of {cost} and a value of {value} cannot be below 0"):
        break_even(cost, value)
