"""The service map: 18 needs by 4 life stages, states, counts, and what section 7 says beside it."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import services
from analysis.sources.library import Library


@pytest.fixture(scope="module")
def cells(shipped: Library) -> pd.DataFrame:
    return services.cells(shipped)


def test_there_are_18_needs_and_4_life_stages_in_the_order_printed(cells: pd.DataFrame) -> None:
    needs = list(cells["need"].drop_duplicates())
    assert (len(needs), needs[0], needs[-1]) == (
        18,
        "Mental wellbeing",
        "Anti-social behaviour, crime and radicalisation",
    )
    assert (cells.groupby("need")["life_stage"].agg(set) == set(services.LIFE_STAGES)).all()
    assert len(cells) == 72


def test_every_cell_is_in_one_state(cells: pd.DataFrame) -> None:
    counted = cells["cell"].value_counts().to_dict()
    assert counted == {"covered": 44, "uncovered": 2, "unclear": 16, "not_applicable": 10}
    assert set(counted) == set(services.CELLS)


def test_the_two_needs_without_a_service(cells: pd.DataFrame) -> None:
    found = cells[cells["cell"] == "uncovered"]
    assert set(zip(found["need_id"], found["life_stage"], strict=True)) == {
        ("worklessness", "parents"),
        ("missing_education", "pre_birth_to_4"),
    }


def test_a_covered_cell_counts_its_services_and_their_asterisks(cells: pd.DataFrame) -> None:
    found = cells.set_index(["need_id", "life_stage"]).loc[("mental_wellbeing", "parents")]
    assert (found["services"], found["commissioned"]) == (12, 2)
    assert len(found["names"]) == len(found["marks"]) == 12
    assert found["marks"].count("yes") == 2


def test_commissioned_services_are_never_more_than_all(cells: pd.DataFrame) -> None:
    known = cells[cells["cell"] != "unclear"]
    assert (known["commissioned"] <= known["services"]).all()
    assert (known.loc[known["cell"] == "covered", "services"] > 0).all()
    assert (known.loc[known["cell"] != "covered", "services"] == 0).all()


def test_an_unclear_cell_has_no_count_at_all(cells: pd.DataFrame) -> None:
    unclear = cells[cells["cell"] == "unclear"]
    assert unclear[["services", "commissioned"]].isna().all(axis=None)
    assert unclear["reading"].notna().all()


@pytest.mark.parametrize("asked", ["mental_wellbeing", "Mental wellbeing"])
def test_services_of_a_cell_by_identifier_or_name(shipped: Library, asked: str) -> None:
    found = services.services_in(shipped, asked, "pre_birth_to_4")
    assert "Family Nurse Partnership" in set(found["service"])
    assert found["locator"].notna().all()


def test_an_uncovered_cell_lists_nothing(shipped: Library) -> None:
    assert services.services_in(shipped, "worklessness", "parents").empty


def test_section_7_marks_19_needs(shipped: Library) -> None:
    marked = services.needs_by_life_stage(shipped)
    assert marked.shape == (19, 4)
    assert int(marked.to_numpy().sum()) == 60
    assert {"Debt and financial advice", "Impact of poverty"} <= set(marked.index)


def test_a_split_need_is_marked_where_either_half_is(cells: pd.DataFrame) -> None:
    assert cells.loc[cells["need_id"] == "poverty_debt", "marked"].all()
    assert cells["marked"].notna().all()


def test_where_the_two_tables_differ(shipped: Library) -> None:
    differ = services.differences(shipped)
    assert differ["difference"].value_counts().to_dict() == {
        "marked_unclear": 16,
        "served_unmarked": 6,
        "marked_uncovered": 2,
    }
    assert list(differ["difference"].iloc[:2]) == ["marked_uncovered"] * 2


def test_the_tables_agree_everywhere_else(shipped: Library, cells: pd.DataFrame) -> None:
    differ = services.differences(shipped).set_index(["need", "life_stage"]).index
    rest = cells.set_index(["need", "life_stage"]).drop(index=differ)
    assert len(rest) == 72 - len(differ)
    assert (rest["cell"].eq("covered") == rest["marked"]).all()


def test_rows_come_in_the_order_of_their_first_line() -> None:
    rows = pd.DataFrame({"locator": ["x, lines 30-31", "x, line 4", "x, lines 30 and 9"], "n": [1, 2, 3]})
    assert list(services.in_printed_order(rows)["n"]) == [2, 1, 3]
