"""The way from what a page shows to where a meeting pack is made of it."""

from __future__ import annotations

import streamlit as st

from pages.components import scope
from pages.components.meeting_link import CARRIED

WORDS = "Make a meeting pack"


def offer(key: str) -> None:
    """A button that goes to the page Reports with what is looked at here, changes tried in What if among it."""
    words = "Slides and a PDF of what you are looking at, made on the page Reports."
    if st.button(WORDS, key=key, icon=":material/slideshow:", help=words):
        here = scope.address()
        st.switch_page("pages/reports.py", query_params={name: here[name] for name in CARRIED if here.get(name)})
