"""A block of the one-page ward: its parts, and rows of facts that carry their basis."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from analysis.present.ward_profile_tables import Own
from analysis.present.ward_view import each_source

BASIS = {"published": "published", "modelled": "modelled by us", "illustrative": "illustrative: made up"}
Rows = list[tuple[str, ...]]
Sources = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Block:
    """A block of the sheet: its heading, when it is of, its basis, the heads and rows of its table, and a note.

    `basis` is blank where there is no figure; `sources` are the files behind it, each with the places in it.
    """

    title: str
    period: str
    basis: str
    heads: tuple[str, ...]
    rows: Rows
    note: str = ""
    sources: Sources = ()


def basis_of(rows: pd.DataFrame) -> str:
    """The basis of some facts: one of the three, or which of them stand in it."""
    found = [basis for basis in BASIS if basis in set(rows["basis"])]
    return found[0] if len(found) == 1 else " and ".join(found)


def cited(rows: pd.DataFrame) -> Sources:
    """The files behind some facts, each once with the places in it that the facts give, in the order first used."""
    found: dict[str, dict[str, None]] = {}
    for told, locator in zip(rows["source"], rows["locator"], strict=True):
        first, *others = each_source(str(told)) or [""]
        found.setdefault(first, {}).update({str(locator): None} if locator else {})
        found.update({other: found.get(other, {}) for other in others})
    return tuple((name, tuple(places)) for name, places in found.items() if name)


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
