"""Answers on one ward and its places, each once for the names it was asked by."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis import reach, ward
from pages.components.cached import library


@st.cache_data(show_spinner=False)
def ward_profile(edition: str, code: str, need: str, *, small_counts: bool = False) -> pd.DataFrame:
    """Everything known of one ward, one row a fact."""
    return ward.profile(library(), edition, code, need, small_counts=small_counts)


@st.cache_data(show_spinner=False)
def places_within_reach(kind: str, edition: str, catchment: str) -> pd.DataFrame:
    """Places of one kind within reach by ward, with the range over all catchments."""
    return reach.by_catchment(library(), kind, edition, catchment)
