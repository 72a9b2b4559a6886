"""Profiles of the 2020 assessment: what must hold of the shipped tables, and how the build refuses a wrong source."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pandas as pd
import pytest

from analysis.build.lawful import require_lawful
from analysis.build.printed_figures import Figure, joined, read_figure, read_period
from analysis.build.profiles2020 import (
    FRAMEWORK_LINES,
    SNAPSHOT_LINES,
    area_readings,
    framework_readings,
    framework_rows,
    merged,
    ranges,
    require_no_figure_left,
    require_units_agree,
)
from analysis.build.source_text import TranscriptionError, by_hand, cited_lines
from analysis.sources.contracts import Contract, ContractBroken, typed
from analysis.sources.tables.assessment2020 import IDACI2015_PRINTED
from analysis.sources.tables.observations import PROFILES_INDICATORS, PROFILES_OBSERVATIONS
from analysis.sources.tables.population import POPULATION_LSOA11
from analysis.sources.tables.profiles import COMPARATORS, PROFILES_RANGES

PUBLISHED = Path(__file__).resolve().parents[2] / "data" / "published"
FILES = {
    "profiles_observations.csv": PROFILES_OBSERVATIONS,
    "profiles_indicators.csv": PROFILES_INDICATORS,
    "profiles_ranges.csv": PROFILES_RANGES,
    "idaci2015_ward11_printed.csv": IDACI2015_PRINTED,
    "population_lsoa11.csv": POPULATION_LSOA11,
}
COUNCIL, ENGLAND, REGION = "E06000022", "E92000001", "E12000009"
DECILE, SOUTH_WEST = COMPARATORS


def shipped(name: str) -> pd.DataFrame:
    return by_hand(PUBLISHED / name, FILES[name])


def observed() -> pd.DataFrame:
    """Shipped observations with what their indicators say, and both ends of England's range where printed."""
    table = shipped("profiles_observations.csv").merge(shipped("profiles_indicators.csv"), on="indicator_id")
    ends = shipped("profiles_ranges.csv").drop_duplicates("indicator_id")
    return table.merge(ends[["indicator_id", "england_worst", "england_best"]], on="indicator_id", how="left")


def value_of(indicator_id: str, area_code: str) -> float:
    table = shipped("profiles_observations.csv").set_index(["indicator_id", "area_code"])
    return float(table.loc[(indicator_id, area_code), "value"])


# Shape


@pytest.mark.parametrize(("name", "contract"), list(FILES.items())[:3])
def test_shipped_profiles_keep_their_contract(name: str, contract: Contract) -> None:
    assert list(shipped(name).columns) == contract.columns


def test_shipped_observations_agree_with_their_indicators() -> None:
    require_lawful(shipped("profiles_observations.csv"), shipped("profiles_indicators.csv"), "profiles")


def test_appendix_1_holds_32_and_20_rows_of_46_indicators() -> None:
    table = shipped("profiles_ranges.csv")
    assert table["comparator"].value_counts().to_dict() == {DECILE: 32, SOUTH_WEST: 20}
    assert table["indicator_id"].nunique() == 46


def test_every_framework_line_is_cited_once_in_the_ranges() -> None:
    cited = shipped("profiles_ranges.csv")["locator"].map(cited_lines).explode()
    assert sorted(cited) == [number for numbers in FRAMEWORK_LINES.values() for number in numbers]


def test_local_health_holds_11_indicators_of_6_areas_and_5_of_bathwick() -> None:
    table = shipped("profiles_observations.csv").query("indicator_id.str.startswith('local_health_')")
    assert table.groupby("area_code").size().to_dict() == {
        "E05001939": 5,
        **dict.fromkeys(("E05001951", "E05001962", "E05001964", "E05001966", COUNCIL, ENGLAND), 11),
    }


def test_the_council_and_england_of_an_area_profile_cite_all_four_tables() -> None:
    table = shipped("profiles_observations.csv").query("indicator_id.str.startswith('local_health_')")
    wide = table[table["area_code"].isin((COUNCIL, ENGLAND))]
    appendix = wide["locator"].map(lambda locator: sum(line > 1700 for line in cited_lines(locator)))
    assert set(appendix) == {4}


