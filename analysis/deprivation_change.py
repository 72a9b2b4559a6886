"""How neighbourhoods moved between editions of the Indices of Deprivation, where that may be asked at all."""

from __future__ import annotations

import pandas as pd

from analysis.deprivation import NEIGHBOURHOODS_IN_ENGLAND, placed
from analysis.sources.library import Library

COMPARISONS = ((2015, 2019), (2019, 2025))
REDEFINED_2025 = ("idaci", "idaopi", "income")
SLIGHT = 0.05


def why_not(earlier: int, later: int, domain: str) -> str | None:
    """The reason two editions may not be compared for a domain, or None when they may."""
    if later == 2025 and domain in REDEFINED_2025:
        return (
            "The 2025 indices define low income anew (we understand: after housing costs). A neighbourhood could "
            "move because of that alone, so 2025 is not compared with 2019 for this measure."
        )
    if (earlier, later) not in COMPARISONS:
        return f"{earlier} and {later} do not follow each other, so they are not compared here."
    return None


def caution(later: int, domain: str) -> str:
    """What to keep in mind about a comparison that may be made."""
    relative = (
        "A tenth is a place among all neighbourhoods in England: one can move although nothing in it changed, because "
        "others did, and one near the edge of a tenth moves with very little."
    )
    if later != 2025:
        return relative
    mixed = " Income, which is 22.5% of the index, was measured in a new way in 2025." if domain == "imd" else ""
    return (
        f"{relative} Some of what is counted changed in 2025 as well, so read this as a hint and not as a trend.{mixed}"
    )


def moves(library: Library, earlier: int, later: int, domain: str, ward_column: str) -> pd.DataFrame:
    """One row a neighbourhood that is the same place in both editions.

    Columns area_code (of the later edition), name, ward_name, ward_code, before and after (national deciles,
    1 the most deprived), moved (after less before: below 0 is towards more deprived) and slight (moved by less
    than half a tenth of all neighbourhoods in England). Neighbourhoods split in 2021 are left out.
    Raises ValueError with the reason when the editions may not be compared.
    """
    reason = why_not(earlier, later, domain)
    if reason:
        raise ValueError(reason)
    after = placed(library, later, domain, ward_column).set_index("area_code")
    before = placed(library, earlier, domain, ward_column).set_index("area_code")
    kept = unchanged(library, later)
    same = [code for code in after.index if code in kept]
    after, before = after.loc[same], before.loc[same]
    shift = after["rank"] / NEIGHBOURHOODS_IN_ENGLAND[later] - before["rank"] / NEIGHBOURHOODS_IN_ENGLAND[earlier]
    return (
        after[["name", "ward_code", "ward_name"]]
        .assign(
            before=before["decile"],
            after=after["decile"],
            moved=after["decile"] - before["decile"],
            slight=shift.abs() < SLIGHT,
        )
        .reset_index(names="area_code")
    )


def unchanged(library: Library, later: int) -> frozenset[str]:
    """Codes of neighbourhoods whose boundary and code are the same in the edition before `later`."""
    links = library.table("LOOKUP_LSOA11_LSOA21")
    kept = links if later < 2025 else links[links["change"] == "unchanged"]
    return frozenset(kept["lsoa11_code"])


def counted(moved: pd.DataFrame) -> dict[str, int]:
    """How many neighbourhoods of `moves` went which way.

    Keys compared, worse (at least one tenth towards more deprived), same, better, slight (of those that changed
    tenth, how many moved by less than half a tenth), into and out_of the most deprived fifth.
    """
    changed = moved["moved"] != 0
    return {
        "compared": len(moved),
        "worse": int((moved["moved"] < 0).sum()),
        "same": int((~changed).sum()),
        "better": int((moved["moved"] > 0).sum()),
        "slight": int((changed & moved["slight"]).sum()),
        "into": int(((moved["before"] > 2) & (moved["after"] <= 2)).sum()),
        "out_of": int(((moved["before"] <= 2) & (moved["after"] > 2)).sum()),
    }
