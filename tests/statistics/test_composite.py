"""An index of need worked by hand, its edges, and what is refused."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from analysis.statistics.composite import (
    METHODS,
    competition_order,
    competition_ranks,
    correlated_pairs,
    exponential,
    min_max,
    need_index,
    need_ranks,
    normalised,
    oriented,
    standardised,
    weight_shares,
)

NAN = math.nan
MORE_IS_NEED = {"poverty": 1, "crime": 1}


def figures(**changed: list[float]) -> pd.DataFrame:
    columns = {"poverty": [1.0, 2.0, 3.0], "crime": [10.0, 40.0, 10.0]}
    return pd.DataFrame({**columns, **changed}, index=["A", "B", "C"])


def test_deviations_divide_by_n() -> None:
    assert standardised([1, 2, 3]).tolist() == pytest.approx([-math.sqrt(1.5), 0, math.sqrt(1.5)])


def test_the_lowest_is_0_and_the_highest_100() -> None:
    assert min_max([5, 10, 6]).tolist() == [0, 100, 20]


def test_rank_one_is_the_most_need_and_ties_share_the_mean() -> None:
    assert need_ranks([5, 9, 5, 1]).tolist() == [2.5, 1, 2.5, 4]


def test_exponential_scores_are_those_of_the_ranks() -> None:
    assert exponential([7, 9, 8])[1] == pytest.approx(100)
    assert exponential([7, 9, 8])[0] == pytest.approx(-23 * math.log(1 - (1 - math.exp(-100 / 23)) / 3))


@pytest.mark.parametrize("scale", [standardised, min_max, need_ranks, exponential])
def test_scales_work_along_the_last_axis(scale) -> None:
    rows = np.array([[1.0, 2.0, 4.0], [9.0, 5.0, 6.0]])
    assert scale(rows).tolist() == [scale(row).tolist() for row in rows]


def test_z_scores_added_in_equal_parts() -> None:
    index = need_index(figures(), MORE_IS_NEED)
    crime = math.sqrt(0.5)
    assert index["score"].tolist() == pytest.approx(
        [(-math.sqrt(1.5) - crime) / 2, 2 * crime / 2, (math.sqrt(1.5) - crime) / 2]
    )
    assert index["order"].tolist() == [3, 1, 2]
    assert set(index["method"]) == {"z_arith"}


def test_min_max_with_weights_that_do_not_sum_to_one() -> None:
    index = need_index(figures(), MORE_IS_NEED, {"poverty": 30, "crime": 10}, "minmax_arith")
    assert index["score"].tolist() == pytest.approx([0, 0.75 * 50 + 0.25 * 100, 75])
    assert index["order"].tolist() == [3, 2, 1]


def test_a_geometric_mean_does_not_let_one_indicator_make_up_for_another() -> None:
    index = need_index(figures(), MORE_IS_NEED, method="minmax_geom")
    assert index["score"].tolist() == pytest.approx([1, math.sqrt(50.5 * 100), math.sqrt(100 * 1)])


def test_a_low_mean_rank_is_most_need() -> None:
    index = need_index(figures(), MORE_IS_NEED, method="rank_mean")
    assert index["score"].tolist() == [(3 + 2.5) / 2, (2 + 1) / 2, (1 + 2.5) / 2]
    assert index["order"].tolist() == [3, 1, 2]


def test_an_indicator_where_more_is_less_need_is_turned() -> None:
    assert oriented(figures(), {"poverty": -1, "crime": 1})["poverty"].tolist() == [-1, -2, -3]
    assert need_index(figures()[["poverty"]], {"poverty": -1})["order"].tolist() == [1, 2, 3]


@pytest.mark.parametrize("method", METHODS)
def test_an_area_with_a_missing_indicator_has_no_index_and_no_part_in_the_scales(method: str) -> None:
    values = figures(poverty=[1.0, 2.0, NAN], crime=[10.0, 40.0, 1e6])
    index = need_index(values, MORE_IS_NEED, method=method)
    assert index.loc["C", ["score", "order"]].isna().all()
    alone = need_index(values.drop("C"), MORE_IS_NEED, method=method)
    assert index.loc[["A", "B"], "score"].tolist() == alone["score"].tolist()
    assert normalised(values, MORE_IS_NEED, method).loc["C"].isna().all()


def test_equal_scores_share_the_lower_place() -> None:
    order = competition_order(pd.Series([5.0, 7.0, 5.0, 1.0, NAN]))
    assert order[:4].tolist() == [2, 1, 2, 4]
    assert math.isnan(order[4])


def test_the_order_of_adding_up_breaks_no_tie() -> None:
    assert competition_order(pd.Series([0.1 + 0.2, 0.3, 0.2])).tolist() == [1, 1, 3]


def test_no_scores_have_no_places() -> None:
    assert competition_order(pd.Series([NAN, NAN])).isna().all()


def test_places_along_each_row() -> None:
    assert competition_ranks(np.array([[3.0, 9.0, 3.0], [1.0, 2.0, 3.0]])).tolist() == [[2, 1, 2], [3, 2, 1]]


@pytest.mark.parametrize("method", METHODS)
def test_an_indicator_that_is_the_same_everywhere_is_refused_by_name(method: str) -> None:
    with pytest.raises(ValueError, match=r"The indicator crime is 0.3 in every area; one that does not vary"):
        need_index(figures(crime=[0.1 + 0.2, 0.3, 0.3]), MORE_IS_NEED, method=method)


def test_an_indicator_that_varies_only_where_another_is_missing_is_refused() -> None:
    with pytest.raises(ValueError, match="The indicator crime is 10 in every area"):
        need_index(figures(poverty=[1.0, NAN, 3.0]), MORE_IS_NEED)


def test_one_complete_area_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match=r"Only 1 area\(s\) have every indicator; an index compares at least 2"):
        need_index(figures(poverty=[1.0, NAN, NAN]), MORE_IS_NEED)


@pytest.mark.parametrize("polarity", [{"poverty": 1}, {"poverty": 1, "crime": 0}, {"poverty": 1, "crime": 2}])
def test_a_polarity_that_is_not_given_or_not_one_is_refused(polarity: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"The polarity of crime is (None|0|2); it must be 1"):
        need_index(figures(), polarity)


def test_an_unknown_method_is_refused() -> None:
    with pytest.raises(ValueError, match="There is no method median; choose one of z_arith, minmax_arith"):
        need_index(figures(), MORE_IS_NEED, method="median")


def test_weights_are_made_to_sum_to_one_and_are_equal_when_not_given() -> None:
    assert weight_shares({"a": 3, "b": 1}, ["a", "b"]).tolist() == [0.75, 0.25]
    assert weight_shares(None, ["a", "b"]).tolist() == [0.5, 0.5]


@pytest.mark.parametrize("weight", [-1, NAN, math.inf])
def test_a_weight_that_cannot_be_used_is_refused(weight: float) -> None:
    with pytest.raises(ValueError, match=f"The weight of b is {weight:g}; a weight must be zero or more"):
        weight_shares({"a": 1, "b": weight}, ["a", "b"])


def test_a_weight_that_is_not_given_is_refused() -> None:
    with pytest.raises(ValueError, match="The weight of b is nan"):
        weight_shares({"a": 1}, ["a", "b"])


def test_weights_that_are_all_nought_are_refused() -> None:
    with pytest.raises(ValueError, match="All weights are 0; at least one indicator must have a weight above zero"):
        weight_shares({"a": 0, "b": 0}, ["a", "b"])


def test_pairs_that_count_the_same_thing_twice_are_found_the_strongest_first() -> None:
    imd = np.arange(10.0)
    other = np.array([1, -1, 1, -1, 1, -1, 1, -1, 1, -1.0])
    found = correlated_pairs(pd.DataFrame({"imd": imd, "idaci": imd + other, "reversed": -imd, "other": other}))
    assert found[["first", "second"]].to_numpy().tolist() == [
        ["imd", "reversed"],
        ["imd", "idaci"],
        ["idaci", "reversed"],
    ]
    assert found.loc[0, "r"] == pytest.approx(-1)


def test_two_areas_prove_no_correlation() -> None:
    assert correlated_pairs(pd.DataFrame({"a": [1.0, 2.0, NAN], "b": [1.0, 2.0, 3.0]})).empty
    assert correlated_pairs(pd.DataFrame({"a": [1.0, 1.0, 1.0], "b": [1.0, 2.0, 3.0]})).empty
