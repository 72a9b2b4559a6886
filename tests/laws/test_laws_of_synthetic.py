"""What must hold of synthetic estimates whatever the figures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.synthetic import synthetic_estimate

thousandths = st.tuples(*[st.integers(0, 1_000)] * 3).map(sorted)
bands = st.lists(st.tuples(st.integers(0, 20_000), thousandths), min_size=1, max_size=8)
Bands = list[tuple[int, list[int]]]
ROUNDING = 1e-9


def given_bands(bands: Bands) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    lower, prevalence, upper = np.array([shares for _, shares in bands]).T / 1_000
    return np.array([people for people, _ in bands]), prevalence, lower, upper


@given(bands=bands)
def test_the_sum_of_limits_holds_mover_which_holds_the_estimate(bands: Bands) -> None:
    row = synthetic_estimate(*given_bands(bands)).iloc[0]
    names = ["sum_lower", "mover_lower", "estimate", "mover_upper", "sum_upper"]
    assert (np.diff(row[names].to_numpy(float)) >= -ROUNDING * (1 + row["population"])).all()


@given(bands=bands)
def test_prediction_limits_hold_mover_and_are_never_below_nought(bands: Bands) -> None:
    row = synthetic_estimate(*given_bands(bands)).iloc[0]
    assert 0 <= row["prediction_lower"] <= row["mover_lower"] + ROUNDING * (1 + row["population"])
    assert row["prediction_upper"] >= row["mover_upper"] - ROUNDING * (1 + row["population"])


@given(people=st.integers(1, 50_000), shares=thousandths)
def test_one_band_has_one_sampling_interval(people: int, shares: list[int]) -> None:
    row = synthetic_estimate(*given_bands([(people, shares)])).iloc[0]
    assert row["mover_lower"] == pytest.approx(row["sum_lower"], abs=1e-6)
    assert row["mover_upper"] == pytest.approx(row["sum_upper"], abs=1e-6)


@given(bands=bands, seed=st.integers(0, 9))
def test_the_order_of_bands_does_not_matter(bands: Bands, seed: int) -> None:
    mixed = [bands[place] for place in np.random.default_rng(seed).permutation(len(bands))]
    one, other = (synthetic_estimate(*given_bands(each)) for each in (bands, mixed))
    np.testing.assert_allclose(one.to_numpy(float), other.to_numpy(float), rtol=1e-9, atol=1e-6)


@given(bands=bands, factor=st.integers(2, 20))
def test_more_people_alike_scale_estimate_and_sampling_limits_but_chance_less(bands: Bands, factor: int) -> None:
    people, *shares = given_bands(bands)
    one, more = synthetic_estimate(people, *shares).iloc[0], synthetic_estimate(people * factor, *shares).iloc[0]
    for name in ("estimate", "sum_lower", "mover_lower", "mover_upper"):
        assert more[name] == pytest.approx(factor * one[name])
    reach = [row["prediction_upper"] - row["estimate"] for row in (one, more)]
    assert reach[1] <= factor * reach[0] * (1 + ROUNDING)


@given(bands=bands, seed=st.integers(0, 9))
def test_a_permutation_of_areas_permutes_their_estimates(bands: Bands, seed: int) -> None:
    people, *shares = given_bands(bands)
    areas = np.random.default_rng(seed).integers(0, 500, (4, people.size))
    order = np.random.default_rng(seed).permutation(4)
    straight, mixed = synthetic_estimate(areas, *shares), synthetic_estimate(areas[order], *shares)
    np.testing.assert_allclose(straight.iloc[order].to_numpy(float), mixed.to_numpy(float), equal_nan=True)


@given(bands=bands)
def test_estimates_of_areas_sum_to_that_of_all_of_them(bands: Bands) -> None:
    people, *shares = given_bands(bands)
    areas = np.vstack([people // 3, people - people // 3])
    apart, together = synthetic_estimate(areas, *shares), synthetic_estimate(people, *shares)
    assert apart["estimate"].sum() == pytest.approx(together.loc[0, "estimate"])
