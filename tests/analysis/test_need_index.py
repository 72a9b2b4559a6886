"""The need index by hand on three wards, and on the shipped files in both editions."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pandas as pd
import pytest

from analysis.editions import EDITIONS
from analysis.need_index import DRAWS, WAYS, NeedIndex, index_of, untold
from analysis.need_indicators import USUAL, indicator_table, indicators, made_from
from analysis.refusal import Refusal
from analysis.sources.library import Library
from tests.world.three_wards import ASH, BIRCH, CEDAR

WARDS = {ASH: "Ash", BIRCH: "Birch", CEDAR: "Cedar"}
FIFTY = 1.5**0.5
FIGURES = {"children": (10.0, 20.0, 30.0), "crime": (3.0, 1.0, 2.0)}


def table(**figures: tuple[float, ...]) -> pd.DataFrame:
    """Rows as `indicator_table` gives them: three wards of 100 children, and a reason where a figure is missing."""
    rows = [
        {"area_code": code, "area_name": WARDS[code], "indicator": name, "value": value, "numerator": value}
        for name, values in (figures or FIGURES).items()
        for code, value in zip(WARDS, values, strict=True)
    ]
    found = pd.DataFrame(rows).assign(denominator=100.0, basis="published")
    return found.assign(reason=["suppressed" if pd.isna(value) else "" for value in found["value"]])


def by_name(result: NeedIndex) -> pd.DataFrame:
    return result.wards.set_index("area_name")


@pytest.fixture(scope="module", params=[*EDITIONS])
def rows(request: pytest.FixtureRequest, shipped: Library) -> pd.DataFrame:
    return indicator_table(shipped, request.param).assign(edition=request.param)


@pytest.fixture(scope="module")
def newest(shipped: Library) -> pd.DataFrame:
    return indicator_table(shipped, "2026")


def test_distances_from_the_average_by_hand() -> None:
    """Children 10, 20, 30: mean 20, deviation √(200/3), so ∓√1.5 and 0; crime 3, 1, 2 likewise; each counts half."""
    found = by_name(index_of(table(), "2020", {"children": 1, "crime": 1}))
    assert found["index"].to_dict() == pytest.approx({"Cedar": FIFTY / 2, "Ash": 0, "Birch": -FIFTY / 2})
    assert found["rank_point"].to_dict() == {"Cedar": 1, "Ash": 2, "Birch": 3}
    assert found.loc["Ash", ["part_children", "part_crime"]].tolist() == pytest.approx([-FIFTY / 2, FIFTY / 2])
    assert found.loc["Ash", ["value_children", "value_crime"]].tolist() == [10, 3]


def test_scaled_and_multiplied_by_hand() -> None:
    """Scaled to 1, 50.5, 100 and 100, 1, 50.5; the square root of each product."""
    found = by_name(index_of(table(), "2020", {"children": 1, "crime": 1}, "minmax_geom"))
    wanted = {"Ash": sqrt(100), "Birch": sqrt(50.5), "Cedar": sqrt(5050)}
    assert found["index"].to_dict() == pytest.approx(wanted)
    assert found.loc["Cedar", ["part_children", "part_crime"]].tolist() == pytest.approx([10, sqrt(50.5)])


def test_places_averaged_by_hand_with_a_weight_of_three_to_one() -> None:
    """Places 3, 2, 1 count three quarters and 1, 3, 2 one quarter; low is more need."""
    found = by_name(index_of(table(), "2020", {"children": 3, "crime": 1}, "rank_mean"))
    assert found["index"].to_dict() == pytest.approx({"Cedar": 1.25, "Birch": 2.25, "Ash": 2.5})
    assert found["rank_point"].to_dict() == {"Cedar": 1, "Birch": 2, "Ash": 3}


def test_only_the_shares_of_weights_count() -> None:
    light, heavy = (index_of(table(), "2020", {"children": one, "crime": one}) for one in (1, 5))
    assert light.weights == heavy.weights == {"children": 0.5, "crime": 0.5}
    pd.testing.assert_frame_equal(light.wards, heavy.wards)


def test_an_indicator_of_weight_zero_plays_no_part_even_where_it_is_missing() -> None:
    figures = table(**FIGURES, health=(float("nan"), 5, 6))
    with_it = index_of(figures, "2020", {"children": 1, "crime": 1, "health": 0})
    without = index_of(figures, "2020", {"children": 1, "crime": 1})
    assert [item.id for item in with_it.indicators] == ["children", "crime"]
    pd.testing.assert_frame_equal(with_it.wards, without.wards)


def test_a_ward_without_a_figure_has_no_index_and_says_why() -> None:
    figures = table(children=(10, 20, float("nan")), crime=(3, 1, 2))
    found = by_name(index_of(figures, "2020", {"children": 1, "crime": 3}))
    assert list(found.index) == ["Ash", "Birch", "Cedar"]
    assert found.loc["Cedar", "reason"] == "Children in income-deprived families (IDACI): suppressed"
    assert found.loc["Cedar", ["worst5", "worst10"]].tolist() == ["", ""]
    unknown = ["index", "rank_median", "rank_lower", "rank_upper", "p_worst5", "part_children", "part_crime"]
    assert found.loc["Cedar", unknown].isna().all()
    assert found.loc["Ash", "part_crime"] == pytest.approx(0.75)
    assert found["reason"].tolist()[:2] == ["", ""]


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ({}, "at least two indicators with a weight above 0, and none is chosen"),
        ({"children": 1}, "at least two indicators with a weight above 0, and only one does"),
        ({"children": 1, "crime": 0}, "and only one does"),
        ({"children": 0, "crime": 0}, "Every weight is 0, so there is nothing to add up"),
        ({"children": 1, "wealth": 1}, "The 2020 edition has no indicator 'wealth'. Choose from: children, education"),
    ],
)
def test_what_cannot_be_an_index_is_refused_in_words(weights: dict[str, float], said: str) -> None:
    with pytest.raises(Refusal, match=said):
        index_of(table(), "2020", weights)


def test_an_indicator_that_is_the_same_everywhere_is_refused_by_its_name() -> None:
    with pytest.raises(Refusal, match="The indicator Crime is 2 in every area"):
        index_of(table(children=(10, 20, 30), crime=(2, 2, 2)), "2020", {"children": 1, "crime": 1})
    nan = float("nan")
    with pytest.raises(Refusal, match="an index compares at least 2"):
        index_of(table(children=(10, nan, nan), crime=(1, 2, 3)), "2020", {"children": 1, "crime": 1})


def test_a_negative_weight_is_refused() -> None:
    with pytest.raises(ValueError, match="must be zero or more"):
        index_of(table(), "2020", {"children": 1, "crime": -1})


def test_the_same_choice_gives_the_same_answer_and_the_order_of_rows_does_not_matter() -> None:
    first = index_of(table(), "2020", {"children": 1, "crime": 1})
    again = index_of(table().iloc[::-1], "2020", {"crime": 1, "children": 1})
    pd.testing.assert_frame_equal(first.wards, again.wards)
    assert (first.share_weights, first.draws) == (again.share_weights, DRAWS)


def test_scores_without_limits_leave_only_the_weights_to_vary(newest: pd.DataFrame) -> None:
    found = index_of(newest, "2026", {"education": 1, "crime": 1})
    assert not any(item.varies for item in found.indicators)
    assert (found.share_weights, found.share_sampling) == (1, 0)


def test_where_no_ward_can_move_there_is_nothing_to_split() -> None:
    alike = table(education=(1.0, 2.0, 3.0), crime=(1.0, 2.0, 3.0))
    found = index_of(alike, "2020", {"education": 1, "crime": 1})
    assert np.isnan(found.share_weights)
    assert (found.wards["rank_lower"] == found.wards["rank_upper"]).all()


def test_runs_of_places_that_cannot_be_told_apart_by_hand() -> None:
    """The example of methods A4.6: places 4 to 8 lie inside the intervals of the five wards that hold them."""
    lower, upper = [1, 2, 2, 3, 4, 4, 4, 4, 9], [1, 3, 4, 8, 8, 10, 10, 9, 9]
    wards = pd.DataFrame({"area_code": [*"abcdefghi"], "rank_lower": lower, "rank_upper": upper})
    assert untold(wards) == (4, [*"defgh"])
    assert untold(wards.iloc[:3]) == (2, ["b", "c"])
    assert untold(wards.iloc[:1]) == (0, [])
    assert untold(wards.iloc[:0]) == (0, [])


def test_a_run_must_hold_every_place_in_every_interval_and_begin_in_the_first_ten() -> None:
    chained = pd.DataFrame({"area_code": [*"abc"], "rank_lower": [1, 1, 2], "rank_upper": [2, 3, 3]})
    assert untold(chained) == (1, ["a", "b"])
    settled = [*range(1, 11)]
    late = pd.DataFrame(
        {"area_code": [*"abcdefghijkl"], "rank_lower": [*settled, 11, 11], "rank_upper": [*settled, 12, 12]}
    )
    assert untold(late) == (0, [])


def test_what_is_made_from_what() -> None:
    offered = indicators("2020")
    imd, crime, children, income = (offered[name] for name in ("imd", "crime", "children", "income"))
    assert made_from(crime, imd) == made_from(imd, crime) == (imd, crime)
    assert made_from(children, income) == (income, children)
    assert made_from(crime, income) is None
    assert made_from(indicators("2026")["children"], indicators("2026")["income"]) is None


def test_every_indicator_covers_every_ward_once_and_says_why_where_it_does_not(rows: pd.DataFrame) -> None:
    edition = EDITIONS[rows["edition"].iloc[0]]
    wards = rows.groupby("indicator")["area_code"].agg(["size", "nunique"])
    assert set(wards.index) == set(indicators(edition.id))
    assert (wards == {"2020": 37, "2026": 33}[edition.id]).all(axis=None)
    assert (rows["value"].isna() == rows["reason"].ne("")).all()
    counted = rows[rows["numerator"].notna()]
    assert np.allclose(counted["value"], 100 * counted["numerator"] / counted["denominator"])
    assert set(counted["indicator"]) == {item.id for item in indicators(edition.id).values() if item.varies}


def test_twerton_by_the_published_figure(newest: pd.DataFrame) -> None:
    twerton = newest[newest["area_name"] == "Twerton"].set_index("indicator")
    assert twerton.loc["children_ahc", "value"] == pytest.approx(36.98)
    assert twerton.loc["children_ahc", "basis"] == "published"
    assert twerton.loc["crime", "basis"] == "modelled"


@pytest.mark.parametrize("way", WAYS)
def test_parts_make_the_index_and_probabilities_share_out_the_places(rows: pd.DataFrame, way: str) -> None:
    edition = rows["edition"].iloc[0]
    found = index_of(rows, edition, dict.fromkeys(USUAL, 1), way)
    parts = found.wards[[f"part_{name}" for name in USUAL]]
    made = parts.prod(axis=1) if found.geometric else parts.sum(axis=1)
    assert np.allclose(made, found.wards["index"])
    assert found.wards["p_worst5"].sum() == pytest.approx(5, abs=0.6 if way == "rank_mean" else 1e-9)
    inside = found.wards[["rank_lower", "rank_median", "rank_upper"]]
    assert (inside["rank_lower"] <= inside["rank_median"]).all()
    assert (inside["rank_median"] <= inside["rank_upper"]).all()
    assert found.wards["rank_median"].is_monotonic_increasing
    assert found.share_weights + found.share_sampling == pytest.approx(1)


def test_the_usual_answer_of_2026(newest: pd.DataFrame) -> None:
    found = index_of(newest, "2026", dict.fromkeys(USUAL, 1))
    wards = by_name(found)
    clear = wards.index[wards["worst5"] == "clearly in"]
    assert set(clear) == {"Twerton", "Radstock", "Keynsham South", "Keynsham North"}
    assert wards.loc["Westfield", "p_worst5"] == pytest.approx(0.91, abs=0.02)
    assert wards.loc["Kingsmead", "worst5"] == "possibly"
    assert (wards["p_worst5_error"] <= 0.005).all()
    first, codes = untold(found.wards)
    assert first == 9
    assert set(wards.reset_index().set_index("area_code").loc[codes, "area_name"]) == {
        "Publow & Whitchurch", "Southdown", "Moorlands", "Paulton", "Combe Down",
    }  # fmt: skip


def test_counting_twice_is_seen_by_correlation_and_by_what_is_made_from_what(newest: pd.DataFrame) -> None:
    names = ("children", "children_ahc", "crime", "employment", "income", "imd")
    pairs = index_of(newest, "2026", dict.fromkeys(names, 1)).pairs.set_index(["first", "second"])
    twice = set(pairs.index[pairs["twice"]])
    assert {("children", "children_ahc"), ("employment", "income"), ("crime", "imd"), ("income", "imd")} <= twice
    assert pairs.loc[("crime", "imd"), "r"] < 0.9
    assert pairs.loc[("crime", "imd"), "whole"] == "imd"
    assert ("children", "crime") not in twice
    assert pairs["r"].abs().is_monotonic_decreasing
    assert not index_of(newest, "2026", dict.fromkeys(USUAL, 1)).pairs["twice"].any()
