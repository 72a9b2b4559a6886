"""The parts of a Plotly figure that a picture can show, and a refusal for any other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

Part = Mapping[str, Any]


class NotDrawn(ValueError):
    """The figure has a part no picture shows; the message names it. Teach analysis/pictures to draw it."""


TRACES = {
    "scatter": {
        *("x", "y", "mode", "name", "line", "marker", "opacity", "error_x", "error_y", "text", "textfont"),
        *("fill", "fillcolor", "showlegend", "xaxis", "yaxis"),
    },
    "bar": {
        *("x", "y", "base", "width", "marker", "name", "text", "textposition", "showlegend", "xaxis", "yaxis"),
        "orientation",
    },
}
ONLY_ON_SCREEN = {"type", "customdata", "hovertemplate", "hoverinfo", "cliponaxis", "connectgaps", "legendgroup"}
AXIS = {
    *("gridcolor", "gridwidth", "showgrid", "tickfont", "tickmode", "tickvals", "ticktext", "categoryorder"),
    *("categoryarray", "range", "rangemode", "title", "side", "ticksuffix", "type", "visible", "anchor", "domain"),
}
AXIS_ON_SCREEN = {"zeroline", "fixedrange", "automargin"}
LAYOUT = {"height", "margin", "showlegend", "barmode", "bargap", "annotations", "shapes"}
LAYOUT_ON_SCREEN = {
    *("template", "font", "paper_bgcolor", "plot_bgcolor", "legend", "hoverlabel", "dragmode", "hovermode"),
}
SHAPE = {"type", "x0", "x1", "y0", "y1", "xref", "yref", "line", "layer"}
ANNOTATION = {"x", "y", "xref", "yref", "text", "xanchor", "yanchor", "showarrow", "font"}
LINE = {"color", "width", "dash"}
MARKER = {"color", "size", "symbol", "line"}
LIMITS = {"type", "symmetric", "array", "arrayminus", "thickness", "width", "color"}
FONT = {"color", "size", "family"}
DASHES: dict[str, Any] = {"solid": "-", "dash": (0, (5, 3)), "dot": (0, (1.2, 2)), "dashdot": (0, (5, 2, 1.2, 2))}


def known(part: Part, drawn: set[str], where: str, silent: set[str] | frozenset[str] = frozenset()) -> Part:
    """A part all of whose settings are drawn, or are only for the screen. Raises NotDrawn for any other."""
    strange = sorted(set(part) - drawn - silent)
    if strange:
        raise NotDrawn(f"{where}: no picture shows {', '.join(strange)}.")
    return part


def one_of(table: Mapping[str, Any], name: str, where: str) -> Any:
    """What a named value means. Raises NotDrawn for a name that is not in the table."""
    if name not in table:
        raise NotDrawn(f"{where}: no picture shows {name!r}.")
    return table[name]


def line(part: Part | None, where: str) -> dict[str, Any]:
    """How matplotlib draws a line: colour, points, dash. Raises NotDrawn."""
    given = known(part or {}, LINE, f"{where} line")
    made: dict[str, Any] = {"lw": 0.75 * float(given.get("width", 2))}
    made["ls"] = one_of(DASHES, given.get("dash", "solid"), f"{where} dash")
    if given.get("color") is not None:
        made["color"] = colour(given["color"], where)
    return made


def colour(said: str, where: str) -> tuple[float, float, float, float]:
    """A colour as red, green, blue and alpha from 0 to 1. Raises NotDrawn for anything but #rrggbb and rgba()."""
    hexadecimal = re.fullmatch(r"#([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})", said)
    if hexadecimal:
        red, green, blue = (int(pair, 16) / 255 for pair in hexadecimal.groups())
        return red, green, blue, 1.0
    mixed = re.fullmatch(r"rgba\(\s*([\d.]+)\s*,\s*([\d.]+)\s*,\s*([\d.]+)\s*,\s*([\d.]+)\s*\)", said)
    if not mixed:
        raise NotDrawn(f"{where}: no picture shows the colour {said!r}.")
    red, green, blue, alpha = (float(number) for number in mixed.groups())
    return red / 255, green / 255, blue / 255, alpha
