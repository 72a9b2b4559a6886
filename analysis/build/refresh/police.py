"""Recorded crime by ward in the last whole calendar year, from the street-level service of data.police.uk.

The service is asked rather than the monthly archive, which holds every force of three years in more than a gigabyte.
It is asked once a month of the year for everything within the council's outline, drawn a little wide; each offence then
goes to the ward its point lies in, as the tables of 2023 were made. Offences of the British Transport Police are left
out, as they were there. It answers at most 10,000 offences a month. Its shape was read from its documentation as public
programs quote it; the service was not reached.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import geopandas as gpd
import pandas as pd
import shapely

from analysis.build.lawful import require_lawful
from analysis.build.local_tables import CRIME_YEAR, crime
from analysis.build.refresh.drafted import Drafted, drafted, merged
from analysis.build.refresh.fetch import Fetched
from analysis.build.refresh.fingertips import kept_of
from analysis.build.refresh.shape import changed, parsed_json, require_columns, worked
from analysis.sources.catalogue import read_layer
from analysis.sources.library import Library
from analysis.sources.tables.observations import OPEN_OBSERVATIONS

TYPES = {
    "anti-social-behaviour": "anti_social_behaviour",
    "bicycle-theft": "bicycle_theft",
    "burglary": "burglary",
    "criminal-damage-arson": "criminal_damage_and_arson",
    "drugs": "drugs",
    "other-crime": "other_crime",
    "other-theft": "other_theft",
    "possession-of-weapons": "possession_of_weapons",
    "public-order": "public_order",
    "robbery": "robbery",
    "shoplifting": "shoplifting",
    "theft-from-the-person": "theft_from_the_person",
    "vehicle-crime": "vehicle_crime",
    "violent-crime": "violence_and_sexual_offences",
}
NEEDED = ("category", "location_type", "location", "month")
KNOWN = ("location_subtype", "context", "outcome_status", "persistent_id", "id")
MONTH = re.compile(r"(\d{4})-(\d{2})(-\d{2})?")
WIDER, COARSER = 0.004, 0.002
FORCE = "Force"

Ask = Callable[[dict[str, str]], Fetched]


def last_whole_year(fetched: Fetched) -> int:
    """The last calendar year of which all twelve months are published."""
    answer = parsed_json(fetched)
    match = MONTH.fullmatch(str(answer.get("date", ""))) if isinstance(answer, dict) else None
    if match is None:
        raise changed(fetched, f"it answers {str(answer)[:80]!r} when asked for its newest month")
    year, month = int(match.group(1)), int(match.group(2))
    return year if month == 12 else year - 1


def draft(year: int, ask: Ask, library: Library) -> Drafted:
    """The table of open observations with the crime of that year in it, beside every earlier year."""
    wards = _wards(library)
    around = _around(wards)
    months = [ask({"date": f"{year}-{month:02d}", "poly": around}) for month in range(1, 13)]
    offences = pd.concat([worked(month, partial(_offences, month)) for month in months], ignore_index=True)
    counted = by_ward(offences, wards, library.names)
    current = library.table("OPEN_OBSERVATIONS")
    new = worked(months[0], lambda: crime(counted, _residents(current), str(year), f"data.police.uk {year}"))
    frame = merged(current, new, OPEN_OBSERVATIONS)
    require_lawful(frame, library.table("OPEN_INDICATORS"), "open_observations.csv")
    quiet = [str(place) for place in counted.loc[counted["all_crime"].eq(0), "ward_name"]]
    warnings = [f"The definitions of the crime rates name {CRIME_YEAR}: give them {year} beside it."]
    warnings += [f"No offence at all in {', '.join(quiet)}: look whether the boundaries fit."] if quiet else []
    return drafted(library, "OPEN_OBSERVATIONS", frame, tuple(months), kept_of(library), tuple(warnings))


def by_ward(offences: pd.DataFrame, wards: gpd.GeoSeries, names: dict[str, str]) -> pd.DataFrame:
    """Offences of each type in each ward, one row a ward, with their sum as all_crime; points elsewhere are dropped."""
    points = gpd.GeoDataFrame(
        offences[["type"]], geometry=gpd.points_from_xy(offences["longitude"], offences["latitude"]), crs=4326
    )
    inside = gpd.sjoin(points, wards.rename("geometry").to_frame(), predicate="intersects")
    once = inside[~inside.index.duplicated()]
    ward = once.columns[-1]
    counts = pd.crosstab(once[ward], once["type"]).reindex(
        index=wards.index, columns=list(TYPES.values()), fill_value=0
    )
    wide = counts.assign(all_crime=counts.sum(axis=1)).rename_axis("ward_code").rename_axis(None, axis=1).reset_index()
    return wide.assign(ward_name=wide["ward_code"].map(names))


def _offences(fetched: Fetched) -> pd.DataFrame:
    """One month: type, latitude and longitude of the offences the force records."""
    answer = parsed_json(fetched)
    if not isinstance(answer, list) or not answer:
        raise changed(fetched, f"it answers {str(answer)[:80]!r} for a month of the whole council")
    table = pd.DataFrame(answer)
    require_columns(fetched, table.columns, NEEDED, KNOWN)
    strange = sorted(set(table["category"]) - set(TYPES))
    if strange:
        raise changed(fetched, f"there is a new type of offence, {strange[0]!r}")
    ours = table[table["location_type"].eq(FORCE)]
    places = pd.DataFrame(ours["location"].tolist(), index=ours.index, columns=["latitude", "longitude"])
    return pd.DataFrame(
        {
            "type": ours["category"].map(TYPES),
            "latitude": pd.to_numeric(places["latitude"]),
            "longitude": pd.to_numeric(places["longitude"]),
        }
    )


def _wards(library: Library) -> gpd.GeoSeries:
    features = read_layer(library.root / "geo" / "wards_2019.geojson")["features"]
    shapes = {feature["properties"]["code"]: shapely.geometry.shape(feature["geometry"]) for feature in features}
    return gpd.GeoSeries(shapes, crs=4326).rename_axis("ward")


def _around(wards: gpd.GeoSeries) -> str:
    """The outline of all wards, drawn a little wide and coarse, as the service takes it: latitude,longitude:..."""
    wide = shapely.union_all(wards.to_numpy()).buffer(WIDER).simplify(COARSER)
    ring = shapely.get_exterior_ring(wide if wide.geom_type == "Polygon" else wide.convex_hull)
    return ":".join(f"{latitude:.4f},{longitude:.4f}" for longitude, latitude in shapely.get_coordinates(ring)[:-1])


def _residents(current: pd.DataFrame) -> pd.Series:
    """The residents the shipped rates are out of, by ward."""
    rates = current[current["indicator_id"].eq("crime_all_crime_rate") & current["period"].eq(CRIME_YEAR)]
    wards = rates[rates["area_code"].str.startswith("E05")]
    return wards.set_index("area_code")["denominator"]
