"""Answers on one ward and its places, each once for the names it was asked by."""

from __future__ import annotations

import pandas as pd

from analysis import reach, ward
from analysis.present import ward_small_map
from analysis.ward_together import Together
from pages.components.cached import FEW, answers, library, shared
from pages.components.cached.indicators import all_indicators


@shared(show_spinner="Working out what all wards share", max_entries=2 * FEW)
def all_wards(edition: str, *, small_counts: bool = False) -> Together:
    """What the wards of an edition share, worked out when the first of them is opened."""
    held = None if library().council.national else all_indicators()
    return Together(library(), edition, held, small_counts)


@answers(max_entries=300)
def ward_profile(edition: str, code: str, need: str, *, small_counts: bool = False) -> pd.DataFrame:
    """Everything known of one ward, one row a fact."""
    return ward.profile(all_wards(edition, small_counts=small_counts), code, need)


@answers()
def small_map(layer: str) -> dict[str, str]:
    """The areas of a layer as outlines of a small printed map, by code."""
    return ward_small_map.outlines(library().root, layer)


@answers()
def places_within_reach(kind: str, edition: str, catchment: str) -> pd.DataFrame:
    """Places of one kind within reach by ward, with the range over all catchments."""
    return reach.by_catchment(library(), kind, edition, catchment)
