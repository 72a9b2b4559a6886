"""Counts under each owner's rule, and the warnings about thin figures."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from analysis.statistics.display_rules import (
    AGE_STANDARDISED,
    COUNT_RULES,
    CRUDE_RATE,
    DFE_NATIONAL,
    DIRECTLY_STANDARDISED,
    FINGERTIPS,
    HES,
    RATE_RULES,
    SYMBOLS,
    UNRESTRICTED,
    CountRule,
    RateRule,
    Status,
    calculated,
    displayed,
    reliability,
    smallest_shown,
    strictest,
)

NAN = math.nan


@pytest.mark.parametrize(
    ("rule", "counts", "shown"),
    [
        (FINGERTIPS, [0, 1, 4, 5, 1234], ["0", "*", "*", "5", "1234"]),
        (HES, [0, 1, 7, 8, 12, 13, 17, 18], ["0", "*", "*", "10", "10", "15", "15", "20"]),
        (DFE_NATIONAL, [0, 4, 5, 14, 15, 25], ["0", "k", "10", "10", "20", "30"]),
        (UNRESTRICTED, [0, 1, 4], ["0", "1", "4"]),
    ],
)
def test_each_rule_shows_counts_its_own_way(rule: CountRule, counts: list[int], shown: list[str]) -> None:
    assert displayed(counts, rule).tolist() == shown


def test_a_missing_count_is_not_shown_as_zero_or_as_hidden() -> None:
    assert displayed([NAN, 0, 3], FINGERTIPS).tolist() == [None, "0", "*"]
    assert calculated([NAN, 0], CRUDE_RATE).tolist() == [None, "not calculated"]


def test_the_shape_of_the_counts_is_kept() -> None:
    assert displayed([[0, 3], [5, 9]], FINGERTIPS).shape == (2, 2)
    assert displayed([], FINGERTIPS).tolist() == []


@pytest.mark.parametrize(
    ("rule", "events", "said"),
    [
        (CRUDE_RATE, [0, 2, 3, 19, 20], ["not calculated"] * 2 + ["calculated, flagged u"] * 2 + ["calculated"]),
        (AGE_STANDARDISED, [9, 10, 19, 20], ["not calculated"] + ["calculated, flagged u"] * 2 + ["calculated"]),
        (DIRECTLY_STANDARDISED, [9, 10, 19], ["not calculated", "calculated", "calculated"]),
    ],
)
def test_rates_on_few_events_are_flagged_or_not_calculated(rule: RateRule, events: list[int], said: list[str]) -> None:
    assert calculated(events, rule).tolist() == said


@pytest.mark.parametrize("wrong", [-1, 2.5, math.inf])
def test_a_count_that_is_none_is_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match=f"A count must be a whole number of 0 or more, but one is {wrong:g}"):
        displayed([3, wrong], FINGERTIPS)
    with pytest.raises(ValueError, match=f"A count must be a whole number of 0 or more, but one is {wrong:g}"):
        calculated([3, wrong], CRUDE_RATE)


def test_the_strictest_of_two_rules_keeps_both() -> None:
    rule = strictest(FINGERTIPS, HES)
    assert (rule.hide_to, rule.smallest, rule.round_to, rule.secondary) == (7, 8, 5, True)
    assert rule.name == "OHID Fingertips and NHS England secondary care"
    assert displayed([0, 4, 7, 8], rule).tolist() == ["0", "*", "*", "10"]


def test_the_strictest_rule_does_not_depend_on_the_order() -> None:
    one, other = strictest(FINGERTIPS, DFE_NATIONAL, HES), strictest(HES, FINGERTIPS, DFE_NATIONAL)
    counts = np.arange(60)
    assert displayed(counts, one).tolist() == displayed(counts, other).tolist()
    assert one.round_to == 10


def test_the_strictest_of_one_rule_is_that_rule() -> None:
    assert strictest(HES, HES) == HES


def test_no_rule_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="No rule was given; name the rule of each dataset that is combined"):
        strictest()


def test_rules_are_found_by_their_names() -> None:
    assert COUNT_RULES["NHS England secondary care"] is HES
    assert RATE_RULES["ONS crude rate"] is CRUDE_RATE


def test_a_figure_without_a_number_has_its_own_symbol() -> None:
    assert SYMBOLS[Status.SUPPRESSED] == "c"
    assert SYMBOLS[Status.NOT_APPLICABLE] == "z"
    assert SYMBOLS[Status.MISSING] not in {SYMBOLS[Status.SUPPRESSED], SYMBOLS[Status.NOT_APPLICABLE], "0"}


def test_children_by_ward_are_shown_from_ten_and_totals_from_five() -> None:
    assert smallest_shown(by_ward=False) == 5
    assert smallest_shown(by_ward=True) == 10


def test_an_owner_can_only_make_it_stricter() -> None:
    assert smallest_shown(by_ward=False, owner=8) == 8
    assert smallest_shown(by_ward=True, owner=8) == 10
    with pytest.raises(ValueError, match="An owner's threshold of 0 is no count"):
        smallest_shown(by_ward=False, owner=0)


def test_thin_figures_are_warned_of_at_their_limits() -> None:
    found = reliability([9, 10, 5, 4, 20], [50, 49, 50, 50, 50], [1.0] * 5, [0.5] * 5, [1.5] * 5)
    assert found["caution"].tolist() == [True, False, True, True, False]
    assert found["very_small"].tolist() == [False, True, False, True, False]
    assert found["imprecise"].tolist() == [False] * 5
    assert found["u"].tolist() == [True, True, True, True, False]


def test_half_the_interval_beyond_half_the_value_is_imprecise() -> None:
    # Half of 1.52 - 0.5 is 0.51, more than half of 1; a value of 0 with any interval is imprecise, without none not.
    found = reliability([30] * 3, [99] * 3, [1.0, 0.0, 0.0], [0.5, 0.0, 0.0], [1.52, 0.1, 0.0])
    assert found["imprecise"].tolist() == [True, True, False]


def test_a_warning_that_rests_on_something_missing_is_missing() -> None:
    found = reliability([NAN, 3], [99, NAN], [1.0, NAN], [0.9, NAN], [1.1, NAN])
    assert found["caution"].isna().tolist() == [True, False]
    assert found["very_small"].isna().all()
    assert found["imprecise"].isna().tolist() == [False, True]
    assert found.dtypes.eq(pd.BooleanDtype()).all()


def test_an_interval_upside_down_is_refused() -> None:
    with pytest.raises(ValueError, match=r"An upper limit of 0\.5 lies below its lower limit of 1\.5; swap them"):
        reliability(30, 99, 1.0, 1.5, 0.5)
