"""What is sought within reach, how people travel, and whom the places are shared among."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from analysis import sites
from analysis.site_access import ALL_CHILDREN
from analysis.sites import SOUGHT, Sought
from analysis.travel import MODES, Mode
from pages.components import scope

NEED, EVERYBODY = "need", "children"
SHARED = {NEED: "The need in the sidebar", EVERYBODY: "All children"}


@dataclass(frozen=True)
class Choice:
    """A service or kind of place, a mode, and a need or all children."""

    sought: Sought
    mode: Mode
    demand_id: str


def choose(chosen: scope.Scope) -> Choice:
    """Draw the controls and return what they say."""
    left, middle, right = st.columns([4, 4, 5], vertical_alignment="bottom")
    with left:
        what = scope.option("sought", "What is sought", [*SOUGHT], sites.DEFAULT, _titles())
    with middle:
        titles = {mode.id: mode.title for mode in MODES.values()}
        mode = scope.option("mode", "How people travel", [*MODES], "foot", titles, draw=st.segmented_control)
    with right:
        shared = scope.option(
            "among",
            "Shared among",
            [*SHARED],
            NEED,
            SHARED,
            draw=st.segmented_control,
            help=f"The need in the sidebar is {chosen.need.short}, {chosen.need.period}.",
        )
    return Choice(SOUGHT[what], MODES[mode], chosen.need_id if shared == NEED else ALL_CHILDREN)


def _titles() -> dict[str, str]:
    return {
        sought.id: f"{sought.title} (commissioned)" if sought.served else sought.title for sought in SOUGHT.values()
    }
