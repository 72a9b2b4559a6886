"""Parts of a form that makes one change to a scenario."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analysis.scenario.outcome import Outcome
from analysis.scenario.steps import MOST_PLACES, Step
from pages.components import scope, what_if_state
from pages.components.what_if_state import Look


def form(look: Look, text: str, name: str, words: str, fields: Callable[[], None], step: Callable[[], Step]) -> None:
    """A form whose button makes the step that its fields then say."""
    with st.form(f"what_if_{name}", border=False):
        fields()
        st.form_submit_button(words, on_click=lambda: what_if_state.add(look, text, step()))


def key(name: str, result: Outcome) -> str:
    """What a field is called: one of its own for each service of each edition, whose wards and sites differ."""
    return f"what_if_{name}_{result.today.edition}_{result.today.service}"


def said(name: str, result: Outcome) -> str:
    """What a list says."""
    return str(scope.said(key(name, result)))


def amount(name: str, result: Outcome) -> int:
    """What a number says."""
    return int(scope.said(key(name, result)))


def ward(words: str, name: str, result: Outcome, usual: str | None = None) -> None:
    """A list of wards, each with the places it has by now; `usual` is the one it begins with."""
    wards = result.table.sort_values("area_name").set_index("area_code")["area_name"]
    places = result.changed.places

    def named(code: str) -> str:
        return f"{wards[code]} ({places[code]} places)"

    codes = list(wards.index)
    st.selectbox(words, codes, codes.index(usual) if usual else 0, key=key(name, result), format_func=named)


def site(words: str, name: str, result: Outcome) -> None:
    """A list of sites, each with the places it has by now."""
    sites = result.changed.sites.set_index("site_id")

    def named(code: str) -> str:
        return f"{sites['name'][code]} ({sites['places'][code]} places)"

    st.selectbox(words, list(sites.index), key=key(name, result), format_func=named)


def places(words: str, name: str, result: Outcome, usual: int, least: int = 1) -> None:
    """A number of places."""
    st.number_input(words, least, MOST_PLACES, max(usual, least), step=1, key=key(name, result))
