"""The words, tables and chart of a need index: probabilities to the nearest 5%, and never a place without its range."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest

from analysis.need_index import WAYS, NeedIndex, index_of
from analysis.need_indicators import USUAL, indicator_table
from analysis.present import need_index_chart, need_index_tables, need_index_view
from analysis.sources.library import Library

NAN = float("nan")


@pytest.fixture(scope="module")
def newest(shipped: Library) -> pd.DataFrame:
    return indicator_table(shipped, "2026")


@pytest.fixture(scope="module")
def usual(newest: pd.DataFrame) -> dict[str, NeedIndex]:
    return {way: index_of(newest, "2026", dict.fromkeys(USUAL, 1), way) for way in WAYS}


@pytest.fixture(scope="module")
def lacking(newest: pd.DataFrame) -> NeedIndex:
    """The usual index where Twerton's crime is missing."""
    hit = newest["area_name"].eq("Twerton") & newest["indicator"].eq("crime")
    changed = newest.assign(value=newest["value"].mask(hit), reason=newest["reason"].mask(hit, "not <published>"))
    return index_of(changed, "2026", dict.fromkeys(USUAL, 1))


def made(result: NeedIndex, **chances: float) -> NeedIndex:
    """The index of three wards, with these chances of being among the five and each its own place."""
    words = ["no", "possibly", "probably", "clearly in"]
    place = [sum(chance >= floor for floor in (0.05, 0.5, 0.95)) for chance in chances.values()]
    wards = pd.DataFrame(
        {
            "area_code": [*chances],
            "area_name": [*chances],
            "index": 1.0,
            "rank_lower": range(1, len(chances) + 1),
            "rank_upper": range(1, len(chances) + 1),
            "p_worst5": chances.values(),
            "worst5": [words[step] for step in place],
        }
    )
    return replace(result, wards=wards)


@pytest.mark.parametrize(
    ("probability", "said"),
    [
        (0.0, "under 5%"),
        (0.049, "under 5%"),
        (0.05, "about 5%"),
        (0.62, "about 60%"),
        (0.63, "about 65%"),
        (0.949, "about 95%"),
        (0.95, "over 95%"),
        (1.0, "over 95%"),
    ],
)
def test_a_probability_is_said_to_the_nearest_five_and_never_as_certain(probability: float, said: str) -> None:
    assert need_index_view.chance(probability) == said


def test_places_are_said_as_people_say_them() -> None:
    said = [need_index_view.ordinal(place) for place in (1, 2, 3, 4, 11, 12, 13, 21, 22, 33, 111)]
    assert said == ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "33rd", "111th"]
    assert need_index_view.ordinal(4, words=True) == "fourth"
    assert need_index_view.ordinal(11, words=True) == "11th"
    assert need_index_view.places(3, 6) == "3rd to 6th"
    assert need_index_view.places(1, 1) == "1st"


def test_the_usual_answer_in_the_wording_of_the_methods(usual: dict[str, NeedIndex]) -> None:
    first, more = need_index_view.answer(usual, "z_arith", 5)
    assert first == (
        "Twerton, Radstock, Keynsham South and Keynsham North are in the five wards of most need in over 95% of 10,000 "
        "reruns; probably Westfield (about 90%); possibly Kingsmead (about 10%)."
    )
    assert more == (
        "Which wards come 9th to 13th cannot be told apart: Publow & Whitchurch, Southdown, Moorlands, Paulton and "
        "Combe Down could each hold any of these places."
    )
    assert "in the ten wards of most need" in need_index_view.answer(usual, "z_arith", 10)[0]


def test_an_answer_without_a_sure_ward_says_so(usual: dict[str, NeedIndex]) -> None:
    result = made(usual["z_arith"], Ash=0.9, Birch=0.9, Cedar=0.3)
    first, more = need_index_view.answer({"z_arith": result}, "z_arith", 5)
    assert first == (
        "No ward is in the five wards of most need in 95% or more of 10,000 reruns; "
        "probably Ash (about 90%) and Birch (about 90%); possibly Cedar (about 30%)."
    )
    assert more == ""


def test_an_answer_that_rests_on_the_way_of_combining_says_so(usual: dict[str, NeedIndex]) -> None:
    first = made(usual["z_arith"], Ash=0.99, Birch=0.8, Cedar=0.2)
    other = made(usual["rank_mean"], Ash=0.99, Birch=0.3, Cedar=0.7)
    ways = {"z_arith": first, "rank_mean": other}
    more = need_index_view.answer(ways, "z_arith", 5)[1]
    assert more == "Combined another way, Birch would more likely be out and Cedar in (see below)."
    assert need_index_view.across(ways, 5) == (
        "Whichever of the three ways they are combined, Ash is more likely than not in the five of most need; "
        "Birch and Cedar are so in some ways only."
    )
    gains = {"z_arith": made(first, Ash=0.99, Cedar=0.2), "rank_mean": made(other, Ash=0.99, Cedar=0.7)}
    assert "Combined another way, Cedar would more likely be in" in need_index_view.answer(gains, "z_arith", 5)[1]


