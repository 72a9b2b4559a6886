"""Need by ward: the hand-sized world, and the shipped figures."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.deprivation import idaci_by_ward, idaci_draws
from analysis.gap import gap
from analysis.need import NEEDS, NeedLens, as_held, known_shares, need_table, shares_of
from analysis.sources.library import Library
from tests.world.three_wards import ASH, BIRCH, CEDAR, ELM, FIR, GORSE

COUNTED = [lens for lens in NEEDS.values() if lens.table is not None]
WITH_LIMITS = [lens for lens in COUNTED if not lens.id.startswith("children")]
EVERY_LENS = pytest.mark.parametrize("lens", COUNTED, ids=lambda lens: lens.id)
IN_NEED, CHILDREN = [10, 20, 30], [100, 100, 100]


@pytest.mark.parametrize("lens", ["idaci2015", "idaci2015_rebuilt", "low_income_bhc2025", "idaci2019"])
def test_need_of_three_wards(world: Library, lens: str) -> None:
    table = need_table(world, NEEDS[lens])
    assert table["need"].tolist() == pytest.approx(IN_NEED)
    assert table["denominator"].tolist() == pytest.approx(CHILDREN)
    assert table["percent"].tolist() == pytest.approx([10, 20, 30])
    assert table["need_share"].tolist() == pytest.approx([1 / 6, 1 / 3, 1 / 2])
    assert table["percent_lower"].round(1).tolist() == [5.5, 13.3, 21.9]
    assert table["percent_upper"].round(1).tolist() == [17.4, 28.9, 39.6]


@pytest.mark.parametrize("lens", ["children2019", "children2020"])
def test_all_children_are_a_need_without_limits(world: Library, lens: str) -> None:
    table = need_table(world, NEEDS[lens])
    assert table["need"].tolist() == CHILDREN
    assert table[["need_lower", "need_upper"]].isna().all(axis=None)


def test_a_suppressed_ward_is_blank_with_its_reason_and_out_of_the_total(world: Library) -> None:
    elm, fir, gorse = need_table(world, NEEDS["low_income_ahc2025"]).to_dict("records")
    assert np.isnan([fir["need"], fir["need_share"], fir["percent"]]).all()
    assert fir["reason"] == "suppressed by the source to protect people"
    assert [elm["need_share"], gorse["need_share"]] == pytest.approx([0.25, 0.75])
    assert elm["reason"] == gorse["reason"] == ""


def test_the_newest_year_held_is_counted_and_named(world: Library, changed_world: Callable[..., Library]) -> None:
    lens = NEEDS["low_income_bhc2025"]
    assert as_held(world, lens).period == "April 2024 to March 2025 (provisional)"
    line = f"{ELM},2025,relative,BHC,10,10,ok\n"
    newer = "".join(f"{ward},2026,relative,BHC,{count},10,ok\n" for ward, count in ((ELM, 12), (FIR, 8), (GORSE, 5)))
    later = changed_world(CHILD_POVERTY_WARD=(line, line + newer))
    assert as_held(later, lens).period == "April 2025 to March 2026 (provisional)"
    assert list(need_table(later, lens)["need"]) == [12, 8, 5]
    assert gap(later, "2026", lens.id, "caseload_families").need.period == "April 2025 to March 2026 (provisional)"


def test_no_need_is_surer_than_the_tables_it_is_read_from(shipped: Library) -> None:
    lens = NEEDS["low_income_bhc2025"]
    doubtful = copy(shipped)
    doubtful.entries = dict(shipped.entries)
    path = doubtful.entry("CHILD_POVERTY_WARD").path
    doubtful.entries[path] = replace(doubtful.entries[path], basis="illustrative")
    assert [as_held(tables, lens).basis for tables in (shipped, doubtful)] == ["published", "illustrative"]


def test_two_neighbourhoods_are_averaged_over_their_children(world: Library) -> None:
    wards = idaci_by_ward(world, 2015, "ward11_code").set_index("area_code")
    assert wards.loc[CEDAR, "need"] == pytest.approx(0.2 * 60 + 0.45 * 40)
    assert wards.loc[ASH, "need"] + wards.loc[BIRCH, "need"] == pytest.approx(30)


def test_a_lens_that_misses_a_ward_is_refused(changed_world: Callable[..., Library]) -> None:
    line = f'{BIRCH},20,20,13.3,28.9,"Table, line 2"\n'
    short = changed_world(IDACI2015_PRINTED=(line, ""))
    with pytest.raises(ValueError, match="idaci2015 does not cover the wards of the 2020 edition one by one"):
        need_table(short, NEEDS["idaci2015"])


def test_the_toxic_trio_estimate_is_never_a_need(world: Library) -> None:
    with pytest.raises(ValueError, match="is shown on its own page and is never the need side of a gap"):
        need_table(world, NEEDS["toxic_trio2017"])


def test_draws_move_no_further_than_the_bracket_of_the_scores(world: Library) -> None:
    draws = idaci_draws(world, 2019, "ward19_code", draws=500, seed=1)
    assert draws.shape == (500, 3)
    assert (np.abs(draws - np.array(IN_NEED)) <= 0.01 * 100 + 1e-9).all()
    assert draws.std(axis=0).min() > 0.1


def test_draws_depend_on_the_seed_and_on_nothing_else(world: Library) -> None:
    first, again, other = (idaci_draws(world, 2019, "ward19_code", draws=5, seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


def test_draws_of_need_become_shares_that_sum_to_one() -> None:
    assert shares_of(np.array([[1.0, 3.0], [2.0, 2.0]])).tolist() == [[0.25, 0.75], [0.5, 0.5]]
    assert known_shares(pd.Series([10, 20, 30])).tolist() == [pytest.approx([1 / 6, 1 / 3, 1 / 2])]


@EVERY_LENS
def test_shipped_need_covers_every_ward_and_is_lawful(shipped: Library, lens: NeedLens) -> None:
    table = need_table(shipped, lens)
    assert len(table) == (37 if lens.edition == "2020" else 33)
    assert table["need_share"].sum() == pytest.approx(1)
    assert (table["need"].between(0, table["denominator"])).all()
    assert table["area_code"].is_monotonic_increasing
    assert (table["reason"] == "").all()


@pytest.mark.parametrize("lens", WITH_LIMITS, ids=lambda lens: lens.id)
def test_shipped_limits_hold_the_need(shipped: Library, lens: NeedLens) -> None:
    table = need_table(shipped, lens)
    rounding = 0.06 / 100 * table["denominator"] + 0.5 if lens.id == "idaci2015" else 1e-9
    assert (table["need_lower"] <= table["need"] + rounding).all()
    assert (table["need"] <= table["need_upper"] + rounding).all()


@EVERY_LENS
def test_every_file_behind_a_lens_is_in_the_catalogue(shipped: Library, lens: NeedLens) -> None:
    assert [shipped.entry(contract).contract for contract in lens.sources] == list(lens.sources)


def test_the_rebuilt_need_is_close_to_the_printed_one(shipped: Library) -> None:
    printed, rebuilt = (need_table(shipped, NEEDS[name]) for name in ("idaci2015", "idaci2015_rebuilt"))
    assert printed["need"].sum() == 3606
    assert (printed["need"] - rebuilt["need"]).abs().max() < 1.0
