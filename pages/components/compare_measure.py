"""One measure in one period: the council beside the places chosen, as a sentence, a chart and a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from analysis import compare
from analysis.editions import COUNCIL
from analysis.indicators import SOURCES, Indicators
from analysis.present import compare_view, indicators_view
from analysis.sources.tables.observations import TOPICS
from pages.components import cached, evidence, plain, scope, style
from pages.components.cached import compare as cached_compare
from pages.components.cached import indicators as cached_indicators

if TYPE_CHECKING:
    import plotly.graph_objects as go

USUAL = compare.OPENING["social care"]
ALL_BLANK = ""


def show() -> None:
    """Draw the choices, the answer, the places beside one another, and the four councils over the years."""
    held = cached_indicators.all_indicators()
    topic, middle, right = st.columns([1, 2, 1])
    indicator = _measure(held, topic, middle)
    period = _period(held, indicator, right)
    codes = _places(held)
    about = held.about(indicator)
    found = cached_compare.places_compared(indicator, period, tuple(codes)) if period else held.of(indicator).iloc[:0]
    evidence.answer(*compare_view.answer(held, indicator, period or None, found))
    _offer_rate(held, indicator)
    evidence.badge(_basis(held, indicator, found))
    st.caption(compare_view.means(about))
    if period:
        _beside(held, indicator, period, found)
        _years(held, indicator)
    with st.expander("How this was worked out, and what it cannot say"):
        st.markdown(compare_view.METHOD)
        st.markdown(indicators_view.meaning(about, _basis(held, indicator, found)))
    evidence.sources([f"{SOURCES[str(about['source'])]}_OBSERVATIONS", "STATISTICAL_NEIGHBOURS"])


def _measure(held: Indicators, left: Any, right: Any) -> str:
    ids = [*held.table.index]
    current = scope.held("indicator", ids, USUAL)
    topics = held.table["topic"]
    with left:
        now = str(topics[current])
        topic = str(st.selectbox("Topic", TOPICS, index=TOPICS.index(now), format_func=str.capitalize))
    if topic != now:
        scope.put("indicator", compare.OPENING[topic])
    inside = held.table[topics == topic].sort_values("title")
    titles = {str(name): str(title) for name, title in inside["title"].items()}

    def draw(words: str, _: list[str], **given: Any) -> object:
        return st.selectbox(words, [*titles], **given)

    with right:
        return scope.option("indicator", "Measure (type to search)", ids, USUAL, titles, draw=draw)


def _period(held: Indicators, indicator: str, place: Any) -> str:
    every = compare.places(held, compare.GROUPS)
    rows = held.of(indicator)
    found = compare.periods(rows, every)
    with place:
        return scope.option("period", "Period", found or [ALL_BLANK], compare.usual_period(rows, every) or ALL_BLANK)


def _places(held: Indicators) -> list[str]:
    groups = scope.several("beside", "Places beside B&NES", compare.GROUPS, compare.GROUPS, compare_view.GROUP_WORDS)
    return compare.places(held, groups)


def _offer_rate(held: Indicators, indicator: str) -> None:
    rate = compare.rate_of(held, indicator)
    if rate:
        st.button("Compare that instead", on_click=scope.hold, args=("indicator", rate), icon=":material/percent:")


def _basis(held: Indicators, indicator: str, found: pd.DataFrame) -> str:
    rows = found if len(found) else held.of(indicator)
    ours = rows[rows["area_code"] == COUNCIL]["basis"].dropna()
    return str((ours if len(ours) else held.of(indicator)["basis"]).iloc[0])


def _beside(held: Indicators, indicator: str, period: str, found: pd.DataFrame) -> None:
    about, names, dark = held.about(indicator), cached.library().names, style.dark()
    st.header(f"Places beside one another, {period}")
    if about["comparable"] and found["value"].notna().sum() > 1:
        from analysis.present import compare_figures  # noqa: PLC0415

        st.html(compare_view.key(found, "dark" if dark else "light"))
        drawn = compare_figures.side_by_side(held, indicator, found, names, dark)
        st.plotly_chart(drawn, key="compare_places", config={"displayModeBar": False})
    table, drawn_too = compare_view.table(held, indicator, found, names), bool(about["comparable"])
    plain.table(table, f"{about['title']}, {period}", under="where")
    left_out = compare_view.left_out(held, indicator, list(found["area_code"]), names)
    if left_out:
        st.caption(left_out)
    rows = compare_view.download(held, indicator, found, names)
    evidence.download(
        rows,
        f"compare_{indicator}_{period.replace('/', '-')}",
        evidence.weakest(found["basis"].dropna()),
        key="compare_csv",
        shown=table,
        title=f"{about['title']}, {period}",
        note=compare_view.key_in_words(found),
        chart=(lambda: _figure(held, indicator, found, names)) if drawn_too and found["value"].notna().any() else None,
    )


def _figure(held: Indicators, indicator: str, found: pd.DataFrame, names: Mapping[str, str]) -> go.Figure:
    from analysis.present import compare_figures  # noqa: PLC0415

    return compare_figures.side_by_side(held, indicator, found, names, dark=False)


def _years(held: Indicators, indicator: str) -> None:
    st.header("The four councils over the years")
    rows = held.of(indicator)
    known = rows[rows["area_code"].isin(compare.FOUR) & rows["value"].notna()]
    if not held.about(indicator)["comparable"]:
        evidence.nothing("Plain counts of councils of different sizes are not drawn beside one another.")
    elif known["period"].nunique() < 2:
        evidence.nothing(
            "Fewer than two periods are held for the four councils, so there is nothing to draw over time."
        )
    else:
        from analysis.present import compare_figures  # noqa: PLC0415

        names = cached.library().names
        drawn = compare_figures.over_years(held, indicator, names, style.dark())
        st.plotly_chart(drawn, key="compare_years", config={"displayModeBar": False})
        evidence.download_chart(
            lambda: compare_figures.over_years(held, indicator, names, dark=False),
            f"compare_{indicator}_years",
            evidence.weakest(known["basis"]),
            key="compare_years_picture",
            title=f"{held.about(indicator)['title']}, the four councils over the years",
        )
        st.caption("Years are as each source names them. Bars on the line of B&NES are 95% limits where they are held.")
