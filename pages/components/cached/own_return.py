"""The template of the return, made once a server. What a reader gives is never cached."""

from __future__ import annotations

import streamlit as st

from analysis.returns import template
from analysis.sources.tables import CONTRACTS
from pages.components.cached import library


@st.cache_data(show_spinner=False)
def workbook() -> bytes:
    """The template as .xlsx."""
    return template.workbook(library())


@st.cache_data(show_spinner=False)
def headings(contract: str) -> bytes:
    """The headings of one sheet as CSV."""
    return template.headings_csv(CONTRACTS[contract])


@st.cache_data(show_spinner=False)
def example(contract: str) -> bytes:
    """The worked example of one sheet as CSV."""
    return template.example_csv(library(), CONTRACTS[contract])
