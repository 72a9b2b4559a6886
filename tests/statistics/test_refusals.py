"""The words of a refusal."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analysis.statistics.refusals import known_amounts, refuse_rows


def test_the_first_bad_row_is_named_with_its_value() -> None:
    with pytest.raises(ValueError, match=r"^A count may not be negative; row 2 holds -3\.5, so correct it"):
        refuse_rows([False, True, True], [1, -3.5, -9], "A count may not be negative")


def test_one_bad_value_for_all_is_named_too() -> None:
    with pytest.raises(ValueError, match="row 1 holds -1,"):
        refuse_rows(np.array([True, True]), -1, "No")


def test_nothing_is_refused_when_no_row_is_bad() -> None:
    refuse_rows([False, False], [1, 2], "No")


@pytest.mark.parametrize(("bad", "shown"), [(-2, "-2"), (math.nan, "nothing"), (math.inf, "inf")])
def test_amounts_that_are_negative_missing_or_endless_are_refused(bad: float, shown: str) -> None:
    with pytest.raises(ValueError, match=f"^A need must be known and not negative; row 3 holds {shown}, so"):
        known_amounts([1, 0, bad], "A need")


def test_amounts_come_back_as_floats() -> None:
    assert known_amounts([0, 2], "A need").tolist() == [0.0, 2.0]
