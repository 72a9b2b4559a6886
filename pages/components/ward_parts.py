"""The parts of the Ward page: a section of its facts, and its indicators by topic."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.present import ward_profile_tables, ward_sections, ward_view
from analysis.ward_indicators import silent_topics
from pages.components import evidence, plain, scope
from pages.components.cached import ward as cached_ward


def section(facts: pd.DataFrame, part: ward_sections.Section) -> None:
    """A part of the page: heading, words, table and source; the table opens on request where it is long."""
    basis = "illustrative" if (ward_view.of(facts, part.id)["basis"] == "illustrative").all() else "published"
    rows = part.table(facts)
    st.header(evidence.headed(part.title, basis), anchor=part.id)
    st.caption(part.words)
    if part.says and (sentence := part.says(facts)):
        st.markdown(sentence)
    with st.expander(part.folded) if part.folded else st.container():
        plain.table(rows, part.title, under="Of" if "Of" in rows else None)
    st.caption(f"**Source:** {ward_view.sources(facts, part.id)}")


def indicators(facts: pd.DataFrame, chosen: scope.Scope) -> None:
    """Every indicator held of the ward, topic by topic, each leading to its page; then the topics without one."""
    st.header(ward_sections.INDICATORS.capitalize(), anchor=ward_sections.INDICATORS)
    silent = silent_topics(cached_ward.all_wards(chosen.edition_id), str(chosen.ward))
    st.markdown(ward_view.indicators_sentence(facts, silent))
    st.caption(ward_sections.ABOUT_INDICATORS)
    for topic, rows in ward_profile_tables.indicator_tables(facts).items():
        with st.expander(f"{topic.capitalize()} ({len(rows)})"):
            addresses = [scope.address_of_indicator(name) for name in rows["indicator_id"]]
            plain.table(rows.drop(columns="indicator_id"), topic.capitalize(), under="Of", to=addresses)
    st.caption(f"**Source:** {ward_view.sources(facts, ward_sections.INDICATORS)}")
