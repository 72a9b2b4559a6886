"""The chart of what is within reach, ward by ward."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd
import plotly.graph_objects as go

from analysis.present.access_tables import ordered
from analysis.present.access_view import EDGE_SYMBOL
from analysis.present.figures import ROW, bare
from analysis.present.palette import MUTED, PROVISION_COLOUR, theme
from analysis.site_access import Access


def by_ward(found: Access, names: Mapping[str, str], edge: Collection[str], dark: bool) -> go.Figure:
    """Places within reach by ward, least first, with the range over all settings; `+` marks the council's edge."""
    rows = ordered(found)
    codes = list(rows["area_code"])
    figure = go.Figure([_ranges(rows, MUTED[theme(dark)]), _rates(rows, found, names, PROVISION_COLOUR[theme(dark)])])
    figure.update_yaxes(
        tickmode="array",
        tickvals=codes,
        ticktext=[f"{names[code]} {EDGE_SYMBOL}" if code in edge else names[code] for code in codes],
        categoryorder="array",
        categoryarray=codes,
        range=[len(codes) - 0.4, -0.6],
    )
    figure.update_xaxes(rangemode="tozero", title=f"For each {found.sought.per:,}")
    bare(figure, dark, 110 + ROW * len(codes))
    figure.update_layout(margin_t=50, legend_y=1.02)
    return figure


def _ranges(rows: pd.DataFrame, colour: str) -> go.Scatter:
    ends = rows[["rate_lowest", "rate_highest"]].to_numpy(float)
    return go.Scatter(
        x=[value for low, high in ends for value in (low, high, None)],
        y=[value for code in rows["area_code"] for value in (code, code, None)],
        mode="lines",
        name="Over four settings",
        line={"color": colour, "width": 5},
        opacity=0.45,
        hoverinfo="skip",
    )


def _rates(rows: pd.DataFrame, found: Access, names: Mapping[str, str], colour: str) -> go.Scatter:
    said = [
        f"{names[str(row['area_code'])]}<br>{row['rate']:.2f} {found.sought.unit} for each {found.sought.per:,}"
        for _, row in rows.iterrows()
    ]
    return go.Scatter(
        x=rows["rate"],
        y=rows["area_code"],
        mode="markers",
        name="30 minutes, nearer counts more",
        marker={"color": colour, "size": 9, "symbol": "diamond"},
        cliponaxis=False,
        customdata=said,
        hovertemplate="%{customdata}<extra></extra>",
    )
