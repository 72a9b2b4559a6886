"""Localities in words and tables, in the three-ward world."""

from __future__ import annotations

from collections.abc import Callable

from analysis.gap import gap
from analysis.localities import Locality, with_rest
from analysis.present import locality_view
from analysis.sources.library import Library
from tests.analysis.test_disclosure import youth
from tests.world.three_wards import ASH, BIRCH, CEDAR

NAMES = ("Radstock", "Southdown")
TOWN = Locality("Town", "2020", (ASH, BIRCH))


def test_without_localities_it_says_what_one_is(world: Library) -> None:
    said, more = locality_view.headline(
        gap(world, "2020", "idaci2015", "caseload_families", with_rest(world, "2020", ()))
    )
    assert said == "No locality has been made of the 37 wards of 2011 to 2019 yet."
    assert more.startswith("A locality is a group of wards with a name of your own")


def test_a_locality_is_said_with_its_ratio_limits_and_verdict(world: Library) -> None:
    result = gap(world, "2020", "idaci2015", "caseload_families", with_rest(world, "2020", [TOWN]))
    assert locality_view.line(result, TOWN) == (
        "Town (2 wards): in line with its share of need. Its families supported by early help come to 1.33 (0.95 to "
        "1.82) of what its share of children in income-deprived families would give. These figures are illustrative."
    )
    assert locality_view.headline(result)[0] == (
        "One locality set against its share of need. Town: in line with its share of need."
    )


def test_bounds_are_said_where_the_list_leaves_wards_out(shipped: Library) -> None:
    """Radstock: 32 to 38 of 702 print as 5%. Southdown is not listed: no more than 5.5% of them, 38.61."""
    mixed = Locality("Mixed", "2020", tuple(code for code in shipped.codes("ward11") if shipped.names[code] in NAMES))
    result = gap(shipped, "2020", "idaci2015", "contact2017", [mixed])
    assert "only bounds are published: at least 32 and at most 77, which is" in locality_view.line(result, mixed)
    assert "at least 32 and at most 77" in set(locality_view.table(result)["Provision (parents)"])


def test_columns_add_up_to_the_council(world: Library) -> None:
    result = gap(world, "2020", "idaci2015", "caseload_families", with_rest(world, "2020", [TOWN]))
    table = locality_view.table(result).set_index("Locality")
    assert list(table.index) == ["Town", "Wards in no locality", "All of B&NES"]
    assert list(table["Provision (families)"]) == ["40", "20", "60"]
    assert list(table["Expected"]) == ["30.0", "30.0", "60.0"]
    assert table.loc["Town", "Per cent of its children"] == "15.0% (10.7 to 20.6)"
    assert table.loc["All of B&NES", "Verdict"] == "not compared with itself"


def test_nothing_of_a_hidden_locality_is_in_the_table_the_sentence_or_the_download(
    changed_world: Callable[..., Library],
) -> None:
    hills = Locality("Hills", "2020", (BIRCH, CEDAR))
    small = changed_world(ACTIVITY=youth(3, 7, 20))
    result = gap(small, "2020", "idaci2015", "caseload_youth", with_rest(small, "2020", [hills]))
    assert "27" not in " ".join(locality_view.table(result).loc[0].astype(str))
    assert locality_view.line(result, hills).endswith("Not shown, so that no family can be recognised.")
    saved = locality_view.download(result).set_index("locality").loc["Hills"]
    assert saved[["observed", "observed_share", "oe", "gap"]].isna().all()
    assert saved["ward_codes"] == f"{BIRCH}; {CEDAR}"


def test_the_map_tells_localities_apart_by_number() -> None:
    view = locality_view.banded((TOWN,), [CEDAR], [ASH, BIRCH, CEDAR])
    assert [view.members[code].symbol for code in (ASH, BIRCH, CEDAR)] == ["1", "1", "+"]
    assert view.members[ASH].label == "Town"
