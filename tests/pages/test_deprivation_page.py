"""The Deprivation page, worked as a reader works it."""

from __future__ import annotations

import re
import subprocess
import sys

from analysis.five_measures import MEASURES
from analysis.sources.library import ROOT
from tests.pages.reader import answer, chosen, drawn, opened, quiet, said

NEVER_IMPORTED = """
import sys
from tests.pages.reader import opened
from streamlit.runtime.pages_manager import PagesManager
begun = PagesManager.__init__
def begin(self, *given, **named):
    begun(self, *given, **named)
    PagesManager.uses_pages_directory = False
PagesManager.__init__ = begin
opened("deprivation", geography="wards")
print(sorted({"esda", "libpysal", "shapely", "sklearn", "geopandas"} & set(sys.modules)))
"""


def test_it_opens_with_the_newest_indices_and_the_pocket_of_combe_down() -> None:
    app = opened("deprivation")
    said = answer(app)
    assert "5 of the 118 neighbourhoods of B&NES stand in the most deprived fifth of England" in said
    assert "2025: 4 in Twerton and 1 in Combe Down." in said
    assert "Combe Down holds a pocket: 1 of its 5 neighbourhoods, Fox Hill North (tenth 1)" in said
    assert "its average would stand in tenth 6" in said
    assert [head.value for head in app.header][:2] == ["On the map", "Where the neighbourhoods of each ward stand"]


def test_choosing_a_domain_and_a_year_changes_the_answer_and_the_link() -> None:
    app = chosen(chosen(opened("deprivation"), "domain", "education"), "year", "2019")
    assert "11 of the 115 neighbourhoods" in answer(app)
    assert "for education, skills and training, 2019: 5 in Twerton" in answer(app)
    kept = {name: "".join(app.query_params[name]) for name in ("domain", "year")}
    assert kept == {"domain": "education", "year": "2019"}


def test_every_domain_is_counted_and_adds_up() -> None:
    app = opened("deprivation")
    assert "Every row adds up to 118." in drawn(app)
    row = drawn(app).split("Living environment")[1].split()[:11]
    assert row == ["11", "9", "11", "14", "8", "15", "13", "7", "15", "15", "20"]


def test_wards_show_averages_or_say_why_they_cannot() -> None:
    app = opened("deprivation", geography="wards")
    assert app.dataframe[0].value.set_index("Ward").loc["Combe Down", "Average score"] == "15.1"
    app = chosen(app, "domain", "idaci")
    assert any("Wards have no average score here" in caption.value for caption in app.caption)
    assert (app.dataframe[0].value["Average score"] == "none").all()


def test_estimated_scores_carry_their_give_or_take() -> None:
    app = opened("deprivation", geography="wards", domain="idaci", year="2019")
    told = app.dataframe[0].value.set_index("Ward").loc["Twerton", "Average score"]
    assert told.startswith("32.8%, give or take")
    assert any("our estimates from published ranks" in caption.value for caption in app.caption)


def test_2025_by_the_wards_of_2011_is_refused_and_neighbourhoods_offered() -> None:
    app = opened("deprivation", edition="2020", year="2025", geography="wards")
    assert any("after the wards of 2011 to 2019 had gone" in told.value for told in app.info)
    offered = next(button for button in app.button if button.label == "Show neighbourhoods instead")
    offered.click()
    app.run()
    assert not app.exception
    assert not any("had gone" in told.value for told in app.info)
    assert "3 in Twerton, 1 in Combe Down and 1 in Southdown" in answer(app)
    assert any(head.value == "Every neighbourhood" for head in app.header)


def test_change_is_shown_only_where_it_may_be() -> None:
    app = opened("deprivation", change="2019-2025")
    assert any("Of 112 neighbourhoods" in said.value for said in app.markdown)
    assert any("The 6 neighbourhoods of 2021 that are not the same place" in caption.value for caption in app.caption)
    app = chosen(app, "domain", "idaci")
    assert any("define low income anew" in told.value for told in app.info)
    app = chosen(app, "change", "2015-2019")
    assert any("Of 115 neighbourhoods" in said.value for said in app.markdown)