@pytest.mark.parametrize(
    ("indicator_id", "area_code", "value"),
    [
        ("phof_self_harm_admissions_10_24", COUNCIL, 549.5),
        ("phof_ae_attendances_under_5", ENGLAND, 619.0),
        ("phof_low_birth_weight", COUNCIL, 2.75),
        ("phof_low_income_under_16", REGION, 14.0),
        ("phof_ks1_science", REGION, 83.4),
        ("local_health_gcse", "E05001966", 29.5),
        ("local_health_obesity_year_6", "E05001951", 10.7),
        ("local_health_long_term_unemployment", "E05001964", 0.7),
        ("local_health_gcse", "E05001939", 90.0),
    ],
)
def test_figures_read_by_eye(indicator_id: str, area_code: str, value: float) -> None:
    assert value_of(indicator_id, area_code) == value


# Absent figures keep their meaning


def test_a_withheld_rate_keeps_its_printed_count() -> None:
    row = shipped("profiles_observations.csv").query("indicator_id == 'phof_child_mortality'").set_index("area_code")
    assert row.loc[COUNCIL, "status"] == "suppressed"
    assert row.loc[COUNCIL, "numerator"] == 7


def test_a_true_zero_is_a_value() -> None:
    row = shipped("profiles_observations.csv").query("indicator_id == 'phof_road_casualties_6_10'")
    council = row.set_index("area_code").loc[COUNCIL]
    assert (council["status"], council["value"], council["numerator"]) == ("ok", 0, 0)


def test_only_three_observations_are_absent() -> None:
    table = shipped("profiles_observations.csv").query("status != 'ok'")
    assert dict(zip(table["indicator_id"], table["status"], strict=True)) == {
        "local_health_gcse": "missing",
        "phof_child_mortality": "suppressed",
        "phof_diabetes_admissions_0_9": "suppressed",
    }


def test_the_one_row_without_ends_says_why() -> None:
    row = shipped("profiles_ranges.csv").query("range_status != 'ok'")
    assert list(row["indicator_id"]) == ["phof_breastfeeding_6_8_weeks"]
    assert row["note"].str.contains("too few values").all()


# Reconciliation


def test_child_poverty_is_that_of_the_printed_ward_table() -> None:
    printed = shipped("idaci2015_ward11_printed.csv").set_index("area_code")["percent"]
    profile = shipped("profiles_observations.csv").query("indicator_id == 'local_health_child_poverty'")
    assert len(profile) == 7
    assert (profile.set_index("area_code")["value"] == printed.reindex(profile["area_code"])).all()


def test_england_of_the_snapshot_is_income_deprivation_not_child_poverty() -> None:
    table = shipped("profiles_observations.csv").set_index(["indicator_id", "area_code"])
    assert 873 in cited_lines(table.loc[("local_health_income_deprivation", ENGLAND), "locator"])
    assert 873 not in cited_lines(table.loc[("local_health_child_poverty", ENGLAND), "locator"])
    assert value_of("local_health_child_poverty", ENGLAND) == 19.9


def test_the_regions_figures_stand_in_both_tables() -> None:
    region = shipped("profiles_observations.csv").query("area_code == @REGION").set_index("indicator_id")["value"]
    beside = shipped("profiles_ranges.csv").query("comparator == @SOUTH_WEST").set_index("indicator_id")
    assert region.sort_index().to_dict() == beside["comparator_value"].sort_index().to_dict()


def test_every_value_lies_between_englands_worst_and_best() -> None:
    table = observed().dropna(subset=["value", "england_worst"]).query("area_code != @REGION")
    ends = table[["england_worst", "england_best"]]
    assert len(table) > 80
    assert table["value"].between(ends.min(axis=1), ends.max(axis=1)).all()


def test_polarity_is_the_order_of_worst_and_best() -> None:
    table = observed().dropna(subset=["england_worst"]).query("polarity != 'neither'")
    assert ((table["england_worst"] > table["england_best"]) == table["polarity"].eq("high is worse")).all()


def test_no_judgement_is_passed_on_care_treatment_and_claims() -> None:
    neither = shipped("profiles_indicators.csv").query("polarity == 'neither'")
    assert set(neither["indicator_id"]) == {
        "phof_children_in_care",
        "phof_dental_admissions_under_6",
        "phof_free_school_meals",
    }


def test_both_profiles_of_one_indicator_print_the_same_ends_and_trend() -> None:
    columns = ["england_worst", "england_best", "recent_trend"]
    table = shipped("profiles_ranges.csv")
    alike = table.drop_duplicates(["indicator_id", *columns])
    assert alike["indicator_id"].is_unique
    assert table["indicator_id"].duplicated().sum() == 6


