"""Profiles printed in the 2020 assessment: the framework of Appendix 1, and areas in section 6 and Appendix 2."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import pandas as pd

from analysis.build.assessment2020 import ward_codes
from analysis.build.lawful import require_lawful
from analysis.build.printed_figures import Figure, FrameworkRow, Reading, joined, read_figure, read_period
from analysis.build.source_text import TranscriptionError, by_hand, cells, cited_lines, numbers_in, plain, source_lines
from analysis.sources.tables.observations import PROFILES_INDICATORS, PROFILES_OBSERVATIONS
from analysis.sources.tables.profiles import COMPARATORS, PROFILES_RANGES, TRENDS
from analysis.sources.write import write_table

COUNCIL, ENGLAND, REGION = "E06000022", "E92000001", "E12000009"
SNAPSHOT_LINES = range(872, 878)
APPENDIX_LINES = range(1628, 1970)
AREA_PROFILE_LINES = range(1710, 1970)
FRAMEWORK_LINES = {COMPARATORS[0]: range(1641, 1673), COMPARATORS[1]: range(1684, 1704)}

_FRAMEWORK_PLACE = "Appendix 1, Public Health Outcomes Framework"
_SNAPSHOT_PLACE = "Section 6, table of area profiles"
_PROFILE_PLACE = "Appendix 2, table '{}'"
_UNDATED, _UNDATED_TABLE = "2013/14", "child development"
_UNDATED_NOTE = "Year not printed: 2013/14 is inferred."
_SNAPSHOT_NOTE = "Section 6 prints no year; that of Appendix 2."
_UNCOUNTED_NOTE = "No count is printed (-)."
_NO_RANGE = "Insufficient number of values for a spine chart"
_RANGE_NOTE = "The source says there were too few values for a worst and a best."
_LARGER_AREAS = {
    "England": ENGLAND,
    "Bath": COUNCIL,
    "Bath and North East Somerset (LTLA 2013)": COUNCIL,
    "Bath and North East Somerset (UTLA 2013)": COUNCIL,
}
_AREA_NOTES = {
    "Bath": "Section 6 heads the row Bath; the figures are the council's.",
    "Bath and North East Somerset (LTLA 2013)": "Appendix 2 prints it twice, as lower-tier and as upper-tier council.",
}
_SNAPSHOT_NAMES = {
    "Children with excess weight in reception": "Children with excess weight, Reception Year",
    "Child development aged 5": "Child Development at age 5",
    "GCSE achievement": "GCSE Achievement",
}
_MISNAMED = {(873, "Child Poverty"): ("Income Deprivation", "Section 6 prints this figure as child poverty.")}
_KEY = ["indicator_id", "area_code", "period"]


def build(raw: Path, root: Path) -> None:
    """Write the observations and the ranges; raises TranscriptionError or ContractBroken on any difference."""
    lines, published = source_lines(raw), root / "data" / "published"
    indicators = by_hand(published / "profiles_indicators.csv", PROFILES_INDICATORS)
    rows = framework_rows(lines)
    readings = [*framework_readings(rows), *area_readings(lines, ward_codes(raw))]
    require_units_agree(readings, indicators)
    observations, beside = merged(readings, indicators), ranges(rows, indicators)
    require_no_figure_left(lines, observations, beside)
    require_lawful(observations, indicators, "profiles_observations.csv")
    write_table(observations, PROFILES_OBSERVATIONS, published / "profiles_observations.csv")
    write_table(beside, PROFILES_RANGES, published / "profiles_ranges.csv")


def framework_rows(lines: list[str]) -> list[FrameworkRow]:
    """The rows of both tables of Appendix 1, in printed order."""
    return [
        _framework_row(lines[number - 1], number, comparator)
        for comparator, numbers in FRAMEWORK_LINES.items()
        for number in numbers
    ]


def framework_readings(rows: Iterable[FrameworkRow]) -> Iterator[Reading]:
    """What Appendix 1 says of areas with a code: the council, England and the region."""
    for row in rows:
        own = (f"Recent trend: {TRENDS[row.trend]}.", "" if row.count.status == "ok" else _UNCOUNTED_NOTE)
        areas = {COUNCIL: row.council, ENGLAND: row.england}
        areas |= {REGION: row.comparator} if row.comparator_name == COMPARATORS[1] else {}
        for code, figure in areas.items():
            notes, count = (own, row.count.value) if code == COUNCIL else ((), None)
            yield Reading(row.title, code, row.period, figure, _FRAMEWORK_PLACE, row.line, notes, count)


def area_readings(lines: list[str], wards: dict[str, str]) -> Iterator[Reading]:
    """What Appendix 2 and the table of section 6 say of five wards, the council and England."""
    dated = list(_profile_readings(lines, wards | _LARGER_AREAS))
    yield from dated
    periods = {reading.title: reading.period for reading in dated}
    yield from _snapshot_readings(lines, wards | _LARGER_AREAS, periods)


def merged(readings: Iterable[Reading], indicators: pd.DataFrame) -> pd.DataFrame:
    """One observation an indicator, area and period, in file order; raises where two places print different figures."""
    ids = dict(zip(indicators["title"], indicators["indicator_id"], strict=True))
    frame = pd.DataFrame([_plain_row(reading, ids) for reading in readings])
    same = frame.drop_duplicates([*_KEY, "value", "numerator", "status"])
    twice = same[same.duplicated(_KEY, keep=False)]
    if len(twice):
        found = twice[[*_KEY, "value", "line"]].to_dict("records")
        raise TranscriptionError(f"two places print different figures: {found}")
    return pd.DataFrame([_one_observation(group) for _, group in frame.groupby(_KEY)])


def ranges(rows: Iterable[FrameworkRow], indicators: pd.DataFrame) -> pd.DataFrame:
    """What Appendix 1 prints beside its observations: the comparator, England's worst and best, and the trend."""
    ids = dict(zip(indicators["title"], indicators["indicator_id"], strict=True))
    return pd.DataFrame([_range(row, ids) for row in rows])


