"""Update: a newer table taken into a draft, checked, compared and published; and what was published before."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.present import update_view
from analysis.refusal import Refusal
from analysis.store.publishing import publications
from pages.components import (
    cached,
    evidence,
    plain,
    roles,
    scope,
    update_check,
    update_compare,
    update_drafts,
    update_history,
    update_publish,
    update_state,
    update_template,
    update_upload,
    update_warnings,
)
from pages.components.update_state import Desk, Draft


def page() -> None:
    """For editors the five steps and the log; for everybody what the page is for and what was published when."""
    scope.choose()
    st.title("Update")
    top = st.container()
    try:
        roles.require("editor")
    except Refusal as refused:
        with top:
            why = str(refused) if roles.sign_in_offered() else update_view.NO_SIGN_IN
            evidence.answer(update_view.FOR_EDITORS, f"{update_view.PURPOSE} {why}")
        _history()
        return
    try:
        desk = update_state.desk()
    except Refusal as trouble:
        with top:
            evidence.answer("The store of editions cannot be used just now.", str(trouble))
        return
    _edit(desk, top)


def _history() -> None:
    try:
        made = publications(cached.readers().store)
    except Refusal as trouble:
        st.error(plain.inert(str(trouble)))
        return
    update_history.show(made)


def _edit(desk: Desk, top: DeltaGenerator) -> None:
    update_drafts.show(desk)
    contract = update_template.show(desk)
    update_check.show(desk, update_upload.show(desk, contract))
    if desk.draft:
        _steps(desk, desk.draft, top)
    else:
        with top:
            evidence.answer(update_view.NO_DRAFT, update_view.PURPOSE)
        update_state.told(update_publish.SECTION)
    update_history.show_again(desk)
    update_history.show(publications(desk.store))
    update_history.log(desk)


def _steps(desk: Desk, draft: Draft, top: DeltaGenerator) -> None:
    warnings = update_warnings.of_draft(desk, draft)
    if warnings is not None:
        update_warnings.show(desk, draft, warnings)
    update_compare.show(desk, draft)
    update_publish.show(desk, draft, warnings)
    left = update_view.prevents(update_publish.standing(desk, draft, warnings))
    with top:
        evidence.answer(*update_view.headline(draft.name, draft.base, len(desk.own), left))


page()
