"""Which five wards are the most under-provided: by hand where it can be done, and on the shipped files."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.gap import Gap, gap
from analysis.refusal import Refusal
from analysis.sources.library import Library
from analysis.statistics.robustness import Membership
from analysis.worst_five import FIVE, WorstFive, redrawn_ratios, worst_five


def wards(observed: list[float], need: list[float]) -> pd.DataFrame:
    return pd.DataFrame({"observed": observed, "need": need})


@pytest.fixture(scope="module")
def families(shipped: Library) -> tuple[Gap, WorstFive]:
    result = gap(shipped, "2026", "low_income_bhc2025", "caseload_families")
    return result, worst_five(shipped, result)


@pytest.fixture(scope="module")
def libraries(shipped: Library) -> tuple[Gap, WorstFive]:
    result = gap(shipped, "2020", "idaci2015", "access_library")
    return result, worst_five(shipped, result)


def test_redrawn_counts_have_the_mean_and_variance_of_the_count_and_a_half() -> None:
    ratios = redrawn_ratios(wards([0, 9.5], [1, 5]), None, draws=40_000)
    assert ratios.mean(axis=0) == pytest.approx([0.5, 10 / 5], rel=0.03)
    assert ratios.var(axis=0) == pytest.approx([0.5, 10 / 25], rel=0.05)


def test_need_that_is_in_doubt_is_redrawn_with_the_count() -> None:
    given = wards([50, 50], [1, 1])
    halved = redrawn_ratios(given, np.tile([2.0, 4.0], (10, 1)), draws=10)
    np.testing.assert_allclose(halved, redrawn_ratios(given, None, draws=10) / [2, 4])


def test_the_same_seed_gives_the_same_redraws_and_another_does_not() -> None:
    given = wards([5, 9], [1, 1])
    np.testing.assert_array_equal(redrawn_ratios(given, None, draws=5), redrawn_ratios(given, None, draws=5))
    assert (redrawn_ratios(given, None, draws=5) != redrawn_ratios(given, None, draws=5, seed=1)).all()


def test_five_wards_are_among_the_five_in_every_redraw(families: tuple[Gap, WorstFive]) -> None:
    found = families[1]
    assert found.tries == 10_000
    assert found.table["share"].sum() == pytest.approx(FIVE)
    assert found.table["share"].is_monotonic_decreasing


def test_wards_that_are_not_shown_take_no_part(families: tuple[Gap, WorstFive]) -> None:
    result, found = families
    shown = result.wards.loc[result.wards["observed"].notna(), "area_code"]
    assert set(found.table["area_code"]) == set(shown)
    assert found.hidden == len(result.wards) - len(shown) > 0
    assert found.unknown == 0


def test_the_interval_holds_places_among_the_wards_ranked(families: tuple[Gap, WorstFive]) -> None:
    table = families[1].table
    assert (table["rank_lower"] >= 1).all()
    assert (table["rank_upper"] <= len(table)).all()
    assert (table["rank_lower"] <= table["rank_upper"]).all()
    sure = table[table["membership"] == Membership.CLEARLY]
    assert (sure["rank_upper"] <= 8).all()


def test_wards_under_provided_for_certain_are_not_among_those_called_no(families: tuple[Gap, WorstFive]) -> None:
    result, found = families
    certain = result.wards.loc[result.wards["verdict"] == "under-provided, for certain", "area_code"]
    words = found.table.set_index("area_code").loc[certain, "membership"]
    assert len(words) > 0
    assert (words != Membership.NO).all()


def test_the_same_question_gets_the_same_answer_twice(shipped: Library, families: tuple[Gap, WorstFive]) -> None:
    result, found = families
    pd.testing.assert_frame_equal(worst_five(shipped, result).table, found.table)


def test_need_in_doubt_widens_or_moves_the_answer(shipped: Library) -> None:
    result = gap(shipped, "2026", "idaci2019", "caseload_families")
    found = worst_five(shipped, result).table
    assert found["share"].sum() == pytest.approx(FIVE)


def test_by_catchment_the_share_counts_catchments(libraries: tuple[Gap, WorstFive]) -> None:
    found = libraries[1]
    assert (found.by, found.tries) == ("catchment", 4)
    assert set(found.table["share"]) <= {0, 0.25, 0.5, 0.75, 1}
    assert "membership" not in found.table
    always = found.table[found.table["share"] == 1]
    assert (always["rank_upper"] <= FIVE).all()
    never = found.table[found.table["share"] == 0]
    assert (never["rank_lower"] > FIVE).all()


def test_wards_with_no_library_share_the_lowest_place_and_are_counted(libraries: tuple[Gap, WorstFive]) -> None:
    result, found = libraries
    none = set(result.wards.loc[result.wards["observed"] == 0, "area_code"])
    ranked = found.table.set_index("area_code")
    assert (ranked.loc[list(none), "rank_lower"] == 1).all()
    assert found.empty >= len(none) > FIVE
    assert ranked["edge"].any()
    assert not ranked["edge"].all()


def test_four_published_wards_cannot_be_asked(shipped: Library) -> None:
    with pytest.raises(Refusal) as refused:
        worst_five(shipped, gap(shipped, "2020", "idaci2015", "contact2017"))
    assert str(refused.value) == (
        "Only four wards were published, so which five are most under-provided cannot be asked."
    )


def test_three_wards_cannot_be_asked(world: Library) -> None:
    with pytest.raises(Refusal, match="Only three wards have a need that is known, so which five"):
        worst_five(world, gap(world, "2026", "low_income_bhc2025", "access_school"))
