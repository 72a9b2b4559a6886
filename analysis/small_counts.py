"""Which counts of a return are held back: small ones, and as many others as keep them from being worked out."""

from __future__ import annotations

import pandas as pd

from analysis.sources.tables.activity import SERVICE_GROUPS
from analysis.statistics.count_tables import one_way, two_way
from analysis.statistics.suppression import suppress


def held_back(counts: pd.Series) -> pd.Series | None:
    """True where a count is too small to show beside the total of all, or would give such a count away.

    None when no choice of counts to hide is safe while their total is shown.
    """
    known = counts.notna()
    found = suppress(one_way(counts[known].to_numpy()))
    if found.totals["hidden"].any() or not found.safe:
        return None
    hidden = pd.Series(False, index=counts.index)
    hidden[known] = found.cells["hidden"].to_numpy()
    return hidden


def hidden(counts: pd.Series) -> pd.Series:
    """The counts held back beside their total; all but the noughts where that cannot be done, and then no total."""
    found = held_back(counts)
    return counts > 0 if found is None else found


def hidden_of_services(rows: pd.DataFrame, name: str) -> pd.Series:
    """True where the count `name` of a service group is held back; `rows` has one row a quarter and group.

    Groups whose total the comparisons tell (families, young people) are held back beside that total and no other.
    """
    told = rows["service_group"].isin(SERVICE_GROUPS).rename("told")
    by = [*(key for key in ("edition", "quarter", "case_unit") if key in rows), told]
    return rows.groupby(by)[name].transform(hidden).astype(bool)


def hidden_in_grid(counts: pd.DataFrame) -> pd.DataFrame:
    """True where a count is held back beside the totals of its row and its column; every one where that fails.

    Noughts go with the rest then: where all totals are known, how many cells are not nought can tell what they are.
    """
    found = suppress(two_way(counts.to_numpy()))
    fails = bool(found.totals["hidden"].any()) or not found.safe
    marks = found.hidden.reshape(counts.shape) | fails
    return pd.DataFrame(marks, index=counts.index, columns=counts.columns)
