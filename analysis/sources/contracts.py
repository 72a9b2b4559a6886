"""What a table must look like, declared once and used everywhere.

A `Contract` checks a file (every breach in one error, in plain words), writes the data dictionary on
the Sources page and describes the columns an upload must have.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import pandas as pd

if TYPE_CHECKING:
    import pandera.pandas as pa

Kind = Literal["text", "code", "integer", "number", "flag"]

STATUS_WORDS = {
    "ok": "",
    "missing": "not given by the source",
    "suppressed": "suppressed by the source to protect people",
    "not_applicable": "does not apply here",
    "cannot_calculate": "cannot be calculated",
}
STATUSES = tuple(STATUS_WORDS)
DIGITS = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?")
LARGEST = 2**53
BASES = ("published", "modelled", "illustrative")


@dataclass(frozen=True)
class Field:
    """One column of a table.

    `column` names an entry of the column register. `blank` says whether a cell may be empty; a blank
    in a column covered by `Contract.reasons` must be explained there. Limits are inclusive.
    """

    column: str
    kind: Kind
    blank: bool = False
    allowed: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None


@dataclass(frozen=True)
class Rule:
    """A law across columns: `holds` takes the typed frame and returns True for each lawful row."""

    column: str
    holds: Callable[[pd.DataFrame], pd.Series]
    remedy: str


@dataclass(frozen=True)
class Contract:
    """A table: its columns, the columns that identify a row, and where blanks are explained.

    `reasons` pairs a value column with the status column that explains its blanks: the value is blank
    exactly when the status is not "ok". `small_counts` marks a return whose rows count so few people that they are
    never shown or offered as they stand. `optional` marks a table that need not be declared: it may be given instead.
    A table that `may_be_empty` is lawful with its header alone.
    """

    name: str
    title: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    reasons: tuple[tuple[str, str], ...] = ()
    rules: tuple[Rule, ...] = ()
    small_counts: bool = False
    optional: bool = False
    may_be_empty: bool = False

    @property
    def columns(self) -> list[str]:
        """Column names in file order."""
        return [field.column for field in self.fields]


@dataclass(frozen=True)
class Breach:
    """One fault in a file: where it is, what was found and what to do."""

    file: str
    row: int | None
    column: str
    found: str
    remedy: str

    def __str__(self) -> str:
        place = f"row {self.row}, " if self.row is not None else ""
        return f"{self.file}, {place}column {self.column}: found {self.found!r}. {self.remedy}"


class ContractBroken(ValueError):
    """A file does not keep its contract; the message lists every breach."""

    def __init__(self, breaches: Iterable[Breach]) -> None:
        self.breaches = tuple(breaches)
        super().__init__("\n".join(str(breach) for breach in self.breaches))


def typed(raw: pd.DataFrame, contract: Contract, file: str) -> pd.DataFrame:
    """The rows of a file, read as text, as typed columns.

    Returns a frame with the contract's columns in order: text and codes as strings (blank is missing),
    integers as Int64, numbers as float64, flags as boolean. Raises ContractBroken listing every breach;
    row numbers count the header as row 1, as a spreadsheet does.
    """
    _refuse(_header_breaches(raw, contract, file))
    text = raw[contract.columns].replace("", pd.NA)
    breaches = [
        *([] if contract.may_be_empty else _size_breaches(text, file)),
        *_cell_breaches(text, contract, file),
        *key_breaches(text, contract, file),
        *reason_breaches(text, contract, file),
    ]
    lawful = text.drop(index=[breach.row - 2 for breach in breaches if breach.row is not None])
    breaches += rule_breaches(converted(lawful, contract), contract, file)
    _refuse(sorted(breaches, key=lambda breach: breach.row or 0))
    return converted(raw, contract)


def converted(raw: pd.DataFrame, contract: Contract) -> pd.DataFrame:
    """The same typed columns without the checks, for a file whose checksum shows it was checked before."""
    text = raw[contract.columns].replace("", pd.NA)
    return pd.DataFrame({field.column: _convert(text[field.column], field.kind) for field in contract.fields})


def schema(contract: Contract) -> pa.DataFrameSchema:
    """The same contract as a pandera schema over the text of a file, every cell checked as written."""
    import pandera.pandas as pa

    return pa.DataFrameSchema({field.column: _pandera_column(field) for field in contract.fields}, strict=True)


def _refuse(breaches: list[Breach]) -> None:
    if breaches:
        raise ContractBroken(breaches)


def _header_breaches(raw: pd.DataFrame, contract: Contract, file: str) -> list[Breach]:
    absent = [name for name in contract.columns if name not in raw.columns]
    extra = [name for name in raw.columns if name not in contract.columns]
    return [Breach(file, 1, name, "no such column", f"Add the column {name!r} to the header.") for name in absent] + [
        Breach(file, 1, name, name, "Remove this column: the contract does not know it.") for name in extra
    ]


def _size_breaches(text: pd.DataFrame, file: str) -> list[Breach]:
    return [Breach(file, None, "(whole file)", "no rows", "Restore the rows under the header.")] if text.empty else []


def _cell_breaches(text: pd.DataFrame, contract: Contract, file: str) -> list[Breach]:
    import pandera.errors

    try:
        schema(contract).validate(text, lazy=True)
    except pandera.errors.SchemaErrors as error:
        cases = error.failure_cases.dropna(subset=["index"]).sort_values(["index", "column"])
        if cases.empty:
            raise
        return [
            Breach(file, int(case["index"]) + 2, case["column"], _shown(case["failure_case"]), case["check"])
            for _, case in cases.drop_duplicates(["index", "column"]).iterrows()
        ]
    return []


def _pandera_column(field: Field) -> pa.Column:
    import pandera.pandas as pa

    checks = [pa.Check(test, element_wise=True, error=remedy) for test, remedy in cell_tests(field)]
    return pa.Column(None, checks=[*checks, *_blank_check(field)], nullable=True, required=True)


def _blank_check(field: Field) -> list[pa.Check]:
    import pandera.pandas as pa

    if field.blank:
        return []
    return [pa.Check(lambda cells: cells.notna(), ignore_na=False, error="Fill in this cell: it may not be blank.")]


def cell_tests(field: Field) -> list[tuple[Callable[[str], bool], str]]:
    """What every filled cell of a column must pass, each test with what to do where it fails."""
    tests: list[tuple[Callable[[str], bool], str]] = []
    if field.allowed:
        tests.append((lambda cell: cell in field.allowed, f"Use one of: {', '.join(field.allowed)}."))
    if field.pattern:
        pattern = re.compile(field.pattern)
        tests.append((lambda cell: pattern.fullmatch(cell) is not None, f"Write it as {field.pattern}."))
    if field.kind == "flag":
        tests.append((lambda cell: cell in ("true", "false"), "Write true or false."))
    if field.kind in ("integer", "number"):
        tests.extend(_number_tests(field))
    return tests


def _number_tests(field: Field) -> list[tuple[Callable[[str], bool], str]]:
    whole = field.kind == "integer"
    noun = "a whole number" if whole else "a number"
    low, high = field.minimum, field.maximum
    limits = (f" of at least {low:g}" if low is not None else "") + (
        f" and at most {high:g}" if high is not None else ""
    )

    def lawful(cell: str) -> bool:
        number = _number(cell)
        if number is None or (whole and not number.is_integer()):
            return False
        return (low is None or number >= low) and (high is None or number <= high)

    return [(lawful, f"Write {noun}{limits}, digits only.")]


def _number(cell: str) -> float | None:
    number = float(cell) if DIGITS.fullmatch(cell) else float("inf")
    return number if abs(number) <= LARGEST else None


def key_breaches(text: pd.DataFrame, contract: Contract, file: str) -> list[Breach]:
    """Rows whose key was given before; `row` is the place in `text` plus 2."""
    repeated = text.duplicated(list(contract.key), keep="first")
    return [
        Breach(file, int(row) + 2, " + ".join(contract.key), " + ".join(map(_shown, cells)), "Remove the repeated row.")
        for row, cells in zip(text.index[repeated], text.loc[repeated, list(contract.key)].to_numpy(), strict=True)
    ]


def reason_breaches(text: pd.DataFrame, contract: Contract, file: str) -> list[Breach]:
    """Blanks without a reason, and reasons beside a value; blanks of `text` are missing."""
    breaches = []
    for value, status in contract.reasons:
        unexplained = text[value].isna() & text[status].eq("ok").fillna(False)
        contradicted = text[value].notna() & text[status].ne("ok").fillna(True)
        breaches += [
            Breach(file, int(row) + 2, value, "blank", f"Give the value, or say in {status!r} why there is none.")
            for row in text.index[unexplained]
        ]
        breaches += [
            Breach(file, int(row) + 2, value, _shown(text.loc[row, value]), f"Blank it, or set {status!r} to ok.")
            for row in text.index[contradicted]
        ]
    return breaches


def rule_breaches(frame: pd.DataFrame, contract: Contract, file: str) -> list[Breach]:
    """Rows of typed columns that break a law across columns."""
    if frame.empty:
        return []
    return [
        Breach(file, int(row) + 2, rule.column, _shown(frame.loc[row, rule.column]), rule.remedy)
        for rule in contract.rules
        for row in frame.index[~rule.holds(frame).fillna(True).astype(bool)]
    ]


def _shown(cell: object) -> str:
    return "blank" if cell is None or cell is pd.NA or cell != cell else str(cell)  # noqa: PLR0124


def _convert(cells: pd.Series, kind: Kind) -> pd.Series:
    if kind == "integer":
        return pd.to_numeric(cells).astype("Int64")
    if kind == "number":
        return pd.to_numeric(cells).astype("float64")
    if kind == "flag":
        return cells.map({"true": True, "false": False}).astype("boolean")
    return cells.astype("str")
