"""What a return would change, service by service, with every count that may not be shown held back."""

from __future__ import annotations

import pandas as pd

from analysis.statistics.count_tables import one_way
from analysis.statistics.suppression import suppress

KEY = ["edition", "quarter", "service_group", "service", "case_unit"]
REPLACED_BY = {
    "ACTIVITY": ["quarter", "service_group", "service"],
    "ACTIVITY_DETAIL": ["quarter", "service_group", "dimension"],
}
SHOWN, HIDDEN, ABSENT = "ok", "suppressed", "missing"


def changes(held: pd.DataFrame, given: pd.DataFrame) -> pd.DataFrame:
    """Cases supported in the council by edition, quarter and service, as held now and as they would be held.

    Both are typed rows of ACTIVITY. Only the quarters and services that are given, or that would go, have a row.
    Columns: the key, `before` and `after` (missing unless the status is ok), `before_status` and `after_status` (ok,
    suppressed because small or because it would give a small one away, or missing because not in the return),
    `before_basis` and `after_basis`. Counts are safe beside the total of their quarter and case unit.
    """
    before = held[held["edition"].isin(given["edition"].unique())]
    after = merged(before, given, "ACTIVITY")
    both = _shown(before, "before").join(_shown(after, "after"), how="outer").sort_index()
    for name in ("before", "after"):
        both[f"{name}_status"] = both[f"{name}_status"].fillna(ABSENT)
        both[f"{name}_basis"] = both[f"{name}_basis"].fillna("")
    touched = both.index.isin(given.groupby(KEY).size().index) | both["after_status"].eq(ABSENT)
    return both[touched].reset_index()


def merged(held: pd.DataFrame, given: pd.DataFrame, contract: str) -> pd.DataFrame:
    """The rows held under a contract with those given in their place.

    Of the editions given, illustrative rows go, and so do rows of the same quarter and service (or dimension); other
    quarters of an own return loaded before stay, and so does every other edition.
    """
    parts = REPLACED_BY[contract]
    ours = held["edition"].isin(given["edition"].unique())
    again = pd.MultiIndex.from_frame(held[parts]).isin(pd.MultiIndex.from_frame(given[parts]))
    kept = held[~(ours & (held["basis"].eq("illustrative") | again))]
    return pd.concat([kept, given], ignore_index=True)


def _shown(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """Counts of each service and quarter, hidden where small or where they would give a small one away."""
    counts = rows.groupby(KEY).agg(cases=("supported", "sum"), basis=("basis", _basis))
    hidden = counts.groupby(["edition", "quarter", "case_unit"])["cases"].transform(_held_back).astype(bool)
    return pd.DataFrame(
        {
            name: counts["cases"].astype(float).mask(hidden),
            f"{name}_status": hidden.map({True: HIDDEN, False: SHOWN}),
            f"{name}_basis": counts["basis"],
        }
    )


def _held_back(cases: pd.Series) -> pd.Series:
    found = suppress(one_way(cases.to_numpy(int)))
    unsafe = bool(found.totals["hidden"].any()) or not found.safe
    return pd.Series(True if unsafe else found.cells["hidden"].to_numpy(bool), index=cases.index)


def _basis(given: pd.Series) -> str:
    return "illustrative" if given.eq("illustrative").any() else str(given.max())
