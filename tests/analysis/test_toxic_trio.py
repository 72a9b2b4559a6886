"""Parents known to services by ward: totals kept, bounds kept, the same answer every time; and the council's series."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis import toxic_trio
from analysis.editions import COUNCIL, ENGLAND
from analysis.gap import gap
from analysis.sources.library import Library
from analysis.statistics.intervals import wilson
from analysis.statistics.trend import Direction, Reason

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
    assert ours["against_england"] == "Higher (99.8%)"


def test_england_has_no_limits_and_is_not_set_against_itself(shipped: Library) -> None:
    rows = toxic_trio.factor_series(shipped, "alcohol_parent")
    england = rows[rows["area_code"] == ENGLAND]
    assert england[["percent_lower", "percent_upper", "percent_lower_998"]].isna().all(axis=None)
    assert (england["against_england"] == "Not compared").all()


def test_a_suppressed_year_stays_blank_with_its_status(shipped: Library) -> None:
    rows = toxic_trio.factor_series(shipped, "mental_health_child").set_index(["area_code", "year_ending"])
    hidden = rows.loc[(COUNCIL, 2022)]
    assert hidden["status"] == "suppressed"
    assert hidden[["percent", "percent_lower", "percent_upper"]].isna().all()
    assert hidden["against_england"] == "Not compared"


def test_a_council_is_lower_similar_or_higher_by_its_limits_at_both_levels(shipped: Library) -> None:
    for factor in toxic_trio.FACTORS:
        rows = toxic_trio.factor_series(shipped, factor).dropna(subset=["percent_lower", "england_percent"])
        assert (rows["percent_lower_998"] <= rows["percent_lower"]).all()
        for row in rows.to_dict("records"):
            at_95 = row["percent_lower"] <= row["england_percent"] <= row["percent_upper"]
            at_998 = row["percent_lower_998"] <= row["england_percent"] <= row["percent_upper_998"]
            assert (row["against_england"] == "Similar") == at_95
            assert row["against_england"].endswith("(99.8%)") == (not at_998)
            assert row["against_england"].startswith("Higher") == (row["england_percent"] < row["percent_lower"])


def series_of(counts: list[float | None], assessments: int = 1000, area: str = COUNCIL) -> pd.DataFrame:
    """A factor series of one area, years ending 2021 onwards."""
    table = pd.DataFrame({"area_code": area, "year_ending": range(2021, 2021 + len(counts)), "count": counts})
    return table.assign(assessments=assessments, percent=100 * table["count"].astype(float) / assessments)


def test_a_steady_rise_is_increasing() -> None:
    found = toxic_trio.factor_trends(series_of([100, 120, 140, 160, 180])).iloc[0]
    assert found["direction"] == Direction.INCREASING
    assert found[["first_year", "last_year"]].tolist() == [2021, 2025]
    assert found[["first_percent", "last_percent"]].tolist() == [10, 18]
    assert found["chi_squared"] > 9.55


def test_only_the_five_newest_years_are_tested() -> None:
    found = toxic_trio.factor_trends(series_of([900, 900, 100, 100, 100, 100, 100])).iloc[0]
    assert found["direction"] == Direction.NO_CHANGE
    assert found["reason"] == Reason.NOT_SIGNIFICANT
    assert found[["first_year", "last_year"]].tolist() == [2023, 2027]


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ([100, 120, None, 160, 180], Reason.MISSING),
        ([100, 120, 0, 160, 180], Reason.ALL_OR_NONE),
        ([100, 120, 140, 160], Reason.TOO_FEW),
    ],
)
def test_a_trend_that_cannot_be_calculated_says_why(counts: list[float | None], reason: Reason) -> None:
    found = toxic_trio.factor_trends(series_of(counts)).iloc[0]
    assert found["direction"] == Direction.UNKNOWN
    assert found["reason"] == reason
    assert np.isnan(found["chi_squared"])


def test_one_year_that_decides_the_direction_is_an_outlier() -> None:
    found = toxic_trio.factor_trends(series_of([200, 100, 105, 110, 115], assessments=2000)).iloc[0]
    assert found["direction"] == Direction.NO_CHANGE
    assert found["reason"] == Reason.OUTLIER
    assert found["chi_squared"] > 9.55


def test_the_largest_step_is_between_two_years_that_follow_each_other() -> None:
    found = toxic_trio.factor_trends(series_of([36, 14, 34, 39, 408])).iloc[0]
    assert found[["step_year", "step_from", "step_to"]].tolist() == pytest.approx([2025, 3.9, 40.8])
    gap = toxic_trio.factor_trends(series_of([100, 120, None, 400, 410])).iloc[0]
    assert gap["step_year"] == 2022


def test_trends_of_the_shipped_series(shipped: Library) -> None:
    found = toxic_trio.factor_trends(toxic_trio.factor_series(shipped, "domestic_abuse_parent")).set_index("area_code")
    assert found.loc[COUNCIL, "direction"] == Direction.INCREASING
    assert found.loc[COUNCIL, "chi_squared"] == pytest.approx(20.47, abs=0.01)
    assert found.loc[ENGLAND, "reason"] == Reason.OUTLIER
    hidden = toxic_trio.factor_trends(toxic_trio.factor_series(shipped, "mental_health_child")).set_index("area_code")
    assert hidden.loc[COUNCIL, "reason"] == Reason.MISSING


def test_rounding_england_to_ten_is_less_than_one_in_a_thousand(shipped: Library) -> None:
    rows = shipped.table("ASSESSMENT_FACTORS")
    assert rows.loc[rows["area_code"] == ENGLAND, "count"].min() > 10_000
