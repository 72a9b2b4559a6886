"""Laws of the sums by service: nothing small comes back through cases that stay, close and begin the next quarter."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis.activity import COUNTS, _hidden

GROUPS = {"children_centres": "family", "family_support": "family", "domestic_abuse": "family", "youth": "child"}
QUARTERS = ("2025-26 Q1", "2025-26 Q2", "2025-26 Q3")
FEW = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 9, 20, 60])


@st.composite
def flows(draw: st.DrawFn) -> pd.DataFrame:
    """Three quarters of four services, in which what is open at the end of one begins the next."""
    rows = []
    for group, unit in GROUPS.items():
        held = draw(FEW)
        for quarter in QUARTERS:
            new = draw(FEW)
            closed = min(draw(FEW), held + new)
            row = {"quarter": quarter, "case_unit": unit, "service_group": group}
            rows.append({**row, "supported": held + new, "new": new, "closed": closed, "waiting": draw(FEW)})
            held += new - closed
            rows[-1]["open_at_end"] = held
    return pd.DataFrame(rows).sort_values(["quarter", "service_group"], ignore_index=True)


@given(flows())
def test_no_small_count_is_shown_or_follows_from_those_shown(summed: pd.DataFrame) -> None:
    marks = _hidden(summed)
    cell = {
        (row["service_group"], row["quarter"], name): (row[name], bool(marks.loc[place, name]))
        for place, row in summed.iterrows()
        for name in COUNTS
    }
    known = {key for key, (_, held) in cell.items() if not held}
    lines = [*_identities(), *_told({key: count for key, (count, _) in cell.items()})]
    for _ in range(len(cell)):
        told = {(line - known).pop() for line in lines if len(line - known) == 1}
        if not told:
            break
        known |= told
    assert not [key for key in known if 0 < cell[key][0] < 5]


@given(flows())
def test_nothing_is_held_back_where_all_is_many(summed: pd.DataFrame) -> None:
    counts = summed.assign(supported=100, open_at_end=60, closed=40, new=30, waiting=10)
    assert not np.asarray(_hidden(counts)).any()


Key = tuple[str, str, str]


def _identities() -> list[set[Key]]:
    """Sets of counts any one of which follows from the others."""
    lines = []
    for group in GROUPS:
        for number, quarter in enumerate(QUARTERS):
            lines.append({(group, quarter, name) for name in ("supported", "open_at_end", "closed")})
            if number:
                carried = (group, QUARTERS[number - 1], "open_at_end")
                lines.append({(group, quarter, "supported"), (group, quarter, "new"), carried})
    return lines


def _told(counts: dict[Key, int]) -> list[set[Key]]:
    """Counts whose total the Overview or Met need tells, which neither does of a total from 1 to 4."""
    lines = [
        {(group, quarter, name) for group in ("children_centres", "family_support")}
        for quarter in QUARTERS
        for name in ("supported", "waiting")
    ]
    return [line for line in lines if not 0 < sum(counts[key] for key in line) < 5]
