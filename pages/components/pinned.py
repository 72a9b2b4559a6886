"""What the run of a page reads: settled once as it begins, so that no page is a mixture of two publications."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import RunLocation, ThreadState

from analysis.sources.library import Library

KEPT_AS = "pinned"


@dataclass(frozen=True)
class Pinned:
    """The tables of this run, and the token of what was published when it began."""

    library: Library
    token: str


def pin(library: Library, token: str) -> None:
    """Read these tables until the next page is run."""
    st.session_state[KEPT_AS] = Pinned(library, token)


def held() -> Pinned | None:
    """What was pinned last in this session, or None before its first page."""
    return st.session_state.get(KEPT_AS)


def only_a_part_runs() -> bool:
    """Whether a part of a page is run by itself, on what was pinned for the whole."""
    context, place = get_script_run_ctx(suppress_warning=True), ThreadState.get().run_location
    return context is not None and bool(context.fragment_ids_this_run) and place is RunLocation.FRAGMENT
