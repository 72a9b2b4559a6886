"""What a reader chooses for a need index: indicators, weights, the way of combining and how many wards to look for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import streamlit as st

from analysis.need_index import MOST, WAYS
from analysis.need_indicators import USUAL, Indicator, indicators
from analysis.present import need_index_view
from pages.components import scope

WEIGHT, HEAVIEST, ACROSS = 1, 5, 3


@dataclass(frozen=True)
class Choice:
    """What the index is made of. `weights` gives the chosen number, 0 to 5, by indicator id."""

    edition: str
    weights: tuple[tuple[str, int], ...]
    way: str
    most: int


def choose(edition: str) -> Choice:
    """Draw the controls and return what they say."""
    offered = indicators(edition)
    titles = {name: item.short for name, item in offered.items()}
    chosen = scope.several("indicators", "Indicators", [*offered], USUAL, titles)
    left, right = st.columns([7, 4], gap="large")
    with left:
        weights = _weights(chosen, offered)
    with right:
        captions = [need_index_view.WAYS_MEAN[way] for way in WAYS]
        draw = partial(st.radio, captions=captions)
        way = scope.option("combine", "How they are combined", WAYS, WAYS[0], need_index_view.WAYS, draw=draw)
        most = scope.option(
            "most",
            "Look for the wards of most need",
            [str(count) for count in MOST],
            str(MOST[0]),
            {str(count): f"The {words}" for count, words in need_index_view.COUNTS.items()},
            draw=st.segmented_control,
        )
    return Choice(edition, tuple(weights.items()), way, int(most))


def _weights(chosen: tuple[str, ...], offered: Mapping[str, Indicator]) -> dict[str, int]:
    st.caption("Weights from 0 to 5, and the share of the index each comes to" if chosen else "No indicator is chosen.")
    draw = partial(_sliders, offered)
    weights = scope.amounts("weights", chosen, [*offered], WEIGHT, HEAVIEST, draw)
    if len(set(weights.values())) > 1 and st.button("Equal weights", icon=":material/restart_alt:"):
        scope.reset("weights")
    return weights


def _sliders(
    offered: Mapping[str, Indicator], weights: Mapping[str, int], key_of: Callable[[str], str]
) -> dict[str, int]:
    total, found = sum(weights.values()), {}
    for place, (name, weight) in enumerate(weights.items()):
        if place % ACROSS == 0:
            row = st.columns(ACROSS, vertical_alignment="bottom")
        share = f"{100 * weight / total:.0f}%" if total else "0%"
        with row[place % ACROSS]:
            found[name] = st.slider(f"{offered[name].short} ({share})", 0, HEAVIEST, key=key_of(name))
    return found
