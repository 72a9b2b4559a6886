"""The clickable map of areas."""

from collections.abc import Sequence

import streamlit as st
from streamlit_folium import st_folium

from analysis.present.maps import AreaPaint, MapLayer, Marked, SitePaint, base_map, clicked_code, paint

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
    answer = st_folium(
        base_map(layer),
        key=key,
        height=height,
        use_container_width=True,
        returned_objects=[CLICK],
        feature_group_to_add=paint(areas, alt=alt, selected=selected, sites=sites),
        render=False,
    )
    return _new_click((answer or {}).get(CLICK), f"{key}_last_click")


def _new_click(token: str | None, memory: str) -> str | None:
    if token is None or token == st.session_state.get(memory):
        return None
    st.session_state[memory] = token
    return clicked_code(token)
