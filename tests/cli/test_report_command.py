"""Reports from the command line: the same bytes as from the screen, and refusals in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.__main__ import main
from analysis.refusal import Refusal
from analysis.reports.needs_assessment.outline import OUTLINE
from analysis.reports.registry import report_of
from tests.world.word_file import WordFile

ASKED = ["report", "ward-profile", "--edition", "2020", "--made-on", "2026-11-28"]


def test_one_profile_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "twerton.pdf"
    assert main([*ASKED, "--ward", "Twerton", "--to", str(target)]) == 0
    told = capsys.readouterr()
    assert target.read_bytes().startswith(b"%PDF-1.7")
    assert f"bytes written to {target}." in told.out
    assert told.err.splitlines() == [
        "0 of 3: reading the tables",
        "1 of 3: working out the figures",
        "2 of 3: setting the page",
    ]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--ward", "Nowhere"], "'Nowhere' is not one of the 37 wards of 2011 to 2019"),
        (["--ward", "Twerton", "--need", "hunger"], "There is no need 'hunger' in the 2020 edition."),
        (["--all", "--made-on", "soon"], "'soon' is not a day. Write it as 2026-11-28."),
    ],
)
def test_what_cannot_be_made_is_refused(
    more: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "none.pdf"
    assert main([*ASKED, *more, "--to", str(target)]) == 1
    assert said in capsys.readouterr().err
    assert not target.exists()


def test_the_needs_assessment_is_written_without_the_sections_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "na.docx"
    out = [key for key in OUTLINE if key not in ("limitations", "sources")]
    asked = ["report", "needs-assessment", "--edition", "2026", "--made-on", "2026-11-28", "--to", str(target)]
    assert main([*asked, "--leave-out", *out]) == 0
    assert "bytes written to" in capsys.readouterr().out
    assert [number for number, _ in WordFile(target.read_bytes()).headings if "." not in number] == ["1", "Appendix A"]
    assert main([*asked, "--leave-out", "weather"]) == 1
    assert "There is no section 'weather'." in capsys.readouterr().err


def test_a_file_that_cannot_be_written_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ASKED, "--ward", "Twerton", "--to", str(tmp_path / "no folder" / "a.pdf")]) == 1
    assert "cannot be written: No such file or directory. Name another file." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "params", "said"),
    [
        ("novel", {}, "There is no report 'novel'. Choose one of: ward-profile, all-ward-profiles."),
        ("ward-profile", {"edition": "2026", "made_on": "2026-11-28"}, "asks for edition, made_on, ward"),
        ("all-ward-profiles", {"edition": "2026", "made_on": "2026-11-28", "x": "y"}, "was given edition, made_on, x"),
        ("all-ward-profiles", {"edition": "1999", "made_on": "2026-11-28"}, "There is no edition '1999'."),
    ],
)
def test_parameters_are_looked_up_before_anything_is_made(name: str, params: dict[str, str], said: str) -> None:
    with pytest.raises(Refusal, match=said):
        report_of(name, params)


PACK = ["report", "meeting-pack", "--edition", "2026", "--need", "low_income_bhc2025", "--made-on", "2026-11-28"]


def test_a_meeting_pack_is_written_as_its_ending_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "pack.pptx"
    assert main([*PACK, "--provision", "access_gp", "--to", str(target)]) == 0
    told = capsys.readouterr()
    assert target.read_bytes().startswith(b"PK")
    assert told.err.splitlines() == [
        "0 of 4: working out the figures",
        "1 of 4: drawing the map",
        "2 of 4: writing the slides",
        "3 of 4: setting the PowerPoint",
    ]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--provision", "access_gp", "--to", "pack.odp"], "pack.odp is neither a PowerPoint nor a PDF."),
        (["--provision", "magic", "--to", "pack.pdf"], "There is no provision 'magic'."),
    ],
)
def test_a_pack_that_cannot_be_made_is_refused(
    more: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([*PACK, *more]) == 1
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
