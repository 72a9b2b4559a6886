"""The council beside other places as charts: one period place by place, and the four councils over the years."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from analysis.compare import FOUR
from analysis.editions import COUNCIL, ENGLAND
from analysis.indicators import Indicators
from analysis.present.compare_view import KINDS, place_name
from analysis.present.figures import bare
from analysis.present.indicators_figures import line
from analysis.present.indicators_view import Row, decimals_of, told
from analysis.present.palette import INK, MUTED, SERIES, theme
from analysis.statistics.benchmark import Outcome

ROW, AROUND = 27, 86
MARKS = {
    Outcome.WORSE: "diamond",
    Outcome.BETTER: "circle",
    Outcome.HIGHER: "triangle-up",
    Outcome.LOWER: "triangle-down",
    Outcome.SIMILAR: "square",
    Outcome.NOT_COMPARED: "diamond-open",
}
DASHES = ("solid", "dash", "dot", "dashdot")
SHAPES = ("star", "square", "triangle-up", "diamond")


def side_by_side(
    held: Indicators, indicator: str, found: pd.DataFrame, names: Mapping[str, str], dark: bool
) -> go.Figure:
    """The places of a frame of `compare.compared` by value, highest at the top, with their limits.

    The council is a star; England, whose value everything is judged against, a dashed line as well as a mark.
    """
    about, shade = held.about(indicator), theme(dark)
    known = found[found["value"].notna()].sort_values("value", kind="stable")
    decimals = decimals_of(held.of(indicator), str(about["unit"]))
    figure = go.Figure()
    for row in known.to_dict("records"):
        name, ours = place_name(str(row["area_code"]), names), row["area_code"] == COUNCIL
        shape = "cross" if row["area_code"] == ENGLAND else MARKS[Outcome(row["outcome"])]
        _, _, paint = KINDS[Outcome(row["outcome"])]
        figure.add_scatter(
            x=[row["value"]],
            y=[f"<b>{name}</b>" if ours else name],
            error_x=_limits(row, paint[shade]),
            mode="markers",
            marker={
                "symbol": "star" if ours else shape,
                "size": 16 if ours else 10,
                "color": paint[shade],
                "line": {"width": 1.6, "color": INK[shade] if ours else paint[shade]},
            },
            name=name,
            hovertemplate=f"{name}: {told(row, str(about['unit']), decimals)}<extra></extra>",
        )
    bare(figure, dark, ROW * len(known) + AROUND)
    _england(figure, known, MUTED[shade])
    figure.update_xaxes(title={"text": str(about["unit"]), "font": {"size": 13}}, side="bottom")
    figure.update_layout(
        showlegend=False,
        margin={"t": 8, "b": 50},
        hovermode="closest",
        hoverlabel={"font": {"color": INK["light"]}, "bgcolor": "#ffffff"},
    )
    return figure


def _limits(row: Row, colour: str) -> dict[str, object] | None:
    value, lower, upper = (float(str(row[name])) for name in ("value", "lower", "upper"))
    if pd.isna(lower) or pd.isna(upper):
        return None
    ends = {"array": [upper - value], "arrayminus": [value - lower]}
    return {"type": "data", "symmetric": False, **ends, "thickness": 1.4, "width": 4, "color": colour}


def _england(figure: go.Figure, known: pd.DataFrame, colour: str) -> None:
    value = known.loc[known["area_code"] == ENGLAND, "benchmark"].dropna()
    if len(value):
        figure.add_vline(x=value.iloc[0], line={"color": colour, "dash": "dash", "width": 1.4}, layer="below")


def over_years(held: Indicators, indicator: str, names: Mapping[str, str], dark: bool) -> go.Figure:
    """The four councils over the years, each with a dash and a shape of its own; limits on the council's line."""
    about = held.about(indicator)
    rows = held.of(indicator).sort_values(["period_end", "period"])
    rows = rows[rows["area_code"].isin(FOUR)]
    figure = go.Figure()
    for code, colour, dash, shape in zip(FOUR, SERIES[theme(dark)], DASHES, SHAPES, strict=False):
        own = rows[rows["area_code"] == code]
        if own["value"].notna().any():
            line(figure, own, place_name(code, names), colour, dash, shape, ours=code == COUNCIL)
    bare(figure, dark, 340)
    periods = list(rows.loc[rows["value"].notna(), "period"].unique())
    figure.update_xaxes(categoryorder="array", categoryarray=periods, type="category")
    figure.update_yaxes(
        showgrid=True, gridcolor=MUTED[theme(dark)], gridwidth=0.3, title={"text": about["unit"], "font": {"size": 13}}
    )
    figure.update_layout(hovermode="x unified", hoverlabel={"font": {"color": INK["light"]}, "bgcolor": "#ffffff"})
    return figure
