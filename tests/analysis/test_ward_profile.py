"""The parts of a ward's profile beside need and provision: domains, indicators, services, and what changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd
import pytest

from analysis import low_income, ward_change, ward_deprivation, ward_indicators, ward_services
from analysis.comparison import Verdict
from analysis.deprivation import DOMAINS
from analysis.need import NEEDS, need_table
from analysis.refusal import Refusal
from analysis.sources.library import Library
from analysis.statistics.differences import newcombe
from analysis.ward_facts import Facts, frame
from analysis.ward_together import Together
from tests.world.three_wards import FIR, activity_line

COMBE_DOWN, TWERTON = "E05012466", "E05012488"
TWERTON_11, BATHAVON_SOUTH_11 = "E05001966", "E05001938"


@pytest.fixture
def today(wards: dict[str, Together]) -> Together:
    return wards["2026"]


@pytest.fixture
def then(wards: dict[str, Together]) -> Together:
    return wards["2020"]


def _told(facts: Facts, group: str, label: str) -> pd.Series:
    rows = frame(facts)
    found = rows[rows["group"].str.startswith(group) & rows["label"].eq(label)]
    assert len(found) == 1
    return found.iloc[0]


def test_a_pocket_is_named_on_every_domain_that_shows_it_whatever_the_average(today: Together) -> None:
    facts = ward_deprivation.domains(today, COMBE_DOWN)
    imd = _told(facts, "All domains", f"Neighbourhoods {ward_deprivation.POCKET}, 2025")
    assert imd[["value", "council"]].tolist() == [1, 5]
    assert imd["note"] == "Fox Hill North (E01014390), tenth 1"
    average = _told(facts, "All domains", f"{ward_deprivation.MEASURE}, 2025")
    assert average["value"] == pytest.approx(15.06, abs=0.005)
    assert average["basis"] == "modelled"
    assert set(frame(facts)["group"]) == set(DOMAINS.values())


def test_the_range_runs_from_the_most_to_the_least_deprived_neighbourhood(today: Together) -> None:
    facts = ward_deprivation.domains(today, COMBE_DOWN)
    worst = _told(facts, "All domains", "Most deprived neighbourhood, 2025")
    best = _told(facts, "All domains", "Least deprived neighbourhood, 2025")
    assert (worst["value"], best["value"]) == (1, 10)
    scores = [_told(facts, "All domains", f"{end} score of a neighbourhood, 2025")["value"] for end in _ENDS]
    assert scores == [3.601, 48.602]


_ENDS = ("Lowest", "Highest")


def test_a_domain_without_scores_says_why(then: Together) -> None:
    education = _told(ward_deprivation.domains(then, TWERTON_11), "Education", f"{ward_deprivation.MEASURE}, 2019")
    assert np.isnan(education["value"])
    assert "copies we could read" in education["note"]


def test_an_indicator_is_tested_against_the_council_without_the_ward(today: Together) -> None:
    rows = ward_indicators.observed(today).set_index(["indicator_id", "area_code"])
    row = rows.loc[("census2021_disabled_under_the_equality_act", TWERTON)]
    assert (row["numerator"], row["denominator"]) == (1725, 7162)
    by_hand = newcombe(1725, 7162, 31778 - 1725, 193400 - 7162).loc[0]
    expected = 100 * by_hand[["difference", "lower", "upper"]].astype(float)
    assert row[["rest", "rest_lower", "rest_upper"]].astype(float).to_numpy() == pytest.approx(expected.to_numpy())
    facts = frame(ward_indicators.indicators(today, TWERTON))
    own = facts[facts["indicator_id"] == "census2021_disabled_under_the_equality_act"]
    assert own["note"].iloc[1] == ward_indicators.ABOVE


def test_a_plain_count_and_a_figure_without_counts_are_not_tested(then: Together) -> None:
    facts = frame(ward_indicators.indicators(then, TWERTON_11)).set_index(["indicator_id", "label"])
    count = facts.loc[("ctax_support_pension_age", ward_indicators.REST)]
    profile = facts.loc[("local_health_child_poverty", ward_indicators.REST)]
    assert (count["note"], profile["note"]) == (ward_indicators.A_COUNT, ward_indicators.NOT_TESTED)
    assert np.isnan([count["value"], profile["value"]]).all()


def test_profiles_stand_beside_england_for_their_four_wards_only(then: Together) -> None:
    listed, other = (frame(ward_indicators.indicators(then, code)) for code in (TWERTON_11, BATHAVON_SOUTH_11))
    assert listed["england"].notna().sum() >= 10
    assert not other["indicator_id"].str.startswith("local_health").any()
    assert other["england"].isna().all()


def test_topics_without_a_figure_are_named_once(today: Together) -> None:
    silent = ward_indicators.silent_topics(today, TWERTON)
    assert {"early help", "social care", "mental health"} <= set(silent)
    assert not {"health", "population"} & set(silent)


@pytest.mark.parametrize("lens", ["caseload_families", "caseload_youth"])
def test_a_small_caseload_is_withheld_here_as_in_the_comparison(today: Together, lens: str) -> None:
    result = today.gap("low_income_bhc2025", lens)
    assert not isinstance(result, Refusal)
    hidden = result.wards.loc[result.wards["verdict"] == Verdict.NOT_SHOWN, "area_code"]
    assert len(hidden)
    for code in hidden:
        told = _told(ward_services.caseload(today, code, "low_income_bhc2025"), result.provision.title, "Supported")
        assert np.isnan(told["value"])
        assert (told["note"], told["basis"]) == (Verdict.NOT_SHOWN, "illustrative")


def test_a_refused_comparison_gives_no_caseload_and_the_reason(
    changed_world: Callable[..., Library], today: Together
) -> None:
    fir = partial(activity_line, "2026", "2025-26 Q1", "children_centres", "family", FIR)
    small = changed_world(ACTIVITY=(fir(20), fir(2)))
    facts = ward_services.caseload(Together(small, "2026", today.held), "E05012401", "low_income_ahc2025")
    told = _told(facts, "Families", "Supported")
    assert np.isnan(told["value"])
    assert "would give the count away" in told["note"]


def test_commissioned_sites_are_near_or_the_nearest_of_their_kind(then: Together) -> None:
    facts = frame(ward_services.commissioned_near(then, "E05001962"))
    minutes = facts.pivot_table(index="group", columns="label", values="value")
    near = minutes["Minutes by bus"] <= ward_services.NEAR_MINUTES
    assert list(minutes.index[~near]) == ["Illustrative family hub A"]
    assert minutes["Minutes on foot"].to_numpy() == pytest.approx(2.5 * minutes["Minutes by bus"].to_numpy())
    inside = set(facts.loc[facts["note"] == ward_services.INSIDE, "group"])
    assert inside == {"Illustrative family support base D"}
    assert set(facts["basis"]) == {"illustrative"}


def test_the_listed_services_are_the_same_for_every_ward_and_counted_once(today: Together) -> None:
    rows = frame(ward_services.listed(today))
    names = {name for note in rows["note"][1:] for name in note.split("; ")}
    assert rows["value"].iloc[0] == len(names) == 16
    assert (rows["value"].iloc[1:] <= len(names)).all()


def test_children_change_on_the_same_neighbourhoods_and_without_limits(today: Together) -> None:
    change = _told(ward_change.changes(today, COMBE_DOWN), "Children aged 0-15", ward_change.DIFFERENCE)
    assert change["value"] == 55
    assert np.isnan(change["lower"])
    assert change["note"] == ward_change.NO_LIMITS


def test_income_deprivation_fell_in_radstock_by_newcombe_with_the_doubt_of_the_scores(then: Together) -> None:
    change = _told(ward_change.changes(then, "E05001962"), "Children in income-deprived", ward_change.DIFFERENCE)
    assert change[["value", "lower", "upper"]].round(1).tolist() == [-5.1, -8.2, -2.0]
    assert change["note"] == ward_change.FELL


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ((1.0, 0.1, 2.0), ward_change.ROSE),
        ((-1.0, -2.0, -0.1), ward_change.FELL),
        ((1.0, -0.1, 2.0), ward_change.SAME),
        ((1.0, 0.0, 2.0), ward_change.SAME),
        ((np.nan, np.nan, np.nan), low_income.UNKNOWN),
    ],
)
def test_a_difference_is_told_only_where_its_limits_leave_out_none(
    limits: tuple[float, float, float], said: str
) -> None:
    assert ward_change.judged(*limits)["note"] == said


def test_low_income_is_judged_as_on_its_own_page(shipped: Library, today: Together) -> None:
    own = low_income.compared(low_income.series(shipped, "BHC")).set_index("area_code").loc[COMBE_DOWN]
    change = _told(ward_change.changes(today, COMBE_DOWN), "Children in low-income families, before", "Difference")
    expected = own[["change", "change_lower", "change_upper"]].astype(float)
    assert change[["value", "lower", "upper"]].astype(float).to_numpy() == pytest.approx(expected.to_numpy())
    assert own["change_said"] == "no clear change"
    assert change["note"] == ward_change.SAME


def test_counts_moved_to_todays_wards_keep_their_total_and_have_no_limits(shipped: Library, today: Together) -> None:
    moved = [
        _told(ward_change.changes(today, code), "Children in income-deprived families: the", ward_change.BEFORE)[
            "value"
        ]
        for code in shipped.codes("ward19")
    ]
    assert sum(moved) == pytest.approx(need_table(shipped, NEEDS["idaci2015"])["need"].sum(), abs=1e-6)
    change = _told(ward_change.changes(today, TWERTON), "Children in income-deprived families: the", "Difference")
    assert change["note"] == ward_change.MOVED_ONLY
    assert np.isnan([change["value"], change["lower"], change["upper"]]).all()


def test_only_neighbourhoods_that_are_the_same_are_compared(today: Together) -> None:
    rows = frame(ward_change.changes(today, TWERTON))
    later = rows[rows["group"].str.endswith("2019 to 2025") & rows["label"].eq("Difference")].iloc[0]
    assert "that are the same in both" in later["note"]
    assert "have no limits" in later["note"]


def test_places_are_not_compared_between_editions_and_each_says_why(then: Together) -> None:
    rows = frame(ward_change.changes(then, TWERTON_11))
    places = rows[rows["unit"] == "places"]
    assert len(places) == 4
    assert places["note"].str.startswith("Not compared: ").all()
    assert places["value"].isna().all()


def test_what_all_wards_share_is_worked_out_once(today: Together) -> None:
    made: list[int] = []
    assert [today.once("test", lambda: made.append(1) or len(made)) for _ in range(2)] == [1, 1]
    assert len(made) == 1
