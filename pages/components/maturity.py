"""The partnership's own assessment of its maturity: made and kept in the session, and taken away as a file."""

from __future__ import annotations

import streamlit as st

from analysis.present import outcomes_view
from analysis.present.outcomes_view import NOT_ASSESSED
from pages.components import cached, evidence, scope

MOST_LETTERS = 300


@st.fragment
def show() -> None:
    """Four strands to assess against four levels, the sentence they make, and a download."""
    rows = cached.library().table("MATURITY")
    strands = dict(zip(rows["strand_id"], rows["strand"], strict=True))
    offered = [NOT_ASSESSED, *rows.sort_values("level")["level_name"].drop_duplicates()]
    st.header("How mature is the partnership? Your own assessment")
    st.markdown(
        "The strategy names four strands and four levels, and says neither what a level means nor which one any strand "
        "has reached. Set them yourselves. What you choose lasts for this session only and is not in the link."
    )
    said = st.container()
    levels, notes = {}, {}
    for strand, title in strands.items():
        left, right = st.columns([5, 4], gap="large", vertical_alignment="bottom")
        with left:
            levels[strand] = scope.for_session(f"maturity_{strand}", NOT_ASSESSED, _level(title, offered))
        with right:
            notes[strand] = scope.for_session(f"evidence_{strand}", "", _note(title))
    with said:
        st.markdown(f"**{outcomes_view.assessed(strands, levels)}**")
    table = outcomes_view.assessment(strands, levels, notes)
    evidence.download(table, "maturity_self_assessment", "your own assessment", key="maturity_csv")
    st.caption(f"Where: {rows['locator'].iloc[0]}.")


def _level(title: str, offered: list[str]) -> scope.Draw:
    return lambda key: str(st.radio(title, offered, key=key, horizontal=True))


def _note(title: str) -> scope.Draw:
    return lambda key: st.text_input(f"Evidence for “{title}”", key=key, max_chars=MOST_LETTERS)
