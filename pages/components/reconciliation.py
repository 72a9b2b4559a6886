"""Sources, section Reconciliation: what was worked out again, what disagrees, and why."""

from __future__ import annotations

import streamlit as st

from analysis.present import reconciliation_view
from analysis.present.reconciliation_view import BASIS, EVERY_SOURCE
from pages.components import cached, evidence, plain, scope
from pages.components.cached import reconciliation as cached_reconciliation


def show() -> None:
    """The answer, the kinds of check, every disagreement of the source chosen, and the rules."""
    checks, library = cached_reconciliation.checks(), cached.library()
    st.header("Reconciliation", anchor=False)
    evidence.answer(*reconciliation_view.headline(checks))
    plain.table(reconciliation_view.kinds(checks), "What was worked out again, and how it came out")
    st.header("Every disagreement", anchor=False)
    held = reconciliation_view.listed_sources(checks)
    titles = reconciliation_view.sources(checks, {name: library.entry(name).title for name in held})
    source = scope.option("disagreeing", "Source", [*titles], EVERY_SOURCE, titles)
    ledger = library.table("CONTRADICTIONS")
    shown = reconciliation_view.disagreements(checks, ledger, source)
    if len(shown):
        plain.table(shown, f"Disagreements: {titles[source]}", under="Why")
        evidence.download(shown, "disagreements", BASIS, key="disagreements_csv")
    else:
        evidence.nothing("No figure disagrees with what its parts give.")
    st.header("What lets figures lie apart", anchor=False)
    plain.table(reconciliation_view.rules(checks), "Rounding and adjustments by publishers")
    plain.table(reconciliation_view.unchecked(checks), "Figures that cannot be checked")
    evidence.download_made(
        lambda: reconciliation_view.in_full(checks, ledger),
        "reconciliation",
        BASIS,
        key="reconciliation_csv",
        words=f"Download all {len(checks):,} checks",
    )
    with st.expander("How this was worked out, and how sure it can be"):
        st.markdown(reconciliation_view.METHOD)
    evidence.sources(held)
