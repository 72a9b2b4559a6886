"""What must hold of tests of clustering whatever the map."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.statistics.spatial import adjusted, moran, moran_local, neighbours

Map = tuple[list[str], list[tuple[str, str]], np.ndarray, np.ndarray]


@st.composite
def maps(draw: st.DrawFn) -> Map:
    """Areas with some borders among them (islands too), their centroids, and values that differ."""
    count = draw(st.integers(10, 16))
    areas = [f"area {number}" for number in range(count)]
    pair = st.tuples(st.sampled_from(areas), st.sampled_from(areas)).filter(lambda ends: ends[0] != ends[1])
    borders = draw(st.lists(pair, max_size=3 * count))
    chance = np.random.default_rng(draw(st.integers(0, 10_000)))
    values = np.array(draw(st.lists(st.integers(-50, 50), min_size=count, max_size=count)), float)
    assume(np.ptp(values) > 0)
    return areas, borders, chance.uniform(0, 1000, (count, 2)), values


@given(drawn=maps())
def test_every_area_has_neighbours_whose_weights_sum_to_one_and_is_not_its_own(drawn: Map) -> None:
    areas, borders, centroids, _ = drawn
    weights = neighbours(areas, borders, centroids).sparse.toarray()
    assert weights.sum(axis=1) == pytest.approx(np.ones(len(areas)))
    assert (np.diag(weights) == 0).all()
    assert ((weights > 0) == (weights > 0).T).all()


@given(drawn=maps())
def test_local_figures_sum_to_the_global_one(drawn: Map) -> None:
    areas, borders, centroids, values = drawn
    weights = neighbours(areas, borders, centroids)
    whole, parts = moran(values, weights, seed=1), moran_local(values, weights, seed=1)
    assert parts["value"].sum() == pytest.approx((len(areas) - 1) * whole.value, abs=1e-9)
    assert parts["expected"].sum() == pytest.approx((len(areas) - 1) * whole.expected)


@given(drawn=maps(), factor=st.sampled_from([-3.0, -1.0, 0.5, 20.0]), shift=st.integers(-100, 100))
def test_units_do_not_matter(drawn: Map, factor: float, shift: int) -> None:
    areas, borders, centroids, values = drawn
    weights = neighbours(areas, borders, centroids)
    ours, theirs = moran(values, weights, seed=1), moran(factor * values + shift, weights, seed=1)
    for name in ("value", "variance", "z", "p", "geary", "p_permuted", "p_permuted_greater"):
        assert getattr(theirs, name) == pytest.approx(getattr(ours, name), abs=1e-9)


@given(drawn=maps(), more=st.data())
def test_a_permutation_of_areas_permutes_the_answer(drawn: Map, more: st.DataObject) -> None:
    areas, borders, centroids, values = drawn
    order = more.draw(st.permutations(range(len(areas))))
    here = moran_local(values, neighbours(areas, borders, centroids), seed=1)
    there = moran_local(values[order], neighbours([areas[place] for place in order], borders, centroids[order]), seed=1)
    for column in ("lag", "value", "expected", "variance", "p", "p_adjusted"):
        assert there[column].to_numpy() == pytest.approx(here[column].to_numpy()[order], abs=1e-9, nan_ok=True)
    assert there["p_permuted"].to_numpy() == pytest.approx(here["p_permuted"].to_numpy()[order], abs=0.06)


@given(drawn=maps())
def test_chances_lie_from_nought_to_one_and_are_never_lowered_by_adjusting(drawn: Map) -> None:
    areas, borders, centroids, values = drawn
    weights = neighbours(areas, borders, centroids)
    found, whole = moran_local(values, weights, seed=1), moran(values, weights, seed=1)
    for raw, held in (("p", "p_adjusted"), ("p_permuted", "p_permuted_adjusted")):
        known = found[found[raw].notna()]
        assert known[raw].between(0, 1).all()
        assert (known[held] >= known[raw] - 1e-12).all()
    assert (found["variance"] >= 0).all()
    assert 0 < whole.p_permuted <= 1
    assert 0 < whole.p_permuted_greater <= 1


@given(p=st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_adjusting_keeps_the_order_and_stays_below_bonferroni(p: list[float]) -> None:
    held = adjusted(p)
    assert (np.diff(held[np.argsort(p)]) >= -1e-12).all()
    assert (held <= np.minimum(1, len(p) * np.array(p)) + 1e-12).all()
