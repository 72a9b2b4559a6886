"""The ways a cell may be written, in words: what a contract asks with a pattern."""

from __future__ import annotations

WARD_NOW, WARD_BEFORE = "such as E05012488", "such as E05001935"
CODE = "small letters, digits and _ without spaces"
YEARS = "a year, or years from and to, such as 2024, 2024/25, 2024/25 Q1 or 2018 to 2020"

WORDS = {
    r"[EKW][0-9]{8}": "the nine-character code of an area, such as E06000022",
    r"[EK][0-9]{8}": "the nine-character code of an area, such as E06000022",
    r"[EKWNS]\d{8}": "the nine-character code of an area, such as E06000022",
    r"E\d{8}": "the nine-character code of an area in England, such as E06000022",
    r"E06[0-9]{6}": "the code of a unitary council, such as E06000022",
    r"E0[6-9][0-9]{6}": "the code of a council, such as E06000022",
    r"E(06|07|08|09|10)\d{6}": "the code of a council, such as E06000022",
    r"E010[0-9]{5}": "the code of a neighbourhood (LSOA), such as E01014370",
    r"E01\d{6}": "the code of a neighbourhood (LSOA), such as E01014370",
    r"E0500[0-9]{4}": f"the code of a ward of 2011 to 2019, {WARD_BEFORE}",
    r"E050019\d\d": f"the code of a ward of 2011 to 2019, {WARD_BEFORE}",
    r"E0501[0-9]{4}": f"the code of a ward since 2019, {WARD_NOW}",
    r"E05[0-9]{6}": f"the code of a ward, {WARD_NOW}",
    r"E050019\d\d|E050124\d\d": f"the code of a ward of the row's edition, {WARD_NOW}",
    r"E050019\d\d|E06000022|E92000001": (
        "the code of a ward of 2011 to 2019, of Bath and North East Somerset (E06000022) or of England (E92000001)"
    ),
    r"E06000022|E92000001|K04000001": (
        "E06000022 (Bath and North East Somerset), E92000001 (England) or K04000001 (England and Wales)"
    ),
    r"E06000022|E06000024|E06000054|E06000006": (
        "E06000022 (Bath and North East Somerset), E06000024 (North Somerset), E06000054 (Wiltshire) "
        "or E06000006 (Halton)"
    ),
    r".+, lines? \d+.*": "where in the source, ending in the line or lines, such as Section 4.4, line 812",
    r"[a-z0-9_]+": f"a short name: {CODE}",
    r"phof_[a-z0-9_]+": f"a short name that begins with phof_: {CODE}",
    r"[a-z0-9]+(-[a-z0-9]+)*": "a short name: small letters and digits, with - between its parts",
    r"[a-z0-9]+([-_][a-z0-9]+)*": "a short name: small letters and digits, with - or _ between its parts",
    r"r\d{2}[a-z]?": "r and two digits, and a letter for a step, such as r04 or r04a",
    r"r\d{2}": "r and two digits, such as r04",
    r"\S+( \S+){0,5}": "at most six words of the source, enough to find the place",
    r"20\d\d-\d\d Q[1-4]": "a financial quarter, such as 2025-26 Q1",
    r"[^=+\-@\s].*": "words that do not begin with =, +, -, @ or a space",
    r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}": "a postcode with its space, such as BA1 1JQ",
    r"\d{4}(/\d{2})?( Q[1-4])?( to \d{4}(/\d{2})?)?": YEARS,
}


def in_words(pattern: str) -> str:
    """How a cell is to be written, in words; the pattern itself where nobody has written the words."""
    return WORDS.get(pattern, pattern)
