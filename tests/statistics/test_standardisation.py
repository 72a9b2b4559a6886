"""Standardised ratios and rates, by sums anybody can check."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from analysis.statistics.intervals import poisson_limits
from analysis.statistics.standardisation import directly_standardised, indirectly_standardised

NAN = math.nan
FOUR = ["lower", "upper", "lower_998", "upper_998"]


def isr_bands(x: float = 1, n: float = 10, **changes: float) -> pd.DataFrame:
    """Two bands of a ward: 10 people at 5 in 50 and 20 people at 2 in 40 make 2 expected."""
    bands = pd.DataFrame({"ward": "A", "x": [x, 2.0], "n": [n, 20.0], "x_ref": [5.0, 2.0], "n_ref": [50.0, 40.0]})
    return bands.assign(**{name: [value, bands[name][1]] for name, value in changes.items()})


def dsr_bands(x: float = 10, n: float = 100, standard: float = 1) -> pd.DataFrame:
    """10 and 30 events of 100 people each, for a standard population three times as large in the second band."""
    return pd.DataFrame({"ward": "A", "x": [x, 30.0], "n": [n, 100.0], "standard": [standard, 3.0]})


def test_observed_over_what_the_reference_would_give() -> None:
    """3 of 2 expected: 150, and the reference's crude rate is 7 of 90."""
    got = indirectly_standardised(isr_bands(), "ward", per=90).loc["A"]
    assert got[["observed", "expected", "ratio", "reference_rate", "rate"]].tolist() == pytest.approx(
        [3, 2, 150, 7, 10.5]
    )
    assert (got["method"], got["reason"]) == ("Exact", "")


def test_the_limits_are_those_of_the_count() -> None:
    got = indirectly_standardised(isr_bands(), "ward", per=90).loc["A"]
    limits = [*poisson_limits(3, 0.95), *poisson_limits(3, 0.998)]
    assert got[[f"ratio_{end}" for end in FOUR]].tolist() == pytest.approx([50 * limit for limit in limits])
    assert got[[f"rate_{end}" for end in FOUR]].tolist() == pytest.approx([3.5 * limit for limit in limits])


def test_the_method_turns_at_ten_observed() -> None:
    got = pd.concat([isr_bands(7), isr_bands(8).assign(ward="B"), isr_bands(0).assign(x=0.0).assign(ward="C")])
    assert indirectly_standardised(got, "ward")["method"].tolist() == ["Exact", "Byars", "Exact"]


def test_none_observed_has_a_lower_limit_of_nought() -> None:
    got = indirectly_standardised(isr_bands(0).assign(x=0.0), "ward").loc["A"]
    assert [got["ratio"], got["ratio_lower"], got["rate_lower_998"]] == [0, 0, 0]
    assert got["ratio_upper"] == pytest.approx(100 * -math.log(0.025) / 2)


def test_where_nothing_is_expected_the_ratio_is_missing() -> None:
    got = indirectly_standardised(isr_bands().assign(x_ref=0.0), "ward").loc["A"]
    assert got["reason"] == "nothing is expected of the area"
    assert (got["observed"], got["expected"]) == (3, 0)
    assert got[["ratio", "ratio_upper", "rate", "rate_lower"]].isna().all()


@pytest.mark.parametrize("hole", ["x", "n"])
def test_a_missing_count_makes_its_area_missing_and_no_other(hole: str) -> None:
    holed = isr_bands(**{hole: NAN}).assign(ward="B")
    got = indirectly_standardised(pd.concat([isr_bands(), holed]), "ward")
    assert got["reason"].tolist() == ["", "a count of the area is missing"]
    assert got["ratio"].notna().tolist() == [True, False]
    assert got.loc["B", ["ratio", "ratio_lower", "rate"]].isna().all()


def test_areas_keep_the_order_in_which_they_come() -> None:
    got = indirectly_standardised(pd.concat([isr_bands().assign(ward="Z"), isr_bands()]), "ward")
    assert list(got.index) == ["Z", "A"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"x": -1}, r"A count \(x\) may not be negative; row 1 holds -1,"),
        ({"n": -1}, r"A count \(n\) may not be negative; row 1 holds -1,"),
        ({"x_ref": -1}, "A reference count must be known and not negative; row 1 holds -1,"),
        ({"x_ref": NAN}, "A reference count must be known and not negative; row 1 holds nothing,"),
        ({"n_ref": 0}, "A reference population must be known and above zero; row 1 holds 0,"),
        ({"n_ref": NAN}, "A reference population must be known and above zero; row 1 holds nothing,"),
    ],
)
def test_bands_that_cannot_be_are_refused(changes: dict[str, float], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        indirectly_standardised(isr_bands(**changes), "ward")


def test_a_rate_for_a_standard_population() -> None:
    """(1 x 0.1 + 3 x 0.3) / 4 = 0.25; variance (10 + 9 x 30) / 100^2 / 16 = 0.00175 on 40 events."""
    got = directly_standardised(dsr_bands(), "ward", per=100).loc["A"]
    assert got[["count", "population", "value"]].tolist() == pytest.approx([40, 200, 25])
    arms = [
        100 * (0.00175 / 40) ** 0.5 * (limit - 40) for level in (0.95, 0.998) for limit in poisson_limits(40, level)
    ]
    assert got[FOUR].tolist() == pytest.approx([25 + arm for arm in arms])
    assert got["reason"] == ""


@pytest.mark.parametrize(("second", "known"), [(9, True), (8, False)])
def test_below_ten_events_no_rate_is_calculated(second: int, known: bool) -> None:
    bands = dsr_bands(1).assign(x=[1, second])
    got = directly_standardised(bands, "ward").loc["A"]
    assert got["count"] == 1 + second
    assert got[["value", *FOUR]].notna().tolist() == [known] * 5
    assert got["reason"] == ("" if known else "fewer than 10 events")


def test_a_missing_count_leaves_the_rate_missing_and_says_so() -> None:
    got = directly_standardised(pd.concat([dsr_bands(NAN), dsr_bands().assign(ward="B")]), "ward")
    assert got["reason"].tolist() == ["a count of the area is missing", ""]
    assert got["value"].notna().tolist() == [False, True]


@pytest.mark.parametrize(
    ("bands", "words"),
    [
        (dsr_bands(x=-1), r"A count \(x\) may not be negative; row 1 holds -1,"),
        (dsr_bands(n=0), "The people of an age band must be known and above zero; row 1 holds 0,"),
        (dsr_bands(n=NAN), "The people of an age band must be known and above zero; row 1 holds nothing,"),
        (dsr_bands(standard=-1), "A standard population must be known and not negative; row 1 holds -1,"),
        (dsr_bands(standard=NAN), "A standard population must be known and not negative; row 1 holds nothing,"),
        (dsr_bands().assign(standard=0), "The standard population is 0 in every age band"),
    ],
)
def test_a_rate_that_cannot_be_is_refused(bands: pd.DataFrame, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        directly_standardised(bands, "ward")