@pytest.mark.parametrize(
    ("indicator_id", "ages", "years"),
    [
        ("phof_ae_attendances_under_5", "0-4", 1),
        ("phof_asthma_admissions_under_19", "0-18", 1),
        ("phof_mental_health_admissions", "0-17", 1),
        ("phof_self_harm_admissions_10_24", "10-24", 1),
        ("phof_children_in_care", "0-17", 1),
        ("phof_alcohol_admissions_under_18", "0-17", 3),
        ("phof_road_casualties_under_16", "0-15", 3),
    ],
)
def test_a_count_and_its_rate_give_back_the_population(indicator_id: str, ages: str, years: int) -> None:
    """The profile prints no unit: 3,906 visits at 411.8 make 9,485 children only if the rate is per 1,000."""
    row = observed().query("indicator_id == @indicator_id and area_code == @COUNCIL").iloc[0]
    population = shipped("population_lsoa11.csv").query("mid_year == 2017 and age_band == @ages")["population"].sum()
    assert row["numerator"] * row["per"] / row["value"] / years == pytest.approx(population, rel=0.02)


def bases(indicator_id: str) -> tuple[float, float]:
    """Denominators that give the printed rate, rounded to one decimal, from the printed count."""
    row = observed().query("indicator_id == @indicator_id and area_code == @COUNCIL").iloc[0]
    events = row["numerator"] * row["per"]
    return events / (row["value"] + 0.05), events / (row["value"] - 0.05)


@pytest.mark.parametrize(
    "cohort",
    [
        ["phof_ks1_reading", "phof_ks1_writing", "phof_ks1_maths", "phof_ks1_science"],
        ["phof_mmr_age_2", "phof_dtap_ipv_hib_age_2"],
        ["phof_asthma_admissions_0_9", "phof_epilepsy_admissions_0_9"],
    ],
)
def test_indicators_of_one_cohort_share_a_denominator(cohort: list[str]) -> None:
    lows, highs = zip(*map(bases, cohort), strict=True)
    assert max(lows) <= min(highs)


def test_only_the_count_of_immunised_children_in_care_was_rounded_before_printing() -> None:
    """110 is 93.3% of no whole number of children; every other percentage has a whole base."""
    percentages = observed().query("unit == '%' and area_code == @COUNCIL and numerator.notna()")["indicator_id"]
    without = [name for name in percentages if math.ceil(bases(name)[0]) > math.floor(bases(name)[1])]
    assert without == ["phof_children_in_care_immunised"]


@pytest.mark.parametrize("year", ["reception", "year_6"])
def test_obese_children_are_among_those_with_excess_weight(year: str) -> None:
    wide = shipped("profiles_observations.csv").pivot(index="area_code", columns="indicator_id", values="value")
    both = wide[[f"local_health_obesity_{year}", f"local_health_excess_weight_{year}"]].dropna()
    assert len(both) == 6
    assert (both.iloc[:, 0] < both.iloc[:, 1]).all()


# One printed figure, one period


@pytest.mark.parametrize(
    ("cell", "value", "percent"),
    [("1,612.1", 1612.1, False), ("94.6%", 94.6, True), ("15", 15, False), ("0.0", 0, False), ("2.75%", 2.75, True)],
)
def test_a_figure_is_read_as_printed(cell: str, value: float, percent: bool) -> None:
    assert read_figure(cell, 1) == Figure(value, "ok", "", percent)


def test_a_starred_figure_keeps_its_star_as_a_note() -> None:
    figure = read_figure("91.5%*", 1)
    assert (figure.value, figure.status) == (91.5, "ok")
    assert "asterisk" in figure.note


@pytest.mark.parametrize(("cell", "status"), [("*", "suppressed"), ("-", "missing"), ("N/A", "missing")])
def test_an_absent_figure_is_never_zero(cell: str, status: str) -> None:
    figure = read_figure(cell, 1)
    assert (figure.value, figure.status) == (None, status)
    assert cell in figure.note


@pytest.mark.parametrize("cell", ["", "1,61.2", "12.", ".5", "1 2", "94.6%%", "-3", "12a", "1,6123"])
def test_anything_else_is_no_figure(cell: str) -> None:
    with pytest.raises(TranscriptionError, match=re.escape(f"line 7: {cell!r} is not a figure")):
        read_figure(cell, 7)


