"""Spending and break-even rates as light HTML charts of real text."""

from __future__ import annotations

from html import escape

import pandas as pd

from analysis.present.costs_view import pounds, rate
from analysis.present.gap_view import Row, rows_of
from analysis.present.palette import MUTED, NEED_COLOUR, PROVISION_COLOUR, theme

TICKS = 4


def spending(services: pd.DataFrame, dark: bool) -> str:
    """A bar a service, the dearest first, with its pounds beside it."""
    longest = float(services["value"].max())
    lines = "".join(
        _line(row["service"], 0, row["value"] / longest, pounds(row["value"]), f"{row['share']:.1f}% of the total")
        for row in rows_of(services)
    )
    return _framed(lines, "Spending on each service", PROVISION_COLOUR[theme(dark)], dark, 100, "")


def break_even(rates: pd.DataFrame, dark: bool) -> str:
    """Where between no success and all each programme pays: a mark, or a bar where the worth is printed as a range."""
    lines = "".join(_rate_line(row) for row in rows_of(rates))
    ticks = "".join(f'<span style="left:{25 * tick}%">{25 * tick}%</span>' for tick in range(TICKS + 1))
    axis = f'<div class="axis" aria-hidden="true"><span></span><span class="ticks">{ticks}</span><span></span></div>'
    return _framed(lines, "Break-even success rates", NEED_COLOUR[theme(dark)], dark, 100 / TICKS, axis)


def _rate_line(row: Row) -> str:
    said = f"pays if {rate(row)} succeed; a success is {row['success']}"
    return _line(row["title"], row["rate_lower"], min(row["rate_upper"], 1), rate(row), said)


def _line(name: str, start: float, end: float, shown: str, said: str) -> str:
    left, width = 100 * start, 100 * (end - start)
    mark = (
        f'<s class="bar" style="left:{left:.2f}%;width:{width:.2f}%"></s>'
        if width
        else f'<i class="mark" style="left:{left:.2f}%"></i>'
    )
    return (
        f'<li title="{escape(name)}: {escape(shown)}"><span class="name">{escape(name)}</span>'
        f'<span class="track" aria-hidden="true">{mark}</span><span class="shown">{escape(shown)}</span>'
        f'<span class="said">{escape(said)}</span></li>'
    )


def _framed(lines: str, label: str, ink: str, dark: bool, step: float, axis: str) -> str:
    inks = f"--bar:{ink};--muted:{MUTED[theme(dark)]};--step:{step:.3f}%"
    return (
        f'<div class="atlas-chart atlas-costs" style="{inks}"><ol aria-label="{escape(label)}">{lines}</ol>{axis}</div>'
    )
