"""Wards of the two vintages on the same ground."""

from __future__ import annotations

import pandas as pd

from analysis.sources.library import Library

SLIVER = 0.01
SHARES = ["postcodes_here", "land_here", "postcodes_there", "land_there"]


def overlaps(library: Library, edition: str, ward: str) -> pd.DataFrame:
    """Wards of the other vintage on the same ground, the largest share of postcodes first.

    Columns other_code, other_name, postcodes_here, land_here (shares of this ward inside the other),
    postcodes_there, land_there (shares of the other inside this one), overlap (land in both over land in either)
    and same_name.
    """
    here, there = ("ward11", "ward19") if edition == "2020" else ("ward19", "ward11")
    links = library.table("LOOKUP_WARD11_WARD19")
    links = links[links[f"{here}_code"] == ward]
    land_here, land_there = links[f"area_share_of_{here}"], links[f"area_share_of_{there}"]
    return pd.DataFrame(
        {
            "other_code": links[f"{there}_code"],
            "other_name": links[f"{there}_code"].map(library.names),
            "postcodes_here": links[f"postcode_share_of_{here}"],
            "land_here": land_here,
            "postcodes_there": links[f"postcode_share_of_{there}"],
            "land_there": land_there,
            "overlap": land_here * land_there / (land_here + land_there - land_here * land_there),
            "same_name": links[f"{there}_code"].map(library.names) == library.names[ward],
        }
    ).sort_values("postcodes_here", ascending=False, ignore_index=True)
