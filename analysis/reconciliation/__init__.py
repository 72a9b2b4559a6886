"""Reconciliation: figures worked out again beside those printed, and what explains each difference."""

from __future__ import annotations

import pandas as pd

from analysis.reconciliation import deprivation, limits, printed_sums, rates, totals, twice
from analysis.reconciliation.explained import UNEXPLAINED, explanations
from analysis.reconciliation.observed import Held
from analysis.reconciliation.verdicts import UNCHECKED, VERDICTS
from analysis.sources.library import Library

SUBJECTS = (rates, limits, totals, deprivation, twice, printed_sums)


def reconcile(library: Library) -> pd.DataFrame:
    """One row a check of the held tables: the columns of `verdicts.COLUMNS`, and explanation.

    `source` is a contract; `difference` is recomputed less printed, in the unit of the figure; `verdict` one of
    VERDICTS; `explanation` names an entry of the ledger or a declared rule, is UNEXPLAINED where neither holds, and
    empty where the figures agree.
    """
    held = Held(library)
    checks = pd.concat([subject.checks(held) for subject in SUBJECTS], ignore_index=True)
    return checks.assign(explanation=explanations(checks))


def unexplained(checks: pd.DataFrame) -> pd.DataFrame:
    """The checks that lie apart with nothing to explain it; none may be left in the shipped data."""
    return checks[checks["explanation"].eq(UNEXPLAINED)].reset_index(drop=True)


def by_kind(checks: pd.DataFrame) -> pd.DataFrame:
    """How many checks of each kind there are, a column each verdict, in the order of first appearance."""
    counts = checks.groupby(["kind", "verdict"], sort=False).size().unstack(fill_value=0)
    counts = counts.reindex(columns=list(VERDICTS), fill_value=0).reindex(checks["kind"].drop_duplicates())
    return counts.assign(made=counts.drop(columns=UNCHECKED).sum(axis=1)).rename_axis("kind").reset_index()
