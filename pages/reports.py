"""Reports: what can be made to take away from the screen."""

from __future__ import annotations

import streamlit as st

from analysis.reports.registry import REPORTS
from pages.components import cached, evidence, jobs, pack_asked, report_paragraphs, scope


def page() -> None:
    """What can be made of what is chosen at the side, and the state of the report asked for last."""
    chosen = scope.choose()
    st.title("Reports")
    pack = pack_asked.parameters(chosen)
    place = f"{cached.library().names[chosen.ward]} ward" if chosen.ward else "no ward"
    evidence.answer(
        "Take the figures into a meeting: choose what to look at, and have it made as a document.",
        f"Chosen at the side: the {chosen.edition_id} edition, {chosen.need.title}, {place}. "
        f"{pack_asked.said(chosen, pack)} A report holds the same "
        "figures as the pages, with their limits, their basis and their sources. It is made on the server while you go "
        "on working, and kept for you alone until you ask for another or leave.",
    )
    also = dict.fromkeys(pack_asked.PACKS, pack)
    offers = [jobs.Offer(report_id, chosen, also.get(report_id, {})) for report_id in REPORTS]
    jobs.panel(offers, key="reports", described=True)
    report_paragraphs.show(chosen.edition_id)


page()
