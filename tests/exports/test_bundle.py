"""The zip of a view: everything in it, the same bytes each time, safe names, nothing illustrative without its label."""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import geopandas
import pandas as pd
import pytest

from analysis.exports.about import About, data_of, entries_of
from analysis.exports.bundle import Areas, Part, bundle, safe_name
from analysis.exports.method import USED, note, plain
from analysis.sources.library import ROOT, Library

WARD = "E05001953"
FIGURES = pd.DataFrame({"area_code": [WARD, "rest"], "oe": [0.5, 1.2], "reason": ["", "=1+1"], "need": [10.0, None]})
LAYER = ROOT / "geo" / "wards_2011.geojson"


@pytest.fixture
def about(shipped: Library) -> About:
    return About(
        title="A view",
        edition="2020",
        data=data_of(shipped),
        basis="illustrative",
        sources=entries_of(shipped, ["IDACI2015_PRINTED"]),
        settings=(("need", "idaci2015"),),
        made_on=date(2026, 11, 28),
    )


def zipped(about: About, name: str = "gap") -> dict[str, bytes]:
    part, areas = Part(name, FIGURES, FIGURES[["oe"]]), Areas(name, LAYER, FIGURES, "Whose boundaries")
    content = bundle(about, [part], areas, {f"{name}.png": b"picture"}, ["**Gap.** Own notes."])
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {entry: packed.read(entry) for entry in packed.namelist()}


def test_the_same_view_gives_the_same_bytes_on_the_same_day(about: About) -> None:
    first, second = zipped(about), zipped(about)
    assert first == second
    later = zipped(replace(about, made_on=date(2026, 11, 29)))
    assert {name for name in first if first[name] != later[name]} == {
        "README.txt",
        "manifest.sha256",
        "tables/gap.xlsx",
    }


def test_everything_is_in_it_and_the_manifest_has_the_checksum_of_all(about: About) -> None:
    files = zipped(about)
    assert set(files) == {
        *("tables/gap.csv", "tables/gap.xlsx", "map/gap.geojson", "map/gap.gpkg", "pictures/gap.png", "method.txt"),
        *("citations.csv", "settings.json", "README.txt", "manifest.sha256"),
    }
    listed = dict(reversed(line.split("  ")) for line in files["manifest.sha256"].decode().splitlines())
    assert listed == {
        name: hashlib.sha256(content).hexdigest() for name, content in files.items() if name != "manifest.sha256"
    }


def test_the_map_holds_the_figures_of_its_areas_and_the_outline_of_the_others(about: About) -> None:
    features = json.loads(zipped(about)["map/gap.geojson"])["features"]
    held = {feature["properties"]["code"]: feature["properties"] for feature in features}
    assert len(held) == 37
    assert held[WARD]["oe"] == 0.5
    assert held[WARD]["basis"] == "illustrative"
    assert {len(properties) for code, properties in held.items() if code != WARD} == {2}


def test_the_geopackage_says_the_same_and_not_when_it_was_written(about: About, tmp_path: Path) -> None:
    path = tmp_path / "gap.gpkg"
    path.write_bytes(zipped(about)["map/gap.gpkg"])
    areas = geopandas.read_file(path, layer="gap").set_index("code")
    assert len(areas) == 37
    assert areas.loc[WARD, "oe"] == 0.5
    assert areas.crs.to_epsg() == 4326
    with sqlite3.connect(path) as store:
        assert store.execute("SELECT last_change FROM gpkg_contents").fetchall() == [("2000-01-01T00:00:00.000Z",)]


@pytest.mark.parametrize("analysts", [False, True])
def test_no_illustrative_figure_leaves_without_its_label(about: About, analysts: bool) -> None:
    files = zipped(replace(about, analysts=analysts))
    rows = pd.read_csv(io.BytesIO(files["tables/gap.csv"]))
    assert set(rows["basis"]) == {"illustrative"}
    assert "ILLUSTRATIVE" in files["README.txt"].decode()
    assert "ILLUSTRATIVE" in json.loads(files["map/gap.geojson"])["attribution"]
    says = {"csv": "disclosure" in rows, "readme": "not for publication" in files["README.txt"].decode()}
    says["map"] = b"not for publication" in files["map/gap.geojson"]
    assert set(says.values()) == {analysts}


def test_nothing_in_its_tables_runs(about: About) -> None:
    assert list(pd.read_csv(io.BytesIO(zipped(about)["tables/gap.csv"]))["reason"].dropna()) == ["'=1+1"]


@pytest.mark.parametrize("name", ["../../etc/passwd", "/abs", "a\\b", "CON\x00", "", "….", "x" * 300, "Élan vital"])
def test_names_are_never_paths(about: About, name: str) -> None:
    assert all(".." not in part and not part.startswith("/") and "\\" not in part for part in zipped(about, name))
    assert 0 < len(safe_name(name)) <= 100


def test_every_part_of_the_methods_a_note_names_is_there() -> None:
    for page, titles in USED.items():
        assert [title for title in titles if f"{title}\n{'=' * len(title)}" not in note(page)] == []


def test_a_note_is_plain_text() -> None:
    assert plain("**Gap.** See [more](x.md) of *it*, `code`.\n\n- one\n- two") == (
        "Gap. See more (x.md) of it, code.\n\n- one\n- two"
    )
