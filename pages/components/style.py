"""The few rules of type and spacing that Streamlit's theme cannot set."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

RULES = Path(__file__).with_name("atlas.css")


def apply() -> None:
    """Set the type and spacing of the page."""
    st.html(RULES)


def dark() -> bool:
    """Whether the reader's theme is dark."""
    return st.context.theme.type == "dark"
