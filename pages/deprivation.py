"""Deprivation: which neighbourhoods and wards are deprived, in what, and where averages hide it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from analysis.deprivation import DOMAINS, vintage_of, years_held
from analysis.present import deprivation_figures, deprivation_tables, deprivation_view, five_measures_view, layers
from analysis.present.bands import Banded
from analysis.present.gap_view import MapView
from analysis.sources.council import HOME
from pages.components import (
    area_map,
    cached,
    clusters,
    deprivation_sections,
    downloads,
    evidence,
    five_measures,
    legend,
    scope,
    style,
)
from pages.components.cached import deprivation as cached_deprivation

if TYPE_CHECKING:
    import plotly.graph_objects as go

GEOGRAPHIES = {"neighbourhoods": "Neighbourhoods", "wards": "Wards"}
WORST = "worst"
WARD_MEASURES = {
    **{measure.id: measure.title for measure in five_measures_view.SHOWN.values()},
    WORST: "Tenth of the most deprived neighbourhood",
}
LAYERS = {"lsoa11_code": "lsoa_2011", "lsoa21_code": "lsoa_2021"}


@dataclass(frozen=True)
class View:
    """What the page shows: rows by neighbourhood, and by ward where they may be summed."""

    scope: scope.Scope
    domain: str
    year: int
    by_ward: bool
    rows: pd.DataFrame
    wards: pd.DataFrame | None
    why_not: str

    @property
    def summed(self) -> bool:
        """Whether wards are shown, which is not possible for every year."""
        return self.by_ward and self.wards is not None

    @property
    def areas(self) -> pd.DataFrame:
        """The rows shown on the map and in the table."""
        return self.rows if self.wards is None or not self.by_ward else self.wards

    @property
    def scored(self) -> bool:
        """Whether the chart shows the average score of each ward."""
        return self.by_ward and bool(self.areas["status"].eq("ok").all())

    @property
    def basis(self) -> str:
        """Modelled where wards are summed or a score is estimated."""
        return "modelled" if self.summed or "modelled" in set(self.rows["basis"]) else "published"

    @property
    def layer(self) -> str:
        """The boundaries of the map."""
        return self.scope.edition.ward_layer if self.by_ward else LAYERS[vintage_of(self.year)]

    @property
    def title(self) -> str:
        """What files of the view are called."""
        areas = self.scope.edition.wards if self.by_ward else "neighbourhoods"
        return f"{DOMAINS[self.domain]}, Indices of Deprivation {self.year}, {areas} of {self.scope.council.name}"

    @property
    def id(self) -> str:
        """Names the view in keys and files."""
        place = "" if self.scope.council == HOME else f"_{self.scope.council.code}"
        shown = "wards" if self.by_ward else "neighbourhoods"
        return f"{self.domain}_{self.year}_{shown}_{self.scope.edition_id}{place}"


def page() -> None:
    """Answer first, then map and chart, table, all domains, change, and what belongs to the edition."""
    chosen = scope.choose()
    st.title("Where is deprivation, and where do averages hide it?")
    view = _choose(chosen)
    _answer(view)
    if view.by_ward and view.wards is None:
        _cannot(view)
    else:
        _shown(view)
    if view.wards is not None:
        five_measures.section(view.wards, view.year, view.domain, chosen.edition_id)
    deprivation_sections.domains(view.year, view.domain)
    deprivation_sections.change(view.domain, chosen.edition.ward_column)
    if chosen.edition_id == "2020":
        deprivation_sections.printed()
    else:
        deprivation_sections.low_income()
    if layers.drawn(cached.library(), LAYERS[vintage_of(view.year)]):
        clusters.section(view.year, view.domain, chosen.edition.ward_column)
    else:
        st.caption("Whether deprived neighbourhoods cluster cannot be tested, because their boundaries are not held.")
    _behind(view)


def _choose(chosen: scope.Scope) -> View:
    first, second, third = st.columns([5, 4, 4])
    years = [str(year) for year in years_held(cached.library())]
    newest = "2025" if chosen.edition_id == "2026" else "2015"
    with first:
        domain = scope.option("domain", "Domain or index", [*DOMAINS], "imd", DOMAINS)
    with second:
        year = int(scope.option("year", "Indices of", years, newest, draw=st.segmented_control))
    with third:
        shown = scope.option(
            "geography", "Shown by", [*GEOGRAPHIES], "neighbourhoods", GEOGRAPHIES, draw=st.segmented_control
        )
    column = chosen.edition.ward_column
    wards, why_not = None, cached_deprivation.why_not_summed(year, column)
    if not why_not:
        wards = cached_deprivation.deprivation_by_ward(year, domain, column)
        wards = wards.assign(area_name=wards["area_code"].map(cached.library().names))
    rows = cached_deprivation.placed_neighbourhoods(year, domain, column)
    return View(chosen, domain, year, shown == "wards", rows, wards, why_not)


def _answer(view: View) -> None:
    evidence.answer(*deprivation_view.answer(view.rows, view.year, view.domain, view.wards, _short(view)))
    evidence.badge(view.basis)
    st.caption(
        deprivation_view.shown_in_words(view.rows, view.year, view.domain, view.summed, view.scope.edition.wards)
    )


def _short(view: View) -> str:
    return view.scope.council.short_name


def _cannot(view: View) -> None:
    evidence.nothing(view.why_not)
    if st.button("Show neighbourhoods instead", icon=":material/arrow_forward:"):
        scope.put("geography", "neighbourhoods")


def _everything(view: View, banded: Banded) -> None:
    name, noun = f"deprivation_{view.id}", "wards" if view.by_ward else "neighbourhoods"
    make = deprivation_tables.ward_table if view.by_ward else deprivation_tables.table

    def figures() -> pd.DataFrame:
        return deprivation_tables.download(view.areas, view.year, view.domain)

    whole = downloads.Everything(
        tables=lambda: [(name, figures(), make(view.areas, view.domain))],
        layer=cached.map_layer(view.layer),
        areas=figures,
        view=lambda: MapView(banded.counts(), banded.paints({}, False), ""),
        notes=lambda: [deprivation_tables.METHOD],
        marked=view.scope.marked if view.by_ward else None,
        noun=noun,
    )
    downloads.everything(downloads.subject(name, view.basis, view.title), name, "deprivation_zip", whole)


def _shown(view: View) -> None:
    left, right = st.columns([6, 5], gap="large")
    with left:
        _map(view)
    with right:
        _chart(view)
    st.header("Every ward" if view.by_ward else "Every neighbourhood")
    make = deprivation_tables.ward_table if view.by_ward else deprivation_tables.table
    shown = make(view.areas, view.domain)
    st.dataframe(shown, hide_index=True, width="stretch", height=400)
    council = cached_deprivation.council_score(view.year, view.domain)
    evidence.download(
        deprivation_tables.download(view.areas, view.year, view.domain),
        f"deprivation_{view.id}",
        view.basis,
        key="deprivation_csv",
        shown=shown,
        title=view.title,
        chart=lambda: _figure(view, council, dark=False),
    )


@st.fragment
def _map(view: View) -> None:
    st.header("On the map")
    layer = view.layer
    if not layers.drawn(cached.library(), layer):
        what = "wards" if view.by_ward else "neighbourhoods"
        evidence.nothing(
            f"The boundaries of the {what} of {view.scope.council.name} are not held, so there is no map of them."
        )
        return
    banded, tips = _painted_wards(view) if view.by_ward else _painted_neighbourhoods(view)
    dark, noun = style.dark(), "wards" if view.by_ward else "neighbourhoods"
    legend.show(banded.counts(), dark, noun)
    clicked = area_map.show(
        cached.map_layer(layer),
        banded.paints(tips, dark),
        key=f"deprivation_{view.scope.council.code}_{view.scope.edition_id}_{layer}",
        selected=view.scope.marked if view.by_ward else None,
        alt=deprivation_view.spoken(banded, noun),
    )
    st.caption(
        "Click an area, or move to it with the Tab key and press Enter, to open everything known of "
        + ("the ward." if view.by_ward else "the ward it best fits.")
    )
    evidence.download_map(
        lambda: MapView(banded.counts(), banded.paints({}, False), ""),
        cached.map_layer(layer),
        f"deprivation_{view.id}",
        view.basis,
        key="deprivation_map",
        title=view.title,
        marked=view.scope.marked if view.by_ward else None,
        noun=noun,
    )
    _everything(view, banded)
    if clicked:
        area_map.open_ward(clicked if view.by_ward else str(view.rows.set_index("area_code").loc[clicked, "ward_code"]))


def _painted_neighbourhoods(view: View) -> tuple[Banded, dict[str, list[str]]]:
    return deprivation_view.by_decile(view.rows), deprivation_view.tooltips(view.rows, view.domain)


def _painted_wards(view: View) -> tuple[Banded, dict[str, list[str]]]:
    blank = view.areas["blank_reason"].iloc[0]
    allowed = [measure for measure in WARD_MEASURES if not (blank and measure == "score")]
    chosen = scope.option("average", "Colour wards by", allowed, WORST if blank else "score", WARD_MEASURES)
    if blank:
        st.caption(f"Wards have no average score here. {blank} The other measures need ranks and tenths only.")
    tips = deprivation_view.ward_tooltips(view.areas, view.domain)
    if chosen == WORST:
        return deprivation_view.by_decile(view.areas.rename(columns={"worst_decile": "decile"})), tips
    measure = five_measures_view.SHOWN[chosen]
    st.caption(f"**{measure.title}**: {measure.worse}. {measure.meaning}")
    return five_measures_view.bands(view.areas, view.domain, measure), {
        row["area_code"]: [
            *([five_measures_view.tooltip(row, measure, view.domain)] if chosen != "score" else []),
            *tips[row["area_code"]],
        ]
        for _, row in view.areas.iterrows()
    }


def _chart(view: View) -> None:
    st.header("Each ward, and the range inside it" if view.scored else "Where the neighbourhoods of each ward stand")
    council = cached_deprivation.council_score(view.year, view.domain)
    area_map.chart(_figure(view, council, style.dark()), f"chart_{view.id}")


def _figure(view: View, council: float | None, dark: bool) -> go.Figure:
    if view.scored:
        return deprivation_figures.averages(view.areas, view.domain, council, dark, _short(view))
    return deprivation_figures.standing(view.rows, dark)


def _behind(view: View) -> None:
    with st.expander("How this was worked out, and how sure it can be"):
        st.markdown(f"{deprivation_tables.METHOD}\n\n{five_measures_view.METHOD}")
    lookups = ["LOOKUP_LSOA21"] if view.year == 2025 else ["LOOKUP_LSOA11", "IOD_POPULATION"]
    behind = [f"IOD{view.year}", *lookups, "LOOKUP_LSOA11_LSOA21", "IOD_COUNCIL"]
    evidence.sources([contract for contract in behind if cached.library().holds(contract)])


page()
