"""Postcodes as points on the map."""

from __future__ import annotations

import re

from analysis.refusal import Refusal
from analysis.sources.library import Library

POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")


def located(library: Library, postcode: str) -> tuple[float, float]:
    """Latitude and longitude, degrees WGS84, of the centre of a postcode however it is spaced.

    Raises Refusal when it is not written as a postcode, or is none of the council's that are known.
    """
    found = POSTCODE.fullmatch(re.sub(r"\s", "", postcode).upper())
    if found is None:
        raise Refusal(f"{postcode.strip()[:40]!r} is not a postcode. Write it in full, such as BA2 1EA.")
    written = f"{found[1]} {found[2]}"
    centres = library.table("POSTCODES")
    here = centres[centres["postcode"] == written]
    if here.empty:
        raise Refusal(
            f"{written} is not among the {len(centres):,} postcodes of the council known here, none newer than 2017. "
            "Give the latitude and longitude instead, or click the map."
        )
    return float(here["latitude"].iloc[0]), float(here["longitude"].iloc[0])
