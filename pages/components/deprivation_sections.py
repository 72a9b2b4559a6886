"""The parts of the Deprivation page below its map: all domains, change, and what belongs to one edition."""

from __future__ import annotations

import streamlit as st

from analysis.deprivation import DOMAINS, years_held
from analysis.deprivation_change import COMPARISONS, caution, counted, why_not
from analysis.idaci_check import council_totals
from analysis.low_income import HOUSING_COSTS, compared
from analysis.present import deprivation_figures, deprivation_tables, deprivation_view, low_income_view
from pages.components import cached, evidence, scope, style
from pages.components.cached import deprivation as cached_deprivation

PLAIN = {"displayModeBar": False}


def domains(year: int, domain: str) -> None:
    """Deciles by domain as counts of neighbourhoods."""
    st.header("Every domain at once")
    counts = cached_deprivation.decile_counts(year)
    st.html(deprivation_tables.heat(counts, domain, year, style.dark(), cached.library().council.short_name))
    tidy = counts.reset_index().melt(id_vars="domain", var_name="national_tenth", value_name="neighbourhoods")
    evidence.download(tidy.assign(year=year), f"tenths_by_domain_{year}", "published", key="tenths_csv")


def change(domain: str, ward_column: str) -> None:
    """Who moved between editions of the indices, where that may be asked."""
    st.header("What changed between editions")
    held = years_held(cached.library())
    known = [pair for pair in COMPARISONS if set(pair) <= set(held)]
    pairs = {f"{earlier}-{later}": f"{earlier} to {later}" for earlier, later in known}
    pair = scope.option("change", "Compare", [*pairs], next(iter(pairs)), pairs, draw=st.segmented_control)
    earlier, later = (int(year) for year in pair.split("-"))
    reason = why_not(earlier, later, domain)
    if reason:
        evidence.nothing(reason)
        return
    moves = cached_deprivation.deprivation_moves(earlier, later, domain, ward_column)
    st.markdown(deprivation_view.moved_sentence(counted(moves), earlier, later))
    now = cached_deprivation.neighbourhoods(later, domain)
    st.caption(caution(later, domain) + deprivation_view.left_out(moves, now))
    left, right = st.columns([5, 6], gap="large")
    with left:
        st.plotly_chart(deprivation_figures.shifts(moves, style.dark()), key=f"shifts_{domain}_{pair}", config=PLAIN)
    with right:
        shown = deprivation_tables.moved_table(moves, earlier, later)
        st.dataframe(shown, hide_index=True, width="stretch", height=260)
        evidence.download(
            moves.assign(domain=domain, earlier=earlier, later=later),
            f"change_{domain}_{pair}",
            "published",
            key="change_csv",
            shown=shown,
            chart=lambda: deprivation_figures.shifts(moves, dark=False),
            title=f"Neighbourhoods that changed tenth, {DOMAINS[domain]}, {earlier} to {later}",
        )


def printed() -> None:
    """IDACI 2015 as the 2020 assessment prints it beside what neighbourhoods give."""
    st.header("IDACI 2015 by ward: printed in 2020, and rebuilt from neighbourhoods")
    both = cached_deprivation.idaci_printed_and_rebuilt()
    st.markdown(deprivation_view.printed_sentence(both, council_totals(cached.library())))
    st.caption(
        "Per cent of children aged 0-15, with 95% limits. Printed: the needs assessment of May 2020. Rebuilt: "
        "published rates of neighbourhoods times their children, summed to wards; Wilson limits."
    )
    shown = deprivation_tables.printed_table(both)
    st.dataframe(shown, hide_index=True, width="stretch", height=320)
    evidence.download(both, "idaci2015_printed_and_rebuilt", "modelled", key="printed_csv", shown=shown)
    evidence.sources(["IDACI2015_PRINTED", "IOD2015", "IOD_POPULATION", "LOOKUP_LSOA11"])


def low_income() -> None:
    """Children in low-income families by ward, over the years held."""
    st.header("Newer than the indices: children in low-income families")
    library = cached.library()
    if not library.holds("CHILD_POVERTY_WARD", "CHILD_POVERTY_AREA"):
        evidence.nothing(f"Children in low-income families are not held for {library.council.wards}.")
        return
    council = library.council
    kind = scope.option("housing", "Housing costs", [*HOUSING_COSTS], "BHC", HOUSING_COSTS, draw=st.segmented_control)
    rows, names = cached_deprivation.low_income_series(kind), library.names
    table = compared(rows)
    st.markdown(low_income_view.sentence(rows, table, kind, names, council))
    st.markdown(f"{low_income_view.change_sentence(table, names, council)} {low_income_view.no_arrow(rows)}")
    evidence.badge("published")
    st.caption(low_income_view.CAUTION)
    left, right = st.columns([5, 7], gap="medium")
    with left:
        st.plotly_chart(
            deprivation_figures.low_income(rows, names, style.dark(), council), key=f"low_income_{kind}", config=PLAIN
        )
    with right:
        shown = low_income_view.table(rows, table, names, council)
        st.dataframe(shown, hide_index=True, width="stretch", height=640)
        evidence.download(
            low_income_view.download(rows, table, names),
            f"low_income_{kind.lower()}",
            "published",
            key="low_income_csv",
            shown=shown,
            chart=lambda: deprivation_figures.low_income(rows, names, False, council),
            title=f"Children in low-income families by ward, to March 2025, {HOUSING_COSTS[kind].lower()}",
        )
    evidence.sources(["CHILD_POVERTY_WARD", "CHILD_POVERTY_AREA"])
