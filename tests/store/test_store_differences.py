"""What another version changes: figures, findings, warnings and the opening sentence, by hand on the three wards."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from analysis.indicators import Indicators, assembled
from analysis.present import differences_view
from analysis.sources.library import Library
from analysis.sources.tables import CONTRACTS
from analysis.statistics.unusual import robust_scores
from analysis.store.cautions import cautions, jumps
from analysis.store.differences import changed_contracts, differences
from analysis.store.findings import fifth_flips, flips, indicator_flips, verdict_flips
from tests.world.three_wards import ASH, ELM, FIR, GORSE

World = Callable[..., Library]


def words(before: Library, after: Library, base: str = "2026") -> list[tuple[str, str, str]]:
    return [(one.kind, one.where, one.words) for one in cautions(before, after, base)]


def test_the_same_tables_differ_in_nothing(world: Library, changed_world: World) -> None:
    same = changed_world()
    assert differences(world, same) == []
    assert flips(world, same, "2026").empty
    assert cautions(world, same, "2026") == []
    assert differences_view.summary([], pd.DataFrame()) == "Nothing differs."


def test_a_changed_figure_is_found_by_its_key(world: Library, changed_world: World) -> None:
    after = changed_world(CHILD_POVERTY_WARD=("BHC,10,10,ok", "BHC,15,15,ok"))
    (found,) = differences(world, after)
    assert (found.contract, found.added, found.changed, found.lost) == ("CHILD_POVERTY_WARD", 0, 2, 0)
    row = found.cells.iloc[0]
    assert row["key"] == f"{ELM}; 2025; relative; BHC"
    assert (row["column"], row["before"], row["after"]) == ("count", "10", "15")
    assert (row["difference"], row["relative"]) == (5, 0.5)


def test_a_figure_that_became_blank_is_lost_and_one_that_appeared_is_added(
    world: Library, changed_world: World
) -> None:
    after = changed_world(CHILD_POVERTY_WARD=("BHC,10,10,ok", "BHC,,,missing"))
    (found,) = differences(world, after)
    assert (found.added, found.changed, found.lost) == (0, 1, 2)
    (back,) = differences(after, world)
    assert (back.added, back.changed, back.lost) == (2, 1, 0)


def test_rows_added_and_lost_are_counted_cell_by_cell(world: Library, changed_world: World) -> None:
    after = changed_world(CHILD_POVERTY_WARD=(f"{GORSE},2025,relative,AHC,30,30,ok\n", ""))
    (found,) = differences(world, after)
    assert (found.lost, found.rows_before, found.rows_after) == (3, 6, 5)
    assert set(found.cells["key"]) == {f"{GORSE}; 2025; relative; AHC"}


def test_the_cells_of_a_return_of_small_counts_are_counted_and_never_listed(
    world: Library, changed_world: World
) -> None:
    after = changed_world(ACTIVITY=(f"{ELM},40,0", f"{ELM},41,0"))
    (found,) = differences(world, after)
    assert (found.changed, found.withheld, len(found.cells)) == (1, True, 0)
    assert "41" not in " ".join(str(one) for one in cautions(world, after, "2026"))


def test_a_ward_that_becomes_under_provided_for_certain_enters(world: Library, changed_world: World) -> None:
    after = changed_world(ACTIVITY=(f"{ELM},40,0", f"{ELM},400,0"))
    found = flips(world, after, "2026")
    entered = found[found["certain"] == "enters"]
    assert set(entered["area_code"]) == {FIR}
    assert set(entered["after"]) == {"under-provided, for certain"}
    back = pd.DataFrame(verdict_flips(after, world, "2026"))
    assert set(back.loc[back["certain"] == "leaves", "area_code"]) == {FIR}
    row = found[found["of"] == "low_income_bhc2025+caseload_families"].iloc[0]
    assert row["finding"] == f"gap:low_income_bhc2025+caseload_families:{row['area_code']}"


def test_a_comparison_that_is_refused_is_a_finding(world: Library, changed_world: World) -> None:
    after = changed_world(ACTIVITY=(f"{ELM},40,0", f"{ELM},1,0"))
    found = pd.DataFrame(verdict_flips(world, after, "2026"))
    refused = found[found["after"].str.contains("somebody could be recognised") | found["after"].str.contains("shown")]
    assert len(refused) > 0


def test_a_neighbourhood_that_moves_to_another_fifth(world: Library, changed_world: World) -> None:
    after = changed_world(IOD2019=("idaci,0.1,0.01,modelled,ok,,20000,7", "idaci,0.1,0.01,modelled,ok,,3000,1"))
    moved = pd.DataFrame(fifth_flips(world, after, {"IOD2019"}))
    assert list(moved["finding"]) == ["deprivation:2019:idaci:E01014001"]
    assert list(moved["before"]) == ["fifth 4 of 5 (1 is the most deprived)"]
    assert list(moved["after"]) == ["fifth 1 of 5 (1 is the most deprived)"]


def indicators(ours: list[float]) -> Indicators:
    """One rate for six years: the council as given, out of 1,000 each year, England always 20%."""
    years = range(2018, 2024)
    rows = [("E06000022", year, value, 10 * value) for year, value in zip(years, ours, strict=True)]
    rows += [("E92000001", year, 20.0, 200.0) for year in years]
    table = pd.DataFrame(rows, columns=["area_code", "period_end", "value", "numerator"]).assign(
        indicator_id="late", period=lambda found: found["period_end"].astype(str), lower=None, upper=None
    )
    table = table.assign(denominator=1000.0, basis="published", status="ok", note=None, locator="x")
    about = {"unit": "%", "per": 100.0, "polarity": "high is worse", "limits": "wilson", "least": 0.0, "most": 100.0}
    words_of = dict.fromkeys(("title", "topic", "ages", "definition", "caveat"), "Late")
    held = pd.DataFrame([{"indicator_id": "late", **about, **words_of}])
    number = {"lower": float, "upper": float}
    return assembled(held.assign(source="open"), table.astype(number), pd.DataFrame(), pd.Series(dtype=str))


def test_an_indicator_that_passes_england_and_begins_to_rise_flips_twice() -> None:
    before, after = indicators([10.0] * 6), indicators([10.0, 10.0, 14.0, 20.0, 26.0, 30.0])
    found = pd.DataFrame(indicator_flips(before, after)).set_index("finding")
    assert list(found.loc["england:late", ["before", "after"]]) == ["Better", "Worse"]
    assert list(found.loc["trend:late", ["before", "after"]]) == ["No significant change", "Increasing"]
    assert list(indicator_flips(before, indicators([10.0] * 6))) == []


def test_the_opening_sentence_before_and_after(world: Library, changed_world: World) -> None:
    after = changed_world(ACTIVITY=(f"{ELM},40,0", f"{ELM},400,0"))
    (said,) = differences_view.headlines(world, after, "2026", [("low_income_bhc2025", "caseload_families")])
    assert said.differs
    assert said.before != said.after
    assert said.after.startswith("Gorse and Fir have fewer families supported")
    (refused,) = differences_view.headlines(world, after, "2026", [("low_income_bhc2025", "contact2017")])
    assert not refused.differs
    assert "cannot be joined" in refused.before


def test_what_changes_in_a_sentence_and_in_tables(world: Library, changed_world: World) -> None:
    after = changed_world(CHILD_POVERTY_WARD=("BHC,10,10,ok", "BHC,40,40,ok"))
    found, flipped = differences(world, after), flips(world, after, "2026")
    assert differences_view.summary(found, flipped).startswith(
        "1 table differs: 0 figures added, 2 changed and 0 lost."
    )
    assert list(differences_view.tables(found)["Changed"]) == [2]
    assert list(differences_view.cells(found[0])["Difference, %"]) == [300, 300]
    assert len(differences_view.findings(flipped)) == len(flipped) > 0
    nothing = differences_view.summary(found, flipped.iloc[0:0])
    assert nothing.endswith("No finding would be another.")


def test_a_suppressed_count_that_became_a_number_is_warned_of(world: Library, changed_world: World) -> None:
    after = changed_world(CHILD_POVERTY_WARD=("AHC,,,suppressed", "AHC,20,20,ok"))
    found = [one for one in words(world, after) if one[0] == "suppressed"]
    assert [one[1] for one in found] == [f"{FIR}; 2025; relative; AHC"] * 2
    assert found[0][2].startswith("count was suppressed to protect people")


def test_wards_of_other_years_and_of_no_list_are_warned_of(world: Library, changed_world: World) -> None:
    after = changed_world(CHILD_POVERTY_WARD=(f"{ELM},2025,relative,BHC", "E05010001,2025,relative,BHC"))
    assert (
        "area",
        "E05010001",
        "ward19_code is a ward that is in no list of wards held here: it may be an old one.",
    ) in (words(world, after))
    mixed = changed_world(IDACI2015_PRINTED=(f"{ASH},10,10,5.5", f"{ELM},10,10,5.5"))
    assert ("area", ELM, "area_code is a ward of other years than the 2020 edition uses.") in words(
        world, mixed, "2020"
    )


def test_ages_that_come_and_go_are_warned_of(world: Library, changed_world: World) -> None:
    after = changed_world(POPULATION_LSOA21=("E01014001,0-15,100", "E01014001,16-24,100"))
    assert ("age", "16-24", "ages that were not in the table before.") in words(world, after)


def test_a_total_that_no_longer_adds_up_is_warned_of(world: Library, changed_world: World) -> None:
    after = changed_world(IDACI2015_PRINTED=(f"{ASH},10,10,5.5", f"{ASH},17,10,5.5"))
    assert ("total", "E06000022", "the parts make 67 and the total given is 60.") in words(world, after, "2020")
    assert not [one for one in words(after, after, "2020") if one[0] == "total"]


def test_a_jump_is_measured_against_what_the_table_usually_does() -> None:
    rows = [
        (f"E010000{place:02}", year, 100 + place + (year % 3))
        for place in range(20)
        for year in (2017, 2018, 2019, 2020)
    ]
    frame = pd.DataFrame(rows, columns=["lsoa11_code", "mid_year", "population"]).assign(age_band="all")
    contract = CONTRACTS["POPULATION_LSOA11"]
    new = frame.copy()
    new.loc[(new["mid_year"] == 2020) & (new["lsoa11_code"] == "E01000007"), "population"] = 400
    assert [where for where, _ in jumps(frame, new, contract)] == ["2020; E01000007; all"]
    assert jumps(new, new, contract) == []
    assert jumps(frame[frame["mid_year"] < 2020], frame, contract) == []


def test_robust_scores_by_hand() -> None:
    moves = pd.Series([0.0, 0.1, -0.1, 0.1, -0.1, 0.1, -0.1, 0.0, 3.0])
    scores = robust_scores(moves, pd.Series("a", index=moves.index))
    assert scores[-1] == pytest.approx(3.0 / (1.4826 * 0.1))
    assert abs(scores[:-1]).max() < 1


def test_where_nothing_moves_a_rounding_is_not_unusual() -> None:
    moves = pd.Series([0.0] * 20 + [0.01])
    assert robust_scores(moves, pd.Series("a", index=moves.index))[-1] == pytest.approx(0.5)


def test_which_tables_differ(world: Library, changed_world: World) -> None:
    assert changed_contracts(world, changed_world(SITES=("library-near,library", "library-far,library"))) == {"SITES"}
