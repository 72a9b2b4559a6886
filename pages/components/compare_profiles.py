"""The four councils' printed profiles of need side by side, with today's figures beneath and the rest folded away."""

from __future__ import annotations

import streamlit as st

from analysis.present import printed_profiles_view as view
from pages.components import cached, evidence, plain
from pages.components.cached import compare as cached_compare

SOURCES = (
    "STRATEGIES_OBSERVATIONS",
    "ASSESSMENT_OBSERVATIONS",
    "PROFILES_OBSERVATIONS",
    "LAIT_OBSERVATIONS",
    "OPEN_OBSERVATIONS",
)


def show() -> None:
    """Draw the answer, the families, the figures that match nothing, and how it was done."""
    sides, names = cached_compare.printed_profiles(), cached.library().names
    evidence.answer(*view.answer(sides, names))
    evidence.badge("published")
    st.caption("Every figure stands with its year and its place in the document. They are the same in every edition.")
    st.header("Measure by measure")
    st.html(cached_compare.printed_table())
    evidence.download(view.download(sides, names), "profiles_of_need", "published", key="profiles_csv")
    rest = cached_compare.printed_besides()
    with st.expander(f"{len(rest)} other figures the four strategies print, which match none of another council's"):
        plain.table(view.others(rest, names), "Other figures of the four strategies")
        evidence.download(view.download(rest, names), "other_printed_figures", "published", key="besides_csv")
    with st.expander("How the profiles were matched, and what this cannot say"):
        st.markdown(view.method())
    evidence.sources(SOURCES)
