"""Localities: wards put together under a name of the reader's own, and all that is known of each."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from analysis.gap import Gap
from analysis.localities import REST_NAME, Locality, to_text
from analysis.present import gap_view, locality_view, ward_sections, ward_tables, ward_view, words
from analysis.refusal import Refusal
from pages.components import cached, evidence, locality_maker, plain, scope
from pages.components.cached import localities as cached_localities

MADE_OF = (
    "Counts of the wards are added, and every rate, limit and verdict is worked out anew from the sums. Where a ward's "
    "count may not be shown or is not known, its locality's is not either, and the reason stands in its place."
)


def page() -> None:
    """The answer, then making localities, the table of all, and everything known of the one chosen."""
    chosen, every = scope.choose(), scope.every_locality()
    st.title("How do need and provision compare by locality?")
    try:
        result = cached_localities.gap_of(
            chosen.edition_id,
            chosen.need_id,
            chosen.provision_id,
            to_text(every),
            small_counts=chosen.small_counts,
        )
    except Refusal as refused:
        result = None
        evidence.nothing(str(refused))
    if result:
        _answer(result, chosen.locality)
    left, right = st.columns([6, 5], gap="large")
    with right:
        st.header("Make a locality")
        making = locality_maker.picked(chosen, every)
        locality_maker.change(chosen, every)
    with left:
        st.header("On the map")
        locality_maker.map_of(chosen, making)
    if result and chosen.localities:
        _table(result)
    if chosen.locality:
        _profile(chosen, chosen.locality, to_text(every))
    locality_maker.keep(chosen, every)


def _answer(result: Gap, locality: Locality | None) -> None:
    if locality:
        evidence.answer(locality_view.line(result, locality), MADE_OF)
    else:
        said, more = locality_view.headline(result)
        evidence.answer(said, more or MADE_OF)
    if any(one.name != REST_NAME for one in result.localities):
        evidence.badge(result.basis)
    st.caption(f"**Need:** {result.need.title}. **Provision:** {result.provision.title}. {result.note}")


def _table(result: Gap) -> None:
    st.header(evidence.headed("Every locality", result.basis))
    shown = locality_view.table(result)
    event = st.dataframe(
        shown, hide_index=True, on_select="rerun", selection_mode="single-row", key=f"localities_{result.edition}_table"
    )
    names = [one.name for one in result.localities]
    for row in event["selection"]["rows"]:
        if shown["Locality"].iloc[row] in names:
            scope.put("ward", str(shown["Locality"].iloc[row]))
    name = f"localities_{result.edition}_{result.need.id}_{result.provision.id}"
    table, title = locality_view.download(result), f"By locality: {gap_view.titled(result)}"
    evidence.download(table, name, result.basis, key="localities_gap_csv", shown=shown, title=title)
    with st.expander("How this was worked out, and how sure it can be"):
        st.markdown(f"{MADE_OF}\n\n{gap_view.method(result)}")
        if result.provision.kind == "caseload":
            st.markdown(words.typical_power(result))
    evidence.sources([*result.need.sources, *result.provision.sources_for(result.edition)])


def _profile(chosen: scope.Scope, locality: Locality, text: str) -> None:
    facts = cached_localities.locality_profile_of(
        text, chosen.edition_id, locality.name, chosen.need_id, small_counts=chosen.small_counts
    )
    names = cached.library().names
    st.header(evidence.headed(f"{locality.name}: everything known of it", EACH_ITS_OWN))
    links = ", ".join(f"[{names[ward]}]({scope.address_of_ward(ward)})" for ward in locality.wards)
    st.markdown(f"Its {len(locality.wards)} wards: {links}.")
    tidy = locality_view.profile_download(facts, locality)
    evidence.download(tidy, f"locality_{chosen.edition_id}", EACH_ITS_OWN, key="locality_csv")
    _section(facts, ward_sections.NEED, ward_tables.need_table)
    for part in ward_sections.SECTIONS:
        if part.id in TABLES and chosen.edition_id in part.editions:
            _section(facts, part, TABLES[part.id])
    _indicators(facts)


TABLES: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "provision": ward_tables.provision_table,
    "toxic_trio": ward_tables.toxic_trio_table,
    "deprivation": locality_view.deprivation_table,
    "low_income": ward_tables.low_income_table,
    "children": ward_tables.children_table,
}

EACH_ITS_OWN = ""
TITLES = {"deprivation": "Its neighbourhoods"}


def _section(facts: pd.DataFrame, part: ward_sections.Section, made: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
    table = made(facts)
    title = TITLES.get(part.id, part.title)
    st.subheader(evidence.headed(title, EACH_ITS_OWN))
    st.caption(locality_view.words_of(part.id, part.words))
    plain.table(table, title, under="Of" if "Of" in table else None)
    st.caption(f"**Source:** {ward_view.sources(facts, part.id)}")


def _indicators(facts: pd.DataFrame) -> None:
    table = locality_view.indicators_table(facts)
    if table.empty:
        return
    st.subheader("Indicators held by ward")
    st.caption(
        "Those held for every ward of the locality with numerator and denominator: both are added, and the percentage "
        "and its 95% limits worked out anew."
    )
    with st.expander(f"All {len(table)} indicators"):
        plain.table(table, "Indicators held by ward", under="Topic")
    st.caption(f"**Source:** {ward_view.sources(facts, 'indicators')}")


page()
