"""The map layers: which geometry the browser fetches and what stands on it."""

from __future__ import annotations

from analysis.editions import SHORT_COUNCIL
from analysis.present.maps import STATIC, Bounds, MapLayer, Place
from analysis.present.paint import BOUNDS
from analysis.sources.council import HOME, Council
from analysis.sources.library import Library

WIDER = 0.04

LABELS = {
    "wards_2011": f"Map of the 37 wards of {SHORT_COUNCIL} from 2011 to 2019",
    "wards_2019": f"Map of the 33 wards of {SHORT_COUNCIL} since 2019",
    "lsoa_2011": f"Map of the 115 neighbourhoods (LSOA 2011) of {SHORT_COUNCIL}",
    "lsoa_2021": f"Map of the 118 neighbourhoods (LSOA 2021) of {SHORT_COUNCIL}",
}
ATTRIBUTION = "Contains National Statistics and OS data © Crown copyright and database right"


def map_layer(library: Library, name: str) -> MapLayer:
    """A layer by the name of its file in geo/, with place labels and the acknowledgement its licence asks for."""
    council = library.council
    folder = f"{STATIC}/geo" if council == HOME else f"{STATIC}/geo/{council.code}"
    return MapLayer(
        f"{folder}/{name}.geojson",
        f"{folder}/council_outline.geojson",
        _places(library),
        _label(council, name),
        ATTRIBUTION,
        _bounds(council),
    )


def drawn(library: Library, name: str) -> bool:
    """Whether the boundaries of a layer are held for the council."""
    return f"geo/{name}.geojson" in library.entries


def _places(library: Library) -> tuple[Place, ...]:
    if not library.holds("PLACE_LABELS"):
        return ()
    return tuple(
        Place(str(row["place"]), float(row["latitude"]), float(row["longitude"]), int(row["prominence"]))
        for row in library.table("PLACE_LABELS").to_dict("records")
    )


def _label(council: Council, name: str) -> str:
    if council == HOME:
        return LABELS[name]
    wards = {"wards_2011": council.earlier_wards, "wards_2019": council.wards}[name]
    return f"Map of {wards} of {council.short_name}"


def _bounds(council: Council) -> Bounds:
    """What a map shows at first; the box of a council is 0.05 degrees wider than its outline on every side."""
    if council == HOME:
        return BOUNDS
    return (
        (council.south + WIDER, council.west + WIDER),
        (council.north - WIDER, council.east - WIDER),
    )
