"""Open data as shipped: whole, equal to the published rows, adding up where they should, every status kept."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.build.census_tables import BASES_2011, census_2021
from analysis.build.health_tables import REPEATED, health_index
from analysis.build.lawful import require_lawful
from analysis.build.local_tables import crime, support
from analysis.build.observed import figures, observed, percent, refuse_unread
from analysis.build.social_care_tables import RETIRED, factors
from analysis.build.source_text import by_hand
from analysis.sources.contracts import ContractBroken
from analysis.sources.tables.observations import LAIT_OBSERVATIONS, OPEN_INDICATORS, OPEN_OBSERVATIONS
from analysis.statistics.intervals import rate

PUBLISHED = Path(__file__).resolve().parents[2] / "data" / "published"
BNES, ENGLAND = "E06000022", "E92000001"
KEY = ["indicator_id", "area_code", "period"]


@cache
def shipped() -> pd.DataFrame:
    return by_hand(PUBLISHED / "open_observations.csv", OPEN_OBSERVATIONS)


@cache
def indicators() -> pd.DataFrame:
    return by_hand(PUBLISHED / "open_indicators.csv", OPEN_INDICATORS)


def of(prefix: str) -> pd.DataFrame:
    return shipped()[shipped()["indicator_id"].str.startswith(prefix)]


def figure(indicator: str, area: str, period: str) -> pd.Series:
    found = shipped().set_index(KEY).loc[(indicator, area, period)]
    assert isinstance(found, pd.Series)
    return found


def wide(prefix: str, column: str = "value") -> pd.DataFrame:
    return of(prefix).pivot_table(index=["area_code", "period"], columns="indicator_id", values=column)


# Nothing is lost


@pytest.mark.parametrize(
    ("prefix", "rows"),
    [
        ("csc_factor_", 39 * 56),
        ("csc_cin_", 8 * 91),
        ("csc_cpp_", 8 * 91),
        ("csc_", 39 * 56 + 8 * 91 + 6 * 91 + 6 * 91 + 2 * 91 + 3 * 35 + 22 * 63),
        ("admissions_injury_0_14", 266),
        ("health_index_", 1568),
        ("census2011_", 18 * 39),
        ("census2021_", 36 * (118 + 33 + 1)),
        ("crime_", 15 * 34 * 2),
        ("ctax_support_", 5 * (115 + 37 + 1)),
    ],
)
def test_every_figure_of_a_table_is_shipped(prefix: str, rows: int) -> None:
    assert len(of(prefix)) == rows


def test_every_observation_has_its_indicator_and_every_indicator_its_observations() -> None:
    require_lawful(shipped(), indicators(), "open_observations.csv")
    assert indicators()["title"].is_unique


def test_a_figure_out_of_range_is_refused_with_its_row() -> None:
    wrong = of("crime_burglary_rate").assign(value=-1.0)
    with pytest.raises(ContractBroken, match=r"open\.csv, row 2, column value: found '-1'"):
        require_lawful(wrong, indicators()[indicators()["indicator_id"].eq("crime_burglary_rate")], "open.csv")


def test_a_column_nobody_reads_is_refused() -> None:
    with pytest.raises(ValueError, match=r"x\.csv: the column 'extra' is read into no indicator"):
        refuse_unread(pd.DataFrame(columns=["known", "extra"]), {"known"}, "x.csv")


# Spot checks against the published rows


@pytest.mark.parametrize(
    ("indicator", "area", "period", "value", "numerator", "denominator"),
    [
        ("csc_rereferrals", ENGLAND, "2025", 22.6, 142900, 632830),
        ("csc_cpp_2_years_or_more", "E12000009", "2025", 2.5, 110, 4290),
        ("csc_cpp_repeated", "E12000002", "2025", 23.3, 2360, 10150),
        ("csc_looked_after", ENGLAND, "2025", 67, 81770, 12183016),
        ("csc_looked_after", BNES, "2025", 60, 220, 36601),
        ("csc_turnover_fte", ENGLAND, "2025", 11.8, 4276.3, 36186.3),
        ("csc_caseload", "E12000009", "2025", 15.3, 29278, 1912.1),
        ("csc_factor_neglect", BNES, "2025", 100 * 238 / 600, 238, 600),
        ("csc_cin_on_31_march", ENGLAND, "2025", 402400, np.nan, np.nan),
        ("admissions_injury_0_14", BNES, "2010/11", 102.8343023, 283, 27520),
        ("health_index_physical_activity", "E06000006", "2015", 59.03295067, np.nan, np.nan),
        ("census2011_hh_no_car", "E05001935", "2011", 100 * 1696 / 3292, 1696, 3292),
        ("census2021_residents", "E01014370", "2021", 1812, np.nan, np.nan),
        ("census2021_disabled_under_the_equality_act", "E01014370", "2021", 100 * 438 / 1814, 438, 1814),
        ("crime_violence_and_sexual_offences", "E05012463", "2023", 82, np.nan, np.nan),
        ("crime_all_crime_rate", BNES, "2023", 1000 * 14475 / 195988, 14475, 195988),
        ("ctax_support_working_age_total", "E01014372", "2015", 106, np.nan, np.nan),
    ],
)
def test_a_figure_is_the_published_one(
    indicator: str, area: str, period: str, value: float, numerator: float, denominator: float
) -> None:
    found = figure(indicator, area, period)[["value", "numerator", "denominator"]].astype(float)
    assert found.tolist() == pytest.approx([value, numerator, denominator], nan_ok=True)


# Every status keeps its meaning


@pytest.mark.parametrize(
    ("indicator", "area", "period", "status", "note"),
    [
        ("csc_factor_sexual_abuse_child_on_child", BNES, "2025", "suppressed", "printed as c"),
        ("csc_factor_child_criminal_exploitation", BNES, "2020", "missing", "printed as x: not available"),
        ("csc_factor_sexual_abuse_unknown", BNES, "2025", "not_applicable", RETIRED),
        ("csc_absence_rate", "E06000024", "2018", "suppressed", "printed as c"),
    ],
)
def test_a_blank_says_why(indicator: str, area: str, period: str, status: str, note: str) -> None:
    found = figure(indicator, area, period)
    assert (found["status"], found["note"]) == (status, note)
    assert pd.isna(found["value"])


def test_codes_of_the_department() -> None:
    read = figures(pd.Series(["12", "0", "c", "x", "z", "k", "3.5"]))
    assert read["status"].tolist() == ["ok", "ok", "suppressed", "missing", "not_applicable", "ok", "ok"]
    assert read["value"].fillna(-1).tolist() == [12, 0, -1, -1, -1, 0, 3.5]
    assert read["note"].iloc[5] == "printed as k: rounds to zero"


@pytest.mark.parametrize("cell", ["-", "", "1,200", "low"])
def test_an_unknown_code_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match=f"Unknown code '{cell}'"):
        figures(pd.Series([cell]))


def test_a_share_of_nobody_is_missing() -> None:
    assert percent(pd.Series([0, 1]), pd.Series([0, 4])).fillna(-1).tolist() == [-1, 25]


def test_what_a_source_does_not_give_is_filled_as_such() -> None:
    made = observed(pd.DataFrame({"period": ["2016/17", "2014 to 2016"], "note": [None, "read"]}))
    assert made["period_end"].tolist() == [2017, 2016]
    assert made["note"].tolist() == ["", "read"]
    assert made["basis"].tolist() == ["published", "published"]
    assert made["lower"].isna().all()


def factor_table(national: str) -> pd.DataFrame:
    keys = {"time_period": "2025", "region_name": "", "la_name": "", "category": "", "region_code": ""}
    england = keys | {"geographic_level": "National", "new_la_code": "", "Gangs": national}
    council = keys | {"geographic_level": "Local authority", "new_la_code": BNES, "Gangs": "0"}
    return pd.DataFrame([england, council]).assign(Episodes_with_assessment_factor="50")


def test_a_zero_in_all_england_is_a_heading_not_in_use() -> None:
    assert factors(factor_table("0"))["status"].tolist() == ["not_applicable", "not_applicable"]
    assert factors(factor_table("9"))["value"].tolist() == [18, 0]


def test_years_the_index_fills_from_others_are_marked() -> None:
    raw = pd.DataFrame(
        {
            "la_code": ["A", "B"] * 3,
            "year": ["2015", "2015", "2016", "2016", "2017", "2017"],
            "indicator": ["Happiness"] * 6,
            "value": ["7", "8", "7", "8", "7", "9"],
            "la_name": [""] * 6,
        }
    )
    assert health_index(raw)["note"].eq(REPEATED).tolist() == [False, False, True, True, False, False]


# Totals reconcile


def test_wards_of_2011_sum_to_the_council() -> None:
    counted = of("census2011_").assign(count=lambda table: table["numerator"].fillna(table["value"]))
    totals = counted.assign(ward=counted["area_code"].str.startswith("E05")).groupby(["indicator_id", "ward"])["count"]
    wards, council = totals.sum().xs(True, level="ward"), counted[counted["area_code"].eq(BNES)]
    assert wards.to_dict() == council.set_index("indicator_id")["count"].to_dict()
    assert len(wards) == len(BASES_2011) + 1


@pytest.mark.parametrize("level", ["E010", "E0501"])
def test_the_census_of_2021_sums_to_the_council(level: str) -> None:
    counted = of("census2021_").assign(count=lambda table: table["numerator"].fillna(table["value"]))
    small = counted[counted["area_code"].str.startswith(level)].groupby("indicator_id")["count"].sum()
    council = counted[counted["area_code"].eq(BNES)].set_index("indicator_id")["count"]
    assert small.to_dict() == council.to_dict()
    assert council["census2021_residents"] == 193401


def test_groups_of_the_census_of_2021_make_100_per_cent() -> None:
    for prefix in ("census2021_aged_", "census2021_tenure_", "census2021_rooms_", "census2021_home_"):
        assert wide(prefix).sum(axis=1).to_numpy() == pytest.approx(100)


def test_best_fit_sums_are_ours_and_say_so() -> None:
    wards = of("census2021_")[of("census2021_")["area_code"].str.startswith("E0501")]
    assert set(wards["basis"]) == {"modelled"}
    assert wards["note"].str.contains("fit the ward best").all()
    assert set(of("census2021_")[of("census2021_")["area_code"].str.startswith("E010")]["basis"]) == {"published"}


def test_types_of_crime_and_wards_add_up() -> None:
    counts = wide("crime_").filter(regex="^(?!.*_rate$)").droplevel("period")
    assert counts.drop(columns="crime_all_crime").sum(axis=1).tolist() == counts["crime_all_crime"].tolist()
    assert counts.drop(index=BNES).sum().tolist() == counts.loc[BNES].tolist()


def test_a_rate_over_another_year_says_so() -> None:
    rates = shipped()[shipped()["indicator_id"].str.fullmatch("crime_.*_rate")]
    assert set(rates["basis"]) == {"modelled"}
    assert rates["note"].str.contains("residents of mid-2022").all()


def test_crime_that_does_not_add_up_is_refused() -> None:
    raw = pd.DataFrame({"ward_code": ["W"], "ward_name": ["A"], "all_crime": [5], "drugs": [4]})
    with pytest.raises(ValueError, match="the types of W do not add up to its all_crime"):
        crime(raw, pd.Series({"W": 100}))


def test_support_sums_from_neighbourhoods_to_wards_and_council() -> None:
    raw = pd.DataFrame({"lsoa11cd": ["a", "b", "c"], "cts_vulnerable": [1, 2, 4]})
    made = support(raw, pd.Series({"a": "W1", "b": "W1", "c": "W2"})).set_index("area_code")["value"]
    assert made.to_dict() == {"a": 1, "b": 2, "c": 4, "W1": 3, "W2": 4, BNES: 7}


def test_shares_of_the_census_are_of_their_own_group() -> None:
    raw = pd.DataFrame(
        {"lsoa21cd": ["a", "b"], "residents": [9, 9], "households": [5, 5], "dis_yes": [1, 0], "dis_no": [3, 0]}
    )
    made = census_2021(raw, pd.Series({"a": "W", "b": "W"})).set_index(["indicator_id", "area_code"])
    assert made.loc[("census2021_yes", "a"), "value"] == 25
    assert made.loc[("census2021_yes", "b"), "status"] == "cannot_calculate"
    assert made.loc[("census2021_yes", "W"), "locator"] == "census2021_lsoa21.csv, 2 rows summed"


# Rates, limits and other sources recomputed


def test_published_percentages_follow_from_their_counts() -> None:
    """Councils' counts of children are exact, so one decimal must agree; shares of staff rest on unrounded hours."""
    table = of("csc_").merge(indicators()[["indicator_id", "per"]], on="indicator_id")
    local = table[table["area_code"].str.startswith("E06") & table["value"].notna()]
    again = local["per"] * local["numerator"] / local["denominator"]
    gap = (again - local["value"]).abs()
    loose = local["indicator_id"].isin(["csc_agency_cover_rate", "csc_vacancies_covered", "csc_turnover_fte"])
    whole = local["indicator_id"].str.endswith("looked_after")
    assert gap[~loose & ~whole].max() <= 0.0501
    assert gap[whole].max() <= 0.5
    assert gap[loose].max() < 0.25


