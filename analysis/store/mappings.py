"""Headings people mapped to the columns of a table, remembered for the next file."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete, select

from analysis.sources.tables import CONTRACTS
from analysis.store.database import Store
from analysis.store.models import HeaderMapping
from analysis.store.records import now, person, record
from analysis.store.troubles import StoreRefusal
from analysis.uploads.headings import normalised

LONGEST_HEADER = 200


def remembered(store: Store, contract: str) -> dict[str, str]:
    """Columns of a contract by heading, normalised as `analysis.uploads.headings.normalised` does."""
    asked = select(HeaderMapping).where(HeaderMapping.contract == contract).order_by(HeaderMapping.header)
    with store.reading() as session:
        return {row.header: row.column for row in session.scalars(asked)}


def remember(store: Store, contract: str, mapping: Mapping[str, str | None], who: str) -> None:
    """Keep which heading each column was taken from; `mapping` is that of `uploads.check.checked`, column to heading.

    A column has one remembered heading, and a heading one column: the newest. Columns without a heading stay as they
    were. Raises StoreRefusal for a table or a column there is not.
    """
    by, headers = person(who), _headers(contract, mapping)
    if not headers:
        return
    with store.writing() as session:
        for column, header in headers.items():
            alike = (HeaderMapping.column == column) | (HeaderMapping.header == header)
            session.execute(delete(HeaderMapping).where(HeaderMapping.contract == contract, alike))
        at = now()
        session.add_all(
            HeaderMapping(contract=contract, header=header, column=column, at=at, by=by)
            for column, header in headers.items()
        )
        record(session, by, "headings mapped", table={"contract": contract}, reasons=headers)


def _headers(contract: str, mapping: Mapping[str, str | None]) -> dict[str, str]:
    """Normalised headings by column; where one heading serves two columns, neither is worth remembering."""
    if contract not in CONTRACTS:
        raise StoreRefusal(f"There is no table {contract!r}. Choose one of: {', '.join(CONTRACTS)}.")
    unknown = sorted(set(mapping) - set(CONTRACTS[contract].columns))
    if unknown:
        raise StoreRefusal(f"The table {contract} has no column {', '.join(unknown)}.")
    named = {column: normalised(header)[:LONGEST_HEADER] for column, header in mapping.items() if header}
    kept = {column: "".join(letter for letter in header if letter.isprintable()) for column, header in named.items()}
    return {column: header for column, header in kept.items() if header and [*kept.values()].count(header) == 1}
