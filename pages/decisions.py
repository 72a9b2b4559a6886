"""Decisions: what meetings decided, on which figures, and what has become of them."""

from __future__ import annotations

import streamlit as st

from analysis.decisions_compared import ThenNow
from analysis.present import decisions_view, words
from analysis.present.decisions_view import MOST_SHOWN
from analysis.refusal import Refusal
from analysis.store.decisions import Decision, decisions
from pages.components import cached, decision_changes, evidence, meeting_parts, plain, scope

EVERY = "all"


def page() -> None:
    """How many are due, the log with each decision then and now, and its files."""
    scope.choose()
    st.title("What was decided, and does it still hold?")
    try:
        held = decisions(cached.readers().store)
    except Refusal as refused:
        evidence.nothing(str(refused))
        return
    today = meeting_parts.today()
    evidence.answer(*decisions_view.headline(held, today))
    decision_changes.say()
    shown = decisions_view.ordered(held, today)
    titles = {EVERY: "All of them", **{str(one.id): decisions_view.title(one, today) for one in shown}}
    which = scope.option("decision", "Decision", [*titles], EVERY, titles) if held else EVERY
    picked = [one for one in shown if which in (EVERY, str(one.id))]
    for one in picked[:MOST_SHOWN]:
        _entry(one, titles[str(one.id)], whole=which != EVERY)
    if len(picked) > MOST_SHOWN:
        st.caption(f"The first {MOST_SHOWN} are drawn. Choose any other from the list above; the files hold all.")
    _files(held)
    with st.expander("How decisions are kept"):
        st.markdown(decisions_view.METHOD)


def _entry(one: Decision, title: str, *, whole: bool) -> None:
    st.header(words.literal(title))
    if one.forgotten_at:
        evidence.nothing("What was said and shown was deleted under the retention rules.")
        return
    for name, said in (("Decided", one.words.what), ("Why", one.words.why)):
        st.markdown(f"**{name}**")
        st.text(said)
    st.caption(words.literal(decisions_view.recorded(one)))
    evidence.badge(one.frozen.basis)
    beside = meeting_parts.then_now(one)
    st.subheader("Then and now")
    st.text(decisions_view.said_change(beside))
    plain.table(decisions_view.headlines(one, beside), "The answer then and now")
    if beside is not None:
        _moved(beside)
    left, right = st.columns(2)
    with left:
        if st.button("Open the view", key=f"open_{one.id}", icon=":material/open_in_new:"):
            scope.forget()
            st.switch_page(f"pages/{one.frozen.page}.py", query_params=dict(one.frozen.link))
    with right, st.expander(f"The {len(one.frozen.figures)} figures as they were shown", expanded=whole):
        st.caption(words.literal(decisions_view.tables(one.frozen)))
        plain.table(decisions_view.figures_table(one.frozen.figures), "Figures as they were shown")
    decision_changes.offer(one)


def _moved(beside: ThenNow) -> None:
    """The areas with another verdict, and on demand all that have other figures."""
    if beside.verdicts:
        plain.table(decisions_view.moved_table(beside.verdicts), "Areas with another verdict")
    if beside.options:
        plain.table(decisions_view.options_table(beside.options), "Figures of the scenario that differ")
    if beside.moved:
        with st.expander(f"Every area with other figures ({len(beside.moved)})"):
            plain.table(decisions_view.moved_table(beside.moved), "Areas with other figures")


def _files(held: list[Decision]) -> None:
    if not held:
        return
    st.header("The log as a file")
    left, right, _ = st.columns([1, 1, 2])
    with left:
        st.download_button(
            "Download the log (CSV)",
            lambda: decisions_view.csv(held),
            "decisions.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
    with right:
        st.download_button(
            "Download log and figures (XLSX)",
            lambda: decisions_view.xlsx(held),
            "decisions.xlsx",
            icon=":material/download:",
            on_click="ignore",
        )


page()
