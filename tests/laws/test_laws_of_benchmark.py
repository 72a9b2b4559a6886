"""What must hold of a comparison with a benchmark whatever the figures."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.benchmark import Polarity, against_benchmark, five_classes

values = st.floats(-1e6, 1e6)
widths = st.floats(0, 1e3)
polarities = st.sampled_from(list(Polarity))
OPPOSITE = {"Better": "Worse", "Worse": "Better", "Similar": "Similar", "Lower": "Higher", "Higher": "Lower"}
TURNED = {
    Polarity.LOW_IS_GOOD: Polarity.HIGH_IS_GOOD,
    Polarity.HIGH_IS_GOOD: Polarity.LOW_IS_GOOD,
    Polarity.NO_JUDGEMENT: Polarity.NO_JUDGEMENT,
}


@given(lower=values, width=widths, part=st.floats(0, 1), polarity=polarities)
def test_limits_that_hold_the_benchmark_are_similar(
    lower: float, width: float, part: float, polarity: Polarity
) -> None:
    upper = lower + width
    held = min(max(lower + part * width, lower), upper)
    assert against_benchmark([lower], [upper], held, polarity).tolist() == ["Similar"]


@given(lower=values, width=widths, polarity=polarities)
def test_limits_that_touch_the_benchmark_are_similar_and_just_beyond_are_not(
    lower: float, width: float, polarity: Polarity
) -> None:
    upper = lower + width
    assert against_benchmark(lower, upper, [lower, upper], polarity).tolist() == ["Similar", "Similar"]
    beyond = [math.nextafter(lower, -math.inf), math.nextafter(upper, math.inf)]
    assert "Similar" not in against_benchmark(lower, upper, beyond, polarity).tolist()


@given(lower=values, width=widths, benchmark=values, polarity=polarities)
def test_turning_values_and_polarity_over_changes_nothing_that_is_judged(
    lower: float, width: float, benchmark: float, polarity: Polarity
) -> None:
    straight = against_benchmark([lower], [lower + width], benchmark, polarity)[0]
    turned = against_benchmark([-lower - width], [-lower], -benchmark, TURNED[polarity])[0]
    assert turned == (OPPOSITE[straight] if polarity is Polarity.NO_JUDGEMENT else straight)


@given(lower=values, width=widths, more=widths, benchmark=values, polarity=polarities)
def test_the_strict_level_flags_nothing_that_the_usual_one_does_not(
    lower: float, width: float, more: float, benchmark: float, polarity: Polarity
) -> None:
    usual, strict = ([lower], [lower + width]), ([lower - more], [lower + width + more])
    both = five_classes(usual, strict, benchmark, polarity)[0]
    assert both.split(" (")[0] == against_benchmark(*usual, benchmark, polarity)[0]
    assert ("99.8%" in both) == (against_benchmark(*strict, benchmark, polarity)[0] != "Similar")


@given(lower=values, width=widths, polarity=polarities, place=st.integers(0, 2))
def test_what_is_missing_is_never_compared(lower: float, width: float, polarity: Polarity, place: int) -> None:
    given_values = [lower, lower + width, lower]
    given_values[place] = math.nan
    assert against_benchmark([given_values[0]], [given_values[1]], given_values[2], polarity)[0] == "Not compared"
