"""One indicator by ward: the map, and every ward with its value, its limits and how it stands beside the council."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from analysis.indicator_wards import Wards, ward_periods
from analysis.present import indicators_wards
from pages.components import area_map, cached, downloads, evidence, legend, plain, scope, style
from pages.components.cached import indicators as cached_indicators

HEIGHT = 640


def show(indicator: str, period: str | None) -> None:
    """Draw the wards in `period`, or in the newest period that has them, and say which; nothing where none has."""
    held = cached_indicators.all_indicators()
    offered = ward_periods(held.of(indicator))
    if not offered:
        return
    shown = period if period in offered else offered[0]
    wards = cached_indicators.indicator_wards_of(indicator, shown)
    view = cached_indicators.ward_map(indicator, shown, style.dark())
    if wards is None or view is None:
        return
    st.header(f"By ward, {shown}")
    if shown != period:
        st.caption(f"No ward has a figure for {period}; these are of {shown}, the newest that wards have.")
    st.markdown(indicators_wards.wards_answer(wards, str(held.about(indicator)["polarity"])))
    if wards.table["basis"].eq("modelled").any():
        evidence.badge("modelled")
    drawn, listed = st.columns([5, 7], gap="medium")
    with drawn:
        legend.show(view.counts, style.dark())
        clicked = area_map.show(
            cached.map_layer(wards.layer), view.paints, key=f"indicator_{wards.layer}", alt=view.alt
        )
        st.caption("Click a ward, or move to it with the Tab key and press Enter, to open everything known of it.")
    table = cached_indicators.ward_table(indicator, shown)
    with listed, st.container(height=HEIGHT, border=False, key="indicator_ward_rows"):
        plain.table(
            table,
            f"{shown}: wards with value, count and how each stands beside the council",
            to=[scope.address_of_ward(str(code)) for code in wards.table["area_code"]],
        )
    _files(indicator, wards, table, f"{held.about(indicator)['title']}, by ward, {shown}")
    if clicked:
        area_map.open_ward(clicked)


def _files(indicator: str, wards: Wards, table: pd.DataFrame, title: str) -> None:
    """The map, the table and the whole view as files, in one line."""
    held, names, name = cached_indicators.all_indicators(), cached.library().names, f"indicator_{indicator}_wards"
    basis, layer = evidence.weakest(wards.table["basis"].dropna()), cached.map_layer(wards.layer)
    figures = partial(indicators_wards.ward_download, wards, held, indicator, names)
    view = partial(indicators_wards.ward_map, wards, held, indicator, False)
    with st.container(horizontal=True):
        evidence.download_map(view, layer, name, basis, key="indicator_map", title=title)
        evidence.download_made(
            figures, name, basis, key="indicator_wards_csv", words="Download the wards", shown=table, title=title
        )
        whole = downloads.Everything(lambda: [(name, figures(), table)], layer, figures, view)
        downloads.everything(downloads.subject(name, basis, title), name, "indicator_zip", whole)
