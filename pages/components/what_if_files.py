"""Opening a saved scenario, and a projected number of children."""

from __future__ import annotations

import streamlit as st

from analysis.refusal import Refusal
from analysis.scenario.projection import projected_children
from pages.components import scope, what_if_state
from pages.components.what_if_state import Look

OPEN, PROJECT = "what_if_open", "what_if_project"


def show(look: Look) -> None:
    """The two files a reader can bring, and what became of them."""
    with st.expander("Open a saved scenario, or use a projected number of children"):
        left, right = st.columns(2, gap="large")
        with left:
            st.file_uploader(
                "Saved scenario (JSON)", type="json", key=OPEN, on_change=_opened, args=(look,), max_upload_size=1
            )
            st.caption("It takes the place of the changes you are trying. Nothing in it is run; it is only read.")
        with right:
            st.file_uploader(
                "Projected children (CSV)",
                type="csv",
                key=PROJECT,
                on_change=_projected,
                args=(look,),
                max_upload_size=1,
            )
            st.caption(
                "Two columns, area_code and children: children aged 0-15 you expect by ward. Need grows in proportion. "
                "A projection is saved with the scenario but is not part of the link."
            )
            if what_if_state.children():
                st.button("Take the projection away", on_click=scope.keep, args=(what_if_state.CHILDREN, None))


def _opened(look: Look) -> None:
    found = scope.said(OPEN)
    if found is not None:
        what_if_state.open_file(look, found.getvalue())


def _projected(look: Look) -> None:
    found = scope.said(PROJECT)
    if found is None:
        return
    try:
        children = projected_children(found.getvalue(), look.now.today)
    except Refusal as refused:
        scope.keep(what_if_state.FAULT, str(refused))
        return
    scope.keep(what_if_state.FAULT, None)
    scope.keep(what_if_state.CHILDREN, tuple(sorted(children.items())))
