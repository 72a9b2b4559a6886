"""The five measures in words: each named, no place by itself, none apart from some, every blank with its reason."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from analysis.deprivation import by_ward
from analysis.five_measures import MEASURES, PEOPLE, of_council, places
from analysis.present import five_measures_figures
from analysis.present import five_measures_view as view
from analysis.present.palette import NO_VALUE
from analysis.sources.library import Library

NAMES = {"A": "Ash", "B": "Birch", "C": "Cedar"}


def wards(**columns: list[float]) -> pd.DataFrame:
    level = {measure.column: [3.0, 2.0, 1.0] for measure in (*MEASURES.values(), PEOPLE)}
    table = pd.DataFrame({"area_code": list("ABC"), "area_name": ["Ash", "Birch", "<Cedar>"], **level, **columns})
    return table.assign(give_or_take=0.0, status="ok", blank_reason="", pockets=[0, 1, 0], neighbourhoods=[1, 3, 2])


@pytest.mark.parametrize(
    ("place", "said"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"), (21, "21st"),
     (22, "22nd"), (103, "103rd"), (111, "111th"), (252, "252nd")],
)  # fmt: skip
def test_places_are_said_as_people_say_them(place: int, said: str) -> None:
    assert view.ordinal(place) == said


def test_when_all_agree_there_is_one_leader_and_nothing_moves() -> None:
    told = view.ward_sentence(places(wards()), NAMES)
    assert told == "By all five measures the most deprived ward is Ash. No ward's place depends on the choice."


def test_when_they_differ_each_leader_is_named_with_its_measures() -> None:
    told = view.ward_sentence(places(wards(extent=[0.1, 0.2, 0.3])), NAMES)
    assert told.startswith(
        "The most deprived ward is Ash by average score, average rank, proportion of neighbourhoods in England's most "
        "deprived tenth and local concentration; Cedar by extent."
    )
    assert "of 3 wards it stands 1st by" in told


def test_measures_that_place_nobody_are_not_counted_as_agreeing() -> None:
    told = view.ward_sentence(places(wards(extent=[0.0] * 3, proportion_most_deprived_10pct=[0.0] * 3)), NAMES)
    assert told.startswith("By each of the three measures that can tell the most deprived ward is Ash.")


def test_one_rank_of_the_council_is_no_range(shipped: Library) -> None:
    told = view.council_sentence(of_council(shipped, 2015, "imd"), "imd", "B&NES")
    assert "stands 255th by average score" in told
    assert "anywhere" not in told
    nothing = of_council(shipped, 2015, "imd").assign(rank=float("nan"))
    assert view.council_sentence(nothing, "imd", "B&NES").startswith("No rank of B&NES among English councils")


def test_the_council_table_gives_ours_beside_theirs_and_a_reason_for_a_blank(shipped: Library) -> None:
    table = view.council_table(of_council(shipped, 2025, "idaci"), "idaci").set_index("Measure")
    assert table.loc["Average score", ["Worked out here", "Published by MHCLG"]].tolist() == ["no scores", "22.7%"]
    assert table.loc["Extent", ["Published by MHCLG", "Published rank"]].tolist() == [
        "published for all domains together only",
        "not held",
    ]
    assert (table["worse"].str.contains("more deprived")).all()


def test_the_ward_table_heads_every_measure_in_full_and_escapes_names() -> None:
    html = view.ward_table(wards(), "imd", dark=False)
    for measure in (*MEASURES.values(), PEOPLE):
        title = measure.title.replace("'", "&#x27;")
        assert f'<th scope="col">{title}<small>{measure.worse}</small></th>' in html
    assert "&lt;Cedar&gt;" in html
    assert "<Cedar>" not in html
    assert re.findall(r'<th scope="row">([^<]+)', html) == ["Ash", "Birch", "&lt;Cedar&gt;"]
    assert html.count("holds a pocket: 1 of 3") == 1


def test_without_scores_wards_are_listed_by_average_rank() -> None:
    blank = wards(score=[float("nan")] * 3, average_rank=[1.0, 2.0, 3.0]).assign(status="missing")
    html = view.ward_table(blank, "education", dark=True)
    assert re.findall(r'<th scope="row">([^<]+)', html) == ["&lt;Cedar&gt;", "Birch", "Ash"]
    assert html.count("no scores") == 3
    assert view.listed_by(blank, 2019).startswith("In the order of average rank")


def test_none_of_a_share_is_a_class_of_its_own() -> None:
    shares = [0.0, 0.001, 0.25]
    banded = view.bands(wards(extent=shares), "imd", MEASURES["extent"])
    assert [banded.members[code].label for code in "ABC"] == [
        "None",
        "Some, under a quarter",
        "A quarter to under half",
    ]
    edge = view.bands(wards(extent=[0.5, 0.75, 1.0]), "imd", MEASURES["extent"])
    assert [edge.members[code].symbol for code in "ABC"] == ["½", "¾", "¾"]
    missing = view.bands(wards(extent=[float("nan"), 0.0, 1.0]), "imd", MEASURES["extent"])
    assert missing.members["A"] == NO_VALUE


def test_other_measures_are_mapped_in_fifths_the_most_deprived_first(shipped: Library) -> None:
    table = by_ward(shipped, 2025, "imd", "ward19_code")
    for measure in ("score", "rank", "concentration"):
        counts = view.bands(table, "imd", MEASURES[measure]).counts()
        assert [item.symbol for item in counts] == ["1", "2", "3", "4", "5"]
        assert sum(counts.values()) == 33
        assert next(iter(counts)).label.startswith("Most deprived fifth of wards: ")


def test_the_tooltip_names_the_measure_and_which_way_is_worse() -> None:
    row = wards(proportion_most_deprived_10pct=[0.0, 1 / 3, 0.5]).iloc[1]
    told = view.tooltip(row, MEASURES["tenth"], "imd")
    assert told == (
        "Proportion of neighbourhoods in England's most deprived tenth: 33.3% (1 of 3) (higher is more deprived)"
    )


def test_a_share_of_people_is_another_figure_than_a_share_of_neighbourhoods(shipped: Library) -> None:
    table = by_ward(shipped, 2025, "imd", "ward19_code").set_index("area_code")
    twerton = table.loc["E05012488"]
    assert twerton[MEASURES["tenth"].column] == pytest.approx(0.4)
    assert round(twerton[PEOPLE.column], 3) == 0.416
    assert PEOPLE.id not in MEASURES


def test_the_download_carries_every_measure_unrounded_with_what_it_is_of(shipped: Library) -> None:
    table = by_ward(shipped, 2019, "education", "ward19_code").assign(area_name="Ward")
    got = view.download(table, 2019, "education")
    assert {measure.column for measure in view.SHOWN.values()} <= set(got.columns)
    assert set(got["neighbourhoods_ranked"]) == {32_844}
    assert got["blank_reason"].str.contains("rank and tenth are published").all()
    assert got["average_rank"].mod(1).gt(0).any()


def test_the_chart_has_a_mark_for_every_place_and_tells_measures_by_shape(shipped: Library) -> None:
    placed = places(by_ward(shipped, 2025, "crime", "ward19_code"))
    figure = five_measures_figures.places(placed, shipped.names, "score", dark=False)
    marks = [trace for trace in figure.data if trace.mode == "markers"]
    assert sum(len(trace.x) for trace in marks) == len(placed)
    assert len({trace.marker.symbol for trace in marks}) == len(marks) == 5
    assert figure.layout.yaxis.ticktext[0] == "Twerton"
