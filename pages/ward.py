"""Ward: everything known of one ward."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.present import ward_view
from analysis.present.bands import equal_count
from analysis.present.maps import SitePaint
from analysis.present.palette import SERIES, theme
from analysis.reach import PLACE_KINDS
from analysis.ward_places import same_name_elsewhere
from pages.components import area_map, cached, evidence, legend, plain, scope, style

YEARS_OF = {"2020": "since May 2019", "2026": "from 2011 to 2019"}


def page() -> None:
    """A ward in a sentence, then each part of what is known of it; or a way to choose one."""
    chosen = scope.choose()
    if chosen.ward is None:
        _prompt(chosen)
        return
    name = cached.library().names[chosen.ward]
    facts = cached.ward_profile(chosen.edition_id, chosen.ward, chosen.need_id)
    st.title(f"{name} ward")
    st.caption(f"Code {chosen.ward}, one of {chosen.edition.wards}. {chosen.edition.title}.")
    evidence.answer(*ward_view.summary(facts, name, chosen.need.title, chosen.need.short))
    _warn(chosen, name)
    _download(facts, chosen, name)
    left, right = st.columns([5, 6], gap="large")
    with left:
        _map(chosen, name)
    with right:
        _need(facts)
    _sections(facts, chosen)


def _prompt(chosen: scope.Scope) -> None:
    st.title("Everything known of one ward")
    evidence.answer("Choose a ward, from the list or on the map.",
                    f"The {chosen.edition_id} edition uses {chosen.edition.wards}. Each has its need, the provision set "
                    "against it, its neighbourhoods, its children, the places near it, and the older or newer wards on "
                    "the same ground, each figure with its source.")
    _picker(chosen)
    _map(chosen, None)


def _picker(chosen: scope.Scope) -> None:
    names = {code: cached.library().names[code] for code in cached.library().codes(chosen.edition.ward_type)}
    ordered = sorted(names, key=lambda code: names[code])
    picked = st.selectbox("Ward to open", ordered, index=None, format_func=lambda code: names[code],
                          placeholder="Choose a ward", key=f"open_from_{chosen.edition_id}_{chosen.ward}")
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
    st.caption("One row a figure, with limits, unit, period, basis, source and where in the source it stands. "
               "To print the page, use the browser's own print command.")


@st.fragment
def _map(chosen: scope.Scope, name: str | None) -> None:
    st.subheader("Where it is" if name else "On the map")
    table = cached.need_of(chosen.need_id).set_index("area_code")
    everybody = table["percent"].nunique() == 1
    values = 100 * table["need_share"] if everybody else table["percent"]
    banded, dark = equal_count(values, lambda value: f"{value:.1f}%"), style.dark()
    st.caption(f"{chosen.need.title}: {'share of the council’s total' if everybody else 'per cent of each ward’s children'}"
               f", {chosen.need.period}." + (" Dots: places listed in the ward." if name else ""))
    legend.show(banded.counts(), dark)
    clicked = area_map.show(
        cached.map_layer(chosen.edition.ward_layer),
        banded.paints({code: [f"{value:.1f}%"] for code, value in values.items()}, dark),
        key=f"ward_{chosen.edition_id}_{bool(name)}",
        selected=chosen.ward,
        sites=_sites(chosen, dark) if name else (),
        alt=f"Map of the wards{f'; {name} is outlined' if name else ''}. Choose another to open it.",
    )
    st.caption("Click a ward, or move to it with the Tab key and press Enter, to open it.")
    if clicked and clicked != chosen.ward:
        scope.put("ward", clicked)


def _sites(chosen: scope.Scope, dark: bool) -> list[SitePaint]:
    rows = cached.library().table("SITES")
    rows = rows[(rows[chosen.edition.ward_column] == chosen.ward) & rows["edition"].isin([chosen.edition_id, "both"])]
    colour = SERIES[theme(dark)][0]
    return [
        SitePaint(row.latitude, row.longitude, colour, (row.name_, f"{PLACE_KINDS[row.kind]}, list of {row.list_year}"))
        for row in rows.rename(columns={"name": "name_"}).itertuples()
    ]


def _need(facts: pd.DataFrame) -> None:
    _section(facts, "need", "Need", ward_view.need_table(facts),
             "Need by lens", "Each line counts need in another way; they are never added. Limits are 95% limits.")


def _sections(facts: pd.DataFrame, chosen: scope.Scope) -> None:
    _section(facts, "provision", "Provision against need", ward_view.provision_table(facts), "Provision by lens",
             f"Against the ward's share of {chosen.need.short}. *Over its share* is what there is over what that share would "
             "give: below 1 is less. The range is 95% limits for contact and caseload, and the lowest and highest "
             "of the catchments for places within reach, which are never certain.")
    if chosen.edition_id == "2020":
        _section(facts, "toxic_trio", "Toxic trio", ward_view.toxic_trio_table(facts), "Parents known to services",
                 "The source's term for domestic abuse, parental mental ill-health and substance misuse in one family. It is "
                 "contested, and describes circumstances, not people. These are parents already in services, so the "
                 "ward is not rated or ranked on them.")
    _section(facts, "deprivation", "Its neighbourhoods", ward_view.deprivation_table(facts), "Neighbourhoods of the ward",
             "Neighbourhoods are lower-layer super output areas (LSOAs) that best fit the ward. Tenth 1 is the most deprived "
             "tenth of England. IMD: Index of Multiple Deprivation. IDACI: Income Deprivation Affecting Children "
             "Index; 2025 counts income after housing costs, so it is not compared with earlier years.")
    if chosen.edition_id == "2026":
        _section(facts, "low_income", "Children in low-income families, 2022 to 2025", ward_view.low_income_table(facts),
                 "Low income by year", "Relative low income, children aged 0-15, provisional. Wilson 95% limits are ours.")
    _section(facts, "children", "Its children by age", ward_view.children_table(facts), "Residents by age band",
             "Mid-year estimates of the neighbourhoods that best fit the ward; bands overlap and are not added.")
    _section(facts, "located", "Places in the ward", ward_view.located_table(facts), "Places located in the ward",
             "Located in a ward is not the same as serving it: see what is within reach, below.")
    _section(facts, "reach", "Places within reach of its children", ward_view.reach_table(facts), "Places within reach",
             f"Places per 1,000 children aged 0-15, and minutes to the nearest, with {ward_view.SHORT_COUNCIL} in brackets. Straight "
             "line times 1.3 stands in for the journey; places outside the council are not on the lists, and the "
             "list of GP surgeries of 2022 holds main sites only.")
    other = "wards since 2019" if chosen.edition_id == "2020" else "wards of 2011 to 2019"
    _section(facts, "same_ground", f"Which {other} cover the same ground", ward_view.same_ground_table(facts),
             "Overlap with wards of the other vintage", "Shares of postcodes (about where people live) and of land.")


def _section(facts: pd.DataFrame, section: str, title: str, table: pd.DataFrame, caption: str, words: str) -> None:
    basis = "illustrative" if (ward_view.of(facts, section)["basis"] == "illustrative").all() else "published"
    st.subheader(evidence.headed(title, basis))
    st.caption(words)
    plain.table(table, caption, under="Of" if "Of" in table else None)
    st.caption(f"**Source:** {ward_view.sources(facts, section)}")


page()
