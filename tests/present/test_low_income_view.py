"""Children in low-income families in words: what rose, what fell, and what cannot be said."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from analysis.editions import COUNCIL
from analysis.low_income import compared, series, with_limits
from analysis.present import low_income_view as view
from analysis.sources.council import HOME
from analysis.sources.library import Library

NAMES = {"A": "Ash", "B": "Birch", "C": "Cedar", COUNCIL: "Council"}


def years(counts: dict[str, list[float | None]], first: int = 2024, children: int = 1000) -> pd.DataFrame:
    rows = [
        {"area_code": code, "year_ending": first + place, "count": count, "percent": count and 100 * count / children}
        for code, found in counts.items()
        for place, count in enumerate(found)
    ]
    table = pd.DataFrame(rows).astype({"count": float, "percent": float})
    return with_limits(table.assign(status=table["count"].notna().map({True: "ok", False: "suppressed"})))


@pytest.fixture
def three() -> pd.DataFrame:
    return years({"A": [100, 200], "B": [100, 70], "C": [100, 101], COUNCIL: [300, 371]})


def test_who_rose_and_who_fell_at_both_levels(three: pd.DataFrame) -> None:
    told = view.change_sentence(compared(three), NAMES, HOME)
    assert told == (
        "Between the years to March 2024 and 2025 the share of B&NES as a whole rose: +7.1 points (3.0 to 11.2). "
        "For certain (99.8% limits) it rose in Ash. At 95% it rose in Ash and fell in Birch. Of 3 wards, chance alone "
        "would flag about 0.15 at 95% and 0.01 at 99.8%."
    )


def test_the_wards_named_in_the_answer_are_above_the_rest_for_certain(three: pd.DataFrame) -> None:
    told = view.sentence(three, compared(three), "BHC", NAMES, HOME)
    assert "Set against the rest of B&NES, the share is higher for certain (99.8% limits) in 1 of 3 wards: Ash" in told
    alike = years({"A": [100, 100], "B": [100, 100], COUNCIL: [200, 200]})
    assert "No ward's share is for certain higher" in view.sentence(alike, compared(alike), "BHC", NAMES, HOME)


def test_a_missing_ward_is_not_left_out_in_silence() -> None:
    rows = years({"A": [100, 200], "B": [100, None], COUNCIL: [200, 300]})
    told = view.sentence(rows, compared(rows), "BHC", NAMES, HOME)
    assert "No ward can be set against the rest of B&NES, because a ward's figure is missing." in told
    table = view.table(rows, compared(rows), NAMES, HOME).set_index("Area")
    assert table.loc["Birch", "Change 2024 to 2025"] == "not known"
    assert table.loc["Ash", "Against the rest of B&NES, 2025"] == "not known"
    assert "protect people" in table.loc["Birch", "% in 2025"]


def test_one_year_has_no_change_and_no_arrow() -> None:
    rows = years({"A": [100], COUNCIL: [100], "B": [90]}, first=2025)
    assert view.change_sentence(compared(rows), NAMES, HOME) == (
        "Only the year to March 2025 is held, so no change can be shown."
    )
    assert view.no_arrow(rows).endswith("needs 5 yearly figures and only one is held.")
    assert not view.table(rows, compared(rows), NAMES, HOME).columns.str.startswith("Change").any()


def test_a_council_without_a_figure_of_its_own_is_named_and_says_so() -> None:
    rows = years({"A": [100], COUNCIL: [None], "B": [90]}, first=2025)
    told = view.sentence(rows, compared(rows), "BHC", NAMES, replace(HOME, short_name="Elsewhere"))
    assert told.startswith("How many children of Elsewhere lived in low-income families before housing costs")
    assert "the rest of Elsewhere" in told


def test_differences_carry_their_sign_and_limits() -> None:
    row = {"change": 0.04, "change_lower": -1.0, "change_upper": 1.06}
    assert view.points(row, "change") == "0.0 points (−1.0 to 1.1)"
    assert view.points({**row, "change": 1.25}, "change") == "+1.2 points (−1.0 to 1.1)"
    assert view.points({**row, "change": -2.0}, "change") == "−2.0 points (−1.0 to 1.1)"
    assert view.points({**row, "change": float("nan")}, "change") == "not known"


@pytest.mark.parametrize("costs", ["BHC", "AHC"])
def test_the_download_carries_everything(shipped: Library, costs: str) -> None:
    rows = series(shipped, costs)
    table = view.download(rows, compared(rows), shipped.names)
    assert len(table) == len(rows)
    for name in ("change", "rest"):
        assert {f"{name}{end}" for end in ("", "_lower", "_upper", "_lower_998", "_upper_998", "_said")} <= set(table)
    assert table["area_name"].notna().all()


def test_it_is_said_once_that_counts_are_altered_and_provisional() -> None:
    assert view.CAUTION.count("provisional") == 1
    assert "alters them slightly" in view.CAUTION
