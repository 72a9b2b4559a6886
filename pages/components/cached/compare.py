"""Answers on the council beside other places, each once for what it was asked by."""

from __future__ import annotations

import pandas as pd

from analysis import compare
from analysis import printed_profiles as profiles
from analysis.present import printed_profiles_view as view
from pages.components.cached import FEW, answers, library, shared
from pages.components.cached import indicators as cached_indicators


@answers(max_entries=200)
def places_compared(indicator: str, period: str, codes: tuple[str, ...]) -> pd.DataFrame:
    """The places of one measure and period beside the council and England."""
    return compare.compared(cached_indicators.all_indicators(), indicator, period, codes)


@shared(max_entries=FEW)
def printed_profiles() -> pd.DataFrame:
    """The four councils' printed profiles side by side; shared and never changed."""
    return profiles.side_by_side(cached_indicators.all_indicators())


@shared(max_entries=FEW)
def printed_table() -> str:
    """The table of the printed profiles as HTML."""
    return view.table(cached_indicators.all_indicators(), printed_profiles(), library().names)


@shared(max_entries=FEW)
def printed_besides() -> pd.DataFrame:
    """The figures of the four strategies that belong to no family; shared and never changed."""
    return profiles.others(cached_indicators.all_indicators())
