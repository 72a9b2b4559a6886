"""The complete check of a return: every fault at once, and the rows only where there is none."""

from __future__ import annotations

import pandas as pd

from analysis.returns.headings import FEWEST, matches
from analysis.returns.report import LISTED, MOST_ROWS, Report, refused
from analysis.returns.tables import checked
from analysis.returns.wards import wards
from analysis.returns.words import SHEETS, slug
from analysis.sources.contracts import Contract
from analysis.sources.library import Library
from analysis.uploads.findings import Findings
from analysis.uploads.reading import Opened, Sheet, read
from analysis.uploads.remarks import WHOLE_FILE, Remark, Unreadable, remark

OURS = ("Read me", "Definitions", "Lists", "Worked example", "Worked example detail")


def check(library: Library, content: bytes, name: str = "") -> Report:
    """The report on a return given as the bytes of an .xlsx, .ods or .csv file; nothing is stored or evaluated.

    `tables` of a lawful report holds ACTIVITY, ACTIVITY_DETAIL or both, typed. Whatever the bytes, there is a report.
    """
    try:
        file = read(content, name, MOST_ROWS)
        return _report(file, _chosen(file), library)
    except Unreadable as problem:
        return refused(problem)


def _report(file: Opened, chosen: list[tuple[Sheet, Contract]], library: Library) -> Report:
    findings = Findings(LISTED)
    ours = {slug(name) for name in OURS}
    for sheet in file.sheets:
        if slug(sheet.name) not in ours:
            findings.add([one.remark() for one in sheet.formulas], sheet.more_formulas)
    findings.notes += file.notes
    known = wards(library)
    tables: dict[str, pd.DataFrame] = {}
    for sheet, contract in chosen:
        part = Findings(LISTED)
        tables[contract.name] = checked(sheet, contract, library, known, part, from_workbook=file.kind != "csv")
        findings.total += part.total
        findings.listed += sorted(part.listed, key=lambda one: one.row or 0)
        findings.notes += part.notes
    filled = {name: table for name, table in tables.items() if len(table)}
    if not findings.total and not filled:
        findings.add([_no_rows()])
    lawful = filled if not findings.total else {}
    return Report(tuple(findings.listed[:LISTED]), findings.total, tuple(findings.notes[:LISTED]), lawful)


def _chosen(file: Opened) -> list[tuple[Sheet, Contract]]:
    """The sheets that hold a return: by name, else by their headings. Raises Unreadable where there is none."""
    ours = {slug(name) for name in OURS}
    sheets = [sheet for sheet in file.sheets if slug(sheet.name) not in ours]
    named = [(sheet, SHEETS[title]) for title in SHEETS for sheet in sheets if slug(sheet.name) == slug(title)]
    least = 0 if file.kind == "csv" else FEWEST
    found = named or [pair for sheet in sheets if (pair := _by_headings(sheet, least))]
    held = [contract.name for _, contract in found]
    if not found:
        names = ", ".join(sheet.name for sheet in sheets) or "no sheet but those of the template that explain"
        remedy = "Fill in the sheet Activity of the template, and keep its name and its headings."
        raise Unreadable(names, "a sheet Activity, a sheet Detail or both", remedy)
    if len(set(held)) < len(held):
        raise Unreadable(
            "two sheets of the same kind", "one sheet Activity, one sheet Detail", "Put their rows together."
        )
    return found


def _by_headings(sheet: Sheet, least: int) -> tuple[Sheet, Contract] | None:
    scores = {contract.name: matches(sheet, contract)[0] for contract in SHEETS.values()}
    best = max(SHEETS.values(), key=lambda contract: scores[contract.name] / len(contract.columns))
    return (sheet, best) if scores[best.name] >= least else None


def _no_rows() -> Remark:
    return remark(
        WHOLE_FILE, None, "(rows)", "no rows", "a row for each service, quarter and ward", "Fill in the rows."
    )
