"""Recommendations as actions a group tracks: its own entries, written as a file and read back without guessing."""

from __future__ import annotations

import io
import re
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.refusal import Refusal
from analysis.sources.contracts import Breach

NOT_KNOWN, NOT_STARTED, UNDER_WAY, DONE, GIVEN_UP = "not known", "not started", "under way", "done", "given up"
STATUSES = (NOT_KNOWN, NOT_STARTED, UNDER_WAY, DONE, GIVEN_UP)
ID, STATUS, OWNER, REVIEW, NOTE = "recommendation_id", "status", "owner", "review_date", "note"
OWN = (STATUS, OWNER, REVIEW, NOTE)
COLUMNS = (ID, "recommendation", *OWN, "basis")
BASIS = "your own entries, not published"
MOST_LETTERS = {OWNER: 100, NOTE: 300}
LARGEST_FILE = 200_000
MOST_TOLD = 20
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
DATE_REMEDY = "Write the day as 2026-09-30 or 30/09/2026, or leave it empty."
_ISO, _BRITISH = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"), re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


@dataclass(frozen=True)
class Entry:
    """What a group says of one recommendation; `review_date` is written as 2026-09-30, or empty."""

    status: str = NOT_KNOWN
    owner: str = ""
    review_date: str = ""
    note: str = ""


def day(words: str) -> str:
    """A day in either spelling as 2026-09-30; empty stays empty. Raises Refusal on anything else."""
    text = words.strip()
    iso, british = _ISO.fullmatch(text), _BRITISH.fullmatch(text)
    parts = iso.groups() if iso else british.groups()[::-1] if british else None
    if not text:
        return ""
    try:
        return date(*(int(part) for part in parts or ())).isoformat()
    except (TypeError, ValueError):
        raise Refusal(f"Review date: found {text!r}. {DATE_REMEDY}") from None


def counted(entries: Mapping[str, Entry]) -> dict[str, int]:
    """How many recommendations and steps have each status, in the order of STATUSES."""
    return {status: sum(entry.status == status for entry in entries.values()) for status in STATUSES}


def overdue(entries: Mapping[str, Entry], today: date) -> int:
    """How many are neither done nor given up though their review date has passed."""
    open_entries = (entry for entry in entries.values() if entry.status not in (DONE, GIVEN_UP))
    return sum(bool(entry.review_date) and entry.review_date < today.isoformat() for entry in open_entries)


def as_table(recommendations: pd.DataFrame, entries: Mapping[str, Entry]) -> pd.DataFrame:
    """COLUMNS for a spreadsheet, a row a recommendation; what a reader typed cannot run there as a formula."""
    rows = [
        (name, action, entry.status, harmless(entry.owner), entry.review_date, harmless(entry.note), BASIS)
        for name, action in zip(recommendations[ID], recommendations["action"], strict=True)
        for entry in [entries.get(name, Entry())]
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def loaded(content: bytes, file: str, known: pd.Series) -> dict[str, Entry]:
    """The entries of a file as `as_table` writes it; a recommendation it leaves out is not among them.

    Raises Refusal naming every cell that cannot be read, with row, column, what was found and the remedy.
    """
    table = _read(content, file)
    breaches = [*_row_breaches(table, file, set(known))]
    if breaches:
        more = f" And {len(breaches) - MOST_TOLD} more." if len(breaches) > MOST_TOLD else ""
        raise Refusal("Nothing was changed. " + " ".join(str(breach) for breach in breaches[:MOST_TOLD]) + more)
    return {
        str(row[ID]).strip(): Entry(
            str(row[STATUS]).strip().lower(), _as_typed(row[OWNER]), day(row[REVIEW]), _as_typed(row[NOTE])
        )
        for row in table.to_dict("records")
    }


def _read(content: bytes, file: str) -> pd.DataFrame:
    if len(content) > LARGEST_FILE:
        raise Refusal(
            f"Nothing was changed. {file} is too large for a list of recommendations: load the file saved here."
        )
    try:
        table = pd.read_csv(io.StringIO(content.decode("utf-8-sig")), dtype=str, keep_default_na=False)
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError):
        raise Refusal(
            f"Nothing was changed. {file} cannot be read as a CSV file in UTF-8: save it again as CSV."
        ) from None
    absent = [name for name in (ID, *OWN) if name not in table.columns]
    if absent:
        breach = Breach(file, 1, absent[0], "no such column", f"Add the column {absent[0]!r} to the header.")
        raise Refusal(f"Nothing was changed. {breach}")
    if table.empty:
        raise Refusal(f"Nothing was changed. {Breach(file, None, ID, 'no rows', 'Restore the rows under the header.')}")
    return table


def _row_breaches(table: pd.DataFrame, file: str, known: set[str]) -> Iterator[Breach]:
    seen: set[str] = set()
    for place, row in enumerate(table.to_dict("records"), start=2):
        name, status = str(row[ID]).strip(), str(row[STATUS]).strip().lower()
        if name not in known:
            yield Breach(file, place, ID, name or "blank", "Use an identifier of the list, for example r01 or r04a.")
        elif name in seen:
            yield Breach(file, place, ID, name, "Remove the repeated row.")
        seen.add(name)
        if status not in STATUSES:
            yield Breach(file, place, STATUS, status or "blank", f"Use one of: {', '.join(STATUSES)}.")
        yield from _text_breaches(row, file, place)


def _text_breaches(row: Mapping[Hashable, str], file: str, place: int) -> Iterator[Breach]:
    try:
        day(row[REVIEW])
    except Refusal:
        yield Breach(file, place, REVIEW, row[REVIEW], DATE_REMEDY)
    for column, most in MOST_LETTERS.items():
        if len(row[column]) > most + 1:
            yield Breach(file, place, column, f"{len(row[column])} letters", f"Use at most {most} letters.")


def harmless(words: str) -> str:
    """What a reader typed, so that a spreadsheet does not run it as a formula."""
    return f"'{words}" if words.startswith(FORMULAS) else words


def _as_typed(words: str) -> str:
    """What was typed, without the mark that kept it from running as a formula."""
    return words[1:] if words.startswith("'") and words[1:].startswith(FORMULAS) else words
