"""A projected number of children by ward, read from a CSV with every fault told at once."""

from __future__ import annotations

import csv
import io

from analysis.refusal import Refusal
from analysis.scenario.steps import MOST_PLACES
from analysis.scenario.today import Today

COLUMNS = ("area_code", "children")
MOST_BYTES = 100_000
MOST_TOLD = 12


def projected_children(content: bytes, today: Today) -> dict[str, int]:
    """Projected children by ward code, for some or all wards of the edition; a ward left out stays as it is.

    The file has two columns, area_code and children. Raises Refusal listing every fault by row and column.
    """
    rows = _rows(content)
    names = dict(zip(today.wards["area_code"], today.wards["area_name"], strict=True))
    found: dict[str, int] = {}
    faults: list[str] = []
    for number, row in rows:
        code = (row.get("area_code") or "").strip()
        children = (row.get("children") or "").strip()
        told = _faults(number, code, children, found, names, today.edition)
        if None in row:
            told.append(f"row {number} has {2 + len(row[None])} cells, not 2; give a code and a number.")
        faults += told
        if not told:
            found[code] = int(children)
    if faults:
        more = f"\n- and {len(faults) - MOST_TOLD} more" if len(faults) > MOST_TOLD else ""
        listed = "\n".join(f"- {fault}" for fault in faults[:MOST_TOLD])
        raise Refusal(f"The projection was not used, because:\n{listed}{more}")
    if not any(found.values()):
        raise Refusal("The projection holds no ward with any children. Give at least one row.")
    return found


def _rows(content: bytes) -> list[tuple[int, dict]]:
    if len(content) > MOST_BYTES:
        raise Refusal(f"The file holds {len(content):,} bytes; a projection by ward has at most {MOST_BYTES:,}.")
    try:
        text = content.decode("utf-8-sig")
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        rows = [(reader.line_num, dict(row)) for row in reader]
    except (UnicodeDecodeError, csv.Error):
        raise Refusal("The file cannot be read as CSV text. Save the sheet as CSV (UTF-8) and try again.") from None
    if tuple(name.strip() for name in reader.fieldnames or ()) != COLUMNS:
        shown = ", ".join(reader.fieldnames or ()) or "none"
        raise Refusal(f"Row 1 must hold the columns {' and '.join(COLUMNS)}, in that order, but holds: {shown[:80]}.")
    return [(line, {(key.strip() if key else key): value for key, value in row.items()}) for line, row in rows]


def _counted(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 6 and int(text) <= MOST_PLACES


def _faults(
    row: int, code: str, children: str, before: dict[str, int], names: dict[str, str], edition: str
) -> list[str]:
    faults = []
    if code not in names:
        faults.append(
            f"row {row}, column area_code: {code[:20]!r} is not a ward of the {edition} edition; give a code such as "
            f"{next(iter(names))}."
        )
    elif code in before:
        faults.append(f"row {row}, column area_code: {names[code]} ({code}) stands twice; leave one row out.")
    if not _counted(children):
        faults.append(
            f"row {row}, column children: {children[:20]!r} is not a whole number from 0 to {MOST_PLACES:,}; write it "
            "in digits only."
        )
    return faults
