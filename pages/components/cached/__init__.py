"""The only caching: the published tables once a server, and each answer once for the names it was asked by.

Here is what every page needs; what one page needs is in the module of its subject, read when that page is opened.
Whether small counts are shown is an argument wherever it makes a difference, so that it is part of the key: nothing
here asks who is looking.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from analysis.equity import Equity, equity
from analysis.gap import Gap, gap
from analysis.need import NEEDS, need_table
from analysis.present import gap_view, layers
from analysis.present.maps import MapLayer
from analysis.worst_five import WorstFive, worst_five
from pages.components.cached.published import FEW, answers, library, others, pin, readers, shared, shipped

__all__ = [
    "FEW",
    "answers",
    "equity_of",
    "gap_map",
    "gap_of",
    "gap_table",
    "library",
    "map_layer",
    "need_of",
    "others",
    "page_life",
    "pin",
    "readers",
    "shared",
    "shipped",
    "worst_five_of",
]


@answers()
def gap_of(edition: str, need: str, provision: str, *, small_counts: bool = False) -> Gap:
    """The comparison of one need with one provision. Raises Refusal as `analysis.gap.gap` does."""
    return gap(library(), edition, need, provision, small_counts=small_counts)


@answers()
def gap_map(
    edition: str, need: str, provision: str, measure: str, dark: bool, *, small_counts: bool = False
) -> gap_view.MapView:
    """The map of a comparison in one measure and theme."""
    return gap_view.map_view(gap_of(edition, need, provision, small_counts=small_counts), measure, dark)


@answers()
def gap_table(edition: str, need: str, provision: str, *, small_counts: bool = False) -> pd.DataFrame:
    """The table of a comparison, as people read it."""
    return gap_view.table(gap_of(edition, need, provision, small_counts=small_counts))


@answers()
def need_of(need: str) -> pd.DataFrame:
    """One need by ward, with limits."""
    return need_table(library(), NEEDS[need])


@shared()
def map_layer(name: str) -> MapLayer:
    """What does not change on a map."""
    return layers.map_layer(library(), name)


@st.cache_resource
def page_life(script: Path) -> ComponentRenderer:
    """What the page itself notices in the browser, registered once a server."""
    return st.components.v2.component("page_life", js=script.read_text(encoding="utf-8"))


@answers()
def worst_five_of(edition: str, need: str, provision: str, *, small_counts: bool = False) -> WorstFive:
    """How surely each ward is among the five most under-provided. Raises Refusal as `worst_five` does."""
    return worst_five(library(), gap_of(edition, need, provision, small_counts=small_counts))


@answers()
def equity_of(edition: str, need: str, provision: str, *, small_counts: bool = False) -> Equity:
    """Whether provision follows need along deprivation. Raises Refusal as `equity` does."""
    return equity(library(), gap_of(edition, need, provision, small_counts=small_counts))
