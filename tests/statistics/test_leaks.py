"""Counts that come out beside their table."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from analysis.statistics.leaks import (
    Selection,
    counts_behind,
    decimals_allowed,
    publishable,
    reveals_count,
    safe_difference,
    unsafe_differences,
    withheld_together,
)

NAN = math.nan


def wards() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "ward": ["Weston", "Abbey", "Twerton"],
            "count": [3, 40, 12],
            "rate": [1.5, 20.0, 6.0],
            "lower": [0.3, 14.3, 3.1],
            "rank": [3, 1, 2],
            "band": ["low", "high", "middle"],
            "raw": [3, 40, 12],
        }
    )


DERIVED = ["count", "rate", "lower", "rank", "band"]


def test_everything_computed_from_a_hidden_count_goes_with_it() -> None:
    kept = withheld_together(wards(), [True, False, False], DERIVED)
    assert kept.loc[0, DERIVED].isna().all()
    assert kept["status"].tolist() == ["suppressed", "ok", "ok"]
    assert kept["rate"].tolist()[1:] == [20.0, 6.0]
    assert kept["band"].tolist()[1:] == ["high", "middle"]


def test_the_frame_given_is_left_as_it_was() -> None:
    frame = wards()
    withheld_together(frame, [True, True, True], DERIVED)
    pd.testing.assert_frame_equal(frame, wards())


def test_missing_stays_missing_and_is_not_called_suppressed() -> None:
    frame = wards().assign(count=[3, NAN, 12])
    assert withheld_together(frame, [True, False, False], DERIVED)["status"].tolist() == ["suppressed", "missing", "ok"]


def test_a_status_already_there_is_kept_where_nothing_is_hidden() -> None:
    frame = wards().assign(status=["ok", "not_applicable", "missing"])
    kept = withheld_together(frame, [True, False, False], DERIVED)
    assert kept["status"].tolist() == ["suppressed", "not_applicable", "missing"]


def test_only_what_may_leave_leaves_and_in_the_order_of_the_keys() -> None:
    found = publishable(wards().sort_values("count"), [True, False, False], ["ward"], DERIVED)
    assert list(found) == ["ward", *DERIVED, "status"]
    assert found["ward"].tolist() == ["Abbey", "Twerton", "Weston"]
    assert found.index.tolist() == [0, 1, 2]
    assert found["status"].tolist() == ["ok", "ok", "suppressed"]


def test_two_orders_of_the_raw_frame_cannot_be_told_apart() -> None:
    frame = wards()
    other = frame.iloc[[2, 0, 1]]
    one = publishable(frame, [True, False, False], ["ward"], DERIVED)
    pd.testing.assert_frame_equal(one, publishable(other, [False, True, False], ["ward"], DERIVED))


@pytest.mark.parametrize("hidden", [[True], [1, 0, 0], [True, None, False]])
def test_marks_that_do_not_say_yes_or_no_to_each_row_are_refused(hidden: list[object]) -> None:
    with pytest.raises(ValueError, match="marks were given for 3 rows; mark each row as true or false"):
        withheld_together(wards(), hidden, DERIVED)


def test_columns_that_are_not_there_are_refused() -> None:
    with pytest.raises(ValueError, match="ratio is not a column of the frame; name columns it has"):
        withheld_together(wards(), [True, False, False], ["count", "ratio"])
    with pytest.raises(ValueError, match="No column is not a column of the frame"):
        withheld_together(wards(), [True, False, False], [])


def test_a_key_that_is_to_be_withheld_is_refused() -> None:
    with pytest.raises(ValueError, match="count is both a key and a column to withhold"):
        publishable(wards(), [True, False, False], ["ward", "count"], DERIVED)


def test_the_percentages_of_97_parents_in_2020_are_exact_people() -> None:
    least, greatest = counts_behind([15, 7, 6], 97)
    assert least.tolist() == greatest.tolist() == [15, 7, 6]
    assert reveals_count([15, 7, 6, 6], 97).all()


def test_a_whole_percentage_of_many_is_several_counts() -> None:
    # 7% of 1,000: from 65 (6.5%, which may print as 7) to 75 (7.5%).
    least, greatest = counts_behind(7, 1000)
    assert (least[0], greatest[0]) == (65, 75)
    assert not reveals_count(7, 1000).any()


def test_a_decimal_narrows_it() -> None:
    assert reveals_count(6.7, 1000, decimals=1).all()
    least, greatest = counts_behind(0.7, 4000, decimals=1)
    assert (least[0], greatest[0]) == (26, 30)


def test_the_ends_stop_at_nobody_and_everybody() -> None:
    assert [int(end[0]) for end in counts_behind(0, 400)] == [0, 2]
    assert [int(end[0]) for end in counts_behind(100, 400)] == [398, 400]
    assert reveals_count([0, 100], 97).all()


@pytest.mark.parametrize(
    ("percentage", "base", "message"),
    [
        (5, 0, "0 cannot be used: a base must be a whole number of 1 or more"),
        (5, 9.5, "9.5 cannot be used: a base must be a whole number of 1 or more"),
        (5, NAN, "nan cannot be used: a base must be a whole number of 1 or more"),
        (101, 50, "101 cannot be used: a percentage must lie between 0 and 100"),
        (NAN, 50, "nan cannot be used: a percentage must lie between 0 and 100"),
        (7.25, 50, "7.25 cannot be used: it has more decimals than 0"),
        (33, 10, "33 cannot be used: some whole count out of the base must print as the percentage"),
    ],
)
def test_percentages_that_cannot_be_are_refused(percentage: float, base: float, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        counts_behind(percentage, base)


@pytest.mark.parametrize(("base", "decimals"), [(399, None), (400, 0), (3999, 0), (4000, 1), (40000, 2)])
def test_a_hidden_count_may_have_a_percentage_of_a_large_base_only(base: int, decimals: int | None) -> None:
    assert decimals_allowed(base) == decimals


def test_a_base_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="A base of 0 has no percentages; a base must be 1 or more"):
        decimals_allowed(0)


NORTH = frozenset({"Abbey", "Weston", "Twerton"})


def views(*counts: int) -> list[Selection]:
    members = [NORTH, NORTH - {"Twerton"}, frozenset({"Bathwick"})]
    names = ["the north", "the north but Twerton", "Bathwick"]
    return [Selection(*parts) for parts in zip(names, members, counts, strict=True)]


@pytest.mark.parametrize(("counts", "unsafe"), [((20, 17, 50), True), ((20, 20, 50), False), ((20, 15, 50), False)])
def test_views_that_differ_by_a_few_children_are_unsafe(counts: tuple[int, ...], unsafe: bool) -> None:
    found = unsafe_differences(views(*counts))
    assert found == ([("the north", "the north but Twerton")] if unsafe else [])
    assert unsafe_differences(views(*counts)[::-1]) == found


def test_a_stricter_threshold_holds_for_differences_too() -> None:
    assert unsafe_differences(views(20, 12, 50), smallest=10) == [("the north", "the north but Twerton")]
    assert unsafe_differences(views(20, 10, 50), smallest=10) == []


def test_the_refusal_names_the_views_and_not_the_difference() -> None:
    with pytest.raises(ValueError, match="the north and the north but Twerton cannot both be shown") as refused:
        safe_difference(views(20, 17, 50))
    assert "3" not in str(refused.value)
    assert safe_difference(views(20, 15, 50)) is None


def test_counts_that_cannot_be_nested_are_refused() -> None:
    with pytest.raises(ValueError, match="its count of 21 does not fit into 20; correct the counts"):
        unsafe_differences(views(20, 21, 50))
    twice = [Selection("one", NORTH, 20), Selection("other", NORTH, 18)]
    with pytest.raises(ValueError, match="does not fit into 20; correct the counts"):
        unsafe_differences(twice)
