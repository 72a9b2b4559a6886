"""Cells as people and spreadsheet programs write them, read as the text a contract knows, or refused with a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from analysis.sources.columns import COLUMNS
from analysis.sources.contracts import DIGITS as WRITTEN
from analysis.sources.contracts import LARGEST, Contract, Field
from analysis.uploads import cells
from analysis.uploads.cells import DIGITS, THOUSANDS, Reading, Trouble, plain, was_spaced
from analysis.uploads.extents import FORMULA, NO_FORMULA
from analysis.uploads.headings import normalised
from analysis.uploads.limits import LONGEST_TEXT
from analysis.uploads.reading import Percent
from analysis.uploads.words import expected, mark

PER_CENT, SHARE, DATE, FLAG = "per cent", "a share", "a date", "TRUE or FALSE"
WHY = cells.WHY | {
    PER_CENT: "The sign % was left out: the column is of per cent.",
    SHARE: "A per cent was read as a share of 1.",
    DATE: "A date was read as year, month and day.",
    FLAG: "TRUE or FALSE was read as a word.",
}
_SIGNS = {"-", "–", "—", "--", "..", ".", "...", "…", ":", "?", "*", "**", "~", "[c]", "[x]", "[z]", "[u]", "[low]"}
_LETTERS = {"c", "x", "z", "u", "n/a", "na", "n.a.", "n.a", "nil", "none", "null", "nan"}
_WORDS = {"missing", "suppressed", "unknown", "not known", "not applicable", "not available", "not_applicable"}
MARKS = _SIGNS | _LETTERS | _WORDS | {"cannot_calculate"}
ERRORS = ("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA")
TRUE, FALSE = ("true", "yes", "y", "wahr", "vrai"), ("false", "no", "n", "falsch", "faux")
LEADS = ("=", "+", "-", "@")
_LOST = "�"
NO_ERROR = Trouble("a value, not an error of a formula", "Correct the formula in your file, then paste its value here.")
NO_LEAD = Trouble(
    "words that do not begin with =, +, - or @", "A spreadsheet takes them for a formula: begin otherwise."
)
NOT_SEEN = Trouble("characters that can be seen", "Type the cell again: it holds a hidden or damaged character.")
TOO_LONG = Trouble(f"at most {LONGEST_TEXT:,} characters", "Shorten the text.")
NOT_PLAIN = Trouble("letters and digits of the English alphabet", "Type the code again.")
NO_DATE = "The spreadsheet made a date of it. Format the column as text (or number) and type the cell again."
NO_FLAG = "The spreadsheet made TRUE or FALSE of it. Format the column as text (or number) and type the cell again."


def reader(field: Field, contract: Contract, *, from_workbook: bool) -> Callable[[object], Reading]:
    """What reads one cell of a column: its text as the contract knows it, and what is to be said of it."""
    strict = bool(field.allowed or field.pattern or field.kind != "text" or field.column in contract.key)
    words = {normalised(word): word for word in field.allowed}

    def read(cell: object) -> Reading:
        if isinstance(cell, bool):
            return _flag(cell, field, strict=strict)
        if isinstance(cell, (datetime, date, time, timedelta)):
            return _moment(cell, field, strict=strict)
        text = plain(cell)
        spaced = (cells.SPACES,) if was_spaced(cell, text) else ()
        if not text:
            return Reading("")
        trouble = unfit(text)
        if trouble is not None:
            return Reading(text, spaced, trouble)
        if field.kind in ("integer", "number"):
            return _number(cell, text, spaced, field, contract, from_workbook=from_workbook)
        return _word(cell, text, spaced, field, words)

    return read


def unfit(text: str) -> Trouble | None:
    """Why a text may stand in no column at all."""
    if text.upper() in ERRORS or text.startswith("Err:5"):
        return NO_ERROR
    if _LOST in text or not text.isprintable():
        return NOT_SEEN
    if text.startswith(("=", "@")):
        return Trouble(NO_FORMULA, FORMULA) if text.startswith("=") else NO_LEAD
    return TOO_LONG if len(text) > LONGEST_TEXT else None


def _flag(cell: bool, field: Field, *, strict: bool) -> Reading:
    text = plain(cell)
    if field.kind == "flag" or text in field.allowed:
        return Reading(text)
    return Reading(text, (), Trouble(expected(field), NO_FLAG)) if strict else Reading(text, (FLAG,))


def _moment(cell: datetime | date | time | timedelta, field: Field, *, strict: bool) -> Reading:
    day = isinstance(cell, date)
    if strict or not day:
        return Reading(plain(cell), (), Trouble(expected(field), NO_DATE))
    midnight = isinstance(cell, datetime) and cell.time() == time()
    return Reading(plain(cell.date() if midnight and isinstance(cell, datetime) else cell), (DATE,))


def _word(cell: object, text: str, spaced: tuple[str, ...], field: Field, words: dict[str, str]) -> Reading:
    if isinstance(cell, Percent):
        return Reading(text, spaced, Trouble(expected(field), "Format the column as text and type the cell again."))
    if text.startswith(LEADS):
        return Reading(text, spaced, NO_LEAD)
    if field.kind == "code" and not text.isascii():
        return Reading(text, spaced, NOT_PLAIN)
    meant = text
    if field.kind == "flag":
        low = text.casefold()
        meant = "true" if low in TRUE else "false" if low in FALSE else text
    elif field.allowed and text not in field.allowed:
        meant = words.get(normalised(text), text)
    if field.kind == "code" and meant != meant.upper() and (field.pattern or "").startswith(("E", "[E")):
        meant = meant.upper()
    silent = meant == text or (field.kind == "flag" and text == meant.upper())
    return Reading(meant, spaced if silent else (*spaced, cells.READ_AS))


def _number(
    cell: object, text: str, reasons: tuple[str, ...], field: Field, contract: Contract, *, from_workbook: bool
) -> Reading:
    if text.casefold() in MARKS:
        return Reading(text, reasons, mark(text, field, contract))
    if isinstance(cell, Percent):
        return _per_cent(f"{Decimal(repr(float(cell))) * 100:f}", reasons, field) if _finite(cell) else Reading(text)
    if text.endswith("%"):
        bare = text[:-1].strip()
        return _per_cent(bare, reasons, field) if DIGITS.fullmatch(bare) else Reading(text, reasons)
    if THOUSANDS.fullmatch(text):
        text, reasons = text.replace(",", ""), (*reasons, cells.COMMAS)
    elif isinstance(cell, str) and from_workbook and DIGITS.fullmatch(text):
        reasons = (*reasons, cells.AS_TEXT)
    return Reading(_written(text), reasons)


def _per_cent(bare: str, reasons: tuple[str, ...], field: Field) -> Reading:
    """What a % means depends on the column: of per cent, a share of 1, or something it cannot stand beside."""
    if COLUMNS[field.column].unit == "%":
        return Reading(_written(bare), (*reasons, PER_CENT))
    if field.kind == "number" and (field.minimum, field.maximum) == (0, 1):
        return Reading(_written(f"{Decimal(bare) / 100:f}"), (*reasons, SHARE))
    unit = COLUMNS[field.column].unit
    remedy = f"The column counts {unit}." if unit else "Whether 12% means 12 or 0.12 here cannot be told."
    return Reading(f"{bare}%", reasons, Trouble(expected(field), f"{remedy} Write the figure without %."))


def _finite(number: float) -> bool:
    return abs(number) <= LARGEST


def _written(text: str) -> str:
    """A number as the store writes it, so that 5, 5.0 and 05 are one; anything else as it is."""
    bare = text.removeprefix("+")
    if not WRITTEN.fullmatch(bare) or not _finite(float(bare)):
        return text
    return plain(float(bare))
