"""What is published, asked of the store once a server, and answers kept by what they were worked out from."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from inspect import signature
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import streamlit as st

from analysis import councils
from analysis.sources import assets
from analysis.sources.council import HOME
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


@dataclass(frozen=True)
class Others:
    """The tables of the other councils by code, and why any folder of them is left out."""

    libraries: dict[str, Library]
    faults: tuple[str, ...]


def others() -> Others:
    """The other councils there are tables for now; a folder that was built, changed or taken away is noticed."""
    folder = councils.built()
    return _others(folder, tuple((path.as_posix(), path.stat().st_mtime_ns) for path in councils.catalogues(folder)))


@st.cache_resource(show_spinner="Checking the data files", max_entries=1)
def _others(folder: Path, as_of: tuple[tuple[str, int], ...]) -> Others:  # noqa: ARG001
    libraries, faults = councils.others(folder)
    for code, one in libraries.items():
        assets.ensure_layers(ROOT / "static", one.root, code)
    return Others(libraries, tuple(faults))


def pin(edition: str, council: str = HOME.code) -> str:
    """Settle what this run of a page reads, of an edition or of another council; returns what the reader must know.

    That is blank, or a sentence on why what is published cannot be read.
    """
    shown = readers().now()
    other = others().libraries.get(council)
    pinned.pin(other or shown.library(edition), shown.token)
    return "" if other else shown.trouble


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
