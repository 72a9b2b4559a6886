"""The editions from the command line, and their exit codes."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

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
    assert "SITES: 0 figures added, 6 changed, 0 lost" in capsys.readouterr().out
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


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "--table", "NONE", "--file", "x"), "There is no table 'NONE'"),
        (("check", "--table", "SITES", "--file", "/nowhere.csv"), "No such file"),
        (("drop", "--draft", "2", "--who", "Ann"), "is published and never changes"),
        (("forget", "--table", "SITES", "--keep", "0", "--who", "Ann"), "Keep at least 1"),
        (("put", "--draft", "2", "--table", "SITES", "--file", "/dev/null", "--who", "Ann"), "no such column"),
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
