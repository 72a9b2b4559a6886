"""The few rules of type and spacing that Streamlit's theme cannot set."""

from __future__ import annotations

import streamlit as st

_RULES = """
<style>
.stMainBlockContainer {max-width: 1360px; padding-top: 3.6rem;}
.atlas-answer {font-family: "Source Serif", "Source Serif 4", Georgia, serif; font-size: clamp(1.35rem, 1rem + 1.2vw, 2rem);
  line-height: 1.28; margin: 0.1rem 0 0.6rem; max-width: 56ch; text-wrap: pretty;}
.atlas-more {font-size: 1.02rem; line-height: 1.5; max-width: 78ch; margin: 0;}
@media (max-width: 640px) {.stMainBlockContainer {padding-left: 1rem; padding-right: 1rem;}}
@media print {[data-testid="stSidebar"], [data-testid="stHeader"], .stDownloadButton {display: none;}}
</style>
"""


def apply() -> None:
    """Set the type and spacing of the page."""
    st.html(_RULES)


def dark() -> bool:
    """Whether the reader's theme is dark."""
    return st.context.theme.type == "dark"
