"""Your draft: who the editor is, what is shown now, and starting, choosing, catching up or deleting a draft."""

from __future__ import annotations

import streamlit as st

from analysis.editions import EDITIONS
from analysis.present import update_view
from analysis.store.drafts import catch_up, drop_draft, start_draft
from analysis.store.records import LONGEST_NAME, person
from pages.components import evidence, plain, roles, scope, update_state
from pages.components.update_state import DRAFT, WHO, Desk, Draft

SECTION, NEW, BASE, NONE = "drafts", "update_new_name", "update_new_base", ""


def show(desk: Desk) -> None:
    """The name for the log, what everybody sees, the drafts, and what the chosen one holds."""
    st.header("Your draft", anchor=False)
    if not roles.current().subject:
        scope.for_session(WHO, "", _name)
    plain.table(update_view.now_shown(desk.shown), "What everybody sees now", under="Note")
    left, right = st.columns(2, gap="large")
    with left:
        _choose(desk)
    with right:
        _start(desk)
    update_state.told(SECTION)
    if desk.draft:
        _chosen(desk, desk.draft)


def _name(key: str) -> str:
    words = "It stands beside everything you do in the log, which only editors see."
    return st.text_input("Your name, for the log", key=key, max_chars=LONGEST_NAME, help=words)


def _choose(desk: Desk) -> None:
    titles = {str(row["version"]): f"{row['base']}: {row['name']}" for row in desk.drafts.to_dict("records")}
    if scope.kept_for_session(DRAFT, NONE) not in titles:
        scope.keep_for_session(DRAFT, NONE)
    shown = {NONE: "No draft" if titles else "There is no draft yet", **titles}

    def draw(key: str) -> str:
        return str(st.selectbox("Draft to work on", [*shown], format_func=shown.__getitem__, key=key))

    if scope.for_session(DRAFT, NONE, draw):
        with st.popover("Delete this draft…", icon=":material/delete:"):
            st.markdown("The draft and the tables put into it are deleted. What is published stays as it is.")
            st.button("Yes, delete this draft", key="update_drop", on_click=_drop, args=(desk,))


def _start(desk: Desk) -> None:
    with st.container(border=True, key="update_start"):
        scope.for_session(BASE, [*EDITIONS][-1], _base)
        scope.for_session(NEW, "", _new_name)
        st.button("Start this draft", key="update_begin", on_click=_begin, args=(desk,), icon=":material/add:")


def _base(key: str) -> str:
    return str(st.selectbox("Edition to renew", [*EDITIONS], format_func=lambda name: EDITIONS[name].title, key=key))


def _new_name(key: str) -> str:
    help_words = "What everybody will read when it is published, for example: Low-income counts to March 2026."
    return st.text_input("Name of a new draft", key=key, max_chars=LONGEST_NAME, help=help_words)


def _begin(desk: Desk) -> None:
    base, name = scope.said(BASE) or [*EDITIONS][-1], scope.said(NEW) or ""

    def work() -> str:
        number = start_draft(desk.store, base, name, update_state.who())
        scope.keep_for_session(DRAFT, str(number))
        scope.keep_for_session(NEW, "")
        return f"The draft is started from what is published now. Nobody sees it but editors: {name}"

    update_state.act(SECTION, work)


def _drop(desk: Desk) -> None:
    if desk.draft is None:
        return
    draft = desk.draft

    def work() -> str:
        drop_draft(desk.store, draft.number, person(update_state.who()))
        scope.keep_for_session(DRAFT, NONE)
        return f"The draft is deleted: {draft.name}"

    update_state.act(SECTION, work)


def _chosen(desk: Desk, draft: Draft) -> None:
    if desk.own.empty:
        evidence.nothing("The draft is as what is published: no table was put into it yet.")
    else:
        plain.table(update_view.own_tables(desk.own), "Tables put into this draft")
    behind(desk, draft, "drafts")


def behind(desk: Desk, draft: Draft, place: str) -> None:
    """Where somebody published after a draft was begun: say so, and offer to bring it up to date."""
    if desk.up_to_date(draft):
        return
    newest = desk.shown[draft.base]
    st.warning(
        plain.inert(
            f"{newest.by} published “{newest.version_name}” on {update_view.moment(newest.at)}, after this draft was "
            "begun. Your draft is kept. Bring it up to date: your own tables stay, all others become theirs."
        )
    )
    st.button("Bring the draft up to date", key=f"update_catch_up_{place}", on_click=_catch_up, args=(desk, draft))


def _catch_up(desk: Desk, draft: Draft) -> None:
    def work() -> str:
        catch_up(desk.store, draft.number, update_state.who())
        return "The draft is up to date. Compare it again with what is published now."

    update_state.act(SECTION, work)
