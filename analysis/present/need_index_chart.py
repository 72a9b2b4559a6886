"""The place of each ward with its 95% range, as a light HTML chart of real text and links."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from analysis.need_index import NeedIndex
from analysis.present.gap_view import Row, rows_of
from analysis.present.need_index_view import CLASSES, COUNTS, SHORT, ordinal, places
from analysis.present.palette import INK, MUTED, theme
from analysis.present.words import chance

TICK = 10


def chart(result: NeedIndex, most: int, dark: bool, address: Callable[[str], str]) -> str:
    """The chart as HTML, the most need first; `address` gives the link of a ward by its code.

    A bar covers every place of a ward's 95% range, so a ward that always comes first has a bar one place wide; the
    upright mark is its middle place (median); the dashed line ends the first `most` places.
    """
    name, count = theme(dark), len(result.known)
    lines = "".join(_line(row, most, count, dark, address) for row in rows_of(result.wards))
    inks = f"--ink:{INK[name]};--muted:{MUTED[name]};--cut:{100 * most / count:.2f}%"
    return (
        f'<div class="atlas-chart atlas-ranks" style="{inks};--step:{100 * TICK / count:.3f}%">'
        f'<ul class="key"><li><s class="span"></s>Places held in 95% of reruns, coloured as on the map</li>'
        f'<li><i class="median"></i>Middle place</li>'
        f"<li><em></em>End of the {COUNTS[most]} of most need</li></ul>"
        f'<ol aria-label="Place of each ward with its 95% range">{lines}</ol>{_axis(count)}'
        f"<p>Place among {count} wards; 1 is the most need. Scores without limits are taken as exact.</p></div>"
    )


def _line(row: Row, most: int, count: int, dark: bool, address: Callable[[str], str]) -> str:
    said, marks, shown = _said(row, most), "", "no index"
    if not row["reason"]:
        item = CLASSES[row[f"worst{most}"]]
        left, width = 100 * (row["rank_lower"] - 1) / count, 100 * (row["rank_upper"] - row["rank_lower"] + 1) / count
        fill = f"left:{left:.2f}%;width:{width:.2f}%;background:{item.colour(dark)}"
        middle = 100 * (row["rank_median"] - 0.5) / count
        marks = f'<s class="span" style="{fill}"></s><i class="median" style="left:{middle:.2f}%"></i>'
        shown = places(row["rank_lower"], row["rank_upper"])
    return (
        f'<li title="{escape(row["area_name"])}: {said}"><a href="{escape(address(row["area_code"]))}">'
        f'{escape(row["area_name"])}</a><span class="track" aria-hidden="true"><em></em>{marks}</span>'
        f'<span class="shown" aria-hidden="true">{shown}</span><span class="said">{said}</span></li>'
    )


def _said(row: Row, most: int) -> str:
    if row["reason"]:
        return f"no index. {escape(row['reason'])}"
    return (
        f"place {places(row['rank_lower'], row['rank_upper'])}, middle {ordinal(int(row['rank_median']))}; "
        f"{SHORT[row[f'worst{most}']]} the {COUNTS[most]} of most need ({chance(row[f'p_worst{most}'])} of reruns)"
    )


def _axis(count: int) -> str:
    ticks = [1, *range(TICK, count + 1, TICK)]
    marks = "".join(f'<span style="left:{100 * (tick - 0.5) / count:.2f}%">{tick}</span>' for tick in ticks)
    return f'<div class="axis" aria-hidden="true"><span></span><span class="ticks">{marks}</span><span></span></div>'
