"""The map layers: which geometry the browser fetches and what stands on it."""

from __future__ import annotations

from analysis.editions import SHORT_COUNCIL
from analysis.present.maps import STATIC, MapLayer, Place
from analysis.present.paint import BOUNDS
from analysis.sources.library import Library

LABELS = {
    "wards_2011": f"Map of the 37 wards of {SHORT_COUNCIL} from 2011 to 2019",
    "wards_2019": f"Map of the 33 wards of {SHORT_COUNCIL} since 2019",
    "lsoa_2011": f"Map of the 115 neighbourhoods (LSOA 2011) of {SHORT_COUNCIL}",
    "lsoa_2021": f"Map of the 118 neighbourhoods (LSOA 2021) of {SHORT_COUNCIL}",
}
ATTRIBUTION = "Contains National Statistics and OS data © Crown copyright and database right"


def map_layer(library: Library, name: str) -> MapLayer:
    """A layer by the name of its file in geo/, with place labels and the acknowledgement its licence asks for."""
    rows = library.table("PLACE_LABELS").to_dict("records")
    places = tuple(
        Place(str(row["place"]), float(row["latitude"]), float(row["longitude"]), int(row["prominence"]))
        for row in rows
    )
    return MapLayer(
        f"{STATIC}/geo/{name}.geojson",
        f"{STATIC}/geo/council_outline.geojson",
        places,
        LABELS[name],
        ATTRIBUTION,
        BOUNDS,
    )
