"""Putting a decision right, or withdrawing it, by a new entry: for editors."""

from __future__ import annotations

import streamlit as st

from analysis.refusal import Refusal
from analysis.roles import Role
from analysis.store.decision_words import LONGEST_WHAT, LONGEST_WHY, Words
from analysis.store.decisions import IN_FORCE, Decision, correct, withdraw
from analysis.store.records import LONGEST_NAME
from pages.components import cached, roles, scope

SAID, FAULT = "decision_change_said", "decision_change_fault"
FIELDS = ("what", "why", "review", "who", "reason")


def say() -> None:
    """What became of the last change, once."""
    said, fault = scope.kept(SAID), scope.kept(FAULT)
    scope.keep(SAID, None)
    scope.keep(FAULT, None)
    if fault:
        st.error(str(fault), icon=":material/block:")
    elif said:
        st.success(str(said))


def offer(one: Decision) -> None:
    """The two forms, for an editor and a decision in force."""
    if one.standing != IN_FORCE or not roles.current().role.may(Role.EDITOR):
        return
    with st.expander("Put this entry right, or withdraw it"):
        st.caption("Nothing is deleted: a new entry takes this one's place, and the log shows both.")
        keys = {name: f"decision_{name}_{one.id}" for name in FIELDS}
        if not roles.current().name:
            st.text_input("Recorded by", key=keys["who"], max_chars=LONGEST_NAME)
        st.text_area("What was decided", one.words.what, key=keys["what"], max_chars=LONGEST_WHAT)
        st.text_area("Why", one.words.why, key=keys["why"], max_chars=LONGEST_WHY)
        st.date_input("To be looked at again on", one.words.review_on, key=keys["review"], format="DD/MM/YYYY")
        st.button("Record the correction", key=f"correct_{one.id}", on_click=_correct, args=(one, keys))
        st.text_area("Why it is withdrawn", key=keys["reason"], max_chars=LONGEST_WHY)
        st.button("Withdraw the decision", key=f"withdraw_{one.id}", on_click=_withdraw, args=(one, keys))


def _correct(one: Decision, keys: dict[str, str]) -> None:
    what, why = (str(scope.said(keys[name]) or "") for name in ("what", "why"))
    words = Words(what, why, one.words.meeting, one.words.met_on, scope.said(keys["review"]) or one.words.review_on)
    try:
        roles.require(Role.EDITOR)
        number = correct(cached.readers().store, one.id, words, _who(keys))
    except Refusal as refused:
        scope.keep(FAULT, str(refused))
        return
    scope.keep(SAID, f"Entry {number} takes the place of decision {one.id}.")


def _withdraw(one: Decision, keys: dict[str, str]) -> None:
    try:
        roles.require(Role.EDITOR)
        number = withdraw(cached.readers().store, one.id, str(scope.said(keys["reason"]) or ""), _who(keys))
    except Refusal as refused:
        scope.keep(FAULT, str(refused))
        return
    scope.keep(SAID, f"Decision {one.id} is withdrawn by entry {number}.")


def _who(keys: dict[str, str]) -> str:
    return roles.current().name or str(scope.said(keys["who"]) or "")
