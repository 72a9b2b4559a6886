"""The light charts of wards again as figures, for pictures of them in documents: the same rows, marks and limits."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from analysis.gap import Gap
from analysis.need_index import NeedIndex
from analysis.present.figures import ROW, bare
from analysis.present.gap_view import ordered
from analysis.present.need_index_view import CLASSES, COUNTS
from analysis.present.palette import INK, MUTED, NEED_COLOUR, PROVISION_COLOUR, theme
from analysis.present.share_chart import ends
from analysis.present.what_if_tables import ordered as by_shortfall
from analysis.provision import REST
from analysis.scenario.outcome import Outcome


def shares(result: Gap, dark: bool) -> go.Figure:
    """Share of need beside share of provision, in per cent of the totals, the widest shortfall first.

    Lines through the marks are 95% limits; a ward whose provision was not published has only its bound.
    """
    table = ordered(result)
    rows, name = ends(table[table["area_code"] != REST], result), theme(dark)
    figure = go.Figure(_joined(rows["code"], rows["need"], rows["provision"], MUTED[name]))
    for what, words, colour, symbol in (
        ("need", "Share of need", NEED_COLOUR[name], "circle"),
        ("provision", "Share of provision", PROVISION_COLOUR[name], "diamond"),
    ):
        figure.add_trace(_marks(rows["code"], rows, what, words, colour, symbol))
    if rows["bound"].notna().any():
        figure.add_trace(_upright(rows["code"], rows["bound"], "Cannot be above this (not published)", MUTED[name]))
    figure.update_xaxes(rangemode="tozero", ticksuffix="%", title="Share of the total; lines are 95% limits")
    return _wards(figure, rows["code"], rows["name"], dark)


def places(result: Outcome, dark: bool) -> go.Figure:
    """Places of every ward beside its fair share, the ward furthest below first; lines hold 95% of redrawn needs."""
    table, name = by_shortfall(result), theme(dark)
    rows = table.rename(columns={"fair_lower": "fair_from", "fair_upper": "fair_to"})
    figure = go.Figure(_joined(rows["area_code"], rows["fair"], rows["places"], MUTED[name]))
    figure.add_trace(_marks(rows["area_code"], rows, "fair", "Fair share", NEED_COLOUR[name], "circle"))
    held = rows.assign(places_from=float("nan"), places_to=float("nan"))
    figure.add_trace(_marks(rows["area_code"], held, "places", "Places", PROVISION_COLOUR[name], "diamond"))
    moved = rows[rows["change"] != 0]
    if len(moved):
        figure.add_trace(
            _upright(moved["area_code"], moved["places_today"], "Places today, where changed", MUTED[name])
        )
    figure.update_xaxes(rangemode="tozero", title="Places; lines hold the middle 95% of redrawn needs")
    return _wards(figure, rows["area_code"], rows["area_name"], dark)


def ranks(result: NeedIndex, most: int, dark: bool) -> go.Figure:
    """The places of each ward held in 95% of reruns, coloured as on the map; 1 is the most need."""
    rows = result.wards[result.wards["reason"].eq("")]
    figure = go.Figure()
    for item in dict.fromkeys(CLASSES[kind] for kind in rows[f"worst{most}"]):
        own = rows[[CLASSES[kind] == item for kind in rows[f"worst{most}"]]]
        ranges = _joined(own["area_code"], own["rank_lower"] - 0.5, own["rank_upper"] + 0.5, item.colour(dark), 9)
        figure.add_trace(ranges.update(name=item.label, showlegend=True))
    figure.add_trace(_upright(rows["area_code"], rows["rank_median"], "Middle place", INK[theme(dark)]))
    figure.add_vline(x=most + 0.5, line={"color": MUTED[theme(dark)], "width": 1.2, "dash": "dash"})
    title = f"Place among {len(result.known)} wards; the dashed line ends the {COUNTS[most]} of most need"
    figure.update_xaxes(range=[0, len(rows) + 1], tickvals=[1, *range(5, len(rows) + 1, 5)], title=title)
    return _wards(figure, rows["area_code"], rows["area_name"], dark)


def _marks(codes: pd.Series, rows: pd.DataFrame, what: str, words: str, colour: str, symbol: str) -> go.Scatter:
    value = rows[what].astype(float)
    limits = {
        "type": "data",
        "symmetric": False,
        "array": rows[f"{what}_to"].astype(float) - value,
        "arrayminus": value - rows[f"{what}_from"].astype(float),
        "thickness": 1.4,
        "width": 0,
        "color": colour,
    }
    return go.Scatter(
        x=value,
        y=codes,
        mode="markers",
        name=words,
        marker={"color": colour, "size": 9, "symbol": symbol},
        error_x=limits,
    )


def _upright(codes: pd.Series, values: pd.Series, words: str, colour: str) -> go.Scatter:
    marker = {"color": colour, "size": 11, "symbol": "line-ns", "line": {"width": 2, "color": colour}}
    return go.Scatter(x=values, y=codes, mode="markers", name=words, marker=marker)


def _joined(codes: pd.Series, start: pd.Series, end: pd.Series, colour: str, wide: float = 1.2) -> go.Scatter:
    return go.Scatter(
        x=[value for low, high in zip(start, end, strict=True) for value in (low, high, None)],
        y=[value for code in codes for value in (code, code, None)],
        mode="lines",
        line={"color": colour, "width": wide},
        showlegend=False,
    )


def _wards(figure: go.Figure, codes: pd.Series, names: pd.Series, dark: bool) -> go.Figure:
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(codes),
        ticktext=list(names),
        categoryorder="array",
        categoryarray=list(codes),
        range=[len(codes) - 0.4, -0.6],
    )
    return bare(figure, dark, 110 + ROW * len(codes))
