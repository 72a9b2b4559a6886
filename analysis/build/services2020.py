"""The service map of the 2020 assessment: needs by life stage parsed, Appendix 3 proved cell by cell."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from analysis.build.source_text import (
    INTERRUPTED,
    TranscriptionError,
    by_hand,
    cells,
    cited_lines,
    require_printed,
    source_lines,
)
from analysis.sources.tables.services import LIFE_STAGES, NEEDS_BY_LIFE_STAGE, SERVICES
from analysis.sources.write import write_table

_NEEDS_LINES = (*range(899, 911), *range(912, 919))
_NEEDS_PLACE = "Section 7, table 'Type of Needs', line {}"
_SERVICES_LINES = range(1974, 2005)
_NEED_IDS = {
    899: ("mental_wellbeing", "mental_wellbeing", "Mental wellbeing"),
    900: ("substance_misuse", "substance_misuse", "Substance misuse"),
    901: ("domestic_abuse", "domestic_abuse", "Domestic abuse"),
    902: ("parental_conflict", "parental_conflict", "Parental conflict"),
    903: ("family_breakdown", "family_breakdown", "Family breakdown"),
    904: ("bereavement", "bereavement", "Bereavement and loss"),
    905: ("housing", "housing", "Housing, homelessness and eviction"),
    906: ("debt", "poverty_debt", "Debt and financial advice"),
    907: ("poverty", "poverty_debt", "Impact of poverty"),
    908: ("neet", "neet", "Education, employment or training"),
    909: ("worklessness", "worklessness", "Worklessness"),
    910: ("send", "send", "Special educational needs and disabilities"),
    912: ("transitions", "transitions", "Poor transitions"),
    913: ("carers", "carers", "Carers"),
    914: ("social_isolation", "social_isolation", "Social isolation"),
    915: ("physical_health", "physical_health", "Avoidable poor physical health"),
    916: ("risk_taking", "risk_taking", "Risk-taking behaviour"),
    917: ("missing_education", "missing_education", "Missing from education"),
    918: ("antisocial_behaviour", "antisocial_behaviour", "Anti-social behaviour, crime and radicalisation"),
}


def build(raw: Path, root: Path) -> None:
    """Write needs_by_life_stage.csv and prove services.csv; raises TranscriptionError on any difference."""
    lines = source_lines(raw)
    published = root / "data" / "published"
    needs = needs_by_life_stage(lines)
    write_table(needs, NEEDS_BY_LIFE_STAGE, published / "needs_by_life_stage.csv")
    prove_services(by_hand(published / "services.csv", SERVICES), needs, lines)


def needs_by_life_stage(lines: list[str]) -> pd.DataFrame:
    """The 19 needs of section 7 at the four life stages: True where the source prints a tick."""
    return pd.DataFrame([row for number in _NEEDS_LINES for row in _need_rows(number, cells(lines[number - 1]))])


def prove_services(services: pd.DataFrame, needs: pd.DataFrame, lines: list[str]) -> None:
    """Every cell of the 18 x 4 map is read once, stands where it says, and blanks agree with section 7."""
    _require_whole_map(services, needs)
    for row in services[services["as_printed"].notna()].to_dict("records"):
        column = LIFE_STAGES.index(row["life_stage"]) + 1
        passages = [_cell(lines[number - 1], column) for number in cited_lines(row["locator"])]
        require_printed(row["as_printed"], passages, f"{row['need_id']}, {row['life_stage']}: {row['locator']}")
    _require_no_service_left_out(services, lines)
    _require_blanks_agree(services, needs)


def _need_rows(number: int, printed: list[str]) -> list[dict[str, object]]:
    need7_id, services_need_id, need = _NEED_IDS[number]
    return [
        {
            "need7_id": need7_id,
            "need": need,
            "services_need_id": services_need_id,
            "life_stage": stage,
            "marked": printed[position] == "√",
            "locator": _NEEDS_PLACE.format(number),
        }
        for position, stage in enumerate(LIFE_STAGES, start=1)
    ]


def _cell(line: str, column: int) -> str:
    printed = cells(line)
    return printed[column] if len(printed) > column else ""


def _require_whole_map(services: pd.DataFrame, needs: pd.DataFrame) -> None:
    expected = {(need, stage) for need in needs["services_need_id"] for stage in LIFE_STAGES}
    found = set(zip(services["need_id"], services["life_stage"], strict=True))
    if expected != found:
        raise TranscriptionError(f"the service map lacks or adds cells: {sorted(expected ^ found)}")
    readings = services.drop_duplicates(["need_id", "life_stage", "cell"])
    if readings.duplicated(["need_id", "life_stage"]).any():
        raise TranscriptionError("a cell of the service map is read in two ways")


def _require_no_service_left_out(services: pd.DataFrame, lines: list[str]) -> None:
    """Every word printed in a cell of Appendix 3 is part of some transcribed fragment or explained reading."""
    cited = services.assign(line=services["locator"].map(cited_lines)).explode("line")
    for number, stage in sorted(set(zip(cited["line"], cited["life_stage"], strict=True))):
        rows = cited[cited["line"].eq(number) & cited["life_stage"].eq(stage)]
        printed = _cell(lines[number - 1], LIFE_STAGES.index(stage) + 1)
        left = _without(printed, [*rows["as_printed"].dropna(), *_quoted(rows["reading"].dropna())])
        if left:
            raise TranscriptionError(f"line {number}, {stage}: {left!r} was not transcribed")
    _require_no_line_left_out(set(cited["line"]), lines)


def _require_no_line_left_out(cited: set[int], lines: list[str]) -> None:
    passed_over = [number for number in _SERVICES_LINES if lines[number - 1].strip() and number not in cited]
    if passed_over:
        raise TranscriptionError(f"lines {passed_over} of Appendix 3 were not transcribed")


def _quoted(readings: pd.Series) -> list[str]:
    return [words for reading in readings for words in re.findall(r"\"([^\"]+)\"", reading)]


def _without(printed: str, fragments: list[str]) -> str:
    for part in sorted((part for fragment in fragments for part in fragment.split(INTERRUPTED)), key=len, reverse=True):
        printed = printed.replace(part, "", 1) if part in printed else printed
    return re.sub(r"[\s*]+", "", printed)


def _require_blanks_agree(services: pd.DataFrame, needs: pd.DataFrame) -> None:
    """A cell is not applicable exactly when it is blank and section 7 marks no need there."""
    marked = needs.groupby(["services_need_id", "life_stage"])["marked"].any().to_dict()
    for row in services[services["as_printed"].isna()].to_dict("records"):
        if (row["cell"] == "not_applicable") == marked[(row["need_id"], row["life_stage"])]:
            raise TranscriptionError(f"{row['need_id']}, {row['life_stage']}: {row['cell']} disagrees with section 7")
