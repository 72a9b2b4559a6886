"""Whether deprived neighbourhoods lie beside deprived ones more than chance would have it, and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.deprivation import placed, vintage_of
from analysis.sources.catalogue import read_layer
from analysis.sources.library import Library
from analysis.statistics.spatial import SIGNIFICANT, Clustering, clusters_shown, moran, moran_local, neighbours

SEED = 2025
LAYERS = {"lsoa11_code": "lsoa_2011", "lsoa21_code": "lsoa_2021"}


@dataclass(frozen=True)
class Clusters:
    """The global test of one domain, and the local clusters where it finds something.

    `measure` is `score` or, where scores are blank, `rank` (turned round, so that larger is more deprived as well).
    `links` counts the pairs of neighbourhoods that touch. `local` has one row a neighbourhood, those that stand out
    first: area_code, name, ward_code, ward_name, decile, quadrant (High or Low for itself, then for those around it;
    high is more deprived), p_adjusted (held to 5% false discoveries) and stands_out; it is empty when the global test
    finds nothing.
    """

    found: Clustering
    measure: str
    links: int
    local: pd.DataFrame

    @property
    def shown(self) -> bool:
        """Whether the global test lets local clusters be shown."""
        return clusters_shown(self.found)

    @property
    def stand_out(self) -> int:
        """How many neighbourhoods stand out by themselves."""
        return int(self.local["stands_out"].sum()) if self.shown else 0


def clusters(library: Library, year: int, domain: str, ward_column: str) -> Clusters:
    """Test one domain of the indices for clustering of the neighbourhoods of the council.

    Neighbours share a border or a corner. Raises ValueError as `moran` does, for values all alike for one.
    """
    layer = read_layer(library.root / "geo" / f"{LAYERS[vintage_of(year)]}.geojson")
    return clustered(placed(library, year, domain, ward_column), layer)


def clustered(rows: pd.DataFrame, layer: Mapping[str, Any]) -> Clusters:
    """`clusters` of the rows of `deprivation.placed` on the areas of a GeoJSON layer."""
    borders = touching(layer)
    weights = neighbours(list(rows["area_code"]), borders)
    scored = bool(rows["score"].notna().all())
    values = (rows["score"] if scored else -rows["rank"]).to_numpy(float)
    found = moran(values, weights, SEED)
    local = _local(rows, moran_local(values, weights, SEED)) if clusters_shown(found) else pd.DataFrame()
    return Clusters(found, "score" if scored else "rank", len(borders), local)


def touching(layer: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The pairs of areas of a layer that share a border or a corner, each once."""
    from shapely import STRtree  # noqa: PLC0415
    from shapely.geometry import shape  # noqa: PLC0415

    codes = np.array([feature["properties"]["code"] for feature in layer["features"]])
    shapes = [shape(feature["geometry"]) for feature in layer["features"]]
    one, other = STRtree(shapes).query(shapes, predicate="intersects")
    return [(str(codes[i]), str(codes[j])) for i, j in zip(one, other, strict=True) if i < j]


def _local(rows: pd.DataFrame, local: pd.DataFrame) -> pd.DataFrame:
    kept = rows[["area_code", "name", "ward_code", "ward_name", "decile"]].reset_index(drop=True)
    found = kept.assign(quadrant=local["quadrant"], p_adjusted=local["p_permuted_adjusted"])
    found["stands_out"] = found["p_adjusted"] < SIGNIFICANT
    return found.sort_values(["stands_out", "quadrant", "decile"], ascending=[False, True, True], ignore_index=True)
