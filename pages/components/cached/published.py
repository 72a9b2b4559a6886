"""What is published, asked of the store once a server, and answers kept by what they were worked out from."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any, ParamSpec, TypeVar

import streamlit as st

from analysis.sources import assets
from analysis.sources.library import ROOT, Library
from analysis.store.readers import Readers
from pages.components import pinned

MOST_ANSWERS, MOST_SHARED, FEW = 1_000, 40, 4

P = ParamSpec("P")
R = TypeVar("R")


@st.cache_resource(show_spinner="Checking the data files")
def shipped() -> Library:
    """The files the atlas ships, checked; the static files the browser needs beside them."""
    opened = Library()
    assets.ensure(ROOT / "static")
    gc.collect()
    gc.freeze()
    return opened


@st.cache_resource(show_spinner=False)
def readers() -> Readers:
    """What viewers are served, and the store behind it."""
    return Readers(files=shipped)


def pin(edition: str) -> str:
    """Settle what this run of a page reads of an edition; returns what the reader must know of it, or blank."""
    shown = readers().now()
    pinned.pin(shown.library(edition), shown.token)
    return shown.trouble


def library() -> Library:
    """The tables this run of a page reads, never changed. A part of a page that finds newer ones has it run again."""
    found = pinned.held()
    if found is None:
        return shipped()
    if pinned.only_a_part_runs() and readers().now().token != found.token:
        st.rerun()
    return found.library


def answers(
    *, show_spinner: str | bool = False, max_entries: int = MOST_ANSWERS
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep what a function answers, a copy for each reader, by its arguments and by the tables of the run."""
    return _by_tables(st.cache_data(show_spinner=show_spinner, max_entries=max_entries))


def shared(
    *, show_spinner: str | bool = False, max_entries: int = MOST_SHARED
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep what a function answers as `answers` does, one for all readers: it must never be changed."""
    return _by_tables(st.cache_resource(show_spinner=show_spinner, max_entries=max_entries))


def _by_tables(keep: Callable[[Callable[..., Any]], Callable[..., Any]]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    def decorated(function: Callable[P, R]) -> Callable[P, R]:
        asked = signature(function)

        @keep
        @wraps(function)
        def kept(_: str, *given: Any, **named: Any) -> R:
            return function(*given, **named)

        @wraps(function)
        def answer(*given: P.args, **named: P.kwargs) -> R:
            bound = asked.bind(*given, **named)
            bound.apply_defaults()
            return kept(library().contents, *bound.args, **bound.kwargs)

        return answer

    return decorated
