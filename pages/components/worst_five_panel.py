"""The five most under-provided wards on the Overview: a sentence above the map, a table below it."""

from __future__ import annotations

from html import escape

import streamlit as st

from analysis.gap import Gap
from analysis.present import worst_five_view
from analysis.refusal import Refusal
from analysis.worst_five import WorstFive
from pages.components import cached, evidence, scope, style


def sentence(result: Gap) -> None:
    """Which five wards, and how surely, or why that cannot be asked."""
    try:
        said = worst_five_view.sentence(_found(result), result)
    except Refusal as refused:
        said = str(refused)
    mark = "<b>Illustrative.</b> " if result.basis == "illustrative" else ""
    st.html(f'<p class="atlas-more">{mark}{escape(said)}</p>')


def show(result: Gap) -> None:
    """The wards that may be among the five, the download and the method; nothing where that cannot be asked."""
    try:
        found = _found(result)
    except Refusal:
        return
    st.header(evidence.headed("The five most under-provided wards, and how surely", result.basis))
    st.html(worst_five_view.bars(found, style.dark(), scope.address_of_ward))
    name = f"worst_five_{result.edition}_{result.need.id}_{result.provision.id}"
    evidence.download(worst_five_view.download(found, result), name, result.basis, key="worst_five_csv")
    with st.expander("How this probability was worked out" if found.by == "chance" else "How this was worked out"):
        st.markdown(worst_five_view.method(found, result))


def _found(result: Gap) -> WorstFive:
    return cached.worst_five_of(result.edition, result.need.id, result.provision.id, small_counts=result.small_counts)
