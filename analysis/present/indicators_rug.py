"""A topic as a tartan rug: indicators down, places or years across, each cell against England in mark and words."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import pandas as pd

from analysis.editions import COUNCIL, SHORT_COUNCIL
from analysis.indicator_rug import Rug
from analysis.indicators import Indicators
from analysis.present.html_tables import framed
from analysis.present.indicators_view import Row, decimals_of, figure
from analysis.present.palette import theme
from analysis.sources.contracts import STATUS_WORDS
from analysis.statistics.benchmark import Outcome

MARKS = {
    "worse": ("◆", "worse", "worse than England (statistically, 95%)"),
    "better": ("●", "better", "better than England (statistically, 95%)"),
    "similar": ("■", "similar", "similar to England, whose figure lies within the 95% limits"),
    "higher": ("▲", "higher", "higher than England (statistically, 95%), where no side is worse"),
    "lower": ("▼", "lower", "lower than England (statistically, 95%), where no side is worse"),
    "above": ("↑", "above, not compared", "above England, not compared: no limits are held"),
    "below": ("↓", "below, not compared", "below England, not compared: no limits are held"),
    "level": ("=", "the same, not compared", "the same as England, not compared: no limits are held"),
    "alone": ("○", "not compared", "not compared: no figure of England in this period"),
    "suppressed": ("✱", "suppressed", STATUS_WORDS["suppressed"]),
    "not_applicable": ("∅", "does not apply", STATUS_WORDS["not_applicable"]),
    "cannot_calculate": ("≠", "cannot be calculated", STATUS_WORDS["cannot_calculate"]),
    "missing": ("–", "not given", STATUS_WORDS["missing"]),
    "absent": ("·", "not held", "no figure is held"),
}
JUDGED = ("worse", "better", "similar", "higher", "lower")
FILLS = {
    "light": {"worse": "#f0a868", "better": "#8ec6cf", "similar": "#e8e4da", "higher": "#cfc3e6", "lower": "#e6dff2"},
    "dark": {"worse": "#b5652a", "better": "#2f7f8c", "similar": "#4a545c", "higher": "#6f5f9c", "lower": "#4b4268"},
}
PAPER = {"light": "#fcfbf8", "dark": "#12191e"}
SAME_PERIOD = (
    "Each row is one period: the newest in which both B&NES and England have a figure. Other places are shown in that "
    "period only."
)
READING = (
    "Sorted by how far B&NES stands on the worse side of England. Indicators without a better or worse side come last "
    "and are never drawn as worse or better. Most indicators have no limits: their cells say above or below and claim "
    "nothing about chance. With many cells some differ by chance alone: 1 in 20 at 95%."
)


def rug(drawn: Rug, held: Indicators, names: Mapping[str, str], label: str, dark: bool) -> str:
    """The grid as HTML, with a key of the classes that occur; blank where nothing can be set beside England."""
    if drawn.rows.empty:
        return ""
    cells = {(str(row["indicator_id"]), str(row["column"])): row for row in drawn.cells.to_dict("records")}
    met: dict[str, None] = {}
    body = "".join(_row(row, drawn.columns, cells, held, names, met) for row in drawn.rows.to_dict("records"))
    columns = [_short(column, names) for column in drawn.columns]
    heads = "".join(f'<th scope="col"><span>{escape(name)}</span></th>' for name in ("England", *columns))
    head = f'<thead><tr><th scope="col">Indicator</th>{heads}</tr></thead>'
    look = "atlas-table beside" if COUNCIL in drawn.columns else "atlas-table"
    table = f'<table class="{look}">{head}<tbody>{body}</tbody></table>'
    fills = "".join(f"--{name}:{fill};" for name, fill in FILLS[theme(dark)].items())
    style = f"{fills}--paper:{PAPER[theme(dark)]}"
    return f'<div class="atlas-rug" style="{style}">{_key(met)}{framed(label, table)}</div>'


def rug_table(drawn: Rug, names: Mapping[str, str]) -> pd.DataFrame:
    """Every cell of the grid as a row, with the figures and words behind it, for the download."""
    cells = drawn.cells
    said = [MARKS[kind(row)][2] for row in cells.to_dict("records")]
    return cells.drop(columns=["worse", "column"]).assign(area_name=cells["area_code"].map(names), against_england=said)


def kind(row: Row | None) -> str:
    """The class of one cell: a key of MARKS."""
    if row is None:
        return "absent"
    if pd.isna(row["value"]):
        return str(row["status"])
    if row["outcome"] != Outcome.NOT_COMPARED:
        return str(row["outcome"]).lower()
    gap = row["difference"]
    return "alone" if pd.isna(gap) else "above" if gap > 0 else "below" if gap < 0 else "level"


def _row(
    row: Row,
    columns: tuple[str, ...],
    cells: Mapping[tuple[str, str], Row],
    held: Indicators,
    names: Mapping[str, str],
    met: dict[str, None],
) -> str:
    name, unit = str(row["indicator_id"]), str(row["unit"])
    decimals = decimals_of(held.of(name), unit)
    link = f'<a href="indicators?indicator={name}" target="_self">{escape(str(row["title"]))}</a>'
    drawn = "".join(_cell(cells.get((name, column)), _short(column, names), unit, decimals, met) for column in columns)
    return (
        f'<tr><th scope="row">{link}<small>{escape(str(row["period"]))}, {escape(unit)}</small></th>'
        f"<td>{escape(figure(row['benchmark'], unit, decimals))}</td>{drawn}</tr>"
    )


def _cell(cell: Row | None, column: str, unit: str, decimals: int, met: dict[str, None]) -> str:
    found = kind(cell)
    met.setdefault(found)
    mark, word, _ = MARKS[found]
    value = "" if cell is None or pd.isna(cell["value"]) else figure(cell["value"], unit, decimals)
    limits = "" if cell is None or pd.isna(cell["lower"]) else f" {_limits(cell, unit, decimals)}"
    look = f' class="{found}"' if found in JUDGED else ""
    told = escape(f"{column}: {word}{limits}")
    return f'<td{look} title="{told}"><i aria-hidden="true">{mark}</i>{escape(value)}<u> {word}</u></td>'


def _limits(cell: Row, unit: str, decimals: int) -> str:
    return f"({figure(cell['lower'], unit, decimals)} to {figure(cell['upper'], unit, decimals)})"


def _short(column: str, names: Mapping[str, str]) -> str:
    return SHORT_COUNCIL if column == COUNCIL else names.get(column, column)


def _key(met: Mapping[str, None]) -> str:
    items = "".join(
        f'<li><i class="{name}" aria-hidden="true">{mark}</i><span>{escape(words)}</span></li>'
        for name, (mark, _, words) in MARKS.items()
        if name in met
    )
    return f'<ul class="key" aria-label="Key">{items}</ul>'
