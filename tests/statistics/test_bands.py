"""Equal-count bands by hand: ties, blanks, sizes, direction and what is refused."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analysis.statistics.bands import quantile_bands

NAN = math.nan


def test_ties_share_a_band_and_blanks_stay_blank() -> None:
    bands = quantile_bands([1, 2, 2, 4, 5, NAN])
    assert bands[:5].tolist() == [1, 2, 2, 4, 5]
    assert math.isnan(bands[5])


def test_inverted_the_highest_value_is_in_the_first_band() -> None:
    assert quantile_bands([3, 1, 2, 5, 4], invert=True).tolist() == [3, 5, 4, 1, 2]


def test_inverted_ties_share_the_band_of_the_highest_rank() -> None:
    """4 twice ranks 1 and 1 from the top, 3 ranks 3, so 5, 5, 3, 2 and 1 of five are left to right 1, 1, 3, 4, 5."""
    assert quantile_bands([4, 4, 3, 2, 1], invert=True).tolist() == [1, 1, 3, 4, 5]
    assert quantile_bands([1, 2, 3, 4, 4]).tolist() == [1, 2, 3, 4, 4]


def test_fewer_areas_than_bands_have_no_bands() -> None:
    assert np.isnan(quantile_bands([1, 2, 3, 4])).all()
    assert np.isnan(quantile_bands([1, 2, 3, 4, NAN])).all()


def test_sizes_of_fifths_of_37_wards_are_not_those_of_sql() -> None:
    assert np.unique(quantile_bands(range(37)), return_counts=True)[1].tolist() == [8, 7, 8, 7, 7]


def test_all_areas_the_same_stand_in_one_band() -> None:
    assert set(quantile_bands([3.0] * 33)) == {1.0}


def test_tenths() -> None:
    assert quantile_bands(range(10), 10).tolist() == list(range(1, 11))


def test_one_band_is_none() -> None:
    with pytest.raises(ValueError, match="1 bands would not divide the areas; there must be 2 or more"):
        quantile_bands([1, 2], 1)


def test_an_infinite_value_has_no_band() -> None:
    with pytest.raises(ValueError, match="A value of inf has no band; values must be finite"):
        quantile_bands([1, math.inf], 2)
