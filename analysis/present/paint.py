"""How the areas and sites of a map look, wherever it is drawn, and the ground it shows; no map library."""

from __future__ import annotations

from dataclasses import dataclass

Bounds = tuple[tuple[float, float], tuple[float, float]]

BOUNDS: Bounds = ((51.273, -2.707), (51.439, -2.278))


@dataclass(frozen=True, slots=True)
class AreaPaint:
    """How one area looks: `colour` as #rrggbb, a symbol that says the same, tooltip lines as plain text.

    A hatched area has no figure: its colour is ignored and its lines must say why.
    """

    code: str
    colour: str
    symbol: str = ""
    lines: tuple[str, ...] = ()
    hatched: bool = False


@dataclass(frozen=True, slots=True)
class SitePaint:
    """A dot for a site: degrees WGS84, colour as #rrggbb, first line its name, `radius` in pixels, perhaps a symbol."""

    lat: float
    lon: float
    colour: str
    lines: tuple[str, ...]
    radius: int = 5
    symbol: str = ""
