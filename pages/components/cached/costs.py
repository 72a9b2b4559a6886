"""Answers on costs, each once for the names it was asked by."""

from __future__ import annotations

import pandas as pd

from analysis import costs
from pages.components.cached import answers, library


@answers()
def spending_by_service() -> pd.DataFrame:
    """Wiltshire's services with what each cost, the dearest first."""
    return costs.services(library().table("WILTSHIRE_SPENDING"))


@answers()
def break_even_rates() -> pd.DataFrame:
    """How many must succeed for each programme to pay, where both figures are printed."""
    return costs.break_even_rates(library().table("WILTSHIRE_SPENDING"), library().table("HALTON_COST_BENEFIT"))


@answers()
def cost_sums() -> pd.DataFrame:
    """Printed costs and savings beside what their own parts give."""
    return costs.sums(library().table("WILTSHIRE_SPENDING"), library().table("HALTON_COST_BENEFIT"))
