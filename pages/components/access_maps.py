"""The maps of the Access page, one at a time: within reach, located in, served."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from analysis.editions import EDITIONS
from analysis.present import access_view, gap_view
from analysis.present.gap_view import MapView
from analysis.refusal import Refusal
from analysis.site_access import Access
from pages.components import access_tried, area_map, cached, evidence, legend, scope, style
from pages.components.access_tried import Trial
from pages.components.cached import access as cached_access

PLACING = "placing"


@dataclass(frozen=True)
class Picture:
    """How the map shown is made again in light, and what its files are called."""

    make: Callable[[], MapView]
    title: str


def show(found: Access, chosen: scope.Scope, trial: Trial) -> None:
    """The choice of map, its words and key, and the map with the sites on it."""
    offered = [view for view in access_view.VIEWS if view != "served" or found.sought.served]
    view = scope.option("view", "Map", offered, "reach", access_view.VIEWS, draw=st.segmented_control)
    edge, dark = cached_access.edge_wards(found.edition), style.dark()
    if view == "served":
        _served(found, chosen, trial)
        return
    if view == "located":
        st.caption(access_view.located_caption(found))
        shown = access_view.located_map(found, edge, dark)
        picture = Picture(lambda: access_view.located_map(found, edge, False), "Located in")
    else:
        st.caption(access_view.caption(found, edge))
        shown = access_view.reach_map(found, edge, dark)
        picture = Picture(lambda: access_view.reach_map(found, edge, False), "Within reach")
    _draw(found, shown, chosen.ward, trial, picture)


def _served(found: Access, chosen: scope.Scope, trial: Trial) -> None:
    served = found.sought.served or ""
    try:
        result = cached.gap_of(found.edition, chosen.need_id, served, small_counts=chosen.small_counts)
    except Refusal as refused:
        evidence.nothing(str(refused))
        return
    st.caption(access_view.served_caption(result))
    shown = cached.gap_map(
        found.edition, chosen.need_id, served, "provision", style.dark(), small_counts=chosen.small_counts
    )
    _draw(found, shown, chosen.ward, trial, Picture(lambda: gap_view.map_view(result, "provision", False), "Served"))


def _draw(found: Access, shown: MapView, ward: str | None, trial: Trial, picture: Picture) -> None:
    dark, paints, alt = style.dark(), shown.paints, shown.alt
    legend.show(shown.counts, dark)
    layer = cached.map_layer(EDITIONS[found.edition].ward_layer)
    key, sites = f"access_{found.edition}", access_view.dots(found, dark)
    st.caption(access_view.dots_are(found))
    if _placing():
        point = area_map.place(layer, paints, key=key, alt=alt, sites=sites)
        if point:
            access_tried.add(trial, *point)
        return
    clicked = area_map.show(layer, paints, key=key, selected=ward, alt=alt, sites=sites)
    st.caption("Click a ward, or move to it with the Tab key and press Enter, to open everything known of it.")
    evidence.download_map(
        picture.make,
        layer,
        f"{key}_map",
        found.basis,
        key="access_map",
        title=f"{picture.title}: {found.sought.title}, {found.mode.words}",
        marked=ward,
        sites=lambda: access_view.dots(found, False),
    )
    if clicked:
        area_map.open_ward(clicked)


def _placing() -> bool:
    placing = scope.switch(PLACING, "Add a site by clicking the map")
    if placing:
        st.info(
            "Click where the site would be. With the keyboard: Tab to a ward and press Enter to place it in the middle "
            "of the ward.",
            icon=":material/add_location:",
        )
    return placing
