"""A map or a chart of areas on a page, and the way from it to a ward."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from analysis.present.maps import AreaPaint, MapLayer, Marked, SitePaint
from analysis.provision import REST
from pages.components import map_panel, scope

if TYPE_CHECKING:
    import plotly.graph_objects as go

HEIGHT = 520


def show(
    layer: MapLayer,
    areas: Sequence[AreaPaint],
    *,
    key: str,
    alt: str,
    selected: Marked = None,
    sites: Sequence[SitePaint] = (),
) -> str | None:
    """Draw the map; returns the code of an area just clicked."""
    return map_panel.show(layer, areas, key=key, height=HEIGHT, alt=alt, selected=selected, sites=sites)


def place(
    layer: MapLayer, areas: Sequence[AreaPaint], *, key: str, alt: str, sites: Sequence[SitePaint] = ()
) -> tuple[float, float] | None:
    """Draw the map; returns the latitude and longitude of a click anywhere on it."""
    return map_panel.place(layer, areas, key=key, height=HEIGHT, alt=alt, sites=sites)


def chart(figure: go.Figure, key: str) -> None:
    """Draw a chart whose rows are wards, named by code; choosing a mark opens its ward."""
    event = st.plotly_chart(
        figure, key=key, on_select="rerun", selection_mode="points", config={"displayModeBar": False}
    )
    points = event["selection"]["points"]
    if points:
        open_ward(points[0]["y"])


def open_ward(code: str) -> None:
    """Go to everything known of a ward; the row of all unlisted wards together leads nowhere."""
    if code == REST:
        return
    st.switch_page("pages/ward.py", query_params=scope.select_ward(code))
