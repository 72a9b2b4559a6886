"""Access to sites in words, classes, dots and tables, in the three-ward world."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pandas as pd
import pytest

from analysis.added_sites import AddedSite
from analysis.gap import gap
from analysis.present import access_chart, access_tables, access_view
from analysis.present.maps import SitePaint, clicked_code, clicked_point, paint_message
from analysis.site_access import Access, access, changed
from analysis.sites import SOUGHT
from analysis.sources.library import Library
from analysis.travel import MODES
from tests.world import land, three_wards
from tests.world.three_wards import ASH, BIRCH, CEDAR, A

EDGE = frozenset({ASH, CEDAR})
NEAR_SITE, LONELY = AddedSite(51.35, -2.5, 20, "Near"), AddedSite(51.21, -2.79, 20, "Lonely")


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return Library(land.lay(three_wards.build(tmp_path_factory.mktemp("landed"))))


def found(library: Library, what: str, mode: str = "foot", demand: str = "children", **more: object) -> Access:
    return access(library, SOUGHT[what], "2020", MODES[mode], demand, **more)


def test_a_desert_is_named_first_and_nothing_is_certain(world: Library) -> None:
    first, more = access_view.answer(found(world, "library"), world.names, 0)
    assert first == "From one ward no library is within 30 minutes on foot: Cedar."
    assert more.startswith("About 100 of 300 children (33%) live where no library is within 30 minutes on foot.")
    assert "A straight line at a stated speed stands in for every journey." in more
    assert "There are no sampling limits here, so nothing is called certain." in more
    assert "made up" not in more


def test_where_everybody_reaches_something_the_least_whichever_the_setting_is_named(world: Library) -> None:
    first, more = access_view.answer(found(world, "children_centres"), world.names, 0)
    assert first == (
        "Least within reach on foot, whichever setting is used: Ash, Birch and Cedar; every child lives within 30 "
        "minutes on foot of a family hub."
    )
    assert more.startswith("The sites are made up, so this shows how the atlas answers")


def test_sites_added_and_times_given_are_said(landed: Library) -> None:
    times = pd.DataFrame({"from_code": [A], "site_id": ["library-near"], "mode": ["foot"], "minutes": [3.0]})
    tried = found(landed, "library", added=[NEAR_SITE], times=times)
    more = access_view.answer(tried, landed.names, 1)[1]
    assert "One site that you added is counted in." in more
    assert "12% of the journeys come from the table that was given; for the rest a straight line" in more


def test_deserts_are_hatched_with_the_reason_and_edge_wards_carry_a_plus(world: Library) -> None:
    view = access_view.reach_map(found(world, "library"), EDGE, dark=False)
    paints = {paint.code: paint for paint in view.paints}
    assert paints[CEDAR].hatched
    assert paints[CEDAR].lines[0] == "No library within 30 minutes on foot of any neighbourhood"
    assert (paints[ASH].symbol, paints[BIRCH].symbol, paints[CEDAR].symbol) == ("1+", "1", "0+")
    assert paints[ASH].lines[-1] == "On the council's edge: sites outside are missing, so at least this"
    assert paints[BIRCH].lines[-1] == "Located in the ward: 0 libraries"
    assert {item.label: count for item, count in view.counts.items()} == {
        "5.00": 2,
        "None within 30 minutes on foot": 1,
    }
    assert "Libraries for each 1,000 children aged 0 to 15 within reach on foot" in view.alt


def test_a_ward_of_nobody_is_told_from_a_desert(changed_world: Callable[..., Library]) -> None:
    library = changed_world(POPULATION_LSOA11=(f"2019,{A},0-15,100", f"2019,{A},0-15,0"))
    result = found(library, "library")
    paints = {paint.code: paint for paint in access_view.reach_map(result, (), dark=True).paints}
    assert paints[ASH].hatched
    assert paints[ASH].lines == ("No children aged 0 to 15 live here, so there is nobody to share places among",)
    table = access_tables.table(result, library.names, ())
    assert table.set_index("Ward").loc["Ash", ["For each 1,000", "Minutes to nearest"]].tolist() == [
        "no demand",
        "no children",
    ]


def test_the_three_maps_differ_and_say_so(world: Library) -> None:
    result = found(world, "family_support")
    located = {paint.code: paint for paint in access_view.located_map(result, EDGE, dark=False).paints}
    assert [located[code].symbol for code in (ASH, BIRCH, CEDAR)] == ["0", "1", "0"]
    assert not any(paint.hatched for paint in located.values())
    assert "One ward has no family support base of its own and yet some within reach." in access_view.located_caption(
        result
    )
    served = access_view.served_caption(gap(world, "2020", "idaci2015", "caseload_families"))
    assert served.startswith("Families supported by Early Help (illustrative), latest quarter of the return; family")
    assert "**Served is neither located in nor within reach**" in served


def test_dots_grow_with_places_and_an_added_site_carries_a_star(landed: Library) -> None:
    result = found(landed, "children_centres", added=[LONELY])
    near, far, tried = access_view.dots(result, dark=False)
    assert near.radius > far.radius
    assert near.lines == ("hub_near", "Family hub", "40 family places", "Made up to show the tool")
    assert (tried.symbol, near.symbol) == ("★", "")
    assert tried.lines == (
        "Lonely",
        "Added by you, to try it out",
        "20 family places",
        "Nobody lives within 30 minutes on foot",
    )
    assert access_view.dots_are(result) == (
        "**The dots are made up**: family hubs, larger for more places; ★ is a site you added."
    )
    assert access_view.dots_are(found(landed, "library")) == "The dots are libraries."


def test_who_gains_is_said_with_what_it_adds_up_to(landed: Library) -> None:
    before, after = (found(landed, "children_centres", added=added) for added in ([], [NEAR_SITE, LONELY]))
    gains = changed(before, after)
    words = access_view.changed_sentence(gains, after, landed.names)
    assert words.startswith("**2 wards gain, none loses.** Most: Ash, from 20.00 to 30.00 for each 100.")
    assert "The 20 family places gained add up to the places of the sites added that somebody can reach" in words
    assert words.endswith("Nobody is near enough to Lonely, so it adds nothing.")
    rows = access_tables.changes(gains, after, landed.names)
    assert rows["Ward"].tolist() == ["Ash", "Birch"]
    assert rows["Gained"].tolist() == ["+10.00", "+10.00"]
    assert len(access_tables.changes_download(gains, after, landed.names)) == 3
    alone = found(landed, "children_centres", added=[LONELY])
    assert access_view.changed_sentence(changed(before, alone), alone, landed.names) == (
        "No ward gains. Nobody is near enough to Lonely, so it adds nothing."
    )


def test_the_download_holds_what_is_shown_and_what_was_chosen(landed: Library) -> None:
    result = found(landed, "children_centres", "bus", "idaci2015", added=[NEAR_SITE])
    rows = access_tables.download(result, landed.names, EDGE, [NEAR_SITE]).set_index("area_code")
    assert rows["basis"].unique().tolist() == ["illustrative"]
    assert rows["added_by_reader"].unique().tolist() == ["Near (20)"]
    assert rows["shared_among"].unique().tolist() == ["children in income-deprived families"]
    assert rows["edge"].to_dict() == {ASH: True, BIRCH: False, CEDAR: True}
    shown = access_tables.table(result, landed.names, EDGE).set_index("Ward")
    assert shown.loc["Cedar", "For each 100"] == f"{rows.loc[CEDAR, 'rate']:.2f}"
    assert shown.loc["Cedar", "On the edge"] == "yes"


def test_how_far_the_answer_hangs_on_the_settings(world: Library) -> None:
    desert, shared = found(world, "library"), found(world, "gp")
    assert "**3 wards are among the five with least within reach under all four settings**" in (
        access_tables.settings_sentence(desert, world.names)
    )
    table = access_tables.settings_table(desert, world.names)
    assert table["Wards with nothing within reach"].tolist() == ["1", "1", "1", "1"]
    assert table["The five with least"].tolist() == ["Ash, Birch and Cedar"] * 4
    assert access_tables.unreached(shared) == (
        "One site has nobody within 30 minutes on foot and counts for no ward: gp-nowhere."
    )
    assert access_tables.unreached(desert) == ""


def test_the_method_says_what_stands_in_and_what_cannot_be_seen(world: Library) -> None:
    words = access_tables.method(found(world, "children_centres", "car", "idaci2015"))
    assert "By car: the straight line times 1.3 at 25 km an hour" in words
    assert "0% of the journeys here come from such a table" in words
    assert "sum to the 50 family places that somebody can reach" in words
    assert "a pocket of need inside a ward is not seen" in words
    assert "Sites outside the council are missing" in words


def test_the_chart_marks_the_edge_and_holds_every_ward(world: Library) -> None:
    figure = access_chart.by_ward(found(world, "library"), world.names, EDGE, dark=False)
    assert list(figure.layout.yaxis.ticktext) == ["Cedar +", "Ash +", "Birch"]
    assert list(figure.data[1].x) == pytest.approx([0, 5, 5])


def test_a_click_tells_the_area_and_the_point() -> None:
    assert clicked_code(f"{ASH} 1700000000000 51.35000 -2.50000") == ASH
    assert clicked_point(f"{ASH} 1700000000000 51.35000 -2.50000") == (51.35, -2.5)
    assert clicked_point("- 1700000000000 51.35000 -2.50000") == (51.35, -2.5)
    assert clicked_point(None) is None
    assert clicked_point(f"{ASH} 1700000000000") is None


def test_the_paint_carries_size_symbol_and_whether_a_site_is_being_placed() -> None:
    dot = SitePaint(51.35, -2.5, "#112233", ("<Hub>",), 9, "★")
    message = paint_message([], alt="", selected=None, sites=[dot], placing=True)
    assert not re.search("<", message)
    told = json.loads(message)
    assert told["sites"] == [[51.35, -2.5, "#112233", ["<Hub>"], 9, "★"]]
    assert told["placing"] == 1
