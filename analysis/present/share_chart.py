"""Share of need beside share of provision, ward by ward, as a light HTML chart of real text and links.

A chart library would hold back the first map by two seconds (4.7 MB of script), and its text is not text.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import pandas as pd

from analysis.gap import Gap
from analysis.present.gap_view import Row, ordered, rows_of, share_decimals
from analysis.present.palette import MUTED, NEED_COLOUR, PROVISION_COLOUR, theme
from analysis.provision import REST

STEPS = (1, 2, 5, 10, 20, 25)
MOST_TICKS = 5


def chart(result: Gap, dark: bool, address: Callable[[str], str]) -> str:
    """The chart as HTML, the widest shortfall first; `address` gives the link of a ward by its code.

    Wards whose provision was not published show only their need and the bound they cannot exceed.
    """
    table = ordered(result)
    wards = ends(table[table["area_code"] != REST], result)
    step = step_of(_furthest(wards))
    longest = step * (int(_furthest(wards) / step) + 1)
    lines = "".join(_line(row, longest, address, share_decimals(result)) for row in rows_of(wards))
    name = theme(dark)
    inks = f"--need:{NEED_COLOUR[name]};--provision:{PROVISION_COLOUR[name]};--muted:{MUTED[name]}"
    key = _key("bound" in table, made_up=result.basis == "illustrative")
    return (
        f'<div class="atlas-chart" style="{inks};--step:{100 * step / longest:.3f}%">{key}'
        f'<ol aria-label="Share of need beside share of provision">{lines}</ol>{_axis(step, longest)}'
        f"<p>Share of the total for {len(wards)} wards. Lines through the marks are 95% limits.</p></div>"
    )


def ends(table: pd.DataFrame, result: Gap) -> pd.DataFrame:
    """One row a ward of `ordered`: where each mark and the ends of its limits stand, in per cent of the total."""
    need: float = table["need"].sum() / 100
    share = 100 * table["need_share"]
    bound = table["bound"] if "bound" in table else pd.Series(float("nan"), table.index)
    known = table["observed"].notna()
    return pd.DataFrame(
        {
            "code": table["area_code"],
            "name": table["area_name"],
            "need": share,
            "need_from": table["need_lower"] / need,
            "need_to": table["need_upper"] / need,
            "provision": 100 * table["observed_share"],
            "provision_from": (share * table["oe_lower"]).where(known),
            "provision_to": (share * table["oe_upper"]).where(known),
            "bound": 100 * bound / result.total,
            "why": table["reason"].mask(table["reason"].eq(""), "provision not published"),
        }
    )


def _furthest(wards: pd.DataFrame) -> float:
    return float(wards.drop(columns=["code", "name", "why"]).max().max())


def step_of(furthest: float) -> int:
    """How far the ticks of an axis stand apart, so that there are few."""
    return next((step for step in STEPS if furthest / step <= MOST_TICKS), STEPS[-1])


def _line(row: Row, longest: float, address: Callable[[str], str], decimals: int) -> str:
    marks = "".join(
        (
            bar("join", row["need"], row["provision"], longest),
            bar("need", row["need_from"], row["need_to"], longest),
            bar("provision", row["provision_from"], row["provision_to"], longest),
            mark("bound", row["bound"], longest),
            mark("need", row["need"], longest),
            mark("provision", row["provision"], longest),
        )
    )
    said = _said(row, decimals)
    return (
        f'<li title="{escape(row["name"])}: {said}"><a href="{escape(address(row["code"]))}">{escape(row["name"])}</a>'
        f'<span class="track" aria-hidden="true">{marks}</span><span class="said">{said}</span></li>'
    )


def _said(row: Row, decimals: int) -> str:
    need: str = f"{row['need']:.1f}% of need" if pd.notna(row["need"]) else "need not known"
    if pd.notna(row["provision"]):
        return f"{need}, {row['provision']:.{decimals}f}% of provision"
    bound = f", at most {row['bound']:.1f}%" if pd.notna(row["bound"]) else ""
    return f"{need}, {escape(row['why'])}{bound}"


def mark(kind: str, value: float, longest: float) -> str:
    """A mark on a track that is `longest` units long; none where there is no value."""
    return "" if pd.isna(value) else f'<i class="{kind}" style="left:{100 * value / longest:.2f}%"></i>'


def bar(kind: str, start: float, end: float, longest: float) -> str:
    """A line along such a track, from one value to another; none where one of them is missing."""
    if pd.isna(start) or pd.isna(end):
        return ""
    left, width = 100 * min(start, end) / longest, 100 * abs(end - start) / longest
    return f'<s class="{kind}" style="left:{left:.2f}%;width:{width:.2f}%"></s>'


def _key(bounded: bool, *, made_up: bool) -> str:
    bound = '<li><i class="bound"></i>Cannot be above this (not published)</li>' if bounded else ""
    return (
        '<ul class="key"><li><i class="need"></i>Share of need</li><li><i class="provision"></i>Share of provision</li>'
        f"{bound}{'<li><b>ILLUSTRATIVE</b></li>' if made_up else ''}</ul>"
    )


def _axis(step: int, longest: float) -> str:
    ticks = range(0, int(longest), step)
    marks = "".join(f'<span style="left:{100 * tick / longest:.2f}%">{tick}%</span>' for tick in ticks)
    return f'<div class="axis" aria-hidden="true"><span></span><span class="ticks">{marks}</span></div>'
