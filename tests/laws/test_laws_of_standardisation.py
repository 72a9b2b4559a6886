"""What must hold of standardised rates whatever the figures."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.statistics.standardisation import directly_standardised, indirectly_standardised

FOUR = ["lower_998", "lower", "upper", "upper_998"]
band = st.tuples(st.integers(0, 60), st.integers(60, 900), st.integers(1, 500), st.integers(500, 9000))
some_bands = st.lists(band, min_size=1, max_size=19)


def ward(rows: list, name: str = "A") -> pd.DataFrame:
    """Events, people, and the reference's events and people, or the last as the standard population."""
    bands = pd.DataFrame(rows, columns=["x", "n", "x_ref", "n_ref"], dtype=float)
    return bands.assign(ward=name, standard=bands["n_ref"])


@given(rows=some_bands)
def test_a_ward_with_the_rates_of_the_reference_is_as_expected(rows: list) -> None:
    bands = ward(rows)
    got = indirectly_standardised(bands.assign(x=bands["n"] * bands["x_ref"] / bands["n_ref"]), "ward").loc["A"]
    assert got["ratio"] == pytest.approx(100)
    assert got["rate"] == pytest.approx(got["reference_rate"])


@given(rows=some_bands)
def test_the_limits_of_a_ratio_hold_it_and_nest(rows: list) -> None:
    got = indirectly_standardised(ward(rows), "ward").loc["A"]
    for measure in ("ratio", "rate"):
        lowest, lower, upper, highest = (got[f"{measure}_{end}"] for end in FOUR)
        assert 0 <= lowest <= lower <= got[measure] <= upper <= highest


@given(rows=some_bands, more=st.integers(1, 50))
def test_more_events_raise_the_ratio(rows: list, more: int) -> None:
    bands = ward(rows)
    after = indirectly_standardised(bands.assign(x=bands["x"] + more), "ward").loc["A", "ratio"]
    assert after > indirectly_standardised(bands, "ward").loc["A", "ratio"]


@given(rows=some_bands)
def test_bands_of_the_same_rate_have_the_crude_rate_whatever_the_standard(rows: list) -> None:
    bands = ward(rows)
    got = directly_standardised(bands.assign(x=bands["n"] / 5), "ward", per=1000).loc["A"]
    assert got["value"] == pytest.approx(200)


@given(rows=some_bands, scale=st.floats(0.01, 100))
def test_only_the_shape_of_the_standard_population_matters(rows: list, scale: float) -> None:
    bands = ward(rows)
    assume(bands["x"].sum() >= 10)
    plain = directly_standardised(bands, "ward").loc["A", ["value", *FOUR]]
    scaled = directly_standardised(bands.assign(standard=scale * bands["standard"]), "ward").loc["A", ["value", *FOUR]]
    assert scaled.tolist() == pytest.approx(plain.tolist())


@given(rows=some_bands)
def test_the_limits_of_a_rate_hold_it_and_nest(rows: list) -> None:
    bands = ward(rows)
    assume(bands["x"].sum() >= 10)
    got = directly_standardised(bands, "ward").loc["A"]
    lowest, lower, upper, highest = got[FOUR]
    assert 0 <= lowest < lower < got["value"] < upper < highest


@given(rows=some_bands, other=some_bands, data=st.data())
def test_neither_other_wards_nor_the_order_of_bands_change_a_ward(rows: list, other: list, data: st.DataObject) -> None:
    both = pd.concat([ward(rows), ward(other, "B")], ignore_index=True)
    mixed = both.iloc[data.draw(st.permutations(range(len(both))))]
    for method in (indirectly_standardised, directly_standardised):
        alone, among = method(ward(rows), "ward").loc["A"], method(mixed, "ward").loc["A"]
        numbers = alone.drop(["reason", "method"], errors="ignore").index
        np.testing.assert_allclose(among[numbers].astype(float), alone[numbers].astype(float), rtol=1e-9)
        assert among["reason"] == alone["reason"]


@given(rows=some_bands)
def test_a_rate_is_missing_exactly_when_a_reason_is_given(rows: list) -> None:
    got = directly_standardised(ward(rows), "ward")
    assert (got["value"].isna() == (got["reason"] != "")).all()
    assert (got["value"].isna() == (got["count"] < 10)).all()
