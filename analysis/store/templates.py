"""Templates of every table, made from its contract: headings, what each column may hold, and a row as an example."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from analysis.sources.catalogue import CatalogueError
from analysis.sources.columns import COLUMNS
from analysis.sources.contracts import Contract, Field
from analysis.sources.library import Library
from analysis.sources.tables import CONTRACTS
from analysis.sources.written import as_text
from analysis.store.troubles import StoreRefusal

KINDS = {
    "text": "words",
    "code": "a code",
    "integer": "a whole number",
    "number": "a number",
    "flag": "true or false",
}


def template(library: Library, contract: str) -> bytes:
    """The template of a table as CSV: its headings and, where a table is shipped, its first row as an example.

    `library` must be the shipped files, never what was uploaded. Raises StoreRefusal when there is no such table.
    """
    found = _found(contract)
    return _csv([found.columns, *_example(library, found)])


def guide(contract: str) -> list[dict[str, str]]:
    """One row a column of a table: column, label, meaning, unit, what is allowed, whether it may be blank, key."""
    found = _found(contract)
    return [_explained(field, found) for field in found.fields]


def allowed(field: Field) -> str:
    """What a cell of a column may hold, in words."""
    words = [KINDS[field.kind]] if not field.allowed else [f"one of: {', '.join(field.allowed)}"]
    words += [f"at least {field.minimum:g}"] if field.minimum is not None else []
    words += [f"at most {field.maximum:g}"] if field.maximum is not None else []
    words += [f"written as {field.pattern}"] if field.pattern else []
    return ", ".join(words)


def _found(contract: str) -> Contract:
    if contract not in CONTRACTS:
        raise StoreRefusal(f"There is no table {contract!r}. Choose one of: {', '.join(CONTRACTS)}.")
    return CONTRACTS[contract]


def _example(library: Library, contract: Contract) -> list[Sequence[str]]:
    try:
        rows = as_text(library.table(contract.name).head(1))
    except CatalogueError:
        return []
    return [[str(cell) for cell in row] for row in rows.to_numpy()]


def _explained(field: Field, contract: Contract) -> dict[str, str]:
    column = COLUMNS[field.column]
    reason = dict(contract.reasons).get(field.column)
    blank = f"only with a reason in {reason}" if reason else "yes" if field.blank else "no"
    return {
        "column": field.column,
        "label": column.label,
        "meaning": column.meaning,
        "unit": column.unit,
        "allowed": allowed(field),
        "blank": blank,
        "key": "yes" if field.column in contract.key else "no",
    }


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("utf-8-sig")
