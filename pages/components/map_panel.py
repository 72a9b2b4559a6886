"""The clickable map of areas."""

from collections.abc import Sequence

import streamlit as st
from streamlit_folium import st_folium

from analysis.present.maps import (
    AreaPaint,
    MapLayer,
    Marked,
    SitePaint,
    base_map,
    clicked_code,
    clicked_point,
    paint,
)

CLICK = "last_object_clicked_tooltip"


def show(
    layer: MapLayer,
    areas: Sequence[AreaPaint],
    *,
    key: str,
    height: int,
    sites: Sequence[SitePaint] = (),
    selected: Marked = None,
    alt: str,
) -> str | None:
    """Draw the map and return the code of an area the visitor has just clicked, once for each click."""
    return clicked_code(_clicked(layer, areas, key=key, height=height, sites=sites, selected=selected, alt=alt))


def place(
    layer: MapLayer,
    areas: Sequence[AreaPaint],
    *,
    key: str,
    height: int,
    sites: Sequence[SitePaint] = (),
    selected: str | None = None,
    alt: str,
) -> tuple[float, float] | None:
    """Draw the map and return the latitude and longitude of a click anywhere on it, once for each click.

    An area chosen with the keyboard gives the point its label stands at.
    """
    token = _clicked(layer, areas, key=key, height=height, sites=sites, selected=selected, alt=alt, placing=True)
    return clicked_point(token)


def _clicked(
    layer: MapLayer,
    areas: Sequence[AreaPaint],
    *,
    key: str,
    height: int,
    sites: Sequence[SitePaint],
    selected: Marked,
    alt: str,
    placing: bool = False,
) -> str | None:
    answer = st_folium(
        base_map(layer),
        key=key,
        height=height,
        use_container_width=True,
        returned_objects=[CLICK],
        feature_group_to_add=paint(areas, alt=alt, selected=selected, sites=sites, placing=placing),
        render=False,
    )
    return _new_click((answer or {}).get(CLICK), f"{key}_last_click")


def _new_click(token: str | None, memory: str) -> str | None:
    if token is None or token == st.session_state.get(memory):
        return None
    st.session_state[memory] = token
    return token
