"""Wiltshire's spending on early help, and the costs and savings Halton quotes: proved figure by figure."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.build.source_text import TranscriptionError, by_hand
from analysis.build.strategy_text import HALTON, WILTSHIRE, Documents, prove_no_figure_left, prove_rows
from analysis.sources.tables.spending import HALTON_COST_BENEFIT, WILTSHIRE_SPENDING

_FIGURES = ("value", "lower", "upper")
_SPENDING_LINES = (range(260, 261), range(265, 288), range(289, 294), range(547, 548))
_COST_LINES = (range(416, 423), range(509, 541))
_TOTALS = {"total_services": "service", "total_entitlements": "entitlement"}


def build(texts: Documents, published: Path) -> None:
    """Prove both tables; raises TranscriptionError on a figure that is not printed, left over or wrongly added."""
    spending = by_hand(published / "wiltshire_spending.csv", WILTSHIRE_SPENDING)
    prove_rows(spending, "spending_id", _FIGURES, texts)
    prove_no_figure_left([spending], WILTSHIRE, _SPENDING_LINES, texts)
    prove_totals(spending)
    benefits = by_hand(published / "halton_cost_benefit.csv", HALTON_COST_BENEFIT)
    prove_rows(benefits, "figure_id", _FIGURES, texts)
    prove_no_figure_left([benefits], HALTON, _COST_LINES, texts)


def prove_totals(spending: pd.DataFrame) -> None:
    """The services, and the funded childcare, add up to the totals printed under them."""
    printed = spending.set_index("spending_id")["value"]
    for total, kind in _TOTALS.items():
        added = spending.loc[spending["kind"].eq(kind), "value"].sum()
        if added != printed[total]:
            raise TranscriptionError(f"{total}: the lines add to {added:.0f}, printed {printed[total]:.0f}")
