"""How wide words are and where lines break, in pixels of 1/96 inch, and what the house tags in words mean."""

from __future__ import annotations

import html
import re
from functools import cache, lru_cache

from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties

FAMILY = "DejaVu Sans"
PER_INCH = 96
POINTS = 72 / PER_INCH
LINE = 1.4


def font(size: float, *, bold: bool = False) -> FontProperties:
    """The one typeface at a size in pixels; it comes with matplotlib."""
    return FontProperties(family=FAMILY, size=size * POINTS, weight="bold" if bold else "normal")


@cache
def _renderer() -> RendererAgg:
    return RendererAgg(1, 1, PER_INCH)


@lru_cache(maxsize=4096)
def width(words: str, size: float, *, bold: bool = False) -> float:
    """How wide the widest line of some words is, in pixels."""
    measure = _renderer().get_text_width_height_descent
    return max((measure(line, font(size, bold=bold), False)[0] for line in words.split("\n")), default=0.0)


def wrapped(words: str, size: float, most: float, *, bold: bool = False) -> list[str]:
    """Words broken into lines no wider than `most` pixels; a word that is wider by itself stands alone."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, bold=bold) <= most:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def plain(words: object) -> tuple[str, bool]:
    """Words of a figure without its tags, `<br>` as a new line, and whether they are bold."""
    text = f"{words:g}" if isinstance(words, float) else str(words)
    bold = "<b>" in text
    return html.unescape(re.sub(r"</?b>", "", re.sub(r"<br\s*/?>", "\n", text))), bold
