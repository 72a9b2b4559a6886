"""What the command line does with files: templates, checks, tables put into a draft, exports."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from analysis.sources.contracts import Contract
from analysis.sources.library import Library
from analysis.sources.tables import CONTRACTS
from analysis.store.drafts import checked, put_table
from analysis.store.entries import DETAILS
from analysis.store.export import export
from analysis.store.opening import opened
from analysis.store.templates import template, workbook
from analysis.store.troubles import StoreRefusal
from analysis.store.workbook import workbook as exported

FORMATS = ("csv", "xlsx")
Options = argparse.Namespace


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
    """Say every fault of a file, or that it keeps the contract of its table."""
    contract, file = _contract(options.table), Path(options.file)
    rows = checked(file.read_bytes(), contract, file.name)
    print(f"{file.name} keeps the contract of {options.table}: {len(rows)} rows.")
    return 0


def put(options: Options) -> int:
    """Put a file without faults into a draft."""
    file = Path(options.file)
    rows = put_table(
        opened(), options.draft, options.table, file.read_bytes(), _details(options.say), file.name, options.who
    )
    print(f"{rows} rows of {options.table} are in draft {options.draft}.")
    return 0


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


def _details(said: list[str]) -> Mapping[str, str]:
    pairs = [text.partition("=") for text in said]
    if any(not between for _, between, _ in pairs):
        raise StoreRefusal(f"Say what is known of the file as name=words, with a name of: {', '.join(DETAILS)}.")
    return {name: words for name, _, words in pairs}
