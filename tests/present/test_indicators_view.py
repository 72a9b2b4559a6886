"""Indicators as sentences and tables."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from analysis import indicator_places, indicators
from analysis.editions import COUNCIL, ENGLAND
from analysis.indicators import NO_COUNTS, Indicators
from analysis.present import indicators_areas, indicators_figures, indicators_tables, indicators_view
from analysis.sources.library import Library
from analysis.statistics.benchmark import Polarity
from analysis.statistics.trend import Direction, Reason, Trend
from tests.analysis.test_indicators import NEAR, about, seen, world

NAMES = {COUNCIL: "Bath and North East Somerset", ENGLAND: "England", NEAR: "York"}
TITLES = [about("a", "Absence"), about("n", "Plans", unit="plans", per=1.0, polarity="neither")]


def small(**limits: float) -> Indicators:
    rows = [
        seen("a", COUNCIL, "2024", 30.5, numerator=61.0, denominator=200.0, **limits),
        seen("a", ENGLAND, "2024", 25.0),
        seen("a", NEAR, "2024", np.nan),
        seen("n", COUNCIL, "2024", 12.0),
        seen("n", ENGLAND, "2024", 4000.0),
    ]
    return world(TITLES, rows)


def overview(held: Indicators) -> pd.DataFrame:
    spread = indicator_places.ranges(held.observations, held.ranges)
    found = indicators.overview(held).merge(spread, on=indicator_places.KEYS, how="left")
    return found.assign(of_england=found["of_england"].eq(True))


def said(held: Indicators, name: str) -> tuple[str, str]:
    told = held.about(name)
    areas = indicators.beside(held.of(name), "2024", told["polarity"], comparable=told["comparable"])
    return indicators_view.answer(held, name, areas, "2024")


@pytest.fixture(scope="module")
def everything(shipped: Library) -> Indicators:
    return indicators.collected(shipped)


def test_the_answer_judges_only_with_limits_and_never_says_significant_alone() -> None:
    first, more = said(small(lower=26.0, upper=34.0), "a")
    assert first == (
        "Absence: 30.5% in B&NES, 2024; above England (25.0%), which is worse, and statistically significant at 95%."
    )
    assert more == "61 of 200; 95% limits 26.0% to 34.0%. A higher figure is worse."
    first, more = said(small(), "a")
    assert first == "Absence: 30.5% in B&NES, 2024; above England (25.0%)."
    assert more.startswith("No limits are held for it, so nothing is claimed about chance.")
    assert "similar to England (25.0%)" in said(small(lower=20.0, upper=34.0), "a")[0]


def test_a_plain_count_is_not_set_beside_england() -> None:
    first, more = said(small(), "n")
    assert first == "Plans: 12 plans in B&NES, 2024."
    assert "plain count" in more


def test_blank_figures_say_why() -> None:
    held = small()
    areas = indicators.beside(held.of("a"), "2024", "high is worse", comparable=True)
    table = indicators_areas.area_table(held, "a", areas, NAMES)
    cells = table.set_index("Area")["Value (95% limits)"].to_dict()
    assert cells["York (statistical neighbour)"] == "suppressed by the source to protect people"
    assert table.loc[table["Area"] == "B&NES", "Beside England"].item() == "5.5 points above, the worse side; no limits"
    assert table["where"].str.startswith("file.csv row 2024").all()
    elsewhere = world(TITLES, [seen("a", COUNCIL, "2024", np.nan), seen("a", ENGLAND, "2024", 3.0)])
    assert said(elsewhere, "a")[0] == (
        "Absence: no figure of B&NES is held for 2024: it is suppressed by the source to protect people."
    )
    nothing = world(TITLES, [seen("a", COUNCIL, "2024", np.nan)])
    assert "every figure held is blank" in indicators_view.answer(nothing, "a", nothing.of("a"), None)[0]


def test_the_trend_is_said_with_its_direction_or_its_reason() -> None:
    up = Trend(Direction.INCREASING, Reason.CLEAR, "Cochran-Armitage", 20.0, 0.1)
    told = indicators_view.trend_sentence(up, Polarity.LOW_IS_GOOD)
    assert "increasing and getting worse, statistically significant at 99.8%" in told
    assert "getting" not in indicators_view.trend_sentence(up, Polarity.NO_JUDGEMENT)
    flat = Trend(Direction.NO_CHANGE, Reason.NOT_SIGNIFICANT, "Cochran-Armitage", 1.0, 0.1)
    assert "no statistically significant change" in indicators_view.trend_sentence(flat, Polarity.LOW_IS_GOOD)
    assert NO_COUNTS in indicators_view.trend_sentence(NO_COUNTS, Polarity.LOW_IS_GOOD)
    assert "fewer than five" in indicators_view.trend_sentence(Reason.TOO_FEW, Polarity.LOW_IS_GOOD)
    none = Trend(Direction.UNKNOWN, Reason.ALL_OR_NONE, "Cochran-Armitage")
    assert "it was none, or all" in indicators_view.trend_sentence(none, Polarity.LOW_IS_GOOD)


def test_figures_keep_their_unit() -> None:
    assert indicators_view.figure(12.34, "%", 1) == "12.3%"
    assert indicators_view.figure(-1234.0, "£", 0) == "£−1,234"
    assert indicators_view.figure(np.nan, "%", 1) == "–"


def test_a_topic_is_sorted_by_the_worse_side_with_the_unjudged_last_and_uncoloured(
    everything: Indicators, shipped: Library
) -> None:
    found = indicators_tables.of_topic(overview(everything), "health")
    worse = found["worse"].dropna()
    assert worse.is_monotonic_decreasing
    assert found["worse"].isna().to_numpy()[len(worse) :].all()
    page = indicators_tables.spine(found, everything, shipped.names, dark=False)
    places = [float(place) for place in re.findall(r"left:([\d.-]+)%", page)]
    assert min(places) >= 3.9
    assert max(places) <= 96.1
    neither = found[found["polarity"] == "neither"]
    drawn = indicators_tables.spine(neither, everything, shipped.names, dark=False)
    assert "color:var(--need)" not in drawn
    assert "color:var(--provision)" not in drawn


def test_titles_are_escaped_in_the_spine() -> None:
    held = world([about("a", "<b>&")], [seen("a", COUNCIL, "2024", 3.0), seen("a", ENGLAND, "2024", 2.0)])
    page = indicators_tables.spine(overview(held), held, NAMES, dark=True)
    assert "&lt;b&gt;&amp;" in page
    assert "<b>&<" not in page


def test_every_shipped_indicator_can_be_said(everything: Indicators) -> None:
    for name in everything.table.index:
        rows, told = everything.of(name), everything.about(name)
        period = indicators.newest_period(rows)
        areas = indicators.beside(rows, str(period), told["polarity"], comparable=told["comparable"])
        first, more = indicators_view.answer(everything, name, areas, period)
        assert first.startswith(told["title"])
        assert "nan" not in f"{first} {more}".split()
        said_all = f"{first} {more}"
        assert said_all.count("statistically significant") == said_all.count("significant")


def test_the_chart_leaves_places_of_other_sizes_out_of_a_count(shipped: Library, everything: Indicators) -> None:
    rate = indicators_figures.over_years(everything, "admissions_injury_0_14", shipped.names, dark=False)
    assert [line.name for line in rate.data] == ["B&NES", "South West", "England"]
    assert rate.data[0].error_y.array is not None
    count = indicators_figures.over_years(everything, "lait_lacnum", shipped.names, dark=True)
    assert [line.name for line in count.data] == ["B&NES"]


def test_the_download_carries_every_observation_with_its_locator(shipped: Library, everything: Indicators) -> None:
    table = indicators_areas.download(everything, "lait_lacnum", shipped.names)
    assert len(table) == len(everything.of("lait_lacnum"))
    assert table["locator"].notna().all()
    assert table["area_name"].notna().all()


def test_topics_are_counted_and_linked(everything: Indicators) -> None:
    counted = indicators_tables.topics(everything, indicators.overview(everything))
    assert counted["Indicators"].astype(int).sum() == len(everything.table)
    assert 'href="indicators?subject=social+care"' in indicators_tables.topic_links(counted)


def test_the_printed_profile_gives_worst_best_and_its_own_trend(everything: Indicators) -> None:
    told = indicators_view.printed_sentence(everything.ranges, "phof_ae_attendances_under_5", "per 1,000")
    assert "worst of 2,011.3 to a best of 321.3; recent trend increasing" in told
    assert indicators_view.printed_sentence(everything.ranges, "lait_lacnum", "children") == ""
