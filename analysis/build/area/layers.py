"""Boundaries of a council's wards, from the coarse national layer of December 2022, as a valid coverage."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import pandas as pd
from shapely.geometry import shape

from analysis.build.area.national import WARDS
from analysis.build.coverage import mend

VINTAGE = "December 2022"


def wards(raw: Path, codes: set[str]) -> pd.DataFrame | None:
    """`name` and `shape` by ward code, or None where the layer lacks one of the wards.

    A ward may be in pieces. Raises ValueError where they cannot be made to share their edges, or one vanishes.
    """
    held = _england(raw)
    if codes - set(held.index):
        return None
    own = held.loc[sorted(codes)]
    return own.assign(shape=mend(own["shape"], pieces=True))


@lru_cache(maxsize=1)
def _england(raw: Path) -> pd.DataFrame:
    features = json.loads((raw / WARDS).read_text(encoding="utf-8"))["features"]
    rows = {
        feature["properties"]["ward_code"]: (feature["properties"]["ward_name"], shape(feature["geometry"]))
        for feature in features
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=["name", "shape"])
