"""What must hold of percentages, of views, and of frames from which counts were taken out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.display_rules import COUNT_RULES, displayed, strictest
from analysis.statistics.leaks import (
    Selection,
    counts_behind,
    decimals_allowed,
    publishable,
    reveals_count,
    safe_difference,
    unsafe_differences,
)

rules = st.sampled_from(sorted(COUNT_RULES.values(), key=lambda rule: rule.name))


@given(base=st.integers(1, 5000), part=st.floats(0, 1), decimals=st.integers(0, 2))
def test_the_counts_behind_a_printed_percentage_hold_the_true_one(base: int, part: float, decimals: int) -> None:
    count = int(part * base)
    least, greatest = counts_behind(round(100 * count / base, decimals), base, decimals)
    assert least[0] <= count <= greatest[0]


@given(base=st.integers(1, 300), percentage=st.integers(0, 100))
def test_a_percentage_reveals_a_count_just_when_trying_each_finds_one(base: int, percentage: int) -> None:
    fitting = [count for count in range(base + 1) if abs(200 * count - 2 * percentage * base) <= base]
    if fitting:
        assert reveals_count(percentage, base)[0] == (len(fitting) == 1)
    else:
        with pytest.raises(ValueError, match="some whole count out of the base must print as the percentage"):
            reveals_count(percentage, base)


@given(base=st.integers(400, 100_000), part=st.floats(0.02, 0.98))
def test_a_percentage_that_is_allowed_never_reveals_its_count(base: int, part: float) -> None:
    decimals = decimals_allowed(base)
    assert decimals is not None
    least, greatest = counts_behind(round(100 * int(part * base) / base, decimals), base, decimals)
    assert greatest[0] - least[0] >= 3


@given(counts=st.lists(st.integers(0, 40), min_size=1, max_size=12), data=st.data())
def test_what_is_published_does_not_change_with_a_hidden_count(counts: list[int], data: st.DataObject) -> None:
    hidden = np.array([0 < count < 5 for count in counts])
    others = [data.draw(st.integers(1, 4)) if hide else count for count, hide in zip(counts, hidden, strict=True)]
    one, other = (_published(held, hidden) for held in (counts, others))
    pd.testing.assert_frame_equal(one, other)


def _published(counts: list[int], hidden: np.ndarray) -> pd.DataFrame:
    frame = pd.DataFrame({"ward": [f"W{number:02d}" for number in range(len(counts))], "count": counts})
    frame["rate"] = frame["count"] / 7
    order = frame["count"].argsort(kind="stable").to_numpy()
    return publishable(frame.iloc[order], hidden[order], ["ward"], ["count", "rate"])


@given(cells=st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 9), min_size=1), data=st.data())
def test_views_are_refused_just_when_one_less_another_is_a_small_count(
    cells: dict[str, int], data: st.DataObject
) -> None:
    parts = st.frozensets(st.sampled_from(sorted(cells)), min_size=1)
    chosen = data.draw(st.lists(parts, min_size=2, max_size=4, unique=True))
    views = [Selection("".join(sorted(part)), part, sum(cells[name] for name in part)) for part in chosen]
    small = {
        (wide.name, inner.name)
        for wide in views
        for inner in views
        if inner.members < wide.members and 0 < sum(cells[name] for name in wide.members - inner.members) < 5
    }
    assert set(unsafe_differences(views)) == small
    if small:
        with pytest.raises(ValueError, match="cannot both be shown"):
            safe_difference(views)
    else:
        safe_difference(views)


@given(first=rules, second=rules, counts=st.lists(st.integers(0, 60), min_size=1, max_size=20))
def test_the_strictest_of_two_rules_hides_whatever_either_hides(
    first: object, second: object, counts: list[int]
) -> None:
    both = strictest(first, second)
    shown, one, other = (displayed(counts, rule) for rule in (both, first, second))
    for rule, texts in ((first, one), (second, other)):
        if rule.hide_to:
            assert (shown[texts == rule.symbol] == both.symbol).all()
    assert (shown[np.array(counts) == 0] == "0").all()


@given(rule=rules, counts=st.lists(st.integers(0, 500), min_size=1, max_size=20))
def test_a_count_shown_as_a_number_is_within_half_a_rounding_of_the_truth(rule: object, counts: list[int]) -> None:
    for count, text in zip(counts, displayed(counts, rule), strict=True):
        assert text in {rule.symbol, rule.nearly_none} or abs(int(text) - count) <= rule.round_to / 2
