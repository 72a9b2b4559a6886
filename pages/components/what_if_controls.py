"""The changes a reader can try: move places, another total, growing need; and the changes made so far."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.present import what_if_view
from analysis.present.words import literal
from analysis.scenario import link
from analysis.scenario.outcome import Outcome
from analysis.scenario.steps import GROWTH, MOST_YEARS, GrowNeed, MovePlaces, SetTotal, Step
from pages.components import scope, what_if_form, what_if_sites, what_if_state
from pages.components.what_if_state import Look


def show(look: Look, text: str, result: Outcome) -> None:
    """The ways to change something, in tabs, and the changes made so far."""
    moving, sites, more = st.tabs(["Move places", "Sites", "Total and growth"])
    with moving:
        _move(look, text, result)
    with sites:
        what_if_sites.change(look, text, result)
    with more:
        _total_and_growth(look, text, result)
    fault = scope.kept(what_if_state.FAULT)
    if fault:
        st.error(literal(fault), icon=":material/block:")
    _made_so_far(text, result)


def _move(look: Look, text: str, result: Outcome) -> None:
    furthest = look.now.table.dropna(subset=["short"]).sort_values("short", ascending=False)

    def fields() -> None:
        what_if_form.ward("From", "from", result, str(furthest["area_code"].iloc[-1]))
        what_if_form.ward("To", "to", result, str(furthest["area_code"].iloc[0]))
        what_if_form.places("Places", "places", result, 5)

    def step() -> Step:
        source, target = what_if_form.said("from", result), what_if_form.said("to", result)
        return MovePlaces(source, target, what_if_form.amount("places", result))

    what_if_form.form(look, text, "move", "Move them", fields, step)


def _total_and_growth(look: Look, text: str, result: Outcome) -> None:
    what_if_form.form(
        look,
        text,
        "total",
        "Set the total",
        lambda: what_if_form.places("Places in all", "total", result, result.today.total),
        lambda: SetTotal(what_if_form.amount("total", result)),
    )
    st.caption("New places go to wards by fair share; a cut takes the same share of places from every ward.")
    what_if_form.form(look, text, "growth", "Let need change", _growth_fields, _growth)


def _growth_fields() -> None:
    left, right = st.columns(2)
    least, most = GROWTH
    with left:
        st.number_input("Growth in need, % a year", least, most, 1.0, step=0.5, key="what_if_rate")
    with right:
        st.number_input("Years", 1, MOST_YEARS, 5, key="what_if_years")


def _growth() -> Step:
    return GrowNeed(round(float(scope.said("what_if_rate")), 2), int(scope.said("what_if_years")))


def _made_so_far(text: str, result: Outcome) -> None:
    if not result.scenario.steps and not result.scenario.children:
        st.caption("No change yet: what you see is today.")
        return
    said = what_if_view.steps_said(result.scenario.steps, result.changed)
    said += ["Use a projected number of children"] if result.scenario.children else []
    st.markdown("**Changes so far**\n\n" + _numbered(said))
    left, right = st.columns(2)
    with left:
        st.button(
            "Undo the last",
            icon=":material/undo:",
            on_click=what_if_state.undo,
            args=(text,),
            disabled=not link.from_text(text),
            width="stretch",
        )
    with right:
        st.button("Start again", icon=":material/restart_alt:", on_click=what_if_state.start_again, width="stretch")


def _numbered(lines: Sequence[str]) -> str:
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))
