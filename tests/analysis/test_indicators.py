"""All indicators together: limits, search, England's side, recent trend, on rows anyone can check by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis import indicators
from analysis.editions import COUNCIL, ENGLAND
from analysis.indicators import NO_COUNTS, NO_WIDTH, NOT_RUNNING, NOT_YEARLY, Indicators
from analysis.sources.library import Library
from analysis.statistics.benchmark import Outcome
from analysis.statistics.intervals import wilson
from analysis.statistics.trend import Direction, Reason, Trend

NEAR = "E06000014"


def about(name: str, title: str, **given: object) -> dict[str, object]:
    usual = {"topic": "health", "unit": "%", "per": 100.0, "polarity": "high is worse", "limits": "none"}
    rest = {"ages": pd.NA, "least": 0.0, "most": 100.0, "definition": "What it is.", "caveat": pd.NA, "source": "open"}
    return {"indicator_id": name, "title": title, **usual, **rest, **given}


def seen(name: str, area: str, period: str, value: float, **given: object) -> dict[str, object]:
    blank = {"lower": np.nan, "upper": np.nan, "numerator": np.nan, "denominator": np.nan}
    end = int(period[:2] + period[5:7]) if "/" in period else int(period[-4:])
    fixed = {"basis": "published", "status": "suppressed" if np.isnan(value) else "ok", "note": pd.NA}
    row = {"indicator_id": name, "area_code": area, "period": period, "period_end": end, "value": value}
    return {**row, **blank, **fixed, "locator": f"file.csv row {end}", **given}


def world(table: list[dict[str, object]], rows: list[dict[str, object]]) -> Indicators:
    ranges = pd.DataFrame(columns=["indicator_id", "period", "england_worst", "england_best"])
    return indicators.assembled(pd.DataFrame(table), pd.DataFrame(rows), ranges, pd.Series([NEAR]))


@pytest.fixture(scope="module")
def everything(shipped: Library) -> Indicators:
    return indicators.collected(shipped)


def test_limits_are_worked_out_from_counts_only_where_the_contract_says_how() -> None:
    counts = {"numerator": 20.0, "denominator": 80.0}
    held = world(
        [about("a", "A", limits="wilson"), about("b", "B"), about("c", "C", limits="byar", per=1000.0)],
        [
            seen("a", COUNCIL, "2024", 25.0, **counts),
            seen("b", COUNCIL, "2024", 25.0, **counts),
            seen("c", COUNCIL, "2024", 250.0, **counts),
        ],
    )
    lower, upper = wilson(20, 80)
    assert held.of("a")[["lower", "upper"]].iloc[0].tolist() == pytest.approx([100 * lower, 100 * upper])
    assert held.of("b")["lower"].isna().all()
    # Byar at a count of 20: 12.21 to 30.89, here per 1,000 of 80
    assert held.of("c")[["lower", "upper"]].iloc[0].tolist() == pytest.approx([152.6, 386.1], abs=0.3)


def test_limits_that_do_not_hold_the_published_value_are_left_out() -> None:
    row = seen("a", COUNCIL, "2024", 90.0, numerator=20.0, denominator=80.0)
    assert world([about("a", "A", limits="wilson")], [row]).of("a")["upper"].isna().all()


def test_published_limits_stay_as_they_are() -> None:
    row = seen("a", COUNCIL, "2024", 25.0, lower=1.0, upper=99.0, numerator=20.0, denominator=80.0)
    assert world([about("a", "A", limits="wilson")], [row]).of("a")["upper"].tolist() == [99.0]


def test_search_wants_every_word_and_puts_titles_before_definitions() -> None:
    held = world(
        [
            about("late", "Children who smoke", definition="Asked of looked-after children too."),
            about("mid", "Absence of looked after children"),
            about("best", "Looked after children"),
            about("not", "Absence"),
        ],
        [seen("not", COUNCIL, "2024", 1.0)],
    )
    assert indicators.search(held, "LOOKED  after") == ["best", "mid", "late"]
    assert indicators.search(held, "looked-after absence") == ["mid"]
    assert indicators.search(held, "zebra") == []
    assert indicators.search(held, "absen", topic="education") == []
    assert len(indicators.search(held, "", most=2)) == 2


def test_search_finds_an_indicator_by_the_publishers_own_title_too() -> None:
    held = world(
        [about("a", "Looked-after children overall absence", printed_title="CLA Overall Absence")],
        [seen("a", COUNCIL, "2024", 1.0)],
    )
    assert indicators.search(held, "cla overall") == indicators.search(held, "looked after") == ["a"]


def test_an_area_is_judged_only_with_limits_and_a_plain_count_never() -> None:
    rows = [
        seen("a", COUNCIL, "2024", 30.0, lower=26.0, upper=34.0),
        seen("a", NEAR, "2024", 30.0),
        seen("a", ENGLAND, "2024", 25.0, lower=24.9, upper=25.1),
    ]
    held = world([about("a", "A"), about("n", "N", unit="children", per=1.0)], rows)
    found = indicators.beside(held.of("a"), "2024", "high is worse", comparable=True).set_index("area_code")
    assert found["outcome"].to_dict() == {COUNCIL: Outcome.WORSE, NEAR: "Not compared", ENGLAND: "Not compared"}
    assert found["difference"].to_dict() == pytest.approx({COUNCIL: 5.0, NEAR: 5.0, ENGLAND: np.nan}, nan_ok=True)
    better = indicators.beside(held.of("a"), "2024", "low is worse", comparable=True)
    neither = indicators.beside(held.of("a"), "2024", "neither", comparable=True)
    assert (better["outcome"].eq("Better").sum(), neither["outcome"].eq("Higher").sum()) == (1, 1)
    assert indicators.beside(held.of("a"), "2024", "neither", comparable=False)["benchmark"].isna().all()
    assert held.table["comparable"].to_dict() == {"a": True, "n": False}


def test_the_newest_period_is_the_councils_own_then_anyones_then_none() -> None:
    rows = [seen("a", COUNCIL, "2023/24", 1.0), seen("a", COUNCIL, "2025", np.nan), seen("a", ENGLAND, "2025", 1.0)]
    held = world([about("a", "A")], rows)
    assert indicators.newest_period(held.of("a")) == "2023/24"
    assert indicators.newest_period(held.of("a").query("area_code == @ENGLAND")) == "2025"
    assert indicators.newest_period(held.of("a").query("value != value")) is None


def series(values: list[float], years: list[int] | None = None, **given: list[float]) -> pd.DataFrame:
    dates = years or [*range(2020, 2020 + len(values))]
    rows = [
        seen("a", COUNCIL, str(year), value, **{name: column[place] for name, column in given.items()})
        for place, (year, value) in enumerate(zip(dates, values, strict=True))
    ]
    return pd.DataFrame(rows)


def test_a_trend_of_counts_is_called_and_without_counts_or_limits_the_reason_is_given() -> None:
    rising, of = [100.0, 150.0, 200.0, 250.0, 300.0], [1000.0] * 5
    values = [x / 10 for x in rising]
    counted = indicators.recent_trend(series(values, numerator=rising, denominator=of), COUNCIL, share=True)
    assert isinstance(counted, Trend)
    assert counted.direction is Direction.INCREASING
    limited = series(values, lower=[v - 1 for v in values], upper=[v + 1 for v in values])
    weighed = indicators.recent_trend(limited, COUNCIL, share=False)
    assert isinstance(weighed, Trend)
    assert weighed.method == "weighted regression"
    assert indicators.recent_trend(series(values), COUNCIL, share=True) == NO_COUNTS
    flat = series(values, lower=values, upper=values)
    assert indicators.recent_trend(flat, COUNCIL, share=False) == NO_WIDTH


def test_a_trend_needs_five_yearly_points_that_follow_one_another_without_a_blank() -> None:
    assert indicators.recent_trend(series([1.0] * 4), COUNCIL, share=True) == Reason.TOO_FEW
    assert indicators.recent_trend(series([1.0, np.nan, 1.0, 1.0, 1.0]), COUNCIL, share=True) == Reason.MISSING
    gap = series([1.0] * 5, [2011, 2021, 2022, 2023, 2024])
    assert indicators.recent_trend(gap, COUNCIL, share=True) == NOT_RUNNING
    pooled = series([1.0] * 5).assign(period=[f"{year} to {year + 2}" for year in range(2018, 2023)])
    assert indicators.recent_trend(pooled, COUNCIL, share=True) == NOT_YEARLY


def test_the_overview_turns_the_difference_by_polarity_and_takes_the_newest_period_both_have() -> None:
    rows = [
        *(seen("a", area, "2023", value) for area, value in ((COUNCIL, 30.0), (ENGLAND, 20.0), (NEAR, 10.0))),
        seen("a", COUNCIL, "2024", 99.0),
        *(seen("b", area, "2024", value) for area, value in ((COUNCIL, 30.0), (ENGLAND, 20.0))),
        *(seen("c", area, "2024", value) for area, value in ((COUNCIL, 30.0), (ENGLAND, 20.0))),
        *(seen("d", area, "2024", value) for area, value in ((COUNCIL, 30.0), (ENGLAND, 20.0))),
    ]
    table = [
        about("a", "A"),
        about("b", "B", polarity="low is worse"),
        about("c", "C", polarity="neither"),
        about("d", "D", least=-100.0),
    ]
    found = indicators.overview(world(table, rows)).set_index("indicator_id")
    assert found["period"].to_dict() == {"a": "2023", "b": "2024", "c": "2024", "d": "2024"}
    assert found["worse"].to_dict() == pytest.approx({"a": 0.5, "b": -0.5, "c": np.nan, "d": np.nan}, nan_ok=True)
    assert found.loc["a", ["near_least", "near_most", "near_count"]].tolist() == [10.0, 10.0, 1]


def test_every_shipped_indicator_has_rows_and_no_limit_leaves_its_value_out(everything: Indicators) -> None:
    assert len(everything.table) > 900
    assert set(everything.places) == set(everything.table.index)
    rows = everything.observations
    assert not (rows["lower"] > rows["value"] + 1e-9).any()
    assert not (rows["upper"] < rows["value"] - 1e-9).any()


def test_no_shipped_count_is_set_beside_england(everything: Indicators) -> None:
    found = indicators.overview(everything)
    averages = found[found["unit"].isin(indicators.AVERAGES) & found["value"].gt(0)]
    assert not (averages["benchmark"] / averages["value"]).gt(20).any()
    assert found.loc[~found["comparable"], "benchmark"].isna().all()


def test_every_shipped_indicator_has_a_trend_or_a_reason(everything: Indicators) -> None:
    for name in everything.table.index:
        trend = indicators.recent_trend(everything.of(name), COUNCIL, share=everything.about(name)["per"] == 100)
        assert isinstance(trend, Trend) or trend
