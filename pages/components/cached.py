"""The only caching: the files once a server, and each answer once for the names it was asked by."""

from __future__ import annotations

import gc

import pandas as pd
import streamlit as st

from analysis import deprivation, reach, services, toxic_trio
from analysis.gap import Gap, gap
from analysis.present import layers
from analysis.present.maps import MapLayer
from analysis.sources import assets
from analysis.sources.library import ROOT, Library


@st.cache_resource(show_spinner="Checking the data files")
def library() -> Library:
    """The checked files, shared by every session and never changed; the static files the browser needs beside them."""
    opened = Library()
    assets.ensure(ROOT / "static")
    gc.collect()
    gc.freeze()
    return opened


@st.cache_data(show_spinner=False)
def gap_of(edition: str, need: str, provision: str) -> Gap:
    """The comparison of one need with one provision. Raises Refusal as `analysis.gap.gap` does."""
    return gap(library(), edition, need, provision)


@st.cache_data(show_spinner=False)
def neighbourhoods(year: int, domain: str) -> pd.DataFrame:
    """One domain of the Indices of Deprivation by neighbourhood."""
    return deprivation.neighbourhoods(library(), year, domain)


@st.cache_data(show_spinner=False)
def deprivation_by_ward(year: int, domain: str, ward_column: str) -> pd.DataFrame:
    """One domain of the Indices of Deprivation summed to wards."""
    return deprivation.by_ward(library(), year, domain, ward_column)


@st.cache_data(show_spinner=False)
def toxic_trio_wards(group: str, covariate: str) -> pd.DataFrame:
    """Parents known to services by ward, published and modelled."""
    return toxic_trio.ward_estimates(library(), group, covariate)


@st.cache_data(show_spinner=False)
def factor_series(factor: str) -> pd.DataFrame:
    """One factor at the end of assessment, by area and year."""
    return toxic_trio.factor_series(library(), factor)


@st.cache_data(show_spinner=False)
def places_within_reach(kind: str, edition: str, catchment: str) -> pd.DataFrame:
    """Places of one kind within reach, by ward."""
    return reach.places_within_reach(library(), kind, edition, reach.CATCHMENTS[catchment])


@st.cache_data(show_spinner=False)
def service_matrix() -> pd.DataFrame:
    """Needs by life stages, each cell covered, uncovered, unclear or not applicable."""
    return services.matrix(library())


@st.cache_resource
def map_layer(name: str) -> MapLayer:
    """What does not change on a map."""
    return layers.map_layer(library(), name)
