"""Costs: what early help costs, what it is said to save, and how well it must work to pay."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from analysis import costs
from analysis.present import costs_chart, costs_view, own_programme_view
from pages.components import cached, evidence, own_programme, plain, scope, style
from pages.components.cached import costs as cached_costs

if TYPE_CHECKING:
    import plotly.graph_objects as go

USUAL_AREA = "parenting"


def page() -> None:
    """Answer first, then break-even rates, Wiltshire's spending, Halton's figures, the sums, and one's own figures."""
    scope.choose()
    st.title("What does early help cost, and when does it pay?")
    evidence.answer(*costs_view.headline(cached_costs.spending_by_service(), cached_costs.break_even_rates()))
    evidence.badge("published")
    st.caption(
        "Printed in two councils' strategies: Wiltshire's of 2013 and Halton's of 2018. They are the same in every "
        "edition and say nothing of single wards. The strategies of the other two councils hold no such table."
    )
    _pays()
    _spent()
    _benefits()
    _sums()
    own_programme.show()
    with st.expander("How this was worked out, and what it must not be used for"):
        st.markdown(costs_view.METHOD)
        st.markdown(own_programme_view.METHOD)
    evidence.sources(["WILTSHIRE_SPENDING", "HALTON_COST_BENEFIT"])


def _pays() -> None:
    rates = cached_costs.break_even_rates()
    st.header("How many must succeed for a programme to pay")
    st.markdown(
        "The cost for each person, divided by what one success is worth. It does **not** say how many do succeed. "
        "These are the only programmes for which both figures are printed."
    )
    st.html(costs_chart.break_even(rates, style.dark()))
    st.caption(
        "A bar goes from the highest worth printed to the lowest; where it reaches the end, the "
        "lowest worth is less than the cost."
    )
    plain.table(costs_view.rates(rates), "Break-even success rates", under="Caveat")
    st.caption(costs_view.reading_recovery(cached.library().table("HALTON_COST_BENEFIT")))
    chart = partial(_figure, "break_even", rates)
    evidence.download(rates, "break_even_rates", "published", key="rates_csv", chart=chart)


def _figure(name: str, rows: pd.DataFrame) -> go.Figure:
    from analysis.present import plain_figures  # noqa: PLC0415

    make = {"break_even": plain_figures.break_even, "spending": plain_figures.spending}[name]
    return make(rows, dark=False)


def _spent() -> None:
    services, table = cached_costs.spending_by_service(), cached.library().table("WILTSHIRE_SPENDING")
    st.header("What Wiltshire spent, service by service")
    st.markdown(costs_view.largest(services))
    st.html(costs_chart.spending(services, style.dark()))
    st.caption("In pounds. The table names no year; the strategy is of September 2013.")
    with st.expander("Each service with its line in the source, and other spending"):
        plain.table(costs_view.spending(services), "Spending by service")
        st.subheader("Other spending and costs it quotes")
        plain.table(costs_view.others(costs.others(table)), "Spending beside the services")
    chart = partial(_figure, "spending", services)
    evidence.download(table, "wiltshire_spending", "published", key="spending_csv", chart=chart)


def _benefits() -> None:
    table = cached.library().table("HALTON_COST_BENEFIT")
    st.header("What Halton quotes of costs and savings")
    st.markdown(costs_view.unpriced(table))
    areas = costs_view.areas(table)
    area = scope.option("area", "Policy area", [*areas], USUAL_AREA, areas)
    rows = table[table["policy_area"].eq(areas[area])]
    plain.table(costs_view.figures(rows), f"Figures on {areas[area]}")
    st.caption("Where: Halton Early Help Strategy 2018-21. Not stated: the source does not say.")
    evidence.download(table, "halton_cost_benefit", "published", key="benefit_csv")


def _sums() -> None:
    checks = cached_costs.cost_sums()
    st.header("Do the printed sums come out?")
    st.markdown(costs_view.summed(checks))
    plain.table(costs_view.sums(checks), "Printed sums worked out again")
    evidence.download(checks, "sums_of_costs", "published", key="sums_csv")


page()
