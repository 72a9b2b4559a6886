"""The recommendations of 2020 as actions a group tracks: its own entries, kept in the session, saved and read back."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from analysis.present import outcomes_view, recommendations_view
from analysis.present.words import literal
from analysis.recommendations import (
    BASIS,
    DATE_REMEDY,
    MOST_LETTERS,
    NOTE,
    OWN,
    OWNER,
    REVIEW,
    STATUS,
    STATUSES,
    Entry,
    as_table,
    day,
    loaded,
)
from analysis.refusal import Refusal
from pages.components import cached, evidence, plain, scope

UPLOAD, REFUSED = "recommendations_file", "recommendations_refused"
USUAL = Entry()


@st.fragment
def show() -> None:
    """What was recommended, what the group says came of it, one to change at a time, a file to save and to load."""
    rows = cached.library().table("RECOMMENDATIONS")
    st.header("What the 2020 assessment recommended, and what came of it")
    answers = cached.library().table("RECOMMENDATIONS_IN_STRATEGY")
    st.markdown(f"{outcomes_view.recommended(rows)} The strategy of 2021 speaks to {len(answers)} of them.")
    st.badge(f"{BASIS[0].upper()}{BASIS[1:]}", icon=":material/edit_note:", color="orange")
    said = st.container()
    _change(recommendations_view.titles(rows))
    entries = {str(name): _entry(str(name)) for name in rows["recommendation_id"]}
    with said:
        st.markdown(f"**{recommendations_view.sentence(entries, datetime.now(tz=UTC).date())}**")
    shown = recommendations_view.table(rows, answers, entries)
    plain.table(shown, "Recommendations, and your own entries on each", under="Note")
    st.caption(
        "What the strategy says is in our words, and which passage answers which recommendation is our reading. "
        "A promise is not evidence that it was kept. What you enter lasts for this session and is not in the link."
    )
    evidence.download(as_table(rows, entries), "recommendations", BASIS, key="recommendations_csv")
    _load()


def _change(titles: dict[str, str]) -> None:
    """Controls for one recommendation; the others keep what was entered for them."""
    chosen = str(st.selectbox("Recommendation to change", [*titles], format_func=titles.__getitem__, key="changing"))
    left, middle, right = st.columns([3, 3, 2], gap="medium")
    with left:
        scope.for_session(_name(chosen, STATUS), USUAL.status, _status)
    with middle:
        scope.for_session(_name(chosen, OWNER), USUAL.owner, _words("Owner", OWNER))
    with right:
        typed = scope.for_session(_name(chosen, REVIEW), USUAL.review_date, _review)
    scope.for_session(_name(chosen, NOTE), USUAL.note, _words("Note", NOTE))
    try:
        day(typed)
    except Refusal as refused:
        st.error(literal(f"{refused} It is not kept until then."), icon=":material/error:")


def _status(key: str) -> str:
    return str(st.selectbox("Status", STATUSES, key=key, format_func=recommendations_view.status))


def _review(key: str) -> str:
    return st.text_input("Review date", key=key, max_chars=10, placeholder="30/09/2026", help=DATE_REMEDY)


def _words(title: str, column: str) -> scope.Draw:
    return lambda key: st.text_input(title, key=key, max_chars=MOST_LETTERS[column])


def _entry(name: str) -> Entry:
    """What is kept for a recommendation; a review date that cannot be read counts as none."""
    kept = {column: scope.kept_for_session(_name(name, column), getattr(USUAL, column)) for column in OWN}
    try:
        return Entry(**kept | {REVIEW: day(kept[REVIEW])})
    except Refusal:
        return Entry(**kept | {REVIEW: ""})


def _name(recommendation: str, column: str) -> str:
    return f"recommendation_{recommendation}_{column}"


def _load() -> None:
    with st.expander("Load entries you saved before"):
        st.file_uploader("A file saved with the button above (CSV)", type="csv", key=UPLOAD)
        st.button("Put these entries in place", key="recommendations_load", on_click=_put_in_place)
        if st.session_state.get(REFUSED):
            st.error(literal(st.session_state[REFUSED]), icon=":material/error:")


def _put_in_place() -> None:
    """Take over every entry of the file, or none of them."""
    file = st.session_state.get(UPLOAD)
    if file is None:
        st.session_state[REFUSED] = "No file was chosen. Choose the file first."
        return
    try:
        entries = loaded(file.getvalue(), file.name, cached.library().table("RECOMMENDATIONS")["recommendation_id"])
    except Refusal as refused:
        st.session_state[REFUSED] = str(refused)
        return
    st.session_state[REFUSED] = ""
    for name, entry in entries.items():
        for column in OWN:
            scope.keep_for_session(_name(name, column), getattr(entry, column))