def test_lengths_of_plans_make_100_per_cent_where_none_is_suppressed() -> None:
    shares = wide("csc_cpp_").drop(columns=["csc_cpp_on_31_march", "csc_cpp_started", "csc_cpp_repeated"])
    assert shares.dropna().sum(axis=1).between(99.8, 100.2).all()


def test_limits_of_hospital_admissions_are_byars_of_the_exact_counts() -> None:
    """Counts were rounded to 5 from 2012/13 on, the limits were not: they lie within 2.5 admissions of ours."""
    table = of("admissions_injury_0_14")
    value, _, _ = rate(table["numerator"], table["denominator"], 10000)
    assert value == pytest.approx(table["value"], rel=1e-6)
    rounded = np.where(table["period_end"] >= 2013, 2.5, 0)
    _, lower_few, upper_few = rate(table["numerator"] - rounded, table["denominator"], 10000)
    _, lower_many, upper_many = rate(table["numerator"] + rounded, table["denominator"], 10000)
    hair = 1e-5
    assert (table["lower"].between(lower_few - hair, lower_many + hair)).all()
    assert (table["upper"].between(upper_few - hair, upper_many + hair)).all()


def test_council_counts_of_admissions_are_rounded_to_5_from_2012() -> None:
    table = of("admissions_injury_0_14").query("area_code != @ENGLAND and period_end >= 2013")
    assert (table["numerator"] % 5 == 0).all()


