"""The ward map: a folium base map drawn once, and the light coat of paint that a rerun sends.

The browser fetches the geometry itself and keeps it. Python sends, for each area, a colour, a symbol and the words of
its tooltip (about 5 kB for 37 wards), so the frame is never rebuilt and zoom is kept. `area_layer.js` does the drawing.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import ClassVar

import folium
from folium.elements import JSCSSMixin, MacroElement
from folium.template import Template

from analysis.present.paint import AreaPaint, Bounds, SitePaint

STATIC = "/app/static"
VENDOR = f"{STATIC}/vendor"

Marked = str | Sequence[str] | None


@dataclass(frozen=True, slots=True)
class Place:
    """A place label: degrees WGS84; rank 1 is set largest and always shown, others give way where labels collide."""

    name: str
    lat: float
    lon: float
    rank: int = 3


@dataclass(frozen=True, slots=True)
class MapLayer:
    """What does not change while a map is on screen.

    `layer_url` and `outline_url` name GeoJSON in WGS84 whose features have the properties `code` and `name`;
    `bounds` is ((south, west), (north, east)) in degrees; `label` names the map for screen readers.
    """

    layer_url: str
    outline_url: str
    places: tuple[Place, ...]
    label: str
    attribution: str
    bounds: Bounds


def base_map(layer: MapLayer) -> folium.Map:
    """The map without any figures; the same layer always gives the same script, so the frame is never remounted.

    It is built anew for every run because streamlit-folium alters the map it is given: a shared one would carry one
    visitor's paint into another's frame.
    """
    (south, west), (north, east) = layer.bounds
    chart = _OfflineMap(location=((south + north) / 2, (west + east) / 2), zoom_start=10, tiles=None)
    chart.add_child(_AreaLayer(layer))
    return chart


def paint(
    areas: Sequence[AreaPaint],
    *,
    alt: str,
    selected: Marked = None,
    sites: Sequence[SitePaint] = (),
    placing: bool = False,
) -> folium.FeatureGroup:
    """The changing part: colours, symbols and words of the areas, the chosen area or areas, and sites.

    Areas left out are hatched and say that there is no figure. `alt` is what a screen reader hears of the whole map.
    With `placing` a click anywhere, on an area or beside all of them, tells its latitude and longitude.
    """
    group = folium.FeatureGroup(name="paint", control=False)
    group.add_child(_Paint(paint_message(areas, alt=alt, selected=selected, sites=sites, placing=placing)))
    return group


def paint_message(
    areas: Sequence[AreaPaint], *, alt: str, selected: Marked, sites: Sequence[SitePaint], placing: bool = False
) -> str:
    """The paint as compact JSON: colours by their place in a palette, `<` escaped."""
    palette = list(dict.fromkeys(area.colour for area in areas))
    place = {colour: index for index, colour in enumerate(palette)}
    message = {
        "palette": palette,
        "areas": {a.code: [place[a.colour], a.symbol, int(a.hatched), a.lines] for a in areas},
        "selected": selected,
        "alt": alt,
        "sites": [_dot(site) for site in sites],
        "placing": int(placing),
    }
    return _script_json(message)


def clicked_code(token: str | None) -> str | None:
    """The area code in what the browser sends on a click: code, time in milliseconds, latitude, longitude."""
    return token.split(" ", 1)[0] if token else None


def clicked_point(token: str | None) -> tuple[float, float] | None:
    """Latitude and longitude in what the browser sends on a click; by keyboard, those of the area's label."""
    found = token.split(" ")[2:] if token else []
    return (float(found[0]), float(found[1])) if len(found) == 2 else None


def _dot(site: SitePaint) -> list[object]:
    return [round(float(site.lat), 5), round(float(site.lon), 5), site.colour, site.lines, site.radius, site.symbol]


class _OfflineMap(folium.Map):
    """A folium map whose Leaflet comes from this server."""

    default_js: ClassVar[list[tuple[str, str]]] = [("leaflet", f"{VENDOR}/leaflet.js")]
    default_css: ClassVar[list[tuple[str, str]]] = [("leaflet_css", f"{VENDOR}/leaflet.css")]


class _AreaLayer(JSCSSMixin, MacroElement):
    """Starts `area_layer.js` on its map."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "window.atlas = new AreaMap({{ this._parent.get_name() }}, {{ this.settings }});"
        "{% endmacro %}"
    )

    def __init__(self, layer: MapLayer) -> None:
        super().__init__()
        self._name = "AreaLayer"
        self.default_js = [("area_layer", _stamped("area_layer.js"))]
        self.default_css = [("area_layer_css", _stamped("area_layer.css"))]
        self.settings = _settings(layer)


class _Paint(MacroElement):
    """Hands the paint to the map."""

    _template = Template("{% macro script(this, kwargs) %}window.atlas.paint({{ this.message }});{% endmacro %}")

    def __init__(self, message: str) -> None:
        super().__init__()
        self._name = "Paint"
        self.message = message


@cache
def _settings(layer: MapLayer) -> str:
    return _script_json(
        {
            "layer_url": layer.layer_url,
            "outline_url": layer.outline_url,
            "places": [
                {"name": p.name, "lat": float(p.lat), "lon": float(p.lon), "rank": int(p.rank)}
                for p in sorted(layer.places, key=lambda place: place.rank)
            ],
            "label": layer.label,
            "attribution": layer.attribution,
            "bounds": layer.bounds,
        }
    )


@cache
def _stamped(name: str) -> str:
    """The address of our own script, with its fingerprint so that a new release is never mixed with an old copy."""
    return f"{VENDOR}/{name}?v={sha256(Path(__file__).with_name(name).read_bytes()).hexdigest()[:8]}"


def _script_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
