"""Where people live: postcodes placed in wards row by row, and rows of one ward added up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.returns.postcodes import places
from analysis.returns.wards import Wards
from analysis.sources.contracts import Contract
from analysis.sources.library import Library
from analysis.uploads.findings import Findings
from analysis.uploads.remarks import remark

if TYPE_CHECKING:
    from analysis.returns.tables import Rows

COUNTED = ["supported", "open_at_end", "new", "closed", "waiting"]
HOW = "Each postcode was turned into the ward its centre lies in and kept nowhere; rows of a ward were added up."
MEDIANS = "A median cannot be made from medians, so weeks waited are marked as not recorded where rows were added up."


def place(rows: Rows, library: Library, wards: Wards, findings: Findings) -> pd.Series | None:
    """The postcodes as keys for finding repeats, once each is turned into a ward; None where there are none.

    The column is taken out of the rows; a postcode that cannot be placed is a fault that shows its first half alone.
    """
    if "postcode" not in rows.text:
        return None
    written = rows.text.pop("postcode").astype(str)
    rows.found.pop("postcode")
    codes = rows.text.get("area_code", pd.Series("", index=written.index))
    editions = rows.text.get("edition", pd.Series("", index=written.index))
    known = {edition: places(library, edition, written[editions.eq(edition)]) for edition in wards.names}
    needed = written.ne("") & codes.eq("")
    for at in written.index[needed & editions.isin(list(known))]:
        found = known[editions[at]][written[at]]
        codes[at] = found.ward
        if found.reason:
            first = f"{found.outward} …" if found.outward else "not a postcode"
            expected = "a postcode of the council, in use"
            findings.add([remark(rows.sheet, rows.numbers[at], "postcode", first, expected, found.reason)])
    rows.text["area_code"] = codes
    rows.text["unplaced"] = needed & codes.eq("")
    if needed.any():
        findings.notes.append(remark(rows.sheet, None, "postcode", f"{int(needed.sum()):,} postcodes", "wards", HOW))
    return written.str.upper().str.replace(r"\s", "", regex=True)


def by_ward(frame: pd.DataFrame, contract: Contract, sheet: str, findings: Findings) -> pd.DataFrame:
    """The rows of each ward, service, quarter and life stage added up."""
    keys = [*contract.key, "case_unit"]
    groups = frame.groupby(keys, sort=False, as_index=False)
    if groups.ngroups == len(frame):
        return frame
    added = groups.agg(
        **{name: (name, "sum") for name in COUNTED},
        provider=("provider", "first"),
        capacity=("capacity", lambda places: places.sum(min_count=1)),
        capacity_status=("capacity_status", _one_reason),
        weeks_waited=("weeks_waited", lambda weeks: weeks.iloc[0] if len(weeks) == 1 else float("nan")),
        weeks_status=("weeks_status", lambda given: given.iloc[0] if len(given) == 1 else "missing"),
        basis=("basis", "max"),
    )
    several = added["weeks_status"].eq("missing")
    added.loc[several & added["waiting"].eq(0), "weeks_status"] = "not_applicable"
    added.loc[added["capacity_status"].ne("ok"), "capacity"] = pd.NA
    findings.notes.append(remark(sheet, None, "weeks_waited", f"{len(frame):,} rows", f"{len(added):,} rows", MEDIANS))
    return added[contract.columns]


def _one_reason(given: pd.Series) -> str:
    return str(given.iloc[0]) if given.eq(given.iloc[0]).all() else "missing"
