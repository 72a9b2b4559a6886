"""Need and provision of localities: done by hand in the three-ward world, and held to what may be shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest

from analysis.comparison import COMPARISONS, SMALL, Verdict
from analysis.editions import EDITIONS
from analysis.gap import Gap, gap, lenses
from analysis.grouping import added
from analysis.localities import Locality, with_rest
from analysis.need import NEEDS, need_table
from analysis.provision import PROVISIONS, provision
from analysis.refusal import Refusal
from analysis.sources.library import Library
from analysis.statistics.attack import feasible_ranges
from analysis.statistics.count_tables import nested, one_way
from analysis.statistics.intervals import poisson_limits, wilson
from tests.analysis.test_disclosure import youth
from tests.world.three_wards import ASH, BIRCH, CEDAR, ELM, FIR, GORSE, activity_line

TOWN = Locality("Town", "2020", (ASH, BIRCH))
VALE = Locality("Vale", "2026", (ELM, FIR))
EVERY = [
    (edition, need.id, provided.id)
    for edition in EDITIONS
    for need, provided in product(*lenses(edition))
    if need.records_of is None
]


def of(result: Gap, name: str) -> pd.Series:
    return result.table.set_index("area_name").loc[name]


def thirds(library: Library, edition: str) -> tuple[Locality, ...]:
    """Two localities of six and seven wards, and the other wards."""
    codes = library.codes(EDITIONS[edition].ward_type)
    return with_rest(
        library, edition, [Locality("A", edition, tuple(codes[:6])), Locality("B", edition, tuple(codes[8:15]))]
    )


def test_ash_and_birch_together_by_hand(world: Library) -> None:
    """Need 10 + 20 of 60, families 20 + 20 of 60: 40 against 30 expected."""
    result = gap(world, "2020", "idaci2015", "caseload_families", [TOWN])
    town = of(result, "Town")
    assert list(town[["need", "denominator", "observed", "expected", "gap"]]) == [30, 200, 40, 30, -10]
    assert town["need_share"] == pytest.approx(0.5)
    assert town["oe"] == pytest.approx(4 / 3)
    assert town[["oe_lower", "oe_upper"]].tolist() == pytest.approx([float(x) / 30 for x in poisson_limits(40)])
    lower, upper = wilson(30, 200)
    assert town[["percent", "percent_lower", "percent_upper"]].tolist() == pytest.approx([15, 100 * lower, 100 * upper])
    assert list(result.table["area_code"]) == [TOWN.code, CEDAR]
    assert list(result.wards["area_name"]) == ["Cedar"]
    assert list(result.grouped["area_name"]) == ["Town"]
    assert result.total == 60


def test_places_within_reach_are_added_under_every_catchment(world: Library) -> None:
    apart = gap(world, "2020", "idaci2015", "access_school").table.set_index("area_code")
    town = of(gap(world, "2020", "idaci2015", "access_school", [TOWN]), "Town")
    assert town["observed"] == pytest.approx(apart.loc[[ASH, BIRCH], "observed"].sum())
    assert town["oe"] == pytest.approx(town["observed"] / apart.loc[[ASH, BIRCH], "expected"].sum())
    drawn = provision(world, PROVISIONS["access_school"], "2020").variants
    assert drawn is not None
    share = drawn.iloc[:2].sum() / drawn.sum()
    assert [town["oe_lowest"], town["oe_highest"]] == pytest.approx([share.min() / 0.5, share.max() / 0.5])


def test_unlisted_wards_are_bounded_and_listed_ones_in_part_never_counted(world: Library) -> None:
    """120 parents, Cedar 30% of them: 36 as printed, 35.4 to 36.6 before rounding, so 36; nobody else above 36.6."""
    unlisted = of(gap(world, "2020", "idaci2015", "contact2017", [TOWN]), "Town")
    assert np.isnan(unlisted["observed"])
    assert unlisted["bound"] == pytest.approx(2 * 36.6)
    assert unlisted["oe_upper"] == pytest.approx(2 * 36.6 / 60)
    assert unlisted["verdict"] == Verdict.NOT_KNOWN
    mixed = gap(world, "2020", "idaci2015", "contact2017", [Locality("Hills", "2020", (BIRCH, CEDAR))])
    hills = of(mixed, "Hills")
    assert np.isnan(hills["observed"])
    assert (hills["least"], hills["bound"]) == pytest.approx((120 - 36.6, 72.6))
    assert of(mixed, "The other 3 wards together")["observed"] == 120


def test_listed_wards_are_added_with_what_rounding_allows(shipped: Library) -> None:
    names = {name: code for code, name in shipped.names.items() if code.startswith("E050019")}
    both = Locality("Both", "2020", tuple(sorted((names["Twerton"], names["Radstock"]))))
    row = of(gap(shipped, "2020", "idaci2015", "contact2017", [both]), "Both")
    assert (row["observed"], row["lowest"], row["highest"]) == (133, 95 + 32, 101 + 38)
    assert row["oe"] == pytest.approx(133 / (702 * (386 + 267) / 3606))
    assert row["basis"] == "modelled"


def test_bounds_of_localities_that_cover_the_council_hold_each_other(shipped: Library) -> None:
    """What one can have at least is what the others leave of the base, and the other way round."""
    rows = gap(shipped, "2020", "idaci2015", "contact2017", thirds(shipped, "2020")).grouped
    assert (rows["least"] <= rows["bound"]).all()
    assert rows["least"].sum() <= 702 <= rows["bound"].sum()


@pytest.mark.parametrize(("edition", "need", "provided"), EVERY)
def test_totals_and_every_ward_in_no_locality_are_as_without(
    shipped: Library, edition: str, need: str, provided: str
) -> None:
    apart = gap(shipped, edition, need, provided)
    together = gap(shipped, edition, need, provided, thirds(shipped, edition)[:2])
    assert together.total == apart.total
    left = apart.wards[apart.wards["area_code"].isin(together.wards["area_code"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(together.wards[left.columns], left, check_dtype=False)


@pytest.mark.parametrize(("edition", "need", "provided"), EVERY)
def test_localities_and_the_rest_add_up_to_the_council(
    shipped: Library, edition: str, need: str, provided: str
) -> None:
    result = gap(shipped, edition, need, provided, thirds(shipped, edition))
    apart = gap(shipped, edition, need, provided).wards
    assert result.wards.empty
    for name in ("need", "denominator", "expected", "need_share"):
        assert result.grouped[name].sum() == pytest.approx(apart[name].sum())
    if result.table["gap"].notna().all():
        assert result.table["gap"].sum() == pytest.approx(0, abs=1e-6)
    assert set(result.table["basis"]) <= {"modelled", "illustrative"} or provided == "contact2017"


def test_a_locality_with_a_ward_whose_need_is_suppressed_says_which(world: Library) -> None:
    """Fir's need after housing costs is suppressed; its families are known, and Elm stays part of the totals."""
    apart = gap(world, "2026", "low_income_ahc2025", "caseload_families")
    result = gap(world, "2026", "low_income_ahc2025", "caseload_families", [VALE])
    vale = of(result, "Vale")
    assert np.isnan(vale["need"])
    assert np.isnan(vale["expected"])
    assert vale["observed"] == 60
    assert vale["verdict"] == Verdict.NOT_KNOWN
    assert vale["reason"] == "Fir: suppressed by the source to protect people"
    assert result.total == apart.total == 40
    assert of(result, "Gorse")["expected"] == of(apart, "Gorse")["expected"]


