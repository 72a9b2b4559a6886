"""What is said of a new file: publisher, link, period, licence, basis and caveat, as the catalogue keeps them."""

from __future__ import annotations

import streamlit as st

from analysis.present.palette import BASIS_WORDS
from analysis.sources.catalogue import Entry
from analysis.sources.contracts import BASES
from analysis.sources.tables import CONTRACTS
from pages.components import plain, scope
from pages.components.cached import editions
from pages.components.update_state import Draft

LABELS = {
    "title": "What it is",
    "publisher": "Published by",
    "url": "Link to the source",
    "period": "Period",
    "vintage": "Areas it is for",
    "licence": "Licence",
    "attribution": "Acknowledgement owed",
    "basis": "Basis",
    "caveat": "Caveat: what a reader must know",
}
LONG = ("attribution", "caveat")
LONGEST = 2_000


def ask(draft: Draft, contract: str) -> dict[str, str]:
    """What the editor says of the file, begun with what is said of the table now."""
    st.subheader("What is said of this file", anchor=False)
    st.markdown("Begun with what is said of the table now. Change what is different, above all the period.")
    now = _now(draft, contract)
    said = {}
    for place, (name, label) in zip(plain.in_two(len(LABELS)), LABELS.items(), strict=True):
        with place:
            said[name] = _box(f"update_said_{draft.number}_{contract}_{name}", name, label, now[name])
    if said["period"].strip() == now["period"].strip():
        st.caption("The period is as it was: right for a correction, wrong for newer figures.")
    if said["basis"] == "illustrative":
        st.warning("**Illustrative** means made up to show the tool. Figures from a source are *published*.")
    return said


def _now(draft: Draft, contract: str) -> dict[str, str]:
    held: dict[str, Entry] = {one.contract: one for one in editions.version_of(draft.seen).entries.values()}
    if contract in held:
        return {name: str(getattr(held[contract], name)) for name in LABELS}
    return {**dict.fromkeys(LABELS, ""), "title": CONTRACTS[contract].title, "basis": "published"}


def _box(key: str, name: str, label: str, usual: str) -> str:
    if name == "basis":
        return scope.for_session(key, usual, _basis(label))
    if name in LONG:
        return scope.for_session(key, usual, lambda own: st.text_area(label, key=own, max_chars=LONGEST, height=90))
    return scope.for_session(key, usual, lambda own: st.text_input(label, key=own, max_chars=LONGEST))


def _basis(label: str) -> scope.Draw:
    return lambda own: str(st.selectbox(label, BASES, format_func=BASIS_WORDS.__getitem__, key=own))
