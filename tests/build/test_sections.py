"""The sections of the 2020 assessment: what must hold of the shipped tables, what comes out again, and the proofs."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.build.lawful import require_lawful
from analysis.build.sections2020 import (
    figures_in,
    prove_data_capture,
    prove_figures,
    prove_logic_model,
    prove_none_left,
    prove_recommendations,
    prove_series,
    prove_thresholds,
)
from analysis.build.source_text import TranscriptionError, by_hand
from analysis.sources.contracts import Contract, ContractBroken, typed
from analysis.sources.tables.observations import ASSESSMENT_INDICATORS, ASSESSMENT_OBSERVATIONS
from analysis.sources.tables.sections2020 import (
    DATA_CAPTURE,
    LOGIC_STAGES,
    RECOMMENDATIONS,
    SERVICE_STATEMENTS,
    THEMATIC_ANALYSIS,
    THRESHOLDS,
)

PUBLISHED = Path(__file__).resolve().parents[2] / "data" / "published"
CONTRACTS = (
    ASSESSMENT_OBSERVATIONS,
    ASSESSMENT_INDICATORS,
    THRESHOLDS,
    THEMATIC_ANALYSIS,
    DATA_CAPTURE,
    RECOMMENDATIONS,
    SERVICE_STATEMENTS,
)
BANDS = ("0_4", "5_11", "12_15", "16_18")
COUNCIL, ENGLAND = "E06000022", "E92000001"


def shipped(contract: Contract) -> pd.DataFrame:
    return by_hand(PUBLISHED / f"{contract.name.lower()}.csv", contract)


def figure(name: str, column: str = "value", area: str = COUNCIL, period: str | None = None) -> float:
    rows = shipped(ASSESSMENT_OBSERVATIONS).query("indicator_id == @name and area_code == @area")
    rows = rows if period is None else rows[rows["period"].eq(period)]
    assert len(rows) == 1, name
    return float(rows[column].iloc[0])


def n(name: str, **where: str) -> float:
    return figure(f"na2020_{name}", **where)


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.name)
def test_shipped_table_keeps_its_contract(contract: Contract) -> None:
    assert list(shipped(contract).columns) == contract.columns


def test_every_observation_is_lawful_and_every_indicator_observed() -> None:
    observations, indicators = shipped(ASSESSMENT_OBSERVATIONS), shipped(ASSESSMENT_INDICATORS)
    require_lawful(observations, indicators, "assessment_observations.csv")
    assert indicators["indicator_id"].str.startswith("na2020_").all()
    assert len(observations) == 164
    assert len(indicators) == 122


def test_blanks_keep_their_meaning() -> None:
    blank = shipped(ASSESSMENT_OBSERVATIONS).query("status != 'ok'")
    assert blank.groupby("status").size().to_dict() == {"missing": 7, "not_applicable": 3}
    assert blank["note"].notna().all()


def test_what_the_source_models_says_so() -> None:
    caveats = shipped(ASSESSMENT_INDICATORS).set_index("indicator_id")["caveat"]
    modelled = [f"na2020_disability_estimate_{band}" for band in (*BANDS, "0_18", "text")]
    assert caveats[modelled].str.contains("modelled estimate, not a count").all()


# Recomputed: the disability estimate


@pytest.mark.parametrize("band", BANDS)
@pytest.mark.parametrize("column", ["value", "lower", "upper"])
def test_disability_estimate_is_the_population_times_the_prevalence(band: str, column: str) -> None:
    prevalence = n(f"disability_prevalence_{band}", column=column, area="K02000001")
    expected = n(f"disability_population_{band}") * prevalence / 100
    assert n(f"disability_estimate_{band}", column=column) == pytest.approx(expected, abs=0.005)


@pytest.mark.parametrize("column", ["value", "lower", "upper"])
def test_disability_total_is_the_sum_of_its_bands(column: str) -> None:
    summed = sum(n(f"disability_estimate_{band}", column=column) for band in BANDS)
    assert n("disability_estimate_0_18", column=column) == pytest.approx(summed, abs=0.006)


def test_disability_population_is_the_sum_of_its_bands() -> None:
    assert n("disability_population_0_18") == sum(n(f"disability_population_{band}") for band in BANDS)


@pytest.mark.parametrize("column", ["value", "lower", "upper"])
def test_disability_text_falls_short_of_the_table_by_the_same_children_each_time(column: str) -> None:
    """A constant number of children aged 0-4 at their prevalence: the disagreement the ledger explains."""
    short = n("disability_estimate_0_18", column=column) - n("disability_estimate_text", column=column)
    prevalence = n("disability_prevalence_0_4", column=column, area="K02000001") / 100
    assert short / prevalence == pytest.approx(2019, abs=13)


# Recomputed: youth justice


def test_offences_by_group_make_the_total_and_the_gravities_of_the_series() -> None:
    groups = shipped(ASSESSMENT_OBSERVATIONS)
    groups = groups[groups["locator"].str.contains("offences by group") & ~groups["indicator_id"].str.endswith("_all")]
    assert groups["value"].sum() == n("offences_by_group_all")
    for gravity in ("1_4", "5_8"):
        summed = groups.loc[groups["indicator_id"].str.endswith(gravity), "value"].sum()
        assert summed == n(f"offences_gravity_{gravity}", period="2018/19")


def series() -> pd.DataFrame:
    rows = shipped(ASSESSMENT_OBSERVATIONS)
    rows = rows[rows["locator"].str.contains("pivot table")]
    return rows.pivot_table(index="indicator_id", columns="period", values="value", aggfunc="sum")


def test_series_of_offences_adds_up_both_ways() -> None:
    table = series()
    assert table.shape == (4, 7)
    gravities = table.drop("na2020_offences_all")
    assert gravities.sum().equals(table.loc["na2020_offences_all"].rename(None))
    assert (table.drop(columns="2013/14 to 2018/19").sum(axis=1) == table["2013/14 to 2018/19"]).all()


@pytest.mark.parametrize(
    ("name", "percent"),
    [
        ("reoffending_percent", 41.3),
        ("violent_offences_white_british", 81),
        ("safeguarding_not_accepted_percent", 77),
    ],
)
def test_printed_percentage_is_its_numerator_over_its_denominator(name: str, percent: float) -> None:
    numerator, denominator = n(name, column="numerator"), n(name, column="denominator")
    decimals = 1 if percent % 1 else 0
    assert n(name) == percent
    assert round(100 * numerator / denominator, decimals) == percent


# Recomputed: Early Help


def test_panel_referrals_by_route_have_the_printed_shares() -> None:
    duty, families = n("ehap_through_duty"), n("ehap_through_connecting_families")
    assert duty + families == 281
    assert round(100 * duty / (duty + families), 1) == n("ehap_through_duty_percent") == 91.1
    assert round(100 * families / (duty + families), 1) == n("ehap_through_connecting_families_percent") == 8.9


def test_first_sources_make_the_referrals_of_connecting_families() -> None:
    rows = shipped(ASSESSMENT_OBSERVATIONS)
    sources = rows[rows["indicator_id"].str.startswith("na2020_ehap_connecting_families_from_")]
    assert len(sources) == 11
    total = sources["indicator_id"].str.endswith("_from_all")
    assert sources.loc[~total, "value"].sum() == sources.loc[total, "value"].iloc[0] == 25


@pytest.mark.parametrize(("quarter", "total"), [("2019/20 Q2", 200), ("2019/20 Q3", 250)])
def test_assessments_of_a_quarter_make_the_round_totals_of_the_design(quarter: str, total: int) -> None:
    kinds = ("own_agency_assessments", "early_help_assessments")
    assert sum(n(kind, period=quarter) for kind in kinds) == total


# The tables without figures


def test_five_levels_and_thirteen_predisposing_factors() -> None:
    assert shipped(THRESHOLDS)["level"].tolist() == [1, 2, 3, 4, 5]
    sizes = shipped(THEMATIC_ANALYSIS).groupby("logic_stage").size().to_dict()
    assert sizes == dict(zip(LOGIC_STAGES, (13, 8, 3, 4, 4, 4), strict=True))


def test_recommendations_are_eight_with_seventeen_steps_and_no_outcome_is_claimed() -> None:
    table = shipped(RECOMMENDATIONS)
    assert table["part_of"].isna().sum() == 8
    assert table["part_of"].notna().sum() == 17
    assert set(table["recommendation_status"]) == {"recommended in 2020"}
    assert table["owner"].notna().sum() == 1


def test_data_capture_names_what_is_not_shared() -> None:
    table = shipped(DATA_CAPTURE)
    assert set(table.query("shared == 'not shared'")["record_id"]) == {
        "universal_cases",
        "targeted_own_assessments",
        "panel_cases",
    }
    assert table.query("system.isna()")["record_id"].tolist() == ["universal_cases"]


def test_what_is_said_of_services_without_a_figure() -> None:
    table = shipped(SERVICE_STATEMENTS)
    assert table.groupby("subject").size().to_dict() == {
        "assessment": 1,
        "demand and capacity": 3,
        "referral source": 3,
        "what a case is": 1,
    }


def test_a_quotation_longer_than_an_anchor_is_refused() -> None:
    row = (
        shipped(SERVICE_STATEMENTS)
        .head(1)
        .astype(str)
        .assign(as_printed="one two three four five six seven eight nine")
    )
    with pytest.raises(ContractBroken, match="Quote at most 8 words"):
        typed(row, SERVICE_STATEMENTS, "service_statements.csv")


# The proofs


def observation(**changes: object) -> pd.DataFrame:
    row = {
        "indicator_id": "na2020_test",
        "area_code": COUNCIL,
        "period": "2018",
        "value": 12.5,
        "lower": None,
        "upper": None,
        "numerator": None,
        "denominator": None,
        "note": None,
        "locator": "Section 1, line 1",
    }
    return pd.DataFrame([row | changes])


def test_a_figure_must_stand_on_its_line() -> None:
    prove_figures(observation(), ["a share of 12.5%"])
    with pytest.raises(TranscriptionError, match=r"na2020_test: \[12.5\] is not at Section 1, line 1"):
        prove_figures(observation(), ["a share of 12.6%"])


@pytest.mark.parametrize("column", ["lower", "upper", "numerator", "denominator"])
def test_limits_and_counts_must_stand_there_too(column: str) -> None:
    with pytest.raises(TranscriptionError, match="na2020_test"):
        prove_figures(observation(**{column: 99}), ["a share of 12.5%"])


def test_a_figure_in_words_counts_only_where_the_note_says_so() -> None:
    prove_figures(observation(value=12, note='printed in words as "Twelve percent"'), ["Twelve percent"])
    with pytest.raises(TranscriptionError, match="na2020_test"):
        prove_figures(observation(value=12), ["Twelve percent"])


@pytest.mark.parametrize(("value", "words"), [(3, "two out of three"), (2, "two out of four"), (2, "three")])
def test_a_figure_in_words_must_be_the_one_quoted(value: int, words: str) -> None:
    rows = observation(value=value, note=f'printed in words as "{words}"')
    with pytest.raises(TranscriptionError):
        prove_figures(rows, ["over in two out of three quarters"])


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("192,106 people", [192106]),
        ("(22, 308 people)", [22308]),
        ("quarter 3, 2019/20, 233 were", [3, 2019, 20, 233]),
        ("1209.09 and 24% to 24%", [1209.09, 24, 24]),
        ("none", []),
    ],
)
def test_figures_in(text: str, numbers: list[float]) -> None:
    assert figures_in(text) == numbers


def test_a_number_left_over_is_refused() -> None:
    lines = ["In 2018, 30 young people aged 10-17<sup>23</sup>, a rate of 190.4"]
    read = [(1, 30.0), (1, 190.4)]
    prove_none_left(read, lines, [1], {1: "ages 10-17"})
    with pytest.raises(TranscriptionError, match=r"line 1: \[190.4\] was not transcribed"):
        prove_none_left(read[:1], lines, [1], {1: "ages 10-17"})
    with pytest.raises(TranscriptionError, match=r"\[10.0, 17.0\] was not transcribed"):
        prove_none_left(read, lines, [1], {})


def test_a_name_that_is_not_left_over_is_refused() -> None:
    with pytest.raises(TranscriptionError, match=r"line 1: \[17.0\] is named but not left over"):
        prove_none_left([(1, 30.0)], ["30 young people"], [1], {1: "age 17"})


def test_a_number_printed_twice_must_be_read_twice() -> None:
    lines = ["from 24% to 27% and from 19% to 24%"]
    once = [(1, 24.0), (1, 27.0), (1, 19.0)]
    prove_none_left([*once, (1, 24.0)], lines, [1], {})
    with pytest.raises(TranscriptionError, match=r"line 1: \[24.0\]"):
        prove_none_left(once, lines, [1], {})


def test_footnotes_addresses_and_heading_numbers_are_no_figures() -> None:
    lines = [
        "<sup>12</sup> Study 7",
        "## 4.3 Heading",
        "See [here](https://example.org/99) or <https://example.org/98>",
    ]
    prove_none_left([], lines, [1, 2, 3], {})


def series_lines() -> list[str]:
    years = "\t".join(["", "2013-14", "2014-15", "2015-16", "2016-17", "2017-18", "2018-19", ""])
    row = "\t".join(["1-4", "", "", "", "1", "2", "3", "6"])
    return [""] * 412 + [years] + [row] * 4


def series_rows() -> pd.DataFrame:
    blank = dict.fromkeys(("2013/14", "2014/15", "2015/16"))
    cells = {"2016/17": 1.0, "2017/18": 2.0, "2018/19": 3.0, "2013/14 to 2018/19": 6.0} | blank
    return pd.DataFrame(
        [
            {"period": period, "value": value, "locator": f"Section 4.3, line {line}"}
            for line in range(414, 418)
            for period, value in cells.items()
        ]
    )


def test_a_figure_of_the_series_in_the_wrong_year_is_refused() -> None:
    rows = series_rows()
    prove_series(rows, series_lines())
    swapped = rows.replace({"period": {"2016/17": "2017/18", "2017/18": "2016/17"}})
    with pytest.raises(TranscriptionError, match=r"differs in \['2016/17', '2017/18'\]"):
        prove_series(swapped, series_lines())


def test_a_blank_of_the_series_may_not_become_nought() -> None:
    with pytest.raises(TranscriptionError, match=r"differs in \['2013/14', '2014/15', '2015/16'\]"):
        prove_series(series_rows().fillna({"value": 0.0}), series_lines())


def test_a_blank_of_the_series_must_be_said_to_be_blank() -> None:
    with pytest.raises(TranscriptionError, match=r"differs in \['2014/15'\]"):
        prove_series(series_rows().query("period != '2014/15'"), series_lines())


def test_a_level_must_stand_on_both_its_lines() -> None:
    table = shipped(THRESHOLDS)
    lines = [""] * 950
    for row, (first, second) in zip(
        table.itertuples(), zip(range(149, 154), range(934, 943, 2), strict=True), strict=True
    ):
        lines[first - 1], lines[second - 1] = row.as_printed, f"Levels {row.level}"
    prove_thresholds(table, lines)
    lines[941] = "Level 4"
    with pytest.raises(TranscriptionError, match="level 5 does not stand"):
        prove_thresholds(table, lines)


def logic_lines(last: str = "") -> list[str]:
    return [""] * 995 + ["\t".join(["Low income", "Poor sleep", "", "", "", ""])] + [last] * 1 + [""] * 11


def logic_rows() -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"logic_stage": stage, "as_printed": words, "locator": "Section 10.1, line 996"}
            for stage, words in (("predisposing_factors", "Low income"), ("triggering_factors", "Poor sleep"))
        ]
    )


def test_a_finding_must_stand_in_its_own_column() -> None:
    prove_logic_model(logic_rows(), logic_lines())
    with pytest.raises(TranscriptionError, match="column 2"):
        prove_logic_model(logic_rows().assign(logic_stage=["triggering_factors"] * 2), logic_lines())


def test_a_finding_left_out_is_refused() -> None:
    with pytest.raises(TranscriptionError, match=r"\(997, 0\)"):
        prove_logic_model(logic_rows(), logic_lines("Bereavement"))


def capture(**changes: object) -> tuple[pd.DataFrame, list[str]]:
    rows = pd.DataFrame(
        [
            {
                "record_id": f"r{line}",
                "system": "Form",
                "shared": "reported",
                "as_printed": "Form",
                "locator": f"A, line {line}",
            }
            for line in range(2009, 2019)
        ]
    )
    rows.loc[0, list(changes)] = list(changes.values())
    return rows, [""] * 2008 + ["Holder\tActivity\tForm\tReported"] * 10


def test_data_capture_follows_its_cells() -> None:
    prove_data_capture(*capture())
    with pytest.raises(TranscriptionError, match="'Reported', not 'not shared'"):
        prove_data_capture(*capture(shared="not shared"))
    with pytest.raises(TranscriptionError, match="prints 'Form' for the system"):
        prove_data_capture(*capture(system=None))


def test_a_row_of_data_capture_left_out_is_refused() -> None:
    rows, lines = capture()
    with pytest.raises(TranscriptionError, match=r"lines \[2018\]"):
        prove_data_capture(rows.iloc[:-1], lines)


def recommended(parts: tuple[str | None, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "recommendation_id": f"r{line}",
                "part_of": part,
                "as_printed": "Review",
                "locator": f"Section 12, line {line}",
            }
            for line, part in zip((1592, 1593), parts, strict=True)
        ]
    )


def test_a_step_is_part_of_a_recommendation_exactly_where_it_is_indented() -> None:
    lines = [""] * 1591 + ["- Review all", "  - Review one"] + [""] * 40
    prove_recommendations(recommended((None, "r01")), lines)
    with pytest.raises(TranscriptionError, match="indented"):
        prove_recommendations(recommended((None, None)), lines)
    lines[1600] = "- Review more"
    with pytest.raises(TranscriptionError, match="1601"):
        prove_recommendations(recommended((None, "r01")), lines)


# Observations against indicators


def known(**changes: object) -> pd.DataFrame:
    return pd.DataFrame(
        [{"indicator_id": "na2020_test", "unit": "%", "per": 100.0, "least": 0.0, "most": 100.0} | changes]
    )


def seen(**changes: object) -> pd.DataFrame:
    return pd.DataFrame(
        [{"indicator_id": "na2020_test", "value": 12.0, "lower": float("nan"), "upper": float("nan")} | changes]
    )


def test_lawful_observations_pass() -> None:
    require_lawful(seen(), known(), "o.csv")
    require_lawful(seen(value=float("nan")), known(), "o.csv")
    require_lawful(seen(value=1e6), known(most=float("nan")), "o.csv")


@pytest.mark.parametrize("column", ["value", "lower", "upper"])
def test_a_figure_outside_its_range_is_refused_with_file_row_and_remedy(column: str) -> None:
    with pytest.raises(
        ContractBroken, match=rf"o.csv, row 2, column {column}: found '101'.*at least 0 and at most 100"
    ):
        require_lawful(seen(**{column: 101.0}), known(), "o.csv")


def test_an_unknown_indicator_and_an_unused_one_are_refused_together() -> None:
    with pytest.raises(ContractBroken) as refusal:
        require_lawful(seen(indicator_id="na2020_other"), known(), "o.csv")
    assert "Declare the indicator" in str(refusal.value)
    assert "na2020_test without an observation" in str(refusal.value)
