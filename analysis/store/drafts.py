"""Writing a draft: started from what is published, changed a table at a time, and never seen by viewers."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
from sqlalchemy.orm import Session

from analysis.editions import EDITIONS
from analysis.sources.catalogue import SAVE_AS_UTF8, Entry
from analysis.sources.contracts import Breach, Contract, ContractBroken, typed
from analysis.sources.tables import CONTRACTS
from analysis.sources.written import as_text
from analysis.store.database import Store
from analysis.store.entries import changed, copied, held_tables, keep_blob, read_entry, sweep, written_entry
from analysis.store.models import DRAFT, HeldTable, Version
from analysis.store.packing import Packed, packed
from analysis.store.publishing import newest
from analysis.store.records import file_name, line, now, person, record
from analysis.store.troubles import StoreRefusal

AT_THE_END = 10_000


def start_draft(store: Store, base: str, name: str, who: str) -> int:
    """A new draft of a base with every table as published now; returns its number. Raises StoreRefusal."""
    named, by = line(name, "the draft a name"), person(who)
    if base not in EDITIONS:
        raise StoreRefusal(f"There is no edition {base!r}. Choose one of: {', '.join(EDITIONS)}.")
    with store.writing() as session:
        published = newest(session, base)
        if published is None:
            raise StoreRefusal(f"Nothing of the {base} edition is published yet, so there is nothing to start from.")
        draft = add_version(session, base, named, by, published.id)
        copied(session, published.version_id, draft.id)
        record(session, by, "draft started", draft, publication=published.id)
        return draft.id


def add_version(session: Session, base: str, name: str, who: str, started_from: int) -> Version:
    """An empty draft."""
    draft = Version(
        base=base,
        name=name,
        state=DRAFT,
        revision=0,
        started_from=started_from,
        started_at=now(),
        started_by=who,
        shipped="",
    )
    session.add(draft)
    session.flush()
    return draft


def put_table(
    store: Store,
    draft: int,
    contract: str,
    content: pd.DataFrame | bytes,
    details: Mapping[str, str],
    name: str,
    who: str,
) -> int:
    """Put a whole table, as a typed frame or the bytes of a CSV, into a draft; returns its number of rows.

    Checked against its contract first: raises ContractBroken, listing every fault, or StoreRefusal, and alters nothing.
    `details` say what the catalogue says (title, period, basis...); what is not given stays as it was.
    """
    by, file = person(who), file_name(name)
    if contract not in CONTRACTS:
        raise StoreRefusal(f"There is no table {contract!r}. Choose one of: {', '.join(CONTRACTS)}.")
    frame = checked(content, CONTRACTS[contract], file)
    held = packed(frame, CONTRACTS[contract])
    with store.writing() as session:
        version = open_draft(session, draft)
        _put(session, version, contract, held, details, file)
        about = {"contract": contract, "file_name": file, "sha256": held.sha256, "rows": held.rows}
        record(session, by, "table put", version, table=about)
    return held.rows


def checked(content: pd.DataFrame | bytes, contract: Contract, name: str) -> pd.DataFrame:
    """The typed rows of a table, sorted by its key. Raises ContractBroken listing every fault."""
    text = as_text(content) if isinstance(content, pd.DataFrame) else csv_text(content, name)
    frame = typed(text, contract, name)
    return frame.sort_values(list(contract.key), kind="stable", ignore_index=True)


def csv_text(content: bytes, name: str) -> pd.DataFrame:
    """A CSV in UTF-8 as cells of text. Raises ContractBroken where it cannot be read or a row has too few cells."""
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    except UnicodeDecodeError as error:
        found = f"a character at byte {error.start} that is not UTF-8"
        raise ContractBroken([Breach(name, None, "(whole file)", found, SAVE_AS_UTF8)]) from error
    except csv.Error as error:
        remedy = "Save it again as CSV from a spreadsheet."
        raise ContractBroken([Breach(name, None, "(whole file)", str(error), remedy)]) from error
    header, body = (rows[0], rows[1:]) if rows else ([], [])
    ragged = [
        Breach(
            name, number, "(whole row)", f"{len(row)} cells", f"Give the row {len(header)} cells, as the header has."
        )
        for number, row in enumerate(body, start=2)
        if len(row) != len(header)
    ]
    twice = sorted({column for column in header if header.count(column) > 1})
    ragged += [Breach(name, 1, column, "the column twice", "Keep one of them.") for column in twice]
    if ragged:
        raise ContractBroken(ragged)
    return pd.DataFrame(body, columns=header, dtype="str")


def drop_draft(store: Store, draft: int, who: str) -> None:
    """Delete a draft; what it alone held is deleted with it. Raises StoreRefusal when it is published or not there."""
    by = person(who)
    with store.writing() as session:
        version = open_draft(session, draft)
        record(session, by, "draft deleted", version)
        session.delete(version)
        session.flush()
        sweep(session)


def catch_up(store: Store, draft: int, who: str) -> int:
    """Give a draft what others published since it began, keeping the tables put in it; returns the publication."""
    by = person(who)
    with store.writing() as session:
        version = open_draft(session, draft)
        published = newest(session, version.base)
        if published is None:
            raise StoreRefusal(f"Nothing of the {version.base} edition is published.")
        own = [table.contract for table in held_tables(session, draft).values() if table.own]
        for table in held_tables(session, draft).values():
            if not table.own:
                session.delete(table)
        session.flush()
        copied(session, published.version_id, version.id, without=own)
        version.started_from, version.revision = published.id, version.revision + 1
        record(session, by, "draft brought up to date", version, publication=published.id)
        return published.id


def open_draft(session: Session, number: int) -> Version:
    """The draft of that number. Raises StoreRefusal when there is none or it is published."""
    version = session.get(Version, number, with_for_update=True)
    if version is None:
        raise StoreRefusal(f"There is no draft {number}. It may have been deleted.")
    if version.state != DRAFT:
        raise StoreRefusal(f"{version.name!r} is published and never changes. Start a draft from it instead.")
    return version


def _put(
    session: Session, version: Version, contract: str, held: Packed, details: Mapping[str, str], file: str
) -> None:
    there = [table for table in held_tables(session, version.id).values() if table.contract == contract]
    entry = changed(read_entry(there[0].entry) if there else _new_entry(contract), details)
    keep_blob(session, held)
    for table in there:
        session.delete(table)
    session.flush()
    session.add(
        HeldTable(
            version_id=version.id,
            path=entry.path,
            position=there[0].position if there else AT_THE_END,
            contract=contract,
            sha256=held.sha256,
            rows=held.rows,
            entry=written_entry(replace(entry, sha256=held.sha256)),
            file_name=file,
            own=True,
            from_atlas=False,
        )
    )
    version.revision += 1
    session.flush()
    sweep(session)


def _new_entry(contract: str) -> Entry:
    blank = dict.fromkeys(("publisher", "url", "licence", "attribution", "period", "vintage", "caveat", "sha256"), "")
    path = f"data/uploaded/{contract.lower()}.csv"
    title = CONTRACTS[contract].title
    return Entry(path=path, contract=contract, title=title, basis="published", derived_from=(), **blank)
