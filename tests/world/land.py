"""Land for the three wards: Ash and Birch side by side in the south, Cedar above them, Birch off the council's edge."""

from __future__ import annotations

import json
from pathlib import Path

from tests.world.three_wards import ASH, BIRCH, CEDAR

SOUTH, MIDDLE, NORTH = 51.34, 51.365, 51.40
WEST, EAST, HALFWAY, INNER = -2.53, -2.46, -2.4985, -2.47
SQUARES = {
    ASH: [(WEST, SOUTH), (HALFWAY, SOUTH), (HALFWAY, MIDDLE), (WEST, MIDDLE)],
    BIRCH: [(HALFWAY, 51.345), (INNER, 51.345), (INNER, MIDDLE), (HALFWAY, MIDDLE)],
    CEDAR: [(WEST, MIDDLE), (EAST, MIDDLE), (EAST, NORTH), (WEST, NORTH)],
}
RIM = [(WEST, SOUTH), (HALFWAY, SOUTH), (EAST, MIDDLE), (EAST, NORTH), (WEST, NORTH), (WEST, MIDDLE)]


def lay(root: Path) -> Path:
    """Write the layers of the old wards and of the council's outline under `root`."""
    (root / "geo").mkdir(exist_ok=True)
    for name, shapes in (("wards_2011", SQUARES), ("council_outline", {"outline": RIM})):
        layer = {"type": "FeatureCollection", "features": [_feature(code, ring) for code, ring in shapes.items()]}
        (root / "geo" / f"{name}.geojson").write_text(json.dumps(layer), encoding="utf-8")
    return root


def _feature(code: str, ring: list[tuple[float, float]]) -> dict:
    return {
        "type": "Feature",
        "properties": {"code": code, "name": code},
        "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
    }