def require_no_figure_left(lines: list[str], observations: pd.DataFrame, beside: pd.DataFrame) -> None:
    """Raise TranscriptionError unless each table row prints exactly the figures the two tables cite it for."""
    held = pd.concat(
        [
            _figures_by_line(observations, ["value", "numerator"]),
            _figures_by_line(beside, ["comparator_value", "england_worst", "england_best"]),
        ]
    )
    figures = held.groupby("line")["figure"].agg(set).to_dict()
    for number in (*SNAPSHOT_LINES, *APPENDIX_LINES):
        printed = _figures_printed(lines[number - 1], number) if _is_row(lines[number - 1]) else set()
        if printed != figures.get(number, set()):
            differing = sorted(printed ^ figures.get(number, set()))
            raise TranscriptionError(f"line {number}: {differing} stands in the source or in the tables, not in both")


def require_units_agree(readings: Iterable[Reading], indicators: pd.DataFrame) -> None:
    """Raise TranscriptionError unless exactly the indicators in per cent are printed with its sign."""
    units = dict(zip(indicators["title"], indicators["unit"], strict=True))
    for reading in readings:
        unit = units.get(reading.title)
        if unit is None:
            raise TranscriptionError(f"line {reading.line}: no indicator is called {reading.title!r}")
        if reading.figure.percent not in (None, unit == "%"):
            raise TranscriptionError(f"line {reading.line}: {reading.title!r} is not printed in the unit {unit!r}")


def _framework_row(line: str, number: int, comparator: str) -> FrameworkRow:
    name, beside = _name_and_marks(line.split("\t", maxsplit=1)[0])
    _, period, trend, count, *figures, middle, best = cells(line)[:10]
    if trend not in TRENDS or any(cells(line)[10:]) or (middle, best) not in (("", best), (_NO_RANGE, "")):
        raise TranscriptionError(f"line {number} is not a row of the framework: {cells(line)[2:]}")
    council, compared, england, worst = (read_figure(cell, number) for cell in figures)
    return FrameworkRow(
        name,
        read_period(period, number),
        trend,
        read_figure(count, number),
        council,
        compared,
        england,
        worst,
        worst if middle else read_figure(best, number),
        beside,
        comparator,
        number,
    )


def _name_and_marks(cell: str) -> tuple[str, str]:
    """The name of an indicator, and the coloured marks printed beside it with their colours."""
    marks = re.findall(r"<span[^>]*?color: (\w+)[^>]*>(.*?)</span>", cell)
    beside = ", ".join(f"{plain(text)} ({colour})" for colour, text in marks)
    return plain(re.sub(r"<span.*?</span>", " ", cell)), f"Printed beside the name: {beside}." if marks else ""


def _profile_readings(lines: list[str], codes: dict[str, str]) -> Iterator[Reading]:
    heading, table, areas = "", "", []
    for number in AREA_PROFILE_LINES:
        line = lines[number - 1]
        printed = cells(line)
        if line.startswith("#"):
            heading = plain(line.lstrip("#"))
        elif printed[0] == "Indicators":
            areas = printed[1:]
        elif _is_row(line):
            yield from _profile_row(printed, areas, number, (heading, table), codes)
        elif printed[0]:
            table = printed[0]


