"""Children in low-income families over the years."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.editions import COUNCIL
from analysis.low_income import series, wide, with_limits
from analysis.sources.library import Library


def test_limits_are_wilsons_on_the_count_behind_the_per_cent() -> None:
    rows = with_limits(pd.DataFrame({"count": [10, None], "percent": [10.0, None], "status": ["ok", "suppressed"]}))
    assert rows.loc[0, "children"] == pytest.approx(100)
    assert rows.loc[0, ["percent_lower", "percent_upper"]].round(1).tolist() == [5.5, 17.4]
    assert rows.loc[1, ["children", "percent_lower", "percent_upper"]].isna().all()


def test_years_published_and_no_others(shipped: Library) -> None:
    before, after = wide(series(shipped, "BHC"), "percent"), wide(series(shipped, "AHC"), "percent")
    assert list(before.columns) == [2022, 2023, 2024, 2025]
    assert list(after.columns) == [2024, 2025]
    assert len(before) == 34
    assert before.loc[COUNCIL, 2025] == pytest.approx(10.16)
    assert after.loc["E05012488", 2025] == pytest.approx(36.98)