@pytest.mark.parametrize(
    ("printed", "period"),
    [
        ("2017", "2017"),
        ("2018/19", "2018/19"),
        ("2015 - 17", "2015 to 2017"),
        ("2015/16 - 17/18", "2015/16 to 2017/18"),
        ("2015/16-2017/18", "2015/16 to 2017/18"),
    ],
)
def test_a_period_is_read_as_printed(printed: str, period: str) -> None:
    assert read_period(printed, 1) == period


@pytest.mark.parametrize("printed", ["", "MMXV", "2015 -", "2015/6", "spring"])
def test_anything_else_is_no_period(printed: str) -> None:
    with pytest.raises(TranscriptionError, match=r"line 9: .* is not a period"):
        read_period(printed, 9)


def test_sentences_of_a_note_stand_once() -> None:
    assert joined(["A.", "", "B.", "A."]) == "A. B."


# The build, on a source of one framework row and one area profile

ROW = "Sunny days <span style='color: green;'>New data</span>\t2015 - 17\t↑\t7\t2.8%\t3.1%*\t3.9%\t8.1%\t\t1.7%\t\t"
SNAPSHOT = "\tChild Poverty\tGCSE achievement (%)"
WARDS = {"Twerton": "E05001966"}
PROFILE = [
    "### Twerton",
    "Indices of Deprivation, 2015, %",
    "Indicators\tTwerton\tBath and North East Somerset (LTLA 2013)\tEngland",
    "Income Deprivation (%)\t26.7\t9.1\t14.6",
    "Child Poverty (%)\t32.4\t12.1\t19.9",
    "Child development, and education indicators, values",
    "Indicators\tTwerton\tBath and North East Somerset (LTLA 2013)\tEngland",
    "GCSE Achievement (%)\tN/A\t62.1\t56.6",
]


def source(profile: list[str] = PROFILE, **replaced: str) -> list[str]:
    """A text with the same figures at every line the profiles are read from; `line_7="..."` replaces line 7."""
    lines = [""] * 2020
    for numbers in FRAMEWORK_LINES.values():
        for number in numbers:
            lines[number - 1] = ROW
    lines[SNAPSHOT_LINES[0] - 2] = SNAPSHOT
    for number in SNAPSHOT_LINES:
        lines[number - 1] = "Bath\t12.1%\t62.1%"
    lines[872] = "England\t14.6%\t56.6%"
    lines[1709 : 1709 + len(profile)] = profile
    for name, line in replaced.items():
        lines[int(name.removeprefix("line_")) - 1] = line
    return lines


def indicators(**cells: str) -> pd.DataFrame:
    titles = ["Sunny days", "Income Deprivation", "Child Poverty", "GCSE Achievement"]
    text = pd.DataFrame(
        {
            "indicator_id": ["phof_sun", "local_health_income", "local_health_poverty", "local_health_gcse"],
            "title": titles,
            "topic": "health",
            "unit": "%",
            "per": "100",
            "polarity": "neither",
            "ages": "",
            "limits": "none",
            "least": "0",
            "most": "100",
            "definition": "A share.",
            "caveat": "",
        }
    )
    return typed(text.assign(**cells), PROFILES_INDICATORS, "profiles_indicators.csv")


def readings(lines: list[str]) -> list:
    return [*framework_readings(framework_rows(lines)), *area_readings(lines, WARDS)]


