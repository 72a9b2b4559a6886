"""One sheet of a return held against its contract: cells, then rows, then rows against each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from analysis.returns import cells, quarters, words
from analysis.returns.headings import headings
from analysis.returns.report import MOST_ROWS
from analysis.returns.residence import by_ward, place
from analysis.returns.wards import Wards
from analysis.sources.contracts import Contract, Field, Rule, cell_tests, converted
from analysis.sources.library import Library
from analysis.sources.tables.activity import CASE_UNITS, GROUP_TITLES, NO_FORMULA
from analysis.uploads.cells import plain
from analysis.uploads.extents import FORMULA
from analysis.uploads.findings import Findings
from analysis.uploads.reading import Sheet
from analysis.uploads.remarks import Remark, masked, remark

POSTCODE = Field("postcode", "text", blank=True)


@dataclass
class Rows:
    """The filled rows of a sheet: as found, as text by column, and the number of each in the file."""

    sheet: str
    contract: Contract
    found: dict[str, list[object]]
    text: pd.DataFrame
    numbers: list[int]

    @property
    def whole(self) -> bool:
        """Whether every column of the contract is there."""
        return set(self.contract.columns) <= set(self.text.columns)

    def remark(self, place: int, column: str, expected: str, remedy: str) -> Remark:
        """A remark on one cell, as it was found."""
        found = self.found[column][place] if column in self.found else self.text[column].iloc[place]
        return remark(self.sheet, self.numbers[place], column, plain(found), expected, remedy)


def checked(
    sheet: Sheet, contract: Contract, library: Library, wards: Wards, findings: Findings, *, from_workbook: bool
) -> pd.DataFrame:
    """The typed rows of a sheet; its faults and notes go to `findings`, and with any fault the rows mean nothing."""
    head = headings(sheet, contract)
    findings.add(head.faults)
    findings.notes += head.notes
    if not head.places:
        return pd.DataFrame()
    rows = _rows(sheet, contract, head.row, dict(head.places), findings, from_workbook=from_workbook)
    if len(rows.numbers) > MOST_ROWS:
        many = remark(
            sheet.name, None, "(rows)", f"{len(rows.numbers):,} rows", f"at most {MOST_ROWS:,}", "Give it in parts."
        )
        findings.add([many])
        return pd.DataFrame()
    postcodes = place(rows, library, wards, findings)
    _fill_reasons(rows, findings)
    bad = _bad_cells(rows, wards, findings)
    _repeated(rows, postcodes, findings)
    if not rows.whole:
        return pd.DataFrame()
    _broken_rules(rows, ~bad, findings)
    if findings.total:
        return pd.DataFrame()
    frame = converted(rows.text, contract)
    return by_ward(frame, contract, sheet.name, findings) if postcodes is not None else frame


def _rows(
    sheet: Sheet, contract: Contract, head: int, places: dict[str, int], findings: Findings, *, from_workbook: bool
) -> Rows:
    numbers, kept = [], []
    for number, row in enumerate(sheet.rows[head:], start=head + 1):
        if any(plain(cell) for cell in row):
            numbers.append(number)
            kept.append(row)
    found = {name: [row[at] if at < len(row) else "" for row in kept] for name, at in places.items()}
    fields = {one.column: one for one in (*contract.fields, POSTCODE)}
    readings = {name: cells.read(given, fields[name], from_workbook=from_workbook) for name, given in found.items()}
    for name, reading in readings.items():
        if name != POSTCODE.column:
            findings.notes += reading.notes(sheet.name, name, numbers)
    text = pd.DataFrame({name: pd.Series(reading.text, dtype=object) for name, reading in readings.items()})
    rows = Rows(sheet.name, contract, found, text, numbers)
    headed = {place for place, cell in enumerate(sheet.rows[head - 1]) if words.slug(cell)}
    _unheaded(rows, kept, headed, findings)
    return rows


def _unheaded(rows: Rows, kept: Sequence[Sequence[object]], headed: set[int], findings: Findings) -> None:
    """Formulas written as text, and cells that stand under no heading."""
    for name, given in rows.found.items():
        typed = [at for at, cell in enumerate(given) if isinstance(cell, str) and cell.lstrip().startswith("=")]
        findings.each(typed, lambda at, name=name: rows.remark(at, name, "a value, not a formula", FORMULA))  # type: ignore[misc]
    wide = [at for at, row in enumerate(kept) if _beyond(row, headed)]
    expected, remedy = "nothing outside the columns of the template", "Move the cell under its heading, or delete it."
    findings.each(wide, lambda at: remark(rows.sheet, rows.numbers[at], "(no heading)", "a cell", expected, remedy))


def _beyond(row: Sequence[object], headed: set[int]) -> bool:
    return any(place not in headed and plain(cell) for place, cell in enumerate(row))


def _fill_reasons(rows: Rows, findings: Findings) -> None:
    """A status left blank where it can only be one thing: a value is given, or nobody waits."""
    text = rows.text
    for value, status in rows.contract.reasons:
        if not {value, status} <= set(text.columns):
            continue
        empty = text[status].eq("")
        given = empty & text[value].ne("")
        waiting = text["waiting"] if value == "weeks_waited" and "waiting" in text else pd.Series("", index=text.index)
        nobody = empty & text[value].eq("") & waiting.eq("0")
        text.loc[given, status] = "ok"
        text.loc[nobody, status] = "not_applicable"
        for mask, word in ((given, "Given"), (nobody, "Does not apply")):
            if mask.any():
                first, more = rows.numbers[int(mask.to_numpy().argmax())], int(mask.sum())
                why = f"Read as {word}, here and wherever it can be nothing else ({more:,} cells)."
                findings.notes.append(remark(rows.sheet, first, status, "", word, why))


def _bad_cells(rows: Rows, wards: Wards, findings: Findings) -> pd.Series:
    """Whether each row has a cell that breaks its column's rule."""
    bad = rows.text.get("unplaced", pd.Series(False, index=rows.text.index)).astype(bool)
    for rule in rows.contract.fields:
        if rule.column not in rows.text:
            continue
        mask = _bad_wards(rows, wards) if rule.column == "area_code" else _bad(rows.text[rule.column], rule)
        bad |= mask
        findings.each(
            mask.index[mask],
            lambda at, rule=rule: rows.remark(at, rule.column, *_advice(rows, at, rule, wards)),  # type: ignore[misc]
        )
    return bad


