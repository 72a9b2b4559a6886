"""Figures and plain tables in the sections of the 2020 assessment, written by hand and proved against its lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pandas as pd

from analysis.build.lawful import require_lawful
from analysis.build.not_figures2020 import IN_SECTIONS
from analysis.build.source_text import (
    TranscriptionError,
    by_hand,
    cells,
    cited_lines,
    passages_at,
    plain,
    require_printed,
    source_lines,
)
from analysis.sources.contracts import Contract
from analysis.sources.tables.observations import ASSESSMENT_INDICATORS, ASSESSMENT_OBSERVATIONS
from analysis.sources.tables.sections2020 import (
    DATA_CAPTURE,
    LOGIC_STAGES,
    RECOMMENDATIONS,
    SERVICE_STATEMENTS,
    THEMATIC_ANALYSIS,
    THRESHOLDS,
)
from analysis.sources.tables.toxic_trio import TOXIC_TRIO_COUNCIL, TOXIC_TRIO_LISTS

FIGURES = ("value", "lower", "upper", "numerator", "denominator")
IN_WORDS = {"none": 0.0, "two": 2.0, "three": 3.0, "twelve": 12.0}
_SERIES_HEADER = 413
_SERIES_LINES = range(414, 418)
_LEVEL_LINES = range(149, 154)
_LOGIC_LINES = range(996, 1009)
_CAPTURE_LINES = range(2009, 2019)
_RECOMMENDATION_LINES = range(1592, 1618)
_PROSE = (range(155, 821), range(879, 894), range(985, 1020), range(1444, 1622))


def build(raw: Path, root: Path) -> None:
    """Prove every table of the sections; raises TranscriptionError or ContractBroken on any difference."""
    lines = source_lines(raw)
    published = root / "data" / "published"
    prove_observations(published, lines)
    for prove, contract in _PROOFS.items():
        table = by_hand(published / f"{contract.name.lower()}.csv", contract)
        prove(table, lines)


def prove_observations(published: Path, lines: list[str]) -> None:
    """Each figure stands on its cited lines, and the sections print no figure that is in none of the tables."""
    observations = by_hand(published / "assessment_observations.csv", ASSESSMENT_OBSERVATIONS)
    indicators = by_hand(published / "assessment_indicators.csv", ASSESSMENT_INDICATORS)
    require_lawful(observations, indicators, "assessment_observations.csv")
    prove_figures(observations, lines)
    prove_series(observations, lines)
    trio = by_hand(published / "toxic_trio_council.csv", TOXIC_TRIO_COUNCIL)
    lists = by_hand(published / "toxic_trio_ward_lists.csv", TOXIC_TRIO_LISTS)
    used = [*_used(observations, FIGURES), *_used(trio, FIGURES[:3]), *_used(lists, ("share_percent",))]
    prove_none_left(used, lines, (number for span in _PROSE for number in span), IN_SECTIONS)


def prove_figures(observations: pd.DataFrame, lines: list[str]) -> None:
    """Value, limits, numerator and denominator of each observation stand on the lines it cites."""
    for row in observations.to_dict("records"):
        passages = passages_at(row["locator"], lines)
        in_words = figures_in_words(row["note"], passages, row["locator"])
        figures = {float(row[name]) for name in FIGURES if pd.notna(row[name])}
        absent = figures - {number for passage in passages for number in figures_in(passage)} - in_words
        if absent or not in_words <= figures:
            raise TranscriptionError(f"{row['indicator_id']}: {sorted(absent or in_words)} is not at {row['locator']}")


def figures_in_words(note: object, passages: list[str], place: str) -> set[float]:
    """Numbers of the words a note quotes as 'printed in words as "Twelve percent"'; the quotation must stand there."""
    quoted = re.search(r'printed in words as "([^"]+)"', str(note))
    if quoted is None:
        return set()
    require_printed(quoted[1], passages, place)
    return {IN_WORDS[word] for word in re.findall(r"[a-z]+", quoted[1].lower()) if word in IN_WORDS}


def prove_series(observations: pd.DataFrame, lines: list[str]) -> None:
    """Each cell of the series of offences is the observation of its row and year; blank cells have no value."""
    years = [year.replace("-", "/") for year in cells(lines[_SERIES_HEADER - 1])[1:7]]
    rows = observations.assign(line=observations["locator"].map(lambda locator: cited_lines(locator)[-1]))
    for number in _SERIES_LINES:
        printed = dict(zip([*years, "2013/14 to 2018/19"], cells(lines[number - 1])[1:], strict=True))
        found = rows[rows["line"].eq(number)].set_index("period")["value"]
        wrong = [year for year, cell in printed.items() if year not in found or _number(cell) != _number(found[year])]
        if wrong:
            raise TranscriptionError(f"line {number}: the series of offences differs in {wrong}")


def prove_none_left(
    used: Iterable[tuple[int, float]], lines: list[str], numbers: Iterable[int], names: dict[int, str]
) -> None:
    """Every number printed on the lines is used as often as it is printed, or is listed as no figure.

    `used` pairs a line with a figure read from it; `names` gives, for a line, the numbers on it that belong to a name,
    an age or a heading. A listed number that is not left over is an error too.
    """
    read: dict[int, Counter[float]] = {}
    for number, figure in used:
        read.setdefault(number, Counter())[figure] += 1
    for number in numbers:
        left = Counter(figures_in(_body(lines[number - 1]))) - read.get(number, Counter())
        named = Counter(figures_in(names.get(number, "")))
        if left - named:
            raise TranscriptionError(f"line {number}: {sorted((left - named).elements())} was not transcribed")
        if named - left:
            raise TranscriptionError(f"line {number}: {sorted((named - left).elements())} is named but not left over")


def figures_in(text: str) -> list[float]:
    """Every number of a text in order, '1,732' and '22, 308' read as one number each."""
    joined = re.sub(r"(?<![/\d.])\d{1,3}(?:,\s?\d{3}\b)+", lambda number: re.sub(r",\s?", "", number.group()), text)
    return [float(number) for number in re.findall(r"\d+(?:\.\d+)?", joined)]


def prove_thresholds(table: pd.DataFrame, lines: list[str]) -> None:
    """Each level stands on both of its lines, and every level of the table is there."""
    prove_anchors(table, lines)
    for row in table.to_dict("records"):
        for passage in passages_at(row["locator"], lines):
            if not re.search(rf"Levels? {row['level']}\b", passage):
                raise TranscriptionError(f"level {row['level']} does not stand at {row['locator']}")
    _require_each_once(table["locator"].map(lambda locator: cited_lines(locator)[:1]), _LEVEL_LINES)


def prove_logic_model(table: pd.DataFrame, lines: list[str]) -> None:
    """Each finding is a filled cell of its own column, and every filled cell is a finding."""
    found = []
    for row in table.to_dict("records"):
        number, column = cited_lines(row["locator"])[0], LOGIC_STAGES.index(row["logic_stage"])
        require_printed(row["as_printed"], [cells(lines[number - 1])[column]], f"line {number}, column {column + 1}")
        found.append((number, column))
    filled = [
        (number, column)
        for number in _LOGIC_LINES
        for column, cell in enumerate(cells(lines[number - 1])[: len(LOGIC_STAGES)])
        if cell
    ]
    if sorted(found) != filled:
        raise TranscriptionError(f"the logic model differs in the cells {sorted(set(found) ^ set(filled))}")


def prove_data_capture(table: pd.DataFrame, lines: list[str]) -> None:
    """Each row of Appendix 4 is read once; what is not shared, and what has no system, agrees with its cells."""
    prove_anchors(table, lines)
    _require_each_once(table["locator"].map(cited_lines), _CAPTURE_LINES)
    for row in table.to_dict("records"):
        _, _, system, shared = cells(lines[cited_lines(row["locator"])[0] - 1])
        if bool(system) != pd.notna(row["system"]):
            raise TranscriptionError(f"{row['record_id']}: the source prints {system!r} for the system")
        if shared.startswith("Not shared") != (row["shared"] == "not shared"):
            raise TranscriptionError(f"{row['record_id']}: the source prints {shared!r}, not {row['shared']!r}")


def prove_recommendations(table: pd.DataFrame, lines: list[str]) -> None:
    """Each bullet of the recommendations is read once, and a bullet under another is part of it."""
    prove_anchors(table, lines)
    bullets = [number for number in _RECOMMENDATION_LINES if lines[number - 1].lstrip().startswith("-")]
    _require_each_once(table["locator"].map(cited_lines), bullets)
    for row in table.to_dict("records"):
        if lines[cited_lines(row["locator"])[0] - 1].startswith(" ") != pd.notna(row["part_of"]):
            raise TranscriptionError(f"{row['recommendation_id']}: indented where it is no part, or the reverse")


def prove_anchors(table: pd.DataFrame, lines: list[str]) -> None:
    """The few words quoted in each row stand on the lines it cites."""
    for row in table.to_dict("records"):
        require_printed(row["as_printed"], passages_at(row["locator"], lines), row["locator"])


def _used(table: pd.DataFrame, columns: tuple[str, ...]) -> Iterator[tuple[int, float]]:
    for row in table.to_dict("records"):
        for number in cited_lines(row["locator"]):
            yield from ((number, float(row[name])) for name in columns if pd.notna(row[name]))


def _body(line: str) -> str:
    """A line without what is never a figure: footnotes and their marks, addresses, heading numbers and years."""
    if line.startswith(("<sup>", "[http", "<http")):
        return ""
    bare = re.sub(r"<sup>[^<]*</sup>|\(https?[^)]*\)|<https?[^>]*>|^#+ [*\d. ]+", " ", line)
    return re.sub(r"\b(19|20)\d\d(?:\s?[/-]\s?\d{2,4})?\b(?!,\d)", " ", plain(bare))


def _number(cell: object) -> float | None:
    return None if cell is None or cell != cell or cell == "" else float(str(cell))  # noqa: PLR0124


def _require_each_once(cited: pd.Series, expected: Iterable[int]) -> None:
    found = sorted(number for numbers in cited for number in numbers)
    if found != list(expected):
        raise TranscriptionError(f"lines {sorted(set(found) ^ set(expected))} are read twice or not at all")


_PROOFS: dict[Callable[[pd.DataFrame, list[str]], None], Contract] = {
    prove_thresholds: THRESHOLDS,
    prove_logic_model: THEMATIC_ANALYSIS,
    prove_data_capture: DATA_CAPTURE,
    prove_recommendations: RECOMMENDATIONS,
    prove_anchors: SERVICE_STATEMENTS,
}
