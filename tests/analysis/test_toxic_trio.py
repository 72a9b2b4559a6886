"""Parents known to services by ward: totals kept, bounds kept, the same answer every time; and the council's series."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import toxic_trio
from analysis.editions import COUNCIL, ENGLAND
from analysis.gap import gap
from analysis.sources.library import Library
from analysis.statistics.intervals import wilson

BASES = {"one_or_more": 702, "three": 97}
LISTED = {
    "one_or_more": {"Twerton": 98, "Westmoreland": 49, "Combe Down": 42, "Radstock": 35},
    "three": {"Twerton": 15, "Abbey": 7, "Peasedown": 6, "Westmoreland": 6},
}
EVERY_CHOICE = [(group, covariate) for group in toxic_trio.GROUPS for covariate in toxic_trio.COVARIATES]


def published_rows(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["state"] == "published"]


def modelled_rows(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["basis"] == "modelled"]


@pytest.mark.parametrize(("group", "covariate"), EVERY_CHOICE)
def test_the_wards_add_up_to_the_published_base(shipped: Library, group: str, covariate: str) -> None:
    rows = toxic_trio.ward_estimates(shipped, group, covariate)
    assert len(rows) == 37
    assert rows["parents"].sum() == pytest.approx(BASES[group], abs=1e-9)


@pytest.mark.parametrize(("group", "covariate"), EVERY_CHOICE)
def test_no_unlisted_ward_is_above_the_last_listed_one(shipped: Library, group: str, covariate: str) -> None:
    rows = toxic_trio.ward_estimates(shipped, group, covariate)
    last = published_rows(rows)["parents"].min()
    others = modelled_rows(rows)
    assert (others["parents"] <= last + 1e-9).all()
    assert (others["upper"] <= others["most"] + 1e-9).all()
    assert others["most"].unique().tolist() == [published_rows(rows)["most"].min()]


@pytest.mark.parametrize(("group", "covariate"), EVERY_CHOICE)
def test_an_estimate_lies_within_its_own_limits(shipped: Library, group: str, covariate: str) -> None:
    rows = toxic_trio.ward_estimates(shipped, group, covariate)
    assert (rows["lower"] <= rows["parents"] + 1e-9).all()
    assert (rows["upper"] >= rows["parents"] - 1e-9).all()
    assert (rows["lower"] >= 0).all()


@pytest.mark.parametrize("group", list(toxic_trio.GROUPS))
def test_the_same_answer_comes_out_every_time(shipped: Library, group: str) -> None:
    first = toxic_trio.ward_estimates(shipped, group)
    pd.testing.assert_frame_equal(first, toxic_trio.ward_estimates(shipped, group))


@pytest.mark.parametrize("group", list(toxic_trio.GROUPS))
def test_the_listed_wards_are_those_printed_with_their_counts(shipped: Library, group: str) -> None:
    rows = published_rows(toxic_trio.ward_estimates(shipped, group))
    counts = {shipped.names[code]: parents for code, parents in zip(rows["area_code"], rows["parents"], strict=True)}
    assert counts == LISTED[group]


def test_published_counts_carry_wilson_limits_and_what_rounding_allows(shipped: Library) -> None:
    base, rows = toxic_trio.published(shipped, "one_or_more")
    twerton = rows.loc["E05001966"]
    assert (base, twerton["least"], twerton["most"]) == (702, 95, 101)
    assert 100 * twerton["lower"] / base == pytest.approx(11.6, abs=0.05)
    assert 100 * twerton["upper"] / base == pytest.approx(16.7, abs=0.05)
    lower, upper = wilson(np.array([98.0]), np.array([702.0]))
    assert (twerton["lower"], twerton["upper"]) == pytest.approx((702 * lower[0], 702 * upper[0]))


def test_shares_of_a_small_base_give_the_counts_away_exactly(shipped: Library) -> None:
    _, rows = toxic_trio.published(shipped, "three")
    assert (rows["least"] == rows["most"]).all()
    assert sorted(rows["most"], reverse=True) == [15, 7, 6, 6]


def test_southdown_alone_is_held_at_the_bound_when_spread_by_children(shipped: Library) -> None:
    rows = toxic_trio.ward_estimates(shipped, "one_or_more", "children").set_index("area_code")
    held = rows[rows["state"] == "held"]
    assert [shipped.names[code] for code in held.index] == ["Southdown"]
    assert held["parents"].iloc[0] == 35
    assert not rows.loc[rows["state"] == "modelled", "parents"].ge(35).any()


def test_below_the_bound_estimates_follow_the_covariate_in_proportion(shipped: Library) -> None:
    rows = toxic_trio.ward_estimates(shipped, "one_or_more", "everyone").set_index("area_code")
    free = rows.index[rows["state"] == "modelled"]
    ratio = rows.loc[free, "parents"] / toxic_trio.covariates(shipped).loc[free, "everyone"]
    assert ratio.max() == pytest.approx(ratio.min())


def test_only_listed_wards_have_a_share(shipped: Library) -> None:
    rows = toxic_trio.ward_estimates(shipped, "one_or_more")
    assert published_rows(rows)["share"].notna().all()
    assert modelled_rows(rows)["share"].isna().all()


def test_twerton_has_three_and_a_half_times_its_share_of_children(shipped: Library) -> None:
    rows = toxic_trio.location_quotients(shipped, "one_or_more").set_index("area_code")
    twerton = rows.loc["E05001966"]
    assert round(twerton["of_children"], 1) == 3.5
    assert round(twerton["of_income_deprived"], 1) == 1.3
    assert twerton["of_income_deprived_lower"] > 1


def test_quotients_agree_with_the_gap_of_the_overview(shipped: Library) -> None:
    rows = toxic_trio.location_quotients(shipped, "one_or_more").set_index("area_code")
    overview = gap(shipped, "2020", "idaci2015", "contact2017").table.set_index("area_code").loc[rows.index]
    assert rows["of_income_deprived"].to_numpy() == pytest.approx(overview["oe"].to_numpy(float))
    assert rows["of_income_deprived_lower"].to_numpy() == pytest.approx(overview["oe_lower"].to_numpy(float))
    assert rows["of_income_deprived_upper"].to_numpy() == pytest.approx(overview["oe_upper"].to_numpy(float))


def test_quotients_are_worked_out_for_listed_wards_only(shipped: Library) -> None:
    for group in toxic_trio.GROUPS:
        names = {shipped.names[code] for code in toxic_trio.location_quotients(shipped, group)["area_code"]}
        assert names == set(LISTED[group])


def test_council_figures_stand_in_the_order_of_the_source_and_filter_by_topic(shipped: Library) -> None:
    rows = toxic_trio.council_figures(shipped)
    assert len(rows) == len(shipped.table("TOXIC_TRIO_COUNCIL"))
    assert rows["locator"].iloc[0] == "Section 4.4.1, line 452"
    assert rows["locator"].str.extract(r"Section (4\.4\.\d)")[0].is_monotonic_increasing
    alcohol = toxic_trio.council_figures(shipped, "alcohol")
    assert set(alcohol["topic"]) == {"alcohol"}


@pytest.mark.parametrize("factor", list(toxic_trio.FACTORS))
def test_every_factor_has_eight_years_for_four_councils_and_england(shipped: Library, factor: str) -> None:
    rows = toxic_trio.factor_series(shipped, factor)
    assert len(rows) == 40
    assert set(rows["area_code"]) == set(toxic_trio.COMPARED)
    assert sorted(rows["year_ending"].unique()) == list(range(2018, 2026))


def test_the_council_in_2025_by_hand(shipped: Library) -> None:
    rows = toxic_trio.factor_series(shipped, "domestic_abuse_parent").set_index(["area_code", "year_ending"])
    ours = rows.loc[(COUNCIL, 2025)]
    assert (ours["count"], ours["assessments"], ours["percent"]) == (240, 600, 40.0)
    assert (round(ours["percent_lower"], 1), round(ours["percent_upper"], 1)) == (36.2, 44.0)
    assert round(ours["england_percent"], 1) == 31.7
    assert ours["against_england"] == "above"


def test_england_has_no_limits_and_is_not_set_against_itself(shipped: Library) -> None:
    rows = toxic_trio.factor_series(shipped, "alcohol_parent")
    england = rows[rows["area_code"] == ENGLAND]
    assert england[["percent_lower", "percent_upper"]].isna().all(axis=None)
    assert (england["against_england"] == "").all()


def test_a_suppressed_year_stays_blank_with_its_status(shipped: Library) -> None:
    rows = toxic_trio.factor_series(shipped, "mental_health_child").set_index(["area_code", "year_ending"])
    hidden = rows.loc[(COUNCIL, 2022)]
    assert hidden["status"] == "suppressed"
    assert hidden[["percent", "percent_lower", "percent_upper"]].isna().all()
    assert hidden["against_england"] == ""


@pytest.mark.parametrize(
    ("lower", "upper", "benchmark", "said"),
    [
        (10, 20, 25, "below"),
        (10, 20, 5, "above"),
        (10, 20, 15, "similar"),
        (10, 20, 20, "similar"),
        (10, 20, 10, "similar"),
        (np.nan, 20, 15, ""),
        (10, np.nan, 15, ""),
        (10, 20, np.nan, ""),
    ],
)
def test_the_benchmark_rule_calls_touching_similar(lower: float, upper: float, benchmark: float, said: str) -> None:
    assert toxic_trio.benchmark_words(np.array([lower]), np.array([upper]), np.array([benchmark])) == [said]


@given(st.floats(0, 50), st.floats(0, 50), st.floats(0, 100))
def test_the_benchmark_rule_always_says_one_of_three(lower: float, width: float, benchmark: float) -> None:
    said = toxic_trio.benchmark_words(np.array([lower]), np.array([lower + width]), np.array([benchmark]))
    assert said[0] in ("below", "similar", "above")
    assert (said[0] == "similar") == (lower <= benchmark <= lower + width)
