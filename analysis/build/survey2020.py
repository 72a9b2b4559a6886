"""The practitioner survey of the 2020 assessment, written by hand and proved answer by answer against its lines."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping
from pathlib import Path

import pandas as pd

from analysis.build.not_figures2020 import IN_SURVEY
from analysis.build.sections2020 import IN_WORDS, figures_in, prove_none_left
from analysis.build.source_text import TranscriptionError, by_hand, cells, cited_lines, passages_at, source_lines
from analysis.sources.tables.observations import ASSESSMENT_OBSERVATIONS
from analysis.sources.tables.services import SERVICES
from analysis.sources.tables.survey import SURVEY

_LINES = range(1020, 1443)
_ANSWER_LINES = range(1056, 1443)
_FIGURES = ("count", "percent", "base")


def build(raw: Path, root: Path) -> None:
    """Prove survey.csv; raises TranscriptionError or ContractBroken on any difference."""
    lines = source_lines(raw)
    published = root / "data" / "published"
    survey = by_hand(published / "survey.csv", SURVEY)
    prove_tables(survey, lines)
    prove_prose(survey, lines)
    prove_no_answer_left(survey, lines)
    prove_needs_known(survey, by_hand(published / "services.csv", SERVICES))
    elsewhere = by_hand(published / "assessment_observations.csv", ASSESSMENT_OBSERVATIONS)
    used = [*_used(survey, lines), *_used(elsewhere.rename(columns={"value": "count"}), lines)]
    prove_none_left(used, lines, _LINES, IN_SURVEY)


def table_lines(lines: list[str]) -> dict[int, int]:
    """The line of each answer printed in a table with its per cent and count, and the total printed under it."""
    answers: dict[int, int] = {}
    waiting: list[int] = []
    for number in _LINES:
        printed = cells(lines[number - 1])
        if len(printed) == 3 and printed[1].endswith("%"):
            waiting.append(number)
        elif printed[0].upper().startswith("TOTAL"):
            total = int(figures_in(" ".join(printed))[0])
            answers |= dict.fromkeys(waiting, total)
            waiting = []
    return answers


def prove_tables(survey: pd.DataFrame, lines: list[str]) -> None:
    """Every answer of every printed table is one row with its count, its per cent and the total under it as base."""
    totals = table_lines(lines)
    rows = survey.assign(line=survey["locator"].map(lambda locator: cited_lines(locator)[-1]))
    rows = rows[rows["line"].isin(totals)]
    if sorted(rows["line"]) != sorted(totals):
        raise TranscriptionError("the answers of the survey tables are not each transcribed once")
    for row in rows.to_dict("records"):
        _, percent, count = cells(lines[row["line"] - 1])
        printed = (float(percent.rstrip("%")), int(count), totals[row["line"]])
        if printed != (row["percent"], row["count"], row["base"]):
            raise TranscriptionError(f"{_name(row)}: the source prints {printed} at {row['locator']}")


def prove_prose(survey: pd.DataFrame, lines: list[str]) -> None:
    """Count, per cent and base of every other answer stand on the lines it cites."""
    totals = table_lines(lines)
    for row in survey.to_dict("records"):
        if cited_lines(row["locator"])[-1] in totals:
            continue
        text = " ".join(passages_at(row["locator"], lines))
        printed = set(figures_in(text)) | {IN_WORDS[word] for word in text.lower().split() if word in IN_WORDS}
        absent = {float(row[name]) for name in _FIGURES if pd.notna(row[name])} - printed
        if absent:
            raise TranscriptionError(f"{_name(row)}: {sorted(absent)} is not at {row['locator']}")


def prove_no_answer_left(survey: pd.DataFrame, lines: list[str]) -> None:
    """Every bullet and every quotation of the results is some answer."""
    cited = {number for locator in survey["locator"] for number in cited_lines(locator)}
    answers = [number for number in _ANSWER_LINES if re.match(r"- |“", lines[number - 1])]
    left = sorted(set(answers) - cited)
    if left:
        raise TranscriptionError(f"lines {left} of the survey were not transcribed")


def prove_needs_known(survey: pd.DataFrame, services: pd.DataFrame) -> None:
    """A need named by respondents is a need of the service map."""
    strangers = sorted(set(survey["need_id"].dropna()) - set(services["need_id"]))
    if strangers:
        raise TranscriptionError(f"the survey names needs the service map does not know: {strangers}")


def _used(table: pd.DataFrame, lines: list[str]) -> Iterator[tuple[int, float]]:
    """Each figure at each line where it is printed; the total line under a table counts as used by its answers."""
    for row in table.to_dict("records"):
        for number in cited_lines(row["locator"]):
            yield from ((number, float(row[name])) for name in _FIGURES if pd.notna(row.get(name)))
    for answer, total in table_lines(lines).items():
        yield next(number for number in range(answer, answer + 20) if _is_total(lines[number - 1])), float(total)


def _is_total(line: str) -> bool:
    return cells(line)[0].upper().startswith("TOTAL")


def _name(row: Mapping[Hashable, object]) -> str:
    return f"{row['respondents']}, question {row['question_number']}, {row['answer']}"
