"""What early help costs: the shipped figures, and the sums worked by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import costs
from analysis.costs import AGREES, DIFFERS, INPUTS, ROUNDED
from analysis.refusal import Refusal
from analysis.sources.library import Library

EXAMPLE = {name: item.example for name, item in INPUTS.items()}


@pytest.fixture(scope="module")
def spending(shipped: Library) -> pd.DataFrame:
    return shipped.table("WILTSHIRE_SPENDING")


@pytest.fixture(scope="module")
def benefit(shipped: Library) -> pd.DataFrame:
    return shipped.table("HALTON_COST_BENEFIT")


@pytest.fixture(scope="module")
def rates(spending: pd.DataFrame, benefit: pd.DataFrame) -> pd.DataFrame:
    return costs.break_even_rates(spending, benefit).set_index("pair")


def test_nineteen_services_come_to_their_printed_total_dearest_first(spending: pd.DataFrame) -> None:
    found = costs.services(spending)
    assert len(found) == 19
    assert found["value"].sum() == 18_418_700
    assert found["share"].sum() == pytest.approx(100)
    assert list(found["service"][:2]) == [
        "Health visitors and school nurses",
        "Children's centres and district specialist centres",
    ]
    assert found["share"][0] == pytest.approx(100 * 5_000_000 / 18_418_700)


def test_what_is_no_service_and_no_total_stands_beside_them(spending: pd.DataFrame) -> None:
    found = costs.others(spending)
    assert not found["kind"].isin(["service", "total"]).any()
    assert len(found) == len(spending) - 19 - 3


def test_the_printed_sums_come_out_but_for_the_falls(spending: pd.DataFrame, benefit: pd.DataFrame) -> None:
    found = costs.sums(spending, benefit)
    verdicts = dict(zip(found["printed"], found["verdict"], strict=True))
    assert verdicts == {
        18_418_700: AGREES,
        17_792_900: AGREES,
        21_000_000: ROUNDED,
        1_870: AGREES,
        8_250_000: ROUNDED,
        15.5: AGREES,
        18_000: DIFFERS,
        500_000_000: DIFFERS,
        2_000_000_000: ROUNDED,
    }


def test_the_parts_of_a_sum_are_worked_by_hand(spending: pd.DataFrame, benefit: pd.DataFrame) -> None:
    found = costs.sums(spending, benefit).set_index("printed")
    assert found.loc[21_000_000, "lower"] == 18_418_700 + 2_866_800
    assert found.loc[8_250_000, "upper"] == 4_400 * 1_870
    assert (found.loc[18_000, "lower"], found.loc[18_000, "upper"]) == (0.26 * 70_000, 0.26 * 75_000)
    assert found.loc[500_000_000, "lower"] == 18_000 * 26_000
    assert found.loc[15.5, "lower"] == pytest.approx(100 * 7_143 / 46_094)


def test_a_total_that_no_longer_adds_up_is_said(spending: pd.DataFrame, benefit: pd.DataFrame) -> None:
    wrong = spending.assign(value=spending["value"].mask(spending["spending_id"].eq("young_carers"), 42_001))
    assert costs.sums(wrong, benefit)["verdict"][0] == DIFFERS


def test_a_figure_said_to_be_about_is_still_wrong_when_it_is_far_off(
    spending: pd.DataFrame, benefit: pd.DataFrame
) -> None:
    wrong = spending.assign(value=spending["value"].mask(spending["spending_id"].eq("early_help_resource"), 30_000_000))
    assert costs.sums(wrong, benefit)["verdict"][2] == DIFFERS


def test_break_even_is_cost_over_worth(rates: pd.DataFrame) -> None:
    assert rates.loc["incredible_years", "rate_lower"] == rates.loc["incredible_years", "rate_upper"] == 1_344 / 60_000
    assert rates.loc["parent_training", "rate_lower"] == 600 / 70_000
    assert rates.loc["reading_recovery", "rate_lower"] == 2_609 / 64_000
    assert rates.loc["reading_recovery", "rate_upper"] == 2_609 / 5_000


def test_a_worth_below_the_cost_can_never_pay(rates: pd.DataFrame) -> None:
    assert rates.loc["assessment_complex", "rate_upper"] == 8_000 / 5_000
    assert rates.loc["assessment_complex", "at_most"]
    assert not rates.loc["reading_recovery", "at_most"]


def test_every_rate_carries_where_it_comes_from_and_its_caveat(rates: pd.DataFrame) -> None:
    assert rates["locator"].str.contains("line").all()
    assert rates["price_year"].eq("not stated").all()
    assert "does not show cost-effectiveness" in rates.loc["parent_training", "caveat"]
    assert rates.loc["incredible_years", "locator"].count("line 511") == 1


def test_a_programme_without_doubt_is_worth_what_the_sum_says() -> None:
    sure = {"people": 10, "effect": 50, "value": 100, "cost": 20, "deadweight": 0, "optimism": 0}
    found = costs.worth({name: (value, value, value) for name, value in sure.items()}, 1)
    assert found.net.median == found.net.lower == found.net.upper == pytest.approx(10 * 0.5 * 100 - 10 * 20)
    assert found.unmet.median == pytest.approx(10 * 0.5 * 100)
    assert found.net.break_even == pytest.approx(20 / 100)
    assert found.net.chance_above_zero == 1


def test_the_same_figures_give_the_same_answer() -> None:
    assert costs.worth(EXAMPLE, 20).net.median == costs.worth(EXAMPLE, 20).net.median


def test_what_is_left_unmet_takes_no_cost_off() -> None:
    found = costs.worth(EXAMPLE, 20)
    assert found.unmet.mean_cost == 0
    assert found.unmet.mean_benefit == found.net.mean_benefit
    assert found.unmet.lower > found.net.lower


@pytest.mark.parametrize(
    ("name", "ends", "words"),
    [
        ("people", (None, 5, 6), "People helped in a year: give the low, the central and the high"),
        ("effect", (5, None, 6), "Success it brings about: give the low"),
        ("cost", (200, 100, 300), "Cost for each person helped: the low figure may not be above"),
        ("value", (1, 3, 2), "Cost avoided by each success: the low figure may not be above"),
    ],
)
def test_what_cannot_be_is_refused_by_name(name: str, ends: costs.Blank, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        costs.worth(EXAMPLE | {name: ends}, 20)


def test_years_left_blank_are_refused() -> None:
    with pytest.raises(Refusal, match="Years over which the costs are avoided"):
        costs.worth(EXAMPLE, None)


def test_a_figure_of_nought_is_a_figure() -> None:
    assert costs.worth(EXAMPLE | {"value": (0, 0, 0)}, 5).net.chance_above_zero == 0
