"""Laws of who is among the five and of how provision follows deprivation, whatever the wards."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.equity import along_deprivation, hoover_by_luck, over_catchments, with_limits
from analysis.worst_five import redrawn_ratios

count = st.integers(1, 400).map(float)
ward = st.tuples(count, count, count, st.floats(1, 70))


def framed(rows: list[tuple[float, ...]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["observed", "need", "children", "deprivation"])
    return table.assign(area_code=[f"W{n:02}" for n in range(len(rows))], area_name="Ward")


wards = st.lists(ward, min_size=3, max_size=12).map(framed)


def only(rows: pd.DataFrame) -> pd.Series:
    return over_catchments(rows, rows[["observed"]])["value"]


@given(wards)
def test_provision_in_step_with_need_has_no_inequity_and_nothing_to_move(rows: pd.DataFrame) -> None:
    value = only(rows.assign(observed=3 * rows["need"]))
    assert value["horizontal_inequity"] == pytest.approx(0, abs=1e-12)
    assert value["hoover"] == pytest.approx(0, abs=1e-12)


@given(wards)
def test_inequity_is_the_first_concentration_less_the_second(rows: pd.DataFrame) -> None:
    value = only(rows)
    between = value["concentration_of_provision"] - value["concentration_of_need"]
    assert value["horizontal_inequity"] == pytest.approx(between)
    assert 0 <= value["hoover"] <= 1


@given(wards, st.randoms(use_true_random=False))
def test_the_order_of_the_wards_changes_nothing(rows: pd.DataFrame, random: object) -> None:
    shuffled = rows.sample(frac=1, random_state=random.randrange(1000), ignore_index=True)
    np.testing.assert_allclose(only(along_deprivation(shuffled)), only(along_deprivation(rows)), atol=1e-12)


@given(wards)
def test_running_shares_rise_to_all(rows: pd.DataFrame) -> None:
    ordered = along_deprivation(rows)
    for name in ("children_so_far", "need_so_far", "provision_so_far"):
        assert ordered[name].is_monotonic_increasing
        assert ordered[name].iloc[-1] == pytest.approx(1)


@given(wards)
def test_limits_of_the_indices_stay_within_one_either_way(rows: pd.DataFrame) -> None:
    found = with_limits(rows, None, draws=50).loc[["concentration_of_provision", "horizontal_inequity"]]
    assert (found["lower"] <= found["upper"]).all()
    assert found.loc["concentration_of_provision", ["lower", "upper"]].between(-1, 1).all()


@given(wards)
def test_chance_alone_moves_no_more_than_everything(rows: pd.DataFrame) -> None:
    luck = hoover_by_luck(rows, draws=50)
    assert 0 <= luck["lower"] <= luck["value"] <= luck["upper"] <= 1


@given(wards, st.integers(0, 2))
def test_more_provision_never_makes_a_ward_look_worse(rows: pd.DataFrame, place: int) -> None:
    more = rows.assign(observed=rows["observed"] + 50 * (rows.index == place))
    before, after = (np.median(redrawn_ratios(table, None, draws=400)[:, place]) for table in (rows, more))
    assert after > before
