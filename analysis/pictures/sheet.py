"""The sheet of paper a picture stands on: title and marks above, words beneath, the drawing between."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.pictures.type_setting import FAMILY, LINE, PER_INCH, POINTS, font, width, wrapped
from analysis.present.palette import INK, MUTED, theme

Kind = Literal["png", "svg"]
PAPER = {"light": "#ffffff", "dark": "#14191d"}
MARGIN, TITLE, SMALL, BAND = 22.0, 18.0, 11.5, 26.0
SHARPNESS = 2
ANALYSTS = "ANALYST'S VIEW: NOT FOR PUBLICATION"
MARKS = {
    "illustrative": ("ILLUSTRATIVE: made up to show the tool, and says nothing of these places", "#b34700"),
    "modelled": ("MODELLED (OURS): worked out by us, not published", "#1f5fa8"),
}
BASIS = {
    "published": "Basis: published figures.",
    "modelled": "Basis: modelled (ours).",
    "illustrative": "Basis: illustrative, made up to show the tool.",
    "": "Basis: each figure says its own.",
}
_STYLE = {
    "font.family": FAMILY,
    "text.parse_math": False,
    "svg.hashsalt": "early-help-atlas",
    "svg.fonttype": "path",
    "axes.unicode_minus": True,
    "hatch.linewidth": 0.8,
    "path.simplify": False,
}
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class Words:
    """What is printed on a picture: a title, lines beneath, its basis, and whether small counts are on it.

    `basis` is published, modelled, illustrative, or blank where each figure says its own.
    """

    title: str
    foot: tuple[str, ...]
    basis: str
    analysts: bool = False

    @property
    def marks(self) -> list[tuple[str, str]]:
        """The bands above the drawing that nobody can miss, each with its colour."""
        made = [MARKS[self.basis]] if self.basis in MARKS else []
        return [*made, (ANALYSTS, "#a3001f")] if self.analysts else made

    @property
    def beneath(self) -> list[str]:
        """The lines under the drawing: the basis first."""
        return [BASIS[self.basis], *self.foot]


class Sheet:
    """A sheet of a width in pixels with room for a drawing of a height; places are pixels from the top left corner."""

    def __init__(self, words: Words, across: float, room: float, *, dark: bool) -> None:
        """Set the title and marks, leave `room`, and set the words beneath. Raises KeyError for an unknown basis."""
        self.dark, self.across = dark, across
        self.ink, self.muted = INK[theme(dark)], MUTED[theme(dark)]
        self.inside = across - 2 * MARGIN
        title = wrapped(words.title, TITLE, self.inside, bold=True)
        foot = [line for part in words.beneath for line in wrapped(part, SMALL, self.inside)]
        marks = [(line, colour) for said, colour in words.marks for line in wrapped(said, 13, self.inside - 20)]
        self.top = MARGIN + TITLE * LINE * len(title) + BAND * len(marks) + 10
        self.height = self.top + room + SMALL * LINE * len(foot) + MARGIN + 6
        self.figure = Figure(figsize=(across / PER_INCH, self.height / PER_INCH), dpi=PER_INCH)
        FigureCanvasAgg(self.figure)
        self.figure.set_facecolor(PAPER[theme(dark)])
        self._above(title, marks)
        for place, line in enumerate(foot):
            self.write(line, MARGIN, self.top + room + 8 + SMALL * LINE * place, SMALL, colour=self.muted)

    def _above(self, title: Sequence[str], marks: Sequence[tuple[str, str]]) -> None:
        down = MARGIN
        for line in title:
            self.write(line, MARGIN, down, TITLE, bold=True)
            down += TITLE * LINE
        for line, colour in marks:
            self.box(MARGIN, down + 2, width(line, 13, bold=True) + 16, BAND - 4, colour)
            self.write(line, MARGIN + 8, down + BAND / 2, 13, bold=True, colour="#ffffff", va="center_baseline")
            down += BAND

    def at(self, x: float, y: float) -> tuple[float, float]:
        """A place on the sheet in the fractions matplotlib counts by."""
        return x / self.across, 1 - y / self.height

    def write(
        self,
        words: str,
        x: float,
        y: float,
        size: float,
        *,
        bold: bool = False,
        colour: str = "",
        ha: str = "left",
        va: str = "top",
    ) -> None:
        """Set words in one line at a place."""
        self.figure.text(
            *self.at(x, y), words, fontproperties=font(size, bold=bold), color=colour or self.ink, ha=ha, va=va
        )

    def box(self, x: float, y: float, wide: float, high: float, fill: object, **look: Any) -> None:
        """A filled box whose top left corner is at a place."""
        left, bottom = self.at(x, y + high)
        self.figure.add_artist(
            Rectangle((left, bottom), wide / self.across, high / self.height, **{"facecolor": fill, "lw": 0, **look})
        )

    def axes(self, x: float, y: float, wide: float, high: float) -> Axes:
        """Axes in a box whose top left corner is at a place, without frame or ground."""
        left, bottom = self.at(x, y + high)
        made = self.figure.add_axes((left, bottom, wide / self.across, high / self.height))
        made.patch.set_visible(False)
        for spine in made.spines.values():
            spine.set_visible(False)
        made.tick_params(length=0)
        return made

    def saved(self, kind: Kind, title: str) -> bytes:
        """The picture; the same drawing gives the same bytes, for no date or version is written into it."""
        made = io.BytesIO()
        metadata = {"Date": None, "Creator": None, "Title": title} if kind == "svg" else {"Software": None}
        self.figure.savefig(made, format=kind, dpi=PER_INCH * SHARPNESS, metadata=metadata)
        return made.getvalue()


def points(pixels: float) -> float:
    """A length on the sheet in the points matplotlib draws lines by."""
    return pixels * POINTS


@contextmanager
def drawing() -> Iterator[None]:
    """The house style while a picture is drawn, one picture at a time: what matplotlib keeps is shared by threads."""
    with _ONE_AT_A_TIME, mpl.rc_context(_STYLE):
        yield
