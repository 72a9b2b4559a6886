"""Sources: what every figure rests on, how it was worked out, and where sources contradict one another."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.present import sources_view
from analysis.sources.council import HOME, contract_for
from analysis.sources.library import ROOT
from analysis.sources.tables import CONTRACTS
from pages.components import cached, evidence, plain, reconciliation, scope

PREVIEWED = 5
ALL_KINDS = "all"
SECTIONS = {
    "catalogue": "Catalogue",
    "dictionary": "Data dictionary",
    "ledger": "Contradictions",
    "reconciliation": "Reconciliation",
    "methods": "Methods",
    "statistics": "Statistics",
    "glossary": "Glossary",
    "accessibility": "Accessibility",
}
DOCUMENTS = {
    "methods": "Methods in plain words",
    "statistics": "The statistical engine",
    "glossary": "Glossary",
    "accessibility": "Accessibility statement",
}


OF_HOME = {
    "ledger": "The list of contradictions is about the papers of Bath and North East Somerset.",
    "reconciliation": "The reconciliation is of the figures held for Bath and North East Somerset.",
}


def page() -> None:
    """What the atlas rests on in a sentence, then one section, kept in the address bar."""
    scope.choose()
    council = cached.library().council
    st.title("Sources" if council == HOME else f"Sources for {council.name}")
    evidence.answer(*sources_view.headline(cached.library().entries.values(), of_another=council != HOME))
    section = scope.option("section", "Section", [*SECTIONS], "catalogue", SECTIONS, draw=st.segmented_control)
    if section in OF_HOME and council != HOME:
        evidence.nothing(f"{OF_HOME[section]} It says nothing of {council.name}.")
        return
    if section in DOCUMENTS:
        _document(section)
    else:
        {"catalogue": _catalogue, "dictionary": _dictionary, "ledger": _ledger, "reconciliation": reconciliation.show}[
            section
        ]()


def _catalogue() -> None:
    entries = list(cached.library().entries.values())
    st.header("Catalogue of files", anchor=False)
    words = st.text_input("Search the catalogue", key="catalogue_search", placeholder="for example poverty, or ward")
    held = sources_view.found(sources_view.files(entries), words)
    st.caption(f"{len(held)} of {len(entries)} files.")
    if len(held):
        plain.table(held, "Files the atlas reads", under="Caveat")
    else:
        evidence.nothing("No file holds all of these words. Use fewer words, or clear the search.")
    _save(sources_view.files_in_full(entries), "Download the whole catalogue", "catalogue")
    st.header("Acknowledgements", anchor=False)
    st.markdown(
        "The data keep the licences of their publishers. [Read the Open Government Licence v3.0]"
        "(https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/)."
    )
    plain.table(sources_view.acknowledgements(entries), "Acknowledgements owed to publishers")


def _dictionary() -> None:
    held = {entry.contract for entry in cached.library().entries.values()}
    titles = {name: contract.title for name, contract in CONTRACTS.items() if name in held}
    st.header("Data dictionary", anchor=False)
    usual = "IDACI2015_PRINTED" if "IDACI2015_PRINTED" in titles else next(iter(titles))
    name = scope.option("table", "Table", [*titles], usual, titles)
    library = cached.library()
    contract, entry, rows = contract_for(CONTRACTS[name], library.council), library.entry(name), library.table(name)
    st.markdown(f"{sources_view.about(contract, len(rows))} File: `{entry.path}`.")
    evidence.badge(entry.basis)
    described = sources_view.dictionary(contract)
    plain.table(described, f"Columns of {contract.title}")
    _save(described, "Download the list of columns", f"columns_{name.lower()}")
    laws = sources_view.laws(contract)
    if len(laws):
        plain.table(laws, f"Laws every row of {contract.title} keeps")
    st.header("The first rows", anchor=False)
    if contract.small_counts:
        evidence.nothing(sources_view.WITHHELD)
    else:
        st.dataframe(sources_view.preview(rows, PREVIEWED), hide_index=True, width="stretch")
        evidence.download(rows, name.lower(), entry.basis, key="rows_csv")
    evidence.sources([name])


def _ledger() -> None:
    ledger = cached.library().table("CONTRADICTIONS")
    st.header("Where sources contradict themselves or one another", anchor=False)
    st.markdown(f"{sources_view.ledger_sentence(ledger)} Each entry gives both readings, the one used here, and why.")
    kinds = {ALL_KINDS: f"All ({len(ledger)})", **sources_view.kinds_counted(ledger)}
    kind = scope.option("contradiction", "Kind", [*kinds], ALL_KINDS, kinds, draw=st.segmented_control)
    shown = sources_view.ledger_rows(ledger, None if kind == ALL_KINDS else kind)
    plain.contradictions(shown)
    _save(shown, "Download these entries", "contradictions")
    evidence.sources(["CONTRADICTIONS"])


def _document(section: str) -> None:
    st.header(DOCUMENTS[section], anchor=False)
    with st.container(width=820):
        st.markdown(sources_view.document(ROOT / "docs" / f"{section}.md"))


def _save(table: pd.DataFrame, words: str, name: str) -> None:
    evidence.download_made(lambda: table, name, "published", key=f"save_{name}", words=words)


page()
