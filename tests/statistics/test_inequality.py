"""Inequality across areas, by sums anybody can check."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from analysis.statistics.inequality import (
    concentration_error,
    concentration_index,
    equity_limits,
    gini,
    hoover,
    horizontal_inequity,
    places_to_move,
)

EQUAL, DEPRIVATION = [100, 100, 100], [30, 20, 10]
INDIA = [29_939, 28_776, 26_528, 24_689, 19_739], [154.7, 152.9, 119.5, 86.9, 54.3]


def test_three_equal_areas_by_hand() -> None:
    """Shares 1/2, 1/3, 1/6 at ranks 1/6, 1/2, 5/6: 2 x 14/36 - 1 = -2/9, towards the deprived."""
    assert concentration_index([3, 2, 1], EQUAL, DEPRIVATION) == pytest.approx(-2 / 9)
    assert concentration_index([1, 2, 3], EQUAL, DEPRIVATION) == pytest.approx(2 / 9)
    assert gini([1, 2, 3], EQUAL) == gini([3, 2, 1], EQUAL) == pytest.approx(2 / 9)


def test_provision_against_need_by_hand() -> None:
    """Provision 1, 2, 3 against need 3, 2, 1: 2/9 + 2/9 of inverse care; a third of the 6 places to move."""
    assert horizontal_inequity([1, 2, 3], [3, 2, 1], EQUAL, DEPRIVATION) == pytest.approx(4 / 9)
    assert hoover([1, 2, 3], [3, 2, 1]) == pytest.approx(1 / 3)
    assert places_to_move([1, 2, 3], [3, 2, 1]) == pytest.approx(2)


def test_all_with_the_most_deprived_or_the_least() -> None:
    """All of it at rank 1/6 or 5/6: 2/6 - 1 and 10/6 - 1."""
    assert concentration_index([5, 0, 0], EQUAL, DEPRIVATION) == pytest.approx(-2 / 3)
    assert concentration_index([0, 0, 5], EQUAL, DEPRIVATION) == pytest.approx(2 / 3)


def test_areas_equally_deprived_are_one_group_whatever_their_order() -> None:
    """The tied two stand together at rank 2/3: 2 (1/2 x 1/6 + 1/2 x 2/3) - 1 = -1/6."""
    assert concentration_index([3, 2, 1], EQUAL, [30, 20, 20]) == pytest.approx(-1 / 6)
    assert concentration_index([3, 1, 2], EQUAL, [30, 20, 20]) == pytest.approx(-1 / 6)


def test_mortality_of_young_children_in_india_as_published() -> None:
    """World Bank technical note 7: -0.1694; its standard error by the grouped formula over 5 groups is 0.0616."""
    births, rate = (np.array(column, float) for column in INDIA)
    poorest_first = [5, 4, 3, 2, 1]
    assert round(concentration_index(births * rate, births, poorest_first), 4) == -0.1694
    assert concentration_error(births * rate, births, poorest_first) == pytest.approx(0.0616, abs=5e-5)


def test_the_standard_error_by_hand() -> None:
    """a = 5/6, 8/9, 11/18, whose mean square less (7/9)^2 is 14/972; over 3 areas, sqrt(14)/54."""
    assert concentration_error([3, 2, 1], EQUAL, DEPRIVATION) == pytest.approx(math.sqrt(14) / 54)


@pytest.mark.parametrize(
    ("amount", "people", "deprivation"),
    [([3, 2, 1], EQUAL, [30, 20, 20]), ([1, 1, 1], EQUAL, DEPRIVATION), ([3, 2, 1], [100, 0, 100], DEPRIVATION)],
    ids=["tied", "equal a head", "an area of nobody"],
)
def test_the_standard_error_is_missing_where_the_formula_fails(
    amount: list[int], people: list[int], deprivation: list[int]
) -> None:
    assert math.isnan(concentration_error(amount, people, deprivation))


def test_provision_where_nobody_lives_stands_at_its_place_in_the_order() -> None:
    """Ranks 1/4, 1/2, 3/4 with shares 1/4, 1/2, 1/4: exactly even; by amount a head it comes last, at rank 1."""
    assert concentration_index([1, 2, 1], [100, 0, 100], DEPRIVATION) == pytest.approx(0)
    assert gini([1, 2, 1], [100, 0, 100]) == pytest.approx(0.5)


MEASURES: dict[str, Callable[..., object]] = {
    "concentration": concentration_index,
    "error": concentration_error,
    "inequity": lambda amount, people, order: horizontal_inequity(amount, people, people, order),
    "limits": lambda amount, people, order: equity_limits(amount, people, people, order),
}


@pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)
@pytest.mark.parametrize(
    ("amount", "people", "order", "words"),
    [
        ([1, 2], [1, 1], [2, 1], "at least 3 areas, each with every figure; given 2, 2"),
        ([1, 2, 3], [1, 1, 1, 1], [2, 1, 3], "at least 3 areas, each with every figure; given 3, 4"),
        ([0, 0, 0], EQUAL, DEPRIVATION, "of all 3 areas is 0; there must be some to be shared"),
        ([1, 2, 3], [0, 0, 0], DEPRIVATION, "of all 3 areas is 0; there must be some to be shared"),
        ([1, -2, 3], EQUAL, DEPRIVATION, "must be known and not negative; row 2 holds -2,"),
        ([1, 2, math.nan], EQUAL, DEPRIVATION, "must be known and not negative; row 3 holds nothing,"),
        ([1, 2, 3], EQUAL, [math.nan, 2, 1], "A deprivation must be known; row 1 holds nothing,"),
    ],
)
def test_what_cannot_be_measured_is_refused(
    measure: Callable[..., object], amount: list, people: list, order: list, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        measure(amount, people, order)


@pytest.mark.parametrize("measure", [gini, hoover, places_to_move])
def test_too_few_areas_or_nothing_to_share_is_refused(measure: Callable[..., float]) -> None:
    with pytest.raises(ValueError, match="at least 3 areas"):
        measure([1, 2], [1, 2])
    with pytest.raises(ValueError, match="is 0; there must be some"):
        measure([1, 2, 3], [0, 0, 0])


PROVISION, NEED, PEOPLE = [40, 0, 90, 60], [100, 60, 50, 20], [900, 700, 800, 1000]


def test_every_measure_has_its_value_and_its_limits() -> None:
    got = equity_limits(PROVISION, NEED, PEOPLE, [40, 30, 20, 10], seed=1)
    order = [40, 30, 20, 10]
    assert got["value"].to_dict() == pytest.approx(
        {
            "concentration_of_provision": concentration_index(PROVISION, PEOPLE, order),
            "concentration_of_need": concentration_index(NEED, PEOPLE, order),
            "horizontal_inequity": horizontal_inequity(PROVISION, NEED, PEOPLE, order),
            "gini": gini(PROVISION, PEOPLE),
            "hoover": hoover(PROVISION, NEED),
            "places_to_move": places_to_move(PROVISION, NEED),
        }
    )
    assert (got["lower"] < got["upper"]).drop("concentration_of_need").all()
    assert got.loc["concentration_of_need", ["lower", "upper"]].nunique() == 1
    assert got.loc["horizontal_inequity", "lower"] > 0
    assert set(got["confidence"]) == {0.95}
    assert set(got["method"]) == {"parametric bootstrap, percentile limits"}


def test_an_area_without_provision_is_redrawn_with_a_mean_of_a_half() -> None:
    """Its share of 10,000 places then is about 1/2 in 10,000, so a little less than the third has to move."""
    got = equity_limits([0, 5000, 5000], EQUAL, EQUAL, DEPRIVATION, draws=4000)
    assert got.loc["hoover", "lower"] < 1 / 3
    assert got.loc["hoover", "upper"] == pytest.approx(1 / 3, abs=0.02)


def test_need_redrawn_widens_the_limits_of_inequity() -> None:
    draws = np.random.default_rng(5).gamma(4.0, np.array(NEED) / 4, (2000, 4))
    order = [40, 30, 20, 10]
    fixed = equity_limits(PROVISION, NEED, PEOPLE, order).loc["horizontal_inequity"]
    redrawn = equity_limits(PROVISION, NEED, PEOPLE, order, draws).loc["horizontal_inequity"]
    assert redrawn["upper"] - redrawn["lower"] > 1.5 * (fixed["upper"] - fixed["lower"])
    assert redrawn["value"] == fixed["value"]


def test_draws_without_any_provision_are_left_out() -> None:
    got = equity_limits([1, 0, 0], EQUAL, EQUAL, DEPRIVATION, need_draws=np.tile(EQUAL, (500, 1)), draws=500)
    assert np.isfinite(got[["lower", "upper"]]).all(axis=None)


def test_the_same_seed_gives_the_same_limits_and_another_seed_others() -> None:
    first, again, other = (equity_limits(PROVISION, NEED, PEOPLE, [4, 3, 2, 1], seed=seed) for seed in (1, 1, 2))
    assert first.equals(again)
    assert not first["lower"].equals(other["lower"])


def test_need_draws_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match=r"shaped \(5, 3\); one row a draw and one column an area is \(2000, 4\)"):
        equity_limits(PROVISION, NEED, PEOPLE, [4, 3, 2, 1], np.ones((5, 3)))


@pytest.mark.parametrize("bad", [[0, 0, 0], [1, -1, 1], [1, math.nan, 1]])
def test_a_draw_of_need_that_cannot_be_is_refused(bad: list[float]) -> None:
    with pytest.raises(ValueError, match="A draw of need must be known, not negative, and above zero somewhere; row 2"):
        equity_limits([1, 2, 3], EQUAL, EQUAL, DEPRIVATION, [[1, 1, 1], bad], draws=2)
