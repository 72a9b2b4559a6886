"""Universal places within reach of children, one type of place at a time."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.editions import EDITIONS
from analysis.refusal import Refusal
from analysis.sources.library import Library
from analysis.statistics.access import Trips, stepped, straight_line_km, two_step
from analysis.statistics.intervals import Floats

DETOUR = 1.3

PLACE_KINDS = {"library": "Libraries", "gp": "GP surgeries", "play": "Play spaces", "school": "Schools"}


@dataclass(frozen=True)
class Catchment:
    """How far is far: speed door to door, the steps in minutes and how much a trip in each step counts."""

    id: str
    title: str
    km_per_hour: float
    minutes: tuple[float, ...]
    weights: tuple[float, ...]


CATCHMENTS = {
    catchment.id: catchment
    for catchment in (
        Catchment("walk30", "30 minutes on foot, nearer counts more", 4.8, (10, 20, 30), (1, 0.68, 0.22)),
        Catchment("walk30fast", "30 minutes on foot, nearer counts much more", 4.8, (10, 20, 30), (1, 0.42, 0.03)),
        Catchment("walk20", "20 minutes on foot, all alike", 4.8, (20,), (1,)),
        Catchment("bus30", "30 minutes by bus, door to door", 12.0, (10, 20, 30), (1, 0.68, 0.22)),
    )
}
DEFAULT_CATCHMENT = "walk30"

DEMAND_FILES = {
    "2020": ("DEMAND_POINTS_LSOA11", "POPULATION_LSOA11"),
    "2026": ("DEMAND_POINTS_LSOA21", "POPULATION_LSOA21"),
}

_POINTS = {
    "2020": ("DEMAND_POINTS_LSOA11", "lsoa11_code", "LOOKUP_LSOA11"),
    "2026": ("DEMAND_POINTS_LSOA21", "lsoa21_code", "LOOKUP_LSOA21"),
}


def demand(library: Library, edition: str) -> pd.DataFrame:
    """Where children aged 0-15 live: area_code (neighbourhood), ward, latitude, longitude, children.

    Points are the mean of a neighbourhood's postcodes, so postcode-weighted, not population-weighted.
    """
    contract, code, lookup = _POINTS[edition]
    points = library.table(contract).set_index(code)
    ward = library.table(lookup).set_index(code)[EDITIONS[edition].ward_column]
    frame = points[["latitude", "longitude"]].assign(children=_children(library, edition), ward=ward)
    return frame.rename_axis("area_code").reset_index()


def sites(library: Library, kind: str, edition: str) -> pd.DataFrame:
    """The listed places of one kind used by an edition, one row a place."""
    rows = library.table("SITES")
    return rows[(rows["kind"] == kind) & rows["edition"].isin([edition, "both"])].reset_index(drop=True)


def travel_minutes(points: pd.DataFrame, places: pd.DataFrame, km_per_hour: float) -> Floats:
    """Minutes from every point (rows) to every place (columns): straight line times 1.3 over the speed."""
    km = straight_line_km(points["latitude"], points["longitude"], places["latitude"], places["longitude"])
    return DETOUR * km / km_per_hour * 60


def places_within_reach(library: Library, kind: str, edition: str, catchment: Catchment) -> pd.DataFrame:
    """Places within reach by ward: area_code, children, places, per_1000, minutes_to_nearest.

    `places` is children times their access score, so it sums to the places anybody can reach; 0 where
    nothing is in reach. `minutes_to_nearest` is the mean over children. Fewer places are worse.
    """
    points, places = demand(library, edition), sites(library, kind, edition)
    if places.empty:
        raise Refusal(f"No {PLACE_KINDS[kind].lower()} are listed for the {edition} edition.")
    minutes = travel_minutes(points, places, catchment.km_per_hour)
    decay = stepped(catchment.minutes, catchment.weights)
    score = two_step(points["children"], np.ones(len(places)), Trips.from_matrix(minutes), decay)
    weighted = points.assign(
        places=points["children"] * score, minutes_children=points["children"] * minutes.min(axis=1)
    )
    wards = weighted.groupby("ward")[["children", "places", "minutes_children"]].sum()
    return pd.DataFrame(
        {
            "area_code": wards.index,
            "children": wards["children"].to_numpy(),
            "places": wards["places"].to_numpy(),
            "per_1000": (1000 * wards["places"] / wards["children"]).to_numpy(),
            "minutes_to_nearest": (wards["minutes_children"] / wards["children"]).to_numpy(),
        }
    )


def by_catchment(library: Library, kind: str, edition: str, catchment: str) -> pd.DataFrame:
    """Places within reach under one catchment, with how far the answer hangs on that choice.

    Columns of `places_within_reach`, and per_1000_lowest and per_1000_highest over all catchments, located (places
    that stand inside the ward, which is not the same as serving it) and edge (True where the ward touches the
    council's boundary, so that places across it are missing).
    """
    table = places_within_reach(library, kind, edition, CATCHMENTS[catchment])
    variants = np.column_stack(
        [places_within_reach(library, kind, edition, other)["per_1000"] for other in CATCHMENTS.values()]
    )
    inside = sites(library, kind, edition)[EDITIONS[edition].ward_column].value_counts()
    return table.assign(
        per_1000_lowest=variants.min(axis=1),
        per_1000_highest=variants.max(axis=1),
        located=inside.reindex(table["area_code"], fill_value=0).to_numpy(),
        edge=table["area_code"].isin(edge_wards(library, edition)),
    )


def commissioned_sites(library: Library, edition: str) -> pd.DataFrame:
    """Sites of commissioned services in an edition: name, service_group, latitude, longitude, capacity, basis.

    Illustrative, made up to show the tool; never a place that exists.
    """
    rows = library.table("COMMISSIONED_SITES")
    return rows[rows["edition"] == edition].reset_index(drop=True)


def edge_wards(library: Library, edition: str) -> frozenset[str]:
    """Codes of the wards that share part of the council's boundary (two or more of its points)."""
    rim = _points(_features(library, "council_outline"))
    wards = _features(library, EDITIONS[edition].ward_layer)
    return frozenset(ward["properties"]["code"] for ward in wards if len(_points([ward]) & rim) > 1)


def _features(library: Library, layer: str) -> list[dict]:
    return json.loads((library.root / "geo" / f"{layer}.geojson").read_text("utf-8"))["features"]


def _points(features: list[dict]) -> set[tuple[float, float]]:
    flat = np.concatenate([_flat(feature["geometry"]["coordinates"]) for feature in features])
    return {(float(longitude), float(latitude)) for longitude, latitude in flat}


def _flat(coordinates: list) -> Floats:
    nested = coordinates
    while not isinstance(nested[0][0], int | float):
        nested = [point for part in nested for point in part]
    return np.asarray(nested, float)


def _children(library: Library, edition: str) -> pd.Series:
    if edition == "2020":
        rows = library.table("POPULATION_LSOA11").query("mid_year == 2019 and age_band == '0-15'")
        return rows.set_index("lsoa11_code")["population"].astype(float)
    rows = library.table("POPULATION_LSOA21").query("age_band == '0-15'")
    return rows.set_index("lsoa21_code")["population"].astype(float)
