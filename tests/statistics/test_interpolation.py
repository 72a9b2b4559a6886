"""Figures moved between areas that overlap, worked by hand, and what is refused."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from analysis.statistics.aggregate import interpolated, population_weighted_rates, share_matrix

NAN = math.nan


def sources(**changed: list[float]) -> pd.DataFrame:
    figures = {"count": [40.0, 80.0], "rate": [10.0, 20.0], "population": [100.0, 300.0]}
    return pd.DataFrame({**figures, **changed}, index=["A", "B"])


def overlaps(*rows: tuple[str, str, float, float, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["source", "target", "overlap", "source_area", "target_area"])


HALF_OF_EACH = overlaps(("A", "T", 2, 4, 4), ("B", "T", 2, 4, 4))
BOTH_PLACED = overlaps(("A", "T", 4, 4, 6), ("B", "T", 2, 4, 6), ("B", "U", 2, 4, 4))


def test_half_of_each_source() -> None:
    row = interpolated(sources(), HALF_OF_EACH).targets.loc["T"]
    assert row["count"] == (40 + 80) / 2
    assert row["rate_by_area"] == (10 + 20) / 2
    assert row["rate_by_population"] == (50 * 10 + 150 * 20) / 200
    assert row["coverage"] == 1


def test_the_sum_is_kept_and_what_is_covered_is_told() -> None:
    found = interpolated(sources(), BOTH_PLACED)
    assert found.targets["count"].to_dict() == {"T": 80, "U": 40}
    assert found.placed.to_dict() == {"A": 1, "B": 1}
    assert found.targets["coverage"].to_dict() == {"T": 1, "U": 0.5}


def test_what_falls_outside_every_target_is_told() -> None:
    found = interpolated(sources(), overlaps(("A", "T", 1, 4, 1)))
    assert found.placed.to_dict() == {"A": 0.25, "B": 0}
    assert found.targets.loc["T", "count"] == 10


def test_a_target_that_nothing_covers_has_no_rate() -> None:
    row = interpolated(sources(), overlaps(("A", "T", 0, 4, 1))).targets.loc["T"]
    assert row[["count", "coverage"]].tolist() == [0, 0]
    assert row[["rate_by_area", "rate_by_population"]].isna().all()


def test_a_missing_figure_spoils_only_the_targets_it_would_have_gone_to() -> None:
    found = interpolated(sources(count=[NAN, 80.0], rate=[NAN, 20.0]), BOTH_PLACED).targets
    assert found.loc["T", ["count", "rate_by_area", "rate_by_population"]].isna().all()
    assert found.loc["U", ["count", "rate_by_area", "rate_by_population"]].tolist() == [40, 20, 20]


def test_targets_may_overlap_each_other_and_then_more_than_all_is_placed() -> None:
    twice = overlaps(("A", "T", 4, 4, 4), ("A", "U", 4, 4, 4))
    assert interpolated(sources(), twice).placed["A"] == 2


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("A", "T", -1, 4, 4), "The overlap -1 of 0 is negative; it must be zero or more"),
        (("A", "T", 5, 4, 9), "An overlap of 5 is larger than its source A"),
        (("A", "T", 5, 9, 4), "An overlap of 5 is larger than its target T"),
        (("A", "T", 0, 0, 4), "The source A has an area of 0; it must be above zero"),
        (("A", "T", 0, 4, NAN), "The target T has an area of nan; it must be above zero"),
        (("C", "T", 1, 4, 4), "No figures are known for C; give a row for every source area"),
    ],
)
def test_impossible_overlaps_are_refused(row: tuple[str, str, float, float, float], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        interpolated(sources(), overlaps(row))


def test_sources_that_overlap_each_other_are_refused() -> None:
    with pytest.raises(ValueError, match=r"The target T is covered 1.5 times; source areas must not overlap"):
        interpolated(sources(), overlaps(("A", "T", 4, 4, 4), ("B", "T", 2, 4, 4)))


def test_fewer_than_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="The number of people -1 of A is negative"):
        interpolated(sources(population=[-1.0, 1.0]), HALF_OF_EACH)


@pytest.fixture
def shares() -> pd.DataFrame:
    links = pd.DataFrame({"old": ["A", "A", "B"], "new": ["X", "Y", "Y"], "share": [0.25, 0.75, 1.0]})
    return share_matrix(links, "old", "new", "share")


def test_rates_are_weighted_by_the_people_who_move(shares: pd.DataFrame) -> None:
    moved = population_weighted_rates(pd.Series({"A": 10.0, "B": 20.0}), pd.Series({"A": 80.0, "B": 40.0}), shares)
    assert moved.to_dict() == {"X": 10, "Y": (60 * 10 + 40 * 20) / 100}


def test_a_rate_of_nobody_is_missing_and_weighs_nothing(shares: pd.DataFrame) -> None:
    rates = pd.Series({"A": NAN, "B": 20.0})
    moved = population_weighted_rates(rates, pd.Series({"A": 0.0, "B": 40.0}), shares)
    assert math.isnan(moved["X"])
    assert moved["Y"] == 20


def test_a_missing_rate_or_number_of_people_spoils_where_they_go(shares: pd.DataFrame) -> None:
    for rate, people in ((NAN, 40.0), (20.0, NAN)):
        moved = population_weighted_rates(
            pd.Series({"A": 10.0, "B": rate}), pd.Series({"A": 80.0, "B": people}), shares
        )
        assert moved["X"] == 10
        assert math.isnan(moved["Y"])


def test_people_with_nowhere_to_go_are_refused(shares: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="No shares are known for C"):
        population_weighted_rates(pd.Series({"C": 1.0}), pd.Series({"C": 1.0}), shares)


def test_a_negative_share_is_refused_though_the_sum_is_one() -> None:
    links = pd.DataFrame({"old": ["A", "A"], "new": ["X", "Y"], "share": [1.5, -0.5]})
    with pytest.raises(ValueError, match=r"The share -0.5 of A is negative; shares lie between 0 and 1"):
        share_matrix(links, "old", "new", "share")
