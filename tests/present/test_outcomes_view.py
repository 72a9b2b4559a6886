"""Outcomes in words, tables and a chart."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import outcomes
from analysis.present import outcomes_view
from analysis.present.outcomes_view import NOT_ASSESSED, NOTHING
from analysis.sources.library import Library

STRANDS = {"leadership": "Leadership and partnership", "workforce": "Investment in the workforce"}


@pytest.fixture(scope="module")
def people(shipped: Library) -> pd.DataFrame:
    return outcomes.population(shipped)


@pytest.fixture(scope="module")
def measures(shipped: Library) -> pd.DataFrame:
    return outcomes.measures(shipped)


def test_the_headline_says_what_can_be_told_and_that_nothing_has_a_target(
    people: pd.DataFrame, measures: pd.DataFrame
) -> None:
    first, more = outcomes_view.headline(outcomes.told(measures, "question"), outcomes.told(people, "life_group"))
    assert first.startswith("Of the 38 population indicators in the strategy, 20 have a published figure")
    assert "of its own 31 performance measures, 1 has" in first
    assert more.startswith("None of the 11 measures of what difference")
    assert "no target" in more


def test_a_figure_has_its_year_england_direction_and_both_places(people: pd.DataFrame) -> None:
    rows = people[people["id"].isin(["school_readiness_free_meals"])]
    shown = outcomes_view.population(rows).iloc[0]
    assert shown["Latest"] == "38.2% (2025)"
    assert shown["England"] == "51.3%"
    assert shown["Direction"] == "▼ Worse: 47.3% in 2022"
    assert "Local Authority Interactive Tool, lait_long.csv row" in shown["Where"]
    assert "Named: chapter 1, For pre-conception to age 5, line 709" in shown["Where"]
    assert shown["Target"] == "None printed"
    assert "FSM" not in shown["Note"]


def test_what_has_no_figure_says_so_and_why(people: pd.DataFrame) -> None:
    shown = outcomes_view.population(people).set_index("Indicator")
    assert shown.loc["Hospital admissions for self-harm, under 18", "Latest"] == NOTHING
    assert shown.loc["Hospital admissions for self-harm, under 18", "Note"] == "Published for ages 10 to 24 only."
    assert shown.loc["Life expectancy at 65", "Latest"] == NOTHING
    assert shown.loc["First-time entrants to the justice system", "England"] == "Left out"


def test_no_cell_is_blank_or_nan(people: pd.DataFrame, measures: pd.DataFrame) -> None:
    for table in (outcomes_view.population(people), outcomes_view.measures(measures)):
        cells = table.drop(columns="Note").astype(str)
        assert not cells.map(lambda cell: cell == "" or "nan" in cell.split()).any().any()


def test_significant_is_never_said_without_statistically(people: pd.DataFrame) -> None:
    row = people[people["id"].eq("smoking_delivery")].assign(trend="no significant change")
    assert "no statistically significant change" in outcomes_view.population(row)["Direction"].iloc[0]


def test_the_chart_counts_in_words(people: pd.DataFrame) -> None:
    chart = outcomes_view.chart(outcomes.told(people, "life_group"), "life_group", "Indicators", dark=True)
    assert "7 of 9" in chart
    assert "0 of 4" in chart
    assert "width:100.0%" in chart


def test_recommendations_are_counted_with_their_owners(shipped: Library) -> None:
    rows = shipped.table("RECOMMENDATIONS")
    assert outcomes_view.recommended(rows).startswith("The 2020 assessment makes 8 recommendations with 17 steps")
    assert "an owner for 1 of the 25" in outcomes_view.recommended(rows)


def test_an_assessment_is_said_by_level() -> None:
    none = dict.fromkeys(STRANDS, NOT_ASSESSED)
    assert outcomes_view.assessed(STRANDS, none) == "None of the 2 strands has been assessed in this session."
    both = outcomes_view.assessed(STRANDS, dict.fromkeys(STRANDS, "Early"))
    assert both.endswith("Early: Leadership and partnership and Investment in the workforce.")
    one = outcomes_view.assessed(STRANDS, none | {"workforce": "Mature"})
    assert one == "1 of 2 strands assessed, by you, in this session. Mature: Investment in the workforce."


@pytest.mark.parametrize("typed", ["=1+1", "+44", "-1", "@sum", "\t=1"])
def test_what_is_typed_cannot_run_in_a_spreadsheet(typed: str) -> None:
    table = outcomes_view.assessment(STRANDS, dict.fromkeys(STRANDS, "Early"), dict.fromkeys(STRANDS, typed))
    assert table["evidence"].eq(f"'{typed}").all()


def test_plain_evidence_is_kept_as_typed() -> None:
    table = outcomes_view.assessment(STRANDS, dict.fromkeys(STRANDS, "Early"), dict.fromkeys(STRANDS, "Audit, May"))
    assert table["evidence"].eq("Audit, May").all()
    assert table["made_by"].eq("your own assessment").all()
