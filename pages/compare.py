"""Compare: the council beside other councils, regions and England; and the four councils' printed profiles of need."""

from __future__ import annotations

import streamlit as st

from pages.components import compare_measure, compare_profiles, scope

PARTS = {"measure": "Any measure and year", "profiles": "The four strategies side by side"}


def page() -> None:
    """One of the two parts; the choice is part of the link."""
    scope.choose()
    st.title("How does B&NES compare with other councils?")
    part = scope.option("part", "What to compare", [*PARTS], "measure", PARTS, draw=st.segmented_control)
    if part == "profiles":
        compare_profiles.show()
    else:
        compare_measure.show()


page()
