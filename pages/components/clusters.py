"""The panel for experts on the Deprivation page: do deprived neighbourhoods cluster? Worked out only when asked."""

from __future__ import annotations

import streamlit as st

from analysis.clusters import LAYERS, Clusters
from analysis.deprivation import DOMAINS, vintage_of
from analysis.present import clusters_view, deprivation_view
from analysis.present.gap_view import MapView
from pages.components import area_map, cached, evidence, legend, plain, scope, style
from pages.components.cached import deprivation as cached_deprivation


@st.fragment
def section(year: int, domain: str, ward_column: str) -> None:
    """A switch, and behind it the global test and, where that finds something, the local clusters."""
    if not scope.switch("experts", "For experts: do deprived neighbourhoods cluster?"):
        return
    try:
        result = cached_deprivation.clusters_of(year, domain, ward_column)
    except ValueError as refused:
        evidence.nothing(str(refused))
        return
    st.header("Do deprived neighbourhoods cluster?")
    st.markdown(f"**{clusters_view.sentence(result, year, domain)}**")
    evidence.badge("modelled")
    st.markdown(clusters_view.local_sentence(result))
    if result.stand_out:
        _map(result, year, domain)
    if result.shown:
        _table(result, year, domain)
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("The test of the whole council")
        plain.table(clusters_view.global_table(result), "Moran's test of all neighbourhoods")
    with right:
        st.subheader("How it is tested")
        st.markdown(f"{clusters_view.METHOD}\n\n{clusters_view.WARDS}")
    evidence.sources([f"IOD{year}"])


def _map(result: Clusters, year: int, domain: str) -> None:
    st.subheader("Local clusters on the map")
    banded, layer = clusters_view.banded(result.local), LAYERS[vintage_of(year)]
    legend.show(banded.counts(), style.dark(), "neighbourhoods")
    clicked = area_map.show(
        cached.map_layer(layer),
        banded.paints(clusters_view.tooltips(result.local), style.dark()),
        key=f"clusters_{layer}",
        alt=deprivation_view.spoken(banded, "neighbourhoods"),
    )
    evidence.download_map(
        lambda: MapView(banded.counts(), banded.paints({}, False), ""),
        cached.map_layer(layer),
        f"clusters_{domain}_{year}",
        "modelled",
        key="clusters_map",
        title=f"Local clusters: {DOMAINS[domain]}, Indices of Deprivation {year}",
        noun="neighbourhoods",
        sources=[f"IOD{year}"],
    )
    if clicked:
        area_map.open_ward(str(result.local.set_index("area_code").loc[clicked, "ward_code"]))


def _table(result: Clusters, year: int, domain: str) -> None:
    st.subheader("Every neighbourhood, and those around it")
    st.dataframe(clusters_view.local_table(result.local), hide_index=True, width="stretch", height=320)
    evidence.download(
        result.local.assign(iod_year=year, domain=domain), f"clusters_{domain}_{year}", "modelled", key="clusters_csv"
    )
