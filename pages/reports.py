"""Reports: what can be made to take away from the screen."""

from __future__ import annotations

import streamlit as st

from analysis.reports.registry import REPORTS
from pages.components import cached, evidence, jobs, scope


def page() -> None:
    """What can be made of what is chosen at the side, and the state of the report asked for last."""
    chosen = scope.choose()
    st.title("Reports")
    place = f"{cached.library().names[chosen.ward]} ward" if chosen.ward else "no ward"
    evidence.answer(
        "Take the figures into a meeting: choose what to look at, and have it made as a document.",
        f"Chosen at the side: the {chosen.edition_id} edition, {chosen.need.title}, {place}. A report holds the same "
        "figures as the pages, with their limits, their basis and their sources. It is made on the server while you go "
        "on working, and kept for you alone until you ask for another or leave.",
    )
    jobs.panel([jobs.Offer(report_id, chosen) for report_id in REPORTS], key="reports", described=True)


page()
