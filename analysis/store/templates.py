"""Templates of every table, made from its contract: headings, and a row as an example."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from analysis.sources.catalogue import CatalogueError
from analysis.sources.contracts import Contract
from analysis.sources.library import Library
from analysis.sources.tables import CONTRACTS
from analysis.sources.written import as_text
from analysis.store.troubles import StoreRefusal


def template(library: Library, contract: str) -> bytes:
    """The template of a table as CSV: its headings and, where a table is shipped, its first row as an example.

    `library` must be the shipped files, never what was uploaded. Raises StoreRefusal when there is no such table.
    """
    found = _found(contract)
    return _csv([found.columns, *_example(library, found)])


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


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("utf-8-sig")
