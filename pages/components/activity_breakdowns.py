"""Sections of the Activity page: the return beside what is published of the same thing."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from analysis import activity
from analysis.present import activity_view
from analysis.sources.tables.activity_detail import DIMENSIONS
from pages.components import evidence, plain, scope
from pages.components.cached import activity as cached_activity

PEOPLE = ("age_band", "sex", "ethnic_group", "send")
MOST_CHILDREN = 5.0


@dataclass(frozen=True)
class Shown:
    """What the return is being read for: an edition, a quarter, the basis of the return, and whether by an analyst."""

    edition: str
    quarter: str
    basis: str
    small_counts: bool

    def parts(self, dimension: str) -> list[activity.Breakdown]:
        """One dimension of the return in the quarter, families and children apart."""
        return cached_activity.breakdowns(self.edition, self.quarter, dimension, small_counts=self.small_counts)


def section(shown: Shown, dimension: str, title: str, *, said: str = "", printed: str = "", note: str = "") -> None:
    """One dimension of the return, then what is published of it."""
    st.header(evidence.headed(title, shown.basis))
    if note:
        st.caption(note)
    _tables(shown, dimension)
    beside(printed, said, f"Published: {title.lower()}")


def social_care(shown: Shown) -> None:
    """Steps up to and down from social care, and referrals to safeguarding, with the caution the assessment gives."""
    st.header(evidence.headed("Working with social care", shown.basis))
    held = "Not one is held back in this view." if shown.small_counts else "Most are held back here."
    st.info(
        "**Very small numbers.** The 2020 assessment itself warns that these counts are too few to judge a service by, "
        f"and that some referrals were new information on requests already made. {held}",
        icon=":material/info:",
    )
    for dimension in ("step_up", "step_down", "safeguarding_outcome"):
        st.subheader(DIMENSIONS[dimension])
        _tables(shown, dimension)
    beside("social_care", "", "Published: referrals to safeguarding")
    st.subheader(DIMENSIONS["closure_outcome"])
    _tables(shown, "closure_outcome")


def panel() -> None:
    """The Early Help Allocation Panel: all of it is published."""
    st.header("The Early Help Allocation Panel")
    st.caption("The panel (EHAP) shares applications out among services. All of this is published.")
    beside("panel", "", "Applications and how they came, 2019/20")
    beside("panel_sources", "", "Where those through Connecting Families began")


def reached(shown: Shown) -> None:
    """Who is reached beside who lives here, a dimension at a time."""
    st.header(evidence.headed("Who is reached, and who lives here", shown.basis))
    titles = {name: DIMENSIONS[name] for name in PEOPLE}
    dimension = scope.option("reached", "Look at", [*PEOPLE], "age_band", titles, draw=st.segmented_control)
    here = cached_activity.who_lives_here(shown.edition, dimension)
    parts = shown.parts(dimension)
    for part in parts:
        st.subheader(f"Services that count {activity_view.UNITS[part.case_unit]}")
        plain.table(activity_view.beside(activity.reached(part, here)), f"{DIMENSIONS[dimension]}, {shown.quarter}")
    if here.empty:
        st.caption("The atlas holds no figures of the council's children for this, so nothing stands beside them.")
    else:
        st.caption("What stands beside them is published: mid-year estimates and the school census.")
    _offer(parts, dimension, shown)


def beside(subject: str, said: str, title: str) -> None:
    """Published figures and statements on the same subject, labelled as published."""
    rows = cached_activity.published(subject) if subject else pd.DataFrame()
    words = cached_activity.statements(said) if said else pd.DataFrame()
    if rows.empty and words.empty:
        return
    with st.container(border=True):
        evidence.badge("published")
        if len(rows):
            plain.table(activity_view.printed(rows), title, under="where")
        if len(words):
            plain.table(activity_view.said(words), title, under="where")


def conversion(services: pd.DataFrame) -> None:
    """What families would be in children, only at a number the reader states."""
    families = services[(services["case_unit"] == "family") & services["quarter"].eq(services["quarter"].max())]
    total = families["supported"].sum(skipna=False)
    with st.expander("If you know how many children a family stands for"):
        children = st.number_input(
            "Children a family, as you state it", 0.0, MOST_CHILDREN, 0.0, 0.1, key="children_a_family"
        )
        if not children:
            st.markdown("A family and a child are never added. State a number of your own to see what it would make.")
        elif pd.isna(total):
            st.markdown("Some of the counts are held back, so nothing can be worked out from them.")
        else:
            st.markdown(
                f"At **your** {children:g} children a family, {total:,.0f} families supported would stand for about "
                f"**{total * children:,.0f} children**. This is your assumption: no source gives it, and it is kept "
                "out of every other figure and download."
            )


def _tables(shown: Shown, dimension: str) -> None:
    parts = shown.parts(dimension)
    if not parts:
        evidence.nothing(f"The return does not record this for {shown.quarter}.")
        return
    plain.table(activity_view.breakdown(parts), f"{DIMENSIONS[dimension]}, {shown.quarter}")
    _offer(parts, dimension, shown)


def _offer(parts: list[activity.Breakdown], dimension: str, shown: Shown) -> None:
    if parts:
        name = f"{dimension}_{shown.edition}_{shown.quarter.replace(' ', '_')}"
        evidence.download(activity_view.download(parts), name, shown.basis, key=f"{dimension}_csv")
