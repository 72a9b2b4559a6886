"""A block of the one-page ward: its parts, and rows of facts that carry their basis."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from analysis.present.ward_profile_tables import Own

BASIS = {"published": "published", "modelled": "modelled by us", "illustrative": "illustrative: made up"}
Rows = list[tuple[str, ...]]


@dataclass(frozen=True)
class Block:
    """A block of the sheet: its heading, when it is of, its basis, the heads and rows of its table, and a note."""

    title: str
    period: str
    basis: str
    heads: tuple[str, ...]
    rows: Rows
    note: str = ""


def basis_of(rows: pd.DataFrame) -> str:
    """The basis of some facts: one of the three, or which of them stand in it."""
    found = [basis for basis in BASIS if basis in set(rows["basis"])]
    return found[0] if len(found) == 1 else " and ".join(found)


def _named(group: str, rows: pd.DataFrame, mixed: bool) -> str:
    basis = rows["basis"].iloc[0]
    if not mixed or f"({basis})" in group:
        return group
    return f"{group} ({basis})"


def each(rows: pd.DataFrame, cells: Callable[[Own], tuple[str, ...]]) -> Rows:
    """One row a group of facts: its name, with its basis where they differ, and its cells."""
    mixed = len(set(rows["basis"])) > 1
    return [
        (_named(str(group), part, mixed), *cells({str(row["label"]): row for _, row in part.iterrows()}))
        for group, part in rows.groupby("group", sort=False)
    ]
