"""The council beside other places, and the printed profiles, as sentences, tables and charts."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from analysis import compare, indicators, printed_profiles
from analysis.compare import FOUR, Standing
from analysis.editions import COUNCIL, ENGLAND
from analysis.indicators import OTHER_COUNCILS, SOUTH_WEST, Indicators
from analysis.present import compare_figures, compare_view, printed_profiles_view
from analysis.sources.library import Library
from tests.analysis.test_compare import counted
from tests.analysis.test_indicators import about, seen, world

NORTH_SOMERSET, WILTSHIRE, HALTON = OTHER_COUNCILS
NAMES = {
    COUNCIL: "Bath and North East Somerset",
    NORTH_SOMERSET: "North Somerset",
    WILTSHIRE: "Wiltshire",
    HALTON: "Halton",
    SOUTH_WEST: "South West",
    ENGLAND: "England",
    "E06000014": "York",
    "E12000002": "North West",
}


@pytest.fixture(scope="module")
def everything(shipped: Library) -> Indicators:
    return indicators.collected(shipped)


@pytest.fixture(scope="module")
def sides(everything: Indicators) -> pd.DataFrame:
    return printed_profiles.side_by_side(everything)


def small() -> Indicators:
    rows = [
        counted("a", COUNCIL, 40, 100),
        counted("a", WILTSHIRE, 80, 100),
        counted("a", HALTON, 20, 100),
        counted("a", SOUTH_WEST, 450, 1000),
        counted("a", ENGLAND, 2000, 10000),
        seen("a", NORTH_SOMERSET, "2023", 30.0),
        seen("n", COUNCIL, "2024", 12.0),
        seen("n", HALTON, "2024", 44.0),
        seen("b", COUNCIL, "2024", 3.0),
        seen("b", HALTON, "2024", np.nan),
    ]
    plain = about("n", "Plans", unit="plans", per=1.0, polarity="neither")
    return world([about("a", "Absence", limits="wilson"), plain, about("b", "Bullying")], rows)


def compared(held: Indicators, name: str, groups: tuple[str, ...] = compare.GROUPS) -> pd.DataFrame:
    return compare.compared(held, name, "2024", compare.places(held, groups))


def test_the_answer_counts_councils_on_each_side_and_says_how_many_differ_statistically() -> None:
    held = small()
    first, more = compare_view.answer(held, "a", "2024", compared(held, "a"))
    assert first == "Absence: 40.0% in B&NES, 2024; higher than 1 of the 2 other councils that have a figure."
    assert more == (
        "Of the 2 differences, 2 are statistically significant (95%): 1 council lower and 1 council higher than B&NES. "
        "B&NES is above England (20.0%), which is worse, and statistically significant at 95%. "
        "A higher figure is worse."
    )
    without = compare_view.answer(held, "a", "2024", compared(held, "a", ("councils",)))[1]
    assert "England" not in without


def test_a_plain_count_is_listed_and_not_compared() -> None:
    held = small()
    found = compared(held, "n")
    first, more = compare_view.answer(held, "n", "2024", found)
    assert first == "Plans: 12 plans in B&NES, 2024."
    assert "not set beside places of another size. No rate of the same thing is held." in more
    assert list(compare_view.table(held, "n", found, NAMES).columns) == [
        "Place",
        "where",
        "Value (95% limits)",
        "Count",
    ]


def test_blanks_say_why_and_nothing_is_claimed_without_counts() -> None:
    held = small()
    first, more = compare_view.answer(held, "b", "2024", compared(held, "b"))
    assert first == "Bullying: 3% in B&NES, 2024; none of the other councils chosen has a figure for it."
    assert "significant" not in more
    told = compare_view.table(held, "b", compared(held, "b"), NAMES).set_index("Place")
    assert told.loc["Halton", "Value (95% limits)"] == "suppressed by the source to protect people"
    absence = compare_view.table(held, "a", compared(held, "a"), NAMES).set_index("Place")
    assert absence.loc["North Somerset", "Value (95% limits)"] == "not held for this period"
    assert compare_view.left_out(held, "b", list(FOUR), NAMES) == (
        "Not held in any period for North Somerset and Wiltshire."
    )
    assert "no figure is held for any" in compare_view.answer(held, "b", None, held.of("b").iloc[:0])[0]
    blank = world([about("a", "A")], [seen("a", COUNCIL, "2024", np.nan), seen("a", HALTON, "2024", 3.0)])
    assert compare_view.answer(blank, "a", "2024", compared(blank, "a"))[0] == (
        "A: no figure of B&NES is held for 2024: it is suppressed by the source to protect people."
    )


def test_the_table_gives_the_difference_with_limits_or_why_it_is_not_tested() -> None:
    held = small()
    beside = compare_view.table(held, "a", compared(held, "a"), NAMES).set_index("Place")["Beside B&NES"]
    assert beside["B&NES"] == "is B&NES"
    assert beside["Wiltshire"] == "40.0 points higher (26.8 to 51.2); statistically significant (95%)"
    assert beside["South West"] == "5.0 points higher; not tested, as it holds B&NES"
    assert beside["North Somerset"] == "not compared"


@pytest.mark.parametrize(
    ("stands", "said"),
    [
        (Standing(0, 0, 0, 0, 0, 0), "none of the other councils chosen has a figure for it"),
        (Standing(1, 1, 0, 0, 0, 0), "higher than the one other council that has a figure"),
        (Standing(1, 0, 1, 0, 0, 0), "the same as the one other council that has a figure"),
        (Standing(3, 0, 0, 0, 0, 0), "lower than all 3 other councils that have a figure"),
        (Standing(3, 3, 0, 0, 0, 0), "higher than all 3 other councils that have a figure"),
        (Standing(5, 0, 2, 0, 0, 0), "higher than none and the same as 2 of the 5 other councils that have a figure"),
    ],
)
def test_sides_are_said_without_a_rank(stands: Standing, said: str) -> None:
    assert compare_view.sides(stands) == said


def test_the_chart_marks_the_council_by_shape_and_colours_only_by_the_rule_against_england() -> None:
    held = small()
    drawn = compare_figures.side_by_side(held, "a", compared(held, "a"), NAMES, dark=False)
    marks = {trace.name: (trace.marker.symbol, trace.marker.color) for trace in drawn.data}
    assert marks["B&NES"][0] == "star"
    assert marks["Wiltshire"][0] == "diamond"
    assert marks["Halton"][0] == "square"
    assert marks["England"][0] == "cross"
    assert drawn.data[0].name == "Halton"
    assert len(drawn.layout.shapes) == 1
    alone = compare_figures.side_by_side(held, "a", compared(held, "a", ("councils",)), NAMES, dark=False)
    assert len(alone.layout.shapes) == 0
    key = compare_view.key(compared(held, "a"), "light")
    assert "◆" in key
    assert "no limits" not in key


def test_shipped_measures_of_every_source_can_be_compared_said_tabled_and_drawn(
    everything: Indicators, shipped: Library
) -> None:
    codes = compare.places(everything, compare.GROUPS)
    for name in everything.table.index[::15]:
        rows = everything.of(str(name))
        period = compare.usual_period(rows, codes)
        found = compare.compared(everything, str(name), period, codes) if period else rows.iloc[:0]
        said = " ".join(compare_view.answer(everything, str(name), period, found))
        assert "nan" not in said.split()
        assert said.count("statistically significant") == said.count("significant")
        assert not re.search(r"\brank|\d(st|nd|rd|th)\b", said.replace(str(everything.table.loc[name, "title"]), ""))
        if period:
            told = compare_view.table(everything, str(name), found, shipped.names)
            assert not told.isin(["nan", "<NA>", ""]).drop(columns="where").any().any()


def test_the_four_councils_have_a_dash_and_a_shape_each(everything: Indicators, shipped: Library) -> None:
    drawn = compare_figures.over_years(everything, "csc_looked_after", shipped.names, dark=True)
    assert [line.name for line in drawn.data] == ["B&NES", "North Somerset", "Wiltshire", "Halton"]
    assert len({line.line.dash for line in drawn.data}) == len({line.marker.symbol for line in drawn.data}) == 4
    assert drawn.data[0].error_y.array is not None


def test_the_download_names_each_place_and_says_what_is_blank(everything: Indicators, shipped: Library) -> None:
    found = compare.compared(everything, "lait_cin", "2025", compare.places(everything, compare.GROUPS))
    rows = compare_view.download(everything, "lait_cin", found, shipped.names)
    assert len(rows) == 17
    assert rows["area_name"].notna().all()
    assert set(rows["basis"]) == {"published"}


def test_the_profiles_answer_counts_what_can_be_set_side_by_side(sides: pd.DataFrame) -> None:
    first, more = printed_profiles_view.answer(sides, NAMES)
    assert first.startswith("Of 20 measures of need that two or more of the four councils print, only one can be set")
    assert "That one is pupils with five good GCSEs. Halton prints none of them." in more


def test_the_profiles_table_escapes_and_keeps_figures_as_printed(everything: Indicators, sides: pd.DataFrame) -> None:
    page = printed_profiles_view.table(everything, sides, NAMES)
    for words in ("<b>0.83%</b>", "<b>208 per 10,000 children</b>", "<b>not given by the source</b>", "&amp;NES"):
        assert words in page
    assert "Section 4.1, safeguarding data set, line 194" in page
    assert 'href="compare?indicator=lait_cin"' in page
    assert page.count("<tbody") == sides["family_id"].nunique()
    spoilt = sides.assign(family="<b>&")
    assert "<b>&lt;b&gt;&amp;</b>" in printed_profiles_view.table(everything, spoilt, NAMES)


def test_the_other_figures_are_worded_and_their_blanks_explained(everything: Indicators) -> None:
    told = printed_profiles_view.others(printed_profiles.others(everything), NAMES)
    assert not told["Figure"].isin(["", "–", "nan"]).any()
    assert (
        told.loc[told["Measure"] == "Incidents of anti-social behaviour", "Figure"].item() == "not given by the source"
    )
    assert "Halton" in set(told["Council"])
