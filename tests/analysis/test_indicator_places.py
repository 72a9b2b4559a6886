"""Periods, ranges, tests between councils, wards and grids of indicators, on rows anyone can check by hand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from analysis import indicator_places, indicator_rug, indicator_wards, indicators
from analysis.editions import COUNCIL, ENGLAND
from analysis.indicator_wards import A_BLANK, A_COUNT, NO_COUNTS, Wards
from analysis.indicators import Indicators
from analysis.sources.library import Library
from analysis.statistics.benchmark import Outcome
from tests.analysis.test_indicators import NEAR, about, seen, world

HALTON, NORTH_SOMERSET = "E06000006", "E06000024"
WARDS = [f"E0501246{place}" for place in range(1, 6)]
OLD = ["E05001935", "E05001936"]
CODES = {"wards_2019": WARDS, "wards_2011": OLD}


def counted(area: str, x: float, n: float, period: str = "2024") -> dict[str, object]:
    return seen("a", area, period, 100 * x / n, numerator=x, denominator=n)


def by_ward(rows: Sequence[dict[str, object]], **given: object) -> Wards:
    told = {"limits": "wilson", **given}
    held = world([about("a", "A", **told)], [counted(COUNCIL, 200, 1000), *rows])
    found = indicator_wards.wards_of(held.of("a"), held.about("a"), "2024", CODES)
    assert found is not None
    return found


FIVE = [counted(ward, x, 200) for ward, x in zip(WARDS, (100, 25, 25, 25, 25), strict=True)]


# Periods and ranges


def test_every_period_is_offered_newest_first_and_an_area_has_those_with_a_value() -> None:
    rows = world(
        [about("a", "A")],
        [seen("a", COUNCIL, "2023", 1.0), seen("a", COUNCIL, "2024", np.nan), seen("a", ENGLAND, "2022", 1.0)],
    ).of("a")
    assert indicator_places.periods(rows) == ["2024", "2023", "2022"]
    assert indicator_places.held_for(rows, COUNCIL) == ["2023"]


def test_the_lowest_and_highest_council_are_named_and_counted_when_they_share_it() -> None:
    values = {COUNCIL: 3.0, NEAR: 1.0, HALTON: 1.0, NORTH_SOMERSET: np.nan, ENGLAND: 0.1, "E12000009": 99.0}
    rows = world([about("a", "A")], [seen("a", area, "2024", value) for area, value in values.items()]).of("a")
    found = indicator_places.extremes(rows).iloc[0]
    assert found[["councils", "lowest", "lowest_area", "lowest_shared"]].tolist() == [3, 1.0, HALTON, 2]
    assert found[["highest", "highest_area", "highest_shared"]].tolist() == [3.0, COUNCIL, 1]
    assert indicator_places.extremes(rows[rows["area_code"] == COUNCIL]).empty


def test_the_ends_a_profile_prints_for_all_of_england_take_the_place_of_ours() -> None:
    rows = world([about("a", "A")], [seen("a", area, "2024", value) for area, value in ((COUNCIL, 3.0), (NEAR, 2.0))])
    printed = pd.DataFrame(
        {"indicator_id": ["a", "b"], "period": "2024", "england_worst": [9.0, np.nan], "england_best": [1.0, np.nan]}
    )
    found = indicator_places.ranges(rows.of("a"), printed)
    assert found[["lowest", "highest", "of_england"]].to_numpy().tolist() == [[1.0, 9.0, True]]
    assert not indicator_places.ranges(rows.of("a"), printed.iloc[1:])["of_england"].any()


# Councils against ours


def test_a_council_with_counts_is_tested_against_ours_and_a_region_is_not() -> None:
    areas = world(
        [about("a", "A")],
        [counted(COUNCIL, 100, 1000), counted(NEAR, 300, 1000), counted(HALTON, 101, 1000), counted(ENGLAND, 1, 1000)],
    ).of("a")
    assert indicator_places.against_council(areas, "wilson").to_dict() == {HALTON: 0.0, NEAR: 1.0}
    assert indicator_places.against_council(areas, "byar").to_dict() == {HALTON: 0.0, NEAR: 1.0}
    assert indicator_places.against_council(areas, "none").empty
    assert indicator_places.against_council(areas[areas["area_code"] != COUNCIL], "wilson").empty


# Wards


def test_a_ward_is_tested_against_all_others_together_at_998() -> None:
    found = by_ward(FIVE)
    assert (found.layer, found.period, found.untested) == ("wards_2019", "2024", "")
    # 100 of 200 against 100 of 800 in the others, and 25 of 200 against 175 of 800: 12.5% and 21.9%
    assert found.table["rest"].tolist() == [Outcome.WORSE, *[Outcome.SIMILAR] * 4]
    assert found.table["area_code"].iloc[0] == WARDS[0]
    assert found.table["difference"].iloc[0] == pytest.approx(30.0)
    assert by_ward(FIVE, polarity="low is worse").table["rest"].iloc[-1] == Outcome.BETTER
    assert by_ward(FIVE, polarity="neither").table["rest"].iloc[0] == Outcome.HIGHER
    assert by_ward(FIVE, limits="byar").table["rest"].iloc[0] == Outcome.WORSE


def test_the_worst_comes_first_and_fifths_follow_the_worse_side() -> None:
    rows = [counted(ward, x, 200) for ward, x in zip(WARDS, (10, 20, 30, 40, 50), strict=True)]
    assert by_ward(rows).table["fifth"].tolist() == [1, 2, 3, 4, 5]
    assert by_ward(rows).table["value"].is_monotonic_decreasing
    turned = by_ward(rows, polarity="low is worse").table
    assert turned["value"].is_monotonic_increasing
    assert turned["fifth"].tolist() == [1, 2, 3, 4, 5]


def test_why_no_ward_is_tested_is_said() -> None:
    assert by_ward(FIVE, unit="children", per=1.0).untested == A_COUNT
    assert by_ward(FIVE, limits="none").untested == NO_COUNTS
    short = by_ward(FIVE[:4])
    assert short.untested == A_BLANK
    assert short.table["held"].tolist() == [True] * 4 + [False]
    assert short.table["rest"].eq(Outcome.NOT_COMPARED).all()
    assert short.table["fifth"].isna().all()


def test_two_vintages_of_wards_are_never_in_one_table() -> None:
    found = by_ward([*FIVE, counted(OLD[0], 1, 200)])
    assert found.table["area_code"].tolist() == sorted(found.table["area_code"])
    assert set(found.table["area_code"]) == set(WARDS)


def test_wards_without_a_value_have_no_table() -> None:
    held = world([about("a", "A")], [seen("a", WARDS[0], "2024", np.nan), seen("a", WARDS[0], "2023", 1.0)])
    assert indicator_wards.wards_of(held.of("a"), held.about("a"), "2024", CODES) is None
    assert indicator_wards.ward_periods(held.of("a")) == ["2023"]


# Grids


def grid() -> Indicators:
    limits = {"lower": 26.0, "upper": 34.0}
    return world(
        [about("a", "A"), about("n", "N", polarity="neither"), about("c", "C", unit="children", per=1.0)],
        [
            seen("a", COUNCIL, "2024", 30.0, **limits),
            seen("a", ENGLAND, "2024", 20.0),
            seen("a", NEAR, "2024", 10.0),
            seen("a", HALTON, "2024", np.nan),
            seen("a", NEAR, "2025", 99.0),
            seen("a", COUNCIL, "2023", 18.0, lower=17.0, upper=19.0),
            seen("a", ENGLAND, "2023", 20.0),
            seen("a", COUNCIL, "2022", 18.0, lower=17.0, upper=19.0),
            seen("n", COUNCIL, "2024", 30.0, **limits),
            seen("n", ENGLAND, "2024", 20.0),
            seen("c", COUNCIL, "2024", 30.0),
            seen("c", ENGLAND, "2024", 3000.0),
        ],
    )


def test_a_grid_of_places_has_one_period_a_row_and_only_the_official_comparison() -> None:
    held = grid()
    drawn = indicator_rug.by_place(held, indicators.overview(held), indicator_rug.places(held))
    assert set(drawn.rows["indicator_id"]) == {"a", "n"}
    cells = drawn.cells.set_index(["indicator_id", "column"])
    assert cells["period"].unique().tolist() == ["2024"]
    assert cells.loc[("a", COUNCIL), "outcome"] == Outcome.WORSE
    assert cells.loc[("n", COUNCIL), "outcome"] == Outcome.HIGHER
    assert cells.loc[("a", NEAR), ["outcome", "difference"]].tolist() == [Outcome.NOT_COMPARED, -10.0]
    assert cells.loc[("a", HALTON), "status"] == "suppressed"
    assert ("n", NEAR) not in cells.index


def test_a_grid_of_years_sets_each_year_beside_england_in_the_same_period() -> None:
    held = grid()
    drawn = indicator_rug.by_year(held, indicators.overview(held))
    assert drawn.columns == ("2022", "2023", "2024")
    told = drawn.cells[drawn.cells["indicator_id"] == "a"].set_index("column")["outcome"].to_dict()
    assert told == {"2022": Outcome.NOT_COMPARED, "2023": Outcome.BETTER, "2024": Outcome.WORSE}


def test_every_shipped_ward_table_holds_all_wards_of_one_vintage(shipped: Library) -> None:
    held = indicators.collected(shipped)
    codes = {"wards_2011": shipped.codes("ward11"), "wards_2019": shipped.codes("ward19")}
    layers = set()
    for name in held.table.index:
        rows = held.of(name)
        for period in indicator_wards.ward_periods(rows):
            found = indicator_wards.wards_of(rows, held.about(name), period, codes)
            assert found is not None
            assert sorted(found.table["area_code"]) == sorted(codes[found.layer])
            layers.add(found.layer)
    assert layers == set(codes)
