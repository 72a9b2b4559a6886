"""Answers on outcomes, each once for the names it was asked by."""

from __future__ import annotations

import pandas as pd

from analysis import outcomes
from pages.components.cached import answers, library


@answers()
def performance_measures() -> pd.DataFrame:
    """The performance measures of the strategy, each with its figure or why there is none."""
    return outcomes.measures(library())


@answers()
def population_indicators() -> pd.DataFrame:
    """The population indicators of the strategy, each with its figures or why there is none."""
    return outcomes.population(library())
