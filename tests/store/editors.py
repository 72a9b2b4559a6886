"""What editors do in tests: two tables stamped with one number, so that a mixture would show."""

from __future__ import annotations

import pandas as pd

from analysis.sources.library import Library
from analysis.store.database import Store
from analysis.store.drafts import put_table, start_draft
from analysis.store.publishing import publish, shown_now

STAMPED = ("ACTIVITY", "SITES")


def shown(store: Store, base: str = "2026") -> int:
    """The publication everybody sees of a base."""
    return shown_now(store)[base].id


def stamp(library: Library, number: int) -> dict[str, pd.DataFrame]:
    """Both tables with a number in each."""
    activity, sites = library.table("ACTIVITY"), library.table("SITES")
    return {
        "ACTIVITY": activity.assign(capacity=1000 + number),
        "SITES": sites.assign(source_title=f"stamp {number}"),
    }


def stamped(library: Library) -> tuple[set[int], set[int]]:
    """The numbers found in each of the two tables."""
    titles = set(library.table("SITES")["source_title"])
    sites = {int(title.removeprefix("stamp ")) if title.startswith("stamp ") else -900 for title in titles}
    return {int(number) - 1000 for number in set(library.table("ACTIVITY")["capacity"])}, sites


def draft_of(store: Store, library: Library, number: int, who: str = "Ann") -> int:
    """A draft that holds both tables stamped."""
    draft = start_draft(store, "2026", f"Draft {number}", who)
    for contract, frame in stamp(library, number).items():
        put_table(store, draft, contract, frame, {}, f"{contract}-{number}.csv", who)
    return draft


def published_as(store: Store, library: Library, number: int, who: str = "Ann") -> int:
    """A publication whose tables are stamped."""
    return publish(store, draft_of(store, library, number, who), shown(store), who)
