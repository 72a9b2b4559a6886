"""The map of a pack, as a picture that carries its own marks."""

from __future__ import annotations

from dataclasses import replace

from analysis.editions import EDITIONS
from analysis.gap import Gap
from analysis.pictures.map import map_picture
from analysis.pictures.sheet import Words
from analysis.present import gap_view, layers
from analysis.sources.catalogue import CatalogueError, NotHeld
from analysis.sources.library import Library

NO_BOUNDARIES = "No map is drawn: the edition does not hold the boundaries of its wards."


def map_of(library: Library, result: Gap, marked: tuple[str, ...]) -> bytes | str:
    """The verdicts of a comparison on its wards as PNG, with the wards of `marked` areas outlined.

    Its key is left out, for it stands beside the map on the slide, larger than it could be drawn. Where there is no
    map, why not in a sentence.
    """
    try:
        return _drawn(library, result, marked)
    except NotHeld as missing:
        return f"No map is drawn: {missing.reason}."
    except (OSError, CatalogueError):
        return NO_BOUNDARIES


def _drawn(library: Library, result: Gap, marked: tuple[str, ...]) -> bytes:
    layer = layers.map_layer(library, EDITIONS[result.edition].ward_layer)
    words = Words(gap_view.meaning(result, "gap"), (f"{layers.ATTRIBUTION}.",), result.basis)
    view = replace(gap_view.map_view(result, "gap", False), counts={})
    codes = [ward for code in marked for ward in code.split("+")]
    return map_picture(view, layer, words, marked=codes, root=library.root)
