"""Answers on the need index, each once for the names it was asked by."""

from __future__ import annotations

import pandas as pd

from analysis import need_index, need_indicators
from pages.components.cached import answers, library


@answers()
def need_indicators_of(edition: str) -> pd.DataFrame:
    """Every indicator of need of an edition, one row a ward and indicator."""
    return need_indicators.indicator_table(library(), edition)


@answers(max_entries=200)
def need_index_of(edition: str, weights: tuple[tuple[str, int], ...], method: str) -> need_index.NeedIndex:
    """The need index of indicators with these weights. Raises Refusal as `analysis.need_index.index_of` does."""
    return need_index.index_of(need_indicators_of(edition), edition, dict(weights), method)
