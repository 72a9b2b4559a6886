"""What must hold of an index of need whatever the indicators."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.statistics.composite import METHODS, competition_order, correlated_pairs, need_index, normalised

methods = st.sampled_from(sorted(METHODS))


@st.composite
def indicators(draw: st.DrawFn) -> tuple[pd.DataFrame, dict[str, int], dict[str, float]]:
    """Up to four indicators that vary, of up to twelve areas, with their polarities and weights."""
    areas, names = draw(st.integers(3, 12)), "abcd"[: draw(st.integers(1, 4))]
    whole = st.lists(st.integers(0, 60), min_size=areas, max_size=areas).filter(lambda found: len(set(found)) > 1)
    values = pd.DataFrame({name: draw(whole) for name in names}, dtype=float)
    polarity = {name: draw(st.sampled_from([1, -1])) for name in names}
    return values, polarity, {name: draw(st.integers(1, 9)) for name in names}


@given(given_=indicators(), method=methods, data=st.data())
def test_a_permutation_of_areas_permutes_the_index(given_, method: str, data: st.DataObject) -> None:
    values, polarity, weights = given_
    order = data.draw(st.permutations(range(len(values))))
    one = need_index(values, polarity, weights, method)
    other = need_index(values.iloc[order], polarity, weights, method)
    assert np.allclose(one["score"].iloc[order], other["score"], rtol=1e-9, atol=1e-9)
    assert one["order"].iloc[order].tolist() == other["order"].tolist()


@given(given_=indicators(), method=methods, factor=st.integers(2, 50))
def test_weights_count_only_in_proportion(given_, method: str, factor: int) -> None:
    values, polarity, weights = given_
    scaled = {name: weight * factor for name, weight in weights.items()}
    one, other = (need_index(values, polarity, w, method)["score"] for w in (weights, scaled))
    assert np.allclose(one, other, rtol=1e-9, atol=1e-9)


@given(given_=indicators(), method=methods, unit=st.sampled_from([2.0, 100.0, 0.5]))
def test_the_unit_of_an_indicator_does_not_matter(given_, method: str, unit: float) -> None:
    values, polarity, weights = given_
    one, other = (need_index(v, polarity, weights, method)["score"] for v in (values, values * unit))
    assert np.allclose(one, other, rtol=1e-9, atol=1e-9)


@given(given_=indicators(), method=methods)
def test_turning_a_column_and_its_polarity_changes_nothing(given_, method: str) -> None:
    values, polarity, weights = given_
    turned = {name: -sign for name, sign in polarity.items()}
    one, other = need_index(values, polarity, weights, method), need_index(-values, turned, weights, method)
    assert one["score"].tolist() == other["score"].tolist()


@given(given_=indicators(), method=methods)
def test_an_area_at_least_as_needy_on_everything_never_stands_lower(given_, method: str) -> None:
    values, polarity, weights = given_
    order = need_index(values, polarity, weights, method)["order"]
    need = values * pd.Series(polarity)
    for one in need.index:
        over = (need.loc[one] >= need).all(axis=1)
        assert (order[one] <= order[over]).all()


@given(given_=indicators())
def test_z_scores_have_mean_nought_and_deviation_one(given_) -> None:
    values, polarity, _ = given_
    scaled = normalised(values, polarity)
    assert np.allclose(scaled.mean(), 0, atol=1e-9)
    assert np.allclose(scaled.std(ddof=0), 1)


@given(scores=st.lists(st.integers(0, 9), min_size=1, max_size=20))
def test_a_place_is_one_more_than_the_number_ahead(scores: list[int]) -> None:
    order = competition_order(pd.Series(scores, dtype=float))
    assert order.tolist() == [1 + sum(other > score for other in scores) for score in scores]


@given(given_=indicators(), slope=st.floats(0.1, 10), sign=st.sampled_from([1, -1]))
def test_a_copy_of_an_indicator_is_always_found_out(given_, slope: float, sign: int) -> None:
    values = given_[0]
    assume(len(values) >= 3)
    found = correlated_pairs(values.assign(copy=sign * slope * values["a"] + 3))
    pair = found[(found["first"] == "a") & (found["second"] == "copy")]
    assert pair["r"].tolist() == pytest.approx([sign])
