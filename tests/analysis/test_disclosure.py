"""Small counts of a return: nothing that is shown, downloaded or printed may give one back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import product

import numpy as np
import pandas as pd
import pytest

from analysis.__main__ import main
from analysis.comparison import COMPARISONS, SMALL, Verdict
from analysis.gap import Gap, gap
from analysis.need import NEEDS as NEEDS_BY_ID
from analysis.need import need_table
from analysis.present import gap_view, share_chart, words
from analysis.present.palette import VERDICTS
from analysis.provision import PROVISIONS, provision
from analysis.refusal import Refusal
from analysis.sources.library import Library
from analysis.ward import profile
from analysis.ward_together import Together
from tests.world.three_wards import ASH, BIRCH, CEDAR, FIR, activity_line

CASELOADS = [(edition, lens) for edition in ("2020", "2026") for lens in ("caseload_families", "caseload_youth")]
YOUTH = ("2020", "2019-20 Q4", "youth", "child")
NEEDS = {"2020": ("idaci2015", "children2019"), "2026": ("low_income_bhc2025", "idaci2019")}


def compared(library: Library, edition: str, lens: str) -> Gap:
    return gap(library, edition, NEEDS[edition][0], lens)


def youth(ash: int, birch: int, cedar: int) -> tuple[str, str]:
    """The lines of the world's young people, and others to stand in their place."""
    wards = (ASH, BIRCH, CEDAR)
    lines = [
        "".join(activity_line(*YOUTH, ward, count) for ward, count in zip(wards, counts, strict=True))
        for counts in ((0, 0, 6), (ash, birch, cedar))
    ]
    return lines[0], lines[1]


@pytest.mark.parametrize(("edition", "lens"), CASELOADS)
def test_no_count_from_one_to_four_is_shown_and_every_none_is(shipped: Library, edition: str, lens: str) -> None:
    counts = provision(shipped, PROVISIONS[lens], edition).table.set_index("area_code")["observed"]
    table = compared(shipped, edition, lens).table.set_index("area_code")
    assert counts.between(1, 4).any()
    assert table.loc[counts.between(1, 4), "observed"].isna().all()
    assert (table.loc[counts == 0, "observed"] == 0).all()
    shown = table["observed"].dropna()
    pd.testing.assert_series_equal(shown, counts[shown.index])


@pytest.mark.parametrize(("edition", "lens"), CASELOADS)
def test_what_is_held_back_goes_with_everything_it_could_be_worked_out_from(
    shipped: Library, edition: str, lens: str
) -> None:
    table = compared(shipped, edition, lens).table
    hidden = table[table["verdict"] == Verdict.NOT_SHOWN]
    telling = [name for name in table if name.startswith(("observed", "oe", "gap"))]
    assert len(telling) == 10
    assert hidden[telling].isna().all(axis=None)
    assert set(hidden["reason"]) == {SMALL}
    assert hidden["expected"].notna().all()


@pytest.mark.parametrize(("edition", "lens"), CASELOADS)
def test_every_need_holds_back_the_same_wards(shipped: Library, edition: str, lens: str) -> None:
    held = [
        frozenset(table.loc[table["status"] == "suppressed", "area_code"])
        for table in (gap(shipped, edition, need, lens).table for need in NEEDS[edition])
    ]
    assert len(set(held)) == 1


@pytest.mark.parametrize(("edition", "lens"), CASELOADS)
def test_the_total_less_what_is_shown_leaves_each_hidden_count_four_values_or_more(
    shipped: Library, edition: str, lens: str
) -> None:
    result = compared(shipped, edition, lens)
    hidden = int((result.table["status"] == "suppressed").sum())
    left = round(result.total - result.table["observed"].sum())
    assert left - hidden + 1 >= 4


@pytest.mark.parametrize(("edition", "lens"), CASELOADS)
def test_a_hidden_count_is_on_no_map_chart_table_download_sentence_or_ward_page(
    shipped: Library, wards: dict[str, Together], edition: str, lens: str
) -> None:
    result = compared(shipped, edition, lens)
    code, name = result.table.loc[result.table["status"] == "suppressed", ["area_code", "area_name"]].iloc[0]
    lines = gap_view.tooltips(result)[code]
    assert lines[0].endswith(VERDICTS[Verdict.NOT_SHOWN].label)
    assert lines[2] == f"No answer: {SMALL}"
    row = gap_view.table(result).set_index("Ward").loc[name].astype(str)
    assert row.eq(SMALL).sum() >= 3
    assert gap_view.banded(result, "provision").members[code] is VERDICTS[Verdict.NOT_SHOWN]
    chart = share_chart.chart(result, dark=False, address=lambda ward: f"ward?{ward}")
    assert f"% of need, {SMALL}" in next(part for part in chart.split("<li ") if f'"{name}' in part)
    saved = gap_view.download(result).set_index("area_code").loc[code]
    assert saved["status"] == "suppressed"
    assert saved[["observed", "observed_share", "oe", "gap"]].isna().all()
    facts = profile(wards[edition], code, result.need.id)
    mine = facts[facts["group"].str.startswith(result.provision.title.split(" (")[0])]
    telling = mine[mine["label"].isin(["Provision", "Provision over its share", "Short of its share", "Supported"])]
    assert len(telling) == 4
    assert telling["value"].isna().all()


