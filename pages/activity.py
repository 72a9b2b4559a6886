"""Activity: what services can take, whom they support, how people came, and what came of it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.present import activity_view
from analysis.refusal import Refusal
from pages.components import activity_breakdowns, evidence, scope, style
from pages.components.activity_breakdowns import Shown
from pages.components.cached import activity as cached_activity

UNITS = ("family", "child")


def page() -> None:
    """Capacity first, then sources, length, assessments, social care, the panel, and who is reached."""
    chosen = scope.choose()
    st.title("What do services do, and for whom?")
    try:
        quarters = cached_activity.quarters(chosen.edition_id)
    except Refusal as refused:
        evidence.nothing(str(refused))
        return
    services = cached_activity.by_service(chosen.edition_id, small_counts=chosen.small_counts)
    basis = str(services["basis"].iloc[0])
    evidence.answer(*activity_view.headline(services))
    evidence.badge(basis)
    _capacity(services, chosen.edition_id, basis)
    quarter = scope.option("quarter", "Quarter for what follows", quarters, quarters[0])
    shown = Shown(chosen.edition_id, quarter, basis, chosen.small_counts)
    activity_breakdowns.section(shown, "referral_source", "Who referred", said="referral source")
    activity_breakdowns.section(shown, "length_of_support", "How long support lasts", note=LENGTH)
    activity_breakdowns.section(
        shown, "assessment_type", "Assessments", said="assessment", printed="assessment_type", note=ASSESSED
    )
    activity_breakdowns.social_care(shown)
    activity_breakdowns.panel()
    activity_breakdowns.reached(shown)
    with st.expander("How this was worked out, and how sure it can be"):
        st.markdown(activity_view.method(small_counts=chosen.small_counts))
    evidence.sources(["ACTIVITY", "ACTIVITY_DETAIL", "ASSESSMENT_OBSERVATIONS", "SERVICE_STATEMENTS"])


def _capacity(services: pd.DataFrame, edition: str, basis: str) -> None:
    from analysis.present import activity_figures  # noqa: PLC0415

    st.header(evidence.headed("Places, cases, and how full", basis))
    st.plotly_chart(
        activity_figures.over_quarters(services, style.dark()),
        key="activity_quarters",
        config={"displayModeBar": False},
    )
    for unit in UNITS:
        table = activity_view.services(services, unit)
        if len(table):
            st.subheader(f"Services that count {activity_view.UNITS[unit]}")
            st.dataframe(table, hide_index=True, width="stretch")
    evidence.download(
        services,
        f"activity_{edition}",
        basis,
        key="activity_csv",
        title="Places, cases supported and cases open, by service and quarter",
        chart=lambda: activity_figures.over_quarters(services, dark=False),
    )
    activity_breakdowns.beside("capacity", "demand and capacity", "Published: how full services were")
    activity_breakdowns.conversion(services)


LENGTH = (
    "Published: about 40% of support lasted seven months or more, across the commissioned services "
    "(section 10.3.3 of the 2020 assessment)."
)
ASSESSED = "An Early Help Assessment is shared between agencies; an own-agency assessment is not."


page()
