"""Wards of both vintages: which codes an edition knows, and what to do about one it does not."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.editions import EDITIONS
from analysis.returns.words import slug
from analysis.sources.library import Library

LEAST_SHARE = 0.01


@dataclass(frozen=True)
class Wards:
    """The wards of each edition by code, with names, and where the homes of a ward went in the other vintage."""

    names: dict[str, dict[str, str]]
    moved: pd.DataFrame

    def knows(self, edition: str, code: str) -> bool:
        """Whether a code is a ward of the edition; of any edition where the edition itself is not known."""
        return code in self.names.get(edition, {}) or (edition not in self.names and bool(self._editions(code)))

    def advice(self, edition: str, found: str) -> str:
        """What to do about a cell that is no ward code of its edition."""
        if not found:
            return "Give the code of the ward where the family or child lives, or a postcode in a column of that name."
        others = self._editions(found)
        if others:
            return self._other_vintage(edition, found, others[0])
        named = self._named(edition, found)
        if named:
            return f"A name may stand for two areas, so wards go by code: {named}."
        return "No ward of Bath and North East Somerset has this code. Take one from the sheet Lists of the template."

    def _editions(self, code: str) -> list[str]:
        return [edition for edition, held in self.names.items() if code in held]

    def _named(self, edition: str, words: str) -> str:
        nearest = sorted(self.names, key=lambda other: other != edition)
        found = [
            f"{code} is {name} in edition {other}"
            for other in nearest
            for code, name in self.names[other].items()
            if slug(name) == slug(words)
        ]
        return "; ".join(found)

    def _other_vintage(self, edition: str, code: str, other: str) -> str:
        mine, theirs = EDITIONS[other].ward_column, EDITIONS[edition].ward_column
        share = f"postcode_share_of_{mine.removesuffix('_code')}"
        rows = self.moved[self.moved[mine].eq(code) & (self.moved[share] >= LEAST_SHARE)]
        parts = [
            f"{target} {self.names[edition].get(target, '')} ({part:.0%} of its postcodes)"
            for target, part in rows.sort_values(share, ascending=False)[[theirs, share]].itertuples(index=False)
        ]
        into = (
            f" There its homes are in {'; '.join(parts)}. A count cannot be split: count again by ward."
            if parts
            else ""
        )
        name = self.names[other][code]
        return f"{code} ({name}) is a ward of edition {other}, not of {edition}: check the edition.{into}"


def wards(library: Library) -> Wards:
    """The wards of the library."""
    names = {
        edition.id: {code: library.names[code] for code in library.codes(edition.ward_type)}
        for edition in EDITIONS.values()
    }
    return Wards(names, library.table("LOOKUP_WARD11_WARD19"))
