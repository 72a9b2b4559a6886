"""A small map for the printed page: outlines from the boundary files, painted by band, with one ward outlined.

Drawn as an image, because Streamlit takes drawings out of HTML and a map in a frame does not print well.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import cos, radians
from pathlib import Path

import pandas as pd

from analysis.present.bands import equal_count
from analysis.present.paint import BOUNDS, AreaPaint
from analysis.present.palette import INK

WIDTH = 300
_LATITUDE = 51.356
INK_ON_PAPER = INK["light"]


def outlines(root: Path, layer: str) -> dict[str, str]:
    """The areas of a boundary file as paths of a drawing, by code; points hardly apart are left out."""
    features = json.loads((root / "geo" / f"{layer}.geojson").read_text("utf-8"))["features"]
    return {str(feature["properties"]["code"]): _path(feature["geometry"]) for feature in features}


def _path(geometry: Mapping[str, list]) -> str:
    shapes = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return "".join(_ring(ring) for shape in shapes for ring in shape)


def _ring(points: Sequence[Sequence[float]]) -> str:
    kept: list[tuple[float, float]] = []
    for longitude, latitude in points:
        x, y = placed(longitude, latitude)
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) > 1 / 3:
            kept.append((x, y))
    return f"M{'L'.join(f'{x:.1f} {y:.1f}' for x, y in kept)}Z"


def placed(longitude: float, latitude: float) -> tuple[float, float]:
    """A place in the units of the drawing, from its left and its top."""
    (south, west), (_, _) = BOUNDS
    return (longitude - west) * _scale() * cos(radians(_LATITUDE)), height() - (latitude - south) * _scale()


def _scale() -> float:
    (_, west), (_, east) = BOUNDS
    return WIDTH / ((east - west) * cos(radians(_LATITUDE)))


def height() -> float:
    """The height of the drawing, in its own units."""
    (south, _), (north, _) = BOUNDS
    return (north - south) * _scale()


@dataclass(frozen=True)
class SmallMap:
    """A drawing (SVG), what a screen reader hears of it, and the words beneath."""

    drawing: str
    alt: str
    caption: str


def of_need(paths: Mapping[str, str], shares: pd.Series, short: str, ward: str, name: str) -> SmallMap:
    """The wards by their share of a need (0 to 1, by code), darker where it is larger, with one outlined."""
    values = 100 * shares
    paints = equal_count(values, lambda value: f"{value:.1f}%").paints({}, dark=False)
    alt = f"Map of the wards by their share of {short}, darker where it is larger; {name} is outlined."
    return SmallMap(
        drawing(paths, paints, ward), alt, f"Share of the council's {short}: darker is more. {name} is outlined."
    )


def drawing(paths: Mapping[str, str], paints: Sequence[AreaPaint], ward: str) -> str:
    """The outlines as SVG, painted, with one ward outlined; hatched areas, which have no value, stay white."""
    fills = {area.code: "#ffffff" if area.hatched else area.colour for area in paints}
    drawn = "".join(f'<path d="{path}" fill="{fills.get(code, "#ffffff")}"/>' for code, path in paths.items())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height():.0f}" stroke="#8a949a" '
        f'stroke-width=".5" stroke-linejoin="round">{drawn}'
        f'<path d="{paths[ward]}" fill="none" stroke="{INK_ON_PAPER}" stroke-width="2.2"/></svg>'
    )


def picture(small: SmallMap) -> str:
    """The map as an HTML image."""
    source = b64encode(small.drawing.encode()).decode()
    size = f'width="{WIDTH}" height="{height():.0f}"'
    return f'<img src="data:image/svg+xml;base64,{source}" alt="{escape(small.alt)}" {size}>'
