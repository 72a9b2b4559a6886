"""Charts of the toxic-trio page: parents by ward, and one factor over the years."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from analysis.editions import COUNCIL, ENGLAND, SHORT_COUNCIL
from analysis.present.figures import ROW, bare
from analysis.present.palette import INK, MUTED, PROVISION_COLOUR, SERIES, theme
from analysis.present.toxic_trio_view import ordered
from analysis.present.words import number

MARKERS = ("circle", "diamond", "square", "triangle-up")
SIDESTEP = 0.09
LABEL_ROOM = 0.062
BAND_ALPHA = 0.16
FAINT = "rgba(125,135,142,0.28)"


def by_ward(rows: pd.DataFrame, names: Mapping[str, str], base: int, dark: bool) -> go.Figure:
    """Parents by ward: published with Wilson limits and the range of rounding; the rest with limits and bound.

    Published wards stand first as the source lists them, the others by the alphabet.
    """
    shown = ordered(rows, names)
    known, rest = shown[shown["state"] == "published"], shown[shown["state"] != "published"]
    muted, strong = MUTED[theme(dark)], PROVISION_COLOUR[theme(dark)]
    figure = go.Figure()
    figure.add_trace(_rounding(known, strong))
    figure.add_trace(_points(known, "Published, with 95% limits", strong, "diamond"))
    figure.add_trace(_points(rest, "Our estimate, with 95% limits", muted, "circle-open"))
    figure.add_trace(_bound(rest, muted))
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(shown["area_code"]),
        categoryorder="array",
        categoryarray=list(shown["area_code"]),
        ticktext=list(shown["area_name"]),
        range=[len(shown) - 0.4, -0.6],
    )
    figure.update_xaxes(rangemode="tozero", title=f"Parents and carers, of {base}")
    bare(figure, dark, 120 + ROW * len(shown))
    figure.update_layout(margin_t=78)
    return figure


def _points(rows: pd.DataFrame, name: str, colour: str, symbol: str) -> go.Scatter:
    return go.Scatter(
        x=rows["parents"],
        y=rows["area_code"],
        mode="markers",
        name=name,
        marker={"color": colour, "size": 9, "symbol": symbol},
        cliponaxis=False,
        error_x={
            "type": "data",
            "symmetric": False,
            "array": rows["upper"] - rows["parents"],
            "arrayminus": rows["parents"] - rows["lower"],
            "color": colour,
            "thickness": 1.2,
            "width": 0,
        },
        customdata=rows[["area_name", "lower", "upper"]],
        hovertemplate="%{customdata[0]}<br>%{x:.0f} (%{customdata[1]:.0f} to %{customdata[2]:.0f})"
        f"<extra>{name.partition(',')[0]}</extra>",
    )


def _rounding(rows: pd.DataFrame, colour: str) -> go.Scatter:
    x = [value for least, most in rows[["least", "most"]].to_numpy(float) for value in (least, most, None)]
    y = [value for code in rows["area_code"] for value in (code, code, None)]
    return go.Scatter(
        x=x,
        y=y,
        mode="lines",
        name="What rounding allows",
        line={"color": colour, "width": 9},
        opacity=0.35,
        hoverinfo="skip",
    )


def _bound(rows: pd.DataFrame, colour: str) -> go.Scatter:
    return go.Scatter(
        x=rows["most"],
        y=rows["area_code"],
        mode="markers",
        name="Cannot be above this",
        marker={"color": colour, "size": 11, "symbol": "line-ns", "line": {"width": 2, "color": colour}},
        customdata=rows["area_name"],
        hovertemplate="%{customdata}<br>not published; at most %{x:.0f}<extra></extra>",
    )


def over_years(
    rows: pd.DataFrame, names: Mapping[str, str], dark: bool, arrows: Mapping[str, str] | None = None
) -> go.Figure:
    """One factor, per cent of assessments by year: the council with its band, the others with limits, labelled.

    `arrows` gives the sign of the recent trend by area code.
    """
    figure = go.Figure()
    codes = [code for code in rows["area_code"].unique() if code not in (COUNCIL, ENGLAND)]
    colours = SERIES[theme(dark)]
    figure.add_trace(_band(_of(rows, COUNCIL), PROVISION_COLOUR[theme(dark)]))
    figure.add_trace(_line(_of(rows, ENGLAND), "England", INK[theme(dark)], "circle-open", dash="dot"))
    for place, code in enumerate(codes):
        figure.add_trace(
            _line(_of(rows, code), names[code], colours[place + 1], MARKERS[place + 1], step=SIDESTEP * (place + 1))
        )
    figure.add_trace(_line(_of(rows, COUNCIL), SHORT_COUNCIL, colours[0], MARKERS[0], width=3.5))
    called = {**names, COUNCIL: SHORT_COUNCIL, ENGLAND: "England"}
    _label_ends(figure, {called[code]: arrow for code, arrow in (arrows or {}).items()})
    years = sorted(rows["year_ending"].unique())
    figure.update_xaxes(
        tickmode="array",
        tickvals=years,
        ticktext=[f"{year}" for year in years],
        range=[years[0] - 0.2, years[-1] + 0.4],
    )
    figure.update_yaxes(rangemode="tozero", ticksuffix="%")
    bare(figure, dark, 430)
    figure.update_yaxes(showgrid=True, gridcolor=FAINT)
    figure.update_xaxes(showgrid=False)
    figure.update_layout(showlegend=False, margin={"l": 0, "r": 148, "t": 14, "b": 30}, hovermode="closest")
    return figure


def _of(rows: pd.DataFrame, code: str) -> pd.DataFrame:
    return rows[rows["area_code"] == code].sort_values("year_ending")


def _line(
    rows: pd.DataFrame,
    name: str,
    colour: str,
    symbol: str,
    *,
    dash: str = "solid",
    width: float = 1.6,
    step: float = 0.0,
) -> go.Scatter:
    return go.Scatter(
        x=rows["year_ending"] + step,
        y=rows["percent"],
        mode="lines+markers",
        name=name,
        connectgaps=False,
        line={"color": colour, "width": width, "dash": dash},
        marker={"color": colour, "size": 7 if width < 2 else 9, "symbol": symbol},
        error_y=_limits(rows, colour) if dash == "solid" and width < 2 else None,
        customdata=[_spoken(row) for _, row in rows.iterrows()],
        hovertemplate=f"<b>{name}</b>, %{{customdata}}<extra></extra>",
    )


def _limits(rows: pd.DataFrame, colour: str) -> dict[str, object]:
    return {
        "type": "data",
        "symmetric": False,
        "array": rows["percent_upper"] - rows["percent"],
        "arrayminus": rows["percent"] - rows["percent_lower"],
        "color": colour,
        "thickness": 0.8,
        "width": 0,
    }


def _spoken(row: pd.Series) -> str:
    year = f"year ending March {row['year_ending']}<br>"
    if pd.isna(row["percent"]):
        return f"{year}no figure"
    known = pd.notna(row["percent_lower"])
    limits = f" ({row['percent_lower']:.1f} to {row['percent_upper']:.1f})" if known else ""
    return f"{year}{row['percent']:.1f}%{limits}, {number(row['count'])} of {number(row['assessments'])}"


def _band(rows: pd.DataFrame, colour: str) -> go.Scatter:
    """The council's limits as a band, broken where a year is missing."""
    x: list[float | None] = []
    y: list[float | None] = []
    for part in _unbroken(rows):
        x += [*part["year_ending"], *part["year_ending"][::-1], None]
        y += [*part["percent_upper"], *part["percent_lower"][::-1], None]
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return go.Scatter(
        x=x,
        y=y,
        fill="toself",
        fillcolor=f"rgba({red},{green},{blue},{BAND_ALPHA})",
        line={"width": 0},
        mode="lines",
        hoverinfo="skip",
    )