def test_a_locality_with_a_ward_the_return_leaves_out_has_need_and_no_sum(
    changed_world: Callable[..., Library],
) -> None:
    line = activity_line("2026", "2025-26 Q1", "children_centres", "family", FIR, 20)
    vale = of(
        gap(changed_world(ACTIVITY=(line, "")), "2026", "low_income_bhc2025", "caseload_families", [VALE]), "Vale"
    )
    assert vale["need"] == 30
    assert np.isnan(vale["observed"])
    assert (vale["status"], vale["reason"]) == ("missing", "Fir: provision not given in the return")


def test_one_hidden_ward_hides_its_locality_and_all_that_would_tell_it(changed_world: Callable[..., Library]) -> None:
    small = changed_world(ACTIVITY=youth(3, 7, 20))
    result = gap(small, "2020", "idaci2015", "caseload_youth", [Locality("Hills", "2020", (BIRCH, CEDAR))])
    hills = of(result, "Hills")
    telling = [name for name in result.table if name.startswith(("observed", "oe", "gap"))]
    assert hills[telling].isna().all()
    assert (hills["verdict"], hills["status"], hills["reason"]) == (Verdict.NOT_SHOWN, "suppressed", SMALL)
    assert hills["expected"] == pytest.approx(25)


def test_a_ward_both_hidden_and_beside_one_that_is_missing_stays_hidden(
    changed_world: Callable[..., Library],
) -> None:
    lines, _ = youth(0, 0, 0)
    without_birch = "".join(youth(2, 0, 4)[1].splitlines(keepends=True)[i] for i in (0, 2))
    result = gap(changed_world(ACTIVITY=(lines, without_birch)), "2020", "idaci2015", "caseload_youth", [TOWN])
    town = of(result, "Town")
    assert np.isnan(town["observed"])
    assert town["verdict"] == Verdict.NOT_SHOWN
    assert town["reason"] == f"{SMALL}; Birch: provision not given in the return"
    assert result.total == 6


