"""What must hold of net benefits whatever the inputs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.benefit import Programme, Range, break_even, discount_factor, net_benefit


def ranges(lowest: float, highest: float) -> st.SearchStrategy[Range]:
    return st.lists(st.floats(lowest, highest), min_size=3, max_size=3).map(lambda three: Range(*sorted(three)))


programmes = st.builds(
    Programme,
    people=ranges(1, 500),
    effect=ranges(0.01, 0.5),
    value=ranges(1, 50_000),
    cost=ranges(0, 5_000),
    deadweight=ranges(0, 0.9),
    optimism=ranges(0, 0.4),
    years=st.integers(1, 30),
)


@given(programme=programmes, seed=st.integers(0, 100))
def test_the_simulated_mean_comes_near_the_closed_form(programme: Programme, seed: int) -> None:
    got = net_benefit(programme, draws=20_000, seed=seed)
    six_errors = 2 * (got.upper - got.lower) / 20_000**0.5
    assert got.mean == pytest.approx(got.mean_net, abs=six_errors + 1e-9 * (got.mean_benefit + got.mean_cost))


@given(programme=programmes)
def test_the_points_are_in_order_and_the_chance_agrees_with_them(programme: Programme) -> None:
    got = net_benefit(programme)
    assert got.lower <= got.median <= got.upper
    assert 0 <= got.chance_above_zero <= 1
    assert (got.chance_above_zero >= 0.5) or got.median <= 0
    assert (got.lower <= 0) or got.chance_above_zero >= 0.95


@given(programme=programmes, dearer=st.floats(0.01, 1000))
def test_a_dearer_programme_is_never_worth_more(programme: Programme, dearer: float) -> None:
    cost = programme.cost
    after = net_benefit(replace(programme, cost=Range(cost.low + dearer, cost.central + dearer, cost.high + dearer)))
    before = net_benefit(programme)
    assert after.median < before.median
    assert after.mean_net < before.mean_net
    assert after.chance_above_zero <= before.chance_above_zero


@given(programme=programmes)
def test_the_bars_of_the_tornado_start_from_the_same_centre_and_the_longest_is_first(programme: Programme) -> None:
    got = net_benefit(programme).tornado
    centre = {name: Range.fixed(held.central) for name, held in programme.ranges.items()}
    middle = net_benefit(replace(programme, **centre)).mean_net
    slack = 1e-9 * (1 + got[["net_at_low", "net_at_high"]].abs().to_numpy().max())
    assert (got[["net_at_low", "net_at_high"]].min(axis=1) <= middle + slack).all()
    assert (got[["net_at_low", "net_at_high"]].max(axis=1) >= middle - slack).all()
    assert got["swing"].is_monotonic_decreasing
    assert set(got["input"]) == set(programme.ranges)


@given(programme=programmes)
def test_at_the_corrected_break_even_rate_a_certain_programme_earns_nothing(programme: Programme) -> None:
    centre = {name: Range.fixed(held.central) for name, held in programme.ranges.items()}
    rate = net_benefit(programme).break_even_corrected
    if rate <= 1:
        even = net_benefit(replace(programme, **(centre | {"effect": Range.fixed(rate)})))
        assert even.mean_net == pytest.approx(0, abs=1e-9 * (1 + even.mean_cost))
    assert rate >= net_benefit(programme).break_even


@given(triangle=ranges(-100, 100), chances=st.lists(st.floats(0, 1), min_size=2, max_size=20))
def test_a_triangle_rises_with_the_chance_and_stays_within_its_ends(triangle: Range, chances: list[float]) -> None:
    values = triangle.at(np.sort(chances))
    assert (np.diff(values) >= -1e-9).all()
    assert values.min() >= triangle.low - 1e-9
    assert values.max() <= triangle.high + 1e-9


@given(years=st.integers(1, 60), rate=st.floats(0, 0.2))
def test_waiting_longer_or_a_higher_rate_never_makes_money_worth_more(years: int, rate: float) -> None:
    assert discount_factor(years + 1, rate) <= discount_factor(years, rate) + 1e-12
    assert discount_factor(years, rate + 0.01) <= discount_factor(years, rate)


@given(cost=st.floats(0, 1e6), value=st.floats(0.01, 1e6))
def test_at_break_even_successes_pay_for_all(cost: float, value: float) -> None:
    assert break_even(cost, value) * value == pytest.approx(cost)