@pytest.mark.parametrize(
    ("ours", "tool"),
    [
        ("csc_cpp_on_31_march", "lait_cpp_num"),
        ("csc_rereferrals", "lait_rereferral"),
        ("csc_referrals", "lait_cpp_total_numref"),
        ("csc_cpp_repeated", "lait_prevregcpr"),
        ("csc_looked_after", "lait_lac"),
        ("csc_vacancy_rate", "lait_work_force_vac_rate"),
        ("csc_caseload", "lait_work_force_avgnumcase_sw"),
        ("admissions_injury_0_14", "lait_hospad0_14"),
        ("health_index_teenage_pregnancy", "lait_under18concep"),
        ("health_index_low_birth_weight", "lait_low_birth_weight_babies"),
    ],
)
def test_two_sources_of_one_measure_agree_year_by_year(ours: str, tool: str) -> None:
    """Also proves that the tool names its years by the one they end in: 2016 is 2015/16."""
    other = tool_figures().query("indicator_id == @tool").set_index(["area_code", "period_end"])["value"]
    mine = of(ours).query("indicator_id == @ours").set_index(["area_code", "period_end"])["value"]
    both = pd.concat([mine, other], axis=1, join="inner", keys=["ours", "tool"]).dropna()
    both = both[both.index.get_level_values("period_end") < 2021] if ours.startswith("health") else both
    assert len(both) >= 19
    assert (both["ours"] - both["tool"]).abs().max() < 0.051


@cache
def tool_figures() -> pd.DataFrame:
    columns = ["indicator_id", "area_code", "period_end", "value"]
    return pd.read_csv(PUBLISHED / "lait_observations.csv", usecols=columns)


def test_both_tables_of_observations_share_one_shape() -> None:
    assert LAIT_OBSERVATIONS.columns == OPEN_OBSERVATIONS.columns
