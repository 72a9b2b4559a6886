"""One faithful translation of the project's Plotly figures into pictures; what it does not know it refuses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes

from analysis.pictures import axes as axis_parts
from analysis.pictures import key, traces
from analysis.pictures.parts import (
    ANNOTATION,
    FONT,
    LAYOUT,
    LAYOUT_ON_SCREEN,
    SHAPE,
    NotDrawn,
    Part,
    known,
    line,
    one_of,
)
from analysis.pictures.scales import Scale, scale
from analysis.pictures.sheet import MARGIN, Kind, Sheet, Words, drawing
from analysis.pictures.type_setting import font, plain, width

if TYPE_CHECKING:
    import plotly.graph_objects as go

ACROSS = 860.0
ABOVE = 24.0
TILT, SINE = 40, 0.643
ALIGN = {"left": "left", "center": "center", "right": "right", "auto": "center"}
UPRIGHT = {"top": "top", "middle": "center", "bottom": "bottom", "auto": "center"}
HOLDERS = {"x": "xaxis", "y": "yaxis"}


def chart(figure: go.Figure, words: Words, *, dark: bool = False, kind: Kind = "png") -> bytes:
    """The figure as a picture with its title, basis and sources: PNG at 192 dots an inch, or SVG.

    Raises NotDrawn for a trace or a part of the layout that no picture shows.
    """
    layout = known(figure.layout.to_plotly_json(), LAYOUT | _axes_of(figure), "layout", LAYOUT_ON_SCREEN)
    parts = [
        traces.checked(trace.to_plotly_json(), f"trace {number}") for number, trace in enumerate(figure.data, start=1)
    ]
    with drawing():
        return _drawn(layout, parts, words, dark=dark, kind=kind)


def _axes_of(figure: go.Figure) -> set[str]:
    return {name for name in figure.layout.to_plotly_json() if name.startswith(("xaxis", "yaxis"))}


def _drawn(layout: Part, parts: Sequence[Part], words: Words, *, dark: bool, kind: Kind) -> bytes:
    lines = key.rows(key.entries(parts, layout), ACROSS - 2 * MARGIN)
    pairs = _pairs(layout, parts)
    room = Room(layout, pairs)
    sheet = Sheet(words, ACROSS, key.ROW * len(lines) + room.needed, dark=dark)
    key.draw(sheet, lines, sheet.top)
    top = sheet.top + key.ROW * len(lines)
    drawn = {pair: _axes(sheet, room, x, top) for pair, (x, _) in pairs.items()}
    for pair, (x, y) in pairs.items():
        _traces(parts, pair, traces.Sides(drawn[pair], x, y, sheet.ink), layout)
        _titles(sheet, room, (x, y), top)
    for shape in layout.get("shapes") or ():
        _line(shape, drawn, sheet)
    for (x, y), axes in zip(pairs.values(), drawn.values(), strict=True):
        axis_parts.dress(axes, x, y, (sheet.ink, sheet.muted), TILT if room.tilts else 0)
    for note in layout.get("annotations") or ():
        _note(note, drawn, pairs, sheet, room, top)
    return sheet.saved(kind, words.title)


Pair = tuple[str, str]
Pairs = dict[Pair, tuple[Scale, Scale]]


def _pairs(layout: Part, parts: Sequence[Part]) -> Pairs:
    """Every pair of axes that traces stand on, with what is on it."""
    used = dict.fromkeys((part.get("xaxis", "x"), part.get("yaxis", "y")) for part in parts)
    made: Pairs = {}
    for pair in used:
        on = [part for part in parts if (part.get("xaxis", "x"), part.get("yaxis", "y")) == pair]
        scales = [_scale(layout, name, on) for name in pair]
        made[pair] = (scales[0], scales[1])
    return made


def _scale(layout: Part, name: str, on: Sequence[Part]) -> Scale:
    settings = axis_parts.checked(layout.get(f"{HOLDERS[name[0]]}{name[1:]}") or {}, f"axis {name}")
    return scale(f"axis {name}", settings, [part[name[0]] for part in on if part.get(name[0]) is not None])


class Room:
    """How the drawing of a chart is laid out: what stands around the axes, and how high they are, in pixels."""

    def __init__(self, layout: Part, pairs: Pairs) -> None:
        margin = layout.get("margin") or {}
        scales = list(pairs.values())
        notes = layout.get("annotations") or ()
        self.high = float(layout.get("height", 450)) - margin.get("t", 100) - margin.get("b", 80)
        self.on_top = any(x.settings.get("side") == "top" for x, _ in scales)
        self.left = _left(scales[0][1]) if scales else 0.0
        beside = [note for note in notes if note.get("xref") == "paper" and note.get("xanchor") == "left"]
        self.right = max((width(plain(note["text"])[0], 13, bold=True) + 8 for note in beside), default=14.0)
        self.wide = ACROSS - 2 * MARGIN - self.left - self.right
        self.tilts = any(self._crowded(x) for x, _ in scales)
        below = max(self._below(x) for x, _ in scales) + 12
        below += 22 if any(axis_parts.title(x) for x, _ in scales) else 0
        over = ABOVE if any(note.get("yref") == "paper" and note.get("y", 0) >= 1 for note in notes) else 8
        self.above = over + (below if self.on_top else 0)
        self.below = 8.0 if self.on_top else below

    def _crowded(self, x: Scale) -> bool:
        """Whether the words under an axis would touch if they were set level."""
        chosen = axis_parts.ticks(x)
        wide = self.across(x.settings.get("domain") or (0, 1))[1]
        return chosen is not None and sum(width(words, axis_parts.TICK) + 10 for words, _ in chosen[1]) > wide

    def _below(self, x: Scale) -> float:
        words = _words(x)
        level = 14.0 * max(word.count("\n") + 1 for word in words)
        return max(width(word, axis_parts.TICK) for word in words) * SINE + 12 if self.tilts else level

    @property
    def needed(self) -> float:
        """The height of it all."""
        return self.above + self.high + self.below

    def across(self, domain: Sequence[float]) -> tuple[float, float]:
        """Where a part of the drawing begins and how wide it is."""
        return MARGIN + self.left + domain[0] * self.wide, (domain[1] - domain[0]) * self.wide


def _words(scale: Scale) -> list[str]:
    chosen = axis_parts.ticks(scale)
    return [words for words, _ in chosen[1]] if chosen else ["0"]


def _left(scale: Scale) -> float:
    if scale.settings.get("visible") is False:
        return 4.0
    chosen = axis_parts.ticks(scale)
    longest = max(width(words, axis_parts.TICK, bold=bold) for words, bold in chosen[1]) if chosen else 44.0
    return longest + 12 + (22 if axis_parts.title(scale) else 0)


def _axes(sheet: Sheet, room: Room, x: Scale, top: float) -> Axes:
    start, wide = room.across(x.settings.get("domain") or (0, 1))
    return sheet.axes(start, top + room.above, wide, room.high)


def _traces(parts: Sequence[Part], pair: Pair, sides: traces.Sides, layout: Part) -> None:
    own = [part for part in parts if (part.get("xaxis", "x"), part.get("yaxis", "y")) == pair]
    bars = [part for part in own if part.get("type") == "bar"]
    wide = (1 - layout.get("bargap", 0.2)) / max(len(bars), 1)
    if sides.x.log:
        sides.axes.set_xscale("log")
    if sides.y.log:
        sides.axes.set_yscale("log")
    for part in own:
        place = bars.index(part) if part in bars else 0
        shift = (place - (len(bars) - 1) / 2) * wide
        traces.draw(part, traces.Sides(sides.axes, sides.x, sides.y, sides.ink, shift, wide))


def _titles(sheet: Sheet, room: Room, scales: tuple[Scale, Scale], top: float) -> None:
    x, y = (axis_parts.title(one) for one in scales)
    start, wide = room.across(scales[0].settings.get("domain") or (0, 1))
    if x:
        down = top + 2 if room.on_top else top + room.needed - 20
        sheet.write(x, start + wide / 2, down, axis_parts.TITLE, ha="center")
    if y:
        sheet.figure.text(
            *sheet.at(MARGIN, top + room.above + room.high / 2),
            y,
            fontproperties=font(axis_parts.TITLE),
            color=sheet.ink,
            rotation=90,
            ha="left",
            va="center",
        )


def _line(shape: Part, drawn: dict[Pair, Axes], sheet: Sheet) -> None:
    known(shape, SHAPE, "shape")
    upright = shape.get("type") == "line" and shape["x0"] == shape["x1"] and shape.get("yref") in ("y domain", "paper")
    if not upright:
        raise NotDrawn("shape: a picture shows upright lines from edge to edge only.")
    axes = next(axes for (x, _), axes in drawn.items() if x == shape.get("xref", "x"))
    look = {"color": sheet.ink, **line(shape.get("line"), "shape")}
    axes.axvline(float(shape["x0"]), zorder=1 if shape.get("layer") == "below" else 3.5, **look)


def _note(note: Part, drawn: dict[Pair, Axes], pairs: Pairs, sheet: Sheet, room: Room, top: float) -> None:
    known(note, ANNOTATION, "annotation")
    if note.get("showarrow", True):
        raise NotDrawn("annotation: no picture shows an arrow.")
    face: dict[str, Any] = dict(known(note.get("font") or {}, FONT, "annotation"))
    text, bold = plain(note["text"])
    axes, scales = next(iter(drawn.values())), next(iter(pairs.values()))
    x, y = (_place(note, scale_of, axes, room, sheet, top) for scale_of in scales)
    sheet.figure.text(
        x,
        y,
        text.strip(),
        fontproperties=font(face.get("size", 13), bold=bold),
        color=face.get("color", sheet.ink),
        ha=one_of(ALIGN, note.get("xanchor", "auto"), "annotation"),
        va=one_of(UPRIGHT, note.get("yanchor", "auto"), "annotation"),
    )


def _place(note: Part, scale_of: Scale, axes: Axes, room: Room, sheet: Sheet, top: float) -> float:
    """A place of a note along one axis, in fractions of the sheet."""
    side = scale_of.side
    value, against = note[side], note.get(f"{side}ref", side)
    if against == "paper":
        across = sheet.at(MARGIN + room.left + float(value) * room.wide + (6 if value >= 1 else 0), 0)[0]
        upward = sheet.at(0, top + room.above + (1 - float(value)) * room.high - 4)[1]
        return across if side == "x" else upward
    if against != side:
        raise NotDrawn(f"annotation: no picture shows a place against {against!r}.")
    at = float(scale_of.at([value])[0])
    spot = axes.transData.transform((at, at))
    placed = sheet.figure.transFigure.inverted().transform(spot)
    return float(placed[0 if side == "x" else 1])
