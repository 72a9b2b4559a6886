"""The light charts without wards again as figures, for pictures of them in documents."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

import pandas as pd
import plotly.graph_objects as go

from analysis.present.concentration_curve import ACROSS, UP
from analysis.present.costs_view import pounds, rate
from analysis.present.figures import bare
from analysis.present.gap_view import rows_of
from analysis.present.palette import MUTED, NEED_COLOUR, PROVISION_COLOUR, SERIES, theme
from analysis.present.survey_view import shown

LINE, LETTERS = 17, 46


def curve(wards: pd.DataFrame, dark: bool) -> go.Figure:
    """Running shares of need and provision, in per cent, against children from the most deprived ward on."""
    name = theme(dark)
    figure = go.Figure(
        go.Scatter(
            x=[0, 100],
            y=[0, 100],
            mode="lines",
            name="The same for every child",
            line={"color": MUTED[name], "dash": "dash"},
        )
    )
    for what, words, colour, symbol in (
        ("need", "Need", NEED_COLOUR[name], "circle"),
        ("provision", "Provision", PROVISION_COLOUR[name], "diamond"),
    ):
        figure.add_scatter(
            x=[0.0, *(100 * wards["children_so_far"].astype(float))],
            y=[0.0, *(100 * wards[f"{what}_so_far"].astype(float))],
            mode="lines+markers",
            name=words,
            line={"color": colour, "width": 2},
            marker={"symbol": symbol, "size": 5},
        )
    figure.update_xaxes(range=[0, 101], title=ACROSS)
    figure.update_yaxes(range=[0, 101], title=UP)
    return bare(figure, dark, 620)


def break_even(rates: pd.DataFrame, dark: bool) -> go.Figure:
    """Where between no success and all each programme pays: a mark, or a bar where the worth is printed as a range."""
    start, end = 100 * rates["rate_lower"], 100 * rates["rate_upper"].clip(upper=1)
    colour = NEED_COLOUR[theme(dark)]
    names = _broken(rates["title"])
    figure = go.Figure(
        go.Scatter(
            x=[value for low, high in zip(start, end, strict=True) for value in (low, high, None)],
            y=[value for name in names for value in (name, name, None)],
            mode="lines",
            line={"color": colour, "width": 9},
        )
    )
    single, look = start.where(start == end), {"color": colour, "size": 9}
    figure.add_scatter(x=single, y=names, mode="markers", marker=look)
    for name, high, row in zip(names, end, rows_of(rates), strict=True):
        _beside(figure, name, high, rate(row), dark)
    figure.update_xaxes(range=[0, 130], tickvals=[0, 25, 50, 75, 100], ticksuffix="%")
    figure.update_layout(showlegend=False)
    return _listed(figure, names, dark)


def spending(services: pd.DataFrame, dark: bool) -> go.Figure:
    """A bar a service, the dearest first, with its pounds beside it."""
    words = [pounds(value) for value in services["value"]]
    return _bars(services["service"], services["value"], words, PROVISION_COLOUR[theme(dark)], dark, "Pounds")


def survey_bars(rows: pd.DataFrame, dark: bool) -> go.Figure:
    """Answers to one question in per cent of those who answered, with the count of the base beside each."""
    lengths = rows["share"].where(rows["share"].notna(), rows["percent"])
    drawn = lengths.where(~rows["agreement"].isin(("small", "lost")), 0).fillna(0)
    words = [shown(row) for row in rows_of(rows)]
    return _bars(rows["answer"], drawn, words, SERIES[theme(dark)][0], dark, "Per cent of those who answered")


def told(rows: pd.DataFrame, by: str, dark: bool) -> go.Figure:
    """A bar a group: the per cent of its statements that have a published figure."""
    words = [f"{row['told']} of {row['of']}" for row in rows_of(rows)]
    share = 100 * rows["told"] / rows["of"]
    return _bars(rows[by].str.capitalize(), share, words, PROVISION_COLOUR[theme(dark)], dark, "Per cent with a figure")


def _bars(names: pd.Series, lengths: pd.Series, words: Sequence[str], colour: str, dark: bool, title: str) -> go.Figure:
    broken = _broken(names)
    figure = go.Figure(
        go.Bar(
            x=list(lengths),
            y=broken,
            orientation="h",
            text=list(words),
            textposition="outside",
            marker={"color": colour},
        )
    )
    figure.update_xaxes(range=[0, 1.4 * max(float(lengths.max()), 1.0)], title=title)
    return _listed(figure, broken, dark)


def _beside(figure: go.Figure, name: str, at: float, words: str, dark: bool) -> None:
    font = {"color": MUTED[theme(dark)], "size": 12}
    figure.add_annotation(x=at + 2, y=name, text=words, xanchor="left", showarrow=False, font=font)


def _broken(names: Sequence[str] | pd.Series) -> list[str]:
    return ["<br>".join(wrap(str(name), LETTERS)) for name in names]


def _listed(figure: go.Figure, names: Sequence[str], dark: bool) -> go.Figure:
    """The first at the top, with room for as many lines as the longest name has."""
    figure.update_yaxes(
        type="category", categoryorder="array", categoryarray=list(names), range=[len(names) - 0.4, -0.6]
    )
    high = max(24, LINE * max(name.count("<br>") + 1 for name in names) + 6)
    return bare(figure, dark, 110 + high * len(names))
