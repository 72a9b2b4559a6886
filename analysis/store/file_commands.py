"""What the command line does with files: templates, checks, tables put into a draft, exports."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.sources.contracts import Contract
from analysis.sources.library import Library
from analysis.sources.tables import CONTRACTS
from analysis.store.database import Store
from analysis.store.drafts import put_table
from analysis.store.entries import DETAILS
from analysis.store.export import export
from analysis.store.mappings import remember, remembered
from analysis.store.opening import opened
from analysis.store.templates import template, workbook
from analysis.store.troubles import StoreRefusal
from analysis.store.workbook import workbook as exported
from analysis.uploads.annotated import annotated
from analysis.uploads.check import Checked, checked
from analysis.uploads.limits import MOST_BYTES
from analysis.uploads.mapping import suggested
from analysis.uploads.reading import Opened, read
from analysis.uploads.remarks import sentence
from analysis.uploads.table import Located, located

FORMATS = ("csv", "xlsx")
Options = argparse.Namespace


@dataclass(frozen=True)
class _Given:
    """A file as read, where its table stands, and what the check found; `by_hand` are headings by column."""

    file: str
    opened: Opened
    located: Located
    checked: Checked
    by_hand: dict[str, str]


def write_templates(options: Options) -> int:
    """Write the template of one table, or of each, into a folder."""
    folder, library = Path(options.to), Library()
    folder.mkdir(parents=True, exist_ok=True)
    made = workbook if options.format == "xlsx" else template
    names = [options.table] if options.table else list(CONTRACTS)
    for name in names:
        (folder / f"{name.lower()}.{options.format}").write_bytes(made(library, name))
    print(f"{len(names)} written to {folder}.")
    return 0


def check(options: Options) -> int:
    """Say every fault of a file, or that it keeps the contract of its table; write the annotated copy if asked."""
    given = _given(options, opened())
    if options.annotated:
        Path(options.annotated).write_bytes(annotated(given.opened, given.located, given.checked))
        print(f"A copy with every fault marked is written to {options.annotated}.")
    rows = _told(given)
    if rows is None:
        return 1
    print(f"{given.file} keeps the contract of {options.table}: {len(rows)} rows.")
    return 0


def put(options: Options) -> int:
    """Put a file without faults into a draft, and remember the headings that were mapped by hand."""
    details, store = _details(options.say), opened()
    given = _given(options, store)
    rows = _told(given)
    if rows is None:
        return 1
    number = put_table(store, options.draft, options.table, rows, details, given.file, options.who)
    remember(store, options.table, given.by_hand, options.who)
    print(f"{number} rows of {options.table} are in draft {options.draft}.")
    return 0


def _given(options: Options, store: Store) -> _Given:
    """The file asked about, read and held against its contract."""
    contract, file = _contract(options.table), Path(options.file)
    by_hand = _headings(options.heading, contract)
    with file.open("rb") as stream:
        found = read(stream.read(MOST_BYTES + 1), file.name)
    where = located(found, contract)
    mapping = suggested(where, contract, remembered(store, contract.name)) | by_hand
    return _Given(file.name, found, where, checked(found, where, contract, mapping, file.name), by_hand)


def _told(given: _Given) -> pd.DataFrame | None:
    """The typed rows; None after saying every fault."""
    found = given.checked
    for note in found.notes:
        print(f"Note: {sentence(note)}")
    for fault in found.faults:
        print(sentence(fault), file=sys.stderr)
    if found.total:
        unlisted = found.total - len(found.faults)
        rest = f" The first {len(found.faults):,} are listed." if unlisted else ""
        counted = "1 fault" if found.total == 1 else f"{found.total:,} faults"
        print(f"{given.file}: {counted}.{rest} Nothing was changed.", file=sys.stderr)
    return found.frame


def write_export(options: Options) -> int:
    """Write a version as a zip of CSV files, or as one workbook."""
    made = exported if options.format == "xlsx" else export
    content = made(opened(), options.version, small_counts=options.small_counts)
    Path(options.to).write_bytes(content)
    print(f"{len(content):,} bytes written to {options.to}.")
    return 0


def _contract(table: str) -> Contract:
    if table not in CONTRACTS:
        raise StoreRefusal(f"There is no table {table!r}. Choose one of: {', '.join(CONTRACTS)}.")
    return CONTRACTS[table]


def _headings(said: list[str], contract: Contract) -> dict[str, str]:
    pairs = {column: heading for column, _, heading in (text.partition("=") for text in said)}
    strange = [column for column in pairs if column not in contract.columns]
    if strange:
        raise StoreRefusal(f"{contract.name} has no column {strange[0]!r}. Say --heading column=heading of the file.")
    return pairs


def _details(said: list[str]) -> Mapping[str, str]:
    pairs = [text.partition("=") for text in said]
    if any(not between for _, between, _ in pairs):
        raise StoreRefusal(f"Say what is known of the file as name=words, with a name of: {', '.join(DETAILS)}.")
    return {name: words for name, _, words in pairs}
