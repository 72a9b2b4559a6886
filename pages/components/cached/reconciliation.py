"""The reconciliation of the held tables, worked out once."""

from __future__ import annotations

import pandas as pd

from analysis import reconciliation
from pages.components.cached import answers, library


@answers(show_spinner="Working every figure out again…")
def checks() -> pd.DataFrame:
    """One row a check of a printed figure against the one worked out again."""
    return reconciliation.reconcile(library())
