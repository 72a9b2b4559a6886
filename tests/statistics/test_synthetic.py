"""Synthetic estimates by hand: three intervals, by name, of one area or many, and what is refused."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analysis.statistics.intervals import z_of
from analysis.statistics.synthetic import INTERVALS, synthetic_estimate

NAN = math.nan
TWO_BANDS = ([0.1, 0.2], [0.07, 0.16], [0.14, 0.23])


def test_two_bands_by_hand() -> None:
    """100 at 10% (7 to 14) and 100 at 20% (16 to 23): 30; sums 23 and 37; arms sqrt(9 + 16) and sqrt(16 + 9)."""
    row = synthetic_estimate([100, 100], *TWO_BANDS).iloc[0]
    assert row[["population", "estimate", "implied_prevalence"]].to_list() == pytest.approx([200, 30, 0.15])
    assert row[["sum_lower", "sum_upper"]].to_list() == pytest.approx([23, 37])
    assert row[["mover_lower", "mover_upper"]].to_list() == pytest.approx([25, 35])
    chance = z_of(0.95) ** 2 * (100 * 0.1 * 0.9 + 100 * 0.2 * 0.8)
    assert row["prediction_lower"] == pytest.approx(30 - math.sqrt(25 + chance))
    assert row["prediction_upper"] == pytest.approx(30 + math.sqrt(25 + chance))
    assert row["confidence"] == 0.95


def test_children_with_a_disability_in_the_2020_assessment() -> None:
    shares = np.array([[3.7, 8.2, 9.5, 8.5], [3.2, 7.6, 8.6, 7.2], [4.3, 8.9, 10.5, 10.0]]) / 100
    row = synthetic_estimate([9426, 14_745, 7852, 6505], *shares).iloc[0]
    assert row["estimate"] == pytest.approx(2856.7, abs=0.05)
    assert row[["sum_lower", "sum_upper"]].to_list() == pytest.approx([2565.9, 3192.6], abs=0.05)
    assert row[["mover_lower", "mover_upper"]].to_list() == pytest.approx([2707.7, 3028.6], abs=0.05)
    narrower = (row["mover_upper"] - row["mover_lower"]) / (row["sum_upper"] - row["sum_lower"])
    assert narrower == pytest.approx(0.51, abs=0.005)


def test_many_areas_are_those_areas_one_by_one() -> None:
    people = np.array([[100, 50], [0, 30], [7, 0]])
    together = synthetic_estimate(people, *TWO_BANDS)
    for place, area in enumerate(people):
        alone = synthetic_estimate(area, *TWO_BANDS).iloc[0]
        np.testing.assert_allclose(together.iloc[place].to_numpy(float), alone.to_numpy(float))


def test_every_interval_has_its_name_and_its_columns() -> None:
    columns = set(synthetic_estimate([100, 100], *TWO_BANDS).columns)
    assert {f"{key}_{side}" for key in INTERVALS for side in ("lower", "upper")} < columns
    assert list(INTERVALS.values()) == ["sum of limits", "MOVER", "prediction limits"]


def test_a_count_that_might_be_none_is_never_below_none() -> None:
    """10 children at 3.7%: 0.37 expected, and chance alone reaches 1.2 either way."""
    row = synthetic_estimate([10], [0.037], [0.032], [0.043]).iloc[0]
    assert row["prediction_lower"] == 0
    assert row["prediction_upper"] > 1


def test_nobody_at_all_has_an_estimate_of_none_and_no_prevalence() -> None:
    row = synthetic_estimate([0, 0], *TWO_BANDS).iloc[0]
    assert row["estimate"] == row["prediction_upper"] == 0
    assert math.isnan(row["implied_prevalence"])


def test_an_area_with_a_missing_band_is_missing_and_the_others_are_not() -> None:
    found = synthetic_estimate([[100, NAN], [100, 100]], *TWO_BANDS)
    assert found.drop(columns="confidence").iloc[0].isna().all()
    assert found["estimate"].iloc[1] == pytest.approx(30)


def test_a_negative_population_is_refused() -> None:
    with pytest.raises(ValueError, match="A population of -4 is not possible; it must be 0 or more"):
        synthetic_estimate([[100, 5], [3, -4]], *TWO_BANDS)


def test_a_percentage_is_refused_where_a_fraction_is_meant() -> None:
    with pytest.raises(ValueError, match=r"A prevalence of 3\.7 is not a fraction; give it between 0 and 1"):
        synthetic_estimate([100], [3.7], [3.2], [4.3])


@pytest.mark.parametrize(("lower", "upper"), [(0.11, 0.14), (0.07, 0.09), (-0.1, 0.14), (0.07, 1.2)])
def test_limits_that_do_not_hold_the_prevalence_are_refused(lower: float, upper: float) -> None:
    with pytest.raises(ValueError, match=rf"A prevalence of 0\.1 lies outside its limits of {lower:g} to {upper:g};"):
        synthetic_estimate([100], [0.1], [lower], [upper])


def test_bands_that_do_not_match_are_refused() -> None:
    with pytest.raises(ValueError, match="3 bands of people and 2 of prevalence do not match; give one each"):
        synthetic_estimate([1, 2, 3], *TWO_BANDS)
