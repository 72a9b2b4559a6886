"""The four printed profiles of need: what belongs together, checked against the rows and the words it claims."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import compare, indicators, printed_profiles
from analysis.compare import FOUR
from analysis.editions import COUNCIL
from analysis.indicators import OTHER_COUNCILS, Indicators
from analysis.printed_families import FAMILIES, Alike, Family
from analysis.printed_profiles import NOT_PRINTED
from analysis.sources.library import Library

NORTH_SOMERSET, WILTSHIRE, HALTON = OTHER_COUNCILS
UNITS = {"per cent": "%", "per 1,000 females": "per 1,000 girls", "per 10,000": "per 10,000 children"}


@pytest.fixture(scope="module")
def everything(shipped: Library) -> Indicators:
    return indicators.collected(shipped)


@pytest.fixture(scope="module")
def sides(everything: Indicators) -> pd.DataFrame:
    return printed_profiles.side_by_side(everything)


def printed(sides: pd.DataFrame, family: str, council: str) -> list[tuple[float, str]]:
    rows = sides[(sides["family_id"] == family) & (sides["area_code"] == council) & (sides["line"] == "printed")]
    return list(zip(rows["value"], rows["period"], strict=True))


def test_families_have_one_id_each_and_no_figure_stands_in_two() -> None:
    assert len({family.id for family in FAMILIES}) == len(FAMILIES)
    used = [name for family in FAMILIES for names in family.printed.values() for name in names]
    assert len(set(used)) == len(used)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.id)
def test_a_family_says_what_the_rows_bear_out(family: Family, everything: Indicators) -> None:
    assert (family.alike is Alike.ALONE) == (len(family.printed) == 1)
    if family.alike not in (Alike.SAME, Alike.YEARS_APART):
        return
    first = [everything.of(names[0]).query("area_code == @code") for code, names in family.printed.items()]
    units = [str(everything.table.loc[names[0], "unit"]) for names in family.printed.values()]
    rates = [(UNITS.get(unit, unit), int(rows["period_end"].max())) for unit, rows in zip(units, first, strict=True)]
    shared = [end for unit, end in rates if unit == UNITS.get(units[0], units[0])]
    assert len(shared) > 1
    assert (max(shared) - min(shared) > 1) == (family.alike is Alike.YEARS_APART)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.id)
def test_the_newest_figures_are_of_all_four_councils_and_none_is_a_plain_count(
    family: Family, sides: pd.DataFrame, everything: Indicators
) -> None:
    newest = sides[(sides["family_id"] == family.id) & (sides["line"] == "newest")]
    assert list(newest["indicator_id"].unique()) == list(family.newest)
    assert everything.table.loc[list(family.newest), "comparable"].all()
    for name, rows in newest.groupby("indicator_id"):
        assert list(rows["area_code"]) == list(FOUR)
        assert rows["value"].notna().all()
        assert rows["period"].unique().tolist() == [compare.usual_period(everything.of(str(name)), FOUR)]


def test_figures_are_as_the_strategies_print_them(sides: pd.DataFrame) -> None:
    assert printed(sides, "in_need", NORTH_SOMERSET) == [(920.0, "2014")]
    assert printed(sides, "in_need", WILTSHIRE) == [(2122.0, "2012/13"), (208.0, "2012/13")]
    assert printed(sides, "looked_after", COUNCIL) == [(48.0, "2018")]
    assert printed(sides, "conceptions", WILTSHIRE) == [(22.9, "2011")]
    assert printed(sides, "neet", NORTH_SOMERSET) == [(2.8, "2014")]
    assert printed(sides, "mental_illness", COUNCIL) == [(0.83, "2017/18")]
    wiltshire = sides[(sides["indicator_id"] == "wiltshire2013_children_in_need_rate") & (sides["line"] == "printed")]
    assert wiltshire["locator"].item() == (
        "Wiltshire Early Help Strategy 2013-16, section 4.1, safeguarding data set, line 194"
    )


def test_what_a_council_does_not_print_is_said_and_never_a_zero(sides: pd.DataFrame) -> None:
    halton = sides[(sides["area_code"] == HALTON) & (sides["line"] == "printed")]
    assert set(halton["status"]) == {NOT_PRINTED}
    assert halton["value"].isna().all()
    given = sides[sides["line"] == "printed"].groupby("family_id")["area_code"].agg(set)
    assert all(areas == set(FOUR) for areas in given)


def test_every_figure_of_the_strategies_stands_in_a_family_or_among_the_others(
    everything: Indicators, sides: pd.DataFrame
) -> None:
    rest = printed_profiles.others(everything)
    strategies = everything.table[everything.table["source"] == "strategies"].index
    of_four = everything.observations[everything.observations["area_code"].isin(FOUR)]
    wanted = set(strategies) & set(of_four["indicator_id"])
    used = set(sides.loc[sides["line"] == "printed", "indicator_id"].dropna())
    assert set(rest["indicator_id"]) | (used & wanted) == wanted
    assert not set(rest["indicator_id"]) & used
    assert (rest["value"].notna() | rest["status"].ne("ok")).all()
