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
    held = [shown for name, shown in SHOWN.items() if not cached_councils.why_not(name)]
    st.markdown(f"What is held of it is on these pages: {', '.join(held)}.")
    return True
