"""Charts of deprivation, returned and never shown."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from analysis.deprivation import RATES
from analysis.present.deprivation_view import DECILES
from analysis.present.figures import ROW, bare
from analysis.present.palette import INK, MUTED, NEED_COLOUR, SERIES, ink_on, theme
from analysis.sources.council import Council


def standing(rows: pd.DataFrame, dark: bool) -> go.Figure:
    """Wards down, national tenths across: how many neighbourhoods of each ward stand in each tenth.

    `rows` are those of `deprivation.placed`. Wards with most in tenths 1 and 2 come first.
    """
    cells = rows.groupby(["ward_code", "ward_name", "decile"]).size().rename("count").reset_index()
    order = rows.groupby("ward_code")["decile"].agg(["min", "mean"]).sort_values(["min", "mean"]).index
    fills = [DECILES[decile - 1].colour(dark) for decile in cells["decile"]]
    figure = go.Figure(
        go.Scatter(
            x=cells["decile"],
            y=cells["ward_code"],
            mode="markers+text",
            text=cells["count"],
            textfont={"color": [ink_on(fill) for fill in fills], "size": 12},
            marker={"color": fills, "size": 18, "symbol": "square", "line": {"width": 1, "color": MUTED[theme(dark)]}},
            customdata=cells[["ward_name", "count"]],
            hovertemplate="%{customdata[0]}<br>tenth %{x}: %{customdata[1]} neighbourhoods<extra></extra>",
            showlegend=False,
        )
    )
    figure.add_vline(x=2.5, line={"color": MUTED[theme(dark)], "width": 1, "dash": "dot"})
    figure.update_xaxes(
        tickvals=list(range(1, 11)), range=[0.4, 10.6], side="top", title="National tenth: 1 is the most deprived"
    )
    return _wards(figure, rows.drop_duplicates("ward_code").set_index("ward_code")["ward_name"].loc[order], dark)


def averages(wards: pd.DataFrame, domain: str, council: float | None, dark: bool, name: str) -> go.Figure:
    """Each ward's average score on the range of its neighbourhoods, the most deprived first."""
    scale = 100 if domain in RATES else 1
    ordered = wards.sort_values("score", ascending=False)
    mean = scale * ordered["score"]
    colour = NEED_COLOUR[theme(dark)]
    figure = go.Figure(
        go.Scatter(
            x=mean,
            y=ordered["area_code"],
            mode="markers",
            marker={"color": colour, "size": 9},
            error_x={
                "type": "data",
                "symmetric": False,
                "color": MUTED[theme(dark)],
                "thickness": 1.5,
                "width": 3,
                "array": scale * ordered["highest"] - mean,
                "arrayminus": mean - scale * ordered["lowest"],
            },
            customdata=ordered["area_name"],
            hovertemplate="%{customdata}<br>average %{x:.2f}<extra></extra>",
            name="Ward average, and the range of its neighbourhoods",
            showlegend=True,
        )
    )
    if council is not None:
        figure.add_trace(_council_line(scale * council, list(ordered["area_code"]), f"{name} average, published", dark))
    figure.update_xaxes(title="Score: higher is more deprived", ticksuffix="%" if domain in RATES else "")
    return _wards(figure, ordered.set_index("area_code")["area_name"], dark)


def shifts(moves: pd.DataFrame, dark: bool) -> go.Figure:
    """How many neighbourhoods moved by how many tenths; left of 0 is towards more deprived."""
    counts = moves["moved"].value_counts().sort_index()
    counts = counts.reindex(range(int(counts.index.min()), int(counts.index.max()) + 1), fill_value=0)
    worse, better = NEED_COLOUR[theme(dark)], SERIES[theme(dark)][0]
    colours = [worse if step < 0 else better if step > 0 else MUTED[theme(dark)] for step in counts.index]
    figure = go.Figure(
        go.Bar(
            x=counts.index,
            y=counts,
            text=counts,
            textposition="outside",
            marker={"color": colours},
            cliponaxis=False,
            hovertemplate="%{y} neighbourhoods moved %{x} tenths<extra></extra>",
        )
    )
    steps = list(counts.index)
    words = [
        f"{abs(step)} more<br>deprived" if step < 0 else f"{step} less<br>deprived" if step else "same<br>tenth"
        for step in steps
    ]
    figure.update_xaxes(tickvals=steps, ticktext=words)
    figure.update_yaxes(visible=False)
    return bare(figure, dark, 260)


def low_income(rows: pd.DataFrame, names: dict[str, str], dark: bool, council: Council) -> go.Figure:
    """Per cent of children in low-income families: newest year with limits, first year as a hollow mark, worst first.

    `rows` are those of `low_income.series`; the council is a dashed line, left out where its own figure is not held.
    """
    last, first = int(rows["year_ending"].max()), int(rows["year_ending"].min())
    wards = rows[rows["area_code"] != council.code]
    newest = wards[wards["year_ending"] == last].sort_values("percent", ascending=False)
    oldest = wards[wards["year_ending"] == first].set_index("area_code").reindex(newest["area_code"])
    figure = go.Figure()
    if first < last:
        figure.add_trace(_marks(oldest["percent"], newest, f"Year to March {first}", MUTED[theme(dark)], "circle-open"))
    figure.add_trace(
        _marks(
            newest["percent"],
            newest,
            f"Year to March {last}, 95% limits",
            NEED_COLOUR[theme(dark)],
            "circle",
            {
                "type": "data",
                "symmetric": False,
                "thickness": 1.3,
                "width": 0,
                "array": newest["percent_upper"] - newest["percent"],
                "arrayminus": newest["percent"] - newest["percent_lower"],
            },
        )
    )
    for whole in rows[(rows["area_code"] == council.code) & (rows["year_ending"] == last)]["percent"].dropna():
        words = f"{council.short_name} {whole:.1f}%"
        figure.add_trace(_council_line(whole, list(newest["area_code"]), words, dark))
    figure.update_xaxes(ticksuffix="%", rangemode="tozero")
    return _wards(figure, pd.Series({code: names[code] for code in newest["area_code"]}), dark)


def _marks(
    values: pd.Series, wards: pd.DataFrame, name: str, colour: str, symbol: str, errors: dict[str, object] | None = None
) -> go.Scatter:
    return go.Scatter(
        x=values,
        y=wards["area_code"],
        mode="markers",
        name=name,
        marker={"color": colour, "size": 9, "symbol": symbol},
        error_x=errors and {**errors, "color": colour},
        hovertemplate=f"{name}: %{{x:.1f}}%<extra></extra>",
    )


def _council_line(at: float, codes: list[str], words: str, dark: bool) -> go.Scatter:
    return go.Scatter(
        x=[at, at],
        y=[codes[0], codes[-1]],
        mode="lines",
        line={"color": INK[theme(dark)], "width": 1, "dash": "dash"},
        name=words,
        hoverinfo="skip",
    )


def _wards(figure: go.Figure, names: pd.Series, dark: bool) -> go.Figure:
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(names.index),
        ticktext=list(names),
        range=[len(names) - 0.4, -0.6],
        categoryorder="array",
        categoryarray=list(names.index),
    )
    return bare(figure, dark, 96 + ROW * len(names))
