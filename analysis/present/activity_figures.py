"""Places, cases supported and cases open by quarter, a panel a service."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from analysis.present.activity_view import group_name
from analysis.present.figures import bare
from analysis.present.palette import INK, MUTED, PROVISION_COLOUR, theme

FAINT = "rgba(128, 140, 148, .25)"


def over_quarters(services: pd.DataFrame, dark: bool) -> go.Figure:
    """Bars of cases supported and open on the last day; a line of commissioned places. Counts held back leave a gap."""
    groups = list(dict.fromkeys(services["service_group"]))
    figure = make_subplots(rows=1, cols=len(groups), subplot_titles=[group_name(group) for group in groups])
    name = theme(dark)
    for place, group in enumerate(groups, start=1):
        own = services[services["service_group"] == group].sort_values("quarter")
        first = place == 1
        short = own["quarter"].str[2:]
        for column, words, colour in (
            ("supported", "Supported in the quarter", MUTED[name]),
            ("open_at_end", "Open on its last day", PROVISION_COLOUR[name]),
        ):
            figure.add_bar(x=short, y=own[column], name=words, marker_color=colour, showlegend=first, row=1, col=place)
        figure.add_scatter(
            x=short,
            y=own["capacity"],
            name="Commissioned places",
            mode="lines+markers",
            line={"color": INK[name], "dash": "dash", "width": 2},
            marker={"symbol": "diamond", "size": 7},
            showlegend=first,
            row=1,
            col=place,
        )
    bare(figure, dark, 360)
    figure.update_layout(barmode="group", bargap=0.3, legend={"y": 1.14}, margin={"t": 76, "b": 24})
    figure.update_yaxes(rangemode="tozero", showgrid=True, gridcolor=FAINT, gridwidth=1)
    return figure
