"""The search box over all indicators, with results as the reader types."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from analysis import indicators
from analysis.present.words import number
from pages.components import scope
from pages.components.cached import indicators as cached_indicators

SCRIPT = Path(__file__).with_suffix(".js")
KEY, TAKEN = "indicator_search", "indicator_taken"
SHOWN = 40


@st.fragment
def box() -> None:
    """Draw the box; choosing a result, or a link to an indicator or a topic, runs the page again with it."""
    if st.session_state.pop(TAKEN, False):
        st.rerun()
    held = cached_indicators.all_indicators()
    words = str((st.session_state.get(KEY) or {}).get("words") or "")
    found = indicators.search(held, words) if indicators.plain(words) else []
    cached_indicators.indicator_search(SCRIPT)(
        key=KEY,
        data={"words": words, "said": _said(words, len(found), len(held.table)), "results": _results(held, found)},
        default={"words": ""},
        on_words_change=lambda: None,
        on_indicator_change=lambda: _take("indicator"),
        on_subject_change=lambda: _take("subject"),
    )


def _take(name: str) -> None:
    asked = st.session_state[KEY].get(name)
    if asked:
        scope.hold(name, str(asked))
        scope.hold("period", "")
        st.session_state[TAKEN] = True


def _said(words: str, found: int, held: int) -> str:
    if not indicators.plain(words):
        return f"{number(held)} indicators are held."
    if not found:
        return f"No indicator holds “{words.strip()}”. Try fewer words, or another one."
    best = f"; the best {SHOWN} are listed" if found > SHOWN else ""
    return f"{number(found)} of {number(held)} indicators{best}."


def _results(held: indicators.Indicators, found: list[str]) -> list[dict[str, str]]:
    rows = held.table.loc[found[:SHOWN]]
    return [
        {
            "id": str(row.Index),
            "title": str(row.title),
            "about": f"{str(row.topic).capitalize()}; {row.unit}"
            + (f"; the publisher calls it {row.printed_title}" if isinstance(row.printed_title, str) else ""),
        }
        for row in rows.itertuples()
    ]
