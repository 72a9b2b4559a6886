"""Children in low-income families over the years."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.editions import COUNCIL
from analysis.low_income import AGAINST_REST, CHANGED, UNKNOWN, compared, series, wide, with_limits
from analysis.sources.library import Library
from analysis.statistics.differences import newcombe, proportions_against_rest
from tests.world.three_wards import ELM, FIR, GORSE


def test_limits_are_wilsons_on_the_count_behind_the_per_cent() -> None:
    rows = with_limits(pd.DataFrame({"count": [10, None], "percent": [10.0, None], "status": ["ok", "suppressed"]}))
    assert rows.loc[0, "children"] == pytest.approx(100)
    assert rows.loc[0, ["percent_lower", "percent_upper"]].round(1).tolist() == [5.5, 17.4]
    assert rows.loc[1, ["children", "percent_lower", "percent_upper"]].isna().all()


def test_years_published_and_no_others(shipped: Library) -> None:
    before, after = wide(series(shipped, "BHC"), "percent"), wide(series(shipped, "AHC"), "percent")
    assert list(before.columns) == [2022, 2023, 2024, 2025]
    assert list(after.columns) == [2024, 2025]
    assert len(before) == 34
    assert before.loc[COUNCIL, 2025] == pytest.approx(10.16)
    assert after.loc["E05012488", 2025] == pytest.approx(36.98)


def years(*rows: tuple[str, int, float | None, float | None]) -> pd.DataFrame:
    """Rows of area, year, count and children as `series` gives them."""
    table = pd.DataFrame(rows, columns=["area_code", "year_ending", "count", "children"])
    known = table["count"].notna()
    return with_limits(
        table.assign(percent=100 * table["count"] / table["children"], status=known.map({True: "ok", False: "missing"}))
    )


def test_a_change_is_judged_by_the_limits_of_the_difference() -> None:
    rows = years(("A", 2022, 100, 1000), ("A", 2025, 130, 1000), ("B", 2022, 300, 1000), ("B", 2025, 200, 1000))
    found = compared(rows).set_index("area_code")
    by_hand = newcombe([130], [1000], [100], [1000]).iloc[0]
    assert found.loc["A", "change"] == pytest.approx(3.0)
    assert found.loc["A", ["change_lower", "change_upper"]].tolist() == pytest.approx(
        [100 * by_hand["lower"], 100 * by_hand["upper"]]
    )
    assert found["change_said"].to_dict() == {"A": "rose", "B": "fell"}
    assert found["change_certain"].to_dict() == {"A": False, "B": True}
    assert found[["first_year", "last_year"]].drop_duplicates().to_numpy().tolist() == [[2022, 2025]]


def test_limits_may_overlap_and_the_shares_still_differ() -> None:
    rows = years(("A", 2022, 100, 1000), ("A", 2025, 130, 1000), ("B", 2022, 1, 10), ("B", 2025, 1, 10))
    before, after = rows.iloc[0], rows.iloc[1]
    assert before["percent_upper"] > after["percent_lower"]
    assert compared(rows).set_index("area_code").loc["A", "change_said"] == "rose"


def test_a_ward_is_set_against_the_others_and_never_against_itself() -> None:
    rows = years((ELM, 2025, 10, 100), (FIR, 2025, 20, 100), (GORSE, 2025, 60, 100), (COUNCIL, 2025, 90, 300))
    found = compared(rows).set_index("area_code")
    assert found.loc[GORSE, "rest"] == pytest.approx(60 - 15)
    assert found.loc[ELM, "rest"] == pytest.approx(10 - 40)
    assert found.loc[[ELM, FIR, GORSE], "rest_said"].tolist() == ["lower", "lower", "higher"]
    assert found.loc[[ELM, FIR, GORSE], "rest_certain"].tolist() == [True, False, True]
    assert found.loc[COUNCIL, "rest_said"] == UNKNOWN


def test_a_ward_without_a_figure_leaves_no_rest_to_compare_with() -> None:
    rows = years((ELM, 2025, 10, 100), (FIR, 2025, None, None), (GORSE, 2025, 60, 100))
    found = compared(rows).set_index("area_code")
    assert set(found["rest_said"]) == {UNKNOWN}
    assert found[["rest", "rest_lower", "rest_upper"]].isna().all(axis=None)
    assert not found["rest_certain"].any()


def test_a_suppressed_ward_of_the_world_is_not_taken_for_none(world: Library) -> None:
    rows = with_limits(world.table("CHILD_POVERTY_WARD").rename(columns={"ward19_code": "area_code"}))
    after, before = (compared(rows[rows["housing_costs"] == costs]).set_index("area_code") for costs in ("AHC", "BHC"))
    assert set(after["rest_said"]) == {UNKNOWN}
    assert before["rest"].round(1).to_dict() == {ELM: -15.0, FIR: 0.0, GORSE: 15.0}
    assert before["rest_said"].to_dict() == {ELM: "lower", FIR: "no clear difference", GORSE: "higher"}


def test_one_year_alone_shows_no_change() -> None:
    found = compared(years((ELM, 2025, 10, 100), (FIR, 2025, 20, 100)))
    assert set(found["change_said"]) == {UNKNOWN}
    assert not found["change_certain"].any()


@pytest.mark.parametrize("costs", ["BHC", "AHC"])
def test_what_is_said_follows_from_the_limits(shipped: Library, costs: str) -> None:
    found = compared(series(shipped, costs))
    for name, words in (("change", CHANGED), ("rest", AGAINST_REST)):
        known = found[found[f"{name}_said"] != UNKNOWN]
        assert (known[f"{name}_said"].eq(words[2]) == known[f"{name}_lower"].gt(0)).all()
        assert (known[f"{name}_said"].eq(words[0]) == known[f"{name}_upper"].lt(0)).all()
        assert (known[f"{name}_lower_998"] < known[f"{name}_lower"]).all()
        assert set(known.loc[known[f"{name}_certain"], f"{name}_said"]) <= {words[0], words[2]}


def test_the_shipped_years_before_housing_costs(shipped: Library) -> None:
    rows = series(shipped, "BHC")
    found = compared(rows).set_index("area_code")
    rose = found.index[found["change_said"] == "rose"].drop(COUNCIL)
    assert {shipped.names[code] for code in rose} == {"Midsomer Norton North", "Paulton", "Westfield", "Westmoreland"}
    assert found.loc[COUNCIL, "change"] == pytest.approx(0.59, abs=0.005)
    assert int((found["rest_said"].eq("higher") & found["rest_certain"]).sum()) == 7
    newest = rows[(rows["year_ending"] == 2025) & (rows["area_code"] != COUNCIL)].set_index("area_code")
    right = 100 * proportions_against_rest(newest["count"].astype(float), newest["children"])["difference"]
    assert found.loc[right.index, "rest"].to_numpy() == pytest.approx(right.to_numpy())
