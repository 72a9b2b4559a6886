"""The atlas's own proposal: limits to keep to, a search that says how far it is and can be stopped, and its answer."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from analysis.present import what_if_tables
from analysis.refusal import Refusal
from analysis.scenario.feasible import Asked, Infeasible
from analysis.scenario.proposal import Job, Proposal, fair_plan, paired, proposals
from analysis.scenario.steps import MovePlaces, SetTotal, Step
from pages.components import evidence, scope, what_if_state
from pages.components.cached import what_if as cached_what_if
from pages.components.what_if_state import Look

FOUND = "what_if_proposal"
USUAL_CAP = 20
NOT_IN_A_LINK = (
    "These moves keep clear of wards whose verdict viewers may not see. Changes that are tried stand in the link of "
    "this page, so these cannot be tried. Download them, or turn small counts off and search again."
)


@dataclass(frozen=True)
class _Found:
    look: Look
    answer: Proposal | Infeasible


def show(look: Look) -> None:
    """The limits, the search and the proposal, from today's places."""
    now = look.now
    st.header(evidence.headed("Let the atlas propose", what_if_tables.basis_of(now)))
    st.caption("The search starts from today's places and moves as few as it needs to lie nearest to fair share.")
    asked = _asked(look)
    search, stop = st.columns([1, 1])
    with search:
        begun = st.button("Find the best moves", icon=":material/search:")
    if begun:
        with stop:
            place = st.empty()
        place.button("Stop", icon=":material/stop_circle:", help="Stop the search; nothing of it is kept.")
        scope.keep(FOUND, None)
        scope.keep(FOUND, _Found(look, _searched(Job(now.today, now.fair, asked))))
        place.empty()
    _answer(look)
    _from_scratch(look, asked)


def _asked(look: Look) -> Asked:
    total = look.now.total
    least, cap, protect = st.columns(3, vertical_alignment="bottom")
    with least:
        minimum = st.number_input("Fewest places in any ward", 0, 999, 0, key="what_if_minimum")
    with cap:
        moves = st.number_input("Most places that may move", 0, total, min(USUAL_CAP, total), key="what_if_cap")
    with protect:
        protecting = st.toggle("Take nothing from under-provided wards", value=True, key="what_if_protect")
    return Asked(int(minimum), int(moves), _protected(look) if protecting else frozenset())


def _protected(look: Look) -> frozenset[str]:
    try:
        wards = cached_what_if.protected_of(look.edition, look.need, look.service, small_counts=look.small_counts)
    except Refusal as refused:
        st.caption(f"No ward can be protected: {refused}")
        return frozenset()
    names = what_if_state.names(look)
    named = ", ".join(sorted(names[code] for code in wards)) or "none"
    others = (
        "Wards whose verdict viewers may not see are protected too."
        if look.small_counts
        else "A ward whose verdict may not be shown is not protected."
    )
    st.caption(f"Under-provided, likely or for certain, by the people helped (Overview): {named}. {others}")
    return wards


def _tells(look: Look, found: Proposal) -> bool:
    """Whether a verdict withheld from viewers protects a ward, so that the moves found would tell of it."""
    try:
        shown = cached_what_if.protected_of(look.edition, look.need, look.service)
    except Refusal:
        shown = frozenset()
    return not found.job.asked.protected <= shown


def _searched(job: Job) -> Proposal | Infeasible:
    bar = st.progress(0.0, "Starting")

    def progress(done: int, asked: int) -> bool:
        bar.progress(done / asked, f"{done} of {asked} redrawn needs solved")
        return True

    (found,) = proposals([job], progress)
    bar.empty()
    return found


def _answer(look: Look) -> None:
    kept = scope.kept(FOUND)
    if not isinstance(kept, _Found) or kept.look != look:
        return
    found = kept.answer
    if isinstance(found, Infeasible):
        st.error(what_if_tables.refused(found), icon=":material/block:")
        return
    evidence.answer(*what_if_tables.proposal_answer(found))
    if not found.moves:
        return
    shown = what_if_tables.proposal_table(found)
    st.dataframe(shown, hide_index=True)
    evidence.download(shown, "what_if_proposal", what_if_tables.basis_of(look.now), key="what_if_proposal_csv")
    if _tells(look, found):
        evidence.nothing(NOT_IN_A_LINK)
        return
    sure = tuple(one.move for one in found.moves if one.recommended)
    every = tuple(one.move for one in found.moves)
    left, right = st.columns(2)
    with left:
        _use("Try the recommended moves", look, sure)
    with right:
        _use("Try all of them", look, every)


def _use(words: str, look: Look, moves: tuple[MovePlaces, ...]) -> None:
    st.button(words, on_click=what_if_state.use, args=(look, moves), disabled=not moves, width="stretch")


def _from_scratch(look: Look, asked: Asked) -> None:
    with st.expander("Share all places out anew, as if none were given yet"):
        st.markdown(
            "Every place by fair share, in whole numbers, the last few to the largest remainders, each ward its fewest "
            "places first. There is no cap on moves and no ward is protected."
        )
        now = look.now
        steps: tuple[Step, ...] = ()
        try:
            plan = fair_plan(Job(now.today, now.fair, asked))
        except ValueError as refused:
            st.error(str(refused), icon=":material/block:")
        else:
            change = now.table.set_index("area_code")["places"].loc[list(now.fair.codes)]
            steps = (SetTotal(now.total), *paired(plan - change))
            moved = sum(step.places for step in steps if isinstance(step, MovePlaces))
            st.markdown(f"That would move {moved} places.")
        st.button("Try it", on_click=what_if_state.use, args=(look, steps), disabled=len(steps) < 2)
