"""What a return would change, service by service, with every count that may not be shown held back."""

from __future__ import annotations

import pandas as pd

from analysis.small_counts import hidden, hidden_of_services

GROUP = ["edition", "quarter", "case_unit", "service_group"]
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
    `before_basis` and `after_basis`. What is held is shown as the page Activity shows its group, and `after` depends on
    what is given alone, so that no file made up for the purpose can sound out the counts that are held.
    """
    before = held[held["edition"].isin(given["edition"].unique())]
    was, will_be = _shown(before, "before"), _shown(given, "after")
    gone = ~was.index.isin(merged(before, given, "ACTIVITY").groupby(KEY).size().index)
    both = was[gone | was.index.isin(will_be.index)].join(will_be, how="outer").sort_index()
    for name in ("before", "after"):
        both[f"{name}_status"] = both[f"{name}_status"].fillna(ABSENT)
        both[f"{name}_basis"] = both[f"{name}_basis"].fillna("")
    return both.reset_index()


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
    """Counts of each service and quarter: none of a group held back, and otherwise held back beside their group."""
    counts = rows.groupby(KEY).agg(cases=("supported", "sum"), basis=("basis", _basis))
    groups = counts.groupby(GROUP)["cases"].sum().reset_index()
    lost = groups[hidden_of_services(groups, "cases")].set_index(GROUP).index
    of_lost = pd.MultiIndex.from_frame(counts.reset_index()[GROUP]).isin(lost)
    marks = counts.groupby(GROUP)["cases"].transform(hidden).astype(bool) | (of_lost & counts["cases"].gt(0))
    return pd.DataFrame(
        {
            name: counts["cases"].astype(float).mask(marks),
            f"{name}_status": marks.map({True: HIDDEN, False: SHOWN}),
            f"{name}_basis": counts["basis"],
        }
    )


def _basis(given: pd.Series) -> str:
    return "illustrative" if given.eq("illustrative").any() else str(given.max())
