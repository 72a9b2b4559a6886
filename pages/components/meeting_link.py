"""The way into a meeting from any page, and back to that page as it was left."""

from __future__ import annotations

from functools import cache
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from analysis.sources.library import ROOT
from pages.components import scope

MEETING, DECISIONS, HOME = "meeting", "decisions", "overview"
ASKED = "meeting_asked"
CARRIED = ("edition", "need", "provision", "groups", "ward", "service", "weight", "changes")
LONGEST = 8_000


def offer(page: str) -> None:
    """A button at the foot of the sidebar that turns what a page shows into a meeting; `page` is its path."""
    if page == MEETING:
        return
    with st.sidebar:
        st.button(
            "Meeting view",
            key="meeting_view",
            icon=":material/co_present:",
            on_click=_ask,
            args=(page or HOME,),
            help="Large type, one idea a screen, turned with the arrow keys; it ends with a decision. Escape comes "
            "back here.",
        )


def follow_if_asked() -> None:
    """Go to the meeting when its button was pressed; before the page is run."""
    asked = scope.kept(ASKED)
    if asked:
        scope.keep(ASKED, None)
        st.switch_page(f"pages/{MEETING}.py", query_params=asked)


def _ask(page: str) -> None:
    here = scope.address()
    carried = {name: here[name] for name in CARRIED if here.get(name)}
    scope.keep(ASKED, {**carried, "from": _written(page, here)})


def _written(page: str, values: dict[str, str]) -> str:
    text = f"{page}?{urlencode(values)}" if values else page
    return text if len(text) <= LONGEST else page


def came_from() -> str:
    """Where the meeting was begun, as it stands in the link."""
    return scope.text("from", lawful, HOME)


def lawful(text: str) -> bool:
    """Whether a text names a page of the atlas, with or without values of its address."""
    return len(text) <= LONGEST and text.partition("?")[0] in _pages()


def leave(text: str) -> None:
    """Go back to where the meeting was begun; that page looks its own values up in what it allows."""
    page, _, values = text.partition("?")
    st.switch_page(f"pages/{page}.py", query_params=dict(parse_qsl(values)))


@cache
def _pages() -> frozenset[str]:
    return frozenset(path.stem for path in (ROOT / "pages").glob("*.py")) - {"__init__", MEETING}
