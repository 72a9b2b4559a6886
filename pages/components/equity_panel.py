"""Equity on the Overview: is the gap patterned by deprivation, and how much would have to move?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from analysis.equity import Equity, sources_for
from analysis.gap import Gap
from analysis.present import concentration_curve, equity_view
from analysis.refusal import Refusal
from pages.components import cached, evidence, plain, style

if TYPE_CHECKING:
    import plotly.graph_objects as go


def show(result: Gap) -> None:
    """The answer, a sentence a measure, the picture, the tables with their downloads and the method."""
    st.header(evidence.headed("Equity: is the gap patterned by deprivation?", equity_view.basis(result)))
    try:
        found = cached.equity_of(result.edition, result.need.id, result.provision.id, small_counts=result.small_counts)
    except Refusal as refused:
        evidence.nothing(str(refused))
        return
    evidence.answer(equity_view.answer(found, result))
    if equity_view.basis(result) != result.basis:
        evidence.badge(equity_view.basis(result))
    left, right = st.columns([5, 6], gap="large")
    with left:
        _picture(found, result)
    with right:
        st.markdown("\n".join(f"- {words}" for words in equity_view.sentences(found, result)))
    _measures(found, result)
    _behind(found, result)


def _picture(found: Equity, result: Gap) -> None:
    reading = equity_view.reading(found)
    alt = f"Curves of need and of provision from the most to the least deprived ward. {reading}"
    made_up = result.basis == "illustrative"
    st.html(concentration_curve.picture(found.wards, alt, style.dark(), made_up=made_up))
    st.caption(f"{reading} A curve above the dashed line leans towards more deprived wards; below it, away from them.")


def _measures(found: Equity, result: Gap) -> None:
    plain.table(equity_view.measures(found, result), "Measures of equity")
    _download(equity_view.measures_download(found, result), "equity", result, key="equity_csv")


def _behind(found: Equity, result: Gap) -> None:
    with st.expander("The wards behind the picture, and how this was worked out"):
        st.markdown(equity_view.method(found, result))
        plain.table(equity_view.along(found), "Wards in order of deprivation, with what they hold together so far")
        _download(equity_view.along_download(found, result), "along_deprivation", result, key="along_csv", drawn=found)
    evidence.sources(sources_for(result.edition))


def _download(table: pd.DataFrame, what: str, result: Gap, *, key: str, drawn: Equity | None = None) -> None:
    name = f"{what}_{result.edition}_{result.need.id}_{result.provision.id}"
    chart = None if drawn is None else lambda: _figure(drawn)
    evidence.download(table, name, equity_view.basis(result), key=key, chart=chart)


def _figure(found: Equity) -> go.Figure:
    from analysis.present import plain_figures  # noqa: PLC0415

    return plain_figures.curve(found.wards, dark=False)
