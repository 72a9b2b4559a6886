"""What another version changes, as sentences and tables people read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.gap import gap, lenses
from analysis.present.words import headline, number
from analysis.refusal import Refusal
from analysis.sources.library import Library
from analysis.store.differences import TableDifference
from analysis.store.findings import ENTERS, LEAVES


@dataclass(frozen=True)
class Headline:
    """The sentence the overview opens with, for one need and provision, before and after."""

    need: str
    provision: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        """Whether the sentence would be another."""
        return self.before != self.after


def headlines(before: Library, after: Library, base: str, pairs: Sequence[tuple[str, str]] = ()) -> list[Headline]:
    """The opening sentence for some pairs of need and provision; for the pair shown first where none are given."""
    needs, provisions = lenses(base)
    asked = pairs or [(needs[0].id, provisions[0].id)]
    return [
        Headline(need, given, *(_said(library, base, need, given) for library in (before, after)))
        for need, given in asked
    ]


def _said(library: Library, base: str, need: str, provided: str) -> str:
    try:
        return headline(gap(library, base, need, provided))[0]
    except Refusal as refused:
        return str(refused)


def summary(found: Sequence[TableDifference], flipped: pd.DataFrame) -> str:
    """What a version changes, as one or two sentences."""
    if not found:
        return "Nothing differs."
    added, changed, lost = (sum(getattr(one, name) for one in found) for name in ("added", "changed", "lost"))
    tables = "1 table differs" if len(found) == 1 else f"{len(found)} tables differ"
    first = f"{tables}: {number(added)} figures added, {number(changed)} changed and {number(lost)} lost."
    if flipped.empty:
        return f"{first} No finding would be another."
    enter, leave = (int((flipped["certain"] == which).sum()) for which in (ENTERS, LEAVES))
    findings = "1 finding would be another" if len(flipped) == 1 else f"{len(flipped)} findings would be others"
    sure = f"; wards under-provided for certain: {enter} more, {leave} fewer" if enter or leave else ""
    return f"{first} {findings}{sure}."


def tables(found: Sequence[TableDifference]) -> pd.DataFrame:
    """One row a table that differs: what it is called and how many figures were added, changed and lost."""
    rows = [(one.title, one.change, one.added, one.changed, one.lost, one.rows_before, one.rows_after) for one in found]
    names = ["Table", "The table is", "Added", "Changed", "Lost", "Rows before", "Rows after"]
    return pd.DataFrame(rows, columns=names)


def cells(one: TableDifference) -> pd.DataFrame:
    """The figures of a table that differ, as read: row, column, before, after, difference and as a per cent."""
    percent = 100 * one.cells["relative"].astype(float)
    return pd.DataFrame(
        {
            "Row": one.cells["key"],
            "Column": one.cells["column"],
            "Figure": one.cells["change"],
            "Before": one.cells["before"],
            "After": one.cells["after"],
            "Difference": one.cells["difference"],
            "Difference, %": percent.round(1),
        }
    )


def findings(flipped: pd.DataFrame) -> pd.DataFrame:
    """The findings that flip, as read."""
    sure = {ENTERS: "becomes under-provided for certain", LEAVES: "is no longer under-provided for certain", "": ""}
    return pd.DataFrame(
        {
            "Finding": flipped["subject"],
            "Area": flipped["area"].where(flipped["area"] != "", flipped["area_code"]),
            "Before": flipped["before"],
            "After": flipped["after"],
            "For certain": flipped["certain"].map(sure),
        }
    )
