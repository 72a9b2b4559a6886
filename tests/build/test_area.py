"""A folder of tables of any council, from a made-up nation worked by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely

from analysis import councils, ward_places
from analysis.build.area.folder import build_area
from analysis.deprivation import by_ward, home_ward, neighbourhoods, placed, why_not_summed, years_held
from analysis.deprivation_change import moves
from analysis.editions import EDITIONS, editions_of
from analysis.low_income import compared, series
from analysis.need import NEEDS, need_table
from analysis.refusal import Refusal
from analysis.sources.catalogue import CATALOGUE, CatalogueError, faults, read_layer
from analysis.sources.council import HOME, Council, contract_for, declared
from analysis.sources.library import Library
from analysis.sources.tables import CONTRACTS
from tests.world.nation import CHANGED, ELM, HIGH, LOW, MERGED, MID, OAK, OLD_NORTH, STEADY, build

Folders = dict[str, tuple[Library, list[str]]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    raw, out = build(tmp_path_factory.mktemp("raw")), tmp_path_factory.mktemp("areas")
    return {code: build_area(raw, code, out / code) for code in (STEADY, CHANGED, MERGED)}


@pytest.fixture(scope="module")
def steady(built: Folders) -> Library:
    return built[STEADY][0]


@pytest.fixture(scope="module")
def changed(built: Folders) -> Library:
    return built[CHANGED][0]


def shapes(library: Library, name: str) -> dict[str, shapely.Geometry]:
    features = read_layer(library.root / "geo" / f"{name}.geojson")["features"]
    return {one["properties"]["code"]: shapely.geometry.shape(one["geometry"]) for one in features}


def test_the_folder_opens_on_its_own_catalogue_and_says_whose_it_is(built: Folders) -> None:
    for code, (library, _) in built.items():
        assert faults(library.root) == []
        assert library.council == declared(library.root / CATALOGUE)
        assert (library.council.code, library.council.national) == (code, True)
        assert {entry.basis for entry in library.entries.values()} == {"published", "modelled"}


def test_the_council_stands_in_the_words_of_its_editions(steady: Library, changed: Library) -> None:
    assert editions_of(HOME) is EDITIONS
    assert [edition.wards for edition in editions_of(changed.council).values()] == [
        "the 2 wards of 2019",
        "the 3 wards of 2024",
    ]
    assert [edition.ward_column for edition in editions_of(steady.council).values()] == ["ward11_code", "ward19_code"]


def test_every_neighbourhood_is_in_one_ward_and_wards_are_counted(steady: Library, changed: Library) -> None:
    assert (steady.codes("ward11"), steady.codes("ward19")) == ([OAK, ELM], [OAK, ELM])
    assert changed.codes("ward19") == [LOW, MID, HIGH]
    assert changed.table("LOOKUP_LSOA11")["ward19_code"].isna().all()
    assert changed.table("LOOKUP_LSOA21")["ward19_code"].tolist() == [LOW, MID, HIGH]


def test_deprivation_of_wards_is_weighted_by_people(steady: Library) -> None:
    for column in ("ward11_code", "ward19_code"):
        wards = by_ward(steady, 2019, "imd", column).set_index("area_code")
        assert wards.loc[OAK, "score"] == pytest.approx((300 * 31.844 + 100 * 2.844) / 400)
        assert (wards.loc[OAK, "pockets"], wards.loc[ELM, "pockets"]) == (1, 0)
    assert neighbourhoods(steady, 2019, "crime")["score"].isna().all()
    assert neighbourhoods(steady, 2019, "crime")["rank"].tolist() == [1000, 30000, 16000]
    assert years_held(steady) == (2019, 2025)


def test_what_cannot_be_summed_says_why(steady: Library, changed: Library) -> None:
    assert why_not_summed(steady, 2019, "ward19_code") is None
    with pytest.raises(Refusal, match="without the people each was measured on"):
        by_ward(steady, 2025, "imd", "ward19_code")
    with pytest.raises(
        Refusal, match="The wards of Changeham have changed, and no best fit of the neighbourhoods of 2011"
    ):
        by_ward(changed, 2019, "imd", "ward19_code")
    assert len(by_ward(changed, 2019, "imd", "ward11_code")) == 2


def test_a_neighbourhood_leads_to_its_ward_where_it_kept_its_code(changed: Library) -> None:
    assert home_ward(changed, 2019, "ward19_code").to_dict() == {"E01099011": LOW}
    assert placed(changed, 2019, "imd", "ward19_code").set_index("area_code")["ward_name"].to_dict() == {
        "E01099011": "Low",
        "E01099012": pytest.approx(np.nan, nan_ok=True),
    }
    assert home_ward(changed, 2025, "ward11_code").dropna().to_dict() == {"E01099011": OLD_NORTH}
    assert moves(changed, 2019, 2025, "imd", "ward19_code")["area_code"].tolist() == ["E01099011"]


def test_low_income_has_the_published_council_beside_the_wards(steady: Library) -> None:
    rows = series(steady, "BHC").set_index("area_code")
    assert rows.loc[OAK, ["count", "percent", "children"]].tolist() == [40, 20.0, 200.0]
    assert rows.loc[STEADY, ["count", "status"]].tolist() == [51, "ok"]
    told = compared(rows.reset_index()).set_index("area_code")
    assert told.loc[STEADY, "rest_said"] == "not known"
    assert told.loc[OAK, "rest"] == pytest.approx(10.0)


def test_a_council_figure_that_is_not_held_is_missing_and_never_a_sum(built: Folders) -> None:
    library, notes = built[CHANGED]
    row = series(library, "BHC").set_index("area_code").loc[CHANGED]
    assert pd.isna(row["count"])
    assert row["status"] == "missing"
    assert "The council's own figure of children in low-income families is not held." in notes
    assert series(library, "BHC").set_index("area_code").loc[HIGH, "status"] == "missing"


def test_people_are_summed_where_there_is_a_best_fit(steady: Library, changed: Library) -> None:
    oak = {item["label"]: item["value"] for item in ward_places.children(steady, "2026", OAK)}
    assert oak["Ages 0-4"] == 300 // 20 + 100 // 20
    assert "Ages 19-25" not in oak
    (blank,) = ward_places.children(changed, "2026", LOW)
    assert pd.isna(blank["value"])
    assert "no best fit" in str(blank["note"])


def test_the_needs_that_can_be_counted(steady: Library, changed: Library) -> None:
    assert [lens.id for lens in councils.needs(steady, "2026")] == [
        "low_income_bhc2025",
        "low_income_ahc2025",
        "children2020",
    ]
    assert [lens.id for lens in councils.needs(changed, "2026")] == ["low_income_bhc2025", "low_income_ahc2025"]
    assert councils.needs(steady, "2020") == []
    assert need_table(steady, NEEDS["children2020"])["need"].tolist() == [80, 40]
    with pytest.raises(Refusal, match="No residents of mid-2019 are held for Steadyshire"):
        need_table(steady, NEEDS["children2019"])


def test_the_wards_share_their_edges_though_the_source_does_not(steady: Library, changed: Library) -> None:
    for library, name in ((steady, "wards_2011"), (steady, "wards_2019"), (changed, "wards_2019")):
        areas = np.array(list(shapes(library, name).values()))
        assert shapely.coverage_is_valid(areas)
    assert not (changed.root / "geo" / "wards_2011.geojson").exists()
    assert shapes(changed, "wards_2019")[LOW].area == pytest.approx(1e-4, rel=0.02)


def test_a_stand_in_point_lies_in_its_ward_and_says_what_it_is(steady: Library) -> None:
    points = steady.table("DEMAND_POINTS_LSOA21").set_index("lsoa21_code")
    assert points["postcodes"].isna().all()
    oak = shapes(steady, "wards_2019")[OAK]
    assert oak.contains(shapely.Point(points.loc["E01099001", "longitude"], points.loc["E01099001", "latitude"]))
    entry = steady.entry("DEMAND_POINTS_LSOA21")
    assert entry.basis == "modelled"
    assert "Not for distances" in entry.caveat
    assert councils.offered(steady)["access"] == councils.NO_PLACES


def test_the_pages_that_have_their_tables(steady: Library, shipped: Library) -> None:
    works = [page for page, reason in councils.offered(steady).items() if not reason]
    assert works == ["deprivation", "low income", "ward", "sources"]
    assert not any(councils.offered(shipped).values())


def test_a_council_made_of_districts_has_the_neighbourhoods_of_all(built: Folders) -> None:
    assert built[MERGED][0].codes("lsoa11") == ["E01099031", "E01099032"]


def test_a_district_divided_between_councils_is_refused(tmp_path: Path) -> None:
    raw = build(tmp_path / "raw", divided=True)
    with pytest.raises(Refusal, match=f"1 neighbourhoods lie in {MERGED} in one of 2019 and 2024 and not in the other"):
        build_area(raw, MERGED, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_low_income_of_other_wards_is_left_out(tmp_path: Path) -> None:
    library, notes = build_area(build(tmp_path / "raw", other_wards=True), STEADY, tmp_path / "out")
    assert not library.holds("CHILD_POVERTY_WARD")
    assert any("other wards than those of 2024" in note for note in notes)
    assert councils.needs(library, "2026")[0].id == "children2020"


def test_what_cannot_be_built_is_refused_in_a_sentence(tmp_path: Path) -> None:
    raw = build(tmp_path / "raw")
    with pytest.raises(Refusal, match="There is no English council 'W06000015' among those of 2024"):
        build_area(raw, "W06000015", tmp_path / "out")
    (raw / "data" / "england" / "iod2019_lsoa11_england.csv").unlink()
    with pytest.raises(Refusal, match=r"lacks data/england/iod2019_lsoa11_england.csv\. Name the folder"):
        build_area(raw, STEADY, tmp_path / "out")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    with pytest.raises(Refusal, match="is not an empty folder"):
        build_area(build(tmp_path / "again"), STEADY, tmp_path / "full")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["again", "full", "raw"]


def test_the_other_councils_there_are_come_by_name_and_a_folder_without_tables_is_passed_over(
    steady: Library, tmp_path: Path
) -> None:
    (tmp_path / "E06000999").mkdir()
    assert councils.others(tmp_path) == ({}, [])
    there, faults = councils.others(steady.root.parent)
    assert [library.council.name for library in there.values()] == ["Changeham", "Mergeton", "Steadyshire"]
    assert there[steady.council.code].root == steady.root
    assert faults == []


def test_the_contracts_of_home_stay_as_they_are(steady: Library, shipped: Library) -> None:
    assert shipped.council == HOME
    for name, contract in CONTRACTS.items():
        assert contract_for(contract, HOME) is contract
        loosened = contract_for(contract, steady.council)
        assert (loosened.columns, loosened.key, loosened.rules) == (contract.columns, contract.key, contract.rules), (
            name
        )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (OAK, "E0509900", "column ward19_code: found 'E0509900'"),
        ("ward19_code\n", "ward\n", "column ward19_code: found 'no such column'"),
    ],
)
def test_a_spoiled_table_of_another_council_is_refused(
    steady: Library, tmp_path: Path, old: str, new: str, said: str
) -> None:
    for path, entry in steady.entries.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        text = (steady.root / path).read_text()
        (tmp_path / path).write_text(text.replace(old, new) if entry.contract == "LOOKUP_LSOA21" else text)
    (tmp_path / CATALOGUE).write_text((steady.root / CATALOGUE).read_text())
    with pytest.raises(CatalogueError, match=said):
        Library(tmp_path)


def test_a_catalogue_with_a_council_that_is_not_in_order_is_refused(steady: Library, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / CATALOGUE).write_text((steady.root / CATALOGUE).read_text().replace("short_name =", "nickname ="))
    with pytest.raises(CatalogueError, match=r"catalogue.toml cannot be read: .*nickname"):
        Library(tmp_path)


def test_a_name_with_quotes_survives_the_catalogue(tmp_path: Path) -> None:
    from analysis.sources.council import written

    odd = Council("E06000999", 'King\'s "Lynn" \\ West', "Lynn", "a", "b", 51.0, 52.0, -1.0, 1.0)
    (tmp_path / "catalogue.toml").write_text(written(odd))
    assert declared(tmp_path / "catalogue.toml") == odd
