"""Places of every ward beside its fair share, as a light HTML chart of real text and links."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from analysis.present.gap_view import Row, rows_of
from analysis.present.palette import MUTED, NEED_COLOUR, PROVISION_COLOUR, theme
from analysis.present.share_chart import bar, mark, step_of
from analysis.present.what_if_tables import ordered
from analysis.present.words import limits, number
from analysis.scenario.outcome import Outcome


def chart(result: Outcome, dark: bool, address: Callable[[str], str], basis: str) -> str:
    """The chart as HTML, the ward furthest below its fair share first; `address` gives the link of a ward."""
    rows = rows_of(ordered(result))
    furthest = float(result.table[["places", "places_today", "fair_upper"]].max().max())
    step = step_of(furthest)
    longest = step * (int(furthest / step) + 1)
    name = theme(dark)
    inks = f"--need:{NEED_COLOUR[name]};--provision:{PROVISION_COLOUR[name]};--muted:{MUTED[name]}"
    lines = "".join(_line(row, longest, address) for row in rows)
    return (
        f'<div class="atlas-chart" style="{inks};--step:{100 * step / longest:.3f}%">{_key(basis)}'
        f'<ol aria-label="Places beside fair share">{lines}</ol>{_axis(step, longest)}'
        "<p>Places. Lines through the fair share hold the middle 95% of redrawn needs.</p></div>"
    )


def _line(row: Row, longest: float, address: Callable[[str], str]) -> str:
    marks = "".join(
        (
            bar("join", row["fair"], row["places"], longest),
            bar("need", row["fair_lower"], row["fair_upper"], longest),
            mark("bound", row["places_today"], longest) if row["change"] else "",
            mark("need", row["fair"], longest),
            mark("provision", row["places"], longest),
        )
    )
    said = escape(_said(row))
    return (
        f'<li title="{escape(row["area_name"])}: {said}"><a href="{escape(address(row["area_code"]))}">'
        f'{escape(row["area_name"])}</a><span class="track" aria-hidden="true">{marks}</span>'
        f'<span class="said">{said}</span></li>'
    )


def _said(row: Row) -> str:
    today = f" ({number(row['places_today'])} today)" if row["change"] else ""
    share = row["reason"] or limits(row["fair"], row["fair_lower"], row["fair_upper"], 1)
    return f"{number(row['places'])} places{today}, fair share {share}"


def _key(basis: str) -> str:
    made_up = "<li><b>ILLUSTRATIVE</b></li>" if basis == "illustrative" else ""
    return (
        '<ul class="key"><li><i class="need"></i>Fair share</li><li><i class="provision"></i>Places</li>'
        f'<li><i class="bound"></i>Places today, where changed</li>{made_up}</ul>'
    )


def _axis(step: int, longest: float) -> str:
    ticks = range(0, int(longest), step)
    marks = "".join(f'<span style="left:{100 * tick / longest:.2f}%">{tick}</span>' for tick in ticks)
    return f'<div class="axis" aria-hidden="true"><span></span><span class="ticks">{marks}</span></div>'
