"""A map with its figures for other software: GeoJSON and GeoPackage, the same bytes from the same figures."""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from analysis.exports.cells import carrying
from analysis.sources.catalogue import read_layer

CODE = "area_code"
WHEN = "2000-01-01T00:00:00.000Z"


def geojson(layer: Path, figures: pd.DataFrame, basis: str, attribution: str, *, analysts: bool) -> bytes:
    """The areas of a boundary file with the figures of each, in WGS84; an area without figures keeps its outline.

    `figures` has one row an area, named by `area_code`; figures of areas that are not on the map are left out.
    """
    rows = _by_code(figures, basis, analysts=analysts)
    features = [
        {
            "type": "Feature",
            "properties": {**feature["properties"], **rows.get(str(feature["properties"]["code"]), {})},
            "geometry": feature["geometry"],
        }
        for feature in read_layer(layer)["features"]
    ]
    made = {"type": "FeatureCollection", "attribution": attribution, "features": features}
    return json.dumps(made, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def geopackage(layer: Path, figures: pd.DataFrame, basis: str, name: str, *, analysts: bool) -> bytes:
    """The same as a GeoPackage with one layer called `name`; no time of writing is kept in it."""
    import geopandas  # noqa: PLC0415

    rows = carrying(figures, basis, analysts=analysts)
    areas = geopandas.read_file(layer, engine="pyogrio").sort_values("code", ignore_index=True)
    taken = rows[[not pd.isna(code) for code in rows[CODE]]].drop_duplicates(CODE)
    taken = taken.rename(columns={one: f"{one}_" for one in taken.columns if str(one).lower() in RESERVED})
    joined = areas.merge(taken, how="left", left_on="code", right_on=CODE).drop(columns=CODE)
    with TemporaryDirectory(prefix="early-help-atlas-") as folder:
        path = Path(folder) / "areas.gpkg"
        joined.to_file(path, layer=name, driver="GPKG", engine="pyogrio")
        _undated(path)
        return path.read_bytes()


RESERVED = {"fid", "geom", "geometry", "code", "name"}


def _undated(path: Path) -> None:
    with sqlite3.connect(path) as store:
        store.execute("UPDATE gpkg_contents SET last_change = ?", (WHEN,))
        store.commit()
        store.execute("VACUUM")
    store.close()


def _by_code(figures: pd.DataFrame, basis: str, *, analysts: bool) -> Mapping[str, dict[str, Any]]:
    rows = carrying(figures, basis, analysts=analysts)
    return {
        str(row[CODE]): {str(name): _plain(value) for name, value in row.items() if name != CODE}
        for row in rows.to_dict("records")
    }


def _plain(value: object) -> object:
    if value is None or value is pd.NA or (isinstance(value, float) and not math.isfinite(value)):
        return None
    item = getattr(value, "item", None)
    whole = item() if callable(item) else value
    return whole if isinstance(whole, bool | int | float | str) else str(whole)
