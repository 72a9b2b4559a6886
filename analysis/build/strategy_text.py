"""The texts of four councils' strategies, addressed by document and line, and the figures their words hold."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.build.source_text import TranscriptionError, cited_lines, numbers_in, plain, require_printed

BNES = "B&NES Early Help and Intervention Strategy 2021-25"
NORTH_SOMERSET = "North Somerset Early Help Strategy 2014-20"
WILTSHIRE = "Wiltshire Early Help Strategy 2013-16"
HALTON = "Halton Early Help Strategy 2018-21"
FILES = {
    BNES: "bnes_early_help_strategy_2021_25.txt",
    NORTH_SOMERSET: "north_somerset_early_help_strategy_2014_20.txt",
    WILTSHIRE: "wiltshire_early_help_strategy_2013_16.txt",
    HALTON: "halton_early_help_strategy_2018_21.txt",
}
_NAMES_OF_ROWS = ("indicator_id", "entry_id", "spending_id", "figure_id", "locator")
_SCALES = {"m": 1e6, "million": 1e6, "billion": 1e9}
_WORDS = {"half": 0.5, "one": 1, "single": 1, "two": 2, "twice": 2, "double": 2, "three": 3, "four": 4, "five": 5}
_WORDS |= {"six": 6, "seven": 7, "eight": 8, "ten": 10}

Documents = dict[str, list[str]]


def documents(raw: Path) -> Documents:
    """Lines of each strategy by its name, the first line of a file at index 0."""
    return {name: (raw / "sources" / file).read_text(encoding="utf-8").split("\n") for name, file in FILES.items()}


def document_of(locator: str) -> str:
    """Name of the strategy a locator starts with; raises TranscriptionError when it names none."""
    for name in FILES:
        if locator.startswith(f"{name}, "):
            return name
    raise TranscriptionError(f"{locator!r} does not start with the name of a strategy")


def strategy_passages(locator: str, texts: Documents) -> list[str]:
    """The plain text of each line a locator cites in the strategy it names."""
    lines = texts[document_of(locator)]
    return [plain(lines[number - 1]) for number in cited_lines(locator)]


def figures_in(text: str) -> set[float]:
    """Every number of a text, as digits and at its scale: '£8,25m' gives 8.25 and 8,250,000, 'twice' gives 2."""
    spoken = re.sub(r"(\d),(\d\d)m\b", r"\1.\2m", re.sub(r"\bc(?=\d)", "", text))
    scaled = re.findall(r"(\d+(?:\.\d+)?)\s?(million|billion|m)\b", spoken)
    words = {float(_WORDS[word]) for word in re.findall(r"[a-z]+", text.lower()) if word in _WORDS}
    return numbers_in(spoken) | words | {round(float(number) * _SCALES[scale]) for number, scale in scaled}


def prove_rows(rows: pd.DataFrame, identifier: str, figures: Iterable[str], texts: Documents) -> None:
    """Each row's words stand on the lines it cites; its figures stand in those words, or on the lines."""
    for row in rows.to_dict("records"):
        place = f"{row[identifier]}: {row['locator']}"
        passages = strategy_passages(row["locator"], texts)
        if "as_printed" in row:
            require_printed(row["as_printed"], passages, place)
        printed = figures_in(row.get("as_printed", " ".join(passages)))
        absent = {row[name] for name in figures if pd.notna(row[name])} - printed
        if absent:
            raise TranscriptionError(f"{sorted(absent)} does not stand at {place}")


def prove_no_line_left(rows: pd.DataFrame, document: str, span: range, item: str, texts: Documents) -> None:
    """Every line of `span` that begins with an item's mark, a pattern, is cited by a row."""
    cited = {line for place in rows["locator"] if document_of(place) == document for line in cited_lines(place)}
    left = [number for number in span if re.match(item, texts[document][number - 1]) and number not in cited]
    if left:
        raise TranscriptionError(f"lines {left} of {document} were not transcribed")


def prove_no_figure_left(
    tables: Iterable[pd.DataFrame], document: str, spans: Iterable[range], texts: Documents
) -> None:
    """Every number printed on the lines of `spans` is given or mentioned by a row that cites its line."""
    given = _given_by_line(tables, document)
    for number in (number for span in spans for number in span):
        left = _digits(texts[document][number - 1]) - given.get(number, set())
        if left:
            raise TranscriptionError(f"line {number} of {document}: {sorted(left)} was not transcribed")


def _digits(line: str) -> set[float]:
    return numbers_in(re.sub(r"\bc(?=\d)", "", plain(line)))


def _given_by_line(tables: Iterable[pd.DataFrame], document: str) -> dict[int, set[float]]:
    given: dict[int, set[float]] = {}
    for row in (row for table in tables for row in table.to_dict("records")):
        if document_of(row["locator"]) == document:
            numbers = _figures_given(row)
            for line in cited_lines(row["locator"]):
                given.setdefault(line, set()).update(numbers)
    return given


def _figures_given(row: dict[Hashable, Any]) -> set[float]:
    cells = [cell for name, cell in row.items() if name not in _NAMES_OF_ROWS and pd.notna(cell)]
    words = " ".join(cell for cell in cells if isinstance(cell, str))
    return _digits(words) | {float(cell) for cell in cells if isinstance(cell, int | float)}