def test_the_2020_edition_sets_printed_beside_rebuilt() -> None:
    app = opened("deprivation", edition="2020")
    assert "0.05 of a percentage point (Widcombe) and 0.45 of a child (Walcot)" in said(app)
    assert "add up to 3,606, the council's own line says 3,607" in said(app)
    assert not any("low-income" in head.value for head in app.header)


def test_the_2026_edition_shows_low_income_to_march_2025() -> None:
    app = opened("deprivation")
    assert "3,255 children aged 0-15, 10.2% of the council's children" in said(app)
    app = chosen(app, "housing", "AHC")
    told = said(app)
    assert "5,216 children aged 0-15, 16.3%" in told
    assert "Twerton (37.0%)" in told
    assert "no clear change: 0.0 points (−0.6 to 0.6)" in told
    assert "needs 5 yearly figures and only two are held" in told


def test_low_income_is_judged_against_the_rest_and_by_the_limits_of_the_change() -> None:
    app = opened("deprivation")
    told = said(app)
    assert "Set against the rest of B&NES, the share is higher for certain (99.8% limits) in 7 of 33 wards" in told
    assert "At 95% it rose in Midsomer Norton North, Paulton, Westfield and Westmoreland." in told
    assert "chance alone would flag about 1.65 at 95%" in told
    assert "No trend arrow is shown: the official test needs 5 yearly figures and only four are held." in told
    table = next(one.value for one in app.dataframe if "Change 2022 to 2025" in one.value).set_index("Area")
    assert table.loc["Westfield", "Change 2022 to 2025"] == "rose: +4.0 points (1.3 to 6.7)"
    assert table.loc["Twerton", "Change 2022 to 2025"].startswith("no clear change")
    against = table["Against the rest of B&NES, 2025"]
    assert against["Twerton"].startswith("higher, for certain: +13.5 points")
    assert against["Bath and North East Somerset"] == "is the whole"
    assert not set("↗↘→") & set(" ".join(table.astype(str).to_numpy().ravel()))


def test_a_link_with_a_value_not_offered_falls_back() -> None:
    app = opened("deprivation", domain="<b>wealth</b>", year="1999")
    assert "5 of the 118 neighbourhoods" in answer(app)
    assert any("not offered here" in caption.value for caption in app.caption)


def test_each_ward_is_shown_by_all_five_measures_with_which_way_is_worse() -> None:
    words = drawn(opened("deprivation"))
    heads = words.split("Every ward by each measure")[1].split("Twerton")[0]
    for measure in MEASURES.values():
        assert re.search(rf"{re.escape(measure.title)}\s+{re.escape(measure.worse)}", heads)
    assert re.search(r"Twerton\s+41.1\s+28,774\s+40.0% \(2 of 5\)\s+75.3%\s+31,388\s+41.6%", words)
    assert "holds a pocket: 1 of 5 neighbourhoods in England's most deprived fifth" in words


def test_every_place_is_told_with_the_measure_it_is_by() -> None:
    app = opened("deprivation", domain="crime")
    told = said(app)
    assert (
        "The most deprived ward is Twerton by average score, average rank and extent; Kingsmead by proportion" in told
    )
    assert "of 33 wards it stands 1st by local concentration and 31st by average score" in told
    for place in re.findall(r"\d+(?:st|nd|rd|th)[^,.;:]*", told):
        assert re.search(r"\bby \w|^1st being|of 296|to \d|wards", place), place


def test_the_council_is_placed_by_published_ranks_each_named() -> None:
    told = said(opened("deprivation"))
    assert "They place B&NES anywhere from 151st to 252nd of 296 English councils" in told
    assert "151st by proportion of neighbourhoods in England's most deprived tenth, 245th by average score" in told
    assert "Ranks by extent and local concentration were not in the copies we could read." in told
    words = drawn(opened("deprivation"))
    assert re.search(r"Average rank\s+reversed: larger is more deprived\s+10,258\s+10,248\s+252nd of 296", words)


def test_2015_has_one_rank_and_says_so() -> None:
    told = said(opened("deprivation", year="2015"))
    assert "B&NES stands 255th by average score (of 317 English councils" in told


