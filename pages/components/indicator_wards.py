"""One indicator by ward: the map, and every ward with its value, its limits and how it stands beside the council."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.indicator_wards import ward_periods
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
    names, title = cached.library().names, f"{held.about(indicator)['title']}, by ward, {shown}"

    def figures() -> pd.DataFrame:
        return indicators_wards.ward_download(wards, held, indicator, names)

    drawn, listed = st.columns([5, 7], gap="medium")
    with drawn:
        legend.show(view.counts, style.dark())
        clicked = area_map.show(
            cached.map_layer(wards.layer), view.paints, key=f"indicator_{wards.layer}", alt=view.alt
        )
        st.caption("Click a ward, or move to it with the Tab key and press Enter, to open everything known of it.")
        evidence.download_map(
            lambda: indicators_wards.ward_map(wards, held, indicator, False),
            cached.map_layer(wards.layer),
            f"indicator_{indicator}_wards",
            evidence.weakest(wards.table["basis"].dropna()),
            key="indicator_map",
            title=title,
        )
    with listed, st.container(height=HEIGHT, border=False, key="indicator_ward_rows"):
        table = cached_indicators.ward_table(indicator, shown)
        plain.table(
            table,
            f"{shown}: wards with value, count and how each stands beside the council",
            to=[scope.address_of_ward(str(code)) for code in wards.table["area_code"]],
        )
    evidence.download_made(
        figures,
        f"indicator_{indicator}_wards",
        "published",
        key="indicator_wards_csv",
        words="Download the wards",
        shown=table,
        title=title,
    )
    whole = downloads.Everything(
        tables=lambda: [(f"indicator_{indicator}_wards", figures(), table)],
        layer=cached.map_layer(wards.layer),
        areas=figures,
        view=lambda: indicators_wards.ward_map(wards, held, indicator, False),
    )
    of = downloads.subject(f"indicator_{indicator}", evidence.weakest(wards.table["basis"].dropna()), title)
    downloads.everything(of, f"indicator_{indicator}_wards", "indicator_zip", whole)
    if clicked:
        area_map.open_ward(clicked)
