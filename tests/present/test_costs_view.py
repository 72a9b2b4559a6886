"""What early help costs, in words, tables and charts."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from analysis import costs
from analysis.costs import INPUTS
from analysis.present import costs_chart, costs_view, own_programme_view
from analysis.sources.library import Library

EXAMPLE = {name: item.example for name, item in INPUTS.items()}


@pytest.fixture(scope="module")
def benefit(shipped: Library) -> pd.DataFrame:
    return shipped.table("HALTON_COST_BENEFIT")


@pytest.fixture(scope="module")
def services(shipped: Library) -> pd.DataFrame:
    return costs.services(shipped.table("WILTSHIRE_SPENDING"))


@pytest.fixture(scope="module")
def rates(shipped: Library, benefit: pd.DataFrame) -> pd.DataFrame:
    return costs.break_even_rates(shipped.table("WILTSHIRE_SPENDING"), benefit)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "£0"),
        (-0.4, "£0"),
        (1344, "£1,344"),
        (-14_171, "−£14,171"),
        (18_418_700, "£18,418,700"),
        (468e6, "£468 million"),
        (1.95e9, "£1.95 billion"),
        (18e9, "£18 billion"),
    ],
)
def test_pounds_are_written_as_people_do(value: float, words: str) -> None:
    assert costs_view.pounds(value) == words


def test_the_headline_answers_and_says_how_sure_it_is(services: pd.DataFrame, rates: pd.DataFrame) -> None:
    first, more = costs_view.headline(services, rates)
    assert "19 early help services cost £18.4 million together" in first
    assert "about 1 in 45" in first
    assert "none may be added" in more
    assert "confidence in every figure is low" in more


def test_rates_are_said_with_their_range(rates: pd.DataFrame) -> None:
    shown = costs_view.rates(rates).set_index("Programme")
    assert shown.loc["Reading Recovery", "Pays if this many succeed"] == "4.1% to 52%"
    assert shown.loc["Common assessment, complex cases", "Pays if this many succeed"] == "1.8% to over 100%"
    assert shown.loc["Common assessment, most cases", "Cost"] == "Up to £3,000 a family"
    assert shown["Caveat"].str.contains("Low confidence: no year of prices").all()


def test_every_figure_of_halton_has_words_in_every_cell(benefit: pd.DataFrame) -> None:
    shown = costs_view.figures(benefit)
    assert len(shown) == 51
    assert shown.map(lambda cell: isinstance(cell, str) and cell != "" and "nan" not in cell.split()).all().all()


def test_hedges_and_ranges_of_the_source_are_kept(benefit: pd.DataFrame) -> None:
    values = costs_view.figures(benefit).set_index("Figure")["Value"]
    assert values["Cost of the Incredible Years programme of six months"] == "about £1,344 for each child"
    assert values["Lifetime cost of poor literacy"] == "£5,000 to £64,000 for each person"
    assert values["Hip fractures a year"] == "70,000 to 75,000 fractures a year"
    assert values["Return on preventing loneliness"] == "up to £3 saved for each pound spent"
    assert values["People over 65 who fall each year: one in this many"] == "about one person in 3"
    assert values["Share of birth mothers in recurrent care applications"] == "15.5%"


def test_no_price_year_is_said_and_one_would_be_counted(benefit: pd.DataFrame) -> None:
    assert costs_view.unpriced(benefit).startswith("None of these 51 figures names the year")
    dated = benefit.assign(price_year=["2016", *benefit["price_year"][1:]])
    assert costs_view.unpriced(dated).startswith("1 of 51 figures name the year")


def test_what_does_not_come_out_is_named(shipped: Library, benefit: pd.DataFrame) -> None:
    checks = costs.sums(shipped.table("WILTSHIRE_SPENDING"), benefit)
    words = costs_view.summed(checks)
    assert "Of 9 printed figures" in words
    assert "7 come out. These do not: falls that might be prevented each year;" in words
    shown = costs_view.sums(checks).set_index("Figure")
    assert shown.loc["Falls that might be prevented each year", "From its parts"] == "18,200 to 19,500 falls a year"
    assert "✗" in shown.loc["Falls that might be prevented each year", "Result"]


def test_reading_recovery_is_worked_by_hand(benefit: pd.DataFrame) -> None:
    assert "£3,303" in costs_view.reading_recovery(benefit)
    assert "no comparison group" in costs_view.reading_recovery(benefit)


def test_the_charts_say_in_text_what_they_draw(services: pd.DataFrame, rates: pd.DataFrame) -> None:
    bars = costs_chart.spending(services, dark=False)
    assert bars.count("<li") == 19
    assert "£4,462,500" in bars
    assert "24.2% of the total" in bars
    marks = costs_chart.break_even(rates, dark=True)
    assert marks.count('class="mark"') == 2
    assert "pays if 4.1% to 52% succeed" in marks


def test_no_bar_leaves_its_track(rates: pd.DataFrame) -> None:
    chart = costs_chart.break_even(rates, dark=False)
    for left, width in re.findall(r"left:([\d.]+)%;width:([\d.]+)%", chart):
        assert float(left) + float(width) <= 100.01


def test_words_from_the_file_are_escaped(services: pd.DataFrame) -> None:
    hostile = services.assign(service="<img onerror=x>")
    assert "<img" not in costs_chart.spending(hostile, dark=False)


def test_one_s_own_figures_are_called_illustrative_and_never_without_a_range() -> None:
    result = costs.worth(EXAMPLE, 20)
    first, more = own_programme_view.worth_sentence(result)
    assert first.startswith("Illustrative, on your own figures")
    assert re.search(r"between a loss of £[\d,]+ and a gain of £[\d,]+, with a loss of £[\d,]+ in the middle", first)
    assert "2.2% succeed, or 5.1% once" in more
    title = own_programme_view.unmet_title(result)
    assert re.fullmatch(r"Cost of this need left unmet: £[\d,]+ to £[\d,]+ for a year's people \(illustrative\)", title)


def test_a_programme_that_cannot_pay_says_so() -> None:
    dear = costs.worth(EXAMPLE | {"cost": (90_000, 90_000, 90_000)}, 20)
    assert "cannot pay, however well it works" in own_programme_view.worth_sentence(dear)[1]
    worthless = costs.worth(EXAMPLE | {"value": (0, 0, 0)}, 20)
    assert "no rate of success" in own_programme_view.worth_sentence(worthless)[1]


def test_the_download_of_one_s_own_figures_holds_all_of_them() -> None:
    table = own_programme_view.download(costs.worth(EXAMPLE, 20), {"price_year": "2024"})
    assert list(table["what"][:6]) == [item.title for item in INPUTS.values()]
    assert list(table.loc[1, ["low", "central", "high"]]) == pytest.approx([1, 4, 8])
    assert table["title"].eq("Your own figures (illustrative)").all()
    assert table[["low", "central", "high"]].notna().all().all()


def test_what_matters_most_comes_first() -> None:
    result = costs.worth(EXAMPLE, 20)
    assert own_programme_view.matters(result)["Input"][0] == "Success it brings about"
    assert result.net.tornado["swing"].is_monotonic_decreasing
