"""Answers on what is met of a need, each once for the names it was asked by."""

from __future__ import annotations

import pandas as pd

from analysis import known_need, met_need
from pages.components.cached import answers, library


@answers(max_entries=200)
def met_need_of(
    edition: str, need: str, provision: str, weight: int, *, small_counts: bool = False
) -> met_need.MetNeed:
    """What is met of a need. Raises Refusal as `analysis.met_need.met_need` does."""
    return met_need.met_need(library(), edition, need, provision, weight, small_counts=small_counts)


@answers()
def known_and_estimated() -> pd.DataFrame:
    """Need known to services beside what is estimated, where both are printed."""
    return known_need.known_and_estimated(library())
