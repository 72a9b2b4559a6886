"""The few rules of type and spacing that Streamlit's theme cannot set, and what the page notices in the browser."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.components import cached

RULES = Path(__file__).with_name("atlas.css")
NOTICES = Path(__file__).with_name("page_life.js")


def apply() -> None:
    """Set the type and spacing of the page; keep one step of Back a page; run again when the device's theme changes."""
    st.html(RULES)
    cached.page_life(NOTICES)(key="page_life", on_theme_change=lambda: None)


def dark() -> bool:
    """Whether the reader's theme is dark."""
    return st.context.theme.type == "dark"
