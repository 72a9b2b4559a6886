"""The slope and relative index, by lines anybody can draw."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy.special import expit, logit

from analysis.statistics.slope_index import SlopeIndex, slope_index

FIFTHS = [100.0] * 5
PLACES = np.array([0.1, 0.3, 0.5, 0.7, 0.9])
LINE = 9 + 10 * PLACES
Z = 1.959963984540054


def around(value: Any, width: float = Z, **chosen: Any) -> SlopeIndex:
    y = np.asarray(value, float)
    return slope_index(FIFTHS, y, y - width, y + width, draws=20_000, **chosen)


def test_a_straight_line_is_found() -> None:
    """10, 12, 14, 16, 18 at 0.1 ... 0.9: from 9 at the most deprived end to 19 at the least."""
    got = around(LINE)
    assert (got.sii, got.rii, got.intercept) == pytest.approx((10, 19 / 9, 9))


def test_the_exact_limits_of_means() -> None:
    """Slope weights -1, -1/2, 0, 1/2, 1 and a standard error of 1 each: variance 2.5."""
    got = around(LINE)
    assert (got.analytic_lower, got.analytic_upper) == pytest.approx((10 - Z * 2.5**0.5, 10 + Z * 2.5**0.5))
    assert (got.sii_lower, got.sii_upper) == pytest.approx((got.analytic_lower, got.analytic_upper), abs=0.15)
    assert got.confidence == 0.95
    assert got.method == "simulation, 20,000 draws"


def test_larger_groups_count_for_more() -> None:
    """Four groups level at 0 and a last of 1 that holds nine tenths: the line through their weighted centres."""
    share = np.array([0.025, 0.025, 0.025, 0.025, 0.9])
    place = np.cumsum(share) - share / 2
    slope, start = np.polyfit(place, [0, 0, 0, 0, 1], 1, w=np.sqrt(share))
    got = slope_index(share, [0, 0, 0, 0, 1], [0, 0, 0, 0, 1], [0, 0, 0, 0, 1], draws=1000)
    assert (got.sii, got.intercept) == pytest.approx((slope, start))


def test_a_multiplier_scales_the_index_and_a_negative_one_turns_the_ratio_over() -> None:
    plain, per_cent, turned = (around(LINE, multiplier=times) for times in (1, 100, -1))
    assert (per_cent.sii, per_cent.rii, per_cent.intercept) == pytest.approx((1000, 19 / 9, 9))
    assert (turned.sii, turned.rii) == pytest.approx((-10, 9 / 19))
    assert (turned.sii_lower, turned.sii_upper) == pytest.approx((-plain.sii_upper, -plain.sii_lower), abs=1e-2)
    assert (turned.rii_lower, turned.rii_upper) == pytest.approx((1 / plain.rii_upper, 1 / plain.rii_lower), rel=1e-3)
    assert turned.analytic_lower == pytest.approx(-plain.analytic_upper)
    assert turned.analytic_upper == pytest.approx(-plain.analytic_lower)


def test_a_line_on_the_log_of_rates() -> None:
    """e^(1 + 2b): from e to e^3."""
    y = np.exp(1 + 2 * PLACES)
    got = slope_index(FIFTHS, y, y * 0.9, y / 0.9, kind="rate", transform=True, draws=1000)
    assert (got.sii, got.rii, got.intercept) == pytest.approx((math.e**3 - math.e, math.e**2, math.e))
    turned = slope_index(FIFTHS, y, y * 0.9, y / 0.9, "rate", True, multiplier=-10, draws=1000)
    assert (turned.sii, turned.rii) == pytest.approx((-10 * (math.e**3 - math.e), math.e**-2))
    assert turned.intercept == pytest.approx(10 * math.e)
    assert turned.rii_lower < turned.rii < turned.rii_upper


def test_a_line_on_the_logit_of_proportions() -> None:
    """From expit(-1) to expit(1)."""
    y = expit(-1 + 2 * PLACES)
    low, high = expit(logit(y) - 0.1), expit(logit(y) + 0.1)
    got = slope_index(FIFTHS, y, low, high, kind="proportion", transform=True, draws=1000)
    assert (got.sii, got.rii) == pytest.approx((expit(1) - expit(-1), expit(1) / expit(-1)))


def test_limits_under_a_transform_turn_the_line_about_its_middle() -> None:
    """Log errors of 0.1: the slope 2 varies by 0.1 sqrt(2.5), and the line stays at e^2 in the middle."""
    y = np.exp(1 + 2 * PLACES)
    arm = np.exp(0.1 * Z)
    got = slope_index(FIFTHS, y, y / arm, y * arm, kind="rate", transform=True, seed=3)
    slopes = 2 + np.array([-1, 1]) * Z * 0.1 * 2.5**0.5
    assert [got.sii_lower, got.sii_upper] == pytest.approx(2 * math.e**2 * np.sinh(slopes / 2), rel=5e-3)
    assert [got.rii_lower, got.rii_upper] == pytest.approx(np.exp(slopes), rel=5e-3)
    assert math.isnan(got.analytic_lower)


def test_values_without_error_have_limits_at_the_index() -> None:
    got = around(LINE, width=0)
    assert (got.sii_lower, got.sii_upper, got.rii_lower, got.rii_upper) == pytest.approx((10, 10, 19 / 9, 19 / 9))
    assert (got.analytic_lower, got.analytic_upper) == pytest.approx((10, 10))


@pytest.mark.parametrize(("kind", "edge"), [("rate", 0.0), ("proportion", 0.0), ("proportion", 1.0)])
def test_a_value_without_a_known_error_leaves_the_index_and_no_limits(kind: Any, edge: float) -> None:
    y = np.array([0.2, 0.3, 0.4, 0.5, edge])
    got = slope_index(FIFTHS, y, np.maximum(y - 0.1, 0), np.minimum(y + 0.1, 1), kind=kind, draws=1000)
    assert math.isfinite(got.sii)
    assert np.isnan([got.sii_lower, got.sii_upper, got.rii_lower, got.rii_upper]).all()


def test_a_ratio_over_nothing_is_missing() -> None:
    got = around([0, 0, 0, 0, 0], width=0)
    assert got.sii == 0
    assert math.isnan(got.rii)


def test_the_same_seed_gives_the_same_limits_and_another_seed_others() -> None:
    first, again, other = (around(LINE, seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert first.sii_lower != other.sii_lower


@pytest.mark.parametrize("groups", [4, 101])
def test_too_few_or_too_many_groups_are_refused(groups: int) -> None:
    with pytest.raises(ValueError, match=f"A slope index needs 5 to 100 groups; {groups} were given"):
        slope_index(*[[1.0] * groups] * 4)


@pytest.mark.parametrize("groups", [5, 100])
def test_the_least_and_most_groups_are_not_refused(groups: int) -> None:
    assert slope_index(*[[1.0] * groups] * 4, draws=1000).sii == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"draws": 999}, "at least 1,000 draws; 999 were asked for"),
        ({"multiplier": 0}, "A multiplier of 0 leaves no slope"),
        ({"multiplier": math.nan}, "A multiplier of nan leaves no slope"),
        ({"transform": True}, "A mean has no transform"),
    ],
)
def test_settings_that_cannot_be_are_refused(chosen: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        slope_index(FIFTHS, LINE, LINE, LINE, **chosen)


@pytest.mark.parametrize(
    ("column", "bad", "kind", "words"),
    [
        (0, 0, "mean", "The population of a group must be above zero; row 3 holds 0,"),
        (0, math.nan, "mean", "The population of a group must be above zero; row 3 holds nothing,"),
        (1, math.nan, "mean", "A mean must be known; row 3 holds nothing,"),
        (2, 0.6, "mean", "A lower limit must be known and not above its mean; row 3 holds 0.6,"),
        (2, math.nan, "rate", "A lower limit must be known and not above its rate; row 3 holds nothing,"),
        (3, 0.4, "mean", "An upper limit must be known and not below its mean; row 3 holds 0.4,"),
        (2, -0.1, "rate", "A rate and its limits may not be negative; row 3 holds -0.1,"),
        (3, 1.1, "proportion", "A proportion and its limits may not be above 1; row 3 holds 1.1,"),
    ],
)
def test_groups_that_cannot_be_are_refused(column: int, bad: float, kind: Any, words: str) -> None:
    columns = [np.full(5, 100.0), np.full(5, 0.5), np.full(5, 0.4), np.full(5, 0.6)]
    columns[column][2] = bad
    with pytest.raises(ValueError, match=words):
        slope_index(*columns, kind=kind, draws=1000)


@pytest.mark.parametrize(("kind", "edge"), [("rate", 0.0), ("proportion", 0.0), ("proportion", 1.0)])
def test_a_value_at_the_end_of_its_scale_is_not_transformed(kind: Any, edge: float) -> None:
    y = np.array([0.5, 0.5, edge, 0.5, 0.5])
    with pytest.raises(ValueError, match=f"A {kind} must lie above 0.* to be transformed; row 3 holds {edge:g},"):
        slope_index(FIFTHS, y, y * 0.9, np.minimum(y * 1.1, 1), kind=kind, transform=True, draws=1000)
