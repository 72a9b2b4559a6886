"""What stands in for a page of which another council has no tables."""

from __future__ import annotations

import streamlit as st

from pages.components import cached, evidence, scope
from pages.components.cached import councils as cached_councils

SHOWN = {"deprivation": "Deprivation", "ward": "Ward", "sources": "Sources"}


def stands_in(page: str, title: str) -> bool:
    """Say in place of a page why it cannot be shown for the council looked at; False where it can be."""
    library = cached.library()
    reason = cached_councils.why_not(page.replace("_", " ") or "overview")
    if not reason:
        return False
    scope.choose()
    st.title(title)
    evidence.nothing(f"This page cannot be shown for {library.council.name}. {reason}")
    st.markdown("These pages show what is held of it:")
    for name, words in SHOWN.items():
        if not cached_councils.why_not(name):
            st.page_link(f"pages/{name}.py", label=words)
    return True
