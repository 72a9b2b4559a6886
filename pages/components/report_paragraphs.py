"""What the council settles of the needs assessment: its own paragraphs, and the sections left out."""

from __future__ import annotations

import streamlit as st

from analysis.present.words import listed
from analysis.refusal import Refusal
from analysis.reports.needs_assessment.outline import OUTLINE, PLACES
from analysis.reports.settled import settled
from analysis.roles import Role
from analysis.store.paragraphs import LONGEST, Kept, kept, leave_out, write
from analysis.store.records import LONGEST_NAME
from pages.components import cached, evidence, roles, scope

SECTION, OUT, WHO, SAVED, FAULT = (f"report_{name}" for name in ("section", "out", "who", "saved", "fault"))
ONLY_EDITORS = "An editor may add paragraphs and leave sections out. Sign in at the foot of the sidebar, or ask one."
TITLES = {key: outlined.title for key, outlined in OUTLINE.items()}


def params(edition: str) -> dict[str, str]:
    """What is settled of an edition, as parameters of the report on the tables shown. Raises Refusal."""
    return settled(cached.readers().store, edition, getattr(cached.library(), "version", None))


def trouble(edition: str) -> str:
    """Why what is settled cannot be read now, in a sentence; blank where it can."""
    try:
        params(edition)
    except Refusal as refused:
        return str(refused)
    return ""


def show(edition: str) -> None:
    """What is settled, for everybody; and the forms, for an editor."""
    st.header("Your own part of the needs assessment")
    try:
        found = kept(cached.readers().store, edition)
    except Refusal as refused:
        evidence.nothing(str(refused))
        return
    st.text(_told(found, edition))
    _say()
    if not roles.current().role.may(Role.EDITOR):
        st.caption(ONLY_EDITORS)
        return
    who = roles.current().name
    if not who:
        st.text_input("Your name, for the log", key=WHO, max_chars=LONGEST_NAME)
    _paragraphs(found, edition, who)
    _left_out(found, edition, who)


def _told(found: Kept, edition: str) -> str:
    sections = list(dict.fromkeys(TITLES[key] for key in OUTLINE if any(key == one for one, _ in found.paragraphs)))
    out = [TITLES[key] for key in OUTLINE if key in found.left_out]
    own = f"Own paragraphs stand in: {listed(sections, len(sections))}." if sections else "There are no own paragraphs."
    without = f"Left out: {listed(out, len(out))}." if out else "No section is left out."
    return f"{edition} edition. {own} {without} Both are kept with the edition and are in every report made of it."


def _say() -> None:
    fault, done = scope.kept(FAULT), scope.kept(SAVED)
    if fault:
        st.error(str(fault), icon=":material/block:")
    elif done:
        st.success(str(done), icon=":material/check:")


def _paragraphs(found: Kept, edition: str, who: str) -> None:
    st.subheader("Paragraphs")
    section = st.selectbox("Section", [*TITLES], format_func=TITLES.__getitem__, key=f"{SECTION}_{edition}")
    held = {place: found.paragraphs.get((section, place), "") for place in PLACES}
    with st.form(f"paragraphs_{edition}_{section}", border=False, enter_to_submit=False):
        for place, words in PLACES.items():
            st.text_area(
                words.capitalize(), held[place], key=_key(edition, section, place), max_chars=LONGEST, height=140
            )
        st.caption("Plain text; each line becomes a paragraph. The atlas does not check the figures in it.")
        st.form_submit_button("Save the paragraphs", on_click=_write, args=(edition, section, held, who))


def _left_out(found: Kept, edition: str, who: str) -> None:
    st.subheader("Sections to leave out")
    with st.form(f"left_out_{edition}", border=False):
        st.multiselect(
            "Sections to leave out",
            [*TITLES],
            [key for key in TITLES if key in found.left_out],
            format_func=TITLES.__getitem__,
            key=f"{OUT}_{edition}",
            placeholder="None: the document is whole",
            label_visibility="collapsed",
        )
        st.caption("The document names them on its first page, and numbers the others anew.")
        st.form_submit_button("Save what is left out", on_click=_leave_out, args=(edition, who))


def _key(edition: str, section: str, place: str) -> str:
    return f"report_{edition}_{section}_{place}"


def _write(edition: str, section: str, held: dict[str, str], who: str) -> None:
    """Keep the paragraphs of a section; asks the role again, since this changes something."""
    store = cached.readers().store
    try:
        roles.require(Role.EDITOR)
        for place, seen in held.items():
            text = str(scope.said(_key(edition, section, place)) or "")
            write(store, edition, section, place, text, _name(who), seen=seen)
    except Refusal as refused:
        _end(fault=str(refused))
        return
    roles.log(f"paragraphs of {section} written")
    _end(saved=f"Saved: paragraphs of the section {TITLES[section]}.")


def _leave_out(edition: str, who: str) -> None:
    chosen = [key for key in scope.said(f"{OUT}_{edition}") or () if key in OUTLINE]
    try:
        roles.require(Role.EDITOR)
        leave_out(cached.readers().store, edition, chosen, _name(who))
    except Refusal as refused:
        _end(fault=str(refused))
        return
    roles.log("sections of the report left out")
    _end(saved="Saved: the sections to leave out.")


def _name(who: str) -> str:
    return who or str(scope.said(WHO) or "")


def _end(*, saved: str = "", fault: str = "") -> None:
    scope.keep(SAVED, saved)
    scope.keep(FAULT, fault)
