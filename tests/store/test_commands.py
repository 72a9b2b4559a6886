"""The editions from the command line, and their exit codes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from analysis.__main__ import main
from analysis.sources.library import Library
from analysis.store.builtin import fill
from analysis.store.opening import opened
from analysis.store.place import in_file
from analysis.store.publishing import shown_now
from tests.store.editors import stamped
from tests.world import three_wards


@pytest.fixture
def held(tmp_path: Path, world: Library, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of the world that the commands find."""
    place = in_file(tmp_path / "atlas.db")
    fill(opened(place, filled=False), world.root)
    monkeypatch.setenv("ATLAS_STORE", str(place.file))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    for module in ("commands", "file_commands"):
        monkeypatch.setattr(f"analysis.store.{module}.opened", lambda: opened(place, filled=False))
    return tmp_path


def edition(*arguments: object) -> int:
    return main(["edition", *map(str, arguments)])


def test_a_return_goes_from_a_file_to_everybody_and_back(held: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = held / "sites.csv"
    file.write_text(three_wards.TABLES["SITES"].replace(",World", ",New"), encoding="utf-8")
    assert edition("check", "--table", "SITES", "--file", file) == 0
    assert edition("start", "--edition", "2026", "--name", "Sites", "--who", "Ann") == 0
    draft = capsys.readouterr().out.split()[-1]
    put = ("put", "--draft", draft, "--table", "SITES", "--file", file, "--who", "Ann")
    assert edition(*put, "--say", "period=2027") == 0
    assert edition("diff", "--version", draft) == 0
    told = capsys.readouterr().out
    assert "SITES: 0 figures added, 6 changed, 0 lost" in told
    headings = ["In short", "The headline", "Figures", "Findings that would be others", "Warnings"]
    assert [line for line in told.splitlines() if line in headings] == headings
    assert ", before and after: " in told
    publish = ("publish", "--draft", draft, "--who", "Ann", "--compared-with")
    assert edition(*publish, 1) == 1
    assert "the atlas published another version" in capsys.readouterr().err
    assert edition(*publish, 2) == 0
    assert edition("rollback", "--version", 2, "--compared-with", 3, "--who", "Ann", "--note", "wrong") == 0
    assert edition("list") == 0
    assert "shown: 2020 publication 1, 2026 publication 4" in capsys.readouterr().out


def test_files_go_out_and_come_back(held: Path, world: Library) -> None:
    assert edition("export", "--version", 2, "--to", held / "out.zip", "--small-counts") == 0
    with zipfile.ZipFile(held / "out.zip") as packed:
        packed.extractall(held / "out")
    assert stamped(Library(held / "out")) == stamped(world)
    assert edition("backup", "--to", held / "backup.zip") == 0
    restore = ("restore", "--file", held / "backup.zip", "--who", "Ann")
    assert edition(*restore) == 1
    assert edition(*restore, "--replace") == 0
    assert {base: one.id for base, one in shown_now(opened(in_file(held / "atlas.db"), filled=False)).items()} == {
        "2020": 1,
        "2026": 2,
    }


def test_templates_open_in_a_spreadsheet_and_keep_their_contract(held: Path) -> None:
    assert edition("template", "--to", held / "templates") == 0
    for name in ("SITES", "ACTIVITY", "LAIT_OBSERVATIONS"):
        assert (held / "templates" / f"{name.lower()}.csv").read_bytes().startswith(b"\xef\xbb\xbf")
        assert edition("check", "--table", name, "--file", held / "templates" / f"{name.lower()}.csv") == 0


def filled(
    held: Path, name: str, ending: str, change: Callable[[pd.DataFrame], pd.DataFrame] = lambda rows: rows
) -> Path:
    """The rows of the world, as somebody types them into the template or saves them."""
    rows = change(pd.read_csv(io.StringIO(three_wards.TABLES[name]), dtype=str, keep_default_na=False))
    file = held / f"filled.{ending}"
    if ending == "csv":
        rows.to_csv(file, index=False)
        return file
    assert edition("template", "--table", name, "--format", "xlsx", "--to", held) == 0
    book = load_workbook(held / f"{name.lower()}.xlsx")
    for number, row in enumerate(rows.to_numpy(), start=2):
        for place, cell in enumerate(row, start=1):
            book["Fill in"].cell(number, place, cell or None)
    book.save(file)
    return file


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_filled_template_is_checked_and_put(held: Path, capsys: pytest.CaptureFixture[str], ending: str) -> None:
    file = filled(held, "SITES", ending)
    assert edition("check", "--table", "SITES", "--file", file) == 0
    assert "keeps the contract of SITES: 6 rows" in capsys.readouterr().out
    assert edition("start", "--edition", "2026", "--name", "Sites", "--who", "Ann") == 0
    draft = capsys.readouterr().out.split()[-1]
    assert edition("put", "--draft", draft, "--table", "SITES", "--file", file, "--who", "Ann") == 0
    assert edition("diff", "--version", draft) == 0
    assert "In short\n--------\nNothing differs." in capsys.readouterr().out


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_every_fault_is_named_and_marked_in_a_copy(held: Path, capsys: pytest.CaptureFixture[str], ending: str) -> None:
    file = filled(held, "SITES", ending, lambda rows: rows.assign(kind="hospital", latitude="far"))
    assert edition("check", "--table", "SITES", "--file", file, "--annotated", held / "copy.xlsx") == 1
    said = capsys.readouterr().err
    assert f"filled.{ending}: 12 faults. Nothing was changed." in said
    assert "row 2, kind: found hospital" in said
    copy = load_workbook(held / "copy.xlsx")
    assert copy.sheetnames == ["Faults", "Your rows"]
    assert copy["Faults"].max_row == 4 + 12


def test_headings_mapped_by_hand_are_remembered_once_the_table_is_put(held: Path) -> None:
    file = filled(held, "SITES", "csv", lambda rows: rows.rename(columns={"latitude": "Y"}))
    asked = ("check", "--table", "SITES", "--file", file)
    assert edition(*asked) == 1
    assert edition(*asked, "--heading", "latitude=Y") == 0
    assert edition(*asked) == 1
    assert edition("start", "--edition", "2026", "--name", "Sites", "--who", "Ann") == 0
    put = ("put", "--draft", 3, "--table", "SITES", "--file", file, "--who", "Ann")
    assert edition(*put, "--heading", "latitude=Y") == 0
    assert edition(*asked) == 0


def test_a_version_goes_out_as_one_workbook(held: Path) -> None:
    assert edition("export", "--version", 2, "--format", "xlsx", "--to", held / "out.xlsx") == 0
    book = load_workbook(held / "out.xlsx")
    assert book.sheetnames[0] == "Catalogue"
    assert "SITES" in book.sheetnames


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "--table", "NONE", "--file", "x"), "There is no table 'NONE'"),
        (("check", "--table", "SITES", "--file", "/nowhere.csv"), "No such file"),
        (("drop", "--draft", "2", "--who", "Ann"), "is published and never changes"),
        (("forget", "--table", "SITES", "--keep", "0", "--who", "Ann"), "Keep at least 1"),
        (("put", "--draft", "2", "--table", "SITES", "--file", "/dev/null", "--who", "Ann"), "an empty file"),
        (
            ("check", "--table", "SITES", "--file", "/dev/null", "--heading", "wards=Ward"),
            "SITES has no column 'wards'",
        ),
        (("template", "--table", "NONE", "--to", "/tmp/nowhere"), "There is no table 'NONE'"),
    ],
)
def test_what_is_refused_says_why(
    held: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    assert edition(*arguments) == 1
    assert said in capsys.readouterr().err


def test_what_is_not_understood_exits_with_2() -> None:
    with pytest.raises(SystemExit) as stopped:
        edition("draw")
    assert stopped.value.code == 2