def _unbroken(rows: pd.DataFrame) -> list[pd.DataFrame]:
    known = rows["percent"].notna()
    run = (~known).cumsum()
    return [part for _, part in rows[known].groupby(run[known])]


def _label_ends(figure: go.Figure, arrows: Mapping[str, str]) -> None:
    """Each line's name, latest value and trend arrow at its right end, moved apart where they would touch."""
    lines = [trace for trace in figure.data if trace.name]
    ends = sorted((_last(trace) for trace in lines), key=lambda end: end[1])
    top = max(value for trace in lines for value in _known(trace))
    places = _apart([value for _, value, _ in ends], LABEL_ROOM * top)
    for (name, value, colour), place in zip(ends, places, strict=True):
        strong = ("<b>", "</b>") if name == SHORT_COUNCIL else ("", "")
        figure.add_annotation(
            x=1.0,
            xref="paper",
            y=place,
            text=f"{strong[0]}{name} {value:.0f}%{strong[1]} {arrows.get(name, '')}",
            xanchor="left",
            showarrow=False,
            font={"color": colour, "size": 13},
        )


def _last(trace: go.Scatter) -> tuple[str, float, str]:
    return trace.name, _known(trace)[-1], trace.line.color


def _known(trace: go.Scatter) -> list[float]:
    return [float(value) for value in trace.y if pd.notna(value)]


def _apart(values: list[float], room: float) -> list[float]:
    """Rising values moved up as little as keeps each at least `room` above the one before."""
    placed: list[float] = []
    for value in values:
        placed.append(value if not placed else max(value, placed[-1] + room))
    return placed
