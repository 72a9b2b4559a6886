"""What may stand in a column and what to do where something else does, in plain words."""

from __future__ import annotations

from difflib import get_close_matches

from analysis.sources.columns import COLUMNS
from analysis.sources.contracts import STATUS_WORDS, Contract, Field
from analysis.uploads.cells import Trouble

MOST_WORDS = 16
_AREA = "an area code of the Office for National Statistics, such as "
PATTERNS = {
    "[a-z0-9_]+": "small letters, digits and underscores alone, such as sure_start_2",
    "[a-z0-9]+(-[a-z0-9]+)*": "small letters and digits joined by hyphens, such as twerton-library",
    "[a-z0-9]+([-_][a-z0-9]+)*": "small letters and digits joined by hyphens or underscores, such as twerton-library",
    "phof_[a-z0-9_]+": "phof_ and then small letters, digits and underscores, such as phof_1_01",
    r".+, lines? \d+.*": "the place in the source, ending in its line, such as Section 4, table 2, line 3",
    r"\S+( \S+){0,5}": "one to six words",
    r"\d{4}(/\d{2})?( Q[1-4])?( to \d{4}(/\d{2})?)?": "a year or years, such as 2024, 2024/25 or 2022/23 to 2024/25",
    r"20\d\d-\d\d Q[1-4]": "a financial quarter, such as 2025-26 Q1",
    r"[^=+\-@\s].*": "words that do not begin with =, +, - or @",
    r"r\d{2}[a-z]?": "r and two digits, such as r07 or r07a",
    r"r\d{2}": "r and two digits, such as r07",
    "[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}": "a postcode in capitals with one space",
    "E010[0-9]{5}": "the code of a neighbourhood (LSOA), which begins with E010 and has nine characters",
    r"E01\d{6}": "the code of a neighbourhood (LSOA), which begins with E01",
    "E0501[0-9]{4}": "the code of a ward since 2019, such as E05012488",
    "E0500[0-9]{4}": "the code of a ward of 2011 to 2019, such as E05001935",
    r"E050019\d\d|E050124\d\d": "the code of a ward of the council, such as E05012488 or E05001935",
    r"E050019\d\d": "the code of a ward of 2011 to 2019, such as E05001935",
    r"E050019\d\d|E06000022|E92000001": "the code of a ward of 2011 to 2019, E06000022 or E92000001",
    "E06000022|E92000001|K04000001": "one of: E06000022; E92000001; K04000001",
    "E06000022|E06000024|E06000054|E06000006": "one of: E06000022; E06000024; E06000054; E06000006",
    "E06[0-9]{6}": "the code of a council, such as E06000022",
    r"E(06|07|08|09|10)\d{6}": "the code of a council, such as E06000022",
    r"[EKWNS]\d{8}": f"{_AREA}E06000022",
    "[EKW][0-9]{8}": f"{_AREA}E06000022",
    "[EK][0-9]{8}": f"{_AREA}E06000022",
    r"E\d{8}": f"{_AREA}E06000022",
}


def expected(field: Field) -> str:
    """What may stand in a column."""
    if field.allowed:
        more = "; and others, listed in the template" if len(field.allowed) > MOST_WORDS else ""
        return "one of: " + "; ".join(field.allowed[:MOST_WORDS]) + more
    if field.pattern:
        return PATTERNS.get(field.pattern, "words as in the example of the template")
    if field.kind == "flag":
        return "true or false"
    if field.kind in ("integer", "number"):
        return _number(field)
    return "words"


def correction(field: Field, text: str, contract: Contract) -> str:
    """What to do about a cell that breaks its column's rule."""
    if not text:
        return "Fill in this cell. " + _no_figure(field, contract)
    near = get_close_matches(text.casefold(), field.allowed, 1) if field.allowed else []
    if near:
        return f"Write {near[0]}, if that is what is meant."
    if field.kind in ("integer", "number"):
        return "Write the number in digits alone, without words, signs of money or brackets."
    return "Write it as expected."


def mark(text: str, field: Field, contract: Contract) -> Trouble:
    """A sign that stands for no figure: it can mean four things, of which one has to be said."""
    return Trouble(
        f"{expected(field)}, or a blank with its reason",
        f"'{text}' can mean missing, suppressed, zero or does not apply. {_no_figure(field, contract)}",
    )


def _no_figure(field: Field, contract: Contract) -> str:
    """How to say that there is no figure, in a column that can say it."""
    status = dict(contract.reasons).get(field.column)
    if status is not None:
        words = next((one.allowed for one in contract.fields if one.column == status), ())
        reasons = "; ".join(f"{word} ({STATUS_WORDS[word]})" if STATUS_WORDS.get(word) else word for word in words)
        return f"Write 0 only where it is nought. Otherwise leave it blank and say why in {status}: {reasons}."
    if field.kind not in ("integer", "number"):
        return ""
    if field.blank:
        return "Write 0 only where it is nought, and leave it blank where there is no figure."
    return "Write 0 only where it is nought. Where there is no figure, leave the whole row out."


def _number(field: Field) -> str:
    noun = "a whole number" if field.kind == "integer" else "a number"
    unit = {"%": " of per cent"}.get(COLUMNS[field.column].unit, "")
    low = f" of at least {field.minimum:g}" if field.minimum is not None else ""
    high = f" and at most {field.maximum:g}" if field.maximum is not None else ""
    return f"{noun}{unit}{low}{high}"
