"""What was published: for everybody when and with what note; for editors the log, and showing an earlier one again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from analysis.present import update_view
from analysis.sources.written import csv_bytes
from analysis.store.publishing import Published, publications, roll_back
from analysis.store.records import audit
from pages.components import evidence, plain, roles, scope, update_state
from pages.components.update_state import Desk

SECTION, WHICH, WHY = "back", "update_back_to", "update_back_why"
LONGEST_WHY, MOST_LINES = 1_000, 500


def show(made: Sequence[Published]) -> None:
    """Every publication, newest first, without a name of a person."""
    st.header("What was published", anchor=False)
    if made:
        plain.table(update_view.history(made), "Publications, newest first", under="Note")
    else:
        evidence.nothing("Nothing was published yet.")


def show_again(desk: Desk) -> None:
    """Choose an earlier publication, say why, and show it to everybody again."""
    st.header("Show an earlier publication again", anchor=False)
    earlier = _earlier(desk)
    if not earlier:
        evidence.nothing("There is no earlier publication to go back to.")
    else:
        _choose(desk, earlier)
    update_state.told(SECTION)


def _choose(desk: Desk, earlier: dict[str, Published]) -> None:
    if scope.kept_for_session(WHICH, "") not in earlier:
        scope.keep_for_session(WHICH, next(iter(earlier)))
    chosen = scope.for_session(
        WHICH,
        "",
        lambda key: str(
            st.selectbox(
                "Earlier publication",
                [*earlier],
                format_func=lambda name: update_view.publication_title(earlier[name]),
                key=key,
            )
        ),
    )
    scope.for_session(WHY, "", _why)
    with st.popover("Show it again…", icon=":material/undo:"):
        st.markdown("Everybody sees it on their next click. What is shown now is kept, and so are all drafts.")
        st.button("Yes, show it to everybody", key="update_back", on_click=_back, args=(desk, earlier[chosen]))


def _earlier(desk: Desk) -> dict[str, Published]:
    """The newest publication of each version that is not shown now."""
    found: dict[int, Published] = {}
    for one in publications(desk.store):
        if desk.shown[one.base].version != one.version:
            found.setdefault(one.version, one)
    return {str(version): one for version, one in found.items()}


def _why(key: str) -> str:
    return st.text_input("Why it is shown again", key=key, max_chars=LONGEST_WHY, help="Everybody can read it.")


def _back(desk: Desk, earlier: Published) -> None:
    def work() -> str:
        why = scope.kept_for_session(WHY, "")
        number = roll_back(desk.store, earlier.version, desk.shown[earlier.base].id, update_state.who(), about=why)
        scope.keep_for_session(WHY, "")
        return f"{earlier.version_name} is shown again, as publication {number}."

    update_state.act(SECTION, work)


def log(desk: Desk) -> None:
    """The audit log, for editors alone."""
    roles.require("editor")
    st.header("Log", anchor=False)
    lines = update_view.log(audit(desk.store))
    st.caption("Who did what, when, from which file, with which warnings accepted. No line of it can be changed.")
    st.dataframe(lines.head(MOST_LINES), hide_index=True, key="update_log")
    st.download_button(
        "Download the whole log (CSV)",
        partial(csv_bytes, update_view.safe(lines)),
        "log_of_the_editions.csv",
        "text/csv",
        key="update_log_csv",
        icon=":material/download:",
        on_click="ignore",
    )
