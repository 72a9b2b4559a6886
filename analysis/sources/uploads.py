"""Files a reader gives: read in memory against a contract, with every fault at once, and kept nowhere here."""

from __future__ import annotations

import csv
import io

import pandas as pd

from analysis.sources.contracts import Breach, Contract, ContractBroken, typed

MOST_BYTES = 20_000_000
SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def given_text(content: bytes, file: str) -> pd.DataFrame:
    """The rows of a CSV as text, blanks as empty strings. Raises ContractBroken when it is no table of text."""
    words = _decoded(content, file)
    try:
        rows = list(csv.reader(io.StringIO(words, newline=""), strict=True))
    except csv.Error as error:
        raise ContractBroken([_whole(file, str(error), "Save it again as CSV (comma separated).")]) from error
    while rows and not rows[-1]:
        rows.pop()
    header, *body = rows or [[]]
    if not header:
        raise ContractBroken([Breach(file, 1, "(whole file)", "no header", "Put the column names in the first row.")])
    names = [name.strip() for name in header]
    twice = [name for place, name in enumerate(names) if name in names[:place]]
    if twice:
        raise ContractBroken([Breach(file, 1, name, "the column twice", "Keep one of them.") for name in twice])
    ragged = [
        Breach(
            file, number, "(whole row)", f"{len(row)} cells", f"Give the row {len(header)} cells, as the header has."
        )
        for number, row in enumerate(body, start=2)
        if len(row) != len(header)
    ]
    if ragged:
        raise ContractBroken(ragged)
    return pd.DataFrame(body, columns=names, dtype="str")


def given_table(raw: pd.DataFrame, contract: Contract, file: str, more: list[Breach]) -> pd.DataFrame:
    """The typed rows of a given table. Raises ContractBroken with the breaches of the contract and `more` together."""
    try:
        frame = typed(raw, contract, file)
    except ContractBroken as broken:
        raise ContractBroken(sorted([*broken.breaches, *more], key=lambda breach: breach.row or 0)) from broken
    if more:
        raise ContractBroken(more)
    return frame


def _decoded(content: bytes, file: str) -> str:
    if len(content) > MOST_BYTES:
        found = f"{len(content) / 1e6:.0f} MB"
        raise ContractBroken([_whole(file, found, f"Give at most {MOST_BYTES / 1e6:.0f} MB; leave rows out.")])
    if content.startswith(SPREADSHEETS):
        raise ContractBroken([_whole(file, "a spreadsheet workbook", "Save the sheet as CSV UTF-8 and give that.")])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        found = f"a character at byte {error.start} that is not UTF-8"
        raise ContractBroken([_whole(file, found, "Save it again as CSV UTF-8.")]) from error


def _whole(file: str, found: str, remedy: str) -> Breach:
    return Breach(file, None, "(whole file)", found, remedy)
