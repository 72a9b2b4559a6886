"""The reconciliation of the held tables, worked out once."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis import reconciliation
from pages.components.cached import library


@st.cache_data(show_spinner="Working every figure out again…")
def checks() -> pd.DataFrame:
    """One row a check of a printed figure against the one worked out again."""
    return reconciliation.reconcile(library())