@pytest.mark.parametrize(("edition", "lens"), CASELOADS)
def test_nothing_that_is_shown_changes_when_only_hidden_counts_do(shipped: Library, edition: str, lens: str) -> None:
    """Random draws shared between wards once gave them back: only one set of counts fitted the limits shown."""
    given = provision(shipped, PROVISIONS[lens], edition)
    hidden = given.table["hidden"]
    turned = given.table.copy()
    turned.loc[hidden, "observed"] = given.table.loc[hidden, "observed"].to_numpy()[::-1]
    assert not turned["observed"].equals(given.table["observed"])
    for need in (need for need in NEEDS_BY_ID.values() if need.edition == edition and need.table is not None):
        both = [
            COMPARISONS["caseload"](shipped, need, need_table(shipped, need), replace(given, table=table))
            for table in (given.table, turned)
        ]
        pd.testing.assert_frame_equal(*both, check_exact=True)


def test_the_headline_says_how_many_are_held_back(shipped: Library) -> None:
    result = compared(shipped, "2026", "caseload_families")
    held = int((result.table["status"] == "suppressed").sum())
    assert f"{held} wards have counts so small, or so near to giving a small one away" in words.headline(result)[1]


def test_one_two_and_three_are_all_held_back_and_their_total_is_shown(changed_world: Callable[..., Library]) -> None:
    result = gap(changed_world(ACTIVITY=youth(1, 2, 3)), "2020", "idaci2015", "caseload_youth")
    assert set(result.table["verdict"]) == {Verdict.NOT_SHOWN}
    assert result.total == 6
    fitting = [counts for counts in product(range(1, 7), repeat=3) if sum(counts) == 6]
    assert [len({counts[ward] for counts in fitting}) for ward in range(3)] == [4, 4, 4]


def test_one_small_count_takes_the_smallest_other_that_is_not_none_with_it(
    changed_world: Callable[..., Library],
) -> None:
    table = gap(changed_world(ACTIVITY=youth(3, 7, 20)), "2020", "idaci2015", "caseload_youth").table
    assert list(table["verdict"] == Verdict.NOT_SHOWN) == [True, True, False]


def test_a_return_that_cannot_be_made_safe_is_refused_with_the_reason(changed_world: Callable[..., Library]) -> None:
    with pytest.raises(Refusal, match=r"whichever of them are held back\. Ask for a longer period or larger areas"):
        gap(changed_world(ACTIVITY=youth(0, 0, 3)), "2020", "idaci2015", "caseload_youth")


def test_a_need_without_a_hidden_ward_is_refused(changed_world: Callable[..., Library]) -> None:
    """Fir's need after housing costs is suppressed: the total of the other two would give its families away."""
    line = partial(activity_line, "2026", "2025-26 Q1", "children_centres", "family", FIR)
    small = changed_world(ACTIVITY=(line(20), line(2)))
    with pytest.raises(Refusal, match="the total without it would give the count away"):
        gap(small, "2026", "low_income_ahc2025", "caseload_families")


def test_the_command_line_holds_the_same_counts_back(shipped: Library, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gap", "--edition", "2026", "--need", "low_income_bhc2025", "--provision", "caseload_youth"]) == 0
    printed = [line for line in capsys.readouterr().out.splitlines() if Verdict.NOT_SHOWN in line]
    assert len(printed) == (compared(shipped, "2026", "caseload_youth").table["status"] == "suppressed").sum()
    assert all(line.count("NaN") >= 7 for line in printed)


@pytest.mark.parametrize(("edition", "lens"), CASELOADS)
def test_an_analyst_is_shown_every_count_and_told_so(
    shipped: Library, wards: dict[str, Together], edition: str, lens: str
) -> None:
    counts = provision(shipped, PROVISIONS[lens], edition).table.set_index("area_code")["observed"]
    shown = compared(shipped, edition, lens)
    whole = gap(shipped, edition, NEEDS[edition][0], lens, small_counts=True)
    assert (shown.small_counts, whole.small_counts) == (False, True)
    table = whole.table.set_index("area_code")
    pd.testing.assert_series_equal(table["observed"], counts.loc[table.index])
    assert set(table["status"]) <= {"ok", "missing"}
    same = shown.table.index[shown.table["status"] != "suppressed"]
    pd.testing.assert_frame_equal(whole.table.loc[same], shown.table.loc[same], check_dtype=False)
    assert whole.total == shown.total
    assert words.SHOWN_WHOLE in words.headline(whole)[1]
    assert "may be published or passed on" in gap_view.method(whole)
    assert "**Not shown.**" not in gap_view.method(whole)
    code = shown.table.loc[shown.table["status"] == "suppressed", "area_code"].iloc[0]
    facts = profile(Together(shipped, edition, wards[edition].held, small_counts=True), code, whole.need.id)
    mine = facts[facts["group"].str.startswith(whole.provision.title.split(" (")[0]) & (facts["label"] == "Provision")]
    assert mine["value"].tolist() == [counts[code]]


def test_an_analyst_is_shown_a_return_that_cannot_be_made_safe(changed_world: Callable[..., Library]) -> None:
    few = changed_world(ACTIVITY=youth(0, 0, 3))
    table = gap(few, "2020", "idaci2015", "caseload_youth", small_counts=True).table
    assert list(table["observed"]) == [0, 0, 3]


def test_small_counts_are_none_of_other_provision(shipped: Library) -> None:
    for lens in ("contact2017", "access_gp"):
        asked = gap(shipped, "2020", "idaci2015", lens, small_counts=True)
        assert not asked.small_counts
        pd.testing.assert_frame_equal(asked.table, gap(shipped, "2020", "idaci2015", lens).table)


def test_published_figures_are_shown_as_published(shipped: Library) -> None:
    contact = gap(shipped, "2020", "idaci2015", "contact2017").table
    assert Verdict.NOT_SHOWN not in set(contact["verdict"])
    assert np.isfinite(contact.loc[contact["status"] == "ok", "observed"]).all()
