"""The decision log from the command line, and its exit codes."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.__main__ import main
from analysis.sources.library import Library
from analysis.store.builtin import fill
from analysis.store.opening import opened
from analysis.store.place import in_file

LENSES = ("--edition", "2026", "--need", "low_income_bhc2025", "--provision", "access_gp")
WORDS = {
    "--what": "=2 more sites",
    "--why": "Far",
    "--meeting": "Sub-group",
    "--held-on": "2026-03-02",
    "--review-on": "2026-09-02",
    "--who": "Kim",
}
Said = pytest.CaptureFixture[str]


@pytest.fixture
def held(tmp_path: Path, world: Library, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of the world that the commands find."""
    place = in_file(tmp_path / "atlas.db")
    fill(opened(place, filled=False), world.root)
    monkeypatch.setattr("analysis.decision_commands.opened", lambda: opened(place, filled=False))
    return tmp_path


def asked(*arguments: object, **other: str) -> int:
    said = {**WORDS, **{f"--{name.replace('_', '-')}": value for name, value in other.items()}}
    return main(["decisions", *map(str, arguments), *(part for pair in said.items() for part in pair)])


def log(*arguments: object) -> int:
    return main(["decisions", *map(str, arguments)])


def test_a_decision_is_recorded_listed_put_right_withdrawn_exported_and_deleted(held: Path, capsys: Said) -> None:
    assert asked("record", *LENSES) == 0
    assert asked("correct", "--decision", 1, what="=3 more sites") == 0
    assert log("list", "--due", "2026-09-02") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines == [
        "Decision 1.",
        "Entry 2 takes the place of decision 1.",
        "2  2026-03-02  review 2026-09-02  in force  Sub-group",
        "    =3 more sites",
    ]
    assert log("withdraw", "--decision", 2, "--why", "No money", "--who", "Kim") == 0
    assert log("list", "--due", "2026-09-02") == 0
    assert log("export", "--to", held / "log.csv") == 0
    assert log("export", "--edition", "2026", "--to", held / "log.xlsx") == 0
    rows = pd.read_csv(held / "log.csv")
    assert rows["standing"].tolist() == ["withdrawn", "replaced by 3", "replaced by 2"]
    assert rows["what"].tolist() == ["'=3 more sites", "'=3 more sites", "'=2 more sites"]
    figures = pd.read_excel(held / "log.xlsx", sheet_name="Figures", engine="openpyxl")
    assert figures.loc[figures["decision"] == 1, "label"].tolist() == ["Elm", "Fir", "Gorse"]
    assert log("forget", "--before", "2026-03-03", "--who", "Ann", "--why", "Old") == 0
    assert "3 entries deleted." in capsys.readouterr().out
    assert log("list") == 0
    assert capsys.readouterr().out.count("deleted under the retention rules") == 3


def test_what_is_refused_says_why_and_ends_with_1(held: Path, capsys: Said) -> None:
    assert asked("record", *LENSES, what="") == 1
    assert "Write what was decided." in capsys.readouterr().err
    assert asked("record", *LENSES[2:]) == 1
    assert "Say which edition" in capsys.readouterr().err
    assert asked("record", *LENSES[:4], "--provision", "nonsense") == 1
    assert "There is no provision 'nonsense'" in capsys.readouterr().err
    assert log("export", "--to", held / "log.txt") == 1
    assert "Use one of: .csv, .xlsx" in capsys.readouterr().err


def test_what_is_not_understood_ends_with_2(held: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        asked("record", *LENSES, held_on="yesterday")
    assert ended.value.code == 2
