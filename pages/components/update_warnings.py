"""Warnings of a draft: lawful figures more likely to be wrong than right, each to be accepted before publication."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.present import update_view
from analysis.store.cautions import Caution
from pages.components import evidence, plain, roles, scope, update_given, update_state
from pages.components.cached import editions
from pages.components.update_state import Desk, Draft

GROUP = "update_warning_group"


def of_draft(desk: Desk, draft: Draft) -> list[Caution] | None:
    """The warnings of a draft beside what is published now; None, with a message, where they cannot be worked out."""
    if desk.own.empty:
        return []
    with st.spinner("Looking for figures that are more likely wrong than right"):
        return update_state.worked(lambda: editions.cautions_of(desk.published(draft), draft.seen, draft.base))


def show(desk: Desk, draft: Draft, found: Sequence[Caution]) -> None:
    """The warnings by kind and table, with a box to tick for each and one button for a whole group."""
    st.subheader("Warnings", anchor=False)
    if desk.own.empty:
        evidence.nothing("Figures that are lawful and unusual are named here once a table is in the draft.")
        return
    if not found:
        evidence.nothing("Nothing in this draft looks unusual beside what is published now.")
        return
    left = update_given.not_accepted(draft, found)
    st.markdown(
        f"{len(found)} warnings, {len(left)} still to be accepted. They are no faults: a figure may be right and "
        "unusual. Look each up in your source. Tick those that are right; mend the file for those that are not."
    )
    groups = update_view.warning_groups(found)
    counts = {name: len(update_given.not_accepted(draft, held)) for name, held in groups.items()}
    name = _group(groups, counts)
    if counts[name]:
        args = (draft, tuple(groups[name]))
        st.button(f"Accept all {len(groups[name])} of this group", key="update_accept_all", on_click=_accept, args=args)
    with st.container(height=420 if len(groups[name]) > 8 else "content", border=True, key="update_warnings"):
        for one in groups[name]:
            scope.ticked(update_given.acceptance(draft, one), _box(one))


def _group(groups: dict[str, list[Caution]], counts: dict[str, int]) -> str:
    if scope.kept_for_session(GROUP, "") not in groups:
        scope.keep_for_session(GROUP, next((name for name in groups if counts[name]), next(iter(groups))))

    def titled(name: str) -> str:
        return f"{name} ({len(groups[name])}, {counts[name]} to accept)"

    return scope.for_session(
        GROUP,
        "",
        lambda key: str(st.selectbox("Warnings of one kind and table", [*groups], format_func=titled, key=key)),
    )


def _box(one: Caution) -> scope.Tick:
    words = plain.inert(f"{one.where}: {one.words}" if one.where else one.words)
    return lambda key: st.checkbox(words, key=key)


def _accept(draft: Draft, found: Sequence[Caution]) -> None:
    roles.require("editor")
    for one in found:
        scope.tick(update_given.acceptance(draft, one))
