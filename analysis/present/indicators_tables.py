"""The topics counted, and the indicators of one as a table and as a spine."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode

import pandas as pd

from analysis.editions import SHORT_COUNCIL
from analysis.indicators import Indicators
from analysis.present.html_tables import framed
from analysis.present.indicators_places_view import ran
from analysis.present.indicators_view import Row, compared, decimals_of, figure, told
from analysis.present.palette import INK, MUTED, NEED_COLOUR, PROVISION_COLOUR, theme
from analysis.present.words import number
from analysis.statistics.benchmark import Outcome

MARKS = {Outcome.WORSE: ("◆", "need"), Outcome.BETTER: ("●", "provision"), Outcome.SIMILAR: ("■", "ink")}


def topics(held: Indicators, overview: pd.DataFrame) -> pd.DataFrame:
    """Each topic with how many indicators it has, and how many have a figure of the council and of England."""
    counted = held.table.groupby("topic").size()
    ours, both = overview.groupby("topic").size(), overview[overview["benchmark"].notna()].groupby("topic").size()
    return pd.DataFrame(
        {
            "Topic": [str(topic).capitalize() for topic in counted.index],
            "Indicators": [number(count) for count in counted],
            f"With a figure of {SHORT_COUNCIL}": [number(ours.get(topic, 0)) for topic in counted.index],
            "That can be set beside England": [number(both.get(topic, 0)) for topic in counted.index],
        }
    )


def topic_links(counted: pd.DataFrame) -> str:
    """The table of `topics` as HTML, each topic a link to its indicators."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in counted.columns)
    body = "".join(
        f'<tr><th scope="row"><a href="indicators?{urlencode({"subject": cells[0].lower()})}" target="_self">'
        f"{escape(cells[0])}</a></th>{''.join(f'<td>{escape(cell)}</td>' for cell in cells[1:])}</tr>"
        for cells in counted.itertuples(index=False)
    )
    table = f'<table class="atlas-table atlas-topics"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return framed("Topics", table)


def of_topic(overview: pd.DataFrame, topic: str) -> pd.DataFrame:
    """The rows of a topic: furthest on the worse side of England first; those without a polarity last, by title."""
    return overview[overview["topic"] == topic].sort_values(["worse", "title"], ascending=[False, True])


def topic_table(found: pd.DataFrame, held: Indicators, names: Mapping[str, str]) -> pd.DataFrame:
    """The rows of `of_topic` as people read them."""
    return pd.DataFrame([_line(row, held, names) for row in found.to_dict("records")])


def _line(row: Row, held: Indicators, names: Mapping[str, str]) -> dict[str, str]:
    unit = str(row["unit"])
    decimals = decimals_of(held.of(row["indicator_id"]), unit)
    england = "a count, not compared" if not row["comparable"] else figure(row["benchmark"], unit, decimals)
    ends = ran(row, unit, decimals, names)
    near = (
        "–"
        if pd.isna(row["near_least"]) or not row["comparable"]
        else (f"{figure(row['near_least'], unit, decimals)} to {figure(row['near_most'], unit, decimals)}")
    )
    return {
        "Indicator": str(row["title"]) if unit == "%" and "%" in row["title"] else f"{row['title']} ({unit})",
        "Period": str(row["period"]),
        SHORT_COUNCIL: told(row, unit, decimals),
        "England": "not held" if england == "–" else england,
        "Beside England": compared(row, row["polarity"], unit, decimals),
        "Further on the worse side": _worse(row),
        "Neighbours": near,
        "Range of the councils held": ends or "–",
    }


def _worse(row: Row) -> str:
    if row["polarity"] == "neither":
        return "no side is worse"
    return "cannot be said" if pd.isna(row["worse"]) else f"{number(100 * row['worse'])}%"


def spine(found: pd.DataFrame, held: Indicators, names: Mapping[str, str], dark: bool) -> str:
    """Each indicator on a line of its own: England in the middle, worse to the left, ranges as a bar and a thin line.

    The bar is the neighbours' range, the line that of all councils held, or of England's where the profile prints it.
    Without a polarity, lower is to the left and nothing is coloured. Indicators that cannot be set beside England are
    left to the table.
    """
    rows = "".join(_spine_row(row, held, names) for row in found[found["benchmark"].notna()].to_dict("records"))
    if not rows:
        return ""
    name = theme(dark)
    paint = f"--need:{NEED_COLOUR[name]};--provision:{PROVISION_COLOUR[name]};--muted:{MUTED[name]};--ink:{INK[name]}"
    key = (
        '<ul class="key" aria-hidden="true"><li>◆ worse (statistically)</li><li>● better (statistically)</li>'
        "<li>■ similar</li><li>◇ no limits, or no side is worse</li><li>bar: range of the statistical neighbours</li>"
        "<li>thin line: range of all councils held</li><li>upright line: England</li></ul>"
    )
    head = "".join(f'<th scope="col">{escape(word)}</th>' for word in ("Indicator", SHORT_COUNCIL, "England"))
    table = (
        f'<table class="atlas-table"><thead><tr>{head}<th scope="col">← worse, or lower where no side is worse</th>'
        f'<th scope="col">In words</th></tr></thead><tbody>{rows}</tbody></table>'
    )
    return f'<div class="atlas-spine" style="{paint}">{key}{framed("Indicators against England", table)}</div>'


def _spine_row(row: Row, held: Indicators, names: Mapping[str, str]) -> str:
    unit = str(row["unit"])
    decimals = decimals_of(held.of(row["indicator_id"]), unit)
    turn = -1.0 if row["polarity"] == "high is worse" else 1.0
    ends, outer = (row["near_least"], row["near_most"]), (row["lowest"], row["highest"])
    far = max(
        0.2 * abs(row["benchmark"]) or 1.0,
        *(abs(value - row["benchmark"]) for value in (row["value"], *ends, *outer) if pd.notna(value)),
    )

    def place(value: float) -> float:
        return 50 + 46 * turn * (value - row["benchmark"]) / far

    def span(kind: str, values: tuple[float, float]) -> str:
        low, high = sorted(place(value) for value in values) if pd.notna(values[0]) else (50.0, 50.0)
        return f'<s class="{kind}" style="left:{low:.1f}%;width:{high - low:.1f}%"></s>'

    mark, colour = ("◇", "ink") if row["polarity"] == "neither" else MARKS.get(row["outcome"], ("◇", "ink"))
    bar = (
        f'<div class="track" aria-hidden="true">{span("all", outer)}{span("near", ends)}<em></em>'
        f'<b style="left:{place(row["value"]):.1f}%;color:var(--{colour})">{mark}</b></div>'
    )
    cells = (told(row, unit, decimals), figure(row["benchmark"], unit, decimals))
    title, means = escape(str(row["title"])), escape(str(held.table.loc[row["indicator_id"], "definition"]))
    link = f'<a href="indicators?indicator={row["indicator_id"]}" target="_self" title="{means}">{title}</a>'
    return (
        f'<tr><th scope="row">{link}<small>{escape(str(row["period"]))}, {escape(unit)}</small></th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        + f"<td>{bar}</td><td>{escape(compared(row, row['polarity'], unit, decimals))}"
        f"<small>{escape(ran(row, unit, decimals, names))}</small></td></tr>"
    )
