"""Publish: what still keeps the draft from it, a note for everybody, and the one step by which all see it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.present import update_view
from analysis.present.update_view import Standing
from analysis.store.cautions import Caution
from analysis.store.publishing import publish
from pages.components import plain, scope, update_drafts, update_given, update_state
from pages.components.cached import editions
from pages.components.update_state import DRAFT, Desk, Draft

SECTION, NOTE = "publish", "update_note"
LONGEST_NOTE = 1_000


def standing(desk: Desk, draft: Draft, warnings: Sequence[Caution] | None) -> Standing:
    """Where a draft stands; warnings that could not be worked out count as a comparison that is not done."""
    before = desk.published(draft)
    flipped = None
    if warnings is not None and update_given.was_compared(before, draft.seen):
        flipped = update_state.quietly(lambda: editions.flips_of(before, draft.seen, draft.base))
    wanting = 0 if flipped is None else len(flipped) - len(update_given.reasons(draft, flipped))
    return Standing(
        who=desk.who,
        own_tables=len(desk.own),
        up_to_date=desk.up_to_date(draft),
        compared=flipped is not None,
        warnings=len(update_given.not_accepted(draft, warnings or ())),
        reasons=wanting,
        note=scope.kept_for_session(NOTE, ""),
    )


def show(desk: Desk, draft: Draft, warnings: Sequence[Caution] | None) -> None:
    """The name and the note everybody will read, what is still to be done, and the button."""
    st.header("5. Publish", anchor=False)
    update_drafts.behind(desk, draft, "publish")
    plain.words(draft.name, "The name everybody will read")
    scope.for_session(NOTE, "", _note)
    left = update_view.prevents(standing(desk, draft, warnings))
    if left:
        st.markdown("**Before it can be published**")
        st.markdown("\n".join(f"- {words}" for words in left))
    else:
        st.markdown("Everybody sees it on their next click. What is published now can be shown again at any time.")
    st.button(
        f"Publish for everybody as the {draft.base} edition",
        key="update_publish",
        icon=":material/publish:",
        disabled=bool(left),
        on_click=_publish,
        args=(desk, draft, tuple(warnings or ())),
    )
    update_state.told(SECTION)


def _note(key: str) -> str:
    words = "What is new, in a sentence or two. Everybody can read it, so name no person."
    return st.text_area("Note for everybody", key=key, max_chars=LONGEST_NOTE, help=words)


def _publish(desk: Desk, draft: Draft, warnings: Sequence[Caution]) -> None:
    flipped = editions.flips_of(desk.published(draft), draft.seen, draft.base)

    def work() -> str:
        number = publish(
            desk.store,
            draft.number,
            desk.shown[draft.base].id,
            update_state.who(),
            about=scope.kept_for_session(NOTE, ""),
            warnings=[str(one) for one in warnings],
            reasons=update_given.reasons(draft, flipped),
            revision=draft.seen.revision,
        )
        scope.keep_for_session(NOTE, "")
        scope.keep_for_session(DRAFT, "")
        return f"Published: publication {number}, {draft.name}. Everybody sees it on their next click."

    update_state.act(SECTION, work)
