"""Which wards of a comparison may be set beside each other, on a comparison written by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.compared_wards import catchments, comparable, left_out, need_draws
from analysis.comparison import Verdict
from analysis.gap import Gap, gap
from analysis.need import NEEDS
from analysis.provision import PROVISIONS, REST
from analysis.refusal import Refusal
from analysis.sources.library import Library


def comparison(observed: list[float], need: list[float], verdicts: list[Verdict], provided: str) -> Gap:
    table = pd.DataFrame(
        {
            "area_code": [f"W{n:02}" for n in range(len(observed))],
            "area_name": [f"Ward {n}" for n in range(len(observed))],
            "observed": observed,
            "need": need,
            "verdict": verdicts,
        }
    )
    lenses = NEEDS["low_income_bhc2025"], PROVISIONS[provided]
    return Gap("2026", *lenses, table, float(np.nansum(observed)), "illustrative", "")


@pytest.fixture
def twelve() -> Gap:
    """Twelve wards: one count not shown, one need not known."""
    verdicts = [Verdict.NOT_SHOWN, Verdict.NOT_KNOWN, *[Verdict.IN_LINE] * 10]
    return comparison([np.nan, 9, *[20] * 10], [5, np.nan, *[10] * 10], verdicts, "caseload_families")


def test_only_wards_with_both_figures_take_part_and_the_others_are_counted_apart(twelve: Gap) -> None:
    kept = comparable(twelve, "so")
    assert list(kept["area_code"]) == [f"W{n:02}" for n in range(2, 12)]
    assert left_out(twelve, kept) == (1, 1)


def test_the_row_of_all_unlisted_wards_never_takes_part(twelve: Gap) -> None:
    rest = twelve.table.iloc[[2]].assign(area_code=REST)
    with_rest = replace(twelve, table=pd.concat([twelve.table, rest], ignore_index=True))
    assert REST not in set(comparable(with_rest, "so")["area_code"])


@pytest.mark.parametrize(
    ("wards", "provided", "reason"),
    [
        (9, "caseload_families", "Only nine wards have a need and a count that are known and may be shown, so no."),
        (1, "caseload_families", "Only one ward has a need and a count that are known and may be shown, so no."),
        (0, "contact2017", "No wards were published, so no."),
        (4, "contact2017", "Only four wards were published, so no."),
        (3, "access_gp", "Only three wards have a need that is known, so no."),
    ],
)
def test_fewer_than_ten_wards_are_refused_with_the_reason(wards: int, provided: str, reason: str) -> None:
    given = comparison([5] * wards, [5] * wards, [Verdict.IN_LINE] * wards, provided)
    with pytest.raises(Refusal) as refused:
        comparable(given, "no.")
    assert str(refused.value) == reason


def test_ten_wards_are_enough() -> None:
    assert len(comparable(comparison([5] * 10, [5] * 10, [Verdict.IN_LINE] * 10, "access_gp"), "no.")) == 10


def test_draws_of_need_follow_the_order_of_the_wards_asked_for(world: Library) -> None:
    lens, codes = NEEDS["idaci2019"], pd.Series(["E05012403", "E05012401"])
    drawn = need_draws(world, lens, codes)
    assert drawn is not None
    whole = lens.draws(world)
    np.testing.assert_array_equal(drawn, whole[:, [2, 0]])
    assert need_draws(world, NEEDS["low_income_bhc2025"], codes) is None


def test_catchments_follow_the_order_of_the_wards_asked_for(world: Library) -> None:
    result = gap(world, "2026", "low_income_bhc2025", "access_school")
    forwards, backwards = (catchments(world, result, result.wards["area_code"][::turn]) for turn in (1, -1))
    pd.testing.assert_frame_equal(forwards[::-1].reset_index(drop=True), backwards)
    assert list(forwards.columns) == ["walk30", "walk30fast", "walk20", "bus30"]
    np.testing.assert_array_equal(forwards["walk30"], result.wards["observed"])


def test_provision_without_catchments_says_so(world: Library) -> None:
    result = gap(world, "2026", "low_income_bhc2025", "access_school")
    caseload = replace(result, provision=PROVISIONS["caseload_families"])
    with pytest.raises(ValueError, match="is not places within reach, so it has no catchments"):
        catchments(world, caseload, result.wards["area_code"])
