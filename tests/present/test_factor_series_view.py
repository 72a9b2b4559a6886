"""Factors over the years in words: five classes beside England, an arrow only where the test gives one."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import toxic_trio
from analysis.editions import COUNCIL, ENGLAND
from analysis.present import factor_series_view as view
from analysis.present import toxic_trio_figures
from analysis.sources.library import Library
from analysis.statistics.trend import Direction, Reason


def trend(**changed: object) -> pd.Series:
    usual = {
        "direction": "Increasing",
        "reason": "No outliers and significant trend",
        "chi_squared": 20.5,
        "first_year": 2021,
        "last_year": 2025,
        "first_percent": 10.0,
        "last_percent": 20.0,
        "step_year": 2023,
        "step_from": 12.0,
        "step_to": 16.0,
    }
    return pd.Series({**usual, **changed})


def test_every_direction_and_reason_has_its_words() -> None:
    assert set(view.ARROWS) == set(view.WORDS) == set(Direction)
    assert set(view.WHY) == set(Reason) - {Reason.NO_LIMITS}
    assert view.ARROWS[Direction.UNKNOWN] == ""


def test_a_direction_is_told_with_its_ends() -> None:
    told = view.trend_sentence(trend())
    assert told.startswith("Over the five years 2021 to 2025 it was ↗ increasing, from 10.0% to 20.0%")
    assert "largest step" not in told
    assert "↘ decreasing" in view.trend_sentence(trend(direction="Decreasing"))


def test_a_step_of_more_than_half_the_change_is_pointed_out() -> None:
    assert "from 12.0% to 17.0% in 2023" not in view.trend_sentence(trend(step_to=17.0))
    assert "from 12.0% to 17.1% in 2023" in view.trend_sentence(trend(step_to=17.1))


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("No significant trend", "→ no statistically significant change: chance could have done as much."),
        ("Outlier found", "→ no statistically significant change: the test finds a change, but one year alone"),
    ],
)
def test_no_change_says_whether_an_outlier_drives_it(reason: str, said: str) -> None:
    assert said in view.trend_sentence(trend(direction="No significant change", reason=reason))


def test_what_cannot_be_calculated_has_the_reason_and_no_arrow() -> None:
    told = view.trend_sentence(trend(direction="Cannot be calculated", reason="Missing values"))
    assert told == (
        "No recent trend can be calculated over the five years 2021 to 2025: one of the five years has no figure."
    )


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("Lower (99.8%)", "lies above those limits, and 99.8% limits too, so B&NES is lower for certain."),
        ("Lower (95%)", "lies above those limits, though not above 99.8% limits, so B&NES is likely lower."),
        ("Similar", "lies within those limits, so B&NES is similar to England."),
        ("Higher (95%)", "lies below those limits, though not below 99.8% limits, so B&NES is likely higher."),
        ("Higher (99.8%)", "lies below those limits, and 99.8% limits too, so B&NES is higher for certain."),
        ("Not compared", "It cannot be set against England, because one of the two is missing."),
    ],
)
def test_five_classes_beside_england_and_one_for_none(shipped: Library, outcome: str, said: str) -> None:
    rows = toxic_trio.factor_series(shipped, "neglect").assign(against_england=outcome)
    assert said in view.sentence(rows, toxic_trio.factor_trends(rows), "neglect")


@pytest.mark.parametrize("factor", list(toxic_trio.FACTORS))
def test_every_factor_has_a_summary_and_a_year_by_year_table(shipped: Library, factor: str) -> None:
    rows = toxic_trio.factor_series(shipped, factor)
    trends = toxic_trio.factor_trends(rows)
    summary = view.summary_table(rows, trends, shipped.names)
    assert summary["Area"].tolist()[:2] == ["B&NES", "England"]
    assert len(summary) == len(trends) == 5
    assert not summary.isin(["", "nan"]).any(axis=None)
    yearly = view.yearly_table(rows, shipped.names)
    assert list(yearly.columns)[:3] == ["Year ending March", "B&NES", "England"]
    assert len(yearly) == 8
    assert yearly.notna().all(axis=None)


def test_an_arrow_stands_only_beside_a_chi_squared(shipped: Library) -> None:
    for factor in toxic_trio.FACTORS:
        trends = toxic_trio.factor_trends(toxic_trio.factor_series(shipped, factor))
        drawn = pd.Series(view.arrows(trends))
        known = trends.set_index("area_code")["chi_squared"].notna()
        assert (drawn.ne("") == known).all()
        assert (trends["direction"].isin(["Increasing", "Decreasing"]) <= trends["chi_squared"].gt(9.5495)).all()


def test_the_download_carries_the_trend_and_both_levels_of_limits(shipped: Library) -> None:
    rows = toxic_trio.factor_series(shipped, "neglect")
    table = view.download(rows, toxic_trio.factor_trends(rows), shipped.names)
    assert len(table) == len(rows)
    assert {"trend_direction", "trend_reason", "trend_chi_squared", "percent_lower_998", "against_england"} <= set(
        table
    )
    assert set(table.loc[table["area_code"] == ENGLAND, "area_name"]) == {"England"}


def test_the_chart_ends_each_line_with_its_arrow(shipped: Library) -> None:
    rows = toxic_trio.factor_series(shipped, "domestic_abuse_parent")
    arrows = view.arrows(toxic_trio.factor_trends(rows))
    figure = toxic_trio_figures.over_years(rows, shipped.names, False, arrows)
    labels = [note.text for note in figure.layout.annotations]
    assert any("B&NES 40%" in label and label.endswith(arrows[COUNCIL]) for label in labels)
    assert any(label.startswith("England 32%") and label.endswith("→") for label in labels)
