"""Downloads of the pages: the frame of the screen, in every form; marked for what it is; and the way back to a view."""

from __future__ import annotations

import io
import json
import zipfile

import openpyxl
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analysis.gap import gap
from analysis.present import gap_view
from analysis.sources.library import Library
from tests.pages.reader import Files, chosen, opened

MADE_UP = {"edition": "2026", "provision": "caseload_families"}


def sheet(content: bytes, name: str) -> pd.DataFrame:
    """The table of a sheet, under its title and marks."""
    book = openpyxl.load_workbook(io.BytesIO(content))[name]
    rows = [row for row in book.iter_rows(values_only=True) if any(cell is not None for cell in row)]
    first = next(number for number, row in enumerate(rows) if all(cell is not None for cell in row))
    return pd.DataFrame(rows[first + 1 :], columns=list(rows[first]))


@pytest.mark.parametrize(
    ("page", "asked", "key"),
    [
        ("overview", MADE_UP, "gap_csv"),
        ("met_need", MADE_UP, "met_csv"),
        ("deprivation", {"geography": "wards", "year": "2019"}, "deprivation_csv"),
        ("toxic_trio", {"edition": "2020"}, "trio_csv"),
        ("what_if", {"edition": "2026"}, "what_if_csv"),
    ],
)
def test_the_table_in_excel_is_the_table_on_screen(offered: Files, page: str, asked: dict[str, str], key: str) -> None:
    app = opened(page, **asked)
    name, make = offered[f"{key}_xlsx"]
    assert name.endswith(".xlsx")
    first, second = sheet(make(), "Table"), sheet(make(), "Figures")
    screen = next(one.value for one in app.dataframe if list(one.value.columns) == list(first.columns))
    assert first.astype(str).to_numpy().tolist() == screen.astype(str).to_numpy().tolist()
    csv = pd.read_csv(io.BytesIO(offered[key][1]()))
    assert list(second.columns) == list(csv.columns)
    assert len(second) == len(csv)
    assert csv["basis"].notna().all()


def test_a_chart_and_a_map_come_in_both_forms_and_say_what_they_are(offered: Files) -> None:
    opened("overview", **MADE_UP)
    for key in ("gap_csv", "gap_map"):
        assert offered[f"{key}_png"][1]().startswith(b"\x89PNG")
        assert b"ILLUSTRATIVE: made up to show the tool" in offered[f"{key}_svg"][1]()


@pytest.mark.parametrize(
    ("page", "asked", "key", "words"),
    [
        ("localities", {"edition": "2026"}, "localities_map", b"In no locality"),
        ("deprivation", {"experts": "on", "year": "2019"}, "clusters_map", b"Local clusters"),
    ],
)
def test_every_map_is_a_picture_too(offered: Files, page: str, asked: dict[str, str], key: str, words: bytes) -> None:
    opened(page, **asked)
    assert words in offered[f"{key}_svg"][1]()


def test_the_csv_is_what_it_was(offered: Files, shipped: Library) -> None:
    opened("overview", edition="2020", provision="contact2017")
    result = gap(shipped, "2020", "idaci2015", "contact2017")
    name, make = offered["gap_csv"]
    assert name == "gap_2020_idaci2015_contact2017.csv"
    rows = pd.read_csv(io.BytesIO(make()))
    assert rows["oe"].tolist() == pytest.approx(gap_view.download(result)["oe"].tolist(), nan_ok=True)


@pytest.mark.parametrize(
    ("page", "asked", "key"),
    [
        ("overview", {**MADE_UP, "show": "need"}, "gap_zip"),
        ("met_need", {**MADE_UP, "weight": "50"}, "met_zip"),
        ("deprivation", {"domain": "idaci", "year": "2019", "geography": "wards"}, "deprivation_zip"),
        ("what_if", {"edition": "2020", "weight": "50"}, "what_if_zip"),
    ],
)
def test_everything_in_a_view_opens_it_again(offered: Files, page: str, asked: dict[str, str], key: str) -> None:
    first = opened(page, **asked)
    name, make = offered[key]
    assert name.endswith(".zip")
    with zipfile.ZipFile(io.BytesIO(make())) as packed:
        settings, names = packed.read("settings.json"), packed.namelist()
    assert {name.partition("/")[0] for name in names} >= {"tables", "map", "pictures", "method.txt", "citations.csv"}
    again = given(opened("costs"), settings)
    assert [title.value for title in again.title] == [title.value for title in first.title]
    assert address(again) == address(first)


def given(app: AppTest, content: bytes) -> AppTest:
    """The app after the reader gave it a settings file."""
    place = next(one for one in app.get("file_uploader") if "settings.json" in one.label)
    place.upload("settings.json", content, "application/json")
    app.run()
    assert not app.exception
    return app


def address(app: AppTest) -> dict[str, str]:
    return {name: value[0] if isinstance(value, list) else value for name, value in app.query_params.items()}


def test_a_saved_view_puts_choices_made_since_away(offered: Files) -> None:
    opened("overview", edition="2026")
    with zipfile.ZipFile(io.BytesIO(offered["gap_zip"][1]())) as packed:
        settings = packed.read("settings.json")
    other = chosen(opened("overview"), "edition", "2020")
    assert address(given(other, settings)) == {}


@pytest.mark.parametrize(
    "content", [b"{}", json.dumps({"kind": "early-help-atlas view", "form": 1, "page": "x"}).encode()]
)
def test_another_file_is_refused_and_the_page_stays(content: bytes) -> None:
    app = given(opened("costs"), content)
    assert "Give settings.json as it was in a zip of this atlas." in app.error[0].value
    assert app.title[0].value.startswith("What does early help cost")


def test_a_value_no_control_offers_falls_back_and_is_said() -> None:
    told = {"kind": "early-help-atlas view", "form": 1, "page": "", "settings": {"need": "<b>nothing</b>"}}
    app = given(opened("costs"), json.dumps(told).encode())
    assert any("that is not offered here, so the usual one is shown" in note.value for note in app.caption)
