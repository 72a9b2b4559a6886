"""Another council in the sidebar: what can be shown of it, in its own name, and what cannot and why."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.build.area.folder import build_area
from analysis.exports.about import About, data_of
from analysis.sources.catalogue import CATALOGUE
from analysis.sources.council import HOME
from analysis.sources.library import ROOT, Library
from tests.browser.reader import PAGES
from tests.pages.reader import answer, chosen, drawn, opened, quiet, raw, said
from tests.world.nation import CHANGED, ELM, MERGED, MID, OAK, STEADY, build

SHOWN = {"deprivation", "ward", "sources"}
OURS = ("B&NES", "Bath and North East Somerset", "2020 assessment")


@pytest.fixture(scope="module")
def areas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    nation, folder = build(tmp_path_factory.mktemp("raw")), tmp_path_factory.mktemp("areas")
    for code in (STEADY, CHANGED, MERGED):
        build_area(nation, code, folder / code)
    return folder


@pytest.fixture(autouse=True)
def _offered(areas: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_AREAS", str(areas))


def everything(app: AppTest) -> str:
    """All the main part of a page says, with its tables and charts."""
    parts = [*app.main.header, *app.main.subheader, *app.main.title, *app.main.info, *app.main.markdown]
    words = [part.value for part in [*parts, *app.main.caption]]
    charts = [chart.proto.spec for chart in app.main.get("plotly_chart")]
    maps = [part.proto.json_args for part in app.main.get("component_instance")]
    return " ".join([*words, *charts, *maps, raw(app), *(frame.value.to_csv() for frame in app.main.dataframe)])


def offered(app: AppTest) -> list[str]:
    return [name for box in app.selectbox if box.key == "council" for name in box.options]


def test_the_sidebar_offers_every_council_the_atlas_s_own_first() -> None:
    app = opened("deprivation")
    assert offered(app) == [HOME.name, "Changeham", "Mergeton", "Steadyshire"]
    assert "council" not in app.query_params


def test_choosing_one_shows_its_own_figures_by_its_own_name_and_stays_in_the_link() -> None:
    app = opened("deprivation", year="2019", geography="wards")
    before = everything(app)
    app = chosen(app, "council", STEADY)
    assert "1 of the 3 neighbourhoods of Steadyshire stands in the most deprived fifth" in answer(app)
    assert not [name for name in OURS if name in everything(app)]
    assert app.query_params["council"] in (STEADY, [STEADY])
    assert "Tables built from national files" in drawn(app)
    assert f"/geo/{STEADY}/wards_2019.geojson" in everything(app)
    assert (ROOT / "static" / "geo" / STEADY / "wards_2019.geojson").is_file()
    assert everything(chosen(app, "council", HOME.code)) == before


def test_a_year_that_is_not_summed_to_wards_says_why_and_what_has_no_map_says_so() -> None:
    app = opened("deprivation", council=STEADY, geography="wards")
    assert any("without the people each was measured on" in info.value for info in app.info)
    app = chosen(app, "geography", "neighbourhoods")
    assert any("The boundaries of the neighbourhoods of Steadyshire are not held" in info.value for info in app.info)
    assert next(button for button in app.segmented_control if button.key == "year").options == ["2019", "2025"]


def test_pages_that_lack_its_tables_say_so_in_one_sentence_and_show_no_figure() -> None:
    app = opened("deprivation", council=STEADY)
    for page in PAGES.keys() - SHOWN:
        app.switch_page(f"pages/{page or 'overview'}.py")
        quiet(app.run())
        assert [info.value.split(". ")[0] for info in app.info] == ["This page cannot be shown for Steadyshire"], page
        assert not [*app.dataframe, *app.get("download_button"), *app.get("plotly_chart")], page
        assert offered(app), page


def test_a_ward_is_set_beside_its_own_council_and_says_what_is_not_held() -> None:
    app = opened("ward", council=STEADY, ward=OAK)
    assert [title.value for title in app.title] == ["Oak ward, Steadyshire"]
    assert answer(app).startswith(" Oak has 40 children in low-income families: 20.0% of its children")
    assert "of Steadyshire; 1 of its 2 neighbourhoods stands in England's most deprived fifth (IMD 2025)" in answer(app)
    assert not [name for name in OURS if name in everything(app)]
    assert any("Not held of Steadyshire" in info.value for info in app.info)
    assert [head.value for head in app.header][-1] == "Its children by age"
    other = opened("ward", council=STEADY, ward=ELM)
    assert "Elm has 10 children" in answer(other)


def test_a_ward_on_new_ground_has_no_figure_of_the_old() -> None:
    app = opened("ward", council=CHANGED, ward=MID)
    assert "Mid has 6 children in low-income families" in answer(app)
    assert "2019" not in "".join(head for head in raw(app).split("<th")[1:] if "Average score" in head)
    assert "no best fit of the neighbourhoods of 2011" in drawn(app)


def test_another_ward_can_be_chosen_and_no_locality() -> None:
    app = opened("ward", council=STEADY, groups="Hub:E05012488.E05012492")
    box = next(box for box in app.selectbox if box.key == "ward")
    assert (box.label, box.options) == ("Ward", ["All wards", "Elm", "Oak"])
    assert answer(chosen(app, "ward", OAK)).startswith(" Oak has 40 children")


def test_sources_are_its_own() -> None:
    app = opened("sources", council=STEADY)
    assert "stops the council from being offered" in drawn(app)
    assert not [name for name in OURS if name in everything(app)]
    app = opened("sources", council=STEADY, section="dictionary")
    assert not app.error
    app = opened("sources", council=STEADY, section="ledger")
    assert any("It says nothing of Steadyshire." in info.value for info in app.info)


def test_files_say_whose_they_are_and_what_of(areas: Path) -> None:
    assert data_of(Library(areas / STEADY)).startswith("Tables built from national files (contents ")
    rows = dict(About("Title", "2026", "", "published", (), edition_title="Wards of 2024").rows())
    assert rows["Edition"] == "Wards of 2024"


def test_a_folder_that_is_not_in_order_is_left_out_and_said_and_a_link_to_it_falls_back(
    areas: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(areas / STEADY, tmp_path / STEADY)
    spoiled = tmp_path / STEADY / CATALOGUE
    spoiled.write_text(spoiled.read_text().replace("short_name =", "nickname ="))
    monkeypatch.setenv("ATLAS_AREAS", str(tmp_path))
    app = opened("deprivation", council=STEADY)
    assert not offered(app)
    assert f"{STEADY} is not offered as a council." in drawn(app)
    assert "neighbourhoods of B&NES" in answer(app)
    assert "asked for a value of “council” that is not offered here" in said(app)


def test_without_another_council_there_is_nothing_to_choose(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_AREAS", str(tmp_path / "none"))
    assert not offered(opened("sources"))
