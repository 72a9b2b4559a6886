"""Need index: which wards need most when chosen indicators are put together, and how far that can be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from analysis.editions import EDITIONS
from analysis.need_index import WAYS, NeedIndex
from analysis.present import need_index_chart, need_index_tables, need_index_view
from analysis.refusal import Refusal
from pages.components import area_map, cached, evidence, legend, need_index_controls, scope, style
from pages.components.cached import need_index as cached_need_index
from pages.components.need_index_controls import Choice

if TYPE_CHECKING:
    import plotly.graph_objects as go


def page() -> None:
    """Answer first, then the choices, the map and chart, what the answer depends on, and the table."""
    chosen = scope.choose()
    st.title("Which wards have the most need, taking several indicators together?")
    said = st.container()
    choice = need_index_controls.choose(chosen.edition_id)
    try:
        results = {way: cached_need_index.need_index_of(choice.edition, choice.weights, way) for way in WAYS}
    except Refusal as refused:
        with said:
            evidence.nothing(str(refused))
        return
    result = results[choice.way]
    with said:
        _answer(results, choice)
    _twice(result)
    left, right = st.columns([1, 1], gap="medium")
    with left:
        _map(result, choice, chosen.marked)
    with right:
        _chart(result, choice)
    _depends(results, choice)
    _table(result, choice)
    _behind(result)


def _answer(results: Mapping[str, NeedIndex], choice: Choice) -> None:
    evidence.answer(*need_index_view.answer(results, choice.way, choice.most))
    result = results[choice.way]
    evidence.badge(result.basis)
    st.caption(need_index_view.caption(result, cached.library()))


def _twice(result: NeedIndex) -> None:
    warning = need_index_view.twice(result)
    if warning:
        st.warning(warning, icon=":material/content_copy:")
    else:
        st.caption(need_index_view.once(result))


@st.fragment
def _map(result: NeedIndex, choice: Choice, marked: tuple[str, ...]) -> None:
    st.header("On the map")
    dark = style.dark()
    view = need_index_view.map_view(result, choice.most, dark)
    st.caption(f"How surely each ward is in the {need_index_view.COUNTS[choice.most]} of most need.")
    legend.show(view.counts, dark)
    clicked = area_map.show(
        cached.map_layer(EDITIONS[result.edition].ward_layer),
        view.paints,
        key=f"need_index_{result.edition}",
        selected=marked,
        alt=view.alt,
    )
    st.caption("Click a ward, or move to it with the Tab key and press Enter, to open everything known of it.")
    evidence.download_map(
        lambda: need_index_view.map_view(result, choice.most, False),
        cached.map_layer(EDITIONS[result.edition].ward_layer),
        f"need_index_{result.edition}",
        result.basis,
        key="need_index_map",
        title=f"How surely each ward is in the {need_index_view.COUNTS[choice.most]} of most need",
        marked=marked,
    )
    if clicked:
        area_map.open_ward(clicked)


def _chart(result: NeedIndex, choice: Choice) -> None:
    st.header("The place of each ward, and how far it moves")
    st.html(need_index_chart.chart(result, choice.most, style.dark(), scope.address_of_ward))


def _depends(results: Mapping[str, NeedIndex], choice: Choice) -> None:
    st.header("How much the answer depends on the weights")
    st.markdown(need_index_view.depends(results[choice.way]))
    st.markdown(need_index_view.across(results, choice.most))
    st.html(need_index_tables.ways(results, choice.most))


def _table(result: NeedIndex, choice: Choice) -> None:
    st.header("Every ward")
    st.caption(need_index_tables.reading(result))
    shown = need_index_tables.table(result, choice.most)
    event = st.dataframe(
        shown,
        hide_index=True,
        height=420,
        on_select="rerun",
        selection_mode="single-row",
        key="need_index_table",
    )
    for row in event["selection"]["rows"]:
        area_map.open_ward(result.wards["area_code"].iloc[row])
    evidence.download(
        need_index_tables.download(result),
        f"need_index_{result.edition}_{'_'.join(result.weights)}",
        result.basis,
        key="need_index_csv",
        shown=shown,
        title=f"Need index, {EDITIONS[result.edition].wards}",
        chart=lambda: _figure(result, choice.most),
    )


def _figure(result: NeedIndex, most: int) -> go.Figure:
    from analysis.present import share_figure  # noqa: PLC0415

    return share_figure.ranks(result, most, dark=False)


def _behind(result: NeedIndex) -> None:
    with st.expander("How this was worked out, and how sure it can be"):
        st.markdown(need_index_tables.method(result))
    evidence.sources([source for item in result.indicators for source in item.sources])


page()
