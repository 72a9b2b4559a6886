"""Ward: everything known of one ward."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.present import layers, ward_sections, ward_view
from analysis.present.bands import equal_count
from analysis.present.gap_view import MapView
from analysis.present.maps import SitePaint
from analysis.present.palette import SERIES, theme
from analysis.reach import PLACE_KINDS
from analysis.sources.council import HOME
from analysis.ward_places import same_name_elsewhere
from pages.components import area_map, cached, evidence, jobs, legend, scope, style, ward_parts, ward_sheet
from pages.components.cached import ward as cached_ward

YEARS_OF = {"2020": "since May 2019", "2026": "from 2011 to 2019"}


def page() -> None:
    """A ward in a sentence, then each part of what is known of it; or a way to choose one."""
    chosen = scope.choose()
    if chosen.ward is None:
        _prompt(chosen)
        return
    name = cached.library().names[chosen.ward]
    facts = cached_ward.ward_profile(chosen.edition_id, chosen.ward, chosen.need_id, small_counts=chosen.small_counts)
    if chosen.council != HOME:
        _of_another(chosen, facts, name)
        return
    if scope.switch("print", "One page to print", help="The essentials of the ward on one sheet of A4."):
        ward_sheet.show(chosen, facts, name)
        return
    st.title(f"{name} ward")
    st.caption(f"Code {chosen.ward}, one of {chosen.edition.wards}. {chosen.edition.title}.")
    evidence.answer(*ward_view.summary(facts, name, chosen.need.title, chosen.need.short))
    _warn(chosen, name)
    _download(facts, chosen, name)
    with st.container(key="off_paper_reports"):
        jobs.panel([jobs.Offer("ward-profile", chosen), jobs.Offer("all-ward-profiles", chosen)], key="ward_reports")
    named = ward_sections.contents(chosen.edition_id).items()
    st.markdown(f"**On this page:** {' · '.join(f'[{title}](#{place})' for title, place in named)}")
    left, right = st.columns([4, 7], gap="large")
    with left:
        _map(chosen, name)
    with right:
        ward_parts.section(facts, ward_sections.NEED)
    for part in ward_sections.SECTIONS:
        if chosen.edition_id in part.editions:
            ward_parts.section(facts, part)
        if part.id == ward_sections.AFTER_CHILDREN:
            ward_parts.indicators(facts, chosen)


def _of_another(chosen: scope.Scope, facts: pd.DataFrame, name: str) -> None:
    """The ward of another council: what the national files hold of it, and what they do not."""
    council = chosen.council
    st.title(f"{name} ward, {council.name}")
    st.caption(f"Code {chosen.ward}, one of {chosen.edition.wards}. {chosen.edition.about}")
    evidence.answer(*ward_view.summary(facts, name, chosen.need.title, chosen.need.short, council.short_name))
    _download(facts, chosen, name)
    first, *rest = ward_sections.of_another(facts, council)
    left, right = st.columns([4, 7], gap="large")
    with left:
        _map(chosen, name)
    with right:
        ward_parts.section(facts, first)
    for part in rest:
        ward_parts.section(facts, part)
    missing = "; ".join(title.lower() for title in ward_sections.not_held(facts))
    evidence.nothing(f"Not held of {council.name}, because no national file gives it by ward: {missing}.")


def _prompt(chosen: scope.Scope) -> None:
    st.title("Everything known of one ward")
    evidence.answer("Choose a ward, from the list or on the map.", _held_of_each(chosen))
    if chosen.locality:
        name = chosen.locality.name
        st.markdown(f"**{name}** is a locality: [everything known of it]({scope.address_of_locality(name)}).")
    _picker(chosen)
    _map(chosen, None)


def _held_of_each(chosen: scope.Scope) -> str:
    if chosen.council != HOME:
        return (
            f"{chosen.council.name} is shown by {chosen.edition.wards}. Each has its need, deprivation by domain with "
            "its pockets, and its children, each figure with its source."
        )
    return (
        f"The {chosen.edition_id} edition uses {chosen.edition.wards}. Each has its need, the provision set "
        "against it, deprivation by domain with its pockets, its children, its indicators, the services and places "
        "that reach it, and what changed between editions, each figure with its source."
    )


def _picker(chosen: scope.Scope) -> None:
    names = {code: cached.library().names[code] for code in cached.library().codes(chosen.edition.ward_type)}
    ordered = sorted(names, key=lambda code: names[code])
    picked = st.selectbox(
        "Ward to open",
        ordered,
        index=None,
        format_func=lambda code: names[code],
        placeholder="Choose a ward",
        key=f"open_from_{chosen.council.code}_{chosen.edition_id}_{chosen.ward}",
    )
    if picked and picked != chosen.ward:
        scope.put("ward", picked)


def _warn(chosen: scope.Scope, name: str) -> None:
    overlap = same_name_elsewhere(cached.library(), chosen.edition_id, str(chosen.ward))
    warning = ward_view.name_warning(name, YEARS_OF[chosen.edition_id], overlap)
    if warning:
        st.warning(warning, icon=":material/warning:")


def _download(facts: pd.DataFrame, chosen: scope.Scope, name: str) -> None:
    tidy = ward_view.download(facts, str(chosen.ward), name, chosen.edition_id)
    evidence.download(tidy, f"ward_{chosen.ward}_{chosen.edition_id}", "", key="ward_csv")
    st.caption(
        "One row a figure, with limits, unit, period, basis, source and where in the source it stands. "
        "To print, use the browser's own print command"
        + ("; *One page to print* fits a sheet of A4." if chosen.council == HOME else ".")
    )


@st.fragment
def _map(chosen: scope.Scope, name: str | None) -> None:
    st.header("Where it is" if name else "On the map")
    table = cached.need_of(chosen.need_id).set_index("area_code")
    everybody = chosen.need.unit == "children" and table["need"].equals(table["denominator"])
    values = 100 * table["need_share"] if everybody else table["percent"]
    banded, dark = equal_count(values, lambda value: f"{value:.1f}%"), style.dark()
    st.caption(
        f"{chosen.need.title}: {'share of the council’s total' if everybody else 'per cent of each ward’s children'}"
        f", {chosen.need.period}." + (" Dots: places listed in the ward." if name and _listed() else "")
    )
    if not layers.drawn(cached.library(), chosen.edition.ward_layer):
        evidence.nothing(f"The boundaries of {chosen.edition.wards} are not held, so there is no map of them.")
        return
    listed = bool(name) and _listed()
    legend.show(banded.counts(), dark)
    clicked = area_map.show(
        cached.map_layer(chosen.edition.ward_layer),
        banded.paints({str(code): [f"{value:.1f}%"] for code, value in values.items()}, dark),
        key=f"ward_{chosen.council.code}_{chosen.edition_id}_{bool(name)}",
        selected=chosen.marked,
        sites=_sites(chosen, dark) if listed else (),
        alt=f"Map of the wards{f'; {name} is outlined' if name else ''}. Choose another to open it.",
    )
    st.caption("Click a ward, or move to it with the Tab key and press Enter, to open it.")
    evidence.download_map(
        lambda: MapView(banded.counts(), banded.paints({}, False), ""),
        cached.map_layer(chosen.edition.ward_layer),
        f"need_{chosen.need_id}_{chosen.ward or 'wards'}",
        chosen.need.basis,
        key="ward_map",
        title=f"{name + ' ward: ' if name else ''}{chosen.need.title}, {chosen.edition.wards} of {chosen.council.name}",
        marked=chosen.marked,
        sites=lambda: _sites(chosen, False) if listed else (),
        sources=chosen.need.sources,
    )
    if clicked and clicked != chosen.ward:
        scope.put("ward", clicked)


def _listed() -> bool:
    """Whether places are listed for the council."""
    return cached.library().holds("SITES")


def _sites(chosen: scope.Scope, dark: bool) -> list[SitePaint]:
    rows = cached.library().table("SITES")
    rows = rows[(rows[chosen.edition.ward_column] == chosen.ward) & rows["edition"].isin([chosen.edition_id, "both"])]
    colour = SERIES[theme(dark)][0]
    return [
        SitePaint(
            row["latitude"],
            row["longitude"],
            colour,
            (row["name"], f"{PLACE_KINDS[row['kind']]}, list of {row['list_year']}"),
        )
        for row in rows.to_dict("records")
    ]


page()
