"""Places within reach by ward: the second half of the Service coverage page."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis import reach
from analysis.present import reach_view
from analysis.present.gap_view import MapView
from analysis.present.maps import SitePaint
from pages.components import area_map, cached, evidence, legend, scope, style
from pages.components.cached import ward as cached_ward

SITES = {"listed": "Listed places", "own": "Illustrative sites"}


def _choices() -> tuple[str, str, str]:
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        kind = scope.option(
            "kind", "Kind of place", [*reach.PLACE_KINDS], "library", reach.PLACE_KINDS, draw=st.segmented_control
        )
    with right:
        titles = {key: value.title for key, value in reach.CATCHMENTS.items()}
        catchment = scope.option("catchment", "Catchment", [*titles], reach.DEFAULT_CATCHMENT, titles)
    dots = scope.option(
        "sites",
        "Dots on the map",
        [*SITES],
        "listed",
        SITES,
        draw=st.segmented_control,
        help="Sites of commissioned services are not published by ward. Illustrative ones show what could be added.",
    )
    return kind, catchment, dots


@st.fragment
def show(chosen: scope.Scope) -> None:
    """One kind of place at a time: the answer, the map with its dots, the chart, the table and the method."""
    st.header("Places within reach, by ward")
    kind, catchment, dots = _choices()
    rows, names = cached_ward.places_within_reach(kind, chosen.edition_id, catchment), cached.library().names
    places = reach.sites(cached.library(), kind, chosen.edition_id)
    years = reach_view.list_years(places)
    evidence.answer(*reach_view.sentence(rows, names, kind))
    evidence.badge("modelled")
    st.caption(
        f"{len(places)} {reach_view.KINDS[kind][0]}, list of {years}; {chosen.edition.wards}. **Within reach is not "
        "the same as inside the ward**: a place serves whoever can get to it. Places outside the council are not "
        "in the lists, so wards on its edge may have more than is shown. Kinds of place are shown one at a time and "
        "never added."
    )
    left, right = st.columns([6, 5], gap="large")
    with left:
        _map(chosen, kind, rows, dots)
    with right:
        _chart(chosen, kind, catchment)
    st.subheader("Every ward")
    shown = reach_view.table(rows, names, kind)
    st.dataframe(shown, hide_index=True, width="stretch", height=390)
    name = f"reach_{chosen.edition_id}_{kind}_{catchment}"
    evidence.download(
        reach_view.download(rows, names, kind, chosen.edition_id, catchment, years),
        name,
        "modelled",
        key="reach_csv",
        shown=shown,
        title=f"{reach.PLACE_KINDS[kind]} for each 1,000 children",
        chart=lambda: reach_view.by_ward(rows, names, kind, dark=False),
    )
    with st.expander("How this was worked out, and how sure it can be"):
        st.markdown(reach_view.method(catchment, float(rows["places"].sum()), len(places)))
    made_up = ["COMMISSIONED_SITES"] if dots == "own" else []
    evidence.sources(["SITES", *reach.DEMAND_FILES[chosen.edition_id], *made_up])


def _map(chosen: scope.Scope, kind: str, rows: pd.DataFrame, dots: str) -> None:
    dark = style.dark()
    st.subheader(evidence.headed("On the map", "illustrative" if dots == "own" else "modelled"))
    view, found = reach_view.banded(rows), _sites(chosen.edition_id, kind, dots)
    legend.show(view.counts(), dark)
    clicked = area_map.show(
        cached.map_layer(chosen.edition.ward_layer),
        view.paints(reach_view.tooltips(rows, kind), dark),
        key=f"coverage_{chosen.edition_id}",
        selected=chosen.marked,
        alt=reach_view.spoken(rows, kind),
        sites=found,
    )
    st.caption(f"{_dots_are(kind, dots)} Click a ward, or move to it with the Tab key and press Enter, to open it.")
    evidence.download_map(
        lambda: MapView(view.counts(), view.paints({}, False), ""),
        cached.map_layer(chosen.edition.ward_layer),
        f"reach_{chosen.edition_id}_{kind}",
        "illustrative" if dots == "own" else "modelled",
        key="reach_map",
        title=f"{reach.PLACE_KINDS[kind]} for each 1,000 children",
        marked=chosen.marked,
        sites=lambda: found,
        note=_dots_are(kind, dots).replace("*", ""),
    )
    if dots == "own":
        evidence.badge("illustrative")
    if clicked:
        area_map.open_ward(clicked)


def _sites(edition: str, kind: str, dots: str) -> list[SitePaint]:
    if dots == "own":
        return reach_view.own_dots(reach.commissioned_sites(cached.library(), edition), style.dark())
    return reach_view.dots(reach.sites(cached.library(), kind, edition), kind, style.dark())


def _dots_are(kind: str, dots: str) -> str:
    places = reach_view.KINDS[kind][0]
    if dots == "own":
        return (
            f"**The dots are made up**: family hubs, family support, youth services. The wards are still by {places}."
        )
    return f"The dots are {places}."


def _chart(chosen: scope.Scope, kind: str, catchment: str) -> None:
    st.subheader(f"{reach.PLACE_KINDS[kind]} for each 1,000 children")
    rows = cached_ward.places_within_reach(kind, chosen.edition_id, catchment)
    area_map.chart(
        reach_view.by_ward(rows, cached.library().names, kind, style.dark()),
        f"reach_{chosen.edition_id}_{kind}_{catchment}",
    )
