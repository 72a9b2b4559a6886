"""Equity along deprivation: three wards by hand, and the shipped files."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.equity import (
    MEASURES,
    Equity,
    along_deprivation,
    equity,
    hoover_by_luck,
    over_catchments,
    sources_for,
    with_limits,
)
from analysis.gap import Gap, gap
from analysis.refusal import Refusal
from analysis.sources.library import Library


@pytest.fixture
def three() -> pd.DataFrame:
    """Gorse, Fir and Elm, from the most deprived: 100 children each; need 30, 20, 10; support 20, 20, 20."""
    return pd.DataFrame(
        {
            "area_code": ["elm", "fir", "gorse"],
            "area_name": ["Elm", "Fir", "Gorse"],
            "deprivation": [10.0, 20.0, 30.0],
            "children": [100.0, 100.0, 100.0],
            "need": [10.0, 20.0, 30.0],
            "observed": [20.0, 20.0, 20.0],
        }
    )


@pytest.fixture(scope="module")
def families(shipped: Library) -> tuple[Gap, Equity]:
    result = gap(shipped, "2026", "low_income_bhc2025", "caseload_families")
    return result, equity(shipped, result)


@pytest.fixture(scope="module")
def surgeries(shipped: Library) -> tuple[Gap, Equity]:
    result = gap(shipped, "2026", "low_income_bhc2025", "access_gp")
    return result, equity(shipped, result)


def test_the_three_measures_by_hand(three: pd.DataFrame) -> None:
    """Midpoints 1/6, 3/6, 5/6; need 30, 20, 10 of 60: 2 x (30/6 + 20x3/6 + 10x5/6) / 60 - 1 = -2/9."""
    value = with_limits(along_deprivation(three), None)["value"]
    assert value["concentration_of_provision"] == pytest.approx(0)
    assert value["concentration_of_need"] == pytest.approx(-2 / 9)
    assert value["horizontal_inequity"] == pytest.approx(2 / 9)
    assert value["hoover"] == pytest.approx((10 / 60 + 0 + 10 / 60) / 2)
    assert value["places_to_move"] == pytest.approx(10)


def test_wards_run_from_the_most_deprived_with_running_shares(three: pd.DataFrame) -> None:
    ordered = along_deprivation(three)
    assert list(ordered["area_code"]) == ["gorse", "fir", "elm"]
    assert list(ordered["children_so_far"]) == pytest.approx([1 / 3, 2 / 3, 1])
    assert list(ordered["need_so_far"]) == pytest.approx([1 / 2, 5 / 6, 1])
    assert list(ordered["provision_so_far"]) == pytest.approx([1 / 3, 2 / 3, 1])


def test_the_order_of_the_file_does_not_matter(three: pd.DataFrame) -> None:
    tied = three.assign(deprivation=[10.0, 10.0, 30.0])
    forwards, backwards = (
        over_catchments(along_deprivation(rows), pd.DataFrame({"a": rows["observed"]}))
        for rows in (
            tied,
            tied.iloc[::-1],
        )
    )
    np.testing.assert_allclose(forwards["value"], backwards["value"])


def test_limits_hold_the_value_and_narrow_with_more_cases(three: pd.DataFrame) -> None:
    few, many = (with_limits(three.assign(observed=20.0 * times), None) for times in (1, 25))
    for found in (few, many):
        inequity = found.loc["horizontal_inequity"]
        assert inequity["lower"] < inequity["value"] < inequity["upper"]
    width = [
        found.loc["horizontal_inequity", "upper"] - found.loc["horizontal_inequity", "lower"] for found in (few, many)
    ]
    assert width[1] == pytest.approx(width[0] / 5, rel=0.1)


def test_need_taken_as_it_stands_has_no_limits_and_need_in_doubt_has(three: pd.DataFrame) -> None:
    assert with_limits(three, None).loc["concentration_of_need", ["lower", "upper"]].isna().all()
    drawn = np.random.default_rng(1).gamma(three["need"].to_numpy(), size=(3_000, 3))
    index = with_limits(three, drawn).loc["concentration_of_need"]
    assert index["lower"] < index["value"] < index["upper"]


def test_over_catchments_by_hand(three: pd.DataFrame) -> None:
    """All of it in Elm, the least deprived: concentration 2 x 5/6 - 1 = 2/3; in Gorse: -2/3."""
    wards = along_deprivation(three)
    found = over_catchments(wards, pd.DataFrame({"as": wards["observed"], "gorse": [60, 0, 0], "elm": [0, 0, 60]}))
    index = found.loc["concentration_of_provision"]
    assert list(index) == pytest.approx([0, -2 / 3, 2 / 3])
    assert list(found.loc["horizontal_inequity"]) == pytest.approx([2 / 9, -4 / 9, 8 / 9])
    assert list(found.loc["hoover"]) == pytest.approx([1 / 6, 1 / 6, 5 / 6])
    assert found.loc["concentration_of_need", ["lower", "upper"]].isna().all()


def test_chance_alone_never_gives_parity_and_gives_less_with_more_cases(three: pd.DataFrame) -> None:
    few, many = (hoover_by_luck(three.assign(observed=20.0 * times)) for times in (1, 100))
    assert 0 < few["lower"] < few["value"] < few["upper"]
    assert many["upper"] < few["upper"] / 5


def test_chance_alone_in_two_equal_wards_by_hand() -> None:
    """One case, two wards of equal need: it falls to one of them, so half of it is always out of place."""
    assert hoover_by_luck(pd.DataFrame({"need": [1.0, 1.0], "observed": [1.0, 0.0]})).eq(0.5).all()


def test_the_same_question_gets_the_same_answer_twice(shipped: Library, families: tuple[Gap, Equity]) -> None:
    again = equity(shipped, families[0])
    pd.testing.assert_frame_equal(again.measures, families[1].measures)
    pd.testing.assert_series_equal(again.by_luck, families[1].by_luck)


def test_only_wards_that_are_shown_take_part(families: tuple[Gap, Equity]) -> None:
    result, found = families
    shown = result.wards[result.wards["observed"].notna()]
    assert set(found.wards["area_code"]) == set(shown["area_code"])
    assert found.hidden == len(result.wards) - len(shown) > 0
    assert found.total == shown["observed"].sum() < result.total
    assert found.measures.loc["places_to_move", "value"] == pytest.approx(
        found.total * found.measures.loc["hoover", "value"]
    )


def test_wards_of_2026_run_from_twerton_to_a_leafier_place(families: tuple[Gap, Equity]) -> None:
    wards = families[1].wards
    assert wards["area_name"].iloc[0] == "Twerton"
    assert wards["deprivation"].is_monotonic_decreasing
    assert list(wards[["children_so_far", "need_so_far", "provision_so_far"]].iloc[-1]) == pytest.approx([1, 1, 1])


def test_places_within_reach_have_a_range_and_no_chance(surgeries: tuple[Gap, Equity]) -> None:
    found = surgeries[1]
    assert (found.by, found.by_luck, found.hidden, found.unknown) == ("catchment", None, 0, 0)
    assert list(found.measures.index) == list(MEASURES)
    known = found.measures.drop(index="concentration_of_need")
    assert (known["lower"] <= known["value"]).all()
    assert (known["value"] <= known["upper"]).all()


def test_need_of_all_children_leans_nowhere(shipped: Library) -> None:
    found = equity(shipped, gap(shipped, "2026", "children2020", "access_gp"))
    assert found.measures.loc["concentration_of_need", "value"] == pytest.approx(0, abs=1e-12)


def test_the_2020_edition_is_ordered_by_the_index_of_2015(shipped: Library) -> None:
    found = equity(shipped, gap(shipped, "2020", "idaci2015", "access_play"))
    assert len(found.wards) == 37
    assert found.wards["area_name"].iloc[0] == "Twerton"
    assert "IOD2015" in sources_for("2020")
    assert "IOD2025" in sources_for("2026")


def test_equal_provision_a_head_leans_away_from_need_as_the_method_says(shipped: Library) -> None:
    """The 2020 assessment's 37 wards: equal per head has no concentration, so inequity is that of need turned round."""
    found = equity(shipped, gap(shipped, "2020", "idaci2015", "access_play"))
    even = found.wards.assign(observed=found.wards["children"])
    value = with_limits(even, None)["value"]
    assert value["concentration_of_provision"] == pytest.approx(0, abs=1e-12)
    assert value["horizontal_inequity"] == pytest.approx(-value["concentration_of_need"])


def test_four_published_wards_are_refused_with_the_reason(shipped: Library) -> None:
    with pytest.raises(Refusal) as refused:
        equity(shipped, gap(shipped, "2020", "idaci2015", "contact2017"))
    assert str(refused.value) == (
        "Only four wards were published, so whether provision follows need from the most to the least deprived wards "
        "cannot be worked out."
    )


def test_three_wards_are_refused(world: Library) -> None:
    with pytest.raises(Refusal, match="Only three wards have a need that is known"):
        equity(world, gap(world, "2026", "low_income_bhc2025", "access_school"))
