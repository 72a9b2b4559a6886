"""The form in which an editor records what a meeting decided, with the figures that will be frozen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import streamlit as st

from analysis.present import decisions_view, meeting_html
from analysis.present.frozen_figures import SMALL_COUNTS, frozen
from analysis.present.meeting import Meeting
from analysis.refusal import Refusal
from analysis.roles import Role
from analysis.scenario.outcome import Outcome
from analysis.store.decision_words import LONGEST_WHAT, LONGEST_WHY, Words
from analysis.store.decisions import Frozen, record
from analysis.store.records import LONGEST_NAME
from pages.components import cached, meeting_parts, roles, scope
from pages.components.meeting_link import MEETING

WHAT, WHY, HELD, MET, AGAIN, WHO = (f"decision_{name}" for name in ("what", "why", "meeting", "met", "again", "who"))
RECORDED, FAULT = "decision_recorded", "decision_fault"
USUAL_MONTHS = 6
ONLY_EDITORS = (
    "Only an editor may record a decision. Sign in at the foot of the sidebar of any other page, or ask whoever may. "
    "Everybody who may view the atlas can read the decisions made."
)


def draw(asked: Meeting, link: dict[str, str], options: Mapping[str, Outcome]) -> None:
    """The form for an editor, a sentence for everybody else, and beside it the figures that will be kept."""
    try:
        shown = frozen(asked.result, asked.grouped, cached.library(), MEETING, link, options)
    except Refusal as refused:
        st.info(str(refused), icon=":material/info:")
        return
    with st.container(key="meeting_form"):
        left, right = st.columns([1, 1], gap="large")
        with left:
            _say()
            if roles.current().role.may(Role.EDITOR):
                _form(shown)
            else:
                st.info(ONLY_EDITORS, icon=":material/lock:")
        with right:
            st.html(meeting_html.kept(decisions_view.tables(shown), decisions_view.figures_table(shown.figures)))


def _say() -> None:
    fault, number = scope.kept(FAULT), scope.kept(RECORDED)
    if fault:
        st.error(str(fault), icon=":material/block:")
    elif number:
        st.success(f"Recorded as decision {number}. It stands on the next screen, and on the page Decisions.")


def _form(shown: Frozen) -> None:
    who, today = roles.current().name, meeting_parts.today()
    with st.form("decision", border=False, enter_to_submit=False):
        st.text_area("What was decided", key=WHAT, max_chars=LONGEST_WHAT, height=74)
        st.text_area("Why", key=WHY, max_chars=LONGEST_WHY, height=74)
        meeting, by = st.columns([3, 2]) if not who else (st.container(), None)
        with meeting:
            st.text_input("Meeting", key=HELD, max_chars=LONGEST_NAME, placeholder="for example Early Help sub-group")
        if by is not None:
            with by:
                st.text_input("Recorded by", key=WHO, max_chars=LONGEST_NAME)
        met, again = st.columns(2)
        with met:
            st.date_input("Held on", today, max_value=today, key=MET, format="DD/MM/YYYY")
        with again:
            later = today + timedelta(days=30 * USUAL_MONTHS)
            st.date_input(
                "To be looked at again on", later, min_value=today + timedelta(1), key=AGAIN, format="DD/MM/YYYY"
            )
        st.form_submit_button("Record the decision", on_click=_record, args=(shown, who))


def _record(shown: Frozen, who: str) -> None:
    """Record what the form says, or keep why it was not; asks the role again, since this changes something."""
    scope.keep(RECORDED, None)
    scope.keep(FAULT, None)
    try:
        roles.require(Role.EDITOR)
        _refuse_small_counts()
        number = record(cached.readers().store, _words(), shown, who or str(scope.said(WHO) or ""))
    except Refusal as refused:
        scope.keep(FAULT, str(refused))
        return
    roles.log(f"decision {number} recorded")
    scope.keep(RECORDED, number)
    for name in (WHAT, WHY):
        scope.hold(name, "")


def _refuse_small_counts() -> None:
    if scope.small_counts():
        raise Refusal(SMALL_COUNTS)


def _words() -> Words:
    met, again = scope.said(MET), scope.said(AGAIN)
    if not met or not again:
        raise Refusal("Give the day of the meeting, and the day on which the decision is to be looked at again.")
    what, why, meeting = (str(scope.said(name) or "") for name in (WHAT, WHY, HELD))
    return Words(what, why, meeting, met, again)
