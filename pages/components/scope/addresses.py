"""Links to other pages that keep what the reader is looking at."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from analysis.editions import EDITIONS
from analysis.sources.council import HOME
from pages.components import cached
from pages.components.cached import councils as cached_councils
from pages.components.scope.chosen import DEFAULT_EDITION, LOCALITIES
from pages.components.scope.council import COUNCIL
from pages.components.scope.link import remember, the_link

SHARED = ("council", "edition", "need", "provision", LOCALITIES)


def select_ward(code: str) -> dict[str, str]:
    """Make a ward, and the edition its code belongs to, the ones looked at from the next run on.

    Returns what the address should say, so that Back finds the page as it was left.
    """
    remember("ward", code)
    for edition in _editions_of(code):
        remember("edition", edition)
    kept = the_link().kept
    council = {COUNCIL: kept[COUNCIL]} if kept.get(COUNCIL, HOME.code) != HOME.code else {}
    return {**st.query_params.to_dict(), **council, "edition": kept["edition"], "ward": code}


def address_of_ward(code: str) -> str:
    """The link to the Ward page for a ward, in the edition its code belongs to, with the other choices kept."""
    shown = the_link().shown.get("edition") or DEFAULT_EDITION
    (edition,) = _editions_of(code) or [shown]
    return _address("ward", ward=code) if edition == shown else _address("ward", edition=edition, ward=code)


def _editions_of(code: str) -> list[str]:
    library = cached.library()
    offered = EDITIONS if library.council == HOME else cached_councils.editions()
    return [name for name in offered if code in library.codes(EDITIONS[name].ward_type)]


def address_of_locality(name: str) -> str:
    """The link to the Localities page for a locality of the edition shown, with the other choices kept."""
    return _address("localities", ward=name)


def address_of_need(need: str) -> str:
    """The link to one need on the Service coverage page, with the other choices kept."""
    return _address("coverage", of=need)


def address_of_indicator(indicator: str) -> str:
    """The link to one indicator on the Indicators page, with the other choices kept."""
    return _address("indicators", indicator=indicator)


def _address(page: str, **chosen: str) -> str:
    kept = {name: value for name, value in the_link().shown.items() if value and name in SHARED}
    return f"{page}?{urlencode({**kept, **chosen})}"
