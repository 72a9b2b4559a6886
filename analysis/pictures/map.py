"""The map of areas as a picture: the colours, symbols and hatching of the screen, with the key in words beneath."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from math import cos, radians
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from matplotlib.patheffects import withStroke
from shapely.geometry import MultiPolygon, Point, Polygon, shape

from analysis.pictures.sheet import MARGIN, PAPER, Kind, Sheet, Words, drawing
from analysis.pictures.type_setting import font, width
from analysis.present.gap_view import MapView
from analysis.present.maps import AreaPaint, MapLayer, Marked, SitePaint
from analysis.present.palette import Class, ink_on, theme
from analysis.sources.catalogue import read_layer
from analysis.sources.library import ROOT

LEAST_RANK, SYMBOL = 2, 8.0
BESIDE = (0, 12, -12, 22, -22, 34, -34)
Shape = Polygon | MultiPolygon
ACROSS = 860.0
BORDER, HATCH, HATCHED = "#8a949a", "////", "#8a949a"
SIZE, SWATCH, ROW, COLUMN_GAP = 12.5, 26.0, 24.0, 26.0


def map_picture(
    view: MapView,
    layer: MapLayer,
    words: Words,
    *,
    marked: Marked = None,
    sites: Sequence[SitePaint] = (),
    noun: str = "wards",
    dark: bool = False,
    kind: Kind = "png",
    root: Path = ROOT,
) -> bytes:
    """The map of `view` on the areas of `layer` as PNG at 192 dots an inch, or as SVG.

    `marked` are the codes of areas to outline, `noun` what areas are called in the key, `root` the folder that holds
    geo/. Hatched areas have no figure; the key says why. Raises CatalogueError or OSError without the boundary file.
    """
    shapes = _shapes(root, layer)
    rows = _rows(view.counts, noun, ACROSS - 2 * MARGIN)
    high = _height(shapes, ACROSS - 2 * MARGIN)
    with drawing():
        sheet = Sheet(words, ACROSS, high + 14 + ROW * len(rows), dark=dark)
        axes = sheet.axes(MARGIN, sheet.top, ACROSS - 2 * MARGIN, high)
        _areas(axes, shapes, view.paints, sheet)
        _outlined(axes, shapes, [marked] if isinstance(marked, str) else marked or (), sheet)
        _sites(axes, sites)
        _frame(axes, shapes)
        _places(axes, layer, [_taken(axes, shapes[area.code]) for area in view.paints if area.code in shapes], sheet)
        _key(sheet, rows, sheet.top + high + 14)
        return sheet.saved(kind, words.title)


def _shapes(root: Path, layer: MapLayer) -> dict[str, Any]:
    features = read_layer(root / "geo" / Path(layer.layer_url).name)["features"]
    return {str(feature["properties"]["code"]): shape(feature["geometry"]) for feature in features}


def _extent(shapes: Mapping[str, Shape]) -> tuple[float, float, float, float]:
    bounds = [area.bounds for area in shapes.values()]
    west, south = (min(each[side] for each in bounds) for side in (0, 1))
    east, north = (max(each[side] for each in bounds) for side in (2, 3))
    return west, south, east, north


def _height(shapes: Mapping[str, Shape], wide: float) -> float:
    west, south, east, north = _extent(shapes)
    return wide * (north - south) / ((east - west) * cos(radians((south + north) / 2)))


def _frame(axes: Axes, shapes: Mapping[str, Shape]) -> None:
    west, south, east, north = _extent(shapes)
    axes.set_xlim(west, east)
    axes.set_ylim(south, north)
    axes.set_axis_off()


def _polygons(area: Shape) -> list[Polygon]:
    return list(area.geoms) if isinstance(area, MultiPolygon) else [area]


def _outline(area: Shape) -> Outline:
    rings = [ring for polygon in _polygons(area) for ring in (polygon.exterior, *polygon.interiors)]
    return Outline.make_compound_path(*(Outline(list(ring.coords), closed=True) for ring in rings))


def _areas(axes: Axes, shapes: Mapping[str, Shape], paints: Sequence[AreaPaint], sheet: Sheet) -> None:
    painted = {area.code: area for area in paints}
    for code, area in shapes.items():
        paint = painted.get(code) or AreaPaint(code, PAPER[theme(sheet.dark)], hatched=True)
        look = {"hatch": HATCH, "edgecolor": HATCHED} if paint.hatched else {"edgecolor": BORDER}
        axes.add_patch(PathPatch(_outline(area), facecolor=paint.colour, lw=0.6, zorder=1, **look))
        if paint.hatched:
            axes.add_patch(PathPatch(_outline(area), fill=False, edgecolor=BORDER, lw=0.6, zorder=1.5))
        if paint.symbol:
            _symbol(axes, area, paint)


Box = tuple[float, float, float, float]


def _middle(area: Shape) -> Point:
    return max(_polygons(area), key=lambda part: part.area).representative_point()


def _taken(axes: Axes, area: Shape) -> Box:
    x, y = axes.transData.transform((_middle(area).x, _middle(area).y))
    return float(x), float(y), SYMBOL, SYMBOL


def _symbol(axes: Axes, area: Shape, paint: AreaPaint) -> None:
    middle = _middle(area)
    axes.text(
        middle.x,
        middle.y,
        paint.symbol,
        fontproperties=font(9.5, bold=True),
        color=ink_on(paint.colour),
        ha="center",
        va="center_baseline",
        zorder=4,
        gid=f"symbol-{paint.code}",
        path_effects=[withStroke(linewidth=2.2, foreground=paint.colour)] if paint.hatched else [],
    )


def _outlined(axes: Axes, shapes: Mapping[str, Shape], codes: Sequence[str], sheet: Sheet) -> None:
    for code in codes:
        if code in shapes:
            edge = {"fill": False, "edgecolor": sheet.ink, "joinstyle": "round"}
            axes.add_patch(PathPatch(_outline(shapes[code]), lw=2.6, zorder=3, **edge))


def _sites(axes: Axes, sites: Sequence[SitePaint]) -> None:
    for site in sites:
        look: dict[str, Any] = {"s": (0.75 * 2 * site.radius) ** 2, "c": [site.colour], "edgecolors": ["#ffffff"]}
        axes.scatter([site.lon], [site.lat], lw=0.8, zorder=5, **look)


def _places(axes: Axes, layer: MapLayer, taken: list[Box], sheet: Sheet) -> None:
    """Names of the city and towns where they cover no symbol and no other name, else a little beside, else none."""
    for place in sorted(layer.places, key=lambda one: one.rank):
        size = 13 if place.rank == 1 else 11
        wide = width(place.name, size, bold=True) / 2
        x, y = axes.transData.transform((place.lon, place.lat))
        free = (
            (x + across, y + up)
            for up, across in product(BESIDE, BESIDE)
            if not any(_touch((x + across, y + up, wide + 2, size / 2 + 2), other) for other in taken)
        )
        spot = next(free, None) if place.rank <= LEAST_RANK else None
        if spot:
            taken.append((*spot, wide, size / 2))
            _name(axes, place.name, axes.transData.inverted().transform(spot), size, sheet)


def _touch(one: Box, other: Box) -> bool:
    return abs(one[0] - other[0]) < one[2] + other[2] and abs(one[1] - other[1]) < one[3] + other[3]


def _name(axes: Axes, name: str, spot: Any, size: float, sheet: Sheet) -> None:
    halo = withStroke(linewidth=3, foreground=PAPER[theme(sheet.dark)])
    face: dict[str, Any] = {"fontproperties": font(size, bold=True), "color": sheet.ink, "path_effects": [halo]}
    axes.text(spot[0], spot[1], name, gid=f"name-{name}", ha="center", va="center_baseline", zorder=6, **face)


Entry = tuple[Class, str]


def _rows(counts: Mapping[Class, int], noun: str, across: float) -> list[list[Entry]]:
    rows: list[list[Entry]] = []
    used = 0.0
    for item, count in counts.items():
        said = f"{item.label} ({count} {noun if count != 1 else noun.removesuffix('s')})"
        wide = SWATCH + 8 + width(said, SIZE) + COLUMN_GAP
        if not rows or used + wide > across:
            rows.append([])
            used = 0.0
        rows[-1].append((item, said))
        used += wide
    return rows


def _key(sheet: Sheet, rows: Sequence[Sequence[Entry]], top: float) -> None:
    for number, row in enumerate(rows):
        x, y = MARGIN, top + ROW * number
        for item, said in row:
            fill = item.colour(sheet.dark)
            look = {"hatch": HATCH, "edgecolor": HATCHED} if item.hatched else {"edgecolor": BORDER}
            sheet.box(x, y, SWATCH, 16, fill, lw=0.6, **look)
            sheet.write(
                item.symbol, x + SWATCH / 2, y + 8, 9.5, bold=True, colour=ink_on(fill), ha="center", va="center"
            )
            sheet.write(said, x + SWATCH + 8, y + 8, SIZE, va="center_baseline")
            x += SWATCH + 8 + width(said, SIZE) + COLUMN_GAP
