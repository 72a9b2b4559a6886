"""What can be sought within reach: universal places of one kind, or the sites of one commissioned service."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis import reach
from analysis.added_sites import AddedSite
from analysis.editions import EDITIONS
from analysis.refusal import Refusal
from analysis.sources.library import Library

COLUMNS = ["site_id", "name", "latitude", "longitude", "capacity", "ward", "basis", "added"]
OUTSIDE = ""


@dataclass(frozen=True)
class Sought:
    """A service or kind of place. `unit` is what capacity counts; rates are for each `per` children or in need.

    `contract` holds its sites; `served` is the provision that counts who is supported, where there is one.
    """

    id: str
    title: str
    many: str
    one: str
    unit: str
    per: int
    contract: str
    served: str | None = None


def _universal(kind: str, many: str, one: str) -> Sought:
    return Sought(kind, reach.PLACE_KINDS[kind], many, one, many, 1_000, "SITES")


def _commissioned(group: str, title: str, many: str, one: str, unit: str, served: str) -> Sought:
    return Sought(group, title, many, one, unit, 100, "COMMISSIONED_SITES", served)


SOUGHT = {
    sought.id: sought
    for sought in (
        _universal("library", "libraries", "library"),
        _universal("gp", "GP surgeries", "GP surgery"),
        _universal("play", "play spaces", "play space"),
        _universal("school", "schools", "school"),
        _commissioned(
            "children_centres", "Family hubs", "family hubs", "family hub", "family places", "caseload_families"
        ),
        _commissioned(
            "family_support",
            "Family support",
            "family support bases",
            "family support base",
            "family places",
            "caseload_families",
        ),
        _commissioned("youth", "Youth services", "youth bases", "youth base", "places for children", "caseload_youth"),
    )
}
DEFAULT = "library"


def sites_of(library: Library, sought: Sought, edition: str, added: Sequence[AddedSite] = ()) -> pd.DataFrame:
    """The sites of a service or kind of place in an edition, and those a reader adds, one row a site.

    Columns site_id, name, latitude, longitude, capacity (one a place where kinds of place are counted), ward (the
    ward it stands in, blank outside the council), basis and added. Raises Refusal when there is none.
    """
    known = _commissioned_sites(library, sought, edition) if sought.served else _places(library, sought, edition)
    tried = _tried(library, sought, edition, added)
    found = pd.concat([known, tried], ignore_index=True) if len(tried) else known.reset_index(drop=True)
    if found.empty:
        raise Refusal(f"No {sought.many} are listed for the {edition} edition.")
    return found


def wards_at(library: Library, edition: str, points: Sequence[tuple[float, float]]) -> list[str]:
    """Code of the ward of an edition that holds each point (latitude, longitude WGS84); blank outside every ward."""
    from shapely.geometry import Point, shape  # noqa: PLC0415

    layer = library.root / "geo" / f"{EDITIONS[edition].ward_layer}.geojson"
    features = json.loads(layer.read_text("utf-8"))["features"] if points else []
    wards = [(str(feature["properties"]["code"]), shape(feature["geometry"])) for feature in features]
    places = [Point(longitude, latitude) for latitude, longitude in points]
    return [next((code for code, land in wards if land.covers(place)), OUTSIDE) for place in places]


def _places(library: Library, sought: Sought, edition: str) -> pd.DataFrame:
    rows = reach.sites(library, sought.id, edition)
    ward = rows[EDITIONS[edition].ward_column]
    return rows.assign(capacity=1.0, ward=ward, basis="published", added=False)[COLUMNS]


def _commissioned_sites(library: Library, sought: Sought, edition: str) -> pd.DataFrame:
    rows = reach.commissioned_sites(library, edition)
    rows = rows[rows["service_group"] == sought.id]
    return rows.assign(capacity=rows["capacity"].astype(float), ward=rows["area_code"], added=False)[COLUMNS]


def _tried(library: Library, sought: Sought, edition: str, added: Sequence[AddedSite]) -> pd.DataFrame:
    wards = wards_at(library, edition, [(site.latitude, site.longitude) for site in added])
    rows = [
        {
            "site_id": f"added_{number}",
            "name": site.name,
            "latitude": site.latitude,
            "longitude": site.longitude,
            "capacity": float(site.capacity) if sought.served else 1.0,
            "ward": ward,
            "basis": "illustrative",
            "added": True,
        }
        for number, (site, ward) in enumerate(zip(added, wards, strict=True), start=1)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)
