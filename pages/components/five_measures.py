"""The five summary measures on the Deprivation page: which ward leads by which, and where they place the council."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.deprivation import DOMAINS
from analysis.five_measures import places
from analysis.present import five_measures_figures, five_measures_view
from pages.components import area_map, cached, evidence, plain, style
from pages.components.cached import deprivation as cached_deprivation


def section(wards: pd.DataFrame, year: int, domain: str, edition: str) -> None:
    """How far the choice of measure matters, for the wards and for the council."""
    st.header("How much depends on the measure")
    placed, names = places(wards), cached.library().names
    st.markdown(f"**{five_measures_view.ward_sentence(placed, names)}**")
    evidence.badge("modelled")
    left, right = st.columns([6, 5], gap="large")
    with left:
        st.subheader("Each ward's place by each measure")
        by = five_measures_view.order(wards).id
        figure = five_measures_figures.places(placed, names, by, style.dark())
        area_map.chart(figure, f"places_{domain}_{year}_{edition}")
    with right:
        st.subheader("What each measure says")
        st.markdown(five_measures_view.meanings())
        st.caption(f"{five_measures_view.UNPLACED} {five_measures_view.caution(wards, domain)}")
    st.subheader("Every ward by each measure")
    st.caption(five_measures_view.listed_by(wards, year))
    st.html(five_measures_view.ward_table(wards, domain, style.dark()))
    table = five_measures_view.download(wards, year, domain)
    name, title = f"measures_{domain}_{year}_{edition}", f"Each ward's place by each measure, {DOMAINS[domain]}, {year}"
    evidence.download(
        table,
        name,
        "modelled",
        key="measures_csv",
        title=title,
        chart=lambda: five_measures_figures.places(placed, names, by, dark=False),
    )
    _council(year, domain)


def _council(year: int, domain: str) -> None:
    st.subheader("The council as a whole")
    council = cached_deprivation.council_by_measures(year, domain)
    st.markdown(five_measures_view.council_sentence(council, domain, cached.library().council.short_name))
    shown = five_measures_view.council_table(council, domain)
    plain.table(shown, "The council by each of the five measures", under="worse")
    table = council.assign(iod_year=year, domain=domain)
    name = f"council_measures_{domain}_{year}"
    evidence.download(table, name, "modelled", key="council_measures_csv", shown=shown)
