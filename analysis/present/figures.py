"""Charts, returned and never shown; every colour comes from the palette."""

from __future__ import annotations

import plotly.graph_objects as go

from analysis.present.palette import INK, MUTED, theme

ROW = 21
FONT = "Source Sans, Source Sans Pro, sans-serif"


def bare(figure: go.Figure, dark: bool, height: int) -> go.Figure:
    """Strip a figure to type, ink and one grid."""
    ink, muted = INK[theme(dark)], MUTED[theme(dark)]
    figure.update_layout(
        height=height,
        margin={"l": 0, "r": 8, "t": 34, "b": 36},
        font={"family": FONT, "size": 13, "color": ink},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "title": None, "font": {"color": ink}},
        hoverlabel={"font": {"family": FONT, "size": 13}},
        dragmode=False,
    )
    figure.update_xaxes(gridcolor=muted, gridwidth=0.3, zeroline=False, tickfont={"color": muted}, fixedrange=True)
    figure.update_yaxes(showgrid=False, tickfont={"color": ink}, fixedrange=True, automargin=True)
    return figure
