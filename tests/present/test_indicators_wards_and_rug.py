"""Wards, ranges and grids of indicators as words, tables and HTML."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from analysis import indicator_rug, indicators
from analysis.editions import COUNCIL, ENGLAND
from analysis.indicator_rug import Rug
from analysis.present import indicators_areas, indicators_places_view, indicators_rug, indicators_wards
from tests.analysis.test_indicator_places import FIVE, HALTON, NORTH_SOMERSET, WARDS, by_ward, counted, grid
from tests.analysis.test_indicators import NEAR, about, seen, world

NAMES = {
    COUNCIL: "Bath and North East Somerset",
    ENGLAND: "England",
    NEAR: "York",
    HALTON: "Halton",
    NORTH_SOMERSET: "North Somerset",
    "E06000054": "Wiltshire",
    "E12000009": "South West",
    **{code: f"Ward {place}" for place, code in enumerate(WARDS, start=1)},
}
HELD = world([about("a", "A", limits="wilson")], [counted(COUNCIL, 200, 1000), *FIVE])


def test_a_ward_is_told_beside_the_council_and_against_the_rest() -> None:
    table = indicators_wards.ward_table(by_ward(FIVE), HELD, "a", NAMES)
    first = table.iloc[0].to_dict()
    assert first["Ward"] == "Ward 1"
    assert first["Value (95% limits)"].startswith("50.0% (")
    assert first["Beside B&NES (20.0%)"] == "30.0 points above"
    assert first["Against all other wards (statistically, 99.8%)"] == "worse"
    assert first["Count"] == "100 of 200"


def test_columns_that_say_nothing_are_left_out_and_a_blank_ward_says_why() -> None:
    table = indicators_wards.ward_table(by_ward(FIVE[:4]), HELD, "a", NAMES)
    assert table.columns.tolist() == ["Ward", "Value (95% limits)", "Count", "Beside B&NES (20.0%)"]
    assert table.iloc[-1].tolist() == ["Ward 5", "no figure is held for this ward", "–", "–"]
    assert "4 of them have a figure" in indicators_wards.wards_answer(by_ward(FIVE[:4]), "high is worse")
    assert "a ward without a count" in indicators_wards.wards_answer(by_ward(FIVE[:4]), "high is worse")


def test_the_answer_on_wards_counts_both_sides_and_names_the_level() -> None:
    said = indicators_wards.wards_answer(by_ward(FIVE), "high is worse")
    assert "1 worse and 0 better: statistically significant at 99.8%. 4 with no clear difference" in said
    assert said.count("statistically significant") == said.count("significant")
    assert "1 higher and 0 lower" in indicators_wards.wards_answer(by_ward(FIVE, polarity="neither"), "neither")


def test_the_map_and_the_table_agree_on_the_worst_fifth() -> None:
    rows = [counted(ward, x, 200) for ward, x in zip(WARDS, (10, 20, 30, 40, 50), strict=True)]
    wards = by_ward(rows)
    view = indicators_wards.ward_map(wards, HELD, "a", dark=False)
    symbols = {paint.code: paint.symbol for paint in view.paints}
    table = indicators_wards.ward_table(wards, HELD, "a", NAMES)
    assert symbols[WARDS[4]] == "5"
    assert table["Fifth of the wards"].tolist() == [
        "worst fifth",
        "second worst",
        "middle",
        "second best",
        "best fifth",
    ]
    down = indicators_wards.ward_download(wards, HELD, "a", NAMES)
    assert down["locator"].notna().all()
    assert down["basis"].eq("published").all()


def test_the_range_is_said_as_best_and_worst_only_where_there_is_a_side() -> None:
    areas = pd.DataFrame([seen("a", area, "2024", value) for area, value in ((COUNCIL, 3.0), (NEAR, 1.0))])
    told = {**about("a", "A"), "comparable": True}

    def said(**given: object) -> str:
        return indicators_places_view.range_sentence(areas, {**told, **given}, 0, NAMES)

    assert said().startswith("The 2 councils held run from best, 1% (York), to worst, 3% (B&NES).")
    assert "best, 3% (B&NES), to worst, 1% (York)" in said(polarity="low is worse")
    assert "lowest, 1% (York), to highest, 3% (B&NES)" in said(polarity="neither")
    assert "the order may be chance" in said()
    assert said(comparable=False) == ""


def test_neighbours_are_summed_up_and_tested_only_with_counts() -> None:
    bare = world([about("a", "A")], [seen("a", COUNCIL, "2024", 3.0), seen("a", NEAR, "2024", 1.0)])
    told = bare.about("a")
    said = indicators_places_view.neighbours_sentence(bare, bare.of("a"), told, 0)
    assert "1 of the 1 statistical neighbours have a figure: from 1% to 1%" in said
    assert "Above B&NES: 0; below: 1." in said
    assert "cannot be said" in said
    full = world([about("a", "A", limits="wilson")], [counted(COUNCIL, 100, 1000), counted(NEAR, 300, 1000)])
    told = full.about("a")
    said = indicators_places_view.neighbours_sentence(full, full.of("a"), told, 0)
    assert "1 of the 1 with counts differ from B&NES (statistically, 95%)" in said
    areas = indicators.beside(full.of("a"), "2024", "high is worse", comparable=True)
    table = indicators_areas.area_table(full, "a", areas, NAMES, trends=True).set_index("Area")
    assert table["Beside B&NES"].to_dict()["York (statistical neighbour)"] == "above (statistically, 95%)"
    assert table["Recent trend"].str.startswith("not tested: fewer than five").all()


def test_an_area_without_the_period_says_for_which_it_is_held() -> None:
    rows = [seen("a", COUNCIL, "2024", 1.0), seen("a", NEAR, "2022", 1.0), seen("a", NEAR, "2023", 1.0)]
    held = world([about("a", "A")], rows)
    areas = indicators.beside(held.of("a"), "2024", "high is worse", comparable=True)
    cells = indicators_areas.area_table(held, "a", areas, NAMES).set_index("Area")["Value (95% limits)"]
    assert cells["York (statistical neighbour)"] == "not held for this period; held for 2 others, the newest 2023"
    assert indicators_places_view.blank_reason(held.of("a"), HALTON) == "not held for any period"


def drawn() -> tuple[Rug, str]:
    held = grid()
    found = indicators.overview(held).sort_values("indicator_id")
    rug = indicator_rug.by_place(held, found, indicator_rug.places(held))
    return rug, indicators_rug.rug(rug, held, NAMES, "Grid", dark=False)


def test_each_cell_of_a_rug_says_in_words_what_its_mark_and_colour_say() -> None:
    page = drawn()[1]
    worse = '<td class="worse" title="B&amp;NES: worse (26.0% to 34.0%)"><i aria-hidden="true">◆</i>30.0%<u> worse</u>'
    assert worse in page
    assert "<u> below, not compared</u>" in page
    assert "<u> suppressed</u>" in page
    assert "<u> not held</u>" in page
    neither = page.split('indicator=n"')[1]
    assert 'class="higher"' in neither
    assert not re.search(r'class="(worse|better)"', neither)


def test_the_key_of_a_rug_explains_every_mark_it_uses_and_no_other() -> None:
    page = drawn()[1]
    key = page[: page.index("</ul>")]
    marks = set(re.findall(r'<td[^>]*><i aria-hidden="true">(.)</i>', page))
    assert set(re.findall(r'aria-hidden="true">(.)</i><span>', key)) == marks


def test_a_rug_without_a_row_is_blank_and_its_download_keeps_every_cell() -> None:
    rug, _ = drawn()
    table = indicators_rug.rug_table(rug, NAMES)
    assert len(table) == len(rug.cells)
    assert table["against_england"].notna().all()
    none = Rug(rug.rows.iloc[:0], rug.columns, rug.cells.iloc[:0])
    assert indicators_rug.rug(none, grid(), NAMES, "Grid", dark=True) == ""


def test_the_kinds_of_blank_are_kept_apart() -> None:
    blank = {"value": np.nan, "outcome": "Not compared", "difference": np.nan}
    for status in ("missing", "suppressed", "not_applicable", "cannot_calculate"):
        assert indicators_rug.kind({**blank, "status": status}) == status
    assert indicators_rug.kind(None) == "absent"
    assert indicators_rug.kind({**blank, "value": 1.0, "status": "ok"}) == "alone"
    assert indicators_rug.kind({**blank, "value": 1.0, "status": "ok", "difference": 0.0}) == "level"
