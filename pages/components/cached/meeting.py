"""Answers on a meeting's screens, each once for the names it was asked by."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from analysis.decisions_compared import ThenNow, again, compared
from analysis.gap import Gap, gap
from analysis.present import meeting_map
from analysis.present.frozen_figures import figures
from analysis.present.words import headline
from analysis.scenario.feasible import Asked
from analysis.scenario.link import to_text
from analysis.scenario.proposal import Job, fair_plan, paired
from analysis.sources.library import Library
from analysis.store.decisions import Decision
from analysis.store.reading import StoreLibrary, of_version
from pages.components.cached import FEW, answers, gap_of, library, readers, shared
from pages.components.cached import what_if as cached_what_if
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
    result, grouped = _again(held, shown.base, tuple(sorted(shown.link.items())))
    return compared(shown.headline, shown.figures, headline(result)[0], figures(result, grouped))


@st.cache_data(show_spinner=False, max_entries=MOST_ANSWERS, hash_funcs=dict.fromkeys(LIBRARIES, _contents))
def _again(library: Library, base: str, link: tuple[tuple[str, str], ...]) -> tuple[Gap, Gap | None]:
    """The comparison of a link on the tables of a library, which are known by their contents."""
    return again(library, base, dict(link))


@answers(max_entries=100)
def fair_moves(edition: str, service: str, need: str, weight: int) -> str:
    """The moves that would give every ward its fair share of today's places, as the text of a link."""
    today = cached_what_if.today_of(edition, service)
    job = Job(today, cached_what_if.fair_of(edition, need, weight, ()), Asked(0, None, frozenset()))
    places = today.wards.set_index("area_code")["places"].loc[list(job.fair.codes)]
    return to_text(paired(fair_plan(job) - places))


@st.cache_resource
def meeting_keys(script: Path) -> ComponentRenderer:
    """The keys of a meeting, registered once a server."""
    return st.components.v2.component("meeting_keys", js=script.read_text(encoding="utf-8"), isolate_styles=False)
