"""The foot of the sidebar, where people sign in and out, and the banner over an analyst's view."""

from __future__ import annotations

from html import escape

import streamlit as st

from analysis.roles import Role, Standing
from pages.components import roles, scope


def banner() -> None:
    """Say over every page, unmissably, that small counts are on."""
    if scope.small_counts():
        st.error(
            "**Analyst's view, not for publication.** Small counts of the Early Help return are shown as they are, so "
            "somebody could be recognised. Do not share this screen, print it or pass on what you download. Turn small "
            "counts off at the foot of the sidebar.",
            icon=":material/visibility_lock:",
        )


def refuse_outsiders() -> None:
    """Show nothing but the sign-in to people who may not view, where viewing is for people of a list alone."""
    found = roles.current()
    if found.role.may(Role.VIEWER):
        return
    st.title("Early Help Atlas")
    try:
        roles.require(Role.VIEWER)
    except ValueError as refused:
        st.info(str(refused), icon=":material/lock:")
    if roles.sign_in_offered():
        _sign_in_or_out(found)
    st.stop()


def foot() -> None:
    """The sign-in, where one is offered, and for analysts and editors the switch of small counts."""
    found = roles.current()
    if not roles.sign_in_offered() and found.role is not Role.EDITOR:
        return
    with st.sidebar:
        st.divider()
        if found.role.may(Role.ANALYST):
            scope.ask_for_small_counts(
                "Show small counts",
                "Counts of the return that viewers do not see. Every page and every file says so while this is on. It "
                "is off again in your next session, and no link turns it on.",
            )
        if roles.sign_in_offered():
            _who(found)
            _sign_in_or_out(found)
        else:
            st.caption("Editing is on for this machine alone, without a sign-in.")


def _who(found: Standing) -> None:
    if not found.signed_in:
        st.caption("You are looking as a viewer, without signing in.")
        return
    st.html(f'<p class="atlas-who">Signed in as <b>{escape(found.name or found.subject)}</b>, {found.role}.</p>')
    if found.why:
        st.warning(found.why)


def _sign_in_or_out(found: Standing) -> None:
    if found.signed_in:
        st.button("Sign out", key="sign_out", icon=":material/logout:", on_click=st.logout)
    else:
        st.button(
            "Sign in", key="sign_in", icon=":material/login:", on_click=st.login, args=(roles.settings().provider,)
        )