def _bad(text: pd.Series, rule: Field) -> pd.Series:
    tests = [test for test, _ in cell_tests(rule)]
    if rule.pattern == NO_FORMULA:
        tests.append(lambda words: masked(words) == words)
    lawful = {value: (rule.blank if value == "" else all(test(value) for test in tests)) for value in text.unique()}
    return ~text.map(lawful).astype(bool)


def _bad_wards(rows: Rows, wards: Wards) -> pd.Series:
    codes = rows.text["area_code"]
    editions = rows.text.get("edition", pd.Series("", index=codes.index))
    known = {pair: wards.knows(*pair) for pair in set(zip(editions, codes, strict=True))}
    mask = [not known[pair] for pair in zip(editions, codes, strict=True)]
    unplaced = rows.text.get("unplaced", pd.Series(False, index=codes.index)).astype(bool)
    return pd.Series(mask, index=codes.index, dtype=bool) & ~unplaced


def _advice(rows: Rows, at: int, rule: Field, wards: Wards) -> tuple[str, str]:
    value = rows.text[rule.column].iloc[at]
    expected = words.expected(rule)
    if rule.column == "quarter" and value:
        return quarters.advice(rows.found["quarter"][at])
    if rule.column == "area_code":
        edition = str(rows.text["edition"].iloc[at]) if "edition" in rows.text else ""
        return expected, wards.advice(edition, value)
    if value == "":
        return expected, "Fill in this cell." + (" Write 0 where there were none." if rule.kind == "integer" else "")
    return expected, _correction(rule, value)


def _correction(rule: Field, value: str) -> str:
    if rule.kind == "integer":
        return "Count whole cases, 0 or more, in digits alone."
    if rule.allowed:
        return "Take one from the drop-down list of the template."
    if masked(value) != value:
        return "Take the postcode out: it belongs nowhere but in a column postcode, which is not kept."
    return "Correct this cell."


def _repeated(rows: Rows, postcodes: pd.Series | None, findings: Findings) -> None:
    """Rows that give the same figures twice, however they are spelled."""
    if not set(rows.contract.key) <= set(rows.text.columns):
        return
    keys = pd.DataFrame({name: _slugs(rows.text[name]) for name in rows.contract.key})
    if postcodes is not None:
        keys = keys.assign(postcode=postcodes)
    same = keys.groupby(list(keys.columns), sort=False).ngroup()
    first = keys.index.to_series().groupby(same).transform("first")
    again = keys.index[first != keys.index]
    expected = "each " + ", ".join(name.replace("_", " ") for name in rows.contract.key) + " once"

    def said(at: int) -> Remark:
        before = int(first[at])
        found = plain(rows.found["quarter"][at])
        written = plain(rows.found["quarter"][before])
        spelled = f", where the quarter is written {written}" if written != found else ""
        same = f"Row {rows.numbers[before]} gives the same{spelled}. Keep one, or add the two up."
        return remark(rows.sheet, rows.numbers[at], "(whole row)", f"given twice ({found})", expected, same)

    findings.each(again, said)


def _slugs(text: pd.Series) -> pd.Series:
    return text.map({value: words.slug(value) for value in text.unique()})


def _broken_rules(rows: Rows, lawful: pd.Series, findings: Findings) -> None:
    text = rows.text[lawful]
    if text.empty:
        return
    for value, status in rows.contract.reasons:
        wrong = text.index[text[value].eq("") == text[status].eq("ok")]
        findings.each(wrong, lambda at, value=value, status=status: _reason(rows, at, value, status))  # type: ignore[misc]
    frame = converted(text, replace(rows.contract, reasons=()))
    for rule in rows.contract.rules:
        broken = frame.index[~rule.holds(frame).fillna(True).astype(bool)]
        findings.each(
            broken,
            lambda at, rule=rule: rows.remark(at, rule.column, "cells that fit each other", _remedy(rows, at, rule)),  # type: ignore[misc]
        )


def _remedy(rows: Rows, at: int, rule: Rule) -> str:
    if rule.column != "case_unit":
        return rule.remedy
    group = str(rows.text["service_group"].iloc[at])
    unit = "families" if CASE_UNITS[group] == "family" else "children"
    return f"{GROUP_TITLES[group]} counts {unit}. {rule.remedy}"


def _reason(rows: Rows, at: int, value: str, status: str) -> Remark:
    if rows.text[value].iloc[at] == "":
        return rows.remark(at, value, "a figure, or a reason", f"Give {value}, or say in {status} why there is none.")
    return rows.remark(at, value, "blank where a reason is given", f"Blank {value}, or set {status} to Given.")
