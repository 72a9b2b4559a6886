"""Which council the reader looks at, where tables of more than the atlas's own are there."""

from __future__ import annotations

from html import escape

import streamlit as st

from analysis.sources.council import HOME
from pages.components import cached
from pages.components.scope.controls import option
from pages.components.scope.link import current

COUNCIL = "council"


def council() -> str:
    """The code of the council this run is about, before its control is drawn."""
    return current(COUNCIL, _offered().__contains__, HOME.code, st.session_state.get(COUNCIL))


def choose_council() -> None:
    """Draw the choice of council, where there is one to make."""
    offered = _offered()
    if len(offered) > 1:
        option(COUNCIL, "Council", [*offered], HOME.code, offered)
    for fault in cached.others().faults:
        st.html(f'<p class="atlas-which">{escape(fault.splitlines()[0])}</p>')


def _offered() -> dict[str, str]:
    """The names of the councils by code, the atlas's own first."""
    return {HOME.code: HOME.name, **{code: one.council.name for code, one in cached.others().libraries.items()}}
