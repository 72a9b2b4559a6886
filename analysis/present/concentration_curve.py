"""Shares of need and provision against shares of children, from the most deprived ward on: a small picture.

Drawn as an image, because a chart library would hold the page back and Streamlit takes drawings out of HTML.
"""

from __future__ import annotations

from base64 import b64encode
from html import escape

import pandas as pd

from analysis.present.palette import INK, MUTED, NEED_COLOUR, PROVISION_COLOUR, theme

LEFT, TOP, SIDE = 46, 12, 340
WIDTH, HEIGHT = LEFT + SIDE + 14, TOP + SIDE + 46
TICKS = (0, 25, 50, 75, 100)
ACROSS, UP = "% of children, most deprived wards first", "% of need, of provision"
DOT = '<circle cx="{x:.1f}" cy="{y:.1f}" r="3.2"/>'
DIAMOND = '<path transform="translate({x:.1f} {y:.1f}) rotate(45)" d="M-2.8-2.8h5.6v5.6h-5.6z"/>'


def picture(wards: pd.DataFrame, alt: str, dark: bool, *, made_up: bool) -> str:
    """The picture as HTML with its key; `wards` holds running shares, `alt` is what a screen reader hears of it."""
    name = theme(dark)
    source = b64encode(_drawing(wards, name, made_up=made_up).encode()).decode()
    inks = f"--need:{NEED_COLOUR[name]};--provision:{PROVISION_COLOUR[name]};--muted:{MUTED[name]}"
    return (
        f'<div class="atlas-chart atlas-curve" style="{inks}"><ul class="key"><li><i class="need"></i>Need</li>'
        f'<li><i class="provision"></i>Provision</li><li><s></s>The same for every child</li></ul>'
        f'<img src="data:image/svg+xml;base64,{source}" alt="{escape(alt)}" width="{WIDTH}" height="{HEIGHT}"></div>'
    )


def _drawing(wards: pd.DataFrame, name: str, *, made_up: bool) -> str:
    curves = "".join(
        _curve(wards["children_so_far"], wards[f"{what}_so_far"], ink, mark)
        for what, ink, mark in (("need", NEED_COLOUR[name], DOT), ("provision", PROVISION_COLOUR[name], DIAMOND))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        f'font-size="14" fill="{INK[name]}">{_grid(name)}{_made_up(name) if made_up else ""}{curves}</svg>'
    )


def _grid(name: str) -> str:
    lines = "".join(
        f'<path d="M{_x(tick / 100)} {TOP}V{TOP + SIDE}M{LEFT} {_y(tick / 100)}H{LEFT + SIDE}" stroke="{MUTED[name]}" '
        f'stroke-opacity=".3"/><text x="{_x(tick / 100)}" y="{TOP + SIDE + 18}" text-anchor="middle">{tick}</text>'
        f'<text x="{LEFT - 6}" y="{_y(tick / 100) + 5}" text-anchor="end">{tick}</text>'
        for tick in TICKS
    )
    even = f'<path d="M{LEFT} {TOP + SIDE}L{LEFT + SIDE} {TOP}" stroke="{MUTED[name]}" stroke-dasharray="5 4"/>'
    across = f'<text x="{LEFT + SIDE / 2}" y="{HEIGHT - 8}" text-anchor="middle">{ACROSS}</text>'
    up = f'<text transform="translate(13 {TOP + SIDE / 2}) rotate(-90)" text-anchor="middle">{UP}</text>'
    return lines + even + across + up


def _curve(across: pd.Series, up: pd.Series, ink: str, mark: str) -> str:
    points = [(0.0, 0.0), *zip(across.astype(float), up.astype(float), strict=True)]
    line = " ".join(f"{_x(x):.1f},{_y(y):.1f}" for x, y in points)
    marks = "".join(mark.format(x=_x(x), y=_y(y)) for x, y in points[1:])
    return f'<polyline points="{line}" fill="none" stroke="{ink}" stroke-width="1.8"/><g fill="{ink}">{marks}</g>'


def _made_up(name: str) -> str:
    return (
        f'<text x="{LEFT + SIDE - 8}" y="{TOP + SIDE - 10}" text-anchor="end" font-weight="700" letter-spacing="1.5" '
        f'fill="{MUTED[name]}">ILLUSTRATIVE</text>'
    )


def _x(share: float) -> float:
    return LEFT + SIDE * share


def _y(share: float) -> float:
    return TOP + SIDE * (1 - share)
