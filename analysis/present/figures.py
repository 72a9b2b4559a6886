"""Charts, returned and never shown; every colour comes from the palette."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from analysis.gap import Gap
from analysis.present.gap_view import ordered
from analysis.present.palette import INK, LINE, MUTED, NEED_COLOUR, PROVISION_COLOUR, theme
from analysis.provision import REST

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


def shares(result: Gap, dark: bool) -> go.Figure:
    """Each ward's share of need beside its share of provision, with limits, the widest shortfall first.

    Wards whose provision was not published show only their need and the bound they cannot exceed.
    """
    table = _ordered(result)
    codes = list(table["area_code"])
    figure = go.Figure()
    figure.add_trace(_joins(table, dark))
    figure.add_trace(
        _dots(table, codes, "need_share", "Share of need", NEED_COLOUR[theme(dark)], "circle", _need_limits(table))
    )
    figure.add_trace(
        _dots(
            table,
            codes,
            "observed_share",
            "Share of provision",
            PROVISION_COLOUR[theme(dark)],
            "diamond",
            _provision_limits(table),
        )
    )
    if "bound" in table:
        figure.add_trace(_bounds(table, codes, result.total, dark))
    figure.update_yaxes(tickmode="array", tickvals=codes, ticktext=list(table["area_name"]), autorange="reversed")
    figure.update_xaxes(ticksuffix="%", rangemode="tozero", title=f"Share of the total for {len(table)} wards")
    if result.basis == "illustrative":
        stamp(figure)
    return bare(figure, dark, 90 + ROW * len(table))


def stamp(figure: go.Figure) -> None:
    """Write across a chart that its figures are made up."""
    figure.add_annotation(
        text="ILLUSTRATIVE",
        xref="paper",
        yref="paper",
        x=0.98,
        y=0.02,
        xanchor="right",
        showarrow=False,
        font={"size": 22, "color": "#9a6a2f"},
        opacity=0.55,
    )


def _ordered(result: Gap) -> pd.DataFrame:
    rows = ordered(result)
    return rows[rows["area_code"] != REST].reset_index(drop=True)


def _joins(table: pd.DataFrame, dark: bool) -> go.Scatter:
    ends = table[["need_share", "observed_share"]] * 100
    x = [value for pair in ends.to_numpy() for value in (*pair, None)]
    y = [value for code in table["area_code"] for value in (code, code, None)]
    return go.Scatter(
        x=x, y=y, mode="lines", line={"color": MUTED[theme(dark)], "width": 1}, hoverinfo="skip", showlegend=False
    )


def _dots(
    table: pd.DataFrame,
    codes: list[str],
    column: str,
    name: str,
    colour: str,
    symbol: str,
    errors: dict[str, object] | None,
) -> go.Scatter:
    return go.Scatter(
        x=100 * table[column],
        y=codes,
        mode="markers",
        name=name,
        marker={"color": colour, "size": 9, "symbol": symbol},
        error_x=errors and {**errors, "color": colour, "thickness": 1.2, "width": 0},
        customdata=table["area_name"],
        hovertemplate=f"%{{customdata}}<br>{name}: %{{x:.1f}}%<extra></extra>",
    )


def _need_limits(table: pd.DataFrame) -> dict[str, object]:
    total = table["need"].sum()
    return {
        "type": "data",
        "symmetric": False,
        "array": 100 * (table["need_upper"] - table["need"]) / total,
        "arrayminus": 100 * (table["need"] - table["need_lower"]) / total,
    }


def _provision_limits(table: pd.DataFrame) -> dict[str, object] | None:
    if table["oe_lower"].isna().all():
        return None
    share = 100 * table["need_share"]
    known = table["observed"].notna()
    return {
        "type": "data",
        "symmetric": False,
        "array": (share * (table["oe_upper"] - table["oe"])).where(known),
        "arrayminus": (share * (table["oe"] - table["oe_lower"])).where(known),
    }


def _bounds(table: pd.DataFrame, codes: list[str], total: float, dark: bool) -> go.Scatter:
    return go.Scatter(
        x=100 * table["bound"] / total,
        y=codes,
        mode="markers",
        name="Cannot be above this (not published)",
        marker={
            "color": MUTED[theme(dark)],
            "size": 11,
            "symbol": "line-ns",
            "line": {"width": 2, "color": MUTED[theme(dark)]},
        },
        customdata=table["area_name"],
        hovertemplate="%{customdata}<br>provision not published; at most %{x:.1f}%<extra></extra>",
    )


def edge(dark: bool) -> str:
    """The colour between filled cells."""
    return LINE[theme(dark)]
