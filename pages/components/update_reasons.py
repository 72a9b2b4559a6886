"""A reason for each finding that flips: a box each, and one reason for many at once."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.present import update_view
from pages.components import evidence, plain, scope, update_given
from pages.components.update_state import Draft

GROUP, ALL, PART = "update_reason_group", "update_reason_all", "update_reason_part"
LONGEST, AT_ONCE = 500, 20


def show(draft: Draft, flipped: pd.DataFrame) -> None:
    """How many reasons are given, the findings of one comparison or index, and a box for each."""
    st.subheader("Why each finding flips", anchor=False)
    if flipped.empty:
        evidence.nothing("No finding would be another, so no reason is asked for.")
        return
    given = update_given.reasons(draft, flipped)
    st.markdown(
        f"{len(given)} of {len(flipped)} findings have a reason. A reason is plain text, kept in the log for good, "
        "beside the finding and your name: a newer year, a correction, another way of counting."
    )
    groups = update_view.finding_groups(flipped)
    counts = {name: len(rows) - len(update_given.reasons(draft, rows)) for name, rows in groups.items()}
    rows = groups[_group(groups, counts)]
    _for_all(draft, rows)
    part = _part(len(rows))
    for row in rows.iloc[part : part + AT_ONCE].to_dict("records"):
        _box(draft, {str(name): value for name, value in row.items()})


def _group(groups: dict[str, pd.DataFrame], counts: dict[str, int]) -> str:
    if scope.kept_for_session(GROUP, "") not in groups:
        scope.keep_for_session(GROUP, next((name for name in groups if counts[name]), next(iter(groups))))

    def titled(name: str) -> str:
        return f"{name} ({len(groups[name])}, {counts[name]} without a reason)"

    return scope.for_session(
        GROUP, "", lambda key: str(st.selectbox("Findings of", [*groups], format_func=titled, key=key))
    )


def _for_all(draft: Draft, rows: pd.DataFrame) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="update_reason_for_all"):
        scope.for_session(
            ALL, "", lambda key: st.text_input("One reason for several findings", key=key, max_chars=LONGEST)
        )
        st.button("Give it to all of these without one", key="update_reason_give", on_click=_give, args=(draft, rows))


def _give(draft: Draft, rows: pd.DataFrame) -> None:
    why = str(scope.said(ALL) or "").strip()
    for row in rows.to_dict("records") if why else []:
        name = update_given.reason(draft, row)
        if not scope.kept_for_session(name, "").strip():
            scope.keep_for_session(name, why)
    if why:
        scope.keep_for_session(ALL, "")


def _part(many: int) -> int:
    if many <= AT_ONCE:
        return 0
    starts = [str(start) for start in range(0, many, AT_ONCE)]
    if scope.kept_for_session(PART, "0") not in starts:
        scope.keep_for_session(PART, "0")
    words = {start: f"Findings {int(start) + 1} to {min(int(start) + AT_ONCE, many)} of {many}" for start in starts}
    return int(
        scope.for_session(
            PART, "0", lambda key: str(st.selectbox("Part of the list", starts, format_func=words.__getitem__, key=key))
        )
    )


def _box(draft: Draft, row: dict[str, object]) -> None:
    label = plain.inert(update_view.finding_words(row))
    scope.for_session(
        update_given.reason(draft, row),
        "",
        lambda key: st.text_input(label, key=key, max_chars=LONGEST, placeholder="Reason"),
    )
