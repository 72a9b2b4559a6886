"""How far a ward's place depends on the measure, as a chart, returned and never shown."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from analysis.five_measures import MEASURES
from analysis.present.figures import ROW, bare
from analysis.present.palette import MUTED, SERIES, theme

SYMBOLS = ("circle", "diamond", "square", "triangle-up", "x")
SHORT = {"tenth": "Proportion in the most deprived tenth"}


def places(placed: pd.DataFrame, names: Mapping[str, str], by: str, dark: bool) -> go.Figure:
    """Wards down, in the order of the measure `by`; places across, a mark for each measure, joined by a line.

    `placed` are the rows of `five_measures.places`.
    """
    order = list(placed[placed["measure"] == by].sort_values("place", kind="stable")["area_code"])
    figure = go.Figure(_ranges(placed, order, MUTED[theme(dark)]))
    for measure, symbol, colour in zip(MEASURES, SYMBOLS, SERIES[theme(dark)], strict=True):
        rows = placed[placed["measure"] == measure]
        if len(rows):
            figure.add_trace(_marks(rows, SHORT.get(measure, MEASURES[measure].title), names, symbol, colour))
    figure.update_xaxes(
        title="Place: 1 is the most deprived",
        range=[0, len(order) + 1],
        tickvals=[1, *range(5, len(order) + 1, 5)],
    )
    figure.update_yaxes(
        tickmode="array",
        tickvals=order,
        ticktext=[names[code] for code in order],
        range=[len(order) - 0.4, -0.6],
        categoryorder="array",
        categoryarray=order,
    )
    bare(figure, dark, 180 + ROW * len(order))
    figure.update_layout(margin_t=112)
    return figure


def _marks(rows: pd.DataFrame, name: str, names: Mapping[str, str], symbol: str, colour: str) -> go.Scatter:
    return go.Scatter(
        x=rows["place"],
        y=rows["area_code"],
        mode="markers",
        name=name,
        marker={"color": colour, "size": 9, "symbol": symbol},
        customdata=rows["area_code"].map(names),
        hovertemplate=f"%{{customdata}}<br>{name}: %{{x}}<extra></extra>",
    )


def _ranges(placed: pd.DataFrame, order: list[str], colour: str) -> go.Scatter:
    place = placed.groupby("area_code")["place"].agg(["min", "max"])
    ends = [(place.loc[code, "min"], place.loc[code, "max"], code) for code in order]
    return go.Scatter(
        x=[x for first, last, _ in ends for x in (first, last, None)],
        y=[y for _, _, code in ends for y in (code, code, None)],
        mode="lines",
        line={"color": colour, "width": 1.5},
        showlegend=False,
        hoverinfo="skip",
    )
