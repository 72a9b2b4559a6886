"""Meeting: what is looked at, in large type, one idea a screen, until there is a decision."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from analysis.editions import EDITIONS
from analysis.present import gap_view, meeting, meeting_html, meeting_map
from analysis.present.meeting import Meeting, Screen
from analysis.present.palette import VERDICTS, theme
from analysis.refusal import Refusal
from pages.components import evidence, meeting_form, meeting_link, meeting_parts, scope, style
from pages.components.cached import meeting as cached_meeting

RULES = Path(__file__).parent / "components" / "meeting.css"
KEYS = Path(__file__).parent / "components" / "meeting_keys.js"
SCREENS, LEAVING, KEY = "meeting_screens", "meeting_leaving", "meeting_keys"
NOT_FOR_SMALL_COUNTS = (
    "Meeting view is for a screen that others see, so it does not open while small counts are on. Turn them off at the "
    "foot of the sidebar."
)


def page() -> None:
    """The screen the link names, its keys and buttons; or why there is none."""
    chosen = scope.choose()
    origin = meeting_link.came_from()
    if scope.kept(LEAVING):
        scope.keep(LEAVING, None)
        meeting_link.leave(origin)
    if chosen.small_counts:
        _refused(NOT_FOR_SMALL_COUNTS)
        return
    try:
        asked = meeting_parts.gathered(chosen)
    except Refusal as refused:
        _refused(str(refused))
        return
    shown = meeting.screens(asked)
    _show(asked, shown, chosen, origin)


def _refused(reason: str) -> None:
    st.title("What we will look at")
    evidence.nothing(reason)
    st.button("Leave the meeting", on_click=scope.keep, args=(LEAVING, True))


def _show(asked: Meeting, shown: Sequence[Screen], chosen: scope.Scope, origin: str) -> None:
    st.html(RULES)
    st.html(f"<style>:root {{--paper: {meeting_map.PAPER[theme(style.dark())]};}}</style>")
    ids = [one.id for one in shown]
    scope.keep(SCREENS, ids)
    number = ids.index(scope.held("screen", ids, ids[0]))
    screen = shown[number]
    st.html(meeting_html.top(screen, number + 1, len(ids), EDITIONS[chosen.edition_id].title))
    _body(asked, screen)
    if screen.kind == "decision":
        link = meeting_parts.link_of(chosen, screen.id, origin)
        meeting_form.draw(asked, link, meeting_parts.scenarios(chosen))
    _bar(number, len(ids))
    cached_meeting.meeting_keys(KEYS)(
        key=KEY,
        data={"screen": screen.id, "title": screen.title, "said": f"Screen {number + 1} of {len(ids)}"},
        on_turn_change=_turned,
    )


def _body(asked: Meeting, screen: Screen) -> None:
    if screen.kind not in ("map", "place"):
        st.html(meeting_html.body(screen))
        return
    dark, view = style.dark(), gap_view.banded(asked.result, "gap")
    picture = meeting_map.picture(
        cached_meeting.drawing(EDITIONS[asked.result.edition].ward_layer),
        {**view.members, **dict.fromkeys(screen.codes, VERDICTS[screen.verdict])} if screen.verdict else view.members,
        meeting.alt(asked.result, screen),
        dark=dark,
        marked=screen.codes,
    )
    st.html(meeting_html.body(screen, picture, meeting_map.key(view.counts(), dark) if screen.kind == "map" else ""))


def _bar(number: int, count: int) -> None:
    with st.container(key="meeting_bar", horizontal=True, horizontal_alignment="distribute"):
        st.button("Back", icon=":material/arrow_back:", on_click=_turn, args=("back",), disabled=number == 0)
        st.button("Leave", icon=":material/close:", on_click=_turn, args=("leave",))
        st.button("Next", icon=":material/arrow_forward:", on_click=_turn, args=("next",), disabled=number + 1 == count)


def _turned() -> None:
    state = scope.said(KEY) or {}
    if state.get("turn"):
        _turn(str(state["turn"]))


def _turn(way: str) -> None:
    """Turn to another screen before the next run, or leave."""
    ids: list[str] = scope.kept(SCREENS) or []
    scope.keep(meeting_form.RECORDED, None)
    scope.keep(meeting_form.FAULT, None)
    if way == "leave" or not ids:
        scope.keep(LEAVING, True)
        return
    now = ids.index(str(scope.said("screen"))) if scope.said("screen") in ids else 0
    places = {"back": max(0, now - 1), "next": min(len(ids) - 1, now + 1), "first": 0, "last": len(ids) - 1}
    scope.hold("screen", ids[places.get(way, now)])


page()
