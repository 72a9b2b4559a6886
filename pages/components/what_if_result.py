"""What a scenario comes to: the answer, the map, who gains and loses, every ward, sites, and other scenarios."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from analysis.editions import EDITIONS
from analysis.present import what_if_chart, what_if_tables, what_if_view
from analysis.present.maps import SitePaint
from analysis.present.palette import SERIES, theme
from analysis.present.words import literal
from analysis.scenario import file
from analysis.scenario.outcome import Outcome
from analysis.scenario.steps import MOST_NAME
from pages.components import (
    area_map,
    cached,
    downloads,
    evidence,
    legend,
    pack_link,
    scope,
    style,
    what_if_controls,
    what_if_sites,
    what_if_state,
)
from pages.components.what_if_state import Look

if TYPE_CHECKING:
    import plotly.graph_objects as go


@st.fragment
def show(look: Look) -> None:
    """Everything that changes with a change, run again by itself when one is made."""
    text = what_if_state.text(look)
    result = what_if_state.tried(look, text)
    basis = what_if_tables.basis_of(result)
    evidence.answer(*what_if_view.answer(result, look.now))
    evidence.badge(basis)
    st.info(what_if_view.NOT_STAFF, icon=":material/groups:")
    _everything(result, basis)
    left, right = st.columns([4, 7], gap="large")
    with right:
        _map(result, basis)
    with left:
        st.header("Try changes")
        what_if_controls.show(look, text, result)
    _lists(result, basis)
    _table(result, basis)
    what_if_sites.reach(look, text, result)
    _beside(look, result, basis)
    pack_link.offer("what_if_pack")


def _everything(result: Outcome, basis: str) -> None:
    name = f"what_if_{result.today.edition}_{result.today.service}"
    whole = downloads.Everything(
        tables=lambda: [(name, what_if_tables.download(result), what_if_tables.table(result))],
        layer=cached.map_layer(EDITIONS[result.today.edition].ward_layer),
        areas=lambda: what_if_tables.download(result),
        view=lambda: what_if_view.map_view(result, "short", False),
        notes=lambda: [what_if_tables.method(result)],
    )
    of = downloads.subject(name, basis, "What if places were moved: every ward beside its fair share")
    downloads.everything(of, name, "what_if_zip", whole)


def _map(result: Outcome, basis: str) -> None:
    st.header(evidence.headed("On the map", basis))
    dark = style.dark()
    measures = what_if_view.MEASURES
    measure = scope.option("show_places", "Show", [*measures], "short", measures, draw=st.segmented_control)
    view = what_if_view.map_view(result, measure, dark)
    legend.show(view.counts, dark)
    area_map.show(
        cached.map_layer(EDITIONS[result.today.edition].ward_layer),
        view.paints,
        key=f"what_if_{result.today.edition}",
        alt=view.alt,
        sites=_dots(result, dark),
    )
    evidence.download_map(
        lambda: what_if_view.map_view(result, measure, False),
        cached.map_layer(EDITIONS[result.today.edition].ward_layer),
        f"what_if_{measure}_{result.today.edition}",
        basis,
        key="what_if_map",
        title=f"{measures[measure]}, if places were changed",
        sites=lambda: _dots(result, False),
    )
    made_up = "illustrative sites" if result.today.sites_basis == "illustrative" else "sites"
    st.caption(
        f"Wards are coloured by the places for the people who live there; dots are {made_up}, where places stand."
    )


def _dots(result: Outcome, dark: bool) -> list[SitePaint]:
    colour = SERIES[theme(dark)][2]
    return [
        SitePaint(site["latitude"], site["longitude"], colour, (site["name"], f"{site['places']} places"))
        for site in result.changed.sites.to_dict("records")
        if site["places"] > 0
    ]


def _lists(result: Outcome, basis: str) -> None:
    left, right = st.columns([4, 7], gap="large")
    with left:
        st.header(evidence.headed("Who gains, who loses, what stays unmet", basis))
        for title, lines in what_if_view.three_lists(result).items():
            st.markdown(f"**{title}**\n\n" + ("\n".join(f"- {line}" for line in lines) or what_if_view.EMPTY[title]))
        _judged(result)
    with right:
        st.header(evidence.headed("Places beside fair share", basis))
        st.html(what_if_chart.chart(result, style.dark(), scope.address_of_ward, basis))


def _judged(result: Outcome) -> None:
    judged = what_if_view.moves_judged(result)
    if judged:
        st.markdown("**How often each move is right**\n\n" + "\n".join(f"- {line}" for line in judged))


def _table(result: Outcome, basis: str) -> None:
    st.header(evidence.headed("Every ward", basis))
    shown = what_if_tables.table(result)
    st.dataframe(shown, hide_index=True, height=420)
    name = f"what_if_{result.today.edition}_{result.today.service}"
    evidence.download(
        what_if_tables.download(result),
        name,
        basis,
        key="what_if_csv",
        shown=shown,
        title="Places of every ward beside its fair share, if they were changed",
        chart=lambda: _figure(result),
    )


def _figure(result: Outcome) -> go.Figure:
    from analysis.present import share_figure  # noqa: PLC0415

    return share_figure.places(result, dark=False)


def _beside(look: Look, result: Outcome, basis: str) -> None:
    st.header(evidence.headed("Compare and save", basis))
    kept = what_if_state.compared(look)
    mine = {f"{result.scenario.name} (trying)": result} if result.scenario.steps or result.scenario.children else {}
    shown = {"Today": look.now, **mine, **{f"{title} (kept)": other for title, other in kept.items()}}
    st.html(what_if_tables.compared(shown))
    apart = literal(", ".join(title for title in what_if_state.beside() if title not in kept))
    if apart:
        st.caption(f"Kept, but for another service, edition or need, so not shown here: {apart}.")
    _kept_and_saved(result, changed=bool(mine))
    for title in what_if_state.beside():
        words = f"Take away “{literal(title)}”"
        st.button(words, on_click=what_if_state.put_away, args=(title,), key=f"what_if_away_{title}")


def _kept_and_saved(result: Outcome, *, changed: bool) -> None:
    if scope.said(what_if_state.NAMED) is None:
        scope.hold(what_if_state.NAMED, result.scenario.name)
    name, keep, save = st.columns([3, 2, 2], vertical_alignment="bottom")
    with name:
        st.text_input(
            "Name of this scenario",
            max_chars=MOST_NAME,
            key=what_if_state.NAMED,
            on_change=lambda: scope.keep(what_if_state.NAME, _line(scope.said(what_if_state.NAMED))),
        )
    with keep:
        st.button(
            "Keep to compare",
            icon=":material/splitscreen_right:",
            on_click=what_if_state.keep_beside,
            args=(result.scenario,),
            disabled=len(what_if_state.beside()) >= what_if_state.MOST_BESIDE or not changed,
            help=f"Up to {what_if_state.MOST_BESIDE} scenarios stand beside today and the one you are trying.",
            width="stretch",
        )
    with save:
        st.download_button(
            "Save this scenario",
            file.written(result.scenario, result.today.basis),
            file_name=evidence.file_name("scenario", "json"),
            mime="application/json",
            icon=":material/save:",
            on_click="ignore",
            width="stretch",
        )


def _line(words: object) -> str:
    return "".join(sign for sign in str(words or "") if sign.isprintable()).strip() or what_if_state.USUAL_NAME