@pytest.mark.parametrize("edition", ["2020", "2026"])
@pytest.mark.parametrize("lens", ["caseload_families", "caseload_youth"])
def test_localities_beside_shown_wards_and_the_total_tell_nothing_more_of_hidden_wards(
    shipped: Library, edition: str, lens: str
) -> None:
    """The attack: every shown ward, every shown locality of every way of splitting, and the council's total."""
    table = provision(shipped, PROVISIONS[lens], edition).table
    hidden, counts = table["hidden"].to_numpy(bool), one_way(table["observed"].to_numpy())
    generator = np.random.default_rng(4)
    shown = {}
    for split in range(6):
        parts = generator.integers(0, 6, len(table))
        sets = [
            Locality(f"P{split}{part}", edition, tuple(table["area_code"][parts == part]))
            for part in range(6)
            if (parts == part).any()
        ]
        rows = gap(shipped, edition, lenses(edition)[0][0].id, lens, sets).grouped
        for one, observed in zip(sets, rows["observed"], strict=True):
            inside = table["area_code"].isin(one.wards)
            assert np.isnan(observed) == (inside & hidden).any()
            if not np.isnan(observed):
                assert observed == table.loc[inside, "observed"].sum()
                shown[one.name] = inside
    before = feasible_ranges(counts, hidden, 1)
    after = feasible_ranges(nested(counts, shown), hidden, 1)
    assert shown
    assert list(after.least) == list(before.least)
    assert list(after.greatest) == list(before.greatest)
    assert ((after.greatest - after.least)[hidden] >= 3).all()


def test_nothing_shown_changes_when_only_hidden_counts_do(shipped: Library) -> None:
    given = provision(shipped, PROVISIONS["caseload_youth"], "2026")
    turned, hidden = given.table.copy(), given.table["hidden"]
    turned.loc[hidden, "observed"] = given.table.loc[hidden, "observed"].to_numpy()[::-1]
    sets = thirds(shipped, "2026")
    for need in ("low_income_bhc2025", "idaci2019"):
        needs = need_table(shipped, NEEDS[need])
        both = [
            COMPARISONS["caseload"](shipped, *added(sets, NEEDS[need], needs, replace(given, table=table)))
            for table in (given.table, turned)
        ]
        pd.testing.assert_frame_equal(*both, check_exact=True)


@pytest.mark.parametrize(
    ("localities", "reason"),
    [
        ((VALE,), "'Vale' is not a locality of the 2020 edition"),
        ((TOWN, Locality("Hills", "2020", (BIRCH, CEDAR))), "Two of these localities share a ward"),
    ],
)
def test_localities_that_cannot_be_compared_are_refused(
    world: Library, localities: tuple[Locality, ...], reason: str
) -> None:
    with pytest.raises(Refusal, match=reason):
        gap(world, "2020", "idaci2015", "caseload_families", localities)


def test_the_limits_of_an_estimated_need_come_from_added_draws(world: Library) -> None:
    """Gorse alone and the other two together share what there is, so their draws of need mirror each other."""
    lens = NEEDS["idaci2019"]
    needs = need_table(world, lens)
    given = provision(world, PROVISIONS["caseload_families"], "2026")
    together, _, _ = added((VALE,), lens, needs, given)
    assert together.draws is not None
    assert lens.draws is not None
    drawn, apart = together.draws(world), lens.draws(world)
    assert drawn.shape == (len(apart), 2)
    np.testing.assert_allclose(drawn[:, 0], apart[:, 0] + apart[:, 1])
    np.testing.assert_allclose(drawn[:, 1], apart[:, list(needs["area_code"]).index(GORSE)])