def _profile_row(
    printed: list[str], areas: list[str], number: int, under: tuple[str, str], codes: dict[str, str]
) -> Iterator[Reading]:
    heading, table = under
    title, percent = _unit_cut(printed[0])
    period, undated = _table_period(table, number)
    if len(printed) != len(areas) + 1:
        raise TranscriptionError(f"line {number}: {len(printed) - 1} figures stand under {len(areas)} areas")
    for area, cell in zip(areas, printed[1:], strict=True):
        figure = read_figure(cell, number)
        own = f"The section is headed {heading}; read as the ward." if area in heading and area != heading else ""
        yield Reading(
            title,
            _code(area, codes),
            period,
            Figure(figure.value, figure.status, figure.note, percent),
            _PROFILE_PLACE.format(table),
            number,
            (own, _AREA_NOTES.get(area, ""), undated),
        )


def _table_period(table: str, number: int) -> tuple[str, str]:
    """The period in a table's title, and a note where the table is the one that prints none."""
    dated = re.search(r"\d{4}[\d/-]*", table)
    if dated is None and _UNDATED_TABLE not in table.lower():
        raise TranscriptionError(f"line {number}: the table {table!r} names no year")
    return (read_period(dated.group(), number), "") if dated else (_UNDATED, _UNDATED_NOTE)


def _snapshot_readings(lines: list[str], codes: dict[str, str], periods: dict[str, str]) -> Iterator[Reading]:
    names = [_unit_cut(name)[0] for name in cells(lines[SNAPSHOT_LINES[0] - 2])[1:]]
    for number in SNAPSHOT_LINES:
        area, *printed = cells(lines[number - 1])
        for name, cell in zip(names, printed, strict=True):
            usual = _SNAPSHOT_NAMES.get(name, name)
            title, misnamed = _MISNAMED.get((number, usual), (usual, ""))
            undated = _UNDATED_NOTE if periods[title] == _UNDATED else _SNAPSHOT_NOTE
            notes = (_AREA_NOTES.get(area, ""), misnamed, undated)
            yield Reading(
                title, _code(area, codes), periods[title], read_figure(cell, number), _SNAPSHOT_PLACE, number, notes
            )


def _unit_cut(name: str) -> tuple[str, bool]:
    """A name without its footnote mark and unit, and whether that unit is per cent."""
    bare = re.sub(r"\*?\s*\((?:%|Rate/1,000 working age population)\)$", "", name)
    return bare, name.endswith("(%)")


def _figures_by_line(table: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    cited = table.assign(line=table["locator"].map(cited_lines)).explode("line")
    return cited.melt(id_vars="line", value_vars=columns, value_name="figure").dropna(subset=["figure"])


def _figures_printed(line: str, number: int) -> set[float]:
    first = 3 if any(number in numbers for numbers in FRAMEWORK_LINES.values()) else 1
    return set().union(*map(numbers_in, cells(line)[first:]))


def _is_row(line: str) -> bool:
    """Whether a line is a table row with figures, not a heading of a table."""
    printed = cells(line)
    return len(printed) > 1 and printed[0] not in ("", "Indicator", "Indicators")


def _code(area: str, codes: dict[str, str]) -> str:
    if area not in codes:
        raise TranscriptionError(f"no area is called {area!r}")
    return codes[area]


def _plain_row(reading: Reading, ids: dict[str, str]) -> dict[str, object]:
    return {
        "indicator_id": ids[reading.title],
        "area_code": reading.area_code,
        "period": reading.period,
        "value": reading.figure.value,
        "numerator": reading.numerator,
        "status": reading.figure.status,
        "notes": (reading.figure.note, *reading.notes),
        "place": reading.place,
        "line": reading.line,
    }


def _one_observation(group: pd.DataFrame) -> dict[str, object]:
    first = group.iloc[0]
    last_year = re.findall(r"\d{4}(?:/\d\d)?", first["period"])[-1]
    return {
        **{name: first[name] for name in (*_KEY, "value", "numerator", "status")},
        "period_end": int(last_year[:2] + last_year[-2:]),
        "lower": None,
        "upper": None,
        "denominator": None,
        "basis": "published",
        "note": joined(chain.from_iterable(group["notes"])),
        "locator": _locator(group),
    }


def _locator(group: pd.DataFrame) -> str:
    ordered = group.sort_values("line")
    *others, last = [str(line) for line in ordered["line"].drop_duplicates()]
    lines = f"lines {', '.join(others)} and {last}" if others else f"line {last}"
    return f"{'; '.join(ordered['place'].drop_duplicates())}, {lines}"


def _range(row: FrameworkRow, ids: dict[str, str]) -> dict[str, object]:
    return {
        "indicator_id": ids[row.title],
        "period": row.period,
        "comparator": row.comparator_name,
        "comparator_value": row.comparator.value,
        "comparator_status": row.comparator.status,
        "england_worst": row.worst.value,
        "england_best": row.best.value,
        "range_status": row.worst.status,
        "recent_trend": TRENDS[row.trend],
        "trend_as_printed": row.trend,
        "note": joined([row.comparator.note, "" if row.worst.status == "ok" else _RANGE_NOTE, row.beside]),
        "locator": f"{_FRAMEWORK_PLACE}, line {row.line}",
    }