def test_measures_of_ranks_are_shown_where_scores_are_blank() -> None:
    app = opened("deprivation", domain="education", year="2019")
    assert "By each of the four measures that can tell the most deprived ward is Twerton." in said(app)
    assert "In the order of average rank" in said(app)
    words = drawn(app)
    assert re.search(r"Twerton\s+no scores\s+31,440\s+100.0% \(5 of 5\)", words)
    assert re.search(r"Average score\s+higher is more deprived\s+no scores\s+14.0\s+236th of 317", words)


def test_an_index_that_is_a_share_is_not_to_be_read_by_its_average_rank() -> None:
    assert "This index is itself a share of people" in said(opened("deprivation", domain="idaci"))
    assert "This index is itself a share of people" not in said(opened("deprivation", domain="crime"))


def test_wards_can_be_coloured_by_every_measure_and_the_link_restores_it() -> None:
    app = opened("deprivation", geography="wards")
    assert "Most deprived fifth of wards" in drawn(app)
    app = chosen(app, "average", "extent")
    assert "Three quarters or more (1 ward)" in re.sub(r"\s+", " ", drawn(app))
    assert "None (28 wards)" in re.sub(r"\s+", " ", drawn(app))
    assert any(caption.value.startswith("**Extent**: higher is more deprived") for caption in app.caption)
    again = opened("deprivation", geography="wards", average="rank")
    assert again.selectbox(key="average").value == "rank"
    assert "6,025" in drawn(again)
    assert again.selectbox(key="average").options[-1] == "Tenth of the most deprived neighbourhood"


def test_a_measure_without_scores_is_not_offered() -> None:
    app = opened("deprivation", geography="wards", domain="idaci", average="score")
    assert "Average score" not in app.selectbox(key="average").options
    assert app.selectbox(key="average").value == "worst"
    assert any("not offered here" in caption.value for caption in app.caption)


def test_the_wards_of_2011_have_no_measures_of_2025() -> None:
    app = opened("deprivation", edition="2020", year="2025")
    assert not any(head.value == "How much depends on the measure" for head in app.header)
    assert any(head.value == "How much depends on the measure" for head in opened("deprivation", edition="2020").header)


def test_experts_alone_see_clusters_and_the_link_keeps_them() -> None:
    app = opened("deprivation")
    assert "Moran" not in drawn(app) + said(app)
    assert "experts" not in app.query_params
    app.toggle(key="experts").set_value(True)
    quiet(app.run())
    told = said(app)
    assert "Deprived neighbourhoods lie next to each other more than chance would have it" in told
    assert "1 of 118 neighbourhoods stands out. Deprived, among deprived neighbours: Whiteway West in Twerton." in told
    assert "Wards are not tested for clusters." in told
    assert re.search(r"Moran's I\s+0.189", drawn(app))
    assert "".join(app.query_params["experts"]) == "on"
    again = opened("deprivation", experts="on")
    assert again.toggle(key="experts").value
    again.toggle(key="experts").set_value(False)
    quiet(again.run())
    assert "experts" not in again.query_params
    assert "Moran" not in drawn(again) + said(again)


def test_the_chance_of_it_stands_in_tables_and_in_no_sentence() -> None:
    app = opened("deprivation", experts="on", domain="barriers")
    assert not re.search(r"\bp\b ?[=<]", said(app))
    assert "p, two-sided" in drawn(app)


def test_no_neighbourhood_standing_out_is_said_and_no_map_drawn() -> None:
    app = opened("deprivation", experts="on", domain="idaci")
    assert "No single neighbourhood of the 118 stands out for certain" in said(app)
    assert not any(head.value == "Local clusters on the map" for head in app.subheader)
    assert "by their reversed ranks (scores are blank)" in drawn(app)


def test_spatial_statistics_are_not_loaded_until_an_expert_asks() -> None:
    done = subprocess.run(
        [sys.executable, "-c", NEVER_IMPORTED], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.stdout.strip().splitlines()[-1:] == ["[]"], done.stderr[-800:]
