"""Sites of a scenario: changing them, what they can reach, and which would be nearest to need."""

from __future__ import annotations

import streamlit as st

from analysis.present import what_if_tables, what_if_view
from analysis.refusal import Refusal
from analysis.scenario.outcome import Outcome
from analysis.scenario.steps import SITE_STEPS, CloseSite, MoveBetweenSites, OpenSite, ResizeSite, Step
from analysis.travel import MODES
from pages.components import evidence, scope, what_if_form, what_if_state
from pages.components.cached import what_if as cached_what_if
from pages.components.what_if_state import Look

CHANGES = {
    "open": "Open a site",
    "close": "Close a site",
    "resize": "Resize a site",
    "move": "Move places between sites",
}
USUAL = 20
MOST_CHOSEN = 8


def change(look: Look, text: str, result: Outcome) -> None:
    """The ways to change the sites."""
    way = scope.option("site_change", "What to do", [*CHANGES], "open", CHANGES)
    if way != "open" and result.changed.sites.empty:
        st.caption("No site of this service is listed.")
        return
    what_if_form.form(look, text, f"site_{way}", CHANGES[way], lambda: _fields(way, result), lambda: _step(way, result))
    st.caption("A site is where places stand, not for whom they are: see *What the sites can reach* below.")


def _fields(way: str, result: Outcome) -> None:
    if way == "open":
        what_if_form.ward("In which ward (where its children live, on average)", "site_ward", result)
    else:
        what_if_form.site("From" if way == "move" else "Site", "site", result)
    if way == "move":
        what_if_form.site("To", "site_to", result)
    if way != "close":
        what_if_form.places("Places", f"places_{way}", result, USUAL, 0 if way == "resize" else 1)


def _step(way: str, result: Outcome) -> Step:
    if way == "open":
        return OpenSite(what_if_form.said("site_ward", result), what_if_form.amount("places_open", result))
    site = what_if_form.said("site", result)
    if way == "close":
        return CloseSite(site)
    if way == "resize":
        return ResizeSite(site, what_if_form.amount("places_resize", result))
    return MoveBetweenSites(site, what_if_form.said("site_to", result), what_if_form.amount("places_move", result))


def reach(look: Look, text: str, result: Outcome) -> None:
    """What the sites can reach, when asked for or when a site was changed."""
    differ = what_if_view.sites_differ(result)
    if differ:
        st.warning(differ, icon=":material/compare_arrows:")
    changed = any(isinstance(step, SITE_STEPS) for step in result.scenario.steps)
    if not scope.switch("site_reach", "Show what the sites can reach") and not changed:
        return
    basis = what_if_tables.sites_basis_of(result)
    st.header(evidence.headed("What the sites can reach", basis))
    titles = {key: mode.title for key, mode in MODES.items()}
    way = scope.option("travel", "Travel", [*MODES], "bus", titles, draw=st.segmented_control)
    asked = (look.edition, look.service, look.need, look.weight)
    try:
        now = cached_what_if.reached_by(*asked, "", (), way)
        then = cached_what_if.reached_by(*asked, text, what_if_state.children(), way)
    except Refusal as refused:
        evidence.nothing(str(refused))
        return
    st.markdown(what_if_tables.reach_answer(now, then))
    left, right = st.columns([7, 4], gap="large")
    with left:
        shown = what_if_tables.reach_table(then)
        st.dataframe(shown, hide_index=True, height=320)
        evidence.download(shown, f"what_if_sites_{look.edition}_{look.service}", basis, key="what_if_sites_csv")
    with right:
        st.dataframe(what_if_tables.sites_table(then), hide_index=True)
    _nearest(look, text, way)


def _nearest(look: Look, text: str, way: str) -> None:
    known = cached_what_if.candidates(look.edition)
    st.subheader("Which sites are nearest to need")
    st.caption(
        f"Among all {len(known)} sites of commissioned services, whatever they give today. Whether a building would do "
        "is not known to the atlas."
    )
    numbers = [str(number) for number in range(1, min(len(known), MOST_CHOSEN) + 1)]
    number = int(scope.option("how_many_sites", "Number of sites", numbers, numbers[min(2, len(numbers) - 1)]))
    asked = (look.edition, look.service, look.need, look.weight, text, what_if_state.children())
    found = cached_what_if.choice_of(*asked, number, way)
    st.markdown(what_if_tables.choice_said(found, dict(zip(known["site_id"], known["name"], strict=True)), way))
