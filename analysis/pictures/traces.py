"""The traces of a Plotly figure drawn by matplotlib: points, lines, bands, bars, their limits and their words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from analysis.pictures.parts import (
    FONT,
    LIMITS,
    MARKER,
    ONLY_ON_SCREEN,
    TRACES,
    NotDrawn,
    Part,
    colour,
    known,
    line,
    one_of,
)
from analysis.pictures.scales import Scale
from analysis.pictures.type_setting import font, plain

SYMBOLS = {
    "circle": ("o", 1.0),
    "square": ("s", 0.92),
    "diamond": ("D", 0.86),
    "triangle-up": ("^", 1.08),
    "triangle-down": ("v", 1.08),
    "x": ("X", 1.1),
    "cross": ("P", 1.1),
    "star": ("*", 1.45),
    "line-ns": ("|", 1.2),
}
OPEN = "-open"
MODES = {"markers", "lines", "lines+markers", "markers+text", "text"}


@dataclass(frozen=True)
class Sides:
    """The axes a trace is drawn in, and where bars of a group stand: the centre of this one and how wide it is."""

    axes: Axes
    x: Scale
    y: Scale
    ink: str
    shift: float = 0.0
    wide: float = 0.8


def checked(trace: Part, name: str) -> Part:
    """A trace all of whose settings a picture shows. Raises NotDrawn."""
    kind = trace.get("type", "scatter")
    known(trace, one_of(TRACES, kind, name), name, ONLY_ON_SCREEN)
    if trace.get("connectgaps"):
        raise NotDrawn(f"{name}: no picture joins a line over its gaps.")
    return trace


def draw(trace: Part, sides: Sides) -> None:
    """Draw one checked trace. Raises NotDrawn."""
    if trace.get("type", "scatter") == "bar":
        _bars(trace, sides)
    else:
        _scatter(trace, sides)


def _scatter(trace: Part, sides: Sides) -> None:
    where = str(trace.get("name") or "trace")
    x, y = sides.x.at(trace["x"]), sides.y.at(trace["y"])
    mode = trace.get("mode", "lines+markers")
    if mode not in MODES:
        raise NotDrawn(f"{where}: no picture shows the mode {mode!r}.")
    if trace.get("fill"):
        _band(trace, sides, x, y)
        return
    alpha = trace.get("opacity", 1.0)
    for name in ("error_x", "error_y"):
        if trace.get(name):
            _limits(trace, name, sides, x, y)
    if "lines" in mode:
        look = {"color": sides.ink, **line(trace.get("line"), where)}
        sides.axes.plot(x, y, alpha=alpha, solid_capstyle="butt", zorder=3, **look)
    if "markers" in mode:
        _markers(trace, sides, x, y)
    if "text" in mode:
        _labels(trace, sides, x, y)


def _band(trace: Part, sides: Sides, x: np.ndarray, y: np.ndarray) -> None:
    if trace["fill"] != "toself":
        raise NotDrawn(f"no picture shows the fill {trace['fill']!r}.")
    breaks = np.flatnonzero(np.isnan(x) | np.isnan(y))
    for part_x, part_y in zip(np.split(x, breaks), np.split(y, breaks), strict=True):
        inside = ~(np.isnan(part_x) | np.isnan(part_y))
        if inside.sum() > 2:
            fill = colour(trace["fillcolor"], "band")
            sides.axes.fill(part_x[inside], part_y[inside], facecolor=fill, lw=0, zorder=2)


def mark(trace: Part, ink: str) -> dict[str, Any]:
    """How matplotlib draws the points of a trace: shape, size in points, fill and edge. Raises NotDrawn."""
    where = str(trace.get("name") or "trace")
    given = known(trace.get("marker") or {}, MARKER, f"{where} marker")
    said = str(given.get("symbol", "circle"))
    shape, factor = one_of(SYMBOLS, said.removesuffix(OPEN), f"{where} symbol")
    edge = line(given.get("line"), where) if given.get("line") else {"lw": 0.0}
    fill = given.get("color", (trace.get("line") or {}).get("color", ink))
    hollow = said.endswith(OPEN) or shape == "|"
    own = fill if isinstance(fill, str) else None
    return {
        "marker": shape,
        "size": 0.75 * float(given.get("size", 6)) * factor,
        "fill": "none" if hollow else fill,
        "edge": edge.get("color", own or ink),
        "lw": max(edge["lw"], 1.3) if hollow else edge["lw"],
    }


def _markers(trace: Part, sides: Sides, x: np.ndarray, y: np.ndarray) -> None:
    look = mark(trace, sides.ink)
    fill = look["fill"] if isinstance(look["fill"], str) else [colour(one, "marker") for one in look["fill"]]
    sides.axes.scatter(
        x,
        y,
        s=look["size"] ** 2,
        marker=look["marker"],
        c=None if look["marker"] == "|" else fill,
        edgecolors=None if look["marker"] == "|" else [look["edge"]],
        color=look["edge"] if look["marker"] == "|" else None,
        linewidths=look["lw"],
        alpha=trace.get("opacity", 1.0),
        clip_on=False,
        zorder=4,
    )


def _limits(trace: Part, name: str, sides: Sides, x: np.ndarray, y: np.ndarray) -> None:
    given = known(trace[name], LIMITS, name)
    if given.get("type", "data") != "data":
        raise NotDrawn(f"{name}: no picture shows limits of the kind {given['type']!r}.")
    above = np.asarray(given["array"], float)
    below = above if given.get("symmetric", True) else np.asarray(given["arrayminus"], float)
    value = x if name == "error_x" else y
    held = ~(np.isnan(above) | np.isnan(below) | np.isnan(value))
    spread = np.clip(np.vstack([below[held], above[held]]), 0, None)
    own = given.get("color") or (trace.get("line") or {}).get("color") or (trace.get("marker") or {}).get("color")
    sides.axes.errorbar(
        x[held],
        y[held],
        **{"xerr" if name == "error_x" else "yerr": spread},
        fmt="none",
        ecolor=own if isinstance(own, str) else sides.ink,
        elinewidth=0.75 * given.get("thickness", 2),
        capsize=0.75 * given.get("width", 4),
        capthick=0.75 * given.get("thickness", 2),
        zorder=2.5,
    )


def _labels(trace: Part, sides: Sides, x: np.ndarray, y: np.ndarray) -> None:
    given = known(trace.get("textfont") or {}, FONT, "text")
    inks = given.get("color", sides.ink)
    for place, said in enumerate(trace["text"]):
        ink = inks if isinstance(inks, str) else inks[place]
        words, bold = plain(said)
        face = font(given.get("size", 12), bold=bold)
        sides.axes.text(
            x[place], y[place], words, fontproperties=face, color=ink, ha="center", va="center_baseline", zorder=5
        )


def _bars(trace: Part, sides: Sides) -> None:
    known(trace.get("marker") or {}, {"color", "line"}, "bar")
    lying = trace.get("orientation") == "h"
    across, along = (sides.y, sides.x) if lying else (sides.x, sides.y)
    place, value = across.at(trace["y" if lying else "x"]), along.at(trace["x" if lying else "y"])
    base = along.at(trace["base"]) if trace.get("base") is not None else np.zeros(len(value))
    wide = float(trace["width"]) if trace.get("width") is not None else sides.wide
    shift = 0.0 if trace.get("width") is not None else sides.shift
    paint = (trace.get("marker") or {}).get("color", sides.ink)
    fills = colour(paint, "bar") if isinstance(paint, str) else [colour(one, "bar") for one in paint]
    look: dict[str, Any] = {"color": fills, "zorder": 1.5, "left" if lying else "bottom": base}
    (sides.axes.barh if lying else sides.axes.bar)(place + shift, value, wide, **look)
    if trace.get("text") is not None:
        _above_bars(trace, sides, place + shift, base + value, lying=lying)


def _above_bars(trace: Part, sides: Sides, place: np.ndarray, ends: np.ndarray, *, lying: bool) -> None:
    if trace.get("textposition") != "outside":
        raise NotDrawn("bar: a picture shows words of bars outside them only.")
    for at, end, said in zip(place, ends, trace["text"], strict=True):
        if np.isnan(end):
            continue
        sides.axes.annotate(
            plain(said)[0],
            (end, at) if lying else (at, end),
            xytext=(4, 0) if lying else (0, 2),
            textcoords="offset points",
            ha="left" if lying else "center",
            va="center" if lying else "bottom",
            fontproperties=font(12),
            color=sides.ink,
        )
