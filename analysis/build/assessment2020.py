"""Tables the 2020 assessment prints: parsed where its layout survives, else written by hand and proved here."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd

from analysis.build import ledger2020, services2020
from analysis.build.source_text import (
    TranscriptionError,
    by_hand,
    cells,
    numbers_in,
    passages_at,
    plain,
    require_printed,
    source_lines,
)
from analysis.sources.tables.assessment2020 import IDACI2015_PRINTED
from analysis.sources.tables.toxic_trio import TOXIC_TRIO_COUNCIL, TOXIC_TRIO_LISTS
from analysis.sources.write import write_table

_IDACI_LINES = range(827, 866)
_IDACI_PLACE = "Section 6, table 'Child Poverty, English Indices of Deprivation 2015', line {}"
_LISTS = {"one_or_more": (629, range(631, 635)), "three": (636, range(638, 642))}
_LIST_PLACE = "Section 4.4.4, list 'Ward of residence', line {}"
_LARGER_AREAS = {"England": "E92000001", "Bath and North East Somerset": "E06000022"}
_SPELLINGS = {"Peasdown": "Peasedown"}


def build(raw: Path, root: Path) -> None:
    """Write the parsed tables and prove those transcribed by hand; raises TranscriptionError on any difference."""
    lines = source_lines(raw)
    published = root / "data" / "published"
    codes = ward_codes(raw)
    write_table(idaci_printed(lines, codes), IDACI2015_PRINTED, published / "idaci2015_ward11_printed.csv")
    write_table(toxic_trio_lists(lines, codes), TOXIC_TRIO_LISTS, published / "toxic_trio_ward_lists.csv")
    prove_council_figures(by_hand(published / "toxic_trio_council.csv", TOXIC_TRIO_COUNCIL), lines)
    services2020.build(raw, root)
    ledger2020.build(raw, root)


def ward_codes(raw: Path) -> dict[str, str]:
    """Code of each 2011 ward by the name it carries in the boundary file; raises if two wards share a name."""
    features = json.loads((raw / "data" / "geo" / "wards_2011_37.geojson").read_text(encoding="utf-8"))["features"]
    codes = {feature["properties"]["ward_name"]: feature["properties"]["ward_code"] for feature in features}
    if len(codes) != len(features):
        raise TranscriptionError("two wards of 2011 share a name")
    return codes


def idaci_printed(lines: list[str], codes: dict[str, str]) -> pd.DataFrame:
    """Count, percentage and 95% limits of every printed area, from the lines of the assessment.

    Raises TranscriptionError on a name without a code and on a ward printed twice or not at all.
    """
    printed = pd.DataFrame([_idaci_row(lines, number, codes | _LARGER_AREAS) for number in _IDACI_LINES])
    if set(printed["area_code"]) != set((codes | _LARGER_AREAS).values()) or printed["area_code"].duplicated().any():
        raise TranscriptionError("the printed child poverty table does not hold every ward exactly once")
    return printed


def toxic_trio_lists(lines: list[str], codes: dict[str, str]) -> pd.DataFrame:
    """The two lists of wards: whole per cents of 702 and of 97 parents and carers."""
    return pd.DataFrame(
        [
            _list_row(group, _base(lines[base_line - 1]), lines[number - 1], number, codes)
            for group, (base_line, numbers) in _LISTS.items()
            for number in numbers
        ]
    )


def prove_council_figures(figures: pd.DataFrame, lines: list[str]) -> None:
    """Each figure's words stand on its cited lines, and its value and limits stand in those words."""
    for figure in figures.to_dict("records"):
        place = f"{figure['figure_id']}: {figure['locator']}"
        require_printed(figure["as_printed"], passages_at(figure["locator"], lines), place)
        read = {figure[name] for name in ("value", "lower", "upper") if pd.notna(figure[name])}
        if not read <= numbers_in(figure["as_printed"]):
            raise TranscriptionError(f"{place} prints {figure['as_printed']!r}, not {sorted(read)}")


def _idaci_row(lines: list[str], number: int, codes: dict[str, str]) -> dict[str, object]:
    name, count, percent, lower, upper = cells(lines[number - 1])
    return {
        "area_code": _code(name, codes),
        "count": int(count.replace(",", "")),
        "percent": float(percent),
        "percent_lower": float(lower),
        "percent_upper": float(upper),
        "locator": _IDACI_PLACE.format(number),
    }


def _list_row(group: str, base: int, line: str, number: int, codes: dict[str, str]) -> dict[str, object]:
    match = re.fullmatch(r"\d\. (.+) with (\d+)%", plain(line))
    if match is None:
        raise TranscriptionError(f"line {number} is not an entry of the list of wards")
    return {
        "needs_group": group,
        "base": base,
        "ward11_code": _code(match.group(1), codes),
        "share_percent": int(match.group(2)),
        "locator": _LIST_PLACE.format(number),
    }


def _base(line: str) -> int:
    match = re.search(r"of the (\d+) parents/carers", plain(line))
    if match is None:
        raise TranscriptionError("the base of a list of wards was not found")
    return int(match.group(1))


def _code(name: str, codes: dict[str, str]) -> str:
    known = _SPELLINGS.get(name, name)
    if known not in codes:
        raise TranscriptionError(f"no area is called {name!r}")
    return codes[known]
