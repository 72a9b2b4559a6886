"""Tables read from four councils' strategies: what must hold of the shipped files, and the proofs the build runs."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.build.lawful import require_lawful
from analysis.build.source_text import TranscriptionError, by_hand, numbers_in
from analysis.build.strategies import prove_annual_safeguarding
from analysis.build.strategies_outcomes import prove_list, prove_maturity
from analysis.build.strategies_safeguarding import safeguarding
from analysis.build.strategies_spending import prove_totals
from analysis.build.strategy_text import (
    BNES,
    HALTON,
    NORTH_SOMERSET,
    WILTSHIRE,
    document_of,
    figures_in,
    prove_no_figure_left,
    prove_no_line_left,
    prove_rows,
    strategy_passages,
)
from analysis.sources.contracts import Contract, ContractBroken, typed
from analysis.sources.tables.observations import STRATEGIES_INDICATORS, STRATEGIES_OBSERVATIONS
from analysis.sources.tables.outcomes import (
    AUDIENCES,
    COMMITMENTS,
    LEVELS,
    MATURITY,
    OUTCOMES,
    OUTCOMES_FRAMEWORK,
    PERFORMANCE_MEASURES,
    POPULATION_INDICATORS,
    PRIORITY_GROUPS,
)
from analysis.sources.tables.spending import HALTON_COST_BENEFIT, WILTSHIRE_SPENDING
from analysis.sources.tables.strategies import OTHER_STRATEGIES, SERIES, WILTSHIRE_SAFEGUARDING

PUBLISHED = Path(__file__).resolve().parents[2] / "data" / "published"
FILES = {
    "strategies_observations.csv": (STRATEGIES_OBSERVATIONS, 169),
    "strategies_indicators.csv": (STRATEGIES_INDICATORS, 137),
    "outcomes_framework.csv": (OUTCOMES_FRAMEWORK, 44),
    "performance_measures.csv": (PERFORMANCE_MEASURES, 31),
    "population_indicators.csv": (POPULATION_INDICATORS, 38),
    "maturity.csv": (MATURITY, 16),
    "priority_groups.csv": (PRIORITY_GROUPS, 21),
    "commitments.csv": (COMMITMENTS, 23),
    "wiltshire_safeguarding.csv": (WILTSHIRE_SAFEGUARDING, 14 * 9),
    "wiltshire_spending.csv": (WILTSHIRE_SPENDING, 30),
    "halton_cost_benefit.csv": (HALTON_COST_BENEFIT, 51),
    "other_strategies.csv": (OTHER_STRATEGIES, 148),
}


def shipped(name: str) -> pd.DataFrame:
    return by_hand(PUBLISHED / name, FILES[name][0])


def observed(indicator_id: str, area: str, period: str) -> float:
    rows = shipped("strategies_observations.csv").set_index(["indicator_id", "area_code", "period"])
    return float(rows.loc[(indicator_id, area, period), "value"])


@pytest.mark.parametrize(("name", "contract", "rows"), [(name, *held) for name, held in FILES.items()])
def test_shipped_file_keeps_its_contract_and_holds_its_rows(name: str, contract: Contract, rows: int) -> None:
    table = shipped(name)
    assert list(table.columns) == contract.columns
    assert len(table) == rows


def test_every_observation_is_lawful() -> None:
    observations, indicators = shipped("strategies_observations.csv"), shipped("strategies_indicators.csv")
    require_lawful(observations, indicators, "strategies_observations.csv")
    raised = observations.assign(value=observations["value"].where(observations["value"].ne(93.6), 936))
    with pytest.raises(ContractBroken, match="at most 100"):
        require_lawful(raised, indicators, "strategies_observations.csv")


def test_every_locator_names_its_strategy_and_its_line() -> None:
    for name in FILES:
        if name != "strategies_indicators.csv":
            places = shipped(name)["locator"]
            assert places.str.contains(r", lines? \d").all(), name
            assert {document_of(place) for place in places} <= {BNES, NORTH_SOMERSET, WILTSHIRE, HALTON}


# The outcomes framework


def test_statements_by_audience_and_outcome() -> None:
    counts = shipped("outcomes_framework.csv").groupby(["audience", "outcome"]).size().unstack()
    assert counts.loc[list(AUDIENCES), list(OUTCOMES)].to_numpy().tolist() == [
        [3, 4, 5, 1],
        [3, 6, 2, 1],
        [3, 1, 5, 2],
        [2, 2, 2, 2],
    ]


def test_measures_and_population_indicators_by_group() -> None:
    measures = shipped("performance_measures.csv")["question"].value_counts().to_dict()
    assert measures == {"how much": 16, "how well": 4, "what difference": 11}
    groups = shipped("population_indicators.csv")["life_group"].value_counts().to_dict()
    assert groups == {
        "before birth to 5": 9,
        "children and young people": 12,
        "adults and older people": 12,
        "parents": 1,
        "older people": 4,
    }


def test_commitments_by_priority() -> None:
    assert shipped("commitments.csv")["priority_number"].value_counts().to_dict() == {1: 4, 2: 11, 3: 4, 4: 4}


def test_four_strands_stand_at_four_levels() -> None:
    maturity = shipped("maturity.csv")
    levels = maturity.groupby("strand_id")["level_name"].apply(tuple)
    assert levels.to_list() == [LEVELS] * 4


def test_maturity_proof_refuses_a_level_left_out() -> None:
    maturity = shipped("maturity.csv")
    lines = [""] * 775 + [" ".join(maturity["as_printed"]), "", " ".join(LEVELS)]
    prove_maturity(maturity, {BNES: [line.replace(" … ", " ") for line in lines]})
    with pytest.raises(TranscriptionError, match="lacks or adds"):
        prove_maturity(maturity.iloc[1:], {BNES: [line.replace(" … ", " ") for line in lines]})


# Profile of need


def test_profile_of_need_holds_24_rows_one_of_them_blank() -> None:
    profile = shipped("strategies_observations.csv").query("indicator_id.str.startswith('ns2014_')")
    assert len(profile) == 24
    assert profile.loc[profile["status"].ne("ok"), "indicator_id"].to_list() == ["ns2014_antisocial_behaviour"]


def test_families_are_children_over_the_average_printed() -> None:
    children = observed("ns2014_residents_0_17", "E06000024", "2013")
    assert round(children / 1.7) == observed("ns2014_families", "E06000024", "2013")


def test_ages_of_the_profile_leave_one_year_of_seventeen_year_olds() -> None:
    young = sum(observed(f"ns2014_residents_{ages}", "E06000024", "2013") for ages in ("0_4", "5_11", "12_16"))
    aged_17 = observed("ns2014_residents_0_17", "E06000024", "2013") - young
    assert 0 < aged_17 < observed("ns2014_residents_17_19", "E06000024", "2013")


# B&NES, chapter for adults


def test_shares_of_the_adult_chapter_come_out_again() -> None:
    assert round(100 * 1173 / 1253, 1) == observed("strategy2021_falls_prevented_share", "E06000022", "2021")
    assert round(100 * 17 / 21) == observed("strategy2021_live_well_find", "E06000022", "2021")
    assert round(100 * 20 / 21) == observed("strategy2021_live_well_clear", "E06000022", "2021")
    inactive = [observed(f"strategy2021_inactive_{want}", "E06000022", "2020") for want in ("want_job", "no_job")]
    assert sum(inactive) == 100
    parents = [observed(f"strategy2021_alcohol_{who}", "E06000022", "2021") for who in ("fathers", "mothers")]
    assert sum(parents) == observed("strategy2021_alcohol_parents", "E06000022", "2021")


def test_rates_of_the_adult_chapter_rest_on_plausible_bases() -> None:
    adults = 1000 * 1815 / observed("strategy2021_alcohol_users_rate", "E06000022", "2017/18")
    assert adults < observed("strategy2021_population", "E06000022", "2019")
    patients = 100 * 1723 / observed("strategy2021_severe_mental_illness", "E06000022", "2017/18")
    assert patients == pytest.approx(observed("strategy2021_registered", "E06000022", "2019"), rel=0.02)


def test_a_range_without_a_middle_has_no_value() -> None:
    ranges = shipped("strategies_observations.csv").query("value.isna() and lower.notna()")
    assert set(ranges["indicator_id"]) == {
        "strategy2021_hub_triage",
        "strategy2021_below_wage_residents",
        "strategy2021_adult_abuse_enquiries",
    }
    assert ranges["note"].str.contains("only a range").all()


def test_a_rate_with_a_misprinted_base_is_not_guessed() -> None:
    rates = shipped("strategies_observations.csv").set_index("indicator_id")
    assert rates.loc["strategy2021_alcohol_parents_rate", ["status"]].to_list() == ["missing"]
    assert "2 per 100,00" in rates.loc["strategy2021_alcohol_parents_rate", "note"]


# Wiltshire


@pytest.mark.parametrize(
    ("part", "whole", "indicator", "period", "places"),
    [
        (1028, 17621, "wiltshire2013_harmful_use_treated", "2012/13", 0),
        (209, 30019, "wiltshire2013_hidden_harm_identified", "2010", None),
    ],
)
def test_hidden_harm_coverage(part: int, whole: int, indicator: str, period: str, places: int | None) -> None:
    printed, share = observed(indicator, "E06000054", period), 100 * part / whole
    if places is None:
        assert (round(share, 2), printed) == (0.7, 0.69), "the source cuts where it should round"
    else:
        assert round(share, places) == printed


def series() -> pd.DataFrame:
    return shipped("wiltshire_safeguarding.csv").pivot(index="safeguarding_id", columns="series", values="value")


def test_safeguarding_holds_fourteen_indicators_with_ratings_and_directions() -> None:
    table = shipped("wiltshire_safeguarding.csv")
    assert table.groupby("position")["series"].apply(set).map(len).to_dict() == dict.fromkeys(range(1, 15), 9)
    assert table["rating"].value_counts().to_dict() == {"green": 13, "amber": 13, "red": 2}
    assert table["direction"].value_counts().to_dict() == {"up": 3, "unclear": 3, "down": 1}
    assert set(table["series"]) == set(SERIES)


def test_estimates_for_the_year_are_six_times_two_months() -> None:
    flows = ["contacts", "referrals", "protection_plans", "started_looked_after", "ceased_looked_after"]
    table = series().loc[flows]
    assert (table["April and May"] * 6).to_list() == table["estimate for the year"].to_list()


def test_rates_are_those_of_one_population() -> None:
    table = series()
    for name in ("children_in_need", "protection_plans", "looked_after", "started_looked_after"):
        for year in ("year before", "provisional year", "target"):
            children = 10_000 * table.loc[name, year] / table.loc[f"{name}_rate", year]
            assert children == pytest.approx(101_700, rel=0.03), (name, year)


def test_yearly_figures_among_the_observations_are_those_of_the_table() -> None:
    observations, table = shipped("strategies_observations.csv"), shipped("wiltshire_safeguarding.csv")
    prove_annual_safeguarding(observations, table)
    changed = observations.assign(value=observations["value"].where(observations["value"].ne(10307), 10308))
    with pytest.raises(TranscriptionError, match="wiltshire2013_contacts"):
        prove_annual_safeguarding(changed, table)


def safeguarding_text(**cells: str) -> dict[str, list[str]]:
    lines = [""] * 207
    for position, number in enumerate((*range(189, 196), *range(201, 208)), start=1):
        share = "%" if position == 4 else ""
        row = [
            f"{position}.",
            "Name",
            f"1{share}",
            f"2{share}",
            f"3{share}",
            "G",
            f"4{share}",
            "R",
            "↑",
            "",
            "-",
            "",
            "",
        ]
        lines[number - 1] = "\t".join(row)
    return {WILTSHIRE: [cells.get(f"line_{number}", line) for number, line in enumerate(lines, start=1)]}


def test_a_dash_and_a_blank_are_both_missing_and_say_which() -> None:
    first = safeguarding(safeguarding_text()).query("position == 1").set_index("series")
    assert first.loc[["estimate for the year", "target"], "note"].tolist() == [
        "The council's estimate from the year to date, not an outturn. Blank in the source.",
        "Printed as a dash.",
    ]
    assert first.loc["year before", "value"] == 1


def test_a_letter_among_the_figures_is_refused() -> None:
    row = "1.\tName\tx\t2\t3\tG\t4\tR\t\t5\t6\t-\t-"
    with pytest.raises(TranscriptionError, match="'x' in the safeguarding data set"):
        safeguarding(safeguarding_text(line_189=row))
    with pytest.raises(TranscriptionError, match="'B' in the safeguarding data set is no rating"):
        safeguarding(safeguarding_text(line_189=row.replace("x", "1").replace("G", "B")))
    with pytest.raises(TranscriptionError, match="is not row 1"):
        safeguarding(safeguarding_text(line_189=row.replace("1.", "2.", 1)))


def test_spending_adds_up_to_both_totals() -> None:
    spending = shipped("wiltshire_spending.csv")
    assert spending["kind"].value_counts()[["service", "entitlement"]].to_list() == [19, 2]
    prove_totals(spending)
    with pytest.raises(TranscriptionError, match="total_services: the lines add to"):
        prove_totals(spending.assign(value=spending["value"].where(spending["spending_id"].ne("counselling"), 30001)))


def test_early_help_as_a_whole_is_the_services_and_childcare_at_two() -> None:
    value = shipped("wiltshire_spending.csv").set_index("spending_id")["value"]
    assert round((value["total_services"] + value["entitlement_age_2"]) / 1e6) * 1e6 == value["early_help_resource"]


# Halton


def benefit() -> pd.Series:
    return shipped("halton_cost_benefit.csv").set_index("figure_id")["value"]


def test_appendix_holds_ten_policy_areas_and_no_price_year() -> None:
    figures = shipped("halton_cost_benefit.csv")
    assert figures.loc[figures["locator"].str.contains("Appendix 1"), "policy_area"].nunique() == 10
    assert set(figures["price_year"]) == {"not stated"}


def test_figures_of_the_appendix_come_out_again() -> None:
    value = benefit()
    parts = ["copd_admissions_saving", "copd_gp_saving", "copd_matron_saving", "copd_emergency_saving"]
    assert value[parts].sum() == value["copd_saving"]
    assert round(100 * value["pause_recurrent_mothers"] / value["pause_mothers"], 1) == value["pause_recurrent_share"]
    assert round(value["pause_care_cost"] / value["pause_children"]) == 75_758
    assert round(100 * value["incredible_years_cost"] / value["conduct_disorder_cost"], 2) == 2.24


def test_figures_of_the_appendix_that_do_not_come_out_say_so() -> None:
    value, caveat = benefit(), shipped("halton_cost_benefit.csv").set_index("figure_id")["caveat"]
    assert value["copd_patients"] * value["copd_saving"] in numbers_in(caveat["copd_saving_halton"])
    assert value["falls_prevented"] * value["hip_fracture_cost"] / 1e6 in numbers_in(caveat["falls_saving"])
    assert {0.26 * 70_000, 0.26 * 75_000} <= numbers_in(caveat["falls_prevented"])


def test_ratios_carry_the_warning_not_to_multiply() -> None:
    ratios = shipped("halton_cost_benefit.csv").query("kind == 'return per pound'")
    assert len(ratios) == 7
    assert ratios["caveat"].str.contains("Never to be multiplied").all()


@pytest.mark.parametrize(
    ("change", "message"),
    [({"lower": ""}, "both ends"), ({"lower": "70000"}, "above the upper"), ({"approximation": "about"}, "both ends")],
)
def test_contract_refuses_half_a_range(change: dict[str, str], message: str) -> None:
    raw = pd.read_csv(PUBLISHED / "halton_cost_benefit.csv", dtype=str, keep_default_na=False)
    row = raw[raw["figure_id"].eq("poor_literacy_cost")].reset_index(drop=True).assign(**change)
    with pytest.raises(ContractBroken, match=message):
        typed(row, HALTON_COST_BENEFIT, "halton_cost_benefit.csv")


def test_contract_refuses_a_sentence_for_a_fragment() -> None:
    raw = pd.read_csv(PUBLISHED / "priority_groups.csv", dtype=str, keep_default_na=False)
    with pytest.raises(ContractBroken, match="as_printed"):
        typed(raw.assign(as_printed="one two three four five six seven"), PRIORITY_GROUPS, "priority_groups.csv")


# Lists


@pytest.mark.parametrize(
    ("council", "kind", "rows"),
    [
        ("E06000024", "target group", 4),
        ("E06000024", "pledge", 8),
        ("E06000024", "pathway stage", 6),
        ("E06000024", "theme", 7),
        ("E06000024", "lead", 7),
        ("E06000054", "service", 24),
        ("E06000054", "impact indicator", 28),
        ("E06000022", "service", 26),
        ("E06000022", "partnership outcome", 9),
    ],
)
def test_lists_are_whole_and_numbered(council: str, kind: str, rows: int) -> None:
    entries = shipped("other_strategies.csv").query("area_code == @council and kind == @kind")
    assert sorted(entries["position"]) == list(range(1, rows + 1))


def test_every_theme_has_its_lead() -> None:
    entries = shipped("other_strategies.csv")
    themes = entries.query("kind == 'theme'").set_index("position")["statement"]
    assert entries.query("kind == 'lead'").set_index("position")["topic"].to_dict() == themes.to_dict()


# The proofs, on a strategy of three lines

TEXTS = {BNES: ["- 1,250 families in need", "- saving £20million", "- nothing"]}


def listed(*rows: tuple[str, str, float]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["entry_id", "as_printed", "value"])
    return frame.assign(locator=[f"{BNES}, chapter 1, line {line}" for line in range(1, len(frame) + 1)])


def test_proof_accepts_figures_at_their_scale_and_refuses_others() -> None:
    prove_rows(listed(("a", "1,250 families", 1250), ("b", "£20million", 20_000_000)), "entry_id", ["value"], TEXTS)
    with pytest.raises(TranscriptionError, match=r"\[1251.0\] does not stand at a"):
        prove_rows(listed(("a", "families", 1251.0)), "entry_id", ["value"], TEXTS)
    with pytest.raises(TranscriptionError, match="'children' does not stand at a"):
        prove_rows(listed(("a", "children", 1250)), "entry_id", ["value"], TEXTS)


def test_proof_refuses_a_line_or_a_figure_left_over() -> None:
    rows = listed(("a", "families", 1250), ("b", "saving", 20))
    prove_no_figure_left([rows], BNES, [range(1, 4)], TEXTS)
    with pytest.raises(TranscriptionError, match=r"lines \[3\]"):
        prove_no_line_left(rows, BNES, range(1, 4), "- ", TEXTS)
    with pytest.raises(TranscriptionError, match=r"line 2 of .*\[20.0\] was not transcribed"):
        prove_no_figure_left([rows.iloc[:1]], BNES, [range(1, 4)], TEXTS)


def test_proof_refuses_an_item_transcribed_twice() -> None:
    rows = pd.concat([listed(("a", "families", 1250), ("b", "saving", 20), ("c", "nothing", 0)).iloc[[0, 1, 2, 2]]])
    with pytest.raises(TranscriptionError, match="line 3 is transcribed twice"):
        prove_list(rows, "entry_id", range(1, 4), "- ", TEXTS)


def test_locator_must_name_a_strategy() -> None:
    assert strategy_passages(f"{BNES}, chapter 1, lines 1 and 3", TEXTS) == ["- 1,250 families in need", "- nothing"]
    with pytest.raises(TranscriptionError, match="does not start with the name of a strategy"):
        document_of("Section 4, line 3")


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("around £8,25m.", {8.25, 8_250_000}),
        ("c12,000 children", {12_000}),
        ("twice as many", {2}),
        ("£45 million a year by 1%", {45, 45_000_000, 1}),
        ("almost £20million", {20, 20_000_000}),
        ("none of it", set()),
    ],
)
def test_figures_in_words(text: str, figures: set[float]) -> None:
    assert figures_in(text) == figures
