"""Answers on a meeting's screens, each once for the names it was asked by."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from analysis.decisions_compared import ThenNow, again, compared, options_again
from analysis.gap import gap
from analysis.present import meeting_map
from analysis.present.frozen_figures import figures, option_figures
from analysis.present.words import headline
from analysis.scenario.outcome import Outcome
from analysis.sources.library import Library
from analysis.store.decisions import Decision, Figure
from analysis.store.reading import StoreLibrary, of_version
from pages.components.cached import FEW, answers, gap_of, library, readers, shared
from pages.components.cached.published import MOST_ANSWERS

LIBRARIES = (Library, StoreLibrary)


@shared()
def drawing(layer: str) -> tuple[dict[str, str], meeting_map.Points]:
    """The outlines of a layer and where its signs stand; shared and never changed."""
    return meeting_map.drawn(library().root, layer)


@answers(max_entries=FEW * 10)
def changed_since(edition: str, need: str, provision: str, version: int) -> ThenNow:
    """A comparison on an earlier version beside that of now. Raises Refusal when it could not be made then."""
    before = gap(of_version(readers().store, version), edition, need, provision)
    now = gap_of(edition, need, provision)
    return compared(headline(before)[0], figures(before), headline(now)[0], figures(now))


def _contents(held: Library) -> str:
    return held.contents


def then_now(one: Decision) -> ThenNow:
    """A decision's figures beside those of now, in its own edition whichever is looked at.

    Raises Refusal when they can no longer be worked out.
    """
    shown = one.frozen
    held = readers().now().library(shown.base)
    now, said = _again(held, shown.base, tuple(sorted(shown.link.items())))
    return compared(shown.headline, shown.figures, said, now)


@st.cache_data(show_spinner=False, max_entries=MOST_ANSWERS, hash_funcs=dict.fromkeys(LIBRARIES, _contents))
def _again(library: Library, base: str, link: tuple[tuple[str, str], ...]) -> tuple[tuple[Figure, ...], str]:
    """The figures of a link on the tables of a library, which are known by their contents, and their headline."""
    asked = dict(link)
    result, grouped = again(library, base, asked)
    options = option_figures(options_again(library, base, asked))
    return (*figures(result, grouped), *options), headline(result)[0]


@answers(max_entries=100)
def options_of(edition: str, service: str, need: str, weight: int, changes: str) -> dict[str, Outcome]:
    """A scenario beside today and fair shares. Raises Refusal when it cannot be made."""
    link = {"service": service, "need": need, "weight": str(weight), "changes": changes}
    return options_again(library(), edition, link)


@st.cache_resource
def meeting_keys(script: Path) -> ComponentRenderer:
    """The keys of a meeting, registered once a server."""
    return st.components.v2.component("meeting_keys", js=script.read_text(encoding="utf-8"), isolate_styles=False)
