"""What the strategy hopes to achieve, and which of it can be told: the shipped files, and directions by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import outcomes
from analysis.outcomes import BETTER, CHANCE, DOWN, ONE, PRINTED, SAME, UNKNOWN, UP, WORSE
from analysis.sources.library import Library


@pytest.fixture(scope="module")
def population(shipped: Library) -> pd.DataFrame:
    return outcomes.population(shipped)


@pytest.fixture(scope="module")
def measures(shipped: Library) -> pd.DataFrame:
    return outcomes.measures(shipped)


def test_every_statement_is_there_once_or_once_a_figure(population: pd.DataFrame, measures: pd.DataFrame) -> None:
    assert population["id"].nunique() == 38
    assert measures["id"].nunique() == 31
    expected = sum(len(pairs) for pairs in outcomes.POPULATION_MATCHES.values()) + 38 - len(outcomes.POPULATION_MATCHES)
    assert len(population) == expected


def test_every_match_names_a_statement_and_an_indicator_with_a_figure(
    shipped: Library, population: pd.DataFrame, measures: pd.DataFrame
) -> None:
    for rows, matches in ((population, outcomes.POPULATION_MATCHES), (measures, outcomes.MEASURE_MATCHES)):
        assert set(matches) <= set(rows["id"])
        assert rows.loc[rows["id"].isin(list(matches)), "value"].notna().all()


def test_reasons_and_notes_belong_to_statements(population: pd.DataFrame, measures: pd.DataFrame) -> None:
    asked = {*population["id"], *measures["id"]}
    matched = {*outcomes.POPULATION_MATCHES, *outcomes.MEASURE_MATCHES}
    assert set(outcomes.NEAR_MISSES) <= asked - matched
    assert set(outcomes.PARTLY) <= matched
    named = {pair[1] for pairs in outcomes.POPULATION_MATCHES.values() for pair in pairs}
    named |= {pair[1] for pairs in outcomes.MEASURE_MATCHES.values() for pair in pairs}
    assert set(outcomes.FEW_CASES) <= named


def test_what_has_no_figure_says_why(population: pd.DataFrame, measures: pd.DataFrame) -> None:
    for rows in (population, measures):
        blank = rows["value"].isna()
        assert rows.loc[blank, "reason"].str.len().gt(10).all()
        assert rows.loc[blank, "direction"].eq(UNKNOWN).all()
        assert rows.loc[~blank, "reason"].eq("").all()
        assert rows.loc[~blank, "figure_locator"].notna().all()


def test_the_latest_figure_is_the_council_s_with_england_of_the_same_year(population: pd.DataFrame) -> None:
    ready = population.set_index("id").loc["school_readiness"]
    assert (ready["period"], ready["value"], ready["england"]) == ("2025", 72.6, 68.3)
    assert (ready["since"], ready["before"], ready["direction"]) == ("2022", 71.1, SAME)


def test_a_fall_against_what_is_wanted_is_worse(population: pd.DataFrame) -> None:
    meals = population.set_index("id").loc["school_readiness_free_meals"]
    assert (meals["before"], meals["value"], meals["direction"]) == (47.3, 38.2, WORSE)


def test_few_cases_tell_no_direction(population: pd.DataFrame) -> None:
    deaths = population.set_index("id").loc["births_infant_deaths"]
    assert deaths["direction"] == CHANCE
    assert deaths["before"] == 2.8


def test_a_lone_figure_takes_the_trend_printed_beside_it(population: pd.DataFrame) -> None:
    rows = population.set_index("id")
    assert rows.loc["smoking_delivery", ["direction", "trend"]].tolist() == [PRINTED, "decreasing"]
    assert rows.loc["a_levels", "direction"] == ONE


def test_a_figure_for_england_that_cannot_be_is_left_out_with_the_reason(population: pd.DataFrame) -> None:
    first = population.set_index("id").loc["first_time_entrants"]
    assert pd.isna(first["england"])
    assert "larger than for any region" in first["left_out"]


def test_where_polarity_and_wish_are_silent_only_up_or_down_is_said(population: pd.DataFrame) -> None:
    need = population[population["id"].eq("need_and_care")]
    assert need["direction"].tolist() == [UP, UP]


def test_how_many_can_be_told_is_counted_by_statement_not_by_figure(
    population: pd.DataFrame, measures: pd.DataFrame
) -> None:
    people = outcomes.told(population, "life_group").set_index("life_group")
    assert people.loc["before birth to 5"].tolist() == [7, 9]
    assert people["of"].sum() == 38
    asked = outcomes.told(measures, "question").set_index("question")
    assert asked["told"].to_dict() == {"how much": 1, "how well": 0, "what difference": 0}


@pytest.mark.parametrize(
    ("before", "value", "polarity", "wanted", "expected"),
    [
        (100, 105, "high is worse", "", SAME),
        (100, 95, "high is worse", "", SAME),
        (100, 105.1, "high is worse", "", WORSE),
        (100, 94.9, "high is worse", "", BETTER),
        (100, 110, "low is worse", "not stated", BETTER),
        (100, 90, "low is worse", "", WORSE),
        (100, 110, "neither", "", UP),
        (100, 90, "neither", "not stated", DOWN),
        (100, 90, "neither", "reduction", BETTER),
        (100, 110, "neither", "increase", BETTER),
        (100, 110, "low is worse", "reduction", WORSE),
        (0, 0, "high is worse", "", SAME),
        (0, 1, "high is worse", "", WORSE),
    ],
)
def test_directions_by_hand(before: float, value: float, polarity: str, wanted: str, expected: str) -> None:
    assert outcomes.direction(before, value, polarity, wanted) == expected


def test_printed_order_is_by_line_not_by_text() -> None:
    rows = pd.DataFrame({"locator": ["x, line 99", "x, lines 100 and 3", "x, line 7"]})
    assert outcomes.in_printed_order(rows)["locator"].tolist() == ["x, line 7", "x, line 99", "x, lines 100 and 3"]
