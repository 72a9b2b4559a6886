"""The map of a meeting: still and large, its verdicts as colours and signs to be told from afar."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from analysis.present.palette import INK, MUTED, Class, ink_on, theme
from analysis.present.ward_small_map import WIDTH, height, outlines, placed

Points = dict[str, tuple[float, float]]
SIGNED = ("▼▼", "▼", "▲▲", "▲")
PAPER = {"light": "#fcfbf8", "dark": "#12191e"}


def signs(root: Path, layer: str) -> Points:
    """Where in each area of a boundary file its sign stands, by code, in the units of the drawing."""
    from shapely.geometry import shape  # noqa: PLC0415

    features = json.loads((root / "geo" / f"{layer}.geojson").read_text("utf-8"))["features"]
    points = {str(each["properties"]["code"]): shape(each["geometry"]).representative_point() for each in features}
    return {code: placed(point.x, point.y) for code, point in points.items()}


def drawn(root: Path, layer: str) -> tuple[dict[str, str], Points]:
    """The outlines of a layer, and where the signs stand: all of a map that does not change."""
    return outlines(root, layer), signs(root, layer)


def picture(
    drawing: tuple[Mapping[str, str], Points],
    classes: Mapping[str, Class],
    alt: str,
    *,
    dark: bool,
    marked: Sequence[str] = (),
) -> str:
    """The map as an HTML image; areas in `marked` are outlined, and the others then stand back without their signs."""
    paths, points = drawing
    name = theme(dark)
    areas = "".join(_area(path, classes.get(code), code in marked or not marked, dark) for code, path in paths.items())
    told = [code for code in points if code in classes and classes[code].symbol in SIGNED and not marked]
    lettered = "".join(_sign(points[code], classes[code], dark) for code in told)
    outlined = "".join(
        f'<path d="{paths[code]}" fill="none" stroke="{INK[name]}" stroke-width="2.4"/>'
        for code in marked
        if code in paths
    )
    drawing_text = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-3 -3 {WIDTH + 6} {height() + 6:.0f}" '
        f'stroke-linejoin="round"><defs>{_hatching(name)}</defs><g stroke="{MUTED[name]}" stroke-width=".6">{areas}</g>'
        f"{outlined}{lettered}</svg>"
    )
    source = b64encode(drawing_text.encode()).decode()
    return f'<img src="data:image/svg+xml;base64,{source}" alt="{escape(alt)}" width="{WIDTH}" height="{height():.0f}">'


def key(counts: Mapping[Class, int], dark: bool) -> str:
    """The key of the map as an HTML list: swatch, sign, words and how many."""
    lines = "".join(
        f'<li><i class="{"hatched" if item.hatched else ""}" style="background-color:{item.colour(dark)};'
        f'color:{ink_on(item.colour(dark))}">{escape(item.symbol)}</i><span>{escape(item.label)}</span><b>{count}</b></li>'
        for item, count in counts.items()
        if count
    )
    return f'<ul class="meeting-key" aria-label="Key of the map, with the number of wards">{lines}</ul>'


def _area(path: str, item: Class | None, forward: bool, dark: bool) -> str:
    fill = "url(#hatched)" if item is None or item.hatched else item.colour(dark)
    return f'<path d="{path}" fill="{fill}" opacity="{1 if forward else 0.45}"/>'


def _sign(point: tuple[float, float], item: Class, dark: bool) -> str:
    x, y = point
    ink = ink_on(item.colour(dark))
    return (
        f'<text x="{x:.1f}" y="{y + 2.6:.1f}" text-anchor="middle" font-family="sans-serif" font-weight="700" '
        f'font-size="7.5" fill="{ink}">{item.symbol}</text>'
    )


def _hatching(name: str) -> str:
    return (
        '<pattern id="hatched" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="4" height="4" fill="{PAPER[name]}"/>'
        f'<line x1="0" y1="0" x2="0" y2="4" stroke="{MUTED[name]}" stroke-width=".8"/></pattern>'
    )