def test_where_no_way_agrees_that_is_said(usual: dict[str, NeedIndex]) -> None:
    ways = {"z_arith": made(usual["z_arith"], Ash=0.9), "rank_mean": made(usual["z_arith"], Ash=0.1)}
    assert need_index_view.across(ways, 5).startswith("No ward is more likely than not in the five of most need in all")


def test_how_much_depends_on_the_weights(usual: dict[str, NeedIndex], newest: pd.DataFrame) -> None:
    said = need_index_view.depends(usual["z_arith"])
    assert said == (
        "Of the movement in wards' places over the reruns, about 25% comes from the weights, each multiplied by a "
        "number between 0.75 and 1.25, and about 75% from chance in the counts of children."
    )
    still = replace(usual["z_arith"], share_weights=NAN, share_sampling=NAN)
    assert need_index_view.depends(still).startswith("No ward changed place in any rerun")
    almost = replace(usual["z_arith"], share_weights=0.99, share_sampling=0.01)
    assert "nearly all comes from the weights" in need_index_view.depends(almost)
    assert "almost none from chance" in need_index_view.depends(almost)
    exact = {way: index_of(newest, "2026", {"education": 1, "crime": 1}, way) for way in WAYS}
    assert "no indicator chosen has limits" in need_index_view.depends(exact["z_arith"])
    assert "only the weights were varied" in need_index_view.answer(exact, "z_arith", 5)[1]


def test_the_caption_names_the_year_of_every_indicator(usual: dict[str, NeedIndex], shipped: Library) -> None:
    said = need_index_view.caption(usual["z_arith"], shipped)
    assert "before housing costs (April 2024 to March 2025 (provisional); published counts)" in said
    assert "Crime (Indices of Deprivation 2025; ward averages, ours, of published scores)" in said
    assert "the 33 wards since 2019" in said


def test_what_is_counted_twice_is_named_with_its_weight(newest: pd.DataFrame) -> None:
    weights = {"children": 1, "children_ahc": 1, "crime": 1, "imd": 2}
    said = need_index_view.twice(index_of(newest, "2026", weights))
    assert "**Index of Multiple Deprivation (IMD)** already contains **Crime**; together they are 60%" in said
    assert "after housing costs** rise and fall together (correlation 0.98); together they are 40%" in said


def test_the_2020_edition_knows_that_idaci_is_part_of_income_and_of_the_index(shipped: Library) -> None:
    rows = indicator_table(shipped, "2020")
    said = need_index_view.twice(index_of(rows, "2020", {"children": 1, "income": 1, "imd": 1}))
    assert "**Income** already contains **Children in income-deprived families (IDACI)**" in said
    assert (
        "already contains **Children in income-deprived families (IDACI)** and **Income**; together they are 100%"
        in said
    )


def test_opposites_are_called_opposites(newest: pd.DataFrame) -> None:
    mirrored = newest[newest["indicator"] == "education"].assign(indicator="crime", value=lambda rows: -rows["value"])
    rows = pd.concat([newest[newest["indicator"] != "crime"], mirrored])
    result = index_of(rows, "2026", {"education": 2, "crime": 1})
    assert "are opposites and cancel each other (correlation −1.00)" in need_index_view.twice(result)


def test_where_nothing_is_counted_twice_the_closest_two_are_named(usual: dict[str, NeedIndex]) -> None:
    result = usual["z_arith"]
    assert need_index_view.twice(result) == ""
    said = need_index_view.once(result)
    assert "the closest, Education, skills and training and Health and disability, have a correlation of 0.85" in said
    few = replace(result, pairs=result.pairs.assign(r=NAN))
    assert need_index_view.once(few).startswith("Too few wards")


def test_the_map_shows_how_surely_and_never_a_rank(usual: dict[str, NeedIndex]) -> None:
    view = need_index_view.map_view(usual["z_arith"], 5, dark=False)
    counted = {item.label: count for item, count in view.counts.items()}
    assert counted == {
        "Clearly in (95% of reruns or more)": 4,
        "Probably in (50% to under 95%)": 1,
        "Possibly in (5% to under 50%)": 1,
        "Not in (under 5%)": 27,
    }
    assert len({paint.colour for paint in view.paints}) == len({paint.symbol for paint in view.paints}) == 4
    lines = {paint.code: paint.lines for paint in view.paints}["E05012490"]
    assert lines == (
        "Place 3rd to 6th in 95% of reruns",
        "In the five of most need: about 90% of reruns",
        "In the ten of most need: over 95% of reruns",
    )
    assert "Clearly in (95% of reruns or more): 4" in view.alt


