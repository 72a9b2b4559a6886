"""What must hold when figures move between areas that overlap."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.aggregate import Interpolated, interpolated, population_weighted_rates, share_matrix

cuts = st.lists(st.integers(1, 99), unique=True, min_size=1, max_size=6).map(lambda found: [0, *sorted(found), 100])


@st.composite
def strips(draw: st.DrawFn, *, whole: bool = True) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A strip of land cut into sources and cut again into targets; `whole` is whether targets cover all of it."""
    old, new = draw(cuts), draw(cuts)
    new = new if whole else new[1:]
    size = len(old) - 1
    numbers = st.lists(st.integers(1, 500), min_size=size, max_size=size)
    sources = pd.DataFrame({name: draw(numbers) for name in ("count", "rate", "population")}, dtype=float)
    pairs = [
        (
            one,
            other,
            max(0, min(old[one + 1], new[other + 1]) - max(old[one], new[other])),
            *widths(old, new, one, other),
        )
        for one in range(size)
        for other in range(len(new) - 1)
    ]
    return sources, pd.DataFrame(pairs, columns=["source", "target", "overlap", "source_area", "target_area"])


def widths(old: list[int], new: list[int], one: int, other: int) -> tuple[int, int]:
    return old[one + 1] - old[one], new[other + 1] - new[other]


def moved(land: tuple[pd.DataFrame, pd.DataFrame]) -> Interpolated:
    return interpolated(*land)


@given(land=strips())
def test_counts_on_land_that_is_all_covered_keep_their_sum(land: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    found = moved(land)
    assert found.targets["count"].sum() == pytest.approx(land[0]["count"].sum(), rel=1e-9)
    assert np.allclose(found.targets["coverage"], 1)
    assert np.allclose(found.placed, 1)


@given(land=strips(whole=False))
def test_what_is_not_placed_is_what_the_sum_has_lost(land: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    found = moved(land)
    assert found.targets["count"].sum() == pytest.approx((land[0]["count"] * found.placed).sum(), rel=1e-9)


@given(land=strips())
def test_rates_stay_among_the_rates_they_are_made_of(land: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    found, rates = moved(land).targets, land[0]["rate"]
    for column in ("rate_by_area", "rate_by_population"):
        assert found[column].between(rates.min() - 1e-9, rates.max() + 1e-9).all()


@given(land=strips())
def test_people_spread_evenly_give_the_same_rate_by_area_and_by_people(land: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    sources, overlaps = land
    even = sources.assign(population=overlaps.groupby("source")["source_area"].first().astype(float))
    found = interpolated(even, overlaps).targets
    assert np.allclose(found["rate_by_area"], found["rate_by_population"])


@given(rate=st.floats(0.1, 100), people=st.lists(st.integers(1, 900), min_size=3, max_size=3))
def test_one_rate_everywhere_stays_that_rate(rate: float, people: list[int]) -> None:
    links = pd.DataFrame({"old": [0, 1, 1, 2], "new": ["X", "X", "Y", "Y"], "share": [1, 0.3, 0.7, 1]})
    shares = share_matrix(links, "old", "new", "share")
    found = population_weighted_rates(pd.Series([rate] * 3), pd.Series(people, dtype=float), shares)
    assert np.allclose(found, rate)
