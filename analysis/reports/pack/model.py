"""What a pack is made of, whatever it is set with: slides of one idea, and what is drawn or listed on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from analysis.present.palette import Class


@dataclass(frozen=True)
class Bar:
    """An area in a chart of bars: how its value compares, its limits (None where it has none), and its verdict."""

    label: str
    value: float
    lower: float | None
    upper: float | None
    look: Class


@dataclass(frozen=True)
class Bars:
    """Provision over its share of need, one bar an area, the first at the top; 1 is exactly its share."""

    bars: tuple[Bar, ...]
    title: str
    axis: str
    limits: str
    alt: str


@dataclass(frozen=True)
class Curve:
    """Running shares in per cent from the most deprived ward on: of children (across), of need and of provision (up).

    Each begins at 0; `names` are the wards, one for each point after it.
    """

    names: tuple[str, ...]
    children: tuple[float, ...]
    need: tuple[float, ...]
    provision: tuple[float, ...]
    title: str
    alt: str


@dataclass(frozen=True)
class Picture:
    """A picture as PNG, with what a screen reader hears of it."""

    content: bytes
    alt: str


@dataclass(frozen=True)
class Grid:
    """A table with a row of heads; `widths` are the shares of its columns, `size` its letters in points."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    alt: str
    size: float = 18


Part = Bars | Curve | Picture | Grid


@dataclass(frozen=True)
class Slide:
    """One slide: the finding as its title, points, what is drawn, and the page of notes behind it.

    `basis` is that of the figures on it, or blank where there are none. `looks` are classes of a map, one for each
    point, where the points are its key.
    """

    id: str
    title: str
    points: tuple[str, ...] = ()
    part: Part | None = None
    basis: str = ""
    notes: tuple[str, ...] = ()
    looks: tuple[Class, ...] = ()


@dataclass(frozen=True)
class Deck:
    """A pack: its title, what it is about, what stands at the foot of every slide, its day and its slides."""

    title: str
    about: str
    foot: str
    made_on: date
    slides: tuple[Slide, ...]
