"""What if: try moving places, opening or closing sites, or growing need, before anything is done."""

from __future__ import annotations

import streamlit as st

from analysis.need import NEEDS
from analysis.present import what_if_tables
from analysis.reach import DEMAND_FILES
from analysis.refusal import Refusal
from analysis.scenario.fair import CHILDREN
from pages.components import evidence, scope, what_if_files, what_if_proposal, what_if_result
from pages.components.cached import what_if as cached_what_if
from pages.components.scope import Scope
from pages.components.what_if_state import Look

WEIGHTS = tuple(str(weight) for weight in range(0, 101, 10))


def page() -> None:
    """What is asked, the scenario and its answer, files, the atlas's own proposal, and the method."""
    chosen = scope.choose()
    st.title("What if places were moved?")
    look = _look(chosen)
    try:
        now = look.now
    except Refusal as refused:
        evidence.nothing(str(refused))
        return
    what_if_result.show(look)
    what_if_files.show(look)
    what_if_proposal.show(look)
    with st.expander("How this was worked out, and how sure it can be"):
        st.markdown(what_if_tables.method(now, small_counts=chosen.small_counts))
    people = NEEDS[CHILDREN[look.edition]].sources
    evidence.sources(["ACTIVITY", "COMMISSIONED_SITES", *now.fair.need.sources, *people, *DEMAND_FILES[look.edition]])


def _look(chosen: Scope) -> Look:
    services = cached_what_if.services_of(chosen.edition_id)
    left, right = st.columns(2, gap="large", vertical_alignment="bottom")
    with left:
        service = scope.option("service", "Places of", [*services], next(iter(services)), services)
    with right:
        weight = scope.option(
            "weight",
            "What makes a share fair",
            WEIGHTS,
            "100",
            {each: _meaning(int(each)) for each in WEIGHTS},
            draw=st.select_slider,
            help=f"0% gives places by children aged 0-15, as for a service open to all; 100% by need alone: "
            f"{chosen.need.short}. Choose another need in the sidebar.",
        )
    return Look(chosen.edition_id, service, chosen.need_id, int(weight), chosen.small_counts)


def _meaning(weight: int) -> str:
    return {0: "by children alone", 100: "by need alone"}.get(weight, f"{weight}% by need")


page()
