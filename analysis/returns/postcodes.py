"""A postcode turned into a ward at once, by the ward its centre lies in; the postcode itself goes no further."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from analysis.editions import EDITIONS
from analysis.sources.catalogue import read_layer
from analysis.sources.library import Library

GIVE_A_WARD = "Give the code of the ward instead."
NOT_ONE = "This is not a postcode. Write it in full, or give the code of the ward instead."


@dataclass(frozen=True)
class Place:
    """Where a postcode lies: a ward code, or a reason why none can be given. `outward` is its first half."""

    outward: str
    ward: str = ""
    reason: str = ""


def places(library: Library, edition: str, postcodes: Iterable[str]) -> dict[str, Place]:
    """The ward of an edition for each postcode as written, by point in polygon on centres of 2014 and 2017."""
    centres = library.table("POSTCODES").set_index("postcode")
    wards = _wards_of(library, edition, centres) if edition in EDITIONS else pd.Series(dtype=str)
    districts = set(centres.index.str.split().str[0])
    return {written: _place(written, wards, districts) for written in set(postcodes) if written}


def _place(written: str, wards: pd.Series, districts: set[str]) -> Place:
    from uk_postcodes_parsing import parse

    code = parse(written, attempt_fix=False) if len(written) <= 10 else None
    if code is None or code.postcode.replace(" ", "") != "".join(written.split()).upper():
        return Place("", reason=NOT_ONE)
    listed, current = code.postcode in wards.index, code.is_in_ons_postcode_directory
    if listed and not current:
        return Place(code.outcode, reason=f"This postcode is no longer in use. Give the present one. {GIVE_A_WARD}")
    if listed:
        return Place(code.outcode, ward=str(wards[code.postcode]))
    if not current:
        return Place(code.outcode, reason=f"There is no such postcode. Look for a slip of the pen. {GIVE_A_WARD}")
    if code.outcode not in districts:
        return Place(code.outcode, reason="This postcode is outside the council. Leave the row out.")
    newer = "This postcode is outside the council, or newer than our list of 2017."
    return Place(code.outcode, reason=f"{newer} {GIVE_A_WARD}")


def _wards_of(library: Library, edition: str, centres: pd.DataFrame) -> pd.Series:
    import shapely
    from shapely.geometry import shape

    layer = read_layer(library.root / f"geo/{EDITIONS[edition].ward_layer}.geojson")
    codes = [feature["properties"]["code"] for feature in layer["features"]]
    tree = shapely.STRtree([shape(feature["geometry"]) for feature in layer["features"]])
    points = shapely.points(centres["longitude"], centres["latitude"])
    point, area = tree.query(points, predicate="intersects")
    found = pd.Series([codes[number] for number in area], index=centres.index[point]).sort_values(kind="stable")
    return found[~found.index.duplicated()]
