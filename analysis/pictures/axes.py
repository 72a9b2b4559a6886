"""The axes of a Plotly figure as matplotlib's: range, ticks and their words, grid, title."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.ticker import FuncFormatter, MaxNLocator

from analysis.pictures.parts import AXIS, AXIS_ON_SCREEN, FONT, NotDrawn, Part, colour, known
from analysis.pictures.scales import Scale
from analysis.pictures.type_setting import font, plain

EDGE = 0.6
TICK, TITLE, PAD = 12.0, 13.0, 6.0


def checked(settings: Part, name: str) -> Part:
    """The settings of an axis, all of which a picture shows. Raises NotDrawn."""
    known(settings, AXIS, name, AXIS_ON_SCREEN)
    if settings.get("zeroline"):
        raise NotDrawn(f"{name}: no picture shows a line at nought.")
    if settings.get("rangemode", "normal") not in ("normal", "tozero"):
        raise NotDrawn(f"{name}: no picture shows the range mode {settings['rangemode']!r}.")
    return settings


def title(scale: Scale) -> str:
    """The words beside an axis."""
    said = scale.settings.get("title") or {}
    known(said, {"text", "font"}, f"{scale.name} title")
    return plain(said.get("text") or "")[0]


def ticks(scale: Scale) -> tuple[list[float], list[tuple[str, bool]]] | None:
    """Where ticks stand and their words, each with whether it is bold; None where matplotlib may choose."""
    given = scale.settings
    if given.get("tickvals") is not None:
        values = list(given["tickvals"])
        words = list(given["ticktext"]) if given.get("ticktext") is not None else [_number(v, given) for v in values]
        return list(scale.at(values)), [plain(word) for word in words]
    if scale.places:
        return [float(place) for place in scale.places.values()], [plain(word) for word in scale.places]
    return None


def dress(axes: Axes, x: Scale, y: Scale, inks: tuple[str, str], tilt: int) -> None:
    """Set range, ticks, words and grid of both axes once everything is drawn.

    `inks` are those of words and grid; `tilt` is how far the words below are turned, in degrees.
    """
    for scale, axis, limits, change in (
        (x, axes.xaxis, axes.get_xlim, axes.set_xlim),
        (y, axes.yaxis, axes.get_ylim, axes.set_ylim),
    ):
        _range(scale, limits(), change)
        _ticks(scale, axis, inks)
        _grid(scale, axis, inks[1])
    if x.settings.get("side") == "top":
        axes.xaxis.tick_top()
    axes.tick_params(length=0, pad=PAD)
    for label in axes.get_xticklabels() if tilt else ():
        label.set(rotation=tilt, ha="right", rotation_mode="anchor")


def _range(scale: Scale, drawn: tuple[float, float], change: Callable[[float, float], Any]) -> None:
    given = scale.settings.get("range")
    if given is not None:
        change(*(10 ** np.asarray(given, float) if scale.log else given))
    elif scale.places:
        change(-EDGE, len(scale.places) - 1 + EDGE)
    elif scale.settings.get("rangemode") == "tozero" and drawn[1] > 0:
        change(min(0.0, drawn[0]) if drawn[0] < -0.1 * drawn[1] else 0.0, drawn[1])


def _ticks(scale: Scale, axis: Axis, inks: tuple[str, str]) -> None:
    if scale.settings.get("visible") is False:
        axis.set_visible(False)
        return
    face = known(scale.settings.get("tickfont") or {}, FONT, f"{scale.name} ticks")
    chosen = ticks(scale)
    if chosen:
        axis.set_ticks(chosen[0], labels=[words for words, _ in chosen[1]])
    elif not scale.log:
        axis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 5, 10]))
        axis.set_major_formatter(FuncFormatter(lambda value, _: _number(value, scale.settings)))
    for place, label in enumerate(axis.get_ticklabels()):
        bold = bool(chosen) and place < len(chosen[1]) and chosen[1][place][1] if chosen else False
        label.set_fontproperties(font(face.get("size", TICK), bold=bold))
        label.set_color(face.get("color", inks[0]))


def _number(value: float, settings: Part) -> str:
    return f"{value:,.10g}{settings.get('ticksuffix') or ''}".replace("-", "\u2212")


def _grid(scale: Scale, axis: Axis, ink: str) -> None:
    if scale.settings.get("showgrid") is False or scale.settings.get("visible") is False:
        return
    said = scale.settings.get("gridcolor")
    axis.grid(
        visible=True,
        color=colour(said, scale.name) if said else ink,
        linewidth=max(0.25, 0.75 * scale.settings.get("gridwidth", 1)),
        zorder=0,
    )
