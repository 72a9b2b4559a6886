"""Overview: where does need outstrip provision, and how sure are we?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from analysis.gap import Gap
from analysis.present import gap_view, share_chart, words
from analysis.refusal import Refusal
from pages.components import (
    area_map,
    cached,
    downloads,
    equity_panel,
    evidence,
    legend,
    locality_line,
    own_return,
    pack_link,
    scope,
    style,
    worst_five_panel,
)

if TYPE_CHECKING:
    import plotly.graph_objects as go

MEASURES = {"gap": "Gap", "need": "Need", "provision": "Provision"}


def page() -> None:
    """Answer first, then the tally and the worst five, the map and chart, the table, equity and the method."""
    chosen = scope.choose()
    st.title("Where does need outstrip provision?")
    try:
        result = cached.gap_of(chosen.edition_id, chosen.need_id, chosen.provision_id, small_counts=chosen.small_counts)
    except Refusal as refused:
        evidence.nothing(str(refused))
        return
    _answer(result, chosen.marked)
    locality_line.say(chosen)
    left, right = st.columns([6, 5], gap="large")
    with left:
        _map(result, chosen.marked)
    with right:
        _chart(result)
    _table(result)
    _behind(result)
    worst_five_panel.show(result)
    equity_panel.show(result)
    pack_link.offer("overview_pack")
    own_return.invite(result)


def _answer(result: Gap, marked: tuple[str, ...]) -> None:
    sentence, more = words.headline(result)
    evidence.answer(sentence, more)
    evidence.badge(result.basis)
    evidence.tally(gap_view.tally(result), style.dark())
    worst_five_panel.sentence(result)
    st.caption(f"**Need:** {result.need.title}. **Provision:** {result.provision.title}. {result.note}")
    _everything(result, marked)


def _everything(result: Gap, marked: tuple[str, ...]) -> None:
    name = f"gap_{_named(result)}"
    whole = downloads.Everything(
        tables=lambda: [(name, gap_view.download(result), gap_view.table(result))],
        layer=cached.map_layer(_layer(result)),
        areas=lambda: gap_view.download(result),
        view=lambda: gap_view.map_view(result, "gap", False),
        notes=lambda: [gap_view.method(result)],
        marked=marked,
    )
    of = downloads.subject(name, result.basis, gap_view.titled(result), _sources(result))
    downloads.everything(of, name, "gap_zip", whole)


def _sources(result: Gap) -> list[str]:
    return [*result.need.sources, *result.provision.sources_for(result.edition)]


@st.fragment
def _map(result: Gap, marked: tuple[str, ...]) -> None:
    st.header(evidence.headed("On the map", result.basis))
    measure = scope.option("show", "Show on the map", [*MEASURES], "gap", MEASURES, draw=st.segmented_control)
    dark = style.dark()
    view = cached.gap_map(
        result.edition, result.need.id, result.provision.id, measure, dark, small_counts=result.small_counts
    )
    st.caption(gap_view.meaning(result, measure))
    legend.show(view.counts, dark)
    clicked = area_map.show(
        cached.map_layer(_layer(result)),
        view.paints,
        key=f"overview_{result.edition}",
        selected=marked,
        alt=view.alt,
    )
    st.caption("Click a ward, or move to it with the Tab key and press Enter, to open everything known of it.")
    evidence.download_map(
        lambda: gap_view.map_view(result, measure, False),
        cached.map_layer(_layer(result)),
        f"{measure}_{_named(result)}",
        result.basis,
        key="gap_map",
        title=f"{MEASURES[measure]}: {gap_view.titled(result)}",
        marked=marked,
        note=f"{gap_view.meaning(result, measure)} {result.note}",
        sources=_sources(result),
    )
    if clicked:
        area_map.open_ward(clicked)


def _named(result: Gap) -> str:
    return f"{result.edition}_{result.need.id}_{result.provision.id}"


def _layer(result: Gap) -> str:
    return "wards_2011" if result.edition == "2020" else "wards_2019"


def _chart(result: Gap) -> None:
    st.header(evidence.headed("Share of need beside share of provision", result.basis))
    st.html(share_chart.chart(result, style.dark(), scope.address_of_ward))


def _table(result: Gap) -> None:
    st.header(evidence.headed("Every ward", result.basis))
    shown = cached.gap_table(result.edition, result.need.id, result.provision.id, small_counts=result.small_counts)
    event = st.dataframe(
        shown, hide_index=True, height=420, on_select="rerun", selection_mode="single-row", key="gap_table"
    )
    for row in event["selection"]["rows"]:
        area_map.open_ward(gap_view.ordered(result)["area_code"].iloc[row])
    title = f"Share of need beside share of provision: {gap_view.titled(result)}"
    table, name = gap_view.download(result), f"gap_{_named(result)}"
    evidence.download(table, name, result.basis, key="gap_csv", shown=shown, title=title, chart=lambda: _figure(result))


def _figure(result: Gap) -> go.Figure:
    from analysis.present import share_figure  # noqa: PLC0415

    return share_figure.shares(result, dark=False)


def _behind(result: Gap) -> None:
    with st.expander("How this was worked out, and how sure it can be"):
        st.markdown(gap_view.method(result))
        if result.provision.kind == "caseload":
            st.markdown(words.typical_power(result))
    evidence.sources(_sources(result))


page()
