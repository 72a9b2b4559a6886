"""Localities as a CSV file: the one kept with the edition, and those that are loaded and saved."""

from __future__ import annotations

import pandas as pd

from analysis.localities import Set, with_locality
from analysis.refusal import Refusal
from analysis.sources.contracts import Breach, ContractBroken, typed
from analysis.sources.library import Library
from analysis.sources.tables import CONTRACTS
from analysis.sources.uploads import given_text

CONTRACT = CONTRACTS["LOCALITIES"]


def to_csv(localities: Set) -> bytes:
    """The set as a file of the contract LOCALITIES, ready to be kept with the edition."""
    rows = [(one.edition_id, one.name, ward) for one in localities for ward in one.wards]
    table = pd.DataFrame(rows, columns=CONTRACT.columns).sort_values(list(CONTRACT.key), kind="stable")
    return table.to_csv(index=False, lineterminator="\n").encode("utf-8")


def from_csv(library: Library, content: bytes, file: str) -> Set:
    """The set that a file holds, by edition and name. Raises Refusal listing every fault with its row and column."""
    try:
        raw = given_text(content, file)
        return _localities(library, typed(raw, CONTRACT, file), file)
    except ContractBroken as broken:
        raise Refusal(str(broken)) from broken


def kept(library: Library) -> Set:
    """The localities kept with the editions. Raises Refusal listing those that may not be made."""
    try:
        return _localities(library, library.table(CONTRACT.name), library.entry(CONTRACT.name).path)
    except ContractBroken as broken:
        raise Refusal(str(broken)) from broken


def _localities(library: Library, table: pd.DataFrame, file: str) -> Set:
    made: Set = ()
    breaches = []
    for (edition, name), rows in table.groupby(["edition", "locality"]):
        try:
            made = with_locality(library, made, str(edition), str(name), list(rows["area_code"]))
        except Refusal as refused:
            breaches.append(Breach(file, int(rows.index[0]) + 2, "locality", str(name), str(refused)))
    if breaches:
        raise ContractBroken(breaches)
    return made