def tables(lines: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    return merged(readings(lines), indicators()), ranges(framework_rows(lines), indicators())


def test_one_row_gives_the_council_the_region_and_england() -> None:
    table = merged(readings(source()), indicators()).query("indicator_id == 'phof_sun'").set_index("area_code")
    assert table["value"].to_dict() == {COUNCIL: 2.8, REGION: 3.1, ENGLAND: 3.9}
    assert table.loc[COUNCIL, "numerator"] == 7
    assert table.loc[COUNCIL, "note"] == "Recent trend: increasing."
    assert set(table["period"]) == {"2015 to 2017"}
    assert set(table["period_end"]) == {2017}


def test_the_deprivation_decile_stands_only_in_the_ranges() -> None:
    row = ranges(framework_rows(source()), indicators()).query("comparator == @DECILE").iloc[0]
    assert (row["comparator_value"], row["england_worst"], row["england_best"]) == (3.1, 8.1, 1.7)
    assert (row["recent_trend"], row["trend_as_printed"]) == ("increasing", "↑")
    assert row["note"].endswith("Printed beside the name: New data (green).")


def test_figures_of_several_places_make_one_observation_that_cites_them_all() -> None:
    table = merged(readings(source()), indicators()).set_index(["indicator_id", "area_code"])
    council = table.loc[("local_health_poverty", COUNCIL)]
    assert council["value"] == 12.1
    assert cited_lines(council["locator"]) == [872, 874, 875, 876, 877, 1714]


def test_the_table_without_a_year_is_given_one_and_says_it_is_inferred() -> None:
    table = merged(readings(source()), indicators()).query("indicator_id == 'local_health_gcse'")
    assert set(table["period"]) == {"2013/14"}
    assert table["note"].str.contains("Year not printed: 2013/14 is inferred.").all()


def test_a_whole_source_passes() -> None:
    lines = source()
    require_units_agree(readings(lines), indicators())
    require_no_figure_left(lines, *tables(lines))


def test_a_figure_left_over_is_refused() -> None:
    lines = source()
    with pytest.raises(TranscriptionError, match=r"line 1635: \[5\.0\] stands in the source or in the tables"):
        require_no_figure_left(source(line_1635="Older row\t5"), *tables(lines))


def test_a_figure_that_is_not_printed_there_is_refused() -> None:
    observations, beside = tables(source())
    with pytest.raises(TranscriptionError, match=r"line 1641: \[8\.1, 8\.2\]"):
        require_no_figure_left(source(), observations, beside.assign(england_worst=8.2))


def test_two_places_that_differ_are_refused() -> None:
    with pytest.raises(TranscriptionError, match=r"two places print different figures: .*local_health_poverty"):
        merged(readings(source(line_877="Bath\t12.2%\t62.1%")), indicators())


@pytest.mark.parametrize(
    "cells", [{"unit": "per 1,000"}, {"title": ["Rain", "Income Deprivation", "Child Poverty", "x"]}]
)
def test_a_unit_or_name_that_disagrees_is_refused(cells: dict) -> None:
    with pytest.raises(TranscriptionError, match=r"is not printed in the unit|no indicator is called"):
        require_units_agree(readings(source()), indicators(**cells))


@pytest.mark.parametrize(
    "row",
    [
        ROW.replace("↑", "?"),
        ROW.replace("\t\t1.7%\t\t", "\t\t1.7%\t\t4"),
        ROW.replace("\t\t1.7%", "\tInsufficient number of values for a spine chart\t1.7%"),
        ROW.replace("8.1%\t\t", "8.1%\tToo few\t"),
    ],
)
def test_a_row_of_another_shape_is_refused(row: str) -> None:
    with pytest.raises(TranscriptionError, match="line 1650 is not a row of the framework"):
        framework_rows(source(line_1650=row))


@pytest.mark.parametrize(
    ("line", "text", "refusal"),
    [
        (1713, "Income Deprivation (%)\t26.7\t9.1", "line 1713: 2 figures stand under 3 areas"),
        (1711, "Indices of Deprivation, %", "names no year"),
        (1712, "Indicators\tTwertun\tEngland\tEngland", "no area is called 'Twertun'"),
        (877, "Bathwyck\t1%\t2%", "no area is called 'Bathwyck'"),
    ],
)
def test_an_area_profile_of_another_shape_is_refused(line: int, text: str, refusal: str) -> None:
    with pytest.raises(TranscriptionError, match=refusal):
        readings(source(**{f"line_{line}": text}))


def test_a_value_out_of_its_lawful_range_is_refused_with_file_and_row() -> None:
    lines = source(line_1717="GCSE Achievement (%)\t162.1\t62.1\t56.6")
    with pytest.raises(ContractBroken, match=r"profiles_observations\.csv, row \d+, column value: found '162\.1'"):
        require_lawful(merged(readings(lines), indicators()), indicators(), "profiles_observations.csv")


def test_ranges_refuse_a_blank_end_without_a_reason() -> None:
    text = pd.read_csv(PUBLISHED / "profiles_ranges.csv", dtype=str, keep_default_na=False)
    text.loc[0, "england_worst"] = ""
    with pytest.raises(ContractBroken, match="say in 'range_status' why there is none"):
        typed(text, PROFILES_RANGES, "profiles_ranges.csv")
