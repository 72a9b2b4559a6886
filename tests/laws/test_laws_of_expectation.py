"""What must hold of expected counts, ratios and gaps whatever the figures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.statistics.expectation import (
    Draws,
    chance_of_shortfall,
    expected_counts,
    observed_to_expected,
    power_to_detect,
    simulated_to_expected,
)

MEASURES = ["oe", "oe_lower", "oe_upper", "oe_lower_998", "oe_upper_998", "gap", "gap_lower", "gap_upper"]
wards = st.lists(st.tuples(st.integers(0, 400), st.integers(1, 500)), min_size=2, max_size=37)


def split(rows: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    observed, need = np.array(rows, float).T
    assume(observed.sum() > 0)
    return observed, need


@given(need=st.lists(st.integers(0, 500), min_size=1, max_size=37), total=st.floats(0, 1e5))
def test_expected_counts_sum_to_the_total(need: list[int], total: float) -> None:
    assume(sum(need) > 0)
    assert expected_counts(need, total).sum() == pytest.approx(total, rel=1e-12, abs=1e-9)


@given(rows=wards)
def test_gaps_sum_to_zero(rows: list[tuple[int, int]]) -> None:
    observed, need = split(rows)
    compared = observed_to_expected(observed, expected_counts(need, observed.sum()))
    assert compared["gap"].sum() == pytest.approx(0, abs=1e-8)


@given(rows=wards, scale=st.floats(0.001, 1000))
def test_only_shares_of_need_matter(rows: list[tuple[int, int]], scale: float) -> None:
    observed, need = split(rows)
    as_counted = observed_to_expected(observed, expected_counts(need, observed.sum()))
    scaled = observed_to_expected(observed, expected_counts(need * scale, observed.sum()))
    np.testing.assert_allclose(scaled[MEASURES], as_counted[MEASURES], rtol=1e-9, atol=1e-9)


@given(rows=wards, more=st.integers(1, 100), data=st.data())
def test_more_observed_in_a_ward_never_lowers_its_ratio_nor_raises_its_gap(
    rows: list[tuple[int, int]], more: int, data: st.DataObject
) -> None:
    observed, need = split(rows)
    ward = data.draw(st.integers(0, len(rows) - 1))
    raised = observed.copy()
    raised[ward] += more
    before = observed_to_expected(observed, expected_counts(need, observed.sum())).loc[ward]
    after = observed_to_expected(raised, expected_counts(need, raised.sum())).loc[ward]
    assert after["oe"] >= before["oe"] - 1e-12
    assert after["gap"] <= before["gap"] + 1e-9


@given(rows=wards, data=st.data())
def test_wards_in_another_order_get_the_same_answers(rows: list[tuple[int, int]], data: st.DataObject) -> None:
    observed, need = split(rows)
    order = np.array(data.draw(st.permutations(range(len(rows)))))
    straight = observed_to_expected(observed, expected_counts(need, observed.sum()))
    shuffled = observed_to_expected(observed[order], expected_counts(need[order], observed.sum()))
    np.testing.assert_allclose(shuffled[MEASURES], straight[MEASURES].iloc[order], rtol=1e-12, atol=1e-9)


@given(rows=wards)
def test_limits_hold_the_ratio_and_the_gap_and_nest(rows: list[tuple[int, int]]) -> None:
    observed, need = split(rows)
    compared = observed_to_expected(observed, expected_counts(need, observed.sum()))
    for lower, value, upper in (("oe_lower", "oe", "oe_upper"), ("gap_lower", "gap", "gap_upper")):
        assert (compared[lower] <= compared[value] + 1e-9).all()
        assert (compared[value] <= compared[upper] + 1e-9).all()
    assert (compared["oe_lower_998"] <= compared["oe_lower"]).all()
    assert (compared["oe_upper_998"] >= compared["oe_upper"]).all()


@given(rows=wards)
def test_draws_that_never_vary_give_limits_of_no_width(rows: list[tuple[int, int]]) -> None:
    observed, need = split(rows)
    expected = expected_counts(need, observed.sum())
    steady = Draws(np.tile(observed, (5, 1)), (need / need.sum())[None, :])
    compared = simulated_to_expected(observed, expected, steady)
    for name in ("oe_lower", "oe_upper", "oe_lower_998", "oe_upper_998"):
        np.testing.assert_allclose(compared[name], compared["oe"], rtol=1e-9)
    for name in ("gap_lower", "gap_upper"):
        np.testing.assert_allclose(compared[name], compared["gap"], atol=1e-8)


@given(expected=st.floats(4, 500))
def test_a_larger_shortfall_is_never_harder_to_see(expected: float) -> None:
    counts, chances = zip(*(power_to_detect(expected, shortfall) for shortfall in (0.1, 0.3, 0.5)), strict=True)
    assert len(set(counts)) == 1
    assert list(chances) == sorted(chances)


@given(rows=wards, share=st.floats(0.1, 0.9))
def test_more_provision_never_raises_the_chance_of_a_shortfall(rows: list[tuple[int, int]], share: float) -> None:
    observed, need = split(rows)
    shares = (need / need.sum())[None, :]
    fewer = Draws(np.floor(observed * share) * np.ones((3, 1)), shares)
    chances = chance_of_shortfall(observed.sum(), fewer)
    assert ((chances >= 0) & (chances <= 1)).all()
    assert (chance_of_shortfall(observed.sum(), Draws(observed[None, :], shares)) <= chances).all()


@given(rows=wards, bad=st.floats(max_value=-1e-6), data=st.data())
def test_a_negative_need_is_always_refused_by_its_row(
    rows: list[tuple[int, int]], bad: float, data: st.DataObject
) -> None:
    _, need = split(rows)
    ward = data.draw(st.integers(0, len(rows) - 1))
    need[ward] = bad
    with pytest.raises(ValueError, match=f"row {ward + 1} holds"):
        expected_counts(need, 100)
