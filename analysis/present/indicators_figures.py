"""One indicator over the years as a chart."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from analysis.editions import COUNCIL, ENGLAND, SHORT_COUNCIL
from analysis.indicators import SOUTH_WEST, Indicators
from analysis.present.figures import bare
from analysis.present.palette import INK, MUTED, SERIES, theme

DASHES = {COUNCIL: "solid", SOUTH_WEST: "dot", ENGLAND: "dash"}
SHAPES = {COUNCIL: "circle", SOUTH_WEST: "square", ENGLAND: "diamond"}
FAINT = "rgba(128, 140, 148, .22)"


def over_years(held: Indicators, indicator: str, names: Mapping[str, str], dark: bool) -> go.Figure:
    """The council with its limits, England, the South West, and the range of the statistical neighbours.

    Places of other sizes are left out of a plain count.
    """
    about, rows = held.about(indicator), held.of(indicator)
    rows = rows.sort_values(["period_end", "period"])
    figure = go.Figure()
    shown = [COUNCIL, SOUTH_WEST, ENGLAND] if about["comparable"] else [COUNCIL]
    if about["comparable"]:
        _range(figure, rows[rows["area_code"].isin(held.neighbours)])
    for code, colour in zip(shown, SERIES[theme(dark)], strict=False):
        own = rows[rows["area_code"] == code]
        if own["value"].notna().any():
            name = SHORT_COUNCIL if code == COUNCIL else names[code]
            line(figure, own, name, colour, DASHES[code], SHAPES[code], ours=code == COUNCIL)
    periods = rows.loc[rows["area_code"].isin(shown), ["period_end", "period"]].drop_duplicates()
    bare(figure, dark, 380)
    figure.update_xaxes(categoryorder="array", categoryarray=list(periods["period"].unique()), type="category")
    figure.update_yaxes(
        showgrid=True, gridcolor=MUTED[theme(dark)], gridwidth=0.3, title={"text": about["unit"], "font": {"size": 13}}
    )
    figure.update_layout(hovermode="x unified", hoverlabel={"font": {"color": INK["light"]}, "bgcolor": "#ffffff"})
    return figure


def _range(figure: go.Figure, near: pd.DataFrame) -> None:
    known = near[near["value"].notna()]
    if known.empty:
        return
    spread = known.groupby(["period_end", "period"])["value"].agg(["min", "max"]).reset_index()
    figure.add_bar(
        x=spread["period"],
        base=spread["min"],
        y=spread["max"] - spread["min"],
        width=0.45,
        marker={"color": FAINT, "line": {"width": 0}},
        name="Statistical neighbours, lowest to highest",
        customdata=spread[["min", "max"]],
        hovertemplate="%{customdata[0]:.4g} to %{customdata[1]:.4g}",
    )


def line(figure: go.Figure, own: pd.DataFrame, name: str, colour: str, dash: str, shape: str, *, ours: bool) -> None:
    """Draw one area's years; the council's own line is the thicker and carries its limits."""
    bars = (
        {
            "type": "data",
            "symmetric": False,
            "array": own["upper"] - own["value"],
            "arrayminus": own["value"] - own["lower"],
            "thickness": 1.4,
            "width": 4,
        }
        if ours and own["lower"].notna().any()
        else None
    )
    figure.add_scatter(
        x=own["period"],
        y=own["value"],
        error_y=bars,
        name=name,
        mode="lines+markers",
        line={"color": colour, "dash": dash, "width": 2.4 if ours else 1.6},
        marker={"symbol": shape, "size": 8 if ours else 6},
    )