def test_a_ward_without_a_figure_is_hatched_and_gives_its_reason_everywhere(lacking: NeedIndex) -> None:
    paint = next(paint for paint in need_index_view.map_view(lacking, 5, dark=True).paints if paint.code == "E05012488")
    assert paint.hatched
    assert paint.lines == ("No index. Crime: not <published>",)
    row = need_index_tables.table(lacking, 5).set_index("Ward").loc["Twerton"]
    assert row["Why there is no index"] == "Crime: not <published>"
    assert row["In the five of most need"] == "not known"
    assert row["Place, in 95% of reruns"] == row["Crime: adds"] == "no index"
    drawn = need_index_chart.chart(lacking, 5, False, str)
    assert "no index. Crime: not &lt;published&gt;" in drawn
    assert "<published>" not in drawn
    given = need_index_tables.download(lacking).set_index("area_name")
    assert given.loc["Twerton", "status"] == "missing"
    assert given.loc["Radstock", "status"] == "ok"


@pytest.mark.parametrize(
    ("way", "unit", "index", "part"),
    [
        ("z_arith", "Index (0 is the average ward)", "+3.48", "+0.76"),
        ("minmax_geom", "Index (1 least need to 100 most)", "100.0", "× 3.16"),
        ("rank_mean", "Index (average place; low is more need)", "1.00", "0.25"),
    ],
)
def test_the_table_gives_the_index_and_its_parts(
    usual: dict[str, NeedIndex], way: str, unit: str, index: str, part: str
) -> None:
    shown = need_index_tables.table(usual[way], 5)
    twerton = shown.set_index("Ward").loc["Twerton"]
    assert twerton[unit] == index
    parts = [name for name in shown if name.startswith("Children in low-income")]
    assert len(parts) == 1
    assert twerton[parts[0]] == part
    assert twerton["In the five of most need"] == "●● Clearly in: over 95%"
    assert "Why there is no index" not in shown
    assert not [name for name in shown if "rank" in name.lower()]
    ends = "multiply to" if way == "minmax_geom" else "add up to"
    assert ends in need_index_tables.reading(usual[way])


def test_the_question_of_the_ten_puts_its_column_first(usual: dict[str, NeedIndex]) -> None:
    assert list(need_index_tables.table(usual["z_arith"], 10))[1] == "In the ten of most need"


def test_the_download_is_unrounded_and_every_rank_has_its_limits(usual: dict[str, NeedIndex]) -> None:
    result = usual["z_arith"]
    given = need_index_tables.download(result)
    assert len(given) == 33
    assert {"rank_point", "rank_median", "rank_lower", "rank_upper", "p_worst5", "p_worst5_error"} <= set(given)
    assert given["index"].tolist() == result.wards["index"].tolist()
    assert set(given["weight_crime"]) == {0.25}
    assert set(given["basis"]) == {"modelled"}
    assert set(given["method"]) == {"z_arith"}
    assert given.loc[0, "value_crime"] != round(given.loc[0, "value_crime"], 3)


def test_the_ways_of_combining_stand_side_by_side(usual: dict[str, NeedIndex]) -> None:
    html = need_index_tables.ways(usual, 5)
    assert html.count('<th scope="col">') == 4
    odd_down = re.search(r'<tr><th scope="row">Odd Down</th>(.*?)</tr>', html).group(1)
    assert re.findall("<td>(.*?)</td>", odd_down)[0] == "– Not in: under 5%"
    assert "Possibly in: about 25%" in odd_down
    assert "Bathwick" not in html


def test_the_method_says_what_the_doubt_covers_and_what_is_not_offered(usual: dict[str, NeedIndex]) -> None:
    for result in usual.values():
        said = need_index_tables.method(result)
        for words in (
            "Weights are policy, not statistics",
            "10,000 times",
            "year to the next",
            "toxic-trio",
            "as exact",
        ):
            assert words in said
    assert "geometric mean" in need_index_tables.method(usual["minmax_geom"])


def test_the_chart_names_every_ward_once_with_its_link_and_its_range(usual: dict[str, NeedIndex]) -> None:
    html = need_index_chart.chart(usual["z_arith"], 5, False, lambda code: f"ward?ward={code}&x=<y>")
    lines = re.findall(r'<li title="([^:"]+): ([^"]*)">(.*?)</li>', html)
    assert [name.replace("&amp;", "&") for name, _, _ in lines] == usual["z_arith"].wards["area_name"].tolist()
    said = {name: words for name, words, _ in lines}
    assert said["Westfield"] == "place 3rd to 6th, middle 5th; probably in the five of most need (about 90% of reruns)"
    assert "&amp;x=&lt;y&gt;" in html
    assert "<y>" not in html


def test_bars_cover_the_whole_of_their_places(usual: dict[str, NeedIndex]) -> None:
    html = need_index_chart.chart(usual["z_arith"], 5, True, str)
    bars = dict(re.findall(r'<li title="([^:"]+):.*?<s class="span" style="([^"]+)"', html))
    assert bars["Twerton"].startswith("left:0.00%;width:3.03%")
    assert bars["Westfield"].startswith(f"left:{100 * 2 / 33:.2f}%;width:{100 * 4 / 33:.2f}%")
    assert f"--cut:{100 * 5 / 33:.2f}%" in html
