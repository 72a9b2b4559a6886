"""The desk where reports are made, one a server, and the seat of each session at it."""

from __future__ import annotations

import atexit

import streamlit as st

from analysis.reports.jobs import Desk, Seat


@st.cache_resource(show_spinner=False)
def desk() -> Desk:
    """Where reports are made, in processes of their own; closed with the server."""
    opened = Desk()
    atexit.register(opened.close)
    return opened


@st.cache_resource(show_spinner=False, scope="session", on_release=lambda seat: seat.leave())
def seat() -> Seat:
    """The place of this session at the desk; what was made for it goes with the session."""
    return Seat(desk())
