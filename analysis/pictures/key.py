"""The key of a chart, set as lines of entries above it, each with the mark it stands for."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.lines import Line2D

from analysis.pictures.parts import Part, colour, line
from analysis.pictures.sheet import MARGIN, Sheet
from analysis.pictures.traces import mark
from analysis.pictures.type_setting import plain, width

SIZE, ROW, HANDLE, GAP = 12.5, 21.0, 28.0, 20.0


def entries(traces: Sequence[Part], layout: Part) -> list[Part]:
    """The traces a key names: as Plotly has it, none where only one could be, unless it is asked for."""
    if layout.get("showlegend") is False:
        return []
    named = [trace for trace in traces if trace.get("name") and trace.get("showlegend") is not False]
    asked = layout.get("showlegend") or any(trace.get("showlegend") for trace in named)
    return named if asked or len(traces) > 1 else []


def rows(named: Sequence[Part], across: float) -> list[list[Part]]:
    """Entries in lines no wider than `across` pixels."""
    lines: list[list[Part]] = []
    used = 0.0
    for trace in named:
        wide = HANDLE + width(plain(trace["name"])[0], SIZE) + GAP
        if not lines or used + wide > across:
            lines.append([])
            used = 0.0
        lines[-1].append(trace)
        used += wide
    return lines


def draw(sheet: Sheet, lines: Sequence[Sequence[Part]], top: float) -> None:
    """Set the lines of a key, the first at `top` pixels from the top."""
    for number, entries_of_line in enumerate(lines):
        x, y = MARGIN, top + ROW * number
        for trace in entries_of_line:
            words = plain(trace["name"])[0]
            _handle(sheet, trace, x, y + SIZE * 0.62)
            sheet.write(words, x + HANDLE, y, SIZE)
            x += HANDLE + width(words, SIZE) + GAP


def _handle(sheet: Sheet, trace: Part, x: float, y: float) -> None:
    if trace.get("type") == "bar":
        paint = (trace.get("marker") or {}).get("color", sheet.ink)
        sheet.box(x, y - 6, 20, 12, colour(paint if isinstance(paint, str) else paint[0], "bar"))
        return
    mode, middle = trace.get("mode", "lines+markers"), sheet.at(x + 10, y)
    if "lines" in mode:
        ends = [sheet.at(x, y), sheet.at(x + 20, y)]
        look = {"color": sheet.ink, **line(trace.get("line"), "key")}
        look["lw"] = min(look["lw"], 5)
        sheet.figure.add_artist(
            Line2D(*zip(*ends, strict=True), alpha=trace.get("opacity", 1.0), solid_capstyle="butt", **look)
        )
    if "markers" in mode:
        seen = mark(trace, sheet.ink)
        fill = seen["fill"] if isinstance(seen["fill"], str) else seen["fill"][0]
        sheet.figure.add_artist(
            Line2D(
                [middle[0]],
                [middle[1]],
                ls="none",
                marker=seen["marker"],
                markersize=min(seen["size"], 9),
                markerfacecolor=fill,
                markeredgecolor=seen["edge"],
                markeredgewidth=seen["lw"],
            )
        )
