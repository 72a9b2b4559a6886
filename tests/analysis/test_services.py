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


def test_each_service_has_its_provider_or_a_blank(cells: pd.DataFrame) -> None:
    assert (cells["providers"].map(len) == cells["names"].map(len)).all()
    found = cells.set_index(["need_id", "life_stage"]).loc[("bereavement", "pre_birth_to_4")]
    assert (found["names"], found["providers"]) == (("Bereavement Services",), ("CRUISE",))


def test_providers_who_run_a_service_together_are_offered_one_by_one(cells: pd.DataFrame) -> None:
    offered = services.providers(cells)
    assert {"Bright Start", "Action for Children", "Southside", "Bath Area Play Project (BAPP)"} <= set(
        offered.values()
    )
    assert not set(services.JOINT) & set(offered.values())
    assert list(offered)[-1] == "provider-not-named"
    assert len(offered) == len(set(offered.values())) == 14


def test_every_joint_provider_is_in_the_service_map(shipped: Library) -> None:
    assert set(services.JOINT) <= set(shipped.table("SERVICES")["provider"].dropna())


@pytest.mark.parametrize(
    ("need", "stage", "many"), [(None, None, 72), ("neet", None, 4), (None, "parents", 18), ("neet", "parents", 1)]
)
def test_cells_are_kept_by_need_and_life_stage(
    cells: pd.DataFrame, need: str | None, stage: str | None, many: int
) -> None:
    assert len(services.at(cells, need, stage)) == many


def test_a_provider_keeps_only_its_own_services(cells: pd.DataFrame) -> None:
    theirs = services.run_by(cells, "Mentoring Plus")
    assert {"Mentoring Plus"} == {run for row in theirs["providers"] for run in row}
    assert set(theirs["cell"]) <= {*services.CELLS, services.OTHERS}
    assert theirs.groupby("need_id")["names"].agg(lambda rows: any(map(len, rows))).all()


def test_a_cell_of_other_providers_is_no_gap(cells: pd.DataFrame) -> None:
    before = cells.set_index(["need_id", "life_stage"])
    theirs = services.run_by(cells, "CRUISE").set_index(["need_id", "life_stage"])
    assert theirs["cell"].equals(before.loc[theirs.index, "cell"])
    southside = services.run_by(cells, "Southside").set_index(["need_id", "life_stage"])["cell"]
    assert southside.loc[("mental_wellbeing", "pre_birth_to_4")] == services.OTHERS
    assert (before.loc[southside.index[southside.eq("uncovered")], "cell"] == "uncovered").all()


def test_alone_means_that_nobody_else_is_listed_in_the_cell(cells: pd.DataFrame) -> None:
    theirs = services.run_by(cells, "Southside").set_index(["need_id", "life_stage"])["alone"]
    assert theirs.loc[("domestic_abuse", "parents")]
    assert not theirs.loc[("domestic_abuse", "age_11_to_19")]


def test_a_provider_of_nothing_among_the_cells_leaves_none(cells: pd.DataFrame) -> None:
    assert services.run_by(services.at(cells, "worklessness"), "Southside").empty


def test_services_of_nobody_named_are_a_choice_of_their_own(cells: pd.DataFrame) -> None:
    theirs = services.run_by(cells, services.NOT_NAMED)
    assert {run for row in theirs["providers"] for run in row} == {""}
    assert theirs.loc[theirs["cell"].eq("unclear"), "services"].isna().all()


def test_section_7_needs_against_services_and_providers(shipped: Library, cells: pd.DataFrame) -> None:
    rows = services.answered(shipped, cells).set_index("need7_id")
    assert len(rows) == 19
    assert rows.loc["debt", "services"] == rows.loc["poverty", "services"] == ("Citizens Advice Bureau",)
    assert rows.loc["debt", "unnamed"] == ("Citizens Advice Bureau",)
    assert rows.loc["bereavement", "providers"] == ("CRUISE",)
    assert rows.loc["worklessness", "uncovered"] == ("parents",)
    assert rows.loc["carers", "unclear"] == ("parents",)
    assert rows["services"].map(lambda names: len(names) == len(set(names))).all()


def test_section_7_follows_the_cells_it_is_given(shipped: Library, cells: pd.DataFrame) -> None:
    rows = services.answered(shipped, services.at(cells, "neet", "age_11_to_19"))
    assert list(rows["need7_id"]) == ["neet"]
    assert rows["marked"].iloc[0] == ("age_11_to_19",)
    assert services.answered(shipped, cells.head(0)).empty
