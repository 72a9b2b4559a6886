"""What cannot be is refused in a sentence that names it, never answered with a blank or an impossible figure."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from analysis.statistics.aggregate import weighted_mean
from analysis.statistics.apportionment import proportional_target
from analysis.statistics.bands import quantile_bands
from analysis.statistics.benchmark import false_flags
from analysis.statistics.benefit import break_even, discount_factor
from analysis.statistics.composite import exponential, min_max, standardised
from analysis.statistics.deprivation_measures import deciles, extent_weights
from analysis.statistics.estimates import (
    count_range_of_rounded_share,
    counts_behind_rounded_shares,
    rounded_shares,
    water_fill,
)
from analysis.statistics.expectation import expected_counts, observed_to_expected, power_to_detect
from analysis.statistics.funnel import overdispersion
from analysis.statistics.inequality import equity_limits
from analysis.statistics.leaks import decimals_allowed
from analysis.statistics.spatial import adjusted

REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "endless total": (
        lambda: expected_counts([1, 2], math.inf),
        r"^A total of inf cannot be shared out; give a number",
    ),
    "unknown total": (
        lambda: expected_counts([1, 2], math.nan),
        r"^A total of nan cannot be shared out; give a number",
    ),
    "target below nought": (lambda: proportional_target([1, 2], -1), r"^A total of -1 cannot be shared out"),
    "endless expected": (lambda: observed_to_expected([1.0], [math.inf]), r"negative or endless; row 1 holds inf, so"),
    "expected for power": (
        lambda: power_to_detect(math.nan),
        r"^A count of nan cannot be expected here; give 0 to 1,000",
    ),
    "shortfall": (lambda: power_to_detect(20, 2.5), r"^A shortfall of 2\.5 is not possible; it must be from 0 to 1"),
    "bands": (lambda: quantile_bands([1, 2, 3], math.nan), r"^nan bands would not divide the areas"),  # type: ignore[arg-type]
    "centre": (lambda: overdispersion([1, 2], [1, 1], math.inf), r"^Areas cannot vary about a centre of inf"),
    "weight": (lambda: weighted_mean([1, 2], [3, -1]), r"^A weight may not be negative or endless; row 2 holds -1, so"),
    "areas flagged": (lambda: false_flags(-1), r"^None of -1 areas can be flagged"),
    "cost": (lambda: break_even(math.inf, 1), r"^A cost of inf and a value of 1 cannot be below 0; both must be known"),
    "years": (lambda: discount_factor(math.nan), r"^Benefits over nan years cannot be discounted"),  # type: ignore[arg-type]
    "base of a percentage": (lambda: decimals_allowed(math.inf), r"^A base of inf has no percentages"),  # type: ignore[arg-type]
    "p value": (lambda: adjusted([0.2, 1.5]), r"^A p value must lie between 0 and 1; row 2 holds 1\.5, so"),
    "no draws": (
        lambda: equity_limits([1, 2, 3], [2, 1, 1], [5, 5, 5], [9, 4, 1], draws=0),
        r"^Limits cannot be had from 0 draws",
    ),
    "flat standardised": (lambda: standardised([5, 5, 5]), r"^An indicator that is 5 in every area cannot rank them"),
    "flat min-max": (lambda: min_max([5, 5, 5]), r"^An indicator that is 5 in every area cannot rank them"),
    "endless indicator": (lambda: min_max([1, math.inf]), r"^A value of inf has no place on a scale"),
    "one area": (lambda: standardised([1]), r"^Only 1 area\(s\) were given; a scale needs at least 2\.$"),
    "no area": (lambda: exponential([]), r"^Only 0 area\(s\) were given; a scale needs at least 2\.$"),
    "areas ranked": (lambda: deciles([1], math.nan), r"^nan areas cannot be ranked; give the number"),  # type: ignore[arg-type]
    "extent of endless ranks": (lambda: extent_weights([1], math.inf), r"^inf areas cannot be ranked"),  # type: ignore[arg-type]
    "cap": (lambda: water_fill(1, [1, 2], math.inf), r"^A cap of inf is not possible"),
    "share above all": (
        lambda: rounded_shares([0.2, 1.4], 5, 1),
        r"^A printed share must be known .* row 2 holds 1\.4, so",
    ),
    "share missing": (
        lambda: counts_behind_rounded_shares([np.nan], 9, 5, 1),
        r"lie between 0 and 1; row 1 holds nothing",
    ),
    "base of shares": (lambda: count_range_of_rounded_share([0.2], -1), r"^A base of -1 is not possible"),
    "draws of shares": (lambda: rounded_shares([0.2], 0, 1), r"^0 draws show nothing; give 1 or more\.$"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_by_name(case: str) -> None:
    asked, sentence = REFUSED[case]
    with pytest.raises(ValueError, match=sentence):
        asked()


def test_a_scale_is_taken_row_by_row_and_one_flat_row_is_refused() -> None:
    with pytest.raises(ValueError, match="is 7 in every area"):
        standardised([[1, 2], [7, 7]])
