"""Factors identified at the end of assessment (Department for Education), as tidy rows."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.sources.tables.toxic_trio import ASSESSMENT_FACTORS, FACTORS
from analysis.sources.write import write_table

_SOURCE_NAMES = {
    "domestic_abuse": "Domestic_Abuse",
    "mental_health": "Mental_Health",
    "alcohol": "Alcohol_Misuse",
    "drugs": "Drug_Misuse",
}
_STATUS_OF_CODE = {"c": "suppressed", "x": "missing", "z": "not_applicable"}
_ENGLAND = "E92000001"


def build(raw: Path, root: Path) -> None:
    """Write data/published/assessment_factors.csv."""
    published = pd.read_csv(raw / "data" / "la" / "csc_assessment_factors.csv", dtype=str, keep_default_na=False)
    write_table(factors(published), ASSESSMENT_FACTORS, root / "data" / "published" / "assessment_factors.csv")


def factors(published: pd.DataFrame) -> pd.DataFrame:
    """One row an area, year and factor, from the department's wide table read as text.

    A suppressed cell ('c') stays suppressed and one not available ('x') stays missing: neither becomes
    a zero. Raises ValueError on any other code.
    """
    areas = published.assign(
        area_code=_area_codes(published),
        year_ending=published["time_period"],
        assessments=published["Episodes_with_assessment_factor"],
    )
    wide = areas.rename(columns={_source_column(factor): factor for factor in FACTORS})
    tidy = wide.melt(["area_code", "year_ending", "assessments"], list(FACTORS), "factor", "cell")
    return tidy.assign(status=tidy["cell"].map(_status), count=tidy["cell"].where(tidy["cell"].str.isdigit()))


def _area_codes(published: pd.DataFrame) -> pd.Series:
    codes = published["new_la_code"].where(published["new_la_code"].ne(""), published["region_code"])
    return codes.where(published["geographic_level"].ne("National"), _ENGLAND)


def _source_column(factor: str) -> str:
    topic, _, subject = factor.rpartition("_")
    return f"{_SOURCE_NAMES[topic]}_{subject}" if topic in _SOURCE_NAMES else factor.title()


def _status(cell: str) -> str:
    if cell.isdigit():
        return "ok"
    if cell not in _STATUS_OF_CODE:
        raise ValueError(f"Unknown code {cell!r} in the factors at assessment: say what it means before using it.")
    return _STATUS_OF_CODE[cell]
