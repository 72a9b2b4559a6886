"""The few rules of type and spacing that Streamlit's theme cannot set."""

from __future__ import annotations

import streamlit as st

_RULES = """
<style>
.stMainBlockContainer {max-width: 1360px; padding-top: 3.6rem;}
.atlas-answer {font-family: "Source Serif", "Source Serif 4", Georgia, serif; font-size: clamp(1.35rem, 1rem + 1.2vw, 2rem);
  line-height: 1.28; margin: 0.1rem 0 0.6rem; max-width: 56ch; text-wrap: pretty;}
.atlas-more {font-size: 1.02rem; line-height: 1.5; max-width: 78ch; margin: 0;}
.atlas-tally {display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: .6rem; list-style: none;
  margin: .4rem 0 0 !important; padding: 0 !important;}
.atlas-tally li {border-left: 6px solid; padding: .1rem .7rem .2rem; margin: 0 !important; display: flex; flex-direction: column;}
.atlas-tally b {font-size: 1.7rem; line-height: 1.15; font-variant-numeric: tabular-nums;}
.atlas-tally span {font-weight: 600; font-size: .95rem; line-height: 1.25;}
.atlas-tally small {font-size: .85rem; line-height: 1.3; opacity: .85; margin-top: .15rem;}
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
