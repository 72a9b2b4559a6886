"""The gap on the shipped files, and every comparison that is refused."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest

from analysis.comparison import Verdict
from analysis.editions import EDITIONS
from analysis.gap import Gap, Refusal, chosen, gap, lenses
from analysis.provision import REST
from analysis.sources.library import Library
from analysis.statistics.intervals import poisson_limits

LAWFUL = [
    (edition, need.id, provided.id)
    for edition in EDITIONS
    for need, provided in itertools.product(*lenses(edition))
    if need.records_of is None
]


@pytest.fixture(scope="module")
def contact(shipped: Library) -> Gap:
    return gap(shipped, "2020", "idaci2015", "contact2017")


@pytest.fixture(scope="module")
def by_name(contact: Gap) -> pd.DataFrame:
    return contact.table.set_index("area_name")


def test_radstock_by_hand(by_name: pd.DataFrame) -> None:
    radstock = by_name.loc["Radstock"]
    assert (radstock["observed"], radstock["need"]) == (35, 267)
    assert radstock["expected"] == pytest.approx(702 * 267 / 3606)
    assert round(radstock["expected"], 1) == 52.0
    assert round(radstock["oe"], 2) == 0.67
    assert radstock[["oe_lower", "oe_upper"]].tolist() == pytest.approx([0.46, 0.92], abs=0.02)
    assert radstock[["envelope_lower", "envelope_upper"]].tolist() == pytest.approx([0.42, 1.00], abs=0.005)
    assert radstock["verdict"] == "under-provided, likely"


def test_radstock_with_the_count_taken_as_printed(by_name: pd.DataFrame) -> None:
    lower, upper = poisson_limits(35)
    expected = by_name.loc["Radstock", "expected"]
    assert [round(float(limit / expected), 2) for limit in (lower, upper)] == [0.47, 0.94]


def test_westmoreland_has_over_four_times_its_share(by_name: pd.DataFrame) -> None:
    assert by_name.loc["Westmoreland", "oe"] == pytest.approx(4.2, abs=0.05)
    assert by_name.loc["Westmoreland", "verdict"] == "over-provided, for certain"


def test_southdown_is_not_known_but_bounded(by_name: pd.DataFrame) -> None:
    southdown = by_name.loc["Southdown"]
    assert southdown["verdict"] == "not known"
    assert southdown["oe_upper"] == pytest.approx(0.82, abs=0.005)
    assert southdown[["observed", "observed_share", "oe", "gap"]].isna().all()


def test_thirty_three_wards_are_not_known(contact: Gap) -> None:
    assert (contact.wards["verdict"] == Verdict.NOT_KNOWN).sum() == 33
    assert contact.table["area_name"].iloc[-1] == "The other 33 wards together"


def test_listed_wards_and_the_rest_make_the_whole(contact: Gap) -> None:
    known = contact.table[contact.table["observed"].notna()]
    assert len(known) == 5
    assert known["observed"].sum() == contact.total == 702
    assert known["need_share"].sum() == pytest.approx(1)
    assert abs(known["gap"].sum()) < 1e-9


def test_parents_against_children_is_called_a_comparison_of_shares(contact: Gap) -> None:
    assert "A comparison of shares" in contact.note
    assert "parents" in contact.note
    assert "not coverage" in contact.note


def test_the_same_question_gets_the_same_answer_twice(shipped: Library, contact: Gap) -> None:
    pd.testing.assert_frame_equal(gap(shipped, "2020", "idaci2015", "contact2017").table, contact.table)
    first, again = (gap(shipped, "2026", "idaci2019", "caseload_families").table for _ in range(2))
    pd.testing.assert_frame_equal(first, again)


@pytest.mark.parametrize(("edition", "need", "provided"), LAWFUL)
def test_every_offered_comparison_is_whole(shipped: Library, edition: str, need: str, provided: str) -> None:
    result = gap(shipped, edition, need, provided)
    table = result.table
    assert list(result.wards["area_code"]) == shipped.codes(EDITIONS[edition].ward_type)
    shown = table["gap"].notna() & table["area_code"].ne(REST)
    held_back = result.total - table.loc[shown, "observed"].sum() if result.provision.kind == "caseload" else 0.0
    hidden = table["verdict"] == Verdict.NOT_SHOWN
    assert table["gap"].sum() + table.loc[hidden, "expected"].sum() - held_back == pytest.approx(0, abs=1e-6)
    assert (held_back > 0) == hidden.any()
    assert table.loc[table["oe"].isna(), "verdict"].isin([Verdict.NOT_KNOWN, Verdict.NOT_SHOWN]).all()
    assert (table["status"] == "ok").equals(table["observed"].notna())
    assert (table["status"] == "suppressed").equals(hidden)
    assert table["area_name"].notna().all()
    limited = table[table["oe_lower"].notna()]
    assert (limited["oe_lower"] <= limited["oe"] + 0.001).all()
    assert (limited["oe"] <= limited["oe_upper"]).all()


@pytest.mark.parametrize(("edition", "need", "provided"), LAWFUL)
def test_the_basis_is_that_of_the_weaker_side(shipped: Library, edition: str, need: str, provided: str) -> None:
    result = gap(shipped, edition, need, provided)
    sides = {result.need.basis, result.provision.basis}
    weakest = next(basis for basis in ("illustrative", "modelled", "published") if basis in sides)
    assert set(result.table["basis"]) == {weakest} == {result.basis}


def test_verdicts_follow_the_limits_of_a_caseload(shipped: Library) -> None:
    table = gap(shipped, "2026", "low_income_bhc2025", "caseload_families").table
    under = table["verdict"].isin([Verdict.UNDER_CERTAIN, Verdict.UNDER_LIKELY])
    over = table["verdict"].isin([Verdict.OVER_CERTAIN, Verdict.OVER_LIKELY])
    few, shown = table["verdict"].eq(Verdict.TOO_FEW), table["verdict"].ne(Verdict.NOT_SHOWN)
    np.testing.assert_array_equal(few, (table["expected"] < 3.6888794541139363) & shown)
    np.testing.assert_array_equal(under, (table["oe_upper"] < 1) & ~few)
    np.testing.assert_array_equal(over, (table["oe_lower"] > 1) & ~few)
    certain = table["verdict"].isin([Verdict.UNDER_CERTAIN, Verdict.OVER_CERTAIN])
    np.testing.assert_array_equal(certain, ((table["oe_upper_998"] < 1) | (table["oe_lower_998"] > 1)) & ~few)


@pytest.mark.parametrize(
    ("edition", "need", "provided", "reason"),
    [
        ("2021", "idaci2015", "contact2017", "There is no edition '2021'. Choose one of: 2020, 2026."),
        ("2020", "imd", "contact2017", "There is no need 'imd'. Choose one of: idaci2015,"),
        ("2020", "idaci2015", "beds", "There is no provision 'beds'. Choose one of: contact2017,"),
        ("2020", "idaci2015", "caseload_families+beds", "There is no provision 'beds'."),
        ("2026", "idaci2019", "contact2017", "ward boundaries changed in May 2019"),
        ("2026", "idaci2015", "caseload_families", "ward boundaries changed in May 2019"),
        ("2020", "idaci2019", "contact2017", "Choose a need and a provision of one edition."),
        ("2020", "toxic_trio2017", "contact2017", "would compare services with themselves"),
        ("2020", "toxic_trio2017", "access_gp", "Choose a need counted independently of them."),
        (
            "2020",
            "idaci2015",
            "caseload_families+caseload_youth",
            "families and children are different things to count",
        ),
        ("2026", "idaci2019", "caseload_youth+caseload_families", "one family can hold several children"),
        ("2020", "idaci2015", "access_gp+access_library", "one place is not one person"),
        ("2020", "idaci2015", "access_gp+access_gp", "shown one at a time and never added"),
    ],
)
def test_comparisons_that_would_mislead_are_refused_with_the_reason(
    edition: str, need: str, provided: str, reason: str
) -> None:
    with pytest.raises(Refusal) as refused:
        chosen(edition, need, provided)
    assert reason in str(refused.value)
