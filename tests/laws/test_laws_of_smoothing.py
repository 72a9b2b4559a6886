"""What must hold of smoothed proportions whatever the areas."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.smoothing import empirical_bayes

Counts = tuple[np.ndarray, np.ndarray]


@st.composite
def counts(draw: st.DrawFn) -> Counts:
    """Counts out of the people of 1 to 12 areas, as unequal as they come."""
    people = np.array(draw(st.lists(st.integers(1, 5_000), min_size=1, max_size=12)), float)
    share = np.array(draw(st.lists(st.floats(0, 1), min_size=len(people), max_size=len(people))))
    return np.floor(share * people), people


@given(data=counts())
def test_every_estimate_lies_between_its_own_proportion_and_the_mean(data: Counts) -> None:
    x, n = data
    found = empirical_bayes(x, n)
    low, high = np.minimum(x / n, found.mean), np.maximum(x / n, found.mean)
    assert ((found.estimate >= low - 1e-12) & (found.estimate <= high + 1e-12)).all()
    assert found.between >= 0


@given(data=counts(), more=st.data())
def test_the_order_of_areas_does_not_matter(data: Counts, more: st.DataObject) -> None:
    x, n = data
    order = more.draw(st.permutations(range(len(x))))
    assert empirical_bayes(x[order], n[order]).estimate == pytest.approx(empirical_bayes(x, n).estimate[order])


@given(people=st.lists(st.integers(1, 500), min_size=2, max_size=12), share=st.integers(0, 10))
def test_areas_all_alike_get_exactly_their_mean(people: list[int], share: int) -> None:
    n = 10.0 * np.array(people)
    found = empirical_bayes(share * n / 10, n)
    assert found.between == pytest.approx(0, abs=1e-15)
    assert found.estimate == pytest.approx(np.full(len(n), share / 10))


@given(data=counts(), times=st.integers(2, 50))
def test_the_more_people_the_less_is_smoothed(data: Counts, times: int) -> None:
    x, n = data
    few, many = empirical_bayes(x, n), empirical_bayes(times * x, times * n)
    assert (np.abs(many.estimate - x / n) <= np.abs(few.estimate - x / n) + 1e-12).all()


@given(data=counts())
def test_a_missing_area_changes_no_other(data: Counts) -> None:
    x, n = data
    with_missing = empirical_bayes(np.append(x, np.nan), np.append(n, 50))
    assert with_missing.estimate[:-1] == pytest.approx(empirical_bayes(x, n).estimate)
    assert np.isnan(with_missing.estimate[-1])
