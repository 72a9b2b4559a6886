"""The Local Authority Interactive Tool as shipped: whole, equal to its rows, and refused when it is unclear."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from analysis.build.lait import AREA_CODES, ENGLAND, excluded, neighbours, observations, without_england
from analysis.build.lait_measures import indicator_ids, measures
from analysis.build.lait_titles import plain_title
from analysis.build.lawful import require_lawful
from analysis.build.source_text import by_hand
from analysis.sources.contracts import ContractBroken
from analysis.sources.tables.neighbours import STATISTICAL_NEIGHBOURS
from analysis.sources.tables.observations import LAIT_INDICATORS, LAIT_OBSERVATIONS

PUBLISHED = Path(__file__).resolve().parents[2] / "data" / "published"
BNES = "E06000022"
ENTRANTS = "lait_firstyjs"
ROWS_OF_THE_TOOL, EMPTY_PERIOD_ROWS, WITHOUT_FIGURE = 64_107, 17, 6_698
IDS = {"LACnum": "lait_lacnum"}


@cache
def shipped() -> pd.DataFrame:
    return by_hand(PUBLISHED / "lait_observations.csv", LAIT_OBSERVATIONS)


@cache
def dictionary() -> pd.DataFrame:
    return by_hand(PUBLISHED / "lait_indicators.csv", LAIT_INDICATORS).set_index("indicator_id")


def figure(indicator: str, area: str, period: str) -> pd.Series:
    table = shipped()
    found = table[table["indicator_id"].eq(indicator) & table["area_code"].eq(area) & table["period"].eq(period)]
    assert len(found) == 1
    return found.iloc[0]


def one_row(period: str = "2018", value: str = "1.5", note: str = "", area: str = "York") -> pd.DataFrame:
    return pd.DataFrame([{"measure_code": "LACnum", "area": area, "period": period, "value": value, "note": note}])


def measure(**changes: str) -> pd.DataFrame:
    plain = {
        "measure_code": "LACnum",
        "topic": "Children Looked After",
        "measure": "Number of CLA",
        "polarity": "-",
        "y_axis_name": "Number of Children Looked After",
        "table_status": "",
        "source_url": "https://example.org",
        "year_type": "Annual",
    }
    return pd.DataFrame([plain | changes])


# Nothing is lost


def test_every_row_of_the_tool_is_shipped_but_the_empty_period() -> None:
    assert len(shipped()) == ROWS_OF_THE_TOOL - EMPTY_PERIOD_ROWS


def test_every_row_of_the_tool_is_cited_once() -> None:
    cited = shipped()["locator"].str.extract(r"^lait_long\.csv row (\d+)$")[0].astype(int)
    assert cited.is_unique
    assert set(range(2, ROWS_OF_THE_TOOL + 2)) - set(cited) == set(range(8961, 9122, 10))


def test_434_measures_and_17_areas_are_all_observed() -> None:
    assert len(dictionary()) == shipped()["indicator_id"].nunique() == 434
    assert set(shipped()["area_code"]) == set(AREA_CODES.values())


def test_a_dash_stays_without_a_figure_and_is_never_zero() -> None:
    left_out = shipped()["indicator_id"].eq(ENTRANTS) & shipped()["area_code"].eq(ENGLAND)
    blank = shipped()[shipped()["status"].ne("ok") & ~left_out]
    assert len(blank) == WITHOUT_FIGURE - EMPTY_PERIOD_ROWS
    assert set(blank["status"]) == {"missing"}
    assert blank["value"].isna().all()
    assert blank["note"].str.endswith("printed as -").all()


def test_what_the_tool_prints_for_england_is_left_out_where_it_is_no_rate_of_england() -> None:
    entrants = shipped()[shipped()["indicator_id"].eq(ENTRANTS)].set_index(["area_code", "period"])
    england = entrants.loc[ENGLAND]
    assert england["value"].isna().all()
    assert set(england["status"]) == {"missing"}
    assert england["note"]["2018"] == "printed as 2261, about nine times the rate of a region: left out"
    assert entrants["value"][BNES, "2018"] == 227
    assert entrants["value"]["E12000009", "2018"] == 248


def test_only_what_is_printed_for_england_of_that_measure_is_left_out() -> None:
    rows = pd.DataFrame(
        {
            "indicator_id": [ENTRANTS, ENTRANTS, "lait_lac"],
            "area_code": [ENGLAND, BNES, ENGLAND],
            "value": [2261.0, 227.0, 64.0],
            "status": "ok",
            "note": "",
        }
    )
    kept = without_england(rows)
    assert kept["value"].isna().tolist() == [True, False, False]
    assert kept["status"].tolist() == ["missing", "ok", "ok"]


def test_only_an_empty_period_is_left_out() -> None:
    both = pd.concat([one_row("0", "", "-"), one_row("2016", "", "-")], ignore_index=True)
    assert excluded(both).index.tolist() == [0]
    assert observations(both, IDS)["locator"].tolist() == ["lait_long.csv row 3"]


# Spot checks against the tool's rows


@pytest.mark.parametrize(
    ("indicator", "area", "period", "value", "row"),
    [
        ("lait_lacnum", BNES, "2025", 220, 42715),
        ("lait_avg_attain8_score", BNES, "2018", 48.7, 3217),
        ("lait_he_19_fsm", BNES, "2023/24", 18.4, 25340),
        ("lait_hosp_adm_alc_under_18yrs", BNES, "2016/17 to 2018/19", 47.36, 25794),
        ("lait_lacfinance", BNES, "2018/19", 1420, 36231),
        ("lait_ks1p_all", BNES, "2025", 83, 27211),
        ("lait_prechilddea", "E92000001", "2018", 1015, 48013),
        ("lait_cinpermexclusion", "E06000060", "2016", 0.97, 8972),
        ("lait_2yr_olds", BNES, "2018", 130.1, 2),
    ],
)
def test_a_figure_is_the_one_on_the_row_it_cites(
    indicator: str, area: str, period: str, value: float, row: int
) -> None:
    identifier = "lait_pct_2yr_olds" if indicator == "lait_2yr_olds" else indicator
    found = figure(identifier, area, period)
    assert found["value"] == value
    assert found["locator"] == f"lait_long.csv row {row}"


def test_the_edition_of_a_figure_stands_beside_it() -> None:
    assert figure("lait_ks1p_all", BNES, "2025")["note"] == "provisional"
    assert figure("lait_lacfinance", BNES, "2018/19")["note"] == "outturn"
    assert figure("lait_apse_tech", BNES, "2020")["note"] == "final"


# Periods, areas and codes


@pytest.mark.parametrize(
    ("printed", "period", "ends"),
    [
        ("2018", "2018", 2018),
        ("2018 (Rev)", "2018", 2018),
        ("2025 (prov)", "2025", 2025),
        ("2015/16", "2015/16", 2016),
        ("2016-17", "2016/17", 2017),
        ("2016-17 (OT)", "2016/17", 2017),
        ("2014-16", "2014 to 2016", 2016),
        ("2013/14-15/16", "2013/14 to 2015/16", 2016),
    ],
)
def test_a_period_is_read_whole(printed: str, period: str, ends: int) -> None:
    row = observations(one_row(printed), IDS).iloc[0]
    assert (row["period"], row["period_end"]) == (period, ends)


def test_a_period_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(ValueError, match=r"lait_long\.csv: the period 'spring' cannot be read; write it as 2018"):
        observations(one_row("spring"), IDS)


def test_a_period_0_with_a_figure_is_refused() -> None:
    with pytest.raises(ValueError, match="the period '0' cannot be read"):
        observations(one_row("0", "4"), IDS)


def test_an_area_without_a_code_is_refused() -> None:
    with pytest.raises(ValueError, match="'Atlantis' is not known: give its code"):
        observations(one_row(area="Atlantis"), IDS)


def test_a_blank_that_is_not_a_dash_is_refused_with_its_row() -> None:
    with pytest.raises(ValueError, match=r"lait_long\.csv row 2: found the note '' and no value"):
        observations(one_row(value=""), IDS)


def test_a_figure_out_of_range_is_refused() -> None:
    table = observations(one_row(value="-3"), IDS)
    with pytest.raises(ContractBroken, match="Its indicator allows at least 0"):
        require_lawful(table, measures(measure()), "lait_observations.csv")


# The dictionary


def test_polarity_says_which_way_is_worse() -> None:
    assert dictionary().loc["lait_totperabnew", "polarity"] == "high is worse"
    assert dictionary().loc["lait_fsp_new_gooddev", "polarity"] == "low is worse"
    assert dictionary().loc["lait_lacnum", "polarity"] == "neither"
    assert dictionary()["polarity"].value_counts().to_dict() == {
        "low is worse": 220,
        "neither": 126,
        "high is worse": 88,
    }


def test_units_are_consistent() -> None:
    percent = dictionary()[dictionary()["unit"].eq("%")]
    assert percent["per"].eq(100).all()
    assert percent["least"].eq(0).all()
    assert dictionary().loc["lait_lac", ["unit", "per"]].tolist() == ["per 10,000 children", 10000]
    assert dictionary().loc["lait_prechilddea", "unit"] == "child deaths"


def test_titles_are_unique_and_definitions_spell_out_short_forms() -> None:
    assert dictionary()["title"].is_unique
    short = r"\b(?:CLA|CPP|EHCP|FSM|NEET|SGO|SEND|KS\d)\b"
    assert not dictionary()["definition"].str.contains(short).any()


def test_no_title_keeps_a_short_form_and_the_departments_own_stands_beside_it() -> None:
    short = r"\b(?:CLA|CIN|CPP|CP|EHCP?s?|FSM|NEET|EET|SGO|SENDS?|SEN|KS\d|RWM|GLD|HE|FE|APS|FTE|LA|TA|inc)\b"
    assert not dictionary()["title"].str.contains(short).any()
    row = dictionary().loc["lait_lac_over_abs"]
    assert row[["title", "printed_title"]].tolist() == ["Looked-after children Overall Absence", "CLA Overall Absence"]
    same = dictionary().loc["lait_infmort"]
    assert pd.isna(same["printed_title"])


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("% of CIN achieving GLD", "% of children in need achieving a good level of development"),
        ("16-17 NEET", "16- and 17-year-olds not in education, employment or training"),
        ("Level 3, pupils - FSM", "Level 3 - pupils eligible for free school meals"),
        ("Pupils with SEN Statement/EHCP", "Pupils with a statement or education, health and care plan"),
        ("Infant Mortality", "Infant Mortality"),
    ],
)
def test_a_title_is_written_out(printed: str, plain: str) -> None:
    assert plain_title(printed) == plain


def test_no_definition_is_a_long_copied_text() -> None:
    assert dictionary()["definition"].str.len().max() < 420


def test_codes_that_differ_only_in_signs_are_refused() -> None:
    twice = pd.concat([measure(measure_code="A-B"), measure(measure_code="A_B")])
    with pytest.raises(ValueError, match="would share an identifier"):
        indicator_ids(twice)


def test_signs_of_a_code_are_spelt_out() -> None:
    ids = indicator_ids(pd.concat([measure(measure_code="LACHealth%"), measure(measure_code="A&E<18")]))
    assert list(ids.values()) == ["lait_lachealth_pct", "lait_a_and_e_under_18"]


def test_an_unknown_topic_or_polarity_is_refused() -> None:
    with pytest.raises(KeyError, match="Moon"):
        measures(measure(topic="Moon"))
    with pytest.raises(KeyError, match="Sideways"):
        measures(measure(polarity="Sideways"))


def test_a_measure_becomes_an_indicator() -> None:
    made = measures(measure(table_status="Discontinued")).iloc[0]
    assert made["unit"] == "children"
    assert made["definition"].startswith("Number of looked-after children. ")
    assert made["caveat"] == "No longer published. Source: https://example.org"


# Agreement with the 2020 assessment, and neighbours


@pytest.mark.parametrize(
    ("indicator", "period", "printed"),
    [
        ("lait_fsp_new_gooddev", "2018", 72.6),
        ("lait_totabs", "2018", 5.0),
        ("lait_under18concep", "2017", 13.1),
        ("lait_low_birth_weight_babies", "2017", 2.75),
    ],
)
def test_figures_near_those_of_the_2020_assessment(indicator: str, period: str, printed: float) -> None:
    assert figure(indicator, BNES, period)["value"] == pytest.approx(printed, abs=0.25)


def test_ten_neighbours_nearest_first() -> None:
    table = by_hand(PUBLISHED / "statistical_neighbours.csv", STATISTICAL_NEIGHBOURS).sort_values("order")
    assert table["order"].tolist() == list(range(1, 11))
    assert table["neighbour_name"].iloc[0] == "York"
    assert set(table["neighbour_code"]) <= set(shipped()["area_code"])


def test_a_neighbour_without_a_code_is_refused() -> None:
    with pytest.raises(ValueError, match="'Narnia' is not known"):
        neighbours(pd.DataFrame({"order": ["1"], "la_name": ["Narnia"], "closeness": ["Close"]}))
