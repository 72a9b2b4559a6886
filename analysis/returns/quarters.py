"""Financial quarters: the spellings people use, and what a date or a year was probably meant to be."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

CANONICAL = re.compile(r"20\d\d-\d\d Q[1-4]")
MONTHS = {1: "April to June", 2: "July to September", 3: "October to December", 4: "January to March"}
_YEARS = re.compile(r"(?<!\d)(?:20)?(\d\d)\s*[-/–]\s*(?:20)?(\d\d)(?!\d)")
_QUARTER = re.compile(r"q(?:uarter|tr)?\.?\s*([1-4])(?!\d)", re.IGNORECASE)
_LEFT_OVER = re.compile(r"[\s,.:()\-]*")
_EXCEL_FIRST_DAY = date(1899, 12, 30)
_SERIALS = (36526, 73050)


def canonical(text: str) -> str | None:
    """A spelling such as Q1 2025/26 written as 2025-26 Q1; None where it is no quarter of a financial year."""
    years, quarter = _YEARS.search(text), _QUARTER.search(text)
    if years is None or quarter is None:
        return None
    rest = _QUARTER.sub("", _YEARS.sub("", text, count=1), count=1)
    return f"20{years[1]}-{years[2]} Q{quarter[1]}" if _LEFT_OVER.fullmatch(rest) else None


def whole_year(text: str) -> str | None:
    """The financial year of a cell that names one without a quarter, as 2025-26; None where it does not."""
    years = _YEARS.search(text)
    follows = years is not None and int(years[2]) == (int(years[1]) + 1) % 100
    return f"20{years[1]}-{years[2]}" if years is not None and follows and not _QUARTER.search(text) else None


def of_day(day: date) -> str:
    """The financial quarter a day falls in."""
    year = day.year if day.month >= 4 else day.year - 1
    return f"{year}-{(year + 1) % 100:02d} Q{(day.month - 4) // 3 % 4 + 1}"


def advice(cell: object) -> tuple[str, str]:
    """What was expected of a quarter, and what to do about a cell that holds none."""
    expected = "a financial quarter such as 2025-26 Q1"
    day = _day(cell)
    if day is not None:
        quarter = of_day(day)
        return (
            expected,
            f"This is a date. It falls in {quarter} ({MONTHS[int(quarter[-1])]}): write the quarter as text.",
        )
    year = whole_year(str(cell))
    if year:
        return expected, f"This is the whole year {year}. Give a row for each quarter, {year} Q1 to {year} Q4, instead."
    return expected, "Write the financial year and the quarter, such as 2025-26 Q1 for April to June 2025."


def _day(cell: object) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and _SERIALS[0] <= cell <= _SERIALS[1]:
        return _EXCEL_FIRST_DAY + timedelta(days=int(cell))
    return _written_day(str(cell).strip()) if isinstance(cell, str) else None


def _written_day(text: str) -> date | None:
    for style in ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d %B %Y", "%d %b %Y"):
        try:
            return datetime.strptime(text, style).date()
        except ValueError:
            continue
    return None
