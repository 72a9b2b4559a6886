"""A map of areas on a page, and the way from it to a ward."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.present.maps import AreaPaint, MapLayer, SitePaint
from analysis.provision import REST
from pages.components import map_panel, scope

HEIGHT = 520


def show(
    layer: MapLayer,
    areas: Sequence[AreaPaint],
    *,
    key: str,
    alt: str,
    selected: str | None = None,
    sites: Sequence[SitePaint] = (),
) -> str | None:
    """Draw the map; returns the code of an area just clicked."""
    return map_panel.show(layer, areas, key=key, height=HEIGHT, alt=alt, selected=selected, sites=sites)


def open_ward(code: str) -> None:
    """Go to everything known of a ward; the row of all unlisted wards together leads nowhere."""
    if code == REST:
        return
    st.switch_page("pages/ward.py", query_params=scope.select_ward(code))
