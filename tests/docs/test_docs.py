"""What the written pages claim, held against what is there."""

from __future__ import annotations

import argparse
import re
import shlex
from itertools import pairwise
from pathlib import Path

import pytest

from analysis.__main__ import main
from analysis.need import NEEDS
from analysis.present.sources_view import KINDS_OF_CONTRADICTION, document
from analysis.provision import PROVISIONS
from analysis.sources.columns import COLUMNS
from analysis.sources.library import ROOT, Library
from analysis.sources.tables import CONTRACTS
from analysis.sources.tables import ledger as ledger_contract

WRITTEN = sorted([*(ROOT / "docs").glob("*.md"), ROOT / "README.md", ROOT / "CHANGELOG.md"])
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
NAMES = [path.name for path in WRITTEN]


def code(text: str) -> list[str]:
    """Everything set as code, in a line of its own or in a sentence."""
    blocks = re.findall(r"^```\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))
    return [*inline, *(line for block in blocks for line in block.splitlines())]


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", MAKEFILE, flags=re.MULTILINE))


@pytest.mark.parametrize("path", WRITTEN, ids=NAMES)
def test_every_make_target_named_is_in_the_makefile(path: Path) -> None:
    named = {words.split()[1] for words in code(path.read_text("utf-8")) if words.startswith("make ")}
    assert named <= targets()


def test_the_readme_names_every_target_a_reader_needs() -> None:
    assert {f"make {name}" for name in targets() - {"clean"}} <= set(code(README))


@pytest.mark.parametrize("path", WRITTEN, ids=NAMES)
def test_every_analysis_command_named_is_understood(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [words for words in code(path.read_text("utf-8")) if words.startswith("python -m analysis ")]
    known = {"list", "gap", "check", "accept", "reconcile", "return", "edition", "refresh", "build-area", "report"}
    known |= {"decisions"}
    assert {words.split()[3] for words in asked} <= known
    steps = {words.split()[4] for words in asked if words.split()[3] == "return"}
    assert steps <= {"template", "check", "load"}
    understood: list[argparse.Namespace] = []
    monkeypatch.setattr("analysis.__main__._gap", lambda options: understood.append(options) or 0)
    complete = [words for words in asked if "--edition" in words]
    for words in complete:
        assert main(shlex.split(words)[3:]) == 0
    assert len(understood) == len(complete)
    assert all(options.need in NEEDS and options.provision in PROVISIONS for options in understood)


def test_the_example_of_the_readme_is_true(capsys: pytest.CaptureFixture[str]) -> None:
    command = next(words for words in code(README) if words.startswith("python -m analysis gap --"))
    assert main(shlex.split(command)[3:]) == 0
    head, *rows = (line for line in capsys.readouterr().out.splitlines())
    printed = next(row for row in rows if "Radstock" in row)
    given = dict(zip(head.split(","), re.findall(r'"[^"]*"|[^,]+', printed), strict=True))
    table = [[cell.strip() for cell in line.strip("|").split("|")] for line in README.splitlines() if line[:1] == "|"]
    row = next(cells for cells in table if "Radstock" in cells)
    shown = dict(zip(next(cells for cells in table if cells[0] == "ward_code"), row, strict=True))
    for name, value in shown.items():
        as_given = given[name].strip('"')
        assert value == (f"{float(as_given):.2f}" if re.fullmatch(r"-?\d+\.\d+", as_given) else as_given)


@pytest.mark.parametrize("path", WRITTEN, ids=NAMES)
def test_links_lead_to_files_that_are_there(path: Path) -> None:
    links = re.findall(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)", path.read_text(encoding="utf-8"))
    for link in links:
        assert link.startswith("https://") or (path.parent / link).is_file(), link


@pytest.mark.parametrize("path", WRITTEN, ids=NAMES)
def test_files_named_in_the_text_are_there(path: Path) -> None:
    named = [words for words in code(path.read_text("utf-8")) if re.fullmatch(r"[a-z_]+(/[a-z_0-9]+)+\.[a-z]+", words)]
    for name in named:
        assert (ROOT / name).is_file(), name


def test_every_column_of_a_contract_is_in_the_register() -> None:
    used = {column for contract in CONTRACTS.values() for column in contract.columns}
    assert used <= set(COLUMNS)


def test_every_column_in_the_register_is_used_by_a_contract() -> None:
    used = {column for contract in CONTRACTS.values() for column in contract.columns}
    assert set(COLUMNS) <= used


def test_glossary_terms_are_unique_and_in_order() -> None:
    terms = re.findall(r"^\*\*(.+?)\*\*:", document(ROOT / "docs" / "glossary.md"), flags=re.MULTILINE)
    folded = [term.casefold() for term in terms]
    assert len(terms) > 40
    assert len(set(folded)) == len(folded)
    assert folded == sorted(folded)


def test_the_glossary_says_the_term_is_contested() -> None:
    entry = re.search(r"\*\*Toxic trio\*\*:.*?\n\n", (ROOT / "docs" / "glossary.md").read_text("utf-8"), re.DOTALL)
    assert entry is not None
    assert "contested" in entry.group()


def test_every_kind_of_contradiction_has_words() -> None:
    assert set(KINDS_OF_CONTRADICTION) == set(ledger_contract.KINDS_OF_CONTRADICTION)


def test_the_return_is_described_column_by_column() -> None:
    text = (ROOT / "docs" / "own-return.md").read_text(encoding="utf-8")
    described = re.findall(r"^\| `(\w+)` \|", text, flags=re.MULTILINE)
    assert described == CONTRACTS["ACTIVITY"].columns
    for field in CONTRACTS["ACTIVITY"].fields:
        row = next(line for line in text.splitlines() if line.startswith(f"| `{field.column}` |"))
        assert all(f"`{value}`" in row or value in row.split("|")[3] for value in field.allowed)


def test_the_file_of_the_return_is_the_one_the_atlas_reads(shipped: Library) -> None:
    text = (ROOT / "docs" / "own-return.md").read_text(encoding="utf-8")
    assert f"`{shipped.entry('ACTIVITY').path}`" in text


def test_figures_that_changed_agree_with_the_ledger(shipped: Library) -> None:
    lines = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
    used = " ".join(shipped.table("CONTRADICTIONS")[["used", "reading_second"]].astype(str).agg(" ".join, axis=1))
    held = set(re.findall(r"\d[\d,.]*\d|\d", used))
    rows = [line.split("|") for line in lines if line.startswith("| ")][1:]
    assert len(rows) >= 12
    for cells in rows:
        figures = re.findall(r"\d[\d,.]*\d|\d", cells[3])
        assert set(figures) <= held | {"31", "35", "66"}, cells[1]


@pytest.mark.parametrize("path", WRITTEN, ids=NAMES)
def test_headings_start_at_one_and_skip_no_level(path: Path) -> None:
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    levels = [len(marks) for marks in re.findall(r"^(#+) ", text, flags=re.MULTILINE)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
