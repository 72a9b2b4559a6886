"""The text of the 2020 assessment, addressed by line, and the check that a transcription stands where it says."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pandas as pd

from analysis.sources.contracts import Contract, typed

ASSESSMENT = Path("sources") / "bnes_early_help_needs_assessment_2020.txt"
INTERRUPTED = " … "


class TranscriptionError(ValueError):
    """A figure or name does not stand at the place in the source it is quoted from."""


def source_lines(raw: Path) -> list[str]:
    """Lines of the assessment, the first line of the file at index 0."""
    return (raw / ASSESSMENT).read_text(encoding="utf-8").split("\n")


def cited_lines(locator: str) -> list[int]:
    """1-based line numbers a locator cites: 'lines 1975 and 1977-1979' gives 1975, 1977, 1978 and 1979."""
    tail = re.search(r"\blines? ([\d ,and-]+)$", locator)
    if tail is None:
        return []
    spans = re.findall(r"(\d+)(?:-(\d+))?", tail.group(1))
    return [line for first, last in spans for line in range(int(first), int(last or first) + 1)]


def passages_at(locator: str, lines: list[str]) -> list[str]:
    """The plain text of each line a locator cites."""
    return [plain(lines[number - 1]) for number in cited_lines(locator)]


def numbers_in(text: str) -> set[float]:
    """Every number in a text: '1,732', '22, 308' and '72%' give 1732, 22308 and 72."""
    joined = re.sub(r"\b\d{1,3}(?:,\s?\d{3}\b)+", lambda number: re.sub(r",\s?", "", number.group()), text)
    return {float(number) for number in re.findall(r"\d+(?:\.\d+)?", joined)}


def by_hand(path: Path, contract: Contract) -> pd.DataFrame:
    """A table transcribed by hand, read and checked against its contract."""
    return typed(pd.read_csv(path, dtype=str, keep_default_na=False), contract, path.name)


def cells(line: str) -> list[str]:
    """The cells of one table line, markup removed."""
    return [plain(cell) for cell in line.split("\t")]


def plain(text: str) -> str:
    """Text without markup, its spaces made single."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>|\*\*", " ", text))).strip()


def require_printed(fragment: str, passages: list[str], place: str) -> None:
    """Raise TranscriptionError unless each part of `fragment` (parted by ' … ') stands in one of `passages`."""
    missing = [part for part in fragment.split(INTERRUPTED) if not any(part in passage for passage in passages)]
    if missing:
        raise TranscriptionError(f"{missing[0]!r} does not stand at {place}")
