"""Whether an analyst asked for the counts withheld from viewers: kept in the session, never in the address bar."""

from __future__ import annotations

import streamlit as st

from analysis.roles import Role
from pages.components import roles
from pages.components.scope.controls import ON
from pages.components.scope.link import the_link

SMALL_COUNTS = "small_counts"


def small_counts() -> bool:
    """Whether this session asked for the counts withheld from viewers, and may see them.

    A session that no longer may, because its sign-in lapsed or its person was taken off the list, is run again whole,
    so that nothing worked out before stays on its screen.
    """
    own = the_link().own
    if own.get(SMALL_COUNTS) != ON:
        return False
    if not roles.current().role.may(Role.ANALYST):
        own[SMALL_COUNTS] = ""
        st.rerun()
    return True


def ask_for_small_counts(words: str, help: str) -> None:
    """A switch for small counts, off in each new session and never in the address bar; draw it only for analysts."""
    st.session_state[SMALL_COUNTS] = small_counts()
    st.toggle(words, key=SMALL_COUNTS, help=help, on_change=_asked)


def _asked() -> None:
    shown = bool(st.session_state[SMALL_COUNTS]) and roles.current().role.may(Role.ANALYST)
    the_link().own[SMALL_COUNTS] = ON if shown else ""
    roles.log("small counts shown" if shown else "small counts put away")
