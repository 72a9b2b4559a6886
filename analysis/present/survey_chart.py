"""The practitioner survey as light HTML: bars of counts, kinds of gap, needs beside what is listed, and themes."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import pandas as pd

from analysis.present.gap_view import Row, rows_of
from analysis.present.palette import MUTED, SERIES, theme
from analysis.present.survey_view import GAPS, STAGES, named, phrase, services_listed, shown
from analysis.survey import REASONS, SMALL_BASE

QUARTERS = (0, 25, 50, 75, 100)


def bars(rows: pd.DataFrame, label: str, dark: bool) -> str:
    """Answers to one question: words, a bar from 0 to 100% of those who answered, and the count of the base."""
    lines = "".join(_line(str(row["answer"]), row) for row in rows_of(rows))
    axis = "" if rows["base_used"].lt(SMALL_BASE).any() else _AXIS
    return f'<div class="atlas-bars" {_inks(dark)}><ol aria-label="{escape(label)}">{lines}</ol>{axis}</div>'


def gaps(rows: pd.DataFrame, dark: bool) -> str:
    """The six kinds of gap, each with its counted answers as bars and, under them, what was said in own words."""
    cards = "".join(_gap(gap, title, rows[rows["gap"].eq(gap)]) for gap, title in GAPS.items())
    return f'<div class="atlas-bars atlas-gaps" {_inks(dark)}>{cards}</div>'


def said(rows: pd.DataFrame) -> str:
    """Answers in people's own words as a list, each with the kind of gap it was read as and where it stands."""
    lines = "".join(
        f"<li>{escape(row['answer'])}{_read_as(row)}<small>{escape(row['locator'])}</small></li>"
        for row in rows_of(rows)
    )
    return f'<ul class="atlas-said">{lines}</ul>'


def needs(rows: pd.DataFrame, address: Callable[[str], str]) -> str:
    """Needs named beside the services listed for them; `address` gives the link to a need of the service map."""
    heads = "".join(f'<th role="columnheader" scope="col">{escape(words)}</th>' for words in _NEED_HEADS)
    body = "".join(_need(row, address) for row in rows_of(rows))
    return (
        '<table class="atlas-rows atlas-named" role="table"><caption>Needs named and the services listed for them'
        f'</caption><thead role="rowgroup"><tr role="row">{heads}</tr></thead><tbody role="rowgroup">{body}'
        "</tbody></table>"
    )


def themes(rows: pd.DataFrame) -> str:
    """The logic model as six lists side by side; a list is not a chain, so nothing is lined up across them."""
    lists = "".join(_stage(*words, rows[rows["logic_stage"].eq(stage)]) for stage, words in STAGES.items())
    return f'<div class="atlas-themes">{lists}</div>'


_AXIS = (
    '<div class="axis" aria-hidden="true"><span></span><span class="ticks">'
    + "".join(f'<span style="left:{tick}%">{tick}%</span>' for tick in QUARTERS)
    + "</span><span></span></div>"
)
_NEED_HEADS = ("Need of the service map", "Named as unmet", "Named as a need people come with", "Listed in Appendix 3")


def _inks(dark: bool) -> str:
    name = theme(dark)
    return f'style="--bar:{SERIES[name][0]};--muted:{MUTED[name]}"'


def _line(words: str, row: Row) -> str:
    length: float = row["share"] if pd.notna(row["share"]) else row["percent"]
    drawn = pd.notna(length) and row["agreement"] not in ("small", "lost")
    bar = (
        f'<span class="track" aria-hidden="true"><b style="width:{length:.1f}%"></b></span>'
        if drawn
        else "<span></span>"
    )
    return f'<li><span class="name">{escape(words)}</span>{bar}<span class="shown">{escape(shown(row))}</span></li>'


def _gap(gap: str, title: str, rows: pd.DataFrame) -> str:
    ticked, told = rows[rows["is_counted"]], rows[~rows["is_counted"]]
    lines = "".join(_line(f"Question {row['question_number']}: {row['answer']}", row) for row in rows_of(ticked))
    counted = f"<ol>{lines}</ol>" if lines else ""
    absent = "" if ticked["question_id"].eq(REASONS).any() else "<p>Question 8 did not offer this answer.</p>"
    said = "; ".join(dict.fromkeys(phrase(row["answer"]) for row in rows_of(told)))
    own = f"<p><b>In their own words, not counted:</b> {escape(said)}.</p>" if said else ""
    return f'<section id="gap-{gap.replace(" ", "-")}"><h3>{escape(title)}</h3>{counted}{absent}{own}</section>'


def _read_as(row: Row) -> str:
    return f" <i>({escape(GAPS[row['gap']])})</i>" if pd.notna(row["gap"]) else ""


def _need(row: Row, address: Callable[[str], str]) -> str:
    many = row["services"]
    both = f"Named as unmet, and {many} service{' is' if many == 1 else 's are'} listed" if row["unmet"] else ""
    note = f"<small>{escape(both)}</small>" if both else ""
    link = f'<a href="{escape(address(row["need_id"]))}">{escape(row["need"])}</a>'
    told = (named(row["unmet"]) or "not named as unmet", named(row["presenting"]) or "not named", services_listed(row))
    cells = "".join(
        f'<td role="cell" data-label="{escape(head)}">{escape(words)}</td>'
        for head, words in zip(_NEED_HEADS[1:], told, strict=True)
    )
    return f'<tr role="row"><th role="rowheader" scope="row">{link}{note}</th>{cells}</tr>'


def _stage(title: str, means: str, rows: pd.DataFrame) -> str:
    found = "".join(f"<li>{escape(words)}</li>" for words in rows.sort_values("position")["finding"])
    return f"<section><h3>{escape(title)}</h3><p>{escape(means)}</p><ul>{found}</ul></section>"
